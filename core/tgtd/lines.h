// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of tgtd's pseudocode that lie between two records, and the stack of its one thread. What the
// world does by itself (time passes, the alarm fires, a source becomes ready) stands on top of the stack, as
// surroundings; a signal's handler stands there, too, upon whatever it interrupted.
//
// A function that has been called and has not come to its first line yet stands at Line::Note. Pure
// functions; any thread.
#pragma once

#include "core/kernel/lines.h"

namespace jiffy::core
{

/// Of tgtd's program rather than the timer wheel's.
constexpr bool isWorkLine(Line l)
{
    return l > Line::Note;
}

/// As linesOf(). REQUIRES: a record of a run of tgtd's.
LineList workLinesOf(const Record& r, const World& before, const Record* previous,
                     const DaemonConfig& config);
/// As mayHaveLine(). REQUIRES: isWorkLine(l).
bool mayHaveWorkLine(const Record& r, Line l);
/// As framesAt().
Frames workFramesAt(Line line, const World& there, const DaemonConfig& config);

} // namespace jiffy::core
