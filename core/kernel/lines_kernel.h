// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of pseudocode of a machine of CPUs, round those of its timer algorithm: ticks, idle, interrupts, softirqs,
// del_timer_sync(), locks, processes; and the stack of a CPU: an interrupt over the softirq over a timer's function over
// the process that runs. Pure functions; any thread.
#pragma once

#include "core/kernel/lines.h"

#include <optional>

namespace jiffy::core
{

class LogView;

constexpr bool isKernelLine(Line l)
{
    return (l >= Line::SchedEnter && l <= Line::NewQueue) || (l >= Line::TimeGoes && l <= Line::Complaint);
}
constexpr bool isKernelFunction(Function f) { return f >= Function::SchedTimer && f <= Function::Process; }
/// As linesOf(); none: the record is told by the lines of the algorithm alone. REQUIRES: a world of a machine of CPUs.
std::optional<LineList> kernelLinesOf(const Record& r, const World& before, const Record* previous);
/// Puts in front of the algorithm's own lines what leads to them on a machine of CPUs.
LineList withKernelLines(const Record& r, const LineList& own);
/// As mayHaveLine(). REQUIRES: isKernelLine(l).
bool mayHaveKernelLine(const Record& r, Line l);
/// A record that a machine of CPUs alone makes may also have lines of its algorithm: nothing else is ruled out.
bool isKernelCall(const Record& r);

/// Who called f, or what lies beneath it on its CPU: Surroundings when nothing does. algorithm: who called it in the
/// algorithm's own program.
/// isInnermost: f is where the CPU stands.
Frame kernelCallerOf(Function f, Frame algorithm, const Record& r, const World& there, int cpu, CallContext context, bool isInnermost);

/// The calls that log record `event` was made in. Looks back over a limited number of records.
CallContext contextOf(const LogView& log, std::uint64_t event, const World& there);

} // namespace jiffy::core
