// SPDX-License-Identifier: GPL-3.0-or-later
// What a CPU of a machine of CPUs does at a place of its lane, in words, for tool tips and the table. Pure functions.
#pragma once

#include "ui/timeline/scene.h"
#include "ui/timeline/strip.h"

#include <QString>

#include <optional>

namespace jiffy::ui
{

/// "250 µs", "3 ms", "1.5 s": exact to the nanosecond.
QString preciseTime(std::uint64_t ns);
/// "tick 4294901244 + 1.2 ms, 3.4 s after the start"
QString instantText(const TimelineScene& scene, std::uint64_t ns);
/// Of a process, or of an interrupt of the scenario.
QString programName(const core::Inputs& inputs, std::uint64_t program);

/// "Handler A", "spins for A", "asleep until jiffies 1500".
QString activityText(const core::Inputs& inputs, core::Activity what, const core::ActivitySpan& span);
/// "wakes CPU 2 (add_timer_on)".
QString wakeUpText(const core::WakeUp& wakeUp);

/// All that a CPU is in at a place: a line each, the outermost first. Empty: nothing is there.
QString stripText(const TimelineScene& scene, int cpu, double x);

/// The span, or the wake-up, that a click at a place of a lane is about.
struct StripHit
{
    std::uint64_t event = 0; ///< that begins it
    core::TimerId timer;     ///< none: it is about no timer
};
std::optional<StripHit> stripHit(const TimelineScene& scene, int cpu, double x);

} // namespace jiffy::ui
