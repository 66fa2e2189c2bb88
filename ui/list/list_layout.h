// SPDX-License-Identifier: GPL-3.0-or-later
// Where the timers of a sorted list stand: rows that run to and fro like a plough, the head at the upper left. What
// has no room is left out between the first rows and the last timers, in a gap that says how many. Pure geometry.
#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <vector>

namespace jiffy::ui
{

struct ListMeasures
{
    double pitch = 44; ///< from dot to dot
    double row = 54;   ///< from row to row
    double bow = 19.4; ///< how far the way goes beyond the last dot of a row to the next one
    double side = 24;  ///< kept free at both sides, for the bows
    double top = 22;   ///< of the first row's dots below the box's top
    double bottom = 28; ///< kept free below the last row's dots
    std::size_t head = 512, tail = 64; ///< more are not known
};

/// A timer in sight.
struct ListSpot
{
    std::uint64_t place = 0; ///< in the list, counted from the head
    std::size_t cell = 0;    ///< along the way
    QPointF at;
};

struct ListLayout
{
    std::vector<ListSpot> spots; ///< in list order
    std::vector<QPointF> suns;   ///< of the timers in front of the head that are being called
    QRectF gap;                  ///< empty: all are in sight
    std::uint64_t hidden = 0;
    std::uint64_t firstHidden = 0; ///< place of the first one left out
    std::size_t columns = 1, rows = 0;
    double pitch = 0, row = 0, bow = 0;

    /// Of a cell along the way.
    QPointF cellAt(std::size_t cell) const;
    /// The way from one cell to another: straight along a row, a bow at its end.
    QPainterPath way(std::size_t from, std::size_t to) const;
    const ListSpot* spotOf(std::uint64_t place) const;
    /// The nearest timer within `reach` of a point.
    const ListSpot* spotNear(QPointF point, double reach) const;
    /// The timer whose words, which stand below it and are `deep`, a point is in.
    const ListSpot* spotOfWords(QPointF point, double deep) const;

    QPointF origin; ///< of cell 0
};

/// suns: so many cells are those of timers in front of the list; as many of them as leave it one in the first row.
ListLayout listLayout(const QRectF& box, std::uint64_t count, std::size_t suns, const ListMeasures& measures);

} // namespace jiffy::ui
