// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/daemon_painter.h"
#include "ui/timeline/daemon_run.h"
#include "ui/timeline/daemon_time.h"
#include "ui/timeline/lane_painter.h"
#include "ui/timeline/recorded_strip.h"
#include "ui/timeline/scene.h"
#include "ui/timeline/strip_painter.h"

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

QRectF lanesBox(const TimelineScene& s)
{
    return {s.scale.left, s.rows.lanes.top, s.scale.right - s.scale.left, s.rows.lanes.height};
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
    if (s.daemon != nullptr) return paintDaemonOverview(p, s, strip);
    for (const auto& mark : s.overview != nullptr ? *s.overview : overviewMarks(*s.pyramid, s.whole)) {
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
    for (const auto& mark : rulerMarksOf(s)) {
        p.setPen(QPen(mark.isMajor ? t.ink3 : t.line2, mark.isMajor ? 1.2 : .8));
        p.drawLine(QPointF(mark.x, y - s.look.px(mark.isMajor ? 7 : 3)), QPointF(mark.x, y));
    }
    p.setPen(QPen(t.line2, 1));
    p.drawLine(QPointF(s.scale.left, y), QPointF(s.scale.right, y));
}

void paintCpuNames(QPainter& p, const TimelineScene& s)
{
    const auto& t = s.look.t();
    p.save();
    p.setClipRect(QRectF(0, s.rows.lanes.top, s.scale.left, s.rows.lanes.height));
    const auto ours = s.look.words(12.5, QFont::DemiBold), others = s.look.words(12.5), below = s.look.words(11.5);
    for (int cpu = s.rows.lanes.firstInSight(); cpu < s.rows.lanes.endInSight(); ++cpu) {
        const bool isOurs = cpu == s.cpu;
        const QRectF row(s.look.px(8), s.rows.lanes.topOf(cpu), s.scale.left - s.look.px(16), s.rows.lanes.rowHeight);
        if (cpu == s.selectedCpu) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.sunken);
            p.drawRoundedRect(row.adjusted(0, .5, 0, -.5), s.look.px(6), s.look.px(6));
        }
        if (s.recorded != nullptr) {
            p.setFont(below);
            p.setPen(t.ink3);
            p.drawText(QPointF(s.look.px(headerLeft), s.rows.recordedTopOf(cpu) + s.rows.recordedHeight / 2 + s.look.px(2) + QFontMetricsF(below).capHeight() / 2),
                       say(QT_TRANSLATE_NOOP("Timeline", "this machine")));
        }
        const auto& font = isOurs ? ours : others;
        p.setFont(font);
        p.setPen(isOurs ? t.ink : t.ink2);
        p.drawText(QPointF(s.look.px(headerLeft), row.top() + s.rows.laneHeight() / 2 + s.look.px(1) + QFontMetricsF(font).capHeight() / 2),
                   say(QT_TRANSLATE_NOOP("Timeline", "CPU %1")).arg(cpu));
    }
    p.restore();
}

void paintNames(QPainter& p, const TimelineScene& s)
{
    p.setPen(s.look.t().ink3);
    p.setFont(s.look.words(12, QFont::Medium));
    p.drawText(QPointF(s.look.px(headerLeft), s.look.px(21)), say(QT_TRANSLATE_NOOP("Timeline", "Timeline")));
    if (s.inputs != nullptr && s.daemon == nullptr) paintCpuNames(p, s);
}

std::vector<LaneText> paintFloorParts(QPainter& p, const TimelineScene& s, LaneRaster* raster, bool keepsNames)
{
    std::vector<LaneText> texts;
    // Names end before the ruler's first number begins.
    const double header = s.scale.left - s.look.px(8);
    p.fillRect(keepsNames ? QRectF(header, 0, s.size.width() - header, s.size.height()) : QRectF(QPointF(), s.size), s.look.t().canvas);
    p.setRenderHint(QPainter::Antialiasing);
    if (!keepsNames) paintNames(p, s);
    if (s.inputs == nullptr) return texts;
    paintOverview(p, s);
    paintRuler(p, s);
    if (s.daemon != nullptr) {
        if (s.daemonPicture != nullptr) paintDaemonFloor(p, s, *s.daemonPicture, keepsNames);
        else paintDaemonFloor(p, s, daemonPicture(s), keepsNames);
        return texts;
    }
    p.save();
    p.setClipRect(lanesBox(s));
    for (int cpu = s.rows.lanes.firstInSight(); cpu < s.rows.lanes.endInSight(); ++cpu) {
        if (s.activity != nullptr) {
            paintStrip(p, s, cpu, s.rows.lanes.topOf(cpu), s.rows.lanes.rowHeight, texts);
            continue;
        }
        const LanePainter lane(s, cpu, s.rows.lanes.topOf(cpu), s.rows.laneHeight(), raster);
        lane.paintBase(p);
        lane.paintRecorded(p, *s.pyramid, s.dividesTick() ? std::optional(s.playhead.tick) : std::nullopt, &texts);
        if (s.recorded != nullptr) paintRecordedStrip(p, s, cpu, s.rows.recordedTopOf(cpu), s.rows.recordedHeight);
    }
    p.restore();
    return texts;
}

} // namespace

std::vector<RulerMark> rulerMarksOf(const TimelineScene& s)
{
    if (s.daemon != nullptr) return secondMarks(s.scale, s.look.px(72));
    if (s.activity != nullptr) return decimalMarks(s.scale, s.inputs->machine.jiffies, s.inputs->machine.word);
    return rulerMarks(s.scale, s.inputs->machine.jiffies, s.inputs->machine.word);
}

QString playheadText(const TimelineScene& s)
{
    if (s.daemon != nullptr) return instantText(s.playhead.tick);
    const auto jiffies = s.jiffiesAt(s.playhead.tick);
    return s.activity != nullptr ? QString::number(jiffies) : shortHex(jiffies);
}

QString spanTextOf(const TimelineScene& s, std::uint64_t ticks)
{
    return s.daemon != nullptr ? durationUsText(static_cast<std::int64_t>(ticks)) : spanText(ticks, s.inputs->machine.hz);
}

std::vector<LaneText> paintFloor(QPainter& p, const TimelineScene& s)
{
    return paintFloorParts(p, s, nullptr, false);
}

std::vector<LaneText> paintFloor(QImage& image, const TimelineScene& s, bool keepsNames)
{
    LaneRaster raster(image, lanesBox(s));
    QPainter p(&image);
    return paintFloorParts(p, s, &raster, keepsNames);
}

} // namespace jiffy::ui
