// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/plots_layout.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <array>
#include <cmath>
#include <map>

namespace jiffy::ui
{

namespace
{

constexpr double pale = .42; ///< recorded, not yet reached

class Painter
{
  public:
    Painter(QPainter& p, const PlotsLayout& layout, const Look& look)
        : m_p(p), m_layout(layout), m_look(look), m_t(look.t())
    {
    }

    void work()
    {
        ruler();
        keys();
        for (const WorkLane& lane : m_layout.lanes)
            paint(lane);
        playhead();
        // Over the playhead, which they keep clear of wherever there is room.
        for (const WorkLane& lane : m_layout.lanes)
            for (const PlotLabel& l : lane.labels)
                paint(l);
    }
    void lateness()
    {
        keys();
        if (!m_layout.caption.isEmpty()) {
            m_p.setPen(m_t.ink3);
            drawShaped(m_p, m_look.words(12.5),
                       QPointF(m_layout.captionRect.left(), m_layout.box.top() + m_look.px(23)),
                       m_layout.caption);
        }
        for (const LatePanel& panel : m_layout.panels)
            paint(panel);
    }

  private:
    QColor paled(const QColor& c, bool isReached) const { return isReached ? c : mix(m_t.canvas, c, pale); }
    /// To whole pixels: bars that are as narrow as one would blur, and cost several times as much.
    static QRect crisp(const QRectF& r)
    {
        const int left = qRound(r.left()), top = qRound(r.top()), bottom = qRound(r.bottom());
        return {left, std::min(top, bottom - 1), std::max(1, qRound(r.width())), std::max(1, bottom - top)};
    }
    void hairline(double x1, double x2, double y, const QColor& c, Qt::PenStyle style = Qt::SolidLine)
    {
        m_p.setPen(QPen(c, 1, style));
        m_p.drawLine(QPointF(x1, std::floor(y) + .5), QPointF(x2, std::floor(y) + .5));
    }
    void centred(const QFont& font, double x, double baseline, const QString& text)
    {
        drawNumber(m_p, font, {x - numberWidth(font, text) / 2, baseline}, text);
    }
    void toTheRight(const QFont& font, double right, double baseline, const QString& text)
    {
        drawNumber(m_p, font, {right - numberWidth(font, text), baseline}, text);
    }

    void ruler()
    {
        const QFont font = m_look.numbers(12);
        const double y = m_layout.rulerY;
        hairline(m_layout.scale.left, m_layout.scale.right, y, m_t.line2);
        for (const AxisMark& m : m_layout.ruler) {
            m_p.setPen(QPen(m_t.ink3, 1.2));
            m_p.drawLine(QPointF(m.at, y - m_look.px(6)), QPointF(m.at, y));
            if (!m.text.isEmpty()) centred(font, m.at, y - m_look.px(11), m.text);
        }
    }

    void keys()
    {
        using What = PlotsLayout::Key::What;
        for (const auto& key : m_layout.keys) {
            m_p.setPen(Qt::NoPen);
            switch (key.what) {
            case What::Handlers:
                m_p.setBrush(m_t.now);
                break;
            case What::Moves:
                m_p.setBrush(m_t.tv[1]);
                break;
            case What::Comparisons:
                m_p.setBrush(m_t.ink3);
                break;
            case What::Call:
                m_p.setBrush(m_t.tv[2]);
                break;
            case What::Bound:
                m_p.setPen(QPen(m_t.late, m_look.px(2)));
                m_p.drawLine(QPointF(key.mark.left(), key.mark.center().y()),
                             QPointF(key.mark.right(), key.mark.center().y()));
                break;
            }
            if (key.what == What::Call)
                m_p.drawEllipse(key.mark);
            else if (key.what != What::Bound)
                m_p.drawRoundedRect(key.mark, 2, 2);
            m_p.setPen(m_t.ink2);
            drawShaped(m_p, m_look.words(12.5), key.textAt, key.text);
        }
    }

    void paint(const WorkLane& lane)
    {
        const QFont figures = m_look.numbers(11.5);
        const double base = lane.area.bottom(), top = lane.area.top();
        hairline(lane.area.left(), lane.area.right(), base, m_t.line2);
        QPen dashes(m_t.line, 1);
        dashes.setDashPattern({2, 4});
        m_p.setPen(dashes);
        m_p.drawLine(QPointF(lane.area.left(), std::floor(top) + .5),
                     QPointF(lane.area.right(), std::floor(top) + .5));
        m_p.setPen(m_t.ink3);
        toTheRight(figures, m_layout.axisTextRight, top + m_look.px(4), m_layout.most);
        if (lane.area.height() > m_look.px(24))
            toTheRight(figures, m_layout.axisTextRight, base + m_look.px(3), QStringLiteral("0"));
        m_p.setPen(m_t.ink);
        drawShaped(m_p, m_look.words(13, QFont::DemiBold), lane.nameAt, lane.name);
        for (const PlotBar& b : lane.bars)
            paint(b, base);
        for (const PlotBreak& b : lane.breaks)
            paint(b, lane.area);
    }

    void paint(const PlotBar& b, double base)
    {
        double y = base;
        const auto piece = [&](double height, const std::array<QColor, 2>& colour) {
            if (height <= 0) return;
            m_p.fillRect(crisp(QRectF(b.x - b.width / 2, y - height, b.width, height)),
                         colour[b.isReached ? 1 : 0]);
            y -= height;
        };
        piece(b.handlers, m_handlers);
        piece(b.moves, m_moves);
        piece(b.comparisons, m_comparisons);
    }

    /// A hollow bar through all of the lane, broken in the middle: it is not of the lane's scale.
    void paint(const PlotBreak& b, const QRectF& area)
    {
        const QColor ink = paled(m_t.ink2, b.isReached);
        if (!b.isWide) {
            m_p.setPen(QPen(ink, 1));
            m_p.drawLine(QPointF(b.x, area.top()), QPointF(b.x, area.bottom()));
            return;
        }
        const double half = m_look.px(3.5), out = m_look.px(3), low = area.center().y() + m_look.px(5),
                     high = low - m_look.px(8);
        QPainterPath path;
        path.moveTo(b.x - half, area.bottom());
        path.lineTo(b.x - half, low);
        path.lineTo(b.x - half - out, low - m_look.px(3));
        path.lineTo(b.x - half + out, high + m_look.px(1));
        path.lineTo(b.x - half, high - m_look.px(2));
        path.lineTo(b.x - half, area.top());
        path.lineTo(b.x + half, area.top());
        path.lineTo(b.x + half, high - m_look.px(2));
        path.lineTo(b.x + half + out, high + m_look.px(1));
        path.lineTo(b.x + half - out, low - m_look.px(3));
        path.lineTo(b.x + half, low);
        path.lineTo(b.x + half, area.bottom());
        path.closeSubpath();
        m_p.setRenderHint(QPainter::Antialiasing);
        m_p.setBrush(m_t.canvas);
        m_p.setPen(QPen(ink, 1.5));
        m_p.drawPath(path);
    }

    void paint(const PlotLabel& label)
    {
        double x = label.rect.left();
        const double baseline = label.rect.top() + QFontMetricsF(m_look.words(13)).ascent();
        for (const PlotPiece& piece : label.pieces) {
            const QFont font = fontOf(piece.style, m_look);
            m_p.setPen(colourOf(piece.style, label.isReached));
            drawShaped(m_p, font, QPointF(x, baseline), piece.text);
            x += advanceOf(font, piece.text);
        }
    }
    QColor colourOf(PlotPiece::Style style, bool isReached) const
    {
        switch (style) {
        case PlotPiece::Style::Strong:
            return isReached ? m_t.ink : m_t.ink2;
        case PlotPiece::Style::Soft:
            return isReached ? m_t.ink2 : m_t.ink3;
        case PlotPiece::Style::Moves:
            return isReached ? m_t.tv[1] : m_t.ink3;
        case PlotPiece::Style::Handlers:
            return isReached ? m_t.nowText : m_t.ink3;
        }
        return m_t.ink;
    }

    void playhead()
    {
        if (!m_layout.playhead) return;
        const double x = *m_layout.playhead;
        m_p.setPen(QPen(m_t.now, m_look.px(2.2)));
        m_p.drawLine(QPointF(x, m_layout.pill.bottom()), QPointF(x, m_layout.box.bottom()));
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(m_t.pill);
        m_p.drawRoundedRect(m_layout.pill, m_look.px(6), m_look.px(6));
        m_p.setPen(m_t.pillText);
        const QFont font = m_look.numbers(12.5, QFont::Bold);
        const QFontMetricsF fm(font);
        centred(font, m_layout.pill.center().x(),
                m_layout.pill.center().y() + (fm.ascent() - fm.descent()) / 2, m_layout.pillText);
    }

    void paint(const LatePanel& panel)
    {
        const QFont figures = m_look.numbers(11.5);
        const QFontMetricsF fm(figures);
        const QRectF& a = panel.area;
        m_p.setPen(m_t.ink);
        drawShaped(m_p, m_look.words(13, QFont::DemiBold), panel.nameAt, panel.name);
        for (const AxisMark& m : panel.up) {
            const bool isZero = std::abs(m.at - panel.zero) < .5;
            hairline(a.left(), a.right(), m.at, isZero ? m_t.line2 : m_t.line);
            m_p.setPen(m_t.ink3);
            toTheRight(figures, a.left() - m_look.px(8), m.at + (fm.ascent() - fm.descent()) / 2, m.text);
        }
        for (const AxisMark& m : panel.across) {
            m_p.setPen(QPen(m_t.ink3, 1.2));
            m_p.drawLine(QPointF(m.at, a.bottom()), QPointF(m.at, a.bottom() + m_look.px(4)));
            if (!m.text.isEmpty()) centred(figures, m.at, a.bottom() + m_look.px(6) + fm.ascent(), m.text);
        }
        m_p.setRenderHint(QPainter::Antialiasing);
        m_p.setPen(QPen(m_t.late, m_look.px(2)));
        m_p.setBrush(Qt::NoBrush);
        m_p.drawPolyline(panel.bound.data(), static_cast<int>(panel.bound.size()));
        paintPoints(panel, false);
        paintPoints(panel, true);
    }
    void paintPoints(const LatePanel& panel, bool areReached)
    {
        for (const LatePoint& p : panel.points)
            if (p.isReached == areReached) paintPoint(p);
    }
    /// On a screen as a picture of a dot: there may be thousands.
    void paintPoint(const LatePoint& p)
    {
        const double r = m_look.px(2.6);
        const QColor colour = paled(p.level < 0 ? m_t.ink2 : m_t.levelHue(p.level), p.isReached);
        if (m_p.paintEngine() == nullptr || m_p.paintEngine()->type() != QPaintEngine::Raster) {
            m_p.setPen(Qt::NoPen);
            m_p.setBrush(colour);
            m_p.drawEllipse(p.at, r, r);
            return;
        }
        const QPixmap& dot = dotOf(colour, r);
        const double ratio = dot.devicePixelRatio(), half = dot.width() / ratio / 2;
        const auto snapped = [ratio](double v) { return std::round(v * ratio) / ratio; };
        m_p.drawPixmap(QPointF(snapped(p.at.x() - half), snapped(p.at.y() - half)), dot);
    }
    const QPixmap& dotOf(const QColor& colour, double r)
    {
        QPixmap& dot = m_dots[colour.rgb()];
        if (!dot.isNull()) return dot;
        const double ratio = m_p.device()->devicePixelRatioF();
        const int side = 2 * static_cast<int>(std::ceil((r + 1) * ratio));
        dot = QPixmap(side, side);
        dot.setDevicePixelRatio(ratio);
        dot.fill(Qt::transparent);
        QPainter p(&dot);
        p.setRenderHint(QPainter::Antialiasing);
        p.setPen(Qt::NoPen);
        p.setBrush(colour);
        p.drawEllipse(QPointF(side / ratio / 2, side / ratio / 2), r, r);
        return dot;
    }

    /// Not reached, and reached.
    std::array<QColor, 2> pair(const QColor& c) const { return {paled(c, false), c}; }

    std::map<QRgb, QPixmap> m_dots;
    QPainter& m_p;
    const PlotsLayout& m_layout;
    const Look& m_look;
    const Theme& m_t;
    std::array<QColor, 2> m_handlers = pair(m_t.now), m_moves = pair(m_t.tv[1]),
                          m_comparisons = pair(m_t.ink3);
};

} // namespace

void paintPlots(QPainter& painter, const PlotsLayout& layout, const Look& look)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(layout.box, Qt::IntersectClip);
    Painter p(painter, layout, look);
    if (layout.kind == PlotKind::Work)
        p.work();
    else
        p.lateness();
    painter.restore();
}

} // namespace jiffy::ui
