// SPDX-License-Identifier: GPL-3.0-or-later
// The rungs of the step ladder by name. What they stop at: core/history/rungs.cpp, and
// core/history/daemon_rungs.h for tgtd.
#pragma once

#include "core/scenario/inputs.h"

#include <cstdint>
#include <string_view>

namespace jiffy::core
{

/// From fine to coarse. A rung is a set of positions. The names are those of the wheel's ladder; tgtd's has
/// as many rungs: line, call, handler, loop pass, alarm, next due.
enum class Rung : std::uint8_t
{
    Line,
    Operation,
    Timer,
    Tick,
    Cascade,
    NextExpiry
};
constexpr int rungCount = 6;
/// "line", "operation", "timer", "tick", "cascade", "next expiry"; "bucket" for "cascade" on the wheel of 6.1, "walk" on
/// a sorted list; "line", "call", "handler", ... where tgtd runs.
std::string_view name(Rung r, Driver driver = Driver::Kernel, TimerAlgorithm timers = TimerAlgorithm::Wheel39);

} // namespace jiffy::core
