// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lens/layout.h"

#include <algorithm>
#include <bit>

namespace jiffy::ui
{

namespace
{

constexpr int groupBits = 3;

LensLayout groupsOfThree(const core::Geometry& g, core::Jiffies value, QPointF origin, const LensMeasures& m)
{
    LensLayout layout;
    double x = origin.x();
    for (int group = g.levels; group >= 0; --group) { // the highest level has the two highest ones
        const std::uint64_t bits = value >> (groupBits * group) & 7;
        LensField field;
        field.level = std::min(group, g.levels - 1);
        field.box = QRectF(x, origin.y(), groupBits * m.pitch, m.height);
        field.label = x - m.gap / 2;
        if (group < g.levels) {
            field.name = QString::fromStdString(g.levelName(group));
            field.index = QString::number(g.level[static_cast<std::size_t>(group)].indexOf(value));
        }
        for (int b = 0; b < groupBits; ++b)
            field.bits.push_back({QPointF(x + (b + .5) * m.pitch, origin.y() + m.height / 2), (bits >> (groupBits - 1 - b) & 1) != 0});
        layout.fields.push_back(field);
        x += groupBits * m.pitch + m.gap;
    }
    layout.width = x - m.gap - origin.x();
    layout.higherBits = std::max(0, g.word.bits() - groupBits * (g.levels + 1));
    return layout;
}

} // namespace

LensLayout lensLayout(const core::Geometry& geometry, core::Jiffies value, QPointF origin,
                      const LensMeasures& m)
{
    if (geometry.is(core::TimerAlgorithm::Wheel61)) return groupsOfThree(geometry, value, origin, m);
    LensLayout layout;
    double x = origin.x();
    int seen = 0;
    for (int l = geometry.levels - 1; l >= 0; --l) {
        const core::Level& level = geometry.level[static_cast<std::size_t>(l)];
        const int width = std::countr_zero(static_cast<unsigned>(level.slots));
        const std::uint32_t index = level.indexOf(value);
        LensField field;
        field.level = l;
        field.box = QRectF(x, origin.y(), width * m.pitch, m.height);
        field.name = QString::fromStdString(geometry.levelName(l));
        field.label = field.box.center().x();
        field.index = QString::number(index);
        for (int b = 0; b < width; ++b) {
            const bool isOne = (index >> (width - 1 - b) & 1) != 0;
            field.bits.push_back({QPointF(x + (b + .5) * m.pitch, origin.y() + m.height / 2), isOne});
        }
        layout.fields.push_back(field);
        x += width * m.pitch + m.gap;
        seen += width;
    }
    layout.width = x - m.gap - origin.x();
    layout.higherBits = geometry.word.bits() - seen;
    return layout;
}

} // namespace jiffy::ui
