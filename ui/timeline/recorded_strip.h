// SPDX-License-Identifier: GPL-3.0-or-later
// Below a CPU's lane, what it did on the recorded machine: where its tick was stopped, ticks and interrupts of its timer,
// softirqs with the functions that ran in them, hrtimers' functions. Drawn as the strips of the model's machines are
// (strip_painter.h), and never with more than about a block a pixel and kind.
#pragma once

#include "ui/timeline/strip_brush.h"

namespace jiffy::ui
{

/// REQUIRES: scene.recorded != nullptr, of at least that many CPUs.
void paintRecordedStrip(QPainter& p, const TimelineScene& scene, int cpu, double top, double height);

/// hrtimers' starts and cancels are shown where a tick is that wide, in pixels as designed.
constexpr double marksFrom = 24;

/// The mark that is shown nearest to a place, within `reach` pixels; null: there is none.
const core::RecordedMark* markNear(const TimelineScene& scene, int cpu, double x, double reach);

} // namespace jiffy::ui
