// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/columns/column_bands.h"

#include "ui/theme/look.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr double tallest = 2.4; ///< rows and gaps grow so far beyond the design's, to fill a high column

} // namespace

QRectF ColumnBands::row(int level, int r) const
{
    const Band& b = bands[static_cast<std::size_t>(level)];
    return QRectF(left, b.top + r * (b.rowHeight + rowGap), columns * columnWidth, b.rowHeight);
}

QRectF ColumnBands::band(int level) const
{
    return row(level, 0).united(row(level, bands[static_cast<std::size_t>(level)].rows - 1));
}

QRectF ColumnBands::slot(int level, std::uint32_t index) const
{
    const QRectF r = row(level, static_cast<int>(index / columns));
    return QRectF(left + index % columns * columnWidth, r.top(), columnWidth, r.height());
}

QPointF ColumnBands::spot(int level, std::uint32_t index) const
{
    const QRectF s = slot(level, index);
    return QPointF(s.center().x(), s.top() + std::min(s.height() / 2, std::max(9.0, s.height() * .34)));
}

std::optional<SlotPlace> ColumnBands::slotAt(QPointF point) const
{
    if (point.x() < left || point.x() >= right()) return std::nullopt;
    for (const Band& b : bands)
        for (int r = 0; r < b.rows; ++r) {
            const QRectF box = row(b.level, r);
            if (point.y() < box.top() - rowGap / 2 || point.y() > box.bottom() + rowGap / 2) continue;
            const auto column = std::min(static_cast<std::uint32_t>((point.x() - left) / columnWidth), columns - 1);
            return SlotPlace{b.level, static_cast<std::uint32_t>(r) * columns + column};
        }
    return std::nullopt;
}

ColumnBands columnBands(const Scene& scene, const QRectF& box, double scale)
{
    const core::Geometry& g = scene.geometry;
    ColumnBands c;
    const int open = scene.isModern() ? scene.openLevels() : g.levels;
    for (int l = 0; l < open; ++l)
        c.columns = std::min(c.columns, static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots));
    // A sun may stand in the first slot: its rays end before the name of the level begins.
    const auto spans = grouped(g.levels == 0 ? 1 : 1ull << g.level[static_cast<std::size_t>(open - 1)].shift).size();
    const double labels = (scene.isModern() ? modernNameGap + 7.8 * static_cast<double>(spans) : 50) * scale;
    c.left = box.left() + labels;
    c.columnWidth = std::max(.5, (box.width() - labels) / c.columns);
    c.rowGap = 2 * scale;
    // Shares of the height: rows, and gaps between the bands, in the design's pixels.
    std::vector<double> heights, gaps;
    for (int l = 0; l < open; ++l) {
        const int rows = static_cast<int>((static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots) + c.columns - 1) / c.columns);
        c.bands.push_back({l, 0, 0, rows});
        heights.push_back(scene.isModern() ? 24 : l < 2 ? 26 : 14);
        gaps.push_back(scene.isModern() ? 6 : l == 0 ? 32 : l == 1 ? 12 : 8); // above the level
    }
    gaps.back() = 0;
    double sum = 0;
    for (std::size_t l = 0; l < c.bands.size(); ++l)
        sum += heights[l] * c.bands[l].rows + gaps[l];
    const double note = scene.isModern() ? 18 * scale : 0, words = scene.isModern() ? 24 * scale : 0;
    const double fan = scene.isModern() ? 46 : 0;
    double extra = 0;
    for (const auto& b : c.bands)
        extra += (b.rows - 1) * c.rowGap;
    const double unit = std::clamp((box.height() - note - words - extra) / (sum + fan), .2, tallest * scale);
    c.dot = std::min({2.7 * std::max(scale, 1.0), c.columnWidth * .46, heights.back() * unit * .4});
    if (scene.isModern()) c.note = QRectF(c.left, box.top(), c.right() - c.left, note - 4 * scale);
    double y = box.top() + note;
    for (std::size_t l = c.bands.size(); l-- > 0;) {
        auto& b = c.bands[l];
        y += gaps[l] * unit;
        b.top = y;
        b.rowHeight = heights[l] * unit;
        y += b.rows * b.rowHeight + (b.rows - 1) * c.rowGap;
    }
    if (scene.isModern()) {
        c.axis = y + (fan - 4) * unit;
        c.fan = QRectF(c.left, y, c.right() - c.left, c.axis - y + words);
    }
    return c;
}

} // namespace jiffy::ui
