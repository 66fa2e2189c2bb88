// SPDX-License-Identifier: GPL-3.0-or-later
// World::apply believes what a model says. A log that comes from a file is checked first, record by record.
#pragma once

#include "core/world/world.h"

namespace jiffy::core
{

/// Null if apply(r) is defined on this world and unapply(r) would be its inverse; otherwise what is wrong, as half a
/// sentence: "the timer is not pending". `timers` is the number of timers that the run knows.
const char* whyNotApplicable(const Record& r, const World& world, std::size_t timers);

} // namespace jiffy::core
