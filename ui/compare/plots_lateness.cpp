// SPDX-License-Identifier: GPL-3.0-or-later
// Where the panels of lateness stand. Across: how far ahead a timer was asked for; up: how late its handler
// was called. Both as logarithms of the number plus one, so that 0 has a place; below 0 is early.
#include "ui/compare/plots_layout.h"

#include "ui/theme/shaped_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

QString say(const char* text)
{
    return QCoreApplication::translate("Plots", text);
}

double acrossOf(std::uint64_t delay)
{
    return std::log2(static_cast<double>(delay) + 1);
}

double upOf(std::int64_t late)
{
    const double size = std::log2(std::abs(static_cast<double>(late)) + 1);
    return late < 0 ? -size : size;
}

struct Reach
{
    std::uint64_t delay = 64;
    std::int64_t latest = 1, earliest = 0;
};

/// The level of a wheel whose clock stands at the present that a timer is filed in.
int levelOf(const core::Geometry& g, std::uint64_t delay)
{
    if (g.levels == 0) return -1;
    int level = 0;
    if (g.is(core::TimerAlgorithm::Wheel61)) {
        while (level + 1 < g.levels && delay >= core::reachOfLevel(level))
            ++level;
        return level;
    }
    while (level + 1 < g.levels && delay >> g.level[static_cast<std::size_t>(level) + 1].shift != 0)
        ++level;
    return level;
}

/// The same for all panels, so that they can be compared.
Reach reachOf(const PlotsInput& input)
{
    Reach reach;
    for (const PlotLane& lane : input.lanes) {
        reach.delay = std::max(reach.delay, lane.lateness->longestDelay());
        reach.latest = std::max(reach.latest, lane.lateness->latest());
        reach.earliest = std::min(reach.earliest, lane.lateness->earliest());
        if (!lane.geometry.is(core::TimerAlgorithm::Wheel61)) continue;
        // The steps are in sight as far as timers were asked for.
        const int level = levelOf(lane.geometry, lane.lateness->longestDelay());
        reach.latest = std::max(
            reach.latest, std::int64_t{1} << lane.geometry.level[static_cast<std::size_t>(level)].shift);
    }
    return reach;
}

struct Axes
{
    QRectF area;
    Reach reach;

    double x(std::uint64_t delay) const
    {
        return area.left() + std::min(1.0, acrossOf(delay) / acrossOf(reach.delay)) * area.width();
    }
    double y(std::int64_t late) const
    {
        const double low = upOf(reach.earliest), high = upOf(reach.latest);
        return area.bottom() - (std::clamp(upOf(late), low, high) - low) / (high - low) * area.height();
    }
};

/// 0, 1, 8, 64, ... as far as it reaches and where there is room.
std::vector<AxisMark> marksUp(const Axes& axes, const Look& look)
{
    std::vector<AxisMark> marks;
    const double apart = QFontMetricsF(look.numbers(11.5)).height() * .95;
    const auto add = [&](std::int64_t late) {
        const double at = axes.y(late);
        if (std::any_of(marks.begin(), marks.end(),
                        [&](const AxisMark& m) { return std::abs(m.at - at) < apart; }))
            return;
        const QString digits =
            grouped(late < 0 ? 0 - static_cast<std::uint64_t>(late) : static_cast<std::uint64_t>(late));
        marks.push_back({at, late < 0 ? QChar(0x2212) + digits : digits});
    };
    add(0);
    for (std::int64_t n = 1; n <= axes.reach.latest && n < std::int64_t{1} << 60; n *= 8)
        add(n);
    for (std::int64_t n = 1; - n >= axes.reach.earliest && n < std::int64_t{1} << 60; n *= 8)
        add(-n);
    return marks;
}

std::vector<AxisMark> marksAcross(const Axes& axes, const Look& look)
{
    std::vector<AxisMark> marks;
    const QFont font = look.numbers(11.5);
    double free = axes.area.left() - look.px(20);
    for (std::uint64_t n = 1; n <= axes.reach.delay && n < 1ull << 60; n *= 8) {
        const QString text = grouped(n);
        const double at = axes.x(n), half = advanceOf(font, text) / 2;
        const bool fits = at - half > free && at + half < axes.area.right() + look.px(12);
        marks.push_back({at, fits ? text : QString()});
        if (fits) free = at + half + look.px(8);
    }
    return marks;
}

/// The most that a handler is late by: nothing, or a slot of the level that the timer was filed in.
std::vector<QPointF> boundOf(const Axes& axes, const core::Geometry& g)
{
    std::vector<QPointF> corners;
    if (!g.is(core::TimerAlgorithm::Wheel61))
        return {{axes.area.left(), axes.y(0)}, {axes.area.right(), axes.y(0)}};
    std::uint64_t from = 0;
    for (int l = 0; l < g.levels && from <= axes.reach.delay; ++l) {
        const std::uint64_t to = core::reachOfLevel(l);
        const double y = axes.y(std::int64_t{1} << g.level[static_cast<std::size_t>(l)].shift);
        corners.emplace_back(axes.x(from), y);
        corners.emplace_back(axes.x(std::min(to, axes.reach.delay)), y);
        from = to;
    }
    return corners;
}

void addPoints(LatePanel& out, const PlotLane& lane, const Axes& axes)
{
    for (const core::DelayCell& c : lane.lateness->cells()) {
        LatePoint p;
        p.at = {axes.x(c.delay), axes.y(c.late)};
        p.level = levelOf(lane.geometry, c.delay);
        p.isReached = c.event < lane.events;
        p.tick = c.tick;
        p.event = c.event;
        out.points.push_back(p);
    }
}

void layOutKeys(PlotsLayout& layout, const Look& look, double left, double baseline)
{
    using What = PlotsLayout::Key::What;
    const QFontMetricsF words(look.words(12.5));
    double x = left;
    for (const auto& [what, text] : {std::pair{What::Call, say("calls of handlers, hue: level")},
                                     std::pair{What::Bound, say("latest that the level allows")}}) {
        const double markWidth = what == What::Bound ? look.px(18) : look.px(6);
        const double end = x + markWidth + look.px(6) + words.horizontalAdvance(text);
        if (end > layout.box.right() - look.px(20)) return;
        layout.keys.push_back({what,
                               QRectF(x, baseline - look.px(7), markWidth, look.px(6)),
                               {x + markWidth + look.px(6), baseline},
                               text});
        x = end + look.px(18);
    }
    const QString caption = say("up: jiffies late, across: jiffies asked for ahead");
    const double width = words.horizontalAdvance(caption);
    if (x + width > layout.box.right() - look.px(20)) return;
    layout.caption = caption;
    layout.captionRect = QRectF(x, baseline - words.ascent(), width + 1, words.height());
}

} // namespace

void layOutLateness(PlotsLayout& layout, const PlotsInput& input, const Look& look)
{
    const QRectF& box = layout.box;
    const Reach reach = reachOf(input);
    const QFontMetricsF names(look.words(13, QFont::DemiBold)), figures(look.numbers(11.5));
    const double switchWidth = std::min(look.px(150), box.width() / 3);
    layout.switchRect = QRectF(box.left() + look.px(14), box.top() + look.px(6), switchWidth, look.px(24));
    layOutKeys(layout, look, layout.switchRect.right() + look.px(20), box.top() + look.px(23));
    layout.rulerY = box.top() + look.px(34);

    // The widest figure of the axis: of a reach that is the largest power of 8, or the earliest.
    double figureWidth = figures.horizontalAdvance(grouped(static_cast<std::uint64_t>(reach.latest)));
    if (reach.earliest < 0)
        figureWidth = std::max(figureWidth,
                               figures.horizontalAdvance(
                                   QChar(0x2212) + grouped(0 - static_cast<std::uint64_t>(reach.earliest))));
    const double share = box.width() / static_cast<double>(input.lanes.size());
    double left = box.left();
    for (const PlotLane& lane : input.lanes) {
        LatePanel out;
        const double top = layout.rulerY + names.height() + look.px(11);
        const double bottom = box.bottom() - figures.height() - look.px(10);
        const double from = left + look.px(20) + figureWidth + look.px(8);
        out.area = QRectF(from, top, std::max(look.px(20), left + share - look.px(28) - from),
                          std::max(look.px(16), bottom - top));
        out.name = names.elidedText(lane.name, Qt::ElideRight, share - look.px(40));
        out.nameAt = {left + look.px(20), layout.rulerY + names.ascent()};
        const Axes axes{out.area, reach};
        out.zero = axes.y(0);
        out.up = marksUp(axes, look);
        out.across = marksAcross(axes, look);
        out.bound = boundOf(axes, lane.geometry);
        addPoints(out, lane, axes);
        layout.panels.push_back(std::move(out));
        left += share;
    }
}

} // namespace jiffy::ui
