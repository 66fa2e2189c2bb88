// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of the compare view stand: columns with a title, a sentence, the structure, what one more
// timer would take, and counters; below all of them the plots. Pure; lengths are those of the design at text
// size 100 %, times scale.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstddef>
#include <vector>

namespace jiffy::ui
{

constexpr int counterCount = 5;

struct CompareColumnBox
{
    QRectF box;      ///< from the top to the end of the counters
    QRectF title;    ///< one line
    QRectF sentence; ///< one line, two in narrow columns
    QRectF structure;
    QRectF insertion; ///< one line, two in narrow columns
    QRectF counters;
};

struct CompareLayout
{
    double scale = 1;
    std::vector<CompareColumnBox> columns;
    double countersTop = 0; ///< the line above them
    double rowHeight = 0;   ///< of a counter
    QRectF plots;           ///< empty: no room for them

    QRectF counterRow(std::size_t column, int row) const;
    /// Where its value ends, and where its bar stands; the bar is empty where there is no room.
    double counterValueEnd(std::size_t column) const;
    QRectF counterBar(std::size_t column, int row) const;
};

CompareLayout compareLayout(QSizeF size, double scale, std::size_t columns);

enum class ComparePart
{
    Nothing,
    Title,
    Structure,
    Insertion,
    Counter,
    Plots
};

struct CompareHit
{
    ComparePart part = ComparePart::Nothing;
    std::size_t column = 0;
    int row = 0; ///< Counter
    bool operator==(const CompareHit&) const = default;
};

CompareHit compareHit(const CompareLayout& layout, QPointF at);

} // namespace jiffy::ui
