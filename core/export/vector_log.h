// SPDX-License-Identifier: GPL-3.0-or-later
// The log of a vector (.log), as an export of our own log: what a re-implementation of the wheel is compared with.
// Timers of a vector go by their numbers, those of other inputs by their index.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"

#include <functional>
#include <string_view>

namespace jiffy::core
{

/// Streams the lines to `sink` in pieces of some 60 kB. progress may stop it by returning false.
void writeVectorLog(const Inputs& inputs, const LogView& log, const OpenRun& open,
                    const std::function<void(std::string_view)>& sink,
                    const std::function<bool(std::uint64_t done)>& progress = {});

} // namespace jiffy::core
