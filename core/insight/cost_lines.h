// SPDX-License-Identifier: GPL-3.0-or-later
// The accounts of what an algorithm cost by name, in one order everywhere: tables, exports and the command
// line.
#pragma once

#include "core/insight/costs.h"

#include <optional>
#include <string>
#include <vector>

namespace jiffy::core
{

struct CostLine
{
    std::string name;                  ///< "timers moved"; two of a run never share one
    std::optional<std::int64_t> value; ///< none: nothing to be measured happened
    std::optional<Extreme> cause;      ///< the event that made it what it is, where one did
    bool operator==(const CostLine&) const = default;
};

/// What the names count stands in costs.h, and cost_rules.h:
///   comparisons to insert     worst insertion          comparisons in the tick   most comparisons in one
///   tick links touched             most links in one go     lines of cache            most lines in one go
///   timers moved              most moves in one tick   handlers called           most handlers in one tick
///   latest handler            earliest handler         called early              most slack added
///   wake-ups if idle          most work in one tick
/// Always all of them, in this order. "latest handler" is at least 0; what ran early is told by "earliest
/// handler" and "called early".
std::vector<CostLine> costLines(const CostTotals& totals);

} // namespace jiffy::core
