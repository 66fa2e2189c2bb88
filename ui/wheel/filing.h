// SPDX-License-Identifier: GPL-3.0-or-later
// The inverse of filing: which expiry puts a timer into a given slot. Pure.
#pragma once

#include "core/world/geometry.h"
#include "ui/wheel/layout.h"

#include <optional>

namespace jiffy::ui
{

/// The nearest future expiry that a wheel standing at `position` (timer_jiffies) files into that slot. None: from
/// there no expiry leads into it (the slot of a higher level that the hand has just entered).
std::optional<core::Jiffies> expiryFor(const core::Geometry& g, core::Jiffies position, SlotPlace place);

/// First and last of the expiries that a slot of the wheel will be cascaded or run for next, from `position` on. 6.1: the
/// one jiffy at which all of it is called.
struct Served
{
    core::Jiffies first = 0, last = 0;
};
Served servedNext(const core::Geometry& g, core::Jiffies position, SlotPlace place);

} // namespace jiffy::ui
