// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_layout.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr double margin = 20, narrowMargin = 14;
constexpr double titleHeight = 42, line = 21, headGap = 12;
constexpr double narrow = 400; ///< columns that are less wide wrap what they say
constexpr double insertionGap = 12;
constexpr double widestRow = 28.5, tightRow = 20;
constexpr double leastStructure = 96, leastPlots = 132, mostPlots = 262;
constexpr double labelRoom = 140, valueEnd = 226, valueRoom = 56, barGap = 14, barHeight = 10;

} // namespace

QRectF CompareLayout::counterRow(std::size_t column, int row) const
{
    const auto& box = columns[column].counters;
    return {box.left(), box.top() + row * rowHeight, box.width(), rowHeight};
}

double CompareLayout::counterValueEnd(std::size_t column) const
{
    const auto& box = columns[column].counters;
    const double least = (labelRoom + valueRoom) * scale;
    return box.left() + std::min(box.width(), std::max(least, std::min(valueEnd * scale, box.width() * .55)));
}

QRectF CompareLayout::counterBar(std::size_t column, int row) const
{
    const auto slot = counterRow(column, row);
    const double left = counterValueEnd(column) + barGap * scale;
    const double height = barHeight * scale;
    if (slot.right() - left < 16 * scale) return {};
    return {left, slot.center().y() - height / 2, slot.right() - left, height};
}

CompareLayout compareLayout(QSizeF size, double scale, std::size_t columns)
{
    CompareLayout out;
    out.scale = scale;
    if (columns == 0) return out;
    const auto px = [&](double v) { return v * scale; };
    const double pitch = size.width() / static_cast<double>(columns);
    const bool isNarrow = pitch - 2 * px(margin) < px(narrow);
    const double side = px(isNarrow ? narrowMargin : margin);
    const double sentence = px(isNarrow ? 2 * line : line);
    const double insertion = px((isNarrow ? 2 : 1) * line + insertionGap + 4);
    const double head = px(titleHeight) + sentence + px(headGap);

    double plots = std::clamp(size.height() * .295, px(leastPlots), px(mostPlots));
    double row = px(widestRow);
    const auto structure = [&] {
        return size.height() - head - insertion - px(16) - counterCount * row - plots;
    };
    if (structure() < px(220)) row = std::max(px(tightRow), row - (px(220) - structure()) / counterCount);
    if (structure() < px(leastStructure)) plots = 0;
    const double room = std::max(0.0, structure());

    out.rowHeight = row;
    out.countersTop = head + room + insertion;
    const double countersEnd = out.countersTop + px(16) + counterCount * row;
    for (std::size_t c = 0; c < columns; ++c) {
        CompareColumnBox box;
        const double left = pitch * static_cast<double>(c) + side, width = pitch - 2 * side;
        box.box = {pitch * static_cast<double>(c), 0, pitch, countersEnd};
        box.title = {left, px(8), width, px(titleHeight - 8)};
        box.sentence = {left, px(titleHeight), width, sentence};
        box.structure = {left, head, width, room};
        box.insertion = {left, head + room + px(insertionGap), width, insertion - px(insertionGap)};
        box.counters = {left, out.countersTop + px(8), width, counterCount * row};
        out.columns.push_back(box);
    }
    if (plots > 0) out.plots = {0, countersEnd, size.width(), std::max(0.0, size.height() - countersEnd)};
    return out;
}

CompareHit compareHit(const CompareLayout& layout, QPointF at)
{
    if (layout.plots.contains(at)) return {ComparePart::Plots, 0, 0};
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
        const auto& column = layout.columns[c];
        if (!column.box.contains(at)) continue;
        if (column.title.contains(at)) return {ComparePart::Title, c, 0};
        if (column.structure.contains(at)) return {ComparePart::Structure, c, 0};
        if (column.insertion.contains(at)) return {ComparePart::Insertion, c, 0};
        if (column.counters.contains(at)) {
            const int row = static_cast<int>((at.y() - column.counters.top()) / layout.rowHeight);
            return {ComparePart::Counter, c, std::clamp(row, 0, counterCount - 1)};
        }
        return {ComparePart::Nothing, c, 0};
    }
    return {};
}

} // namespace jiffy::ui
