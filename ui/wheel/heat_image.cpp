// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/heat_image.h"

#include <QPainter>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

/// Coverage of one polygon, in pixels of the image.
struct Cover
{
    QRect box;
    QImage alpha; ///< ARGB, of that box
};

Cover coverOf(const QPolygonF& polygon, double ratio, const QRect& all)
{
    Cover c;
    const QRectF bounds = polygon.boundingRect();
    c.box = QRectF(bounds.topLeft() * ratio, bounds.size() * ratio).toAlignedRect().adjusted(-1, -1, 1, 1) & all;
    if (c.box.isEmpty()) return c;
    c.alpha = QImage(c.box.size(), QImage::Format_ARGB32_Premultiplied);
    c.alpha.fill(Qt::transparent);
    QPainter p(&c.alpha);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(Qt::black);
    p.translate(-c.box.topLeft());
    p.scale(ratio, ratio);
    p.drawPolygon(polygon);
    return c;
}

} // namespace

void HeatImage::setFloor(QImage floor, const WheelLayoutPtr& layout)
{
    const bool isSame = m_layout && m_layout->isSameAs(*layout) && m_floor.size() == floor.size() &&
                        m_floor.devicePixelRatio() == floor.devicePixelRatio();
    m_floor = std::move(floor).convertToFormat(QImage::Format_RGB32);
    m_image = m_floor.copy();
    m_layout = layout;
    if (!isSame) return findPixels(*layout);
    for (const Span& span : m_slots)
        paint(span);
}

void HeatImage::findPixels(const WheelLayout& layout)
{
    m_pixels.clear();
    m_slots.assign(layout.geometry().levelSlots, {});
    if (layout.isMini()) return;
    const int width = m_floor.width();
    const double ratio = m_floor.devicePixelRatio();
    std::vector<std::uint8_t> most(static_cast<std::size_t>(width) * static_cast<std::size_t>(m_floor.height()));
    // Twice over all slots: who covers most of each pixel, then who gets it.
    for (const bool isClaim : {true, false})
        for (int l = 0; l < layout.levels(); ++l)
            for (std::uint32_t i = 0; i < layout.slots(l); ++i) {
                Span& span = m_slots[layout.geometry().level[static_cast<std::size_t>(l)].first + i];
                if (!isClaim) span.first = static_cast<std::uint32_t>(m_pixels.size());
                const Cover c = coverOf(layout.fill({l, i}), ratio, m_floor.rect());
                for (int y = 0; y < c.box.height(); ++y) {
                    const auto* line = reinterpret_cast<const QRgb*>(c.alpha.constScanLine(y));
                    for (int x = 0; x < c.box.width(); ++x) {
                        const auto cover = static_cast<std::uint8_t>(qAlpha(line[x]));
                        if (cover == 0) continue;
                        const auto at = static_cast<std::size_t>(c.box.top() + y) * static_cast<std::size_t>(width) +
                                        static_cast<std::size_t>(c.box.left() + x);
                        if (isClaim) {
                            most[at] = std::max(most[at], cover);
                        } else if (most[at] == cover) {
                            most[at] = 0; // taken
                            m_pixels.push_back({static_cast<std::uint32_t>(at), cover});
                        }
                    }
                }
                if (!isClaim) span.count = static_cast<std::uint32_t>(m_pixels.size()) - span.first;
            }
}

void HeatImage::setColour(std::uint32_t slot, const QColor& colour)
{
    Span& span = m_slots[slot];
    const QRgb wanted = colour.isValid() ? colour.rgb() : 0;
    if (span.colour == wanted) return;
    span.colour = wanted;
    paint(span);
}

void HeatImage::paint(const Span& span)
{
    const auto* from = reinterpret_cast<const QRgb*>(m_floor.constBits());
    auto* to = reinterpret_cast<QRgb*>(m_image.bits());
    const Pixel* const end = m_pixels.data() + span.first + span.count;
    const auto colour = static_cast<std::uint32_t>(span.colour);
    for (const Pixel* p = m_pixels.data() + span.first; p != end; ++p) {
        const std::uint32_t below = from[p->at];
        if (colour == 0 || p->cover == 255) {
            to[p->at] = colour == 0 ? below : colour;
            continue;
        }
        // Red and blue in one go, green in another; 256 stands for 255.
        const std::uint32_t a = p->cover + (p->cover >> 7), b = 256 - a;
        const std::uint32_t redBlue = ((colour & 0xFF00FF) * a + (below & 0xFF00FF) * b) >> 8 & 0xFF00FF;
        const std::uint32_t green = ((colour & 0x00FF00) * a + (below & 0x00FF00) * b) >> 8 & 0x00FF00;
        to[p->at] = 0xFF000000u | redBlue | green;
    }
}

} // namespace jiffy::ui
