// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/markers.h"

#include "ui/theme/look.h"
#include "ui/wheel/painter.h"

#include <QCoreApplication>

#include <cmath>

namespace jiffy::ui
{

namespace
{

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

} // namespace

std::optional<Measure> measured(const Markers& markers, std::uint64_t playhead)
{
    if (markers.isEmpty()) return {};
    return Measure{markers.a.value_or(playhead), markers.b.value_or(playhead), !markers.a, !markers.b};
}

QString spanText(std::uint64_t ticks, core::Hz hz)
{
    const double seconds = static_cast<double>(ticks) / hz.value;
    return (ticks == 1 ? say(QT_TRANSLATE_NOOP("Timeline", "1 jiffy · %1")).arg(durationText(seconds))
                       : say(QT_TRANSLATE_NOOP("Timeline", "%1 jiffies · %2")).arg(grouped(ticks), durationText(seconds)));
}

QString measureText(const Measure& measure, core::Hz hz)
{
    return measureText(measure, spanText(measure.ticks(), hz));
}

QString measureText(const Measure& measure, const QString& span)
{
    const QString order = measure.from <= measure.to ? say(QT_TRANSLATE_NOOP("Timeline", "A to B"))
                                                     : say(QT_TRANSLATE_NOOP("Timeline", "B to A"));
    return order + QStringLiteral("   ") + span;
}

std::uint64_t snapped(const TimeScale& scale, double x, double reach, const std::vector<std::uint64_t>& candidates)
{
    std::uint64_t best = scale.tickAt(x);
    double nearest = reach;
    for (const auto tick : candidates) {
        const double distance = std::abs(scale.xOf(static_cast<double>(tick)) - x);
        if (distance > nearest) continue;
        nearest = distance;
        best = tick;
    }
    return best;
}

std::vector<std::uint64_t> busyTicksNear(const core::CountPyramid& pyramid, const TimeScale& scale, double x)
{
    std::vector<std::uint64_t> ticks;
    const auto at = scale.tickAt(x);
    for (int cpu = 0; cpu < pyramid.cpus(); ++cpu) {
        if (pyramid.busyAt(cpu, at) != nullptr) ticks.push_back(at);
        if (const auto next = pyramid.nextBusy(cpu, at)) ticks.push_back(*next);
        if (const auto previous = pyramid.previousBusy(cpu, at)) ticks.push_back(*previous);
    }
    return ticks;
}

} // namespace jiffy::ui
