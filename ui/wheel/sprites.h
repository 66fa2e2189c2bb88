// SPDX-License-Identifier: GPL-3.0-or-later
// Dots as little pictures: eight times as fast as drawing each one anew. A dot keeps its place to an eighth of a
// pixel, so nobody can tell. For raster devices only; exports draw their dots. GUI thread.
#pragma once

#include "ui/wheel/glyphs.h"

#include <QPixmap>

#include <unordered_map>

namespace jiffy::ui
{

class DotSprites
{
  public:
    /// What the pictures are made for; others are forgotten.
    void prepare(ThemeName theme, double ratio);
    void paint(QPainter& p, const Theme& t, Glyph glyph, QPointF at, double radius, const QColor& hue);
    void paintNewcomer(QPainter& p, const Theme& t, QPointF at, double radius, const QColor& hue);

  private:
    template <class Draw>
    void put(QPainter& p, std::uint32_t kind, QPointF at, double radius, double reach, const QColor& hue, Draw&& draw);

    std::unordered_map<std::uint64_t, QPixmap> m_sprites;
    ThemeName m_theme = ThemeName::Light;
    double m_ratio = 1;
};

} // namespace jiffy::ui
