// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a column: what the algorithm is called, what it does at this instant with the numbers that say
// so, and what one more timer would take. Pure functions.
#pragma once

#include "core/insight/costs.h"
#include "core/insight/new_timer.h"
#include "core/timers/registry.h"
#include "ui/compare/doing.h"

#include <QString>

namespace jiffy::ui
{

/// "Sorted list", "Cascading wheel", "Cascading wheel, small", "Non-cascading wheel".
QString algorithmTitle(const core::TimersInfo& timers);
/// "Linux until 1997, and tgtd".
QString algorithmOrigin(const core::TimersInfo& timers);

/// "Takes one slot: one handler. It paid at 1536: 100 moves."
/// Where there are several CPUs, it begins with that which is told of: "CPU 1: takes one slot: one handler."
QString doingSentence(const Doing& doing, const core::World& world, const core::CostTotals& costs,
                      const core::Inputs& inputs, int cpu);

/// "To insert 1700 now: walk past 35 timers, 36 comparisons."
QString insertionSentence(const core::NewTimer& timer, const core::Geometry& geometry, core::Jiffies expires);
/// The part before the number, and behind it: for the picture, where the number can be dragged.
QString insertionLead();
QString insertionRest(const core::NewTimer& timer, const core::Geometry& geometry);

/// A round number of jiffies ahead of now: the next multiple of a hundred that is at least fifty away.
core::Jiffies roundAhead(core::Jiffies now, core::Word word);

} // namespace jiffy::ui
