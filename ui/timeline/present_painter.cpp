// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/daemon_painter.h"
#include "ui/timeline/daemon_time.h"
#include "ui/timeline/lane_painter.h"
#include "ui/timeline/life_painter.h"
#include "ui/timeline/scene.h"
#include "ui/timeline/strip_painter.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace jiffy::ui
{

namespace
{

/// Baseline that centres capitals on a height.
double centred(const QFont& font, double y)
{
    return y + QFontMetricsF(font).capHeight() / 2;
}

void paintVeil(QPainter& p, const TimelineScene& s)
{
    const double from = std::clamp(s.playheadX, s.scale.left, s.scale.right);
    p.fillRect(QRectF(from, s.rows.lanes.top, s.scale.right - from + 1, s.rows.lanes.height),
               translucent(s.look.t().canvas, 1 - unreachedOpacity));
}

void paintLanes(QPainter& p, const TimelineScene& s)
{
    p.save();
    p.setClipRect(QRectF(s.scale.left, s.rows.lanes.top, s.scale.right - s.scale.left, s.rows.lanes.height));
    paintVeil(p, s);
    for (int cpu = s.rows.lanes.firstInSight(); cpu < s.rows.lanes.endInSight(); ++cpu) {
        const LanePainter lane(s, cpu, s.rows.lanes.topOf(cpu), s.rows.laneHeight());
        if (static_cast<std::size_t>(cpu) < s.planned->size()) lane.paintPlanned(p, (*s.planned)[static_cast<std::size_t>(cpu)]);
        if (s.activity != nullptr) continue;
        if (s.dividesTick() && s.isPlayheadInSight()) lane.paintPresent(p, *s.pyramid);
        lane.paintWakes(p, *s.pyramid);
    }
    if (s.activity != nullptr) paintWakeUps(p, s);
    if (s.texts != nullptr) {
        for (const auto& text : *s.texts) {
            if (text.right != 0) paintSleepName(p, s, text);
            else if (!text.isNumber || text.tick < s.playhead.tick) paintLaneText(p, s, text);
        }
    }
    p.restore();
}

/// Where a stack of rows does not fit: a hairline where it is cut off, and a thumb at the right edge.
void paintStackEdges(QPainter& p, const TimelineScene& s)
{
    const auto& t = s.look.t();
    int number = 0;
    for (const auto* stack : {&s.rows.lanes, &s.rows.lives}) {
        ++number;
        if (stack->maxScroll() == 0) continue;
        const double width = s.size.width();
        p.setPen(QPen(t.line, 1));
        if (stack->scroll > 0) p.drawLine(QPointF(0, std::floor(stack->top) + .5), QPointF(width, std::floor(stack->top) + .5));
        if (stack->scroll < stack->maxScroll() - .5) {
            const double y = std::floor(stack->top + stack->height) + .5;
            p.drawLine(QPointF(0, y), QPointF(width, y));
        }
        const double part = stack->height / stack->contentHeight();
        const double length = std::max(s.look.px(14), stack->height * part);
        const double y = stack->top + (stack->height - length) * stack->scroll / stack->maxScroll();
        p.setPen(Qt::NoPen);
        p.setBrush(s.heldThumb == number ? t.ink2 : t.ink3);
        p.drawRoundedRect(QRectF(width - s.look.px(10), y, s.look.px(6), length), s.look.px(3), s.look.px(3));
    }
}

void paintOverviewState(QPainter& p, const TimelineScene& s)
{
    const auto& t = s.look.t();
    const auto& rows = s.rows;
    const double done = std::clamp(s.whole.leftOf(static_cast<double>(s.playhead.tick) + s.playhead.share), s.whole.left, s.whole.right);
    const double half = rows.overviewHeight / 2;
    p.setPen(Qt::NoPen);
    p.setBrush(translucent(t.ink3, .35));
    p.drawRoundedRect(QRectF(s.whole.left, rows.overviewTop, std::max(done - s.whole.left, 2 * half), rows.overviewHeight), half, half);
    const auto view = viewportBox(s.whole, s.scale.range, s.look.px(8));
    if (!view.isWhole) {
        const QRectF box(view.from, rows.overviewTop - s.look.px(3), view.to - view.from, rows.overviewHeight + s.look.px(6));
        p.setPen(QPen(s.isOverviewHeld ? t.ink : t.ink2, s.isOverviewHeld ? 2 : 1.4));
        p.setBrush(translucent(t.canvas, .25));
        p.drawRoundedRect(box, s.look.px(4), s.look.px(4));
        p.setPen(Qt::NoPen);
    }
    p.setBrush(t.now);
    p.drawRoundedRect(QRectF(done - s.look.px(2), rows.overviewTop - s.look.px(4), s.look.px(4), rows.overviewHeight + s.look.px(8)),
                      s.look.px(2), s.look.px(2));
}

/// The chip between two markers, and from where to where time is measured.
struct MeasurePlace
{
    QString text;
    double from = 0, to = 0;
    QRectF chip;
};
std::optional<MeasurePlace> measurePlace(const TimelineScene& s)
{
    const auto measure = measured(s.markers, s.playhead.tick);
    if (!measure) return {};
    const auto xOf = [&](std::uint64_t tick, bool isPlayhead) {
        return isPlayhead ? s.playheadX : s.scale.xOf(static_cast<double>(tick));
    };
    const double one = xOf(measure->from, measure->fromPlayhead), other = xOf(measure->to, measure->toPlayhead);
    MeasurePlace place;
    place.text = measureText(*measure, spanTextOf(s, measure->ticks()));
    place.from = std::clamp(std::min(one, other), s.scale.left, s.scale.right);
    place.to = std::clamp(std::max(one, other), s.scale.left, s.scale.right);
    const double width = textWidth(s.look.words(12.5, QFont::DemiBold), place.text) + s.look.px(22);
    // Between them where there is room, else at the right of both, or at the left.
    const double clear = s.look.px(36);
    double middle = (place.from + place.to) / 2;
    if (place.to - place.from < width + 2 * clear) {
        middle = place.to + clear + width / 2;
        if (middle + width / 2 > s.scale.right) middle = place.from - clear - width / 2;
        middle = std::clamp(middle, s.scale.left + width / 2, std::max(s.scale.left + width / 2, s.scale.right - width / 2));
    }
    place.chip = QRectF(middle - width / 2, s.rows.rulerLine - s.look.px(28), width, s.look.px(20));
    return place;
}

/// Numbers of the ruler, but where something else stands; what a pixel stands for, at the right end.
void paintRulerNumbers(QPainter& p, const TimelineScene& s)
{
    const auto& look = s.look;
    const auto& t = look.t();
    const double base = s.rows.rulerLine - look.px(12);
    std::vector<QRectF> taken;
    if (s.isPlayheadInSight()) taken.push_back(playheadPill(s));
    if (const auto measure = measurePlace(s)) taken.push_back(measure->chip);
    for (const auto& marker : {s.markers.a, s.markers.b})
        if (marker) taken.push_back(flagBox(s, *marker));
    const auto isFree = [&](double from, double to) {
        return std::none_of(taken.begin(), taken.end(), [&](const QRectF& box) { return to > box.left() - look.px(6) && from < box.right() + look.px(6); });
    };
    double end = s.size.width() - look.px(4);
    if (const auto bin = s.daemon != nullptr ? QString() : binText(s.scale); !bin.isEmpty()) {
        const auto words = look.words(11.5, QFont::Medium);
        const double x = s.scale.right - textWidth(words, bin);
        if (isFree(x, s.scale.right)) {
            p.setFont(words);
            p.setPen(t.ink2);
            p.drawText(QPointF(x, base), bin);
            end = x - look.px(10);
        }
    }
    const auto font = look.numbers(11.5);
    p.setFont(font);
    p.setPen(t.ink3);
    bool isUnitMissing = true;
    for (const auto& mark : rulerMarksOf(s)) {
        if (!mark.isMajor) continue;
        // The first one that is there says what they are, and keeps clear of the buttons.
        const bool isFirst = s.daemon != nullptr && std::exchange(isUnitMissing, false);
        const QString label = isFirst ? QCoreApplication::translate("Timeline", "%1 s").arg(mark.label) : mark.label;
        const double w = textWidth(font, label);
        const double from = isFirst ? std::max(mark.x - w / 2, s.scale.left + look.px(4)) : mark.x - w / 2;
        if (from < s.scale.left - look.px(8) || from + w > end || !isFree(from, from + w)) {
            isUnitMissing = isUnitMissing || isFirst;
            continue;
        }
        p.drawText(QPointF(from, base), label);
    }
}

void paintPlayhead(QPainter& p, const TimelineScene& s)
{
    if (!s.isPlayheadInSight()) return;
    const auto& look = s.look;
    const auto& t = look.t();
    const double x = s.playheadX;
    p.setPen(QPen(t.now, look.px(2.4)));
    p.drawLine(QPointF(x, s.rows.rulerLine - look.px(18)), QPointF(x, s.rows.bottom));
    const auto text = playheadText(s);
    const auto font = look.numbers(12.5, QFont::Bold);
    const auto pill = playheadPill(s);
    p.setPen(Qt::NoPen);
    p.setBrush(t.pill);
    p.drawRoundedRect(pill, look.px(6), look.px(6));
    p.setPen(t.pillText);
    p.setFont(font);
    p.drawText(QPointF(pill.center().x() - textWidth(font, text) / 2, centred(font, pill.center().y())), text);
}

void paintArea(QPainter& p, const TimelineScene& s)
{
    if (!s.area) return;
    const auto& t = s.look.t();
    const double from = std::clamp(s.scale.leftOf(s.area->from), s.scale.left, s.scale.right);
    const double to = std::clamp(s.scale.leftOf(s.area->to), s.scale.left, s.scale.right);
    if (to <= from) return;
    p.setPen(Qt::NoPen);
    p.setBrush(translucent(t.ink3, t.name == ThemeName::HighContrast ? .35 : .16));
    p.drawRect(QRectF(from, s.rows.rulerTop, to - from, s.rows.bottom - s.rows.rulerTop));
    p.setPen(QPen(t.ink2, 1.2));
    p.drawLine(QPointF(from, s.rows.rulerTop), QPointF(from, s.rows.bottom));
    p.drawLine(QPointF(to, s.rows.rulerTop), QPointF(to, s.rows.bottom));
}

void paintFlag(QPainter& p, const TimelineScene& s, std::uint64_t tick, const QString& name)
{
    const auto& look = s.look;
    const auto& t = look.t();
    const double x = s.scale.xOf(static_cast<double>(tick));
    if (x < s.scale.left || x > s.scale.right) return;
    p.setPen(QPen(t.ink2, look.px(1.2), Qt::CustomDashLine));
    QPen dashed(t.ink2, look.px(1.2));
    dashed.setDashPattern({2.5, 2.5});
    p.setPen(dashed);
    p.drawLine(QPointF(x, s.rows.rulerLine - look.px(9)), QPointF(x, s.rows.bottom));
    const auto box = flagBox(s, tick);
    const auto font = look.words(12, QFont::Bold);
    p.setPen(Qt::NoPen);
    p.setBrush(t.ink);
    p.drawRoundedRect(box, look.px(5), look.px(5));
    p.setFont(font);
    p.setPen(t.inv);
    p.drawText(QPointF(box.center().x() - textWidth(font, name) / 2, centred(font, box.center().y())), name);
}

/// "A to B  180 jiffies · 720 ms" between the two, joined to them by a line.
void paintMeasure(QPainter& p, const TimelineScene& s)
{
    const auto place = measurePlace(s);
    if (!place) return;
    const auto& look = s.look;
    const auto& t = look.t();
    const double y = s.rows.rulerLine - look.px(18);
    p.setPen(QPen(t.ink2, look.px(1.2)));
    if (place->to > place->from) p.drawLine(QPointF(place->from, y), QPointF(place->to, y));
    p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : Qt::NoPen);
    p.setBrush(t.sunken);
    p.drawRoundedRect(place->chip, look.px(6), look.px(6));
    const auto font = look.words(12.5, QFont::DemiBold);
    p.setFont(font);
    p.setPen(t.ink);
    p.drawText(QPointF(place->chip.center().x() - textWidth(font, place->text) / 2, centred(font, place->chip.center().y())), place->text);
}

} // namespace

/// At the left edge it keeps clear of the buttons, at the right it stays whole.
QRectF playheadPill(const TimelineScene& s)
{
    const auto& look = s.look;
    // Odd microseconds and all of a number need more room than four digits.
    double width = look.px(62);
    if (s.daemon != nullptr || s.activity != nullptr) width = std::max(width, textWidth(look.numbers(12.5, QFont::Bold), playheadText(s)) + look.px(14));
    const double left = std::clamp(s.playheadX - width / 2, s.scale.left + look.px(2), std::max(s.scale.left + look.px(2), s.scale.right + look.px(22) - width));
    return {left, s.rows.rulerLine - look.px(28), width, look.px(20)};
}

QRectF flagBox(const TimelineScene& s, std::uint64_t tick)
{
    const double x = s.scale.xOf(static_cast<double>(tick)), size = s.look.px(18);
    return {x - size / 2, s.rows.rulerLine - s.look.px(27), size, size};
}

void paintPresent(QPainter& p, const TimelineScene& s)
{
    if (s.inputs == nullptr) return;
    p.setRenderHint(QPainter::Antialiasing);
    if (s.daemon != nullptr && s.daemonPicture != nullptr) {
        paintDaemonPresent(p, s, *s.daemonPicture);
    } else if (s.daemon != nullptr) {
        paintDaemonPresent(p, s, daemonPicture(s));
    } else {
        paintLanes(p, s);
        paintLives(p, s);
    }
    paintStackEdges(p, s);
    paintOverviewState(p, s);
    paintRulerNumbers(p, s);
    p.save();
    p.setClipRect(QRectF(s.scale.left - s.look.px(31), 0, s.size.width() - s.scale.left + s.look.px(31), s.size.height()));
    paintArea(p, s);
    paintMeasure(p, s);
    paintPlayhead(p, s);
    if (s.markers.a) paintFlag(p, s, *s.markers.a, QStringLiteral("A"));
    if (s.markers.b) paintFlag(p, s, *s.markers.b, QStringLiteral("B"));
    p.restore();
}

} // namespace jiffy::ui
