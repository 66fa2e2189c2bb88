// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/time_index.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// Ticks of a run that begins at `clock` and can pass until the time is later than `nanoseconds`.
std::uint64_t ticksWithin(const ClockFold& clock, const OpenRun& run, std::uint64_t nanoseconds)
{
    if (run.site == Site::RunTimers || nanoseconds < clock.offset) return run.site == Site::RunTimers ? run.count : 0;
    const std::uint64_t last = clock.hz.ticksUntil(static_cast<Nanoseconds>(nanoseconds - clock.offset));
    return last < clock.ticks ? 0 : std::min(run.count, last - clock.ticks);
}

} // namespace

void TimeIndex::extend(const LogView& log)
{
    for (; m_read < log.size(); ++m_read) {
        if (m_read % blockSize == 0) m_blocks.push_back({m_clock.ticks, m_clock.offset});
        m_clock.apply(log[m_read]);
    }
}

ClockFold TimeIndex::blockOf(std::uint64_t event) const
{
    ClockFold clock = m_clock;
    if (event < m_read) {
        const Moment& m = m_blocks[event / blockSize];
        clock.ticks = m.ticks;
        clock.offset = m.offset;
    }
    return clock;
}

std::uint64_t TimeIndex::timeAfter(const LogView& log, std::uint64_t event) const
{
    ClockFold clock = blockOf(event);
    if (event < m_read) {
        for (std::uint64_t e = event / blockSize * blockSize; e <= event; ++e) clock.apply(log[e]);
    }
    return timeOf(clock);
}

std::uint64_t TimeIndex::timeAt(const History& history, Position p) const
{
    const LogView& log = history.log();
    const std::uint64_t event = std::min(p.event, m_read);
    ClockFold clock = blockOf(event);
    if (event < m_read) {
        for (std::uint64_t e = event / blockSize * blockSize; e < event; ++e) clock.apply(log[e]);
    }
    if (p.tick != 0) {
        const bool isOpen = p.event >= log.size();
        const Site site = isOpen ? history.snapshot().open.site : log[p.event].site;
        clock.pass(OpenRun{p.tick, 0, site});
    }
    return timeOf(clock);
}

Position TimeIndex::lastAt(const History& history, std::uint64_t nanoseconds) const
{
    const LogView& log = history.log();
    ClockFold clock = m_clock;
    std::uint64_t e = 0;
    if (m_read != 0) {
        const auto isLater = [&](const Moment& m) {
            clock.ticks = m.ticks;
            clock.offset = m.offset;
            return timeOf(clock) > nanoseconds;
        };
        const auto behind = std::partition_point(m_blocks.begin(), m_blocks.end(), [&](const Moment& m) { return !isLater(m); });
        const auto block = static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(behind - m_blocks.begin() - 1, 0));
        e = block * blockSize;
        clock = blockOf(e);
    }
    for (; e < m_read; ++e) {
        const Record& r = log[e];
        if (r.kind == Kind::Passed) {
            const std::uint64_t ticks = ticksWithin(clock, OpenRun{r.value, r.before, r.site}, nanoseconds);
            if (ticks < r.value) return {e, ticks, 0};
        }
        ClockFold next = clock;
        next.apply(r);
        if (timeOf(next) > nanoseconds) return {e, 0, 0};
        clock = next;
    }
    const OpenRun& open = history.snapshot().open;
    if (m_read == log.size() && open.count != 0) return {log.size(), ticksWithin(clock, open, nanoseconds), 0};
    return {m_read, 0, 0};
}

} // namespace jiffy::core
