// SPDX-License-Identifier: GPL-3.0-or-later
// Which CPU of a machine a position is about: that of the last thing that any CPU did at that instant; where time has
// just passed, the one that acts next. A function of the position alone, so that it does not matter how one came to it.
// Pure.
#pragma once

#include "core/event/log.h"
#include "core/history/position.h"
#include "core/world/world.h"

#include <optional>

namespace jiffy::ui
{

/// The CPU to look at behind a record; none: it is about none in particular. world: the one behind the record.
std::optional<int> cpuAbout(const core::Record& r, const core::World& world);

/// The CPU to look at. world: at that position. Looks a bounded way; CPU 0 at the start, and where that finds nobody.
int cpuShownAt(const core::World& world, const core::LogView& log, core::Position at);

} // namespace jiffy::ui
