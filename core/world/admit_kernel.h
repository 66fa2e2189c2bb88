// SPDX-License-Identifier: GPL-3.0-or-later
// admit.h for the records of a machine of CPUs.
#pragma once

#include "core/world/world.h"

namespace jiffy::core
{

/// As whyNotApplicable(). REQUIRES: the record is one of Entered, Left, Raised and RegisterSet whose site or register is
/// the machine's, and its CPU exists.
const char* whyNotApplicableToKernel(const Record& r, const World& world);

/// Why so many ticks cannot pass in a machine of CPUs: time has an end, and an instant is written in one way only.
const char* whyNoTicksPass(std::uint64_t ticks, const World& world);

} // namespace jiffy::core
