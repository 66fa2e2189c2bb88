// SPDX-License-Identifier: GPL-3.0-or-later
// admit.h for tgtd: its lists, its registers, and where its one thread stands.
#pragma once

#include "core/world/world.h"

namespace jiffy::core
{

/// As whyNotApplicable(). REQUIRES: world.geometry().isDaemon; r.cpu and r.item are within bounds.
const char* whyNotApplicableToDaemon(const Record& r, const World& world);

} // namespace jiffy::core
