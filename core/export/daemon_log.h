// SPDX-License-Identifier: GPL-3.0-or-later
// The log of a vector of tgtd's work scheduler, as an export of our own log.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"

#include <functional>
#include <string_view>

namespace jiffy::core
{

/// As writeVectorLog(), for Driver::Daemon.
void writeDaemonLog(const Inputs& inputs, const LogView& log, const std::function<void(std::string_view)>& sink,
                    const std::function<bool(std::uint64_t done)>& progress = {});

} // namespace jiffy::core
