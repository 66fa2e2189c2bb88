// SPDX-License-Identifier: GPL-3.0-or-later
// Where the other CPUs stand beside the wheel: small multiples in a column at the left edge.
#pragma once

#include <QPointF>
#include <QRectF>

#include <vector>

namespace jiffy::ui
{

struct MiniPlace
{
    int cpu = 0;
    QRectF card;
    QPointF centre;
    double radius = 0;     ///< 0: a bar, not a wheel
    bool hasName = true;   ///< below the wheel; else its number stands left of it
    bool hasDetail = true; ///< "167 pending" below the name
};

/// Column of mini wheels at the left edge: 66 px, smaller if they do not fit, two columns of 44 px above 6
/// CPUs, bars above 24. Empty for one CPU.
std::vector<MiniPlace> miniPlaces(int cpus, const QRectF& canvas, double scale);
/// Width that the column takes.
double miniColumnWidth(int cpus, double scale);

} // namespace jiffy::ui
