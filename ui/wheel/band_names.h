// SPDX-License-Identifier: GPL-3.0-or-later
// Where names stand beside dots of the bands: right of the dot if there is room, else left, else a line lower or
// higher, else not at all. Pure.
#pragma once

#include <QPointF>
#include <QRectF>

#include <vector>

namespace jiffy::ui
{

struct NameRequest
{
    int key = 0; ///< the caller's
    QPointF dot;
    double radius = 0; ///< of what is drawn round the dot
    double width = 0;  ///< of the text
    int priority = 0;  ///< the higher are placed first
};

struct NamePlace
{
    int key = 0;
    QRectF box;
    bool operator==(const NamePlace&) const = default;
};

/// Boxes of that height within `room` that cover no other box and none of the obstacles (dots), or only obstacles where
/// a name of priority > 0 has no other place.
std::vector<NamePlace> namePlaces(std::vector<NameRequest> requests, const std::vector<QRectF>& obstacles,
                                  const QRectF& room, double height);

} // namespace jiffy::ui
