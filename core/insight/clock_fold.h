// SPDX-License-Identifier: GPL-3.0-or-later
// The clock and the wheels' positions as a fold of their own: what a reader of a log needs to put a time to its records
// and to expand its Passed runs, without a whole world. Costs a few nanoseconds a record.
#pragma once

#include "core/event/event.h"
#include "core/scenario/inputs.h"
#include "core/world/geometry.h"

#include <array>

namespace jiffy::core
{

struct ClockFold
{
    Word word;
    Hz hz;
    Jiffies jiffies = 0;
    std::uint64_t ticks = 0;             ///< since the start; does not wrap
    std::uint64_t offset = 0;            ///< ns since the tick
    std::array<Jiffies, 64> positions{}; ///< timer_jiffies of each CPU; 6.1: clk of its std wheel

    explicit ClockFold(const MachineConfig& config);

    Nanoseconds now() const { return hz.tickInstant(ticks) + static_cast<Nanoseconds>(offset); }
    /// As World::apply(), for the fields above.
    void apply(const Record& r);
    void pass(const OpenRun& run);
};

/// How many of the positions [first, first + count) make cascade() look at `level` (1.. = tv2..): the multiples of the
/// ticks that one of its slots covers. Wraps with the word, whose size is a multiple of them all.
std::uint64_t cascadesOfLevel(const Geometry& geometry, int level, Jiffies first, std::uint64_t count);
/// The same over all levels.
std::uint64_t cascadesWithin(const Geometry& geometry, Jiffies first, std::uint64_t count);

} // namespace jiffy::core
