// SPDX-License-Identifier: GPL-3.0-or-later
// Two markers and a stretch of the ruler to measure time with. Without A, the playhead takes its place. Pure functions.
#pragma once

#include "core/base/units.h"
#include "ui/timeline/layout.h"

#include <QString>

#include <optional>
#include <vector>

namespace jiffy::ui
{

struct Markers
{
    std::optional<std::uint64_t> a, b; ///< ticks since the start

    bool isEmpty() const { return !a && !b; }
    bool operator==(const Markers&) const = default;
};

/// What is measured: from A, or the playhead, to B, or the playhead; none without a marker.
struct Measure
{
    std::uint64_t from = 0, to = 0; ///< from may be the later one
    bool fromPlayhead = false, toPlayhead = false;
    std::uint64_t ticks() const { return to > from ? to - from : from - to; }
    bool operator==(const Measure&) const = default;
};
std::optional<Measure> measured(const Markers& markers, std::uint64_t playhead);

/// "180 jiffies · 720 ms"
QString spanText(std::uint64_t ticks, core::Hz hz);
/// "A to B   180 jiffies · 720 ms"; the playhead goes by the name of the marker that it stands for.
QString measureText(const Measure& measure, core::Hz hz);
/// The same with the span's words as they are.
QString measureText(const Measure& measure, const QString& span);

/// Within this many pixels of something, a marker goes to it.
constexpr double snapReach = 6;

/// The candidate nearest to x, if it is within `reach` pixels; else the tick under x.
std::uint64_t snapped(const TimeScale& scale, double x, double reach, const std::vector<std::uint64_t>& candidates);
/// Ticks worth snapping to near x: the nearest busy ones of each CPU on both sides.
std::vector<std::uint64_t> busyTicksNear(const core::CountPyramid& pyramid, const TimeScale& scale, double x);

} // namespace jiffy::ui
