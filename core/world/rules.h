// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that hold at every instant, by number. Each event checks what it touched; checkAll() checks everything.
//
//   1 a pending timer is in exactly one list
//   2 links agree both ways
//   3 slot = the filing rule for (expires, position when filed); the run and cascade lists excepted
//   4 a position is at most jiffies + 1 and never goes back
//   5 active_timers = pending timers that are not deferrable, those in the run list included
//   6 running_timer is in no list, unless it was armed again
//   7 a list stands in the order of filing
//
// There is none for next_timer: it is stale by design.
#pragma once

#include "core/event/event.h"
#include "core/world/world.h"

#include <optional>
#include <string>

namespace jiffy::core
{

constexpr int ruleCount = 7;

struct BrokenRule
{
    int rule = 0; ///< 1..ruleCount
    std::string text; ///< who and where, one line
    bool operator==(const BrokenRule&) const = default;
};

/// What a record touched, in O(1); after is the world with it. 0: all hold; else the number of a broken rule.
int brokenByTouch(const World& after, const Record& r);

/// All rules over the whole state. O(items + slots).
std::optional<BrokenRule> checkAll(const World& world);

} // namespace jiffy::core
