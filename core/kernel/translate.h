// SPDX-License-Identifier: GPL-3.0-or-later
// A kernel scenario as a vector: the same machine by hand. Where nothing takes time both emit the same.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <string>

namespace jiffy::core
{

/// Driver::Kernel to Driver::ByHand: one tick first, from jiffies - 1 (a scenario starts settled), then ticks between the
/// actions, and ticks up to `ticks` in all. Instants within a tick are dropped; notes of a recorded machine too.
Inputs translateToHand(const Inputs& kernel, std::uint64_t ticks);

/// The text of a vector (.ops). REQUIRES: driver ByHand.
std::string writeOps(const Inputs& byHand);

} // namespace jiffy::core
