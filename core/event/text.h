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
/// cpu= is the CPU whose wheel the slot belongs to; the executing CPU is the record's.
std::string toText(const Record& r, const Geometry& geometry, const Inputs& inputs);
/// The same, at the end of a string that is used again: for exporters.
void appendText(std::string& out, const Record& r, const Geometry& geometry, const Inputs& inputs);

/// A CPU mask in words: "cpu 0", "cpus 0-3,5", "no cpu".
std::string cpuMaskText(std::uint64_t mask);

} // namespace jiffy::core
