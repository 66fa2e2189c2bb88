// SPDX-License-Identifier: GPL-3.0-or-later
// What stands at a place of the timeline of a run of tgtd, in words. Pure functions.
#pragma once

#include "ui/timeline/daemon_run.h"
#include "ui/timeline/scene.h"

#include <QPointF>
#include <QString>

namespace jiffy::ui
{

/// Empty where there is nothing to say. REQUIRES: scene.daemon != nullptr.
QString daemonHoverText(const TimelineScene& scene, QPointF at);

/// A measured stretch: how long it is, and what happened in it.
QString daemonAreaText(const core::Lateness& run, TickRange area);

/// "asked for 4 s at 0.100 s, due at 4.100 s", "runs at 5.100 s, 1.00 s late": a line each.
QString workRunText(const core::WorkRun& run);

/// What became of an alarm.
QString alarmFateText(core::AlarmMark::Fate fate, core::WorkScheduler scheduler);

} // namespace jiffy::ui
