// SPDX-License-Identifier: GPL-3.0-or-later
// Timer glyphs: state is shape, hue is level. The same in the wheel, the timeline and the legend.
#pragma once

#include "ui/theme/look.h"

#include <QPainter>
#include <QPointF>

namespace jiffy::ui
{

enum class Glyph
{
    Pending,
    Deferrable,
    Moving, ///< in the air; r = 7 at full size
    Firing,
    Fired,   ///< in the last tick
    Deleted, ///< gone at the next step
};

/// `rays` is the length of a firing timer's rays, 0..1. Painter: antialiasing on.
void paintGlyph(QPainter& p, const Theme& t, Glyph glyph, QPointF at, double radius, const QColor& hue,
                double rays = 1);

/// Ring behind a dot that has just moved.
void paintNewcomerRing(QPainter& p, const Theme& t, QPointF at, double radius, const QColor& hue);
/// Ring round the selected timer.
void paintSelectionRing(QPainter& p, const Theme& t, QPointF at, double dotRadius);
/// Glow behind a firing timer; nothing in high contrast.
void paintGlow(QPainter& p, const Theme& t, QPointF at, double dotRadius);
double nameChipWidth(const Look& look, const QString& name);
/// Name in a rounded box, `at` is the middle of its left or right edge. Returns the box.
QRectF paintNameChip(QPainter& p, const Look& look, QPointF at, bool growsRight, const QString& name);

} // namespace jiffy::ui
