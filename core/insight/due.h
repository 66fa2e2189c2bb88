// SPDX-License-Identifier: GPL-3.0-or-later
// When a pending timer is due: at its expiry, but on the wheel of 6.1, where its bucket is due later (rounded up), or
// earlier (beyond the wheel's reach). Pure.
#pragma once

#include "core/world/geometry.h"

namespace jiffy::core
{

/// slot: where it stands, a run list included; expires: what it has; filedAt: jiffies of its filing.
Jiffies dueOf(const Geometry& geometry, SlotId slot, Jiffies expires, Jiffies filedAt);

} // namespace jiffy::core
