// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/layout.h"

#include <QCoreApplication>

#include <cmath>

namespace jiffy::ui
{

std::uint64_t TimeScale::tickAt(double x) const
{
    const double tick = std::floor(range.from + (x - left) * ticksPerPixel());
    return tick <= 0 ? 0 : static_cast<std::uint64_t>(tick);
}

namespace
{

TickRange within(TickRange range, std::uint64_t end)
{
    const double whole = wholeRun(end).size();
    const double size = std::clamp(range.size(), std::min(fewestTicks, whole), whole);
    const double from = std::clamp(range.from, 0.0, std::max(0.0, whole - size));
    return {from, from + size};
}

} // namespace

TickRange wholeRun(std::uint64_t end) { return {0, std::max(fewestTicks, static_cast<double>(end) + 1)}; }

TickRange zoomed(const TimeScale& scale, double x, double factor, std::uint64_t end)
{
    const double whole = wholeRun(end).size();
    const double size = std::clamp(scale.range.size() / factor, std::min(fewestTicks, whole), whole);
    const double at = scale.range.from + (x - scale.left) * scale.ticksPerPixel();
    const double from = at - (x - scale.left) / (scale.right - scale.left) * size;
    return within({from, from + size}, end);
}

TickRange moved(TickRange range, double ticks, std::uint64_t end)
{
    return within({range.from + ticks, range.to + ticks}, end);
}

TickRange following(TickRange range, std::uint64_t tick, std::uint64_t end)
{
    const auto t = static_cast<double>(tick);
    if (t >= range.from && t + 1 <= range.to) return range;
    const double from = t - range.size() / 4;
    return within({from, from + range.size()}, end);
}

QString shortHex(core::Jiffies jiffies)
{
    return QChar(0x2026) + QString::number(jiffies & 0xFFFF, 16).toUpper().rightJustified(4, QLatin1Char('0'));
}

std::vector<RulerMark> rulerMarks(const TimeScale& scale, core::Jiffies start, core::Word word)
{
    std::vector<RulerMark> marks;
    const double px = scale.pixelsPerTick();
    std::uint64_t major = 4;
    while (static_cast<double>(major) * px < 100 && major < 1ull << 62) major *= 2;
    const std::uint64_t minor = px >= 5 ? 1 : std::max<std::uint64_t>(1, major / 8);
    const auto first = scale.range.from <= 0 ? 0 : static_cast<std::uint64_t>(scale.range.from);
    // The first tick at or after `first` whose jiffies are a multiple of `minor`.
    const auto rest = word.add(start, first) % minor;
    for (std::uint64_t tick = first + (rest == 0 ? 0 : minor - rest); static_cast<double>(tick) + .5 < scale.range.to; tick += minor) {
        const auto jiffies = word.add(start, tick);
        RulerMark mark{scale.xOf(static_cast<double>(tick)), jiffies % major == 0, {}};
        if (mark.isMajor)
            mark.label = major < 0x4000 ? shortHex(jiffies)
                                        : QString::number(jiffies >> 16, 16).toUpper() + QLatin1Char(' ') +
                                              shortHex(jiffies).mid(1);
        marks.push_back(std::move(mark));
    }
    return marks;
}

std::vector<LaneBar> laneBars(const core::CountPyramid& pyramid, int cpu, const TimeScale& scale)
{
    std::vector<LaneBar> bars;
    const auto from = scale.tickAt(scale.left), to = scale.tickAt(scale.right) + 1;
    const bool binned = scale.pixelsPerTick() <= .5;
    const int level = binned ? core::CountPyramid::levelFor(scale.ticksPerPixel()) : 0;
    const int shift = core::CountPyramid::levelBits * level;
    double pixel = -1;
    pyramid.visit(cpu, level, from, to, [&](const core::BusyBucket& b) {
        const auto tick = b.number << shift;
        double x = scale.xOf(static_cast<double>(tick));
        if (binned) {
            x = std::max(scale.left, std::floor(x)) + .5;
            if (x == pixel) {
                auto& last = bars.back();
                last.fires = std::max(last.fires, b.fires);
                last.moves = std::max(last.moves, b.moves);
                last.cascades |= b.cascades;
                return;
            }
            pixel = x;
        }
        bars.push_back({x, tick, b.fires, b.moves, b.cascades});
    });
    return bars;
}

double fireHeight(std::uint32_t n) { return n == 0 ? 0 : std::min(13.0, 5 + 2.3 * std::log2(n)); }

double moveHeight(std::uint32_t n) { return n == 0 ? 0 : std::min(15.0, 5 + 2.0 * std::log2(1.0 + n)); }

QString binText(const TimeScale& scale)
{
    if (scale.pixelsPerTick() > .5) return {};
    return QCoreApplication::translate("Timeline", "1 px = %1 ticks")
        .arg(static_cast<qulonglong>(std::llround(scale.ticksPerPixel())));
}

std::vector<OverviewMark> overviewMarks(const core::CountPyramid& pyramid, const TimeScale& scale)
{
    const int level = core::CountPyramid::levelFor(scale.ticksPerPixel());
    const auto width = core::CountPyramid::width(level);
    const auto pixels = static_cast<std::size_t>(std::max(1.0, scale.right - scale.left));
    std::vector<std::uint32_t> seen(pixels, 0);
    for (int cpu = 0; cpu < pyramid.cpus(); ++cpu)
        pyramid.visit(cpu, level, 0, scale.tickAt(scale.right) + 1, [&](const core::BusyBucket& b) {
            const double x = scale.xOf(static_cast<double>(b.number * width)) - scale.left;
            if (x >= 0 && x < static_cast<double>(pixels)) seen[static_cast<std::size_t>(x)] |= b.cascades;
        });
    std::vector<OverviewMark> marks;
    for (std::size_t i = 0; i < pixels; ++i)
        if (seen[i] != 0) marks.push_back({scale.left + static_cast<double>(i), (seen[i] & ~3u) != 0});
    return marks;
}

std::vector<EmptyStretch> emptyStretches(const core::CountPyramid& pyramid, int cpu, const TimeScale& scale, std::uint64_t end,
                                         double atLeast)
{
    std::vector<EmptyStretch> stretches;
    const auto add = [&](std::optional<std::uint64_t> before, std::optional<std::uint64_t> after) {
        const std::uint64_t first = before ? *before + 1 : 0, last = after ? *after : end + 1;
        if (first >= last) return;
        const double from = std::max(scale.left, scale.leftOf(static_cast<double>(first)));
        const double to = std::min(scale.right, scale.leftOf(static_cast<double>(last)));
        if (to - from >= atLeast) stretches.push_back({from, to, last - first});
    };
    // Only where neighbouring bars are far apart can there be one: they are found without looking at each tick.
    const auto bars = laneBars(pyramid, cpu, scale);
    double x = scale.left;
    const auto look = [&](double to) {
        if (to - x >= atLeast) {
            const auto middle = scale.tickAt((x + to) / 2);
            if (middle <= end) add(pyramid.previousBusy(cpu, middle + 1), pyramid.nextBusy(cpu, middle));
        }
        x = to;
    };
    for (const auto& bar : bars) look(bar.x);
    look(scale.right);
    return stretches;
}

ViewportBox viewportBox(const TimeScale& whole, TickRange range, double atLeast)
{
    ViewportBox box{whole.leftOf(range.from), whole.leftOf(range.to), false};
    box.isWhole = range.size() >= whole.range.size();
    if (const double missing = atLeast - (box.to - box.from); missing > 0) {
        box.from = std::clamp(box.from - missing / 2, whole.left, whole.right - atLeast);
        box.to = box.from + atLeast;
    }
    return box;
}

} // namespace jiffy::ui
