// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/clock_fold.h"

namespace jiffy::core
{

ClockFold::ClockFold(const MachineConfig& config)
    : word(config.word), hz(config.hz), jiffies(config.word.reduce(config.jiffies))
{
    const bool isAhead = config.settled && config.timers != TimerAlgorithm::Wheel61;
    positions.fill(isAhead ? word.add(jiffies, 1) : jiffies);
}

void ClockFold::pass(const OpenRun& run)
{
    if (run.site == Site::Tick) jiffies = word.add(jiffies, run.count);
    if (run.site != Site::RunTimers) ticks += run.count;
    for (std::uint64_t rest = run.cpus; rest != 0; rest &= rest - 1) {
        auto& position = positions[static_cast<std::size_t>(__builtin_ctzll(rest))];
        position = word.add(position, run.count);
    }
}

void ClockFold::apply(const Record& r)
{
    switch (r.kind) {
    case Kind::Passed: return pass(OpenRun{r.value, r.before, r.site});
    case Kind::ClockSet:
        if (r.site == Site::SubTick) {
            offset = r.value;
        } else if (r.site == Site::TimePasses) {
            ticks += r.ticks();
            offset = r.value - static_cast<std::uint64_t>(hz.tickInstant(ticks));
        } else {
            jiffies = r.value;
            ticks += r.ticks();
        }
        return;
    case Kind::RegisterSet:
        if (static_cast<Register>(r.slot) == Register::TimerJiffies || static_cast<Register>(r.slot) == Register::Clk)
            positions[r.cpu & 63] = r.value;
        return;
    default: return;
    }
}

std::uint64_t cascadesOfLevel(const Geometry& geometry, int level, Jiffies first, std::uint64_t count)
{
    const std::uint64_t every = 1ull << geometry.level[static_cast<std::size_t>(level)].shift;
    const std::uint64_t toFirst = (0 - first) & (every - 1); // positions before the first multiple
    return count > toFirst ? 1 + (count - 1 - toFirst) / every : 0;
}

std::uint64_t cascadesWithin(const Geometry& geometry, Jiffies first, std::uint64_t count)
{
    std::uint64_t sum = 0;
    for (int level = 1; level < geometry.levels; ++level) sum += cascadesOfLevel(geometry, level, first, count);
    return sum;
}

} // namespace jiffy::core
