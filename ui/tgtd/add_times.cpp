// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/add_times.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr std::uint64_t second = 1'000'000;

} // namespace

void AddTimes::clear()
{
    *this = {};
}

void AddTimes::extend(const core::LogView& log)
{
    for (; m_seen < log.size(); ++m_seen) {
        const core::Record& r = log[m_seen];
        m_now += core::ticksOf(r);
        if (r.kind != core::Kind::Entered || r.site != core::Site::AddWork || !r.item.isValid()) continue;
        if (r.item.value >= m_adds.size()) m_adds.resize(r.item.value + 1u);
        m_adds[r.item.value].push_back({m_seen, m_now + r.value * second});
    }
}

std::optional<std::uint64_t> AddTimes::dueOf(core::TimerId item, std::uint64_t event) const
{
    if (item.value >= m_adds.size()) return std::nullopt;
    const auto& adds = m_adds[item.value];
    const auto after = std::lower_bound(adds.begin(), adds.end(), event, [](const Add& a, std::uint64_t e) { return a.event < e; });
    if (after == adds.begin()) return std::nullopt;
    return std::prev(after)->due;
}

} // namespace jiffy::ui
