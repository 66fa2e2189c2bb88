// SPDX-License-Identifier: GPL-3.0-or-later
// Where things stand in the tickless view: a row for each CPU under a time axis, below it one catch-up opened, and below
// that the wheel with its two hands beside the list of prices. Pure. Lengths are pixels.
#pragma once

#include <QPointF>
#include <QRectF>

#include <vector>

namespace jiffy::ui
{

struct NohzRow
{
    int cpu = 0;
    QRectF box;          ///< across the view
    double base = 0;     ///< y on which the bars stand
    double barTop = 0;
};

struct NohzLayout
{
    QRectF box;
    double scale = 1;
    double labelX = 0;           ///< left end of names
    double left = 0, right = 0;  ///< of the time axis
    double countX = 0;           ///< left end of the numbers of interrupts
    double rulerY = 0;           ///< the axis
    QRectF lanes;                ///< all rows in sight
    std::vector<NohzRow> rows;
    int firstRow = 0, lastFirstRow = 0; ///< scrolled by so many CPUs; the most
    bool hasTwoLines = true;     ///< what a CPU does stands below its name, not beside it
    bool hasOpened = true;
    double openedTitle = 0;      ///< baseline of the title of what is opened
    QRectF band;                 ///< the turns, one behind the other
    double labels = 0;           ///< baseline of the first of the three lines below them
    bool hasLower = true;
    double divider = 0;          ///< y of the line above the lower part
    QRectF wheel;                ///< empty: there is no room for it
    QRectF prices;
};

/// firstRow is brought into what can be scrolled to.
NohzLayout nohzLayout(const QRectF& box, int cpus, int firstRow, double scale);

/// The first row to show so that a CPU is in sight.
int firstRowFor(const NohzLayout& layout, int cpu);

} // namespace jiffy::ui
