// SPDX-License-Identifier: GPL-3.0-or-later
// Why a timer is in the slot that it is in: the distance picks the level, the bits of the expiry the slot,
// and the exceptions in words.
#pragma once

#include "ui/narration/narration.h"

namespace jiffy::ui
{

/// `position` is timer_jiffies when it was filed.
RichText whyThere(const core::Geometry& g, core::Jiffies expires, core::Jiffies position, core::SlotId slot);

} // namespace jiffy::ui
