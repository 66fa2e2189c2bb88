// SPDX-License-Identifier: GPL-3.0-or-later
// The same inputs on another of tgtd's schedulers: before the patch beside after it.
#pragma once

#include "core/scenario/inputs.h"

namespace jiffy::core
{

/// What a scheduler waits and counts with when nothing else is said: interval, epoll timeout.
void setDefaults(DaemonConfig& config, WorkScheduler scheduler);

/// The old scheduler's run of what a newer one did, and the patch's of what the old one did. Items keep their numbers.
/// Null where the inputs are not tgtd's.
InputsPtr counterpartOf(const Inputs& inputs);

} // namespace jiffy::core
