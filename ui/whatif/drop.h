// SPDX-License-Identifier: GPL-3.0-or-later
// Dropping on a slot: which expiry brings a timer there. Pure.
#pragma once

#include "core/history/intervention.h"

namespace jiffy::ui
{

/// The earliest expiry that is filed in that slot from a wheel whose timer_jiffies is `position`; none for what is
/// no slot of a level, and for slots of the last level that are more than half a word of jiffies away.
std::optional<core::Jiffies> earliestExpiryIn(const core::Geometry& geometry, core::SlotId slot, core::Jiffies position);

/// What a drop would do.
struct Drop
{
    core::Intervention what;
    core::Outcome outcome; ///< outcome.to is the slot asked for, unless slack carries every expiry of it further
};
/// `call` with its expiry and CPU set so that it files in that slot. None where there is no such expiry.
std::optional<Drop> dropOn(core::Trial& trial, core::Intervention call, core::SlotId slot);

} // namespace jiffy::ui
