// SPDX-License-Identifier: GPL-3.0-or-later
// What a CPU is known to call, and at which tick: as far as what holds its timers has sorted them. Pure.
#pragma once

#include "core/world/world.h"
#include "ui/timeline/scene.h"

#include <vector>

namespace jiffy::ui
{

/// 3.9: what stands in tv1, slot by slot; the levels above do not know the jiffy yet. 6.1: all buckets of both wheels.
/// Sorted list: its first few hundred. In order of time, a tick once. Into `out`, whose memory is used again.
void planFires(const core::World& world, int cpu, std::vector<PlannedFires>& out);

} // namespace jiffy::ui
