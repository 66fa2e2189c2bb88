// SPDX-License-Identifier: GPL-3.0-or-later
// What a recorded CPU did at a place of its strip, in words. Pure functions. REQUIRES for all: scene.recorded is there where
// it is looked at.
#pragma once

#include "ui/timeline/scene.h"

#include <QPointF>
#include <QString>

#include <optional>

namespace jiffy::ui
{

/// "its tick is stopped, 12 ms", "timer softirq, 45 µs": with what the recording does not tell.
QString recordedSpanText(const core::Inputs& inputs, core::Recorded what, const core::ActivitySpan& span, std::uint64_t end);

/// All that the CPU was in at a place: a line each, the outermost first.
QString recordedText(const TimelineScene& scene, int cpu, double x);
/// Of its name: how much of what was recorded on this CPU.
QString recordedHeaderText(const core::RecordedMachine& machine, int cpu);

/// The timer whose function stands at a place of a strip; none: none, or no strip is there.
std::optional<core::TimerId> recordedTimerAt(const TimelineScene& scene, QPointF at);

} // namespace jiffy::ui
