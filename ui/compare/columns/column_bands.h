// SPDX-License-Identifier: GPL-3.0-or-later
// Where the levels of a wheel stand in a narrow column: bands below each other, coarse on top, fine at the bottom. A
// level of more slots than a row holds takes several rows. Levels of 6.1 above the fifth that hold nothing are left out.
// Pure geometry.
#pragma once

#include "ui/wheel/layout.h"
#include "ui/wheel/scene.h"

#include <QRectF>

#include <optional>
#include <vector>

namespace jiffy::ui
{

/// Between the slots of 6.1 and what a slot of their level spans, at text size 100 %.
constexpr double modernNameGap = 19;

struct ColumnBands
{
    struct Band
    {
        int level = 0;
        double top = 0, rowHeight = 0;
        int rows = 1;
    };

    std::vector<Band> bands; ///< by level, the finest first
    double left = 0;         ///< of the slots
    double columnWidth = 0;
    double rowGap = 2;
    std::uint32_t columns = 64;
    double dot = 2.7;        ///< radius
    QRectF note;             ///< a line of text above the bands; empty: 3.9
    QRectF fan;              ///< below them, where 6.1's fans open; empty: 3.9
    double axis = 0;         ///< y of the jiffies asked for

    double right() const { return left + columns * columnWidth; }
    QRectF row(int level, int row) const;
    QRectF band(int level) const;
    QRectF slot(int level, std::uint32_t index) const;
    QPointF spot(int level, std::uint32_t index) const; ///< of its dot
    std::optional<SlotPlace> slotAt(QPointF point) const;
};

ColumnBands columnBands(const Scene& scene, const QRectF& box, double scale);

} // namespace jiffy::ui
