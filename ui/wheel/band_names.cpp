// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/band_names.h"

#include <algorithm>
#include <optional>

namespace jiffy::ui
{

namespace
{

constexpr double besideDot = 2, padding = 3;

bool covers(const QRectF& box, const QRectF& other)
{
    return box.intersects(other.adjusted(.5, .5, -.5, -.5));
}

} // namespace

std::vector<NamePlace> namePlaces(std::vector<NameRequest> requests, const std::vector<QRectF>& obstacles,
                                  const QRectF& room, double height)
{
    std::stable_sort(requests.begin(), requests.end(),
                     [](const NameRequest& a, const NameRequest& b) { return a.priority > b.priority; });
    std::vector<NamePlace> places;
    for (const NameRequest& r : requests) {
        const double width = r.width + 2 * padding, away = r.radius + besideDot, top = r.dot.y() - height / 2;
        const QRectF own(r.dot.x() - r.radius, r.dot.y() - r.radius, 2 * r.radius, 2 * r.radius);
        const auto isFree = [&](const QRectF& box, bool mayCoverDots) {
            if (!room.contains(box)) return false;
            for (const NamePlace& p : places)
                if (covers(box, p.box)) return false;
            if (mayCoverDots) return true;
            return std::none_of(obstacles.begin(), obstacles.end(),
                                [&](const QRectF& o) { return !o.intersects(own) && covers(box, o); });
        };
        std::optional<QRectF> found;
        // Beside the dot, then a line below.
        const double right = r.dot.x() + away, left = r.dot.x() - away - width, below = top + .9 * height;
        for (const bool mayCover : {false, true})
            for (const QPointF corner : {QPointF(right, top), QPointF(left, top), QPointF(right, below),
                                         QPointF(left, below), QPointF(right, top - .9 * height)}) {
                const QRectF box(corner, QSizeF(width, height));
                if (found || (mayCover && r.priority <= 0) || !isFree(box, mayCover)) continue;
                found = box;
            }
        if (found) places.push_back({r.key, *found});
    }
    return places;
}

} // namespace jiffy::ui
