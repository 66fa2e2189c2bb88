// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/plots_layout.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

/// The tick by which 95 of 100 handlers and moves of a lane were done: a few that come much later would only
/// make the rest too small to be seen.
std::uint64_t nearlyAllDone(const core::WorkSeries& work)
{
    const std::uint64_t all = work.totalWork();
    const core::WorkTick* last = all == 0 ? nullptr : work.tickOfWork(all - all / 20 - 1);
    return last == nullptr ? 0 : last->tick;
}

double distance(QPointF a, QPointF b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

PlotHit hitOfPanels(const PlotsLayout& layout, QPointF point)
{
    constexpr double near = 7;
    PlotHit hit;
    double best = near;
    for (std::size_t i = 0; i < layout.panels.size(); ++i) {
        const LatePanel& panel = layout.panels[i];
        if (!panel.area.adjusted(-near, -near, near, near).contains(point)) continue;
        for (const LatePoint& p : panel.points) {
            const double d = distance(p.at, point);
            if (d >= best) continue;
            best = d;
            hit = {PlotHit::What::Call, static_cast<int>(i), p.tick, p.event};
        }
    }
    return hit;
}

/// The bar or break of a lane at x: the tallest of those within reach, so that the worst tick is easy to get
/// hold of.
std::optional<PlotHit> hitOfBars(const WorkLane& lane, int number, double x)
{
    constexpr double reach = 4;
    std::optional<PlotHit> hit;
    double best = 0, nearest = reach;
    for (const PlotBar& b : lane.bars) {
        const double d = std::abs(b.x - x);
        if (d > std::max(reach, b.width / 2 + 1) || b.height() < best || (b.height() == best && d >= nearest))
            continue;
        best = b.height();
        nearest = d;
        hit = PlotHit{PlotHit::What::Bar, number, b.tick, b.event};
    }
    for (const PlotBreak& b : lane.breaks)
        if (!hit && std::abs(b.x - x) <= 7) hit = PlotHit{PlotHit::What::Bar, number, b.tick, b.event};
    return hit;
}

} // namespace

TickRange openingRange(const PlotsInput& input, std::uint64_t endTicks)
{
    std::uint64_t done = 0;
    for (const PlotLane& lane : input.lanes)
        done = std::max(done, nearlyAllDone(*lane.work));
    double to = static_cast<double>(endTicks) + 1;
    if (done != 0) to = std::min(to, static_cast<double>(done) * 1.08 + 1);
    to = std::max(to, fewestTicks);
    return {-to * .03, to};
}

PlotsLayoutPtr layOutPlots(const PlotsInput& input, const Look& look, const QRectF& box)
{
    auto layout = std::make_shared<PlotsLayout>();
    layout->box = box;
    layout->kind = input.kind;
    if (input.kind == PlotKind::Work)
        layOutWork(*layout, input, look);
    else
        layOutLateness(*layout, input, look);
    if (layout->switchRect.width() < look.px(60)) layout->switchRect = {};
    return layout;
}

PlotHit plotAt(const PlotsLayout& layout, QPointF point)
{
    if (layout.kind == PlotKind::Lateness) return hitOfPanels(layout, point);
    using What = PlotHit::What;
    const auto lanes = static_cast<int>(layout.lanes.size());
    for (int i = 0; i < lanes; ++i)
        for (const PlotLabel& l : layout.lanes[static_cast<std::size_t>(i)].labels)
            if (l.rect.contains(point)) return {What::Label, i, l.tick, l.event};
    const TimeScale& scale = layout.scale;
    if (point.x() < scale.left || point.x() > scale.right || !layout.box.contains(point)) return {};
    for (int i = 0; i < lanes; ++i) {
        const WorkLane& lane = layout.lanes[static_cast<std::size_t>(i)];
        if (point.y() < lane.area.top() - 3 || point.y() > lane.area.bottom() + 3) continue;
        if (const auto hit = hitOfBars(lane, i, point.x())) return *hit;
        return {What::Tick, i, scale.tickAt(point.x()), {}};
    }
    return {What::Tick, -1, scale.tickAt(point.x()), {}};
}

TimeScale plotScale(const PlotsLayout& layout)
{
    return layout.scale;
}
QRectF plotSwitchRect(const PlotsLayout& layout)
{
    return layout.switchRect;
}

} // namespace jiffy::ui
