// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of pseudocode of the sorted list: what core/kernel/lines.h asks for, where the world is one of such a list.
// Pure functions; any thread.
#pragma once

#include "core/kernel/lines.h"

namespace jiffy::core
{

/// Of the sorted list's program alone.
constexpr bool isListLine(Line l)
{
    return (l >= Line::BhRunList && l <= Line::NextAnswerList) || l == Line::TickHeadList || l == Line::SpinList;
}
/// As linesOf(). REQUIRES: a world of sorted lists.
LineList listLinesOf(const Record& r, const World& before, const Record* previous);
/// As mayHaveLine(). REQUIRES: isListLine(l).
bool mayHaveListLine(const Record& r, Line l);
/// Who called f when a line of record r was done; Surroundings when nobody of these did.
Frame listCallerOf(Function f, const Record& r);
/// The call that a record was made by: that of a walk stands in its link.
Site listCallSite(const Record& r);

} // namespace jiffy::core
