// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/minis.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

constexpr int oneColumnUpTo = 6;
constexpr int wheelsUpTo = 24;
constexpr double numberWidth = 15;

} // namespace

double miniColumnWidth(int cpus, double scale)
{
    return cpus <= 1 ? 0 : 110 * scale;
}

std::vector<MiniPlace> miniPlaces(int cpus, const QRectF& canvas, double scale)
{
    std::vector<MiniPlace> places;
    if (cpus <= 1) return places;
    const bool isStrip = cpus > wheelsUpTo; // has a caption
    const double top = canvas.top() + (isStrip ? 26 : 18) * scale, left = canvas.left() + 11 * scale;
    const double height = canvas.height() - (isStrip ? 32 : 24) * scale;
    if (isStrip) {
        const double pitch = std::min(16 * scale, height / cpus);
        for (int c = 0; c < cpus; ++c) {
            MiniPlace m;
            m.cpu = c;
            m.card = QRectF(left, top + c * pitch, 88 * scale, pitch);
            m.hasName = m.hasDetail = false;
            places.push_back(m);
        }
        return places;
    }
    const int columns = cpus <= oneColumnUpTo ? 1 : 2;
    const int rows = (cpus + columns - 1) / columns;
    const double columnWidth = (columns == 1 ? 88 : 50) * scale;
    const double pitch = std::min((columns == 1 ? 128 : 84) * scale, height / rows);
    for (int c = 0; c < cpus; ++c) {
        MiniPlace m;
        m.cpu = c;
        m.hasDetail = columns == 1 && pitch >= 96 * scale;
        m.hasName = pitch >= 56 * scale;
        const double words = m.hasDetail ? 45 * scale : m.hasName ? 22 * scale : 0;
        const double gap = (m.hasName ? 6 : 2) * scale, above = (m.hasName ? 11 : 4) * scale;
        // Without a name below, the number stands at the left.
        const double aside = m.hasName ? 0 : numberWidth * scale;
        const double diameter = std::min({(columns == 1 ? 66 : 44) * scale,
                                          pitch - gap - words - above - (m.hasName ? 0 : above), columnWidth - aside - 7 * scale});
        m.radius = std::max(diameter, 12.0) / 2;
        const int column = c % columns, row = c / columns;
        m.card = QRectF(left + column * columnWidth, top + row * pitch, columnWidth, pitch - gap);
        m.centre = QPointF(m.card.center().x() + aside / 2, m.card.top() + above + m.radius);
        places.push_back(m);
    }
    return places;
}

} // namespace jiffy::ui
