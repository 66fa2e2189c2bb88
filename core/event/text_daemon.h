// SPDX-License-Identifier: GPL-3.0-or-later
// The one-line text of an event of tgtd, for core/event/text.h.
#pragma once

#include "core/event/event.h"
#include "core/scenario/inputs.h"

#include <string>

namespace jiffy::core
{

/// "Queued isns_poll inactive list deadline=1294588944.100000 by add_work", at the end of a string that is
/// used again.
void appendDaemonText(std::string& out, const Record& r, const Inputs& inputs);

/// "4750.000": ms with three decimals, as tables of tgtd tell instants.
std::string millisecondsText(std::uint64_t us);

} // namespace jiffy::core
