// SPDX-License-Identifier: GPL-3.0-or-later
// core/history/code.h for the lines that only a machine of CPUs has: ticks, idle, interrupts, del_timer_sync(), locks,
// processes. What the functions of one CPU have come to is told from its records alone, however those of other CPUs lie
// between them.
#pragma once

#include "core/history/code.h"

namespace jiffy::core
{

/// The lines of log record `event` up to `index` (of `lines`) have been done. The cursor moves.
CodeThere kernelCodeOf(History& history, Position p, std::uint64_t event, const LineList& lines, std::uint32_t index);
/// Where each CPU of a deadlock stands, in the order of CPUs: in front of what it waits for, for ever. Empty when event is
/// no note of a deadlock. The cursor moves. A CPU that began to spin very many records before is left out.
std::vector<CodeThere> deadlockedCodeOf(History& history, std::uint64_t event);
/// What a frame of those that a machine of CPUs alone has was called with; none of others.
std::optional<FrameArgument> kernelArgumentOf(const Frame& frame, const Record& r, const World& there, int cpu);
/// Event at which the softirq of that CPU was entered in which it is at `event`; none if it is in none, or too far back.
std::optional<std::uint64_t> kernelSoftirqStart(const LogView& log, std::uint64_t event, int cpu);

} // namespace jiffy::core
