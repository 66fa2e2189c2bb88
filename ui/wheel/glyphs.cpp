// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/glyphs.h"

#include <QFontMetricsF>
#include <QRadialGradient>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jiffy::ui
{

namespace
{

void circle(QPainter& p, QPointF at, double radius, const QBrush& fill, const QPen& pen = Qt::NoPen)
{
    p.setBrush(fill);
    p.setPen(pen);
    p.drawEllipse(at, radius, radius);
}

QPointF polar(QPointF centre, double radius, double degrees)
{
    const double a = (degrees - 90) * std::numbers::pi / 180;
    return centre + QPointF(radius * std::cos(a), radius * std::sin(a));
}

} // namespace

void paintGlyph(QPainter& p, const Theme& t, Glyph glyph, QPointF at, double r, const QColor& hue,
                double rays)
{
    switch (glyph) {
    case Glyph::Pending:
        circle(p, at, r, hue);
        break;
    case Glyph::Deferrable:
        circle(p, at, r - .7, t.canvas, QPen(hue, std::max(1.3, r * .42)));
        break;
    case Glyph::Moving:
        circle(p, at, r + 2.2, t.canvas);
        circle(p, at, r + 1, hue, QPen(t.ink, 1.5));
        break;
    case Glyph::Firing:
        if (rays > 0) {
            p.setPen(QPen(t.now, std::max(1.6, r * .34), Qt::SolidLine, Qt::RoundCap));
            for (int k = 0; k < 10; ++k) {
                const double inner = r * 1.75, outer = r * (k % 2 == 1 ? 2.55 : 2.15);
                p.drawLine(polar(at, inner, k * 36 + 18),
                           polar(at, inner + (outer - inner) * rays, k * 36 + 18));
            }
        }
        circle(p, at, r * 1.15, t.now);
        break;
    case Glyph::Fired: {
        QColor faded = t.now;
        faded.setAlphaF(.65f);
        circle(p, at, r, Qt::NoBrush, QPen(faded, 1.6));
        break;
    }
    case Glyph::Deleted:
        circle(p, at, r - .6, Qt::NoBrush, QPen(t.ghost, 1.4));
        p.setPen(QPen(t.ghost, 1.4, Qt::SolidLine, Qt::RoundCap));
        p.drawLine(at + QPointF(-r, r), at + QPointF(r, -r));
        break;
    }
}

void paintNewcomerRing(QPainter& p, const Theme& t, QPointF at, double radius, const QColor& hue)
{
    circle(p, at, radius, t.canvas, QPen(hue, 1.6));
}

void paintSelectionRing(QPainter& p, const Theme& t, QPointF at, double dotRadius)
{
    circle(p, at, dotRadius + 4, Qt::NoBrush, QPen(t.sel, 2));
}

void paintGlow(QPainter& p, const Theme& t, QPointF at, double dotRadius)
{
    if (t.name == ThemeName::HighContrast) return;
    QRadialGradient glow(at, dotRadius * 4.3);
    QColor inner = t.now, outer = t.now;
    inner.setAlphaF(.35f);
    outer.setAlphaF(0);
    glow.setColorAt(0, inner);
    glow.setColorAt(1, outer);
    circle(p, at, dotRadius * 4.3, glow);
}

double nameChipWidth(const Look& look, const QString& name)
{
    return QFontMetricsF(look.numbers(14, QFont::Bold)).horizontalAdvance(name) + look.px(16);
}

QRectF paintNameChip(QPainter& p, const Look& look, QPointF at, bool growsRight, const QString& name)
{
    const QFont font = look.numbers(14, QFont::Bold);
    const double width = nameChipWidth(look, name), height = look.px(24);
    const QRectF box(growsRight ? at.x() : at.x() - width, at.y() - height / 2, width, height);
    p.setPen(Qt::NoPen);
    p.setBrush(look.t().ink);
    p.drawRoundedRect(box, look.px(7), look.px(7));
    p.setFont(font);
    p.setPen(look.t().inv);
    p.drawText(box, Qt::AlignCenter, name);
    return box;
}

} // namespace jiffy::ui
