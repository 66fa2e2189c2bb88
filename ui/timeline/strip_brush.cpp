// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/strip_brush.h"

#include "ui/timeline/lane_painter.h"

#include <QVector>

#include <cmath>

namespace jiffy::ui
{

void paintHatch(QPainter& p, const QRectF& box, const QColor& colour, double pitch, double width, bool isSteep)
{
    QVector<QLineF> lines;
    const double h = box.height();
    // A fixed grid, so that neighbours join and nothing swims when the picture is moved by whole pixels.
    const double first = std::floor((box.left() - h) / pitch) * pitch;
    for (double x = first; x < box.right(); x += pitch) {
        double x1 = x, y1 = isSteep ? box.top() : box.bottom(), x2 = x + h, y2 = isSteep ? box.bottom() : box.top();
        const double slope = (y2 - y1) / (x2 - x1);
        if (x1 < box.left()) y1 += (box.left() - x1) * slope, x1 = box.left();
        if (x2 > box.right()) y2 -= (x2 - box.right()) * slope, x2 = box.right();
        if (x2 > x1) lines.append(QLineF(x1, y1, x2, y2));
    }
    p.setPen(QPen(colour, width));
    p.drawLines(lines);
}

StripBrush::StripBrush(QPainter& p, const TimelineScene& s, double top, double height)
    : m_p(p), m_s(s), m_look(s.look), m_t(s.look.t()), m_scale(s.scale, s.inputs->machine.hz), m_top(top + s.look.px(4)),
      m_base(std::floor(top + height - s.look.px(2.5)) + .5)
{
}

QRectF StripBrush::boxOf(const StripBlock& b, double share, double least) const
{
    const double width = std::max(m_look.px(least), b.to - b.from), y = m_top + (m_base - m_top) * share;
    return {b.from, y, width, m_base - y};
}

void StripBrush::fill(const QRectF& box, const QColor& colour, const QColor& edge)
{
    const double radius = std::min(m_look.px(2.5), box.width() / 3);
    m_p.setPen(edge.isValid() && box.width() >= m_look.px(3) ? QPen(edge, 1) : QPen(Qt::NoPen));
    m_p.setBrush(colour);
    if (box.width() < 2) m_p.fillRect(box, edge.isValid() && box.width() < m_look.px(3) ? edge : colour);
    else m_p.drawRoundedRect(edge.isValid() ? box.adjusted(.5, .5, -.5, 0) : box, radius, radius);
}

std::optional<StripBrush::BlockName> StripBrush::nameIn(const QRectF& box, const QString& text, bool isMono) const
{
    const auto font = isMono ? m_look.numbers(11.5, QFont::Medium) : m_look.words(11.5, QFont::Medium);
    const QFontMetricsF metrics(font);
    const double room = box.width() - m_look.px(8);
    if (box.height() < metrics.capHeight() + m_look.px(4) || room < metrics.horizontalAdvance(QStringLiteral("n"))) return {};
    const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
    if (shown != text && shown.size() < 4) return {};
    return BlockName{{box.left() + m_look.px(4), box.center().y() + metrics.capHeight() / 2}, shown, font};
}

void StripBrush::writeIn(const QRectF& box, const QString& text, const QColor& colour, bool isMono)
{
    const auto name = nameIn(box, text, isMono);
    if (!name) return;
    m_p.setFont(name->font);
    m_p.setPen(colour);
    m_p.drawText(name->at, name->text);
}

bool StripBrush::writeOnPatch(const QRectF& box, const QString& text, bool isTight)
{
    const auto font = m_look.words(11.5, QFont::Medium);
    const QFontMetricsF metrics(font);
    const double w = metrics.horizontalAdvance(text) + m_look.px(12);
    const double least = metrics.capHeight() + m_look.px(isTight ? 2 : 8), room = box.height() - m_look.px(isTight ? 0 : 4);
    if (w > box.width() - m_look.px(8) || least > room) return false;
    const double h = std::min(room, metrics.capHeight() + m_look.px(8));
    const QRectF patch(box.center().x() - w / 2, box.center().y() - h / 2 - m_look.px(isTight ? 0 : 1), w, h);
    m_p.setPen(Qt::NoPen);
    m_p.setBrush(m_t.canvas);
    m_p.drawRoundedRect(patch, m_look.px(5), m_look.px(5));
    m_p.setFont(font);
    m_p.setPen(m_t.ink2);
    m_p.drawText(QPointF(patch.left() + m_look.px(6), patch.center().y() + metrics.capHeight() / 2), text);
    return true;
}

void StripBrush::paintStopped(const StripBlock& b)
{
    const QRectF box = wholeBox(b);
    if (box.width() < m_look.px(3))
        return m_p.fillRect(QRectF(box.left(), box.top(), std::max(1.0, box.width()), box.height()), mix(m_t.canvas, m_t.ink3, .16));
    paintHatch(m_p, box, mix(m_t.canvas, m_t.ink3, m_t.name == ThemeName::HighContrast ? .55 : .34), m_look.px(6), m_look.px(1.2), false);
}

void StripBrush::paintBase()
{
    m_p.setPen(QPen(m_t.line2, 1));
    m_p.drawLine(QPointF(m_s.scale.left, m_base), QPointF(m_s.scale.right, m_base));
}

QRectF StripBrush::widestGap(const QRectF& box) const
{
    double from = box.left(), bestFrom = box.left(), bestTo = box.left();
    const auto end = [&](double to) {
        if (to - from > bestTo - bestFrom) {
            bestFrom = from;
            bestTo = to;
        }
    };
    for (const auto& [left, right] : m_taken) {
        if (right < box.left() || left > box.right()) continue;
        end(left);
        from = std::max(from, right);
    }
    end(box.right());
    return {bestFrom, box.top(), bestTo - bestFrom, box.height()};
}

} // namespace jiffy::ui
