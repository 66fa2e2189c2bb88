// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/lane_painter.h"
#include "ui/timeline/scene.h"

#include <QCoreApplication>

#include <cmath>

namespace jiffy::ui
{

namespace
{

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

void paintOverview(QPainter& p, const TimelineScene& s)
{
    const auto& t = s.look.t();
    const QRectF strip(s.whole.left, s.rows.overviewTop, s.whole.right - s.whole.left, s.rows.overviewHeight);
    p.setPen(Qt::NoPen);
    p.setBrush(t.sunken);
    p.drawRoundedRect(strip, strip.height() / 2, strip.height() / 2);
    if (t.name == ThemeName::HighContrast) { // sunken is black there: an edge shows it
        p.setPen(QPen(t.line, 1));
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(strip.adjusted(.5, .5, -.5, -.5), strip.height() / 2, strip.height() / 2);
        p.setPen(Qt::NoPen);
    }
    for (const auto& mark : overviewMarks(*s.pyramid, s.whole)) {
        const double extra = mark.isDeep ? s.look.px(3) : 0;
        const double w = mark.isDeep ? s.look.px(2) : .8;
        p.setBrush(mark.isDeep ? t.levelHue(2) : translucent(t.levelHue(1), .55));
        p.drawRect(QRectF(mark.x - w / 2, strip.top() - extra, w, strip.height() + 2 * extra));
    }
}

void paintRuler(QPainter& p, const TimelineScene& s)
{
    const auto& t = s.look.t();
    const double y = std::floor(s.rows.rulerLine) + .5;
    for (const auto& mark : rulerMarks(s.scale, s.inputs->machine.jiffies, s.inputs->machine.word)) {
        p.setPen(QPen(mark.isMajor ? t.ink3 : t.line2, mark.isMajor ? 1.2 : .8));
        p.drawLine(QPointF(mark.x, y - s.look.px(mark.isMajor ? 7 : 3)), QPointF(mark.x, y));
    }
    p.setPen(QPen(t.line2, 1));
    p.drawLine(QPointF(s.scale.left, y), QPointF(s.scale.right, y));
}

} // namespace

std::vector<LaneText> paintFloor(QPainter& p, const TimelineScene& s)
{
    std::vector<LaneText> texts;
    const auto& look = s.look;
    p.fillRect(QRectF(QPointF(), s.size), look.t().canvas);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(look.t().ink3);
    p.setFont(look.words(12, QFont::Medium));
    p.drawText(QPointF(look.px(headerLeft), look.px(21)), say(QT_TRANSLATE_NOOP("Timeline", "Timeline")));
    if (s.inputs == nullptr) return texts;
    paintOverview(p, s);
    paintRuler(p, s);
    p.save();
    p.setClipRect(QRectF(s.scale.left, s.rows.lanes.top, s.scale.right - s.scale.left, s.rows.lanes.height));
    for (int cpu = s.rows.lanes.firstInSight(); cpu < s.rows.lanes.endInSight(); ++cpu) {
        const LanePainter lane(s, cpu, s.rows.lanes.topOf(cpu), s.rows.lanes.rowHeight);
        lane.paintBase(p);
        lane.paintRecorded(p, *s.pyramid, s.dividesTick() ? std::optional(s.playhead.tick) : std::nullopt, &texts);
    }
    p.restore();
    return texts;
}

} // namespace jiffy::ui
