// SPDX-License-Identifier: GPL-3.0-or-later
// What the lane of a CPU shows of a stretch of time: tick interrupts that happened, those that did not, interrupts that
// came while it slept. Pure; the number of things is bounded by the number of pixels. Ticks share pixels where each would
// have less than one and a half.
#pragma once

#include "core/insight/cpu_activity.h"
#include "core/insight/sleep_accounts.h"
#include "ui/timeline/layout.h"

namespace jiffy::ui
{

/// Ticks are drawn one by one.
constexpr double ticksApart = 1.5;
inline bool areTicksApart(const TimeScale& scale) { return scale.pixelsPerTick() >= ticksApart; }

struct NohzLane
{
    /// Ticks that share pixels: how many of them happened.
    struct Stretch
    {
        double from = 0, to = 0;
        double share = 0; ///< 0..1
    };
    /// An interrupt on a CPU that slept, or a device's.
    struct Bar
    {
        double x = 0;
        std::uint64_t tick = 0;
        std::uint64_t event = 0; ///< the record that entered it
        core::WokenBy by = core::WokenBy::Timer;
        std::uint64_t saved = 0; ///< ticks that did not happen in the sleep that it ended
    };
    /// A sleep, as wide as two pixels at least.
    struct Void
    {
        double from = 0, to = 0;
        std::size_t sleep = 0; ///< index
    };
    struct Circle
    {
        double x = 0;
        std::uint64_t tick = 0;
        core::TimerId timer;
    };
    std::vector<double> ticks, missed; ///< x of each; none where they share pixels
    std::vector<Stretch> stretches;    ///< where they do
    std::vector<Bar> bars;
    std::vector<Void> voids;
    std::vector<Circle> circles;       ///< deferrable timers that became due in sleeps; at most maxCircles
    static constexpr std::size_t maxCircles = 40;
};

/// end: periods of the run so far.
NohzLane laneOf(const core::CpuActivity& activity, const core::SleepAccounts& accounts, int cpu, core::Hz hz, const TimeScale& scale, std::uint64_t end);

} // namespace jiffy::ui
