// SPDX-License-Identifier: GPL-3.0-or-later
// What an algorithm does at a position of its run, as numbers for a sentence: a call, the work of a tick, or
// nothing. Looks at the records of the present tick only, and at no more than a screen of them where a tick
// has very many.
#pragma once

#include "core/history/instant.h"

namespace jiffy::ui
{

struct Doing
{
    enum class What
    {
        Start, ///< nothing has happened yet
        Call,  ///< the last thing was a call
        Comes, ///< the clock has ticked, the softirqs are still to come
        Works, ///< within the softirqs of the tick
        Tick,  ///< the tick has been handled
        Spin,  ///< the run ended in one that arms itself for now
        Limit, ///< the run ended at its limit of events
    };
    What what = What::Start;
    // Call: its last record but for registers
    core::Kind kind = core::Kind::Noted;
    core::TimerId timer;
    core::SlotId slot;
    std::uint64_t comparisons = 0;
    // Works, Tick: so far in this tick, on the CPU asked for
    std::uint64_t handlers = 0, moves = 0;
    std::uint64_t slotsTaken = 0;  ///< that held timers, for their handlers
    std::uint64_t timersTaken = 0; ///< in these slots
    bool areLevelsOnce = true;     ///< no two of these slots are of the same level, and all are std's
    int highestLevel = 0;          ///< of these slots
    core::SlotId cascaded;         ///< the slot taken first for a cascade; none
    std::int64_t latest = 0;       ///< jiffies that the latest handler was late
    std::uint64_t early = 0;       ///< handlers called before their expiry
    std::int64_t earliest = 0;     ///< jiffies that the earliest of them was early
    /// A CPU that something happened on in this step: the one asked for, if it did there; -1: on none
    int actingCpu = -1;
    bool isWhole = true; ///< false: the tick is so long that slots and lateness were not looked for
};

/// cpu: what a tick did on others is not counted.
Doing doingAt(const core::History& history, core::Position p, const core::RunInstant& instant, int cpu);
/// The record in front of `event` ends the work of a tick: its last softirq, or a turn of a CPU that found
/// nothing.
bool isBehindTick(const core::LogView& log, std::uint64_t event);

} // namespace jiffy::ui
