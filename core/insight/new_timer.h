// SPDX-License-Identifier: GPL-3.0-or-later
// What adding one more timer now would take, on any algorithm: where it would stand, what finding that place
// costs, and when it would be called. Nothing is changed. REQUIRES: the world is not tgtd's.
#pragma once

#include "core/world/world.h"

namespace jiffy::core
{

struct NewTimer
{
    SlotId slot;                   ///< where it would stand; a sorted list's only one
    int level = -1;                ///< of that slot; -1: sorted list
    std::uint64_t passed = 0;      ///< sorted list: timers walked past
    std::uint64_t comparisons = 0; ///< sorted list
    Jiffies called = 0;         ///< the tick in which its handler would be called, if nothing is in its way
    int moves = 0;              ///< 3.9: cascades on the way
    bool isPast = false;        ///< it is due now or overdue
    bool isForcedEarly = false; ///< 6.1: it is further away than the wheel reaches
    bool operator==(const NewTimer&) const = default;
};

/// A timer without slack that expires at `expires`, added by CPU `cpu` at the world's instant. Sorted list:
/// O(timers) at worst; else O(levels).
NewTimer newTimerAt(const World& world, int cpu, Jiffies expires);

} // namespace jiffy::core
