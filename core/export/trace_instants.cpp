// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/trace_instants.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t second = 1'000'000'000'000; ///< in ps
constexpr std::uint64_t nanosecond = 1000;

/// In a machine of CPUs jiffies are counted within an instant: that moves no time.
bool isClock(const Record& r)
{
    const bool onlyCounts = r.kind == Kind::ClockSet && (r.site == Site::Tick || r.site == Site::UpdateJiffies) && r.ticks() == 0;
    return (r.kind == Kind::ClockSet && !onlyCounts) || ticksOf(r) != 0;
}

} // namespace

TraceInstants::TraceInstants(const MachineConfig& machine, const LogView& log, std::uint64_t endTicks, TimeBase base)
    : m_hz(machine.hz), m_log(log), m_endTicks(endTicks), m_base(base)
{
    enter(0);
}

/// A logical tick holds all records of that tick, whatever ns they stand at.
bool TraceInstants::movesOn(const Record& r) const { return m_base == TimeBase::True ? isClock(r) : ticksOf(r) != 0; }

void TraceInstants::Clock::take(const Record& r, Hz hz)
{
    ticks += ticksOf(r);
    if (r.kind == Kind::ClockSet && r.site == Site::SubTick) offset = r.value;
    if (r.kind == Kind::ClockSet && r.site == Site::TimePasses) offset = r.value - static_cast<std::uint64_t>(hz.tickInstant(ticks));
}

TraceInstant TraceInstants::instantOf(const Clock& clock) const
{
    if (m_base == TimeBase::Logical) return {clock.ticks, 0};
    // As Hz::tickInstant(), in whole ns, but for the seconds.
    const auto ps = clock.ticks % m_hz.value * (second / nanosecond) / m_hz.value * nanosecond + clock.offset * nanosecond;
    return {clock.ticks / m_hz.value + ps / second, ps % second};
}

/// REQUIRES: the clock stands as before `event`.
void TraceInstants::enter(std::uint64_t event)
{
    m_first = event;
    m_at = std::max(instantOf(m_clock), m_last); // an offset taken back before the next tick is no step back in time
    m_end = event;
    while (m_end < m_log.size() && !movesOn(m_log[m_end])) ++m_end;
    m_room = second;
    if (m_base == TimeBase::Logical) return;
    // How far it is to the next instant at which something stands, or to the next tick.
    Clock ahead = m_clock;
    auto e = m_end;
    while (e < m_log.size() && isClock(m_log[e])) ahead.take(m_log[e++], m_hz);
    const Clock nextTick{m_clock.ticks + 1, 0};
    const auto next = ahead.ticks > m_clock.ticks || e == m_log.size() ? instantOf(nextTick) : instantOf(ahead);
    const auto seconds = next.seconds - m_at.seconds;
    m_room = next <= m_at ? 0 : seconds > 1 ? second : std::min(second, seconds * second + next.ps - m_at.ps);
}

std::uint64_t TraceInstants::groupEnd(std::uint64_t event)
{
    while (event >= m_end && m_end < m_log.size()) {
        m_last = at(m_end);
        auto e = m_end;
        while (e < m_log.size() && isClock(m_log[e])) m_clock.take(m_log[e++], m_hz);
        enter(e);
    }
    return m_end;
}

TraceInstant TraceInstants::at(std::uint64_t event) const
{
    const std::uint64_t k = std::min(event, m_end) - m_first, n = m_end - m_first + 1;
    std::uint64_t behind = k * nanosecond;
    if (m_base == TimeBase::Logical) behind = (k + 1) * (m_room / (n + 1)) + (k + 1) * (m_room % (n + 1)) / (n + 1);
    else if (n * nanosecond >= m_room) behind = k * (m_room / n) + k * (m_room % n) / n;
    return {m_at.seconds + (m_at.ps + behind) / second, (m_at.ps + behind) % second};
}

TraceInstant TraceInstants::end() const
{
    const bool isLater = m_endTicks > m_clock.ticks;
    const auto last = m_base == TimeBase::Logical ? instantOf({std::max(m_clock.ticks, m_endTicks) + 1, 0})
                                                  : instantOf(isLater ? Clock{m_endTicks, 0} : m_clock);
    return std::max(last, at(m_end));
}

} // namespace jiffy::core
