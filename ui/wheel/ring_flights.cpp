// SPDX-License-Identifier: GPL-3.0-or-later
// Flight paths and label leaders of the rings.
#include "ui/motion/motion.h"
#include "ui/wheel/ring_layout.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace jiffy::ui
{

namespace
{

/// Where lanes run for a move between two levels: the gap inside the outer one of them.
Ring laneBand(const RingLayout& layout, int outerLevel)
{
    const double outer = layout.ring(outerLevel).inner;
    const double inner = outerLevel + 1 < layout.levels() ? layout.ring(outerLevel + 1).outer
                                                          : outer - layout.ring(outerLevel).width();
    const double gap = outer - inner;
    // tv1: .740-.848 of R in the gap .716-.876.
    return {inner + .15 * gap, outer - .175 * gap};
}

struct Lane
{
    std::size_t request;
    double turn; ///< signed degrees, the shorter way round
};

FlightPath pathOf(const RingLayout& layout, const FlightRequest& r, double turn, double lane)
{
    const double from = layout.angleOf(r.from), start = layout.ring(r.from.level).middle();
    const QPointF end = r.end - layout.centre();
    const double endDistance = std::hypot(end.x(), end.y());
    FlightPath path;
    for (int i = 0; i < flightPoints; ++i) {
        const double u = static_cast<double>(i) / (flightPoints - 1);
        double radius = lane;
        if (u < .2)
            radius = start + (lane - start) * smoothstep(u / .2);
        else if (u > .84)
            radius = lane + (endDistance - lane) * smoothstep((u - .84) / .16);
        path[static_cast<std::size_t>(i)] = layout.polar(radius, from + turn * smoothstep((u - .05) / .88));
    }
    return path;
}

} // namespace

std::vector<FlightPath> RingLayout::flightPaths(const std::vector<FlightRequest>& requests) const
{
    // Lanes are shared by the flights that use the same gap in the same direction.
    std::map<std::pair<int, bool>, std::vector<Lane>> bundles;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const FlightRequest& r = requests[i];
        const double turn = std::remainder(angleAt(r.end) - angleOf(r.from), 360);
        bundles[{std::min(r.from.level, r.to.level), turn < 0}].push_back({i, turn});
    }
    std::vector<FlightPath> paths(requests.size());
    for (auto& [where, lanes] : bundles) {
        std::stable_sort(lanes.begin(), lanes.end(),
                         [](const Lane& a, const Lane& b) { return std::abs(a.turn) < std::abs(b.turn); });
        const Ring band = laneBand(*this, where.first);
        for (std::size_t k = 0; k < lanes.size(); ++k) {
            const double lane =
                band.outer - band.width() * (static_cast<double>(k) + .5) / static_cast<double>(lanes.size());
            paths[lanes[k].request] = pathOf(*this, requests[lanes[k].request], lanes[k].turn, lane);
        }
    }
    return paths;
}

namespace
{

constexpr std::size_t labelsPerSide = 12;

/// Moves the heights (ascending) apart to `pitch` and back into top..bottom.
void spread(std::vector<double>& y, double pitch, double top, double bottom)
{
    for (std::size_t i = 0; i < y.size(); ++i)
        y[i] = std::max(y[i], i == 0 ? top : y[i - 1] + pitch);
    for (std::size_t i = y.size(); i-- > 0;)
        y[i] = std::min(y[i], i + 1 == y.size() ? bottom : y[i + 1] - pitch);
}

int placeSide(const RingLayout& layout, std::vector<LabelRequest> side, bool isRight, double pitch,
              double top, double bottom, std::vector<LabelPlace>& out)
{
    const auto room = static_cast<std::size_t>(std::max(0.0, (bottom - top) / pitch)) + 1;
    const std::size_t limit = std::min(labelsPerSide, room);
    std::stable_sort(side.begin(), side.end(),
                     [](const LabelRequest& a, const LabelRequest& b) { return a.priority > b.priority; });
    const int more = side.size() > limit ? static_cast<int>(side.size() - limit) : 0;
    if (side.size() > limit) side.resize(limit);
    const double reach = layout.radius() + 14;
    const auto heightOf = [&](const LabelRequest& r) { return layout.polar(reach, r.angle).y(); };
    std::stable_sort(side.begin(), side.end(),
                     [&](const LabelRequest& a, const LabelRequest& b) { return heightOf(a) < heightOf(b); });
    std::vector<double> y;
    for (const LabelRequest& r : side)
        y.push_back(heightOf(r));
    spread(y, pitch, top, bottom);
    for (std::size_t i = 0; i < side.size(); ++i) {
        LabelPlace p;
        p.key = side[i].key;
        p.isRight = isRight;
        p.rim = layout.polar(layout.radius() + 2, side[i].angle);
        p.elbow = layout.polar(reach, side[i].angle);
        p.end = QPointF(p.elbow.x() + (isRight ? 10 : -10), y[i]);
        // A label that was moved far stays outside the rim.
        const double dy = y[i] - layout.centre().y();
        const double clear = std::abs(dy) < reach ? std::sqrt(reach * reach - dy * dy) + 10 : 0;
        p.end.setX(isRight ? std::max(p.end.x(), layout.centre().x() + clear)
                           : std::min(p.end.x(), layout.centre().x() - clear));
        out.push_back(p);
    }
    return more;
}

} // namespace

Labels labelPlaces(const RingLayout& layout, std::vector<LabelRequest> requests, double pitch, LabelRoom leftRoom,
                   LabelRoom rightRoom)
{
    std::vector<LabelRequest> left, right;
    for (const LabelRequest& r : requests)
        (r.angle < 180 ? right : left).push_back(r);
    Labels labels;
    labels.moreRight = placeSide(layout, std::move(right), true, pitch, rightRoom.top, rightRoom.bottom, labels.places);
    labels.moreLeft = placeSide(layout, std::move(left), false, pitch, leftRoom.top, leftRoom.bottom, labels.places);
    return labels;
}

} // namespace jiffy::ui
