// SPDX-License-Identifier: GPL-3.0-or-later
// What changed between two positions of a run, read off the records between them: who moved from which slot
// to which, who came, went and fired, and where in a turn of __run_timers() the later view stands. Pure
// functions of the log; the wheel view paints and animates them, the narration counts with them.
#pragma once

#include "core/event/log.h"
#include "core/history/position.h"

#include <cstdint>
#include <vector>

namespace jiffy::ui
{

struct TimerMove
{
    core::TimerId timer;
    core::SlotId from, to;
    bool operator==(const TimerMove&) const = default;
};

struct TimerAt
{
    core::TimerId timer;
    core::SlotId slot;
    core::Jiffies expires = 0; ///< of a call: that it was due at, whatever it is armed for since; else 0
    bool operator==(const TimerAt&) const = default;
};

/// Many timers that moved alike.
struct Drain
{
    core::SlotId from, to;
    std::uint32_t count = 0;
    bool operator==(const Drain&) const = default;
};

/// Where in a turn of the loop in __run_timers() a position stands.
struct Turn
{
    int cpu = -1;                  ///< -1: in no softirq
    bool isServing = false;        ///< timer_jiffies was already incremented for this turn
    core::Jiffies serving = 0;     ///< isServing: the position that this turn handles
    core::SlotId cascading;        ///< slot being cascaded; none: no cascade is under way
    std::uint32_t cascadeDone = 0; ///< of the last cascade of this turn that found timers
    std::uint32_t cascadeTotal = 0;
    std::vector<TimerMove>
        moved;               ///< by the cascades of this turn, oldest first, the latest trailLimit of them
    std::uint32_t fired = 0; ///< calls begun in this turn
    std::uint32_t fireTotal = 0; ///< timers taken off the slot; 6.1: off all that were due
    core::SlotId firedFrom;      ///< slot of the last call begun in this turn; none: no call yet

    static constexpr std::size_t trailLimit = 256;
};

struct StepEffects
{
    bool backwards = false;        ///< the step went back: flights play in reverse
    std::vector<TimerMove> moves;  ///< in the order in which they happened, however the step went
    std::vector<TimerAt> queued;   ///< newly in a list at the position shown
    std::vector<TimerAt> unqueued; ///< no longer in a list, and did not fire
    std::vector<TimerAt> fired;    ///< called during the step, and the slot they ran from
    std::vector<Drain> drains;     ///< instead of moves, when there are more than moveLimit
    std::uint64_t moveCount = 0;   ///< of moves, or in the drains
    std::uint64_t comparisons = 0; ///< of insertions into sorted lists
    Turn turn;                     ///< at the position shown

    static constexpr std::size_t moveLimit = 5'000;
    /// A step over more records than this shows no single timers; with many moves among them it shows drains, that of
    /// each cascade on its way.
    static constexpr std::uint64_t scanLimit = 400'000;
    /// A step over more records than this shows no changes at all, only where it arrived.
    static constexpr std::uint64_t drainLimit = 4'000'000;
};

Turn turnAt(const core::LogView& log, core::Position at);

/// From `from` to `to`, in either direction. With from == to: what the last record before the position did,
/// as after a jump to it.
StepEffects effects(const core::LogView& log, core::Position from, core::Position to);

} // namespace jiffy::ui
