// SPDX-License-Identifier: GPL-3.0-or-later
// The technical one-line text of an event, for logs, tests, tables and CSV. Sentences for people are ui/narration's.
#pragma once

#include "core/event/event.h"
#include "core/scenario/inputs.h"
#include "core/world/geometry.h"

#include <string>

namespace jiffy::core
{

/// "Queued rto tv1[180] cpu=0 expires=4294919604 by mod_timer returned 1". No time: the caller knows the clock.
std::string toText(const Record& r, const Geometry& geometry, const Inputs& inputs);

} // namespace jiffy::core
