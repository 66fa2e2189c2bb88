// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lens/layout.h"

#include <bit>

namespace jiffy::ui
{

LensLayout lensLayout(const core::Geometry& geometry, core::Jiffies value, QPointF origin,
                      const LensMeasures& m)
{
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
        field.name = QStringLiteral("tv%1").arg(l + 1);
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
