// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/delay_lateness.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

namespace
{

/// Numbers below 2^bits each for themselves, then 2^bits to each doubling.
int logarithmic(std::uint64_t n, int bits)
{
    if (n < 1ull << bits) return static_cast<int>(n);
    const int highest = 63 - std::countl_zero(n);
    const auto rest = static_cast<int>(n >> (highest - bits)) - (1 << bits);
    return ((highest - bits + 1) << bits) + rest;
}

} // namespace

DelayLateness::DelayLateness(const MachineConfig& machine)
    : m_word(machine.word), m_jiffies(machine.word.reduce(machine.jiffies))
{
}

int DelayLateness::columnOf(std::uint64_t delay)
{
    return logarithmic(delay, 3);
}

int DelayLateness::rowOf(std::int64_t late)
{
    const auto size = late < 0 ? 0 - static_cast<std::uint64_t>(late) : static_cast<std::uint64_t>(late);
    return late < 0 ? -logarithmic(size, 2) : logarithmic(size, 2);
}

void DelayLateness::extend(const LogView& log)
{
    for (; m_events < log.size(); ++m_events) {
        const Record& r = log[m_events];
        if (r.kind == Kind::Passed || r.kind == Kind::ClockSet) {
            m_ticks += ticksOf(r);
            if (r.kind == Kind::Passed && r.site == Site::Tick) m_jiffies = m_word.add(m_jiffies, r.value);
            if (r.kind == Kind::ClockSet && r.site != Site::SubTick && r.site != Site::TimePasses) m_jiffies = r.value;
            continue;
        }
        if (r.kind == Kind::Queued || r.kind == Kind::ItemSet) {
            if (r.item.value >= m_delays.size()) m_delays.resize(r.item.value + 1);
            const std::int64_t ahead = m_word.signedDistance(r.value, m_jiffies);
            m_delays[r.item.value] = static_cast<std::uint64_t>(std::max<std::int64_t>(0, ahead));
            continue;
        }
        if (r.kind != Kind::Fired) continue;
        const std::uint64_t delay = r.item.value < m_delays.size() ? m_delays[r.item.value] : 0;
        const std::int64_t late = m_word.signedDistance(m_jiffies, r.before);
        const auto [place, isNew] = m_places.try_emplace({columnOf(delay), rowOf(late)}, m_cells.size());
        if (isNew) m_cells.push_back({delay, late, m_events, m_ticks, 0});
        ++m_cells[place->second].count;
        m_longest = std::max(m_longest, delay);
        m_latest = m_isAny ? std::max(m_latest, late) : late;
        m_earliest = m_isAny ? std::min(m_earliest, late) : late;
        m_isAny = true;
    }
}

} // namespace jiffy::core
