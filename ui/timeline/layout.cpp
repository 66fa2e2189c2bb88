// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/layout.h"

#include <QCoreApplication>

#include <array>
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

std::vector<RulerMark> decimalMarks(const TimeScale& scale, core::Jiffies start, core::Word word)
{
    std::vector<RulerMark> marks;
    const double px = scale.pixelsPerTick();
    const auto last = word.add(start, static_cast<std::uint64_t>(std::max(0.0, scale.range.to)));
    const double room = std::max(100.0, 11.0 * static_cast<double>(QString::number(last).size()));
    std::uint64_t major = 1, ten = 1;
    constexpr std::uint64_t most = 1'000'000'000'000'000'000;
    for (int i = 0; static_cast<double>(major) * px < room && ten < most; ++i) {
        major = i % 3 == 0 ? 2 * ten : i % 3 == 1 ? 5 * ten : 10 * ten;
        if (i % 3 == 2) ten *= 10;
    }
    const std::uint64_t minor = px >= 5 ? 1 : std::max<std::uint64_t>(1, major / (major == 2 * ten ? 4 : 5));
    const auto first = scale.range.from <= 0 ? 0 : static_cast<std::uint64_t>(scale.range.from);
    std::uint64_t tick = first;
    while (static_cast<double>(tick) + .5 < scale.range.to) {
        const auto jiffies = word.add(start, tick);
        // Where jiffies wrap round the marks begin anew at 0.
        if (const auto rest = jiffies % minor; rest != 0) {
            const auto left = std::min(minor - rest, word.distance(0, jiffies));
            tick += left;
            continue;
        }
        RulerMark mark{scale.xOf(static_cast<double>(tick)), jiffies % major == 0, {}};
        if (mark.isMajor) mark.label = QString::number(jiffies);
        marks.push_back(std::move(mark));
        tick += minor;
    }
    return marks;
}

namespace
{

/// All ticks of a pixel are one bar: the busiest counts.
std::vector<LaneBar> pixelBars(const core::CountPyramid& pyramid, int cpu, const TimeScale& scale)
{
    std::vector<LaneBar> bars;
    const int level = core::CountPyramid::levelFor(scale.ticksPerPixel());
    const int shift = core::CountPyramid::levelBits * level;
    // From the first bucket to the pixel of its first tick, counted from the left edge.
    const double perBucket = static_cast<double>(1ull << shift) * scale.pixelsPerTick();
    const double origin = (.5 - scale.range.from) * scale.pixelsPerTick();
    const double left = std::floor(scale.left) + .5;
    // Gathered pixel by pixel first: a loop without a branch, for there are up to four buckets a pixel.
    struct Pixel
    {
        std::uint64_t end = 0; ///< one behind its last bucket; 0: there is none
        std::uint32_t fires = 0, moves = 0, cascades = 0;
    };
    const auto last = static_cast<std::size_t>(std::max(0.0, scale.right - scale.left)) + 1;
    std::vector<Pixel> pixels(last + 1);
    pyramid.visit(cpu, level, scale.tickAt(scale.left), scale.tickAt(scale.right) + 1, [&](const core::BusyBucket& b) {
        const double x = origin + static_cast<double>(b.number) * perBucket;
        auto& pixel = pixels[std::min(last, static_cast<std::size_t>(std::max(0.0, x)))];
        pixel.end = b.number + 1;
        pixel.fires = std::max(pixel.fires, b.fires);
        pixel.moves = std::max(pixel.moves, b.moves);
        pixel.cascades |= b.cascades;
    });
    bars.reserve(last + 1);
    for (std::size_t i = 0; i <= last; ++i)
        if (const auto& pixel = pixels[i]; pixel.end != 0)
            bars.push_back({left + static_cast<double>(i), (pixel.end - 1) << shift, pixel.fires, pixel.moves, pixel.cascades});
    return bars;
}

} // namespace

std::vector<LaneBar> laneBars(const core::CountPyramid& pyramid, int cpu, const TimeScale& scale)
{
    if (scale.pixelsPerTick() <= .5) return pixelBars(pyramid, cpu, scale);
    std::vector<LaneBar> bars;
    pyramid.visit(cpu, 0, scale.tickAt(scale.left), scale.tickAt(scale.right) + 1, [&](const core::BusyBucket& b) {
        bars.push_back({scale.xOf(static_cast<double>(b.number)), b.number, b.fires, b.moves, b.cascades});
    });
    return bars;
}

namespace
{

/// Heights of few are asked for a hundred thousand times a picture.
template <class Height> double fromTable(std::uint32_t n, Height height)
{
    static const auto table = [&] {
        std::array<double, 64> t{};
        for (std::uint32_t i = 1; i < t.size(); ++i) t[i] = height(i);
        return t;
    }();
    return n < table.size() ? table[n] : height(n);
}

} // namespace

double fireHeight(std::uint32_t n)
{
    return fromTable(n, [](std::uint32_t k) { return std::min(13.0, 5 + 2.3 * std::log2(k)); });
}

double moveHeight(std::uint32_t n)
{
    return fromTable(n, [](std::uint32_t k) { return std::min(15.0, 5 + 2.0 * std::log2(1.0 + k)); });
}

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

std::vector<EmptyStretch> emptyStretches(const core::CountPyramid& pyramid, int cpu, const std::vector<LaneBar>& bars,
                                         const TimeScale& scale, std::uint64_t end, double atLeast)
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
