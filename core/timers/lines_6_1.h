// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of pseudocode of the wheel without cascades (6.1): what core/kernel/lines.h asks for, where the world is
// one of that wheel. Pure functions; any thread.
#pragma once

#include "core/kernel/lines.h"

namespace jiffy::core
{

/// Of the program of 6.1 alone.
constexpr bool isLine61(Line l) { return (l >= Line::LocalQuiet61 && l <= Line::ClearIdle61) || l == Line::TickLocal61; }
/// As linesOf(). REQUIRES: a world of 6.1.
LineList linesOf61(const Record& r, const World& before, const Record* previous);
/// As mayHaveLine(). REQUIRES: isLine61(l).
bool mayHaveLine61(const Record& r, Line l);
/// Who called f when a line of record r was done; Surroundings when nobody of these did.
Frame callerOf61(Function f, const Record& r, const World& there);
/// The CPU that executed r. previous: null for the first.
int executingCpu61(const Record& r, const Record* previous);

/// The call that a record was made by: that of a ForwardTimerBase stands in its link.
Site callSite61(const Record& r);
/// The line of calc_wheel_index() that decides for an expiry on a wheel whose clock stands at `clk`.
Line calcLine61(const Geometry& g, Jiffies expires, Jiffies clk);
/// Queued, ItemSet: the clock that its expiry was measured from.
Jiffies clkFor61(const Record& r, const World& there);
/// 0 std, 1 def: the wheel that a record of a softirq was about; `there` knows its timers.
int wheelOf61(const Record& r, const World& there);

} // namespace jiffy::core
