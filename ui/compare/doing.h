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
    // Works, Tick: so far in this tick
    std::uint64_t handlers = 0, moves = 0;
    std::uint64_t slotsTaken = 0; ///< that held timers, for their handlers
    std::uint64_t mostInSlot = 0;
    core::SlotId cascaded;   ///< the slot taken first for a cascade; none
    std::int64_t latest = 0; ///< jiffies that the latest handler was late
    bool isWhole = true;     ///< false: the tick is so long that slots and lateness were not looked for
};

Doing doingAt(const core::History& history, core::Position p, const core::RunInstant& instant);

} // namespace jiffy::ui
