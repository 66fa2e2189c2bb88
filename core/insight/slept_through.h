// SPDX-License-Identifier: GPL-3.0-or-later
// Why nobody woke a CPU for a deferrable timer: the look-up before it slept, which did not count that one. Read from the
// log where it is asked for.
#pragma once

#include "core/event/log.h"
#include "core/history/position.h"
#include "core/scenario/inputs.h"
#include "core/world/world.h"

#include <optional>

namespace jiffy::core
{

struct SleptThrough
{
    int cpu = 0;
    TimerId timer;          ///< deferrable; it runs late
    Jiffies expires = 0;    ///< its
    std::uint64_t event = 0;///< the look-up: get_next_timer_interrupt()'s record
    std::uint64_t tick = 0; ///< periods since the start at the look-up
    bool stopsTick = true;  ///< the tick was stopped behind it; else it was, and the CPU slept on
    Jiffies until = ~0ull;  ///< what was found: the CPU sleeps until then; ~0: nothing that counts
    TimerId counted;        ///< whose expiry that is; none: not known
    bool operator==(const SleptThrough&) const = default;
};

/// Of the CPU that acted last: the deferrable timer that its softirq called last, if its CPU slept when it was due; from its
/// call to the end of that softirq. world: at that position. Looks a bounded way back; none where that is too little.
std::optional<SleptThrough> sleptThrough(const World& world, const Inputs& inputs, const LogView& log, Position at);

/// A timer that is due then and that a CPU is woken for; none if none is found near.
TimerId countedTimerAt(const World& world, int cpu, Jiffies due);

} // namespace jiffy::core
