// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/list_layout.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr std::size_t gapCells = 3; ///< that "and 12 345 more" takes

} // namespace

QPointF ListLayout::cellAt(std::size_t cell) const
{
    const std::size_t r = cell / columns, c = cell % columns;
    const std::size_t column = r % 2 == 0 ? c : columns - 1 - c;
    return origin + QPointF(static_cast<double>(column) * pitch, static_cast<double>(r) * row);
}

QPainterPath ListLayout::way(std::size_t from, std::size_t to) const
{
    QPainterPath path(cellAt(from));
    for (std::size_t cell = from; cell < to; ++cell) {
        const QPointF a = cellAt(cell), b = cellAt(cell + 1);
        if (a.y() == b.y()) {
            path.lineTo(b);
            continue;
        }
        // A cubic goes three quarters of the way to its handles.
        const double handle = (cell / columns % 2 == 0 ? 1 : -1) * bow / .75;
        path.cubicTo(a + QPointF(handle, 0), b + QPointF(handle, 0), b);
    }
    return path;
}

const ListSpot* ListLayout::spotOf(std::uint64_t place) const
{
    const auto at = std::lower_bound(spots.begin(), spots.end(), place,
                                     [](const ListSpot& s, std::uint64_t p) { return s.place < p; });
    return at != spots.end() && at->place == place ? &*at : nullptr;
}

const ListSpot* ListLayout::spotNear(QPointF point, double reach) const
{
    const ListSpot* best = nullptr;
    for (const ListSpot& s : spots) {
        const double d = std::hypot(s.at.x() - point.x(), s.at.y() - point.y());
        if (d > reach) continue;
        reach = d;
        best = &s;
    }
    return best;
}

const ListSpot* ListLayout::spotOfWords(QPointF point, double deep) const
{
    const auto has = [&](const ListSpot& s) {
        const QPointF off = point - s.at;
        return std::abs(off.x()) <= pitch / 2 && off.y() >= 0 && off.y() <= deep;
    };
    const auto found = std::find_if(spots.begin(), spots.end(), has);
    return found == spots.end() ? nullptr : &*found;
}

ListLayout listLayout(const QRectF& box, std::uint64_t count, std::size_t suns, const ListMeasures& m)
{
    ListLayout layout;
    const double width = box.width() - 2 * m.side, height = box.height() - m.top - m.bottom;
    layout.columns = static_cast<std::size_t>(std::max(1.0, std::floor(width / m.pitch) + 1));
    // Rows fill the width: the bows of all of them stand at the edges.
    layout.pitch = layout.columns > 1 ? width / static_cast<double>(layout.columns - 1) : 0;
    layout.row = m.row;
    layout.bow = m.bow;
    layout.origin = QPointF(box.left() + m.side, box.top() + m.top);
    auto most = static_cast<std::size_t>(std::max(0.0, std::floor(height / m.row)) + 1);
    // Never more than is known of the head, and a row.
    most = std::max<std::size_t>(1, std::min(most, m.head / layout.columns + 1));
    const std::size_t before = std::min(suns, std::max<std::size_t>(1, layout.columns - 1));
    for (std::size_t cell = 0; cell < before; ++cell)
        layout.suns.push_back(layout.cellAt(cell));
    const auto put = [&layout](std::uint64_t place, std::size_t cell) {
        layout.spots.push_back({place, cell, layout.cellAt(cell)});
    };
    const std::size_t cells = most * layout.columns;
    if (count + before <= cells && count <= m.head) {
        for (std::uint64_t k = 0; k < count; ++k)
            put(k, static_cast<std::size_t>(k) + before);
        layout.rows = (static_cast<std::size_t>(count) + before + layout.columns - 1) / layout.columns;
        return layout;
    }
    // The last row: the gap, then the tail. With one row only, the gap ends it.
    layout.rows = most;
    const std::size_t lastRow = cells - layout.columns;
    const std::size_t gapWidth = std::min(gapCells, layout.columns);
    const std::size_t gapFrom = most > 1 ? lastRow : cells - gapWidth;
    const std::size_t inHead = gapFrom > before ? std::min(gapFrom - before, m.head) : 0;
    const std::size_t inTail = most > 1 ? std::min({layout.columns - gapWidth, m.tail, static_cast<std::size_t>(count) - inHead}) : 0;
    for (std::size_t k = 0; k < inHead; ++k)
        put(k, k + before);
    for (std::size_t k = 0; k < inTail; ++k)
        put(count - inTail + k, gapFrom + gapWidth + k);
    layout.firstHidden = inHead;
    layout.hidden = count - inHead - inTail;
    const QPointF a = layout.cellAt(gapFrom), b = layout.cellAt(gapFrom + gapWidth - 1);
    layout.gap = QRectF(std::min(a.x(), b.x()) - .4 * layout.pitch, a.y() - .3 * m.row,
                        std::abs(b.x() - a.x()) + .8 * layout.pitch, .6 * m.row);
    return layout;
}

} // namespace jiffy::ui
