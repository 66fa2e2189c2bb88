// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/present_tick.h"

#include <algorithm>

namespace jiffy::ui
{

void PresentTick::reset(int cpus)
{
    *this = PresentTick();
    m_done.assign(static_cast<std::size_t>(cpus), {});
}

void PresentTick::count(const core::Record& r, bool isAdded)
{
    if (r.cpu >= m_done.size()) return;
    auto& done = m_done[r.cpu];
    const std::uint32_t by = isAdded ? 1u : ~0u;
    if (r.kind == core::Kind::Fired) done.fires += by;
    else if (r.kind == core::Kind::Moved) done.moves += by;
    else if (r.kind == core::Kind::Counted) done.moves += by * static_cast<std::uint32_t>(r.value);
}

void PresentTick::moveTo(const core::LogView& log, std::uint64_t event, bool isInRun)
{
    event = std::min(event, log.size());
    m_isInRun = isInRun;
    if (m_isKnown && event >= m_begin && event <= m_end) {
        for (; m_event < event; ++m_event) count(log[m_event], true);
        for (; m_event > event; --m_event) count(log[m_event - 1], false);
    } else {
        m_isKnown = true;
        std::fill(m_done.begin(), m_done.end(), Count{});
        m_event = m_begin = m_end = event;
        for (; m_begin > 0 && core::ticksOf(log[m_begin - 1]) == 0; --m_begin) count(log[m_begin - 1], true);
        m_isEndOpen = true;
    }
    if (!m_isEndOpen) return;
    while (m_end < log.size() && core::ticksOf(log[m_end]) == 0) ++m_end;
    m_isEndOpen = m_end == log.size();
}

double PresentTick::share() const
{
    if (m_isInRun || m_end == m_begin) return 1;
    return static_cast<double>(m_event - m_begin) / static_cast<double>(m_end - m_begin);
}

} // namespace jiffy::ui
