// SPDX-License-Identifier: GPL-3.0-or-later
// When a pending timer is due: at its expiry, but on the wheel of 6.1, where its bucket is due later (rounded up), or
// earlier (beyond the wheel's reach), and where one that waits in a run list is due now whatever its expiry says; and
// the inverse, which expiries lead into a bucket. Pure.
#pragma once

#include "core/world/world.h"

#include <optional>

namespace jiffy::core
{

/// slot: where it stands, a run list included; expires: what it has; filedAt: jiffies of its filing.
Jiffies dueOf(const Geometry& geometry, SlotId slot, Jiffies expires, Jiffies filedAt);

/// 6.1: where the clock of a wheel stands when a timer is filed on it now: a call brings it forward to jiffies, but not
/// past what is due. Of others the position of the CPU.
Jiffies clockWhenFiling(const World& world, int cpu, int wheel);

/// 6.1: all expiries that lead into a bucket from a clock.
struct BucketExpiries
{
    Jiffies earliest = 0;
    Jiffies latest = 0; ///< of the last bucket that the wheel reaches, the latest that is not due early
    Jiffies due = 0;    ///< of the bucket
    bool operator==(const BucketExpiries&) const = default;
};
/// None: no expiry from now on leads there. The bucket of the clock itself is that of the past: what expired last.
std::optional<BucketExpiries> expiriesInBucket(const Geometry& geometry, int level, std::uint32_t index, Jiffies clk);

} // namespace jiffy::core
