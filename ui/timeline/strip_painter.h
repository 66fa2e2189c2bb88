// SPDX-License-Identifier: GPL-3.0-or-later
// The lane of a CPU of a machine of CPUs: its ticks, those that did not happen as short marks on hatch, interrupts,
// softirqs and timers' functions as blocks, code that takes time, what it spins for, locks as thin bars, processes; and
// arrows from CPU to CPU where one wakes another. What is what can be told by shape and pattern alone.
#pragma once

#include "ui/timeline/scene.h"
#include "ui/timeline/strip.h"
#include "ui/timeline/strip_brush.h"

namespace jiffy::ui
{

/// REQUIRES: scene.activity != nullptr. Adds the sleeps that have room for words, and the names of blocks.
void paintStrip(QPainter& p, const TimelineScene& scene, int cpu, double top, double height, std::vector<LaneText>& texts);
/// What such a sleep says at the playhead: how many ticks have not happened so far, or are not going to.
QString sleepText(const TimelineScene& scene, const LaneText& sleep);
void paintSleepName(QPainter& p, const TimelineScene& scene, const LaneText& sleep);
/// Over all lanes in sight. REQUIRES: scene.activity != nullptr.
void paintWakeUps(QPainter& p, const TimelineScene& scene);

} // namespace jiffy::ui
