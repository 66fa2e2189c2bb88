// SPDX-License-Identifier: GPL-3.0-or-later
// Dropping on a slot, or between two timers of a sorted list: which expiry brings a timer there. Pure.
#pragma once

#include "core/history/intervention.h"

namespace jiffy::ui
{

/// The earliest expiry that is filed in that slot from a wheel whose timer_jiffies is `position`; none for what is
/// no slot of a level, and for slots of the last level that are more than half a word of jiffies away. 6.1: from one whose
/// clock will stand at `position` (core::clockWhenFiling()); none for the slots that are too near for their level.
std::optional<core::Jiffies> earliestExpiryIn(const core::Geometry& geometry, core::SlotId slot, core::Jiffies position);

/// What a drop would do.
struct Drop
{
    core::Intervention what;
    core::Outcome outcome; ///< outcome.to is the slot asked for, unless slack carries every expiry of it further
};
/// `call` with its expiry and CPU set so that it files in that slot. None where there is no such expiry, and for a timer
/// that is not of the slot's wheel (6.1: deferrable or not; a new one becomes what the wheel is for).
std::optional<Drop> dropOn(core::Trial& trial, core::Intervention call, core::SlotId slot);


/// Sorted list: the expiry that brings a timer right in front of another (none: behind the last). None between two that
/// expire together.
std::optional<core::Jiffies> expiryBefore(const core::World& world, int cpu, core::TimerId before);
/// `call` with that expiry. None on a wheel.
std::optional<Drop> dropBefore(core::Trial& trial, core::Intervention call, int cpu, core::TimerId before);

} // namespace jiffy::ui
