// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of pseudocode, derived and never recorded: those that a machine passes from one record to the next. Our own
// words, one line per decision or effect, under the original function names (kernel/timer.c, 3.9).
#pragma once

#include "core/event/event.h"
#include "core/world/world.h"

#include <array>
#include <string_view>

namespace jiffy::core
{

enum class Line : std::uint8_t {
    TickJiffies,          // tick
    TickRaise,
    SubTick,
    AdvanceJiffies,
    SoftirqEnter,         // run_timer_softirq
    SoftirqLeave,
    RunWhile,             // __run_timers
    RunIndex,
    RunCascade,
    RunAdvance,
    RunTake,
    RunEach,
    RunDetach,
    RunCall,
    RunReturned,
    CascadeTake,          // cascade
    CascadeEach,
    AddDelta,             // __internal_add_timer
    AddTv1,
    AddTv2,
    AddTv3,
    AddTv4,
    AddPast,
    AddTv5,
    AddTail,
    AddLowersNext,        // internal_add_timer
    ModSlack,             // mod_timer
    ModSame,
    ModDetach,            // __mod_timer
    ModPendingOnly,
    ModBase,
    ModFile,
    AddBug,               // add_timer
    AddOnBug,             // add_timer_on
    AddOnFile,
    AddOnWake,
    DetachPending,        // detach_if_pending
    DetachUnlink,
    DetachNext,
    DelReturn,            // del_timer
    TryRunning,           // try_to_del_timer_sync
    TryReturn,
    NextActive,           // get_next_timer_interrupt
    NextSearch,
    NextAnswer,
    Define,               // the surroundings
    Idle,
    Note,
};
constexpr int lineCount = 48;

struct LineList
{
    std::array<Line, 16> line{};
    std::uint32_t count = 0;  ///< at least 1
    std::uint32_t effect = 0; ///< index of the line in which the world changes
};

/// Lines from the previous record to this one; before is the world without it. Never empty; a Passed run has one.
LineList linesOf(const Record& r, const World& before);

std::string_view functionOf(Line l); ///< "__run_timers"; empty for the surroundings
std::string_view textOf(Line l);     ///< English pseudocode

} // namespace jiffy::core
