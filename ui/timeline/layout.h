// SPDX-License-Identifier: GPL-3.0-or-later
// Where things stand in the timeline, and what a stretch of time looks like at a magnification. Pure functions; the
// widget only paints what they say. Lengths are pixels, x grows with time, ticks count from the start of the run.
#pragma once

#include "core/base/units.h"
#include "core/insight/pyramid.h"

#include <QString>

#include <vector>

namespace jiffy::ui
{

/// Which ticks are in sight.
struct TickRange
{
    double from = 0;
    double to = 1;
    double size() const { return to - from; }
    bool operator==(const TickRange&) const = default;
};

/// The ruler's and lanes' horizontal scale. A tick is as wide as pixelsPerTick and is drawn in its middle; where time goes
/// on within ticks it is the instant at which its place begins.
struct TimeScale
{
    double left = 0, right = 1; ///< pixels
    TickRange range;
    bool isContinuous = false;

    double pixelsPerTick() const { return (right - left) / range.size(); }
    double ticksPerPixel() const { return range.size() / (right - left); }
    /// Where that tick is drawn.
    double xOf(double tick) const { return left + (tick + (isContinuous ? 0 : .5) - range.from) * pixelsPerTick(); }
    /// Where a tick's place begins, and where the one before it ends.
    double leftOf(double tick) const { return left + (tick - range.from) * pixelsPerTick(); }
    /// The tick under a pixel, 0 and up.
    std::uint64_t tickAt(double x) const;
};

/// The smallest and largest stretch that can be shown.
constexpr double fewestTicks = 16;

/// Zooms by a factor (above 1: in) so that the tick under x stays where it is, within a run of `end` ticks.
TickRange zoomed(const TimeScale& scale, double x, double factor, std::uint64_t end);
/// Moves the range without changing its size, within the run.
TickRange moved(TickRange range, double ticks, std::uint64_t end);
/// The range that shows `tick`: as it is if it does already, else with the tick at a quarter.
TickRange following(TickRange range, std::uint64_t tick, std::uint64_t end);
/// All of the run.
TickRange wholeRun(std::uint64_t end);

struct RulerMark
{
    double x = 0;
    bool isMajor = false;
    QString label; ///< major ones only: "…4520", or more digits where marks are further apart
};

/// Marks of the ruler at round jiffies: major ones at least 100 px apart; minor ones only where they are 5 px apart.
std::vector<RulerMark> rulerMarks(const TimeScale& scale, core::Jiffies start, core::Word word);

/// The same at round decimals, with all their digits: of a machine of CPUs, whose numbers are told so everywhere.
std::vector<RulerMark> decimalMarks(const TimeScale& scale, core::Jiffies start, core::Word word);

/// "…4500": the last four hexadecimal digits.
QString shortHex(core::Jiffies jiffies);

/// What one lane shows at one place.
struct LaneBar
{
    double x = 0;              ///< middle of the tick, or of the pixel where ticks share one
    std::uint64_t tick = 0;    ///< one that it stands for; the only one where there is room for each
    std::uint32_t fires = 0;   ///< in the busiest tick
    std::uint32_t moves = 0;
    std::uint32_t cascades = 0;
    bool operator==(const LaneBar&) const = default;
};

/// The bars of one CPU. Where a tick is half a pixel or less, all ticks of a pixel are one bar: the busiest counts.
/// The number of bars is at most twice the number of pixels.
std::vector<LaneBar> laneBars(const core::CountPyramid& pyramid, int cpu, const TimeScale& scale);

/// Height of a bar of n fires or moves: grows with the logarithm.
double fireHeight(std::uint32_t n);
double moveHeight(std::uint32_t n);

/// "1 px = 12 ticks", or nothing where each tick has half a pixel or more.
QString binText(const TimeScale& scale);

/// Where a cascade mark stands in the overview: x and whether it took apart a slot of tv3 or beyond.
struct OverviewMark
{
    double x = 0;
    bool isDeep = false;
    bool operator==(const OverviewMark&) const = default;
};
/// All CPUs together, at most one mark a pixel.
std::vector<OverviewMark> overviewMarks(const core::CountPyramid& pyramid, const TimeScale& wholeRun);

/// A stretch of time in which a CPU found nothing, wide enough to say so in words.
struct EmptyStretch
{
    double from = 0, to = 0;    ///< pixels, within the scale
    std::uint64_t ticks = 0;    ///< of the whole stretch, the part out of sight included
    bool operator==(const EmptyStretch&) const = default;
};
/// Between the ticks of a CPU that are not empty, from the start of the run to `end`. bars: its laneBars().
std::vector<EmptyStretch> emptyStretches(const core::CountPyramid& pyramid, int cpu, const std::vector<LaneBar>& bars,
                                         const TimeScale& scale, std::uint64_t end, double atLeast);

/// The part of the overview strip that is in sight: what can be taken hold of and moved. At least `atLeast` wide.
struct ViewportBox
{
    double from = 0, to = 0;
    bool isWhole = false; ///< all of the run is in sight
};
ViewportBox viewportBox(const TimeScale& whole, TickRange range, double atLeast);

} // namespace jiffy::ui
