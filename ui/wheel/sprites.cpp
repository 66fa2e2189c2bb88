// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/sprites.h"

#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr int phases = 4; ///< of a pixel, in each direction
constexpr std::size_t mostSprites = 4'096;
constexpr std::uint32_t newcomerKind = 15;

} // namespace

void DotSprites::prepare(ThemeName theme, double ratio)
{
    if (theme != m_theme || ratio != m_ratio || m_sprites.size() > mostSprites) m_sprites.clear();
    m_theme = theme;
    m_ratio = ratio;
}

template <class Draw>
void DotSprites::put(QPainter& p, std::uint32_t kind, QPointF at, double radius, double reach, const QColor& hue,
                     Draw&& draw)
{
    // The pixel that the dot's box begins in, and how far into it.
    const double side = std::ceil(reach * m_ratio) + 1;
    const double x = at.x() * m_ratio - side, y = at.y() * m_ratio - side;
    double left = std::floor(x), top = std::floor(y);
    auto phaseX = static_cast<int>(std::lround((x - left) * phases)), phaseY = static_cast<int>(std::lround((y - top) * phases));
    if (phaseX == phases) {
        phaseX = 0;
        ++left;
    }
    if (phaseY == phases) {
        phaseY = 0;
        ++top;
    }
    const auto size = static_cast<std::uint64_t>(std::lround(radius * m_ratio * 16));
    const std::uint64_t key = std::uint64_t{hue.rgb() & 0xFFFFFFu} << 40 | (size & 0xFFFFFu) << 16 |
                              std::uint64_t{kind} << 8 | static_cast<std::uint64_t>(phaseY * phases + phaseX);
    QPixmap& sprite = m_sprites[key];
    if (sprite.isNull()) {
        const int pixels = static_cast<int>(2 * side) + 1;
        sprite = QPixmap(pixels, pixels);
        sprite.fill(Qt::transparent);
        sprite.setDevicePixelRatio(m_ratio);
        QPainter s(&sprite);
        s.setRenderHint(QPainter::Antialiasing);
        draw(s, QPointF(side + phaseX / double(phases), side + phaseY / double(phases)) / m_ratio);
    }
    p.drawPixmap(QPointF(left, top) / m_ratio, sprite);
}

void DotSprites::paint(QPainter& p, const Theme& t, Glyph glyph, QPointF at, double radius, const QColor& hue)
{
    if (glyph == Glyph::Firing) return paintGlyph(p, t, glyph, at, radius, hue); // its rays grow
    put(p, static_cast<std::uint32_t>(glyph), at, radius, radius + 3.2, hue,
        [&](QPainter& s, QPointF c) { paintGlyph(s, t, glyph, c, radius, hue); });
}

void DotSprites::paintNewcomer(QPainter& p, const Theme& t, QPointF at, double radius, const QColor& hue)
{
    put(p, newcomerKind, at, radius, radius + 1.2, hue,
        [&](QPainter& s, QPointF c) { paintNewcomerRing(s, t, c, radius, hue); });
}

} // namespace jiffy::ui
