// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/life_painter.h"

#include "ui/timeline/lane_painter.h"
#include "ui/wheel/glyphs.h"

#include <cmath>

namespace jiffy::ui
{

namespace
{

using What = core::LifeJoint::What;

constexpr double lineWidth = 3.2, thinLine = 1.6, jointRadius = 4.6, dotRadius = 4.2;

/// Names are set in the header, and cut there with an ellipsis.
void paintName(QPainter& p, const TimelineScene& s, const QString& name, double y, const QFont& font, const QColor& colour)
{
    const QFontMetricsF metrics(font);
    p.setFont(font);
    p.setPen(colour);
    const double room = s.scale.left - s.look.px(headerLeft + 8);
    p.drawText(QPointF(s.look.px(headerLeft), y + metrics.xHeight() / 2 + s.look.px(1)), metrics.elidedText(name, Qt::ElideMiddle, room));
}

class LifePainter
{
  public:
    LifePainter(QPainter& p, const TimelineScene& scene, double y) : m_p(p), m_scene(scene), m_look(scene.look), m_y(y) {}

    void paint(const LifePicture& picture, bool isGhost)
    {
        const auto& t = m_look.t();
        m_p.setPen(QPen(t.line, 1));
        m_p.drawLine(QPointF(m_scene.scale.left, std::floor(m_y) + .5), QPointF(m_scene.scale.right, std::floor(m_y) + .5));
        for (const auto& stroke : picture.strokes) paintStroke(stroke, isGhost);
        if (picture.plan && !isGhost) paintPlan(*picture.plan);
        for (const auto& mark : picture.marks) {
            m_p.setOpacity(isGhost || !mark.isReached ? unreachedOpacity : 1);
            paintMark(mark);
            m_p.setOpacity(1);
        }
    }

  private:
    void paintStroke(const LifeStroke& stroke, bool isGhost)
    {
        const bool isFaint = isGhost || !stroke.isReached;
        QPen pen(m_look.t().levelHue(stroke.level), m_look.px(isFaint ? thinLine : lineWidth));
        pen.setCapStyle(Qt::FlatCap);
        m_p.setOpacity(isFaint ? unreachedOpacity : 1);
        m_p.setPen(pen);
        m_p.drawLine(QPointF(stroke.from, m_y), QPointF(stroke.to, m_y));
        m_p.setOpacity(1);
    }
    /// Dotted from the playhead to where it is due.
    void paintPlan(const LifePlan& plan)
    {
        const auto& t = m_look.t();
        const double end = std::min(plan.to - m_look.px(5), m_scene.scale.right);
        const double from = std::max(plan.from + m_look.px(6), m_scene.scale.left);
        if (end > from) {
            QPen pen(t.levelHue(plan.level), m_look.px(2));
            pen.setCapStyle(Qt::RoundCap);
            pen.setDashPattern({.5, 2.5});
            m_p.setPen(pen);
            m_p.drawLine(QPointF(from, m_y), QPointF(end, m_y));
        }
        if (plan.to <= m_scene.scale.right) {
            m_p.setPen(QPen(t.ink3, m_look.px(1.6)));
            m_p.setBrush(t.canvas);
            m_p.drawEllipse(QPointF(plan.to, m_y), m_look.px(4), m_look.px(4));
        }
    }
    void paintMark(const LifeMark& mark)
    {
        const auto& t = m_look.t();
        const QPointF at(mark.x, m_y);
        const auto& hue = t.levelHue(mark.level);
        switch (mark.what) {
        case What::Moved: return disc(at, jointRadius, hue);
        case What::Armed: return disc(at, 3.7, hue);
        case What::Rearmed: return ring(at, 3.7, hue, 1.8);
        case What::Fired:
            paintGlyph(m_p, t, mark.isPresent ? Glyph::Firing : Glyph::Fired, at, m_look.px(mark.isPresent ? 3.9 : dotRadius), hue);
            return;
        case What::Deleted:
            disc(at, dotRadius, t.canvas);
            paintGlyph(m_p, t, Glyph::Deleted, at, m_look.px(dotRadius), hue);
            return;
        case What::Refused:
            m_p.setPen(QPen(t.now, m_look.px(1.8)));
            m_p.setBrush(t.canvas);
            m_p.drawRect(QRectF(at - QPointF(m_look.px(4), m_look.px(4)), QSizeF(m_look.px(8), m_look.px(8))));
            return;
        case What::Untouched:
            m_p.setPen(QPen(t.ink3, m_look.px(1.6)));
            m_p.drawLine(at - QPointF(0, m_look.px(5)), at + QPointF(0, m_look.px(5)));
            return;
        case What::TakenOff: return;
        }
    }
    void disc(QPointF at, double radius, const QColor& colour)
    {
        m_p.setPen(Qt::NoPen);
        m_p.setBrush(colour);
        m_p.drawEllipse(at, m_look.px(radius), m_look.px(radius));
    }
    void ring(QPointF at, double radius, const QColor& colour, double width)
    {
        m_p.setPen(QPen(colour, m_look.px(width)));
        m_p.setBrush(m_look.t().canvas);
        m_p.drawEllipse(at, m_look.px(radius), m_look.px(radius));
    }

    QPainter& m_p;
    const TimelineScene& m_scene;
    const Look& m_look;
    double m_y;
};

void paintLifeRow(QPainter& p, const TimelineScene& s, const LifelineRow& row, int index)
{
    const auto& t = s.look.t();
    const double y = s.rows.lives.middleOf(index), height = s.rows.lives.rowHeight;
    if (row.isMarked) {
        p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : Qt::NoPen);
        p.setBrush(t.sunken);
        p.drawRoundedRect(QRectF(s.look.px(8), y - height / 2 + .5, s.size.width() - s.look.px(16), height - 1), s.look.px(6),
                          s.look.px(6));
    }
    paintName(p, s, row.name, y, s.look.numbers(12.5, row.isMarked ? QFont::Bold : QFont::Normal), row.isMarked ? t.ink : t.ink2);
    p.save();
    p.setClipRect(QRectF(s.scale.left, s.rows.lives.top, s.scale.right - s.scale.left + s.look.px(8), s.rows.lives.height),
                  Qt::IntersectClip);
    LifePainter(p, s, y).paint(lifePicture(*row.life, s.geometry, s.scale, s.playhead, s.endTicks), false);
    p.restore();
}

/// What the other future did on this CPU, from where it differs, and what became of the selected timer there.
void paintGhostRow(QPainter& p, const TimelineScene& s, const GhostRow& ghost, int index)
{
    const auto& t = s.look.t();
    const double top = s.rows.lives.topOf(index), height = s.rows.lives.rowHeight;
    paintName(p, s, ghost.name, top + height / 2, s.look.words(12, QFont::Medium), t.ink3);
    p.save();
    p.setClipRect(QRectF(s.scale.left, s.rows.lives.top, s.scale.right - s.scale.left + s.look.px(8), s.rows.lives.height),
                  Qt::IntersectClip);
    const double fork = std::max(s.scale.left, s.scale.leftOf(static_cast<double>(ghost.forkTick)));
    const LanePainter lane(s, s.cpu, top, height);
    p.setPen(QPen(t.line, 1));
    p.drawLine(QPointF(s.scale.left, lane.base()), QPointF(s.scale.right, lane.base()));
    p.setClipRect(QRectF(fork, s.rows.lives.top, std::max(0.0, s.scale.right - fork + s.look.px(8)), s.rows.lives.height),
                  Qt::IntersectClip);
    if (ghost.life != nullptr) {
        LifePainter(p, s, top + height / 2).paint(lifePicture(*ghost.life, s.geometry, s.scale, {~0ull, ghost.endTicks, 1}, ghost.endTicks), true);
    } else {
        p.setOpacity(unreachedOpacity);
        lane.paintRecorded(p, *ghost.pyramid, std::nullopt, nullptr);
        p.setOpacity(1);
    }
    p.restore();
}

} // namespace

void paintLives(QPainter& p, const TimelineScene& s)
{
    const auto& stack = s.rows.lives;
    if (stack.count == 0) return;
    p.save();
    p.setClipRect(QRectF(0, stack.top - 1, s.size.width(), stack.height + 2));
    for (int row = stack.firstInSight(); row < stack.endInSight(); ++row) {
        const auto i = static_cast<std::size_t>(row);
        if (i < s.lives.size()) paintLifeRow(p, s, s.lives[i], row);
        else if (i - s.lives.size() < s.ghosts.size()) paintGhostRow(p, s, s.ghosts[i - s.lives.size()], row);
    }
    p.restore();
}

} // namespace jiffy::ui
