// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the code panel: the listing in the user's language, and what stands beside a line or a function.
// GUI thread.
#pragma once

#include "core/history/code.h"
#include "core/kernel/listing.h"
#include "core/scenario/inputs.h"

#include <QString>

namespace jiffy::ui
{

/// The listing in the language of the program's locale; English where there is none.
const core::Listing& listing();

/// "__run_timers"; what has no function of its own in the kernel is named in words.
QString functionText(core::Function function);

/// "180", "9 moved", "…4501", "lease"; empty for Nothing.
QString valueText(const core::LineValue& value, const core::Geometry& geometry, const core::Inputs& inputs);
/// Hue of a value: the level of a slot, else -1.
int valueLevel(const core::LineValue& value, const core::Geometry& geometry);

/// "TIMER_SOFTIRQ", "CPU 0 · index 0", "tv2, slot 5", "dns_ttl, +200".
QString argumentText(const core::FrameArgument& argument, const core::Geometry& geometry,
                     const core::Inputs& inputs);

/// The line in plain words, on one row: "delta < 256: tv1[expires & 255]".
QString plainLine(core::Line line, const core::Geometry& geometry);

} // namespace jiffy::ui
