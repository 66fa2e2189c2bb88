// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/fan_painter.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/words.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

QColor fanHue(const Theme& t, const Fan& fan)
{
    return fan.isNow ? t.now : t.levelHue(fan.bucket.level);
}

/// Jiffies from the first to the last that the fans asked for, and where each stands.
struct Axis
{
    core::Word word;
    core::Jiffies first = 0;
    std::uint64_t span = 1;
    double left = 0, width = 0;

    double at(core::Jiffies j) const
    {
        return left + width * static_cast<double>(std::min(word.distance(j, first), span)) / static_cast<double>(span);
    }
};

Axis axisOf(const Scene& scene, const std::vector<Fan>& fans, const QRectF& box)
{
    Axis a;
    a.word = scene.geometry.word;
    a.first = fans.front().asked.front();
    core::Jiffies last = a.first;
    for (const Fan& f : fans) {
        if (a.word.isBefore(f.asked.front(), a.first)) a.first = f.asked.front();
        if (a.word.isAfter(f.asked.back(), last)) last = f.asked.back();
    }
    a.span = std::max<std::uint64_t>(1, a.word.distance(last, a.first));
    a.left = box.left() + 8;
    a.width = box.width() - 16;
    // A few that are close together do not spread over the whole width.
    const double most = static_cast<double>(a.span) * 24;
    if (most < a.width) {
        const QRectF whole = box;
        a.left = std::clamp(whole.center().x() - most / 2, whole.left() + 8, whole.right() - 8);
        a.width = most;
    }
    return a;
}

} // namespace

QString modernTitle(const core::Geometry& g, int open)
{
    if (open >= g.levels) return wheelText("a slot spans 8 of the level below");
    if (open == g.levels - 1) return wheelText("a slot spans 8 of the level below; level %1 is empty").arg(open);
    return wheelText("a slot spans 8 of the level below; levels %1 to %2 are empty").arg(open).arg(g.levels - 1);
}

void drawSpanNumber(QPainter& p, QPointF at, const core::Level& level, const QFont& font, const QColor& colour)
{
    const QString text = grouped(1ull << level.shift);
    p.setPen(colour);
    drawNumber(p, font, at - QPointF(numberWidth(font, text), 0), text);
}

std::vector<Fan> fansDrawn(const Scene& scene, int levels)
{
    std::vector<Fan> fans;
    for (const Fan& f : scene.fans)
        if (!f.asked.empty() && f.bucket.level > 0 && f.bucket.level < levels && scene.isShown(f.bucket)) fans.push_back(f);
    // Far apart they would be points: the first one, and what is near to it.
    const auto isFar = [&](const Fan& f) {
        const auto& word = scene.geometry.word;
        const auto [from, to] = word.isAfter(f.asked.back(), fans.front().asked.back())
                                    ? std::pair(fans.front().asked.front(), f.asked.back())
                                    : std::pair(f.asked.front(), fans.front().asked.back());
        return word.distance(to, from) > 8 * (fans.front().granularity() + f.granularity());
    };
    if (fans.size() > 1) fans.erase(std::remove_if(fans.begin() + 1, fans.end(), isFar), fans.end());
    return fans;
}

void paintFanLines(QPainter& p, const Look& look, const Scene& scene, const FanPlace& place)
{
    const std::vector<Fan> fans = fansDrawn(scene, place.levels);
    if (fans.empty()) return;
    const Theme& t = look.t();
    const Axis axis = axisOf(scene, fans, place.box);
    const double drop = place.axis - place.box.top();
    p.setBrush(Qt::NoBrush);
    for (const Fan& f : fans) {
        const QRectF bucket = place.slot({f.bucket.level, f.bucket.index});
        const QPointF from(bucket.center().x(), bucket.bottom());
        QColor c = fanHue(t, f);
        c.setAlphaF(t.name == ThemeName::HighContrast ? .75f : f.asked.size() > 24 ? .34f : .6f);
        p.setPen(QPen(c, .9));
        for (const core::Jiffies j : f.asked) {
            const QPointF to(axis.at(j), place.axis - 4);
            QPainterPath path(to);
            path.cubicTo(to - QPointF(0, drop), from + QPointF(0, drop), from);
            p.drawPath(path);
        }
    }
    const QFont font = look.numbers(12);
    const double base = place.axis + look.px(19), gap = look.px(10);
    std::vector<QRectF> taken;
    const auto write = [&](double x, const QString& text, Align align, const QFont& with, const QColor& colour) {
        const double width = advanceOf(with, text);
        double left = align == Align::Left ? x : align == Align::Right ? x - width : x - width / 2;
        left = std::clamp(left, place.box.left() - look.px(8), std::max(place.box.left(), place.box.right() - width));
        const QRectF box(left - gap / 2, base - 10, width + gap, 12);
        if (std::any_of(taken.begin(), taken.end(), [&box](const QRectF& o) { return o.intersects(box); })) return;
        taken.push_back(box);
        p.setPen(colour);
        drawShaped(p, with, {left, base}, text);
    };
    for (const Fan& f : fans) {
        p.setPen(Qt::NoPen);
        p.setBrush(fanHue(t, f));
        for (const core::Jiffies j : f.asked)
            p.drawEllipse(QPointF(axis.at(j), place.axis), 1.7, 1.7);
    }
    const Fan& first = fans.front();
    write(axis.at(first.asked.front()) - 2, QString::number(first.asked.front()), Align::Left, font, t.ink2);
    if (first.asked.size() > 1) write(axis.at(first.asked.back()), QString::number(first.asked.back()), Align::Right, font, t.ink2);
    for (std::size_t i = 1; i < fans.size(); ++i)
        write(axis.at(fans[i].asked.back()) + 2, QString::number(fans[i].asked.back()), Align::Right, font, t.ink2);
    const double middle = (axis.at(first.asked.front()) + axis.at(first.asked.back())) / 2;
    const QString what = first.count > Fan::limit ? wheelText("asked for, the first %1").arg(Fan::limit) : wheelText("asked for");
    if (first.asked.size() > 1) write(middle, what, Align::Centre, look.words(12), t.ink3);
    else write(axis.at(first.asked.back()) + look.px(12) + advanceOf(font, QString::number(first.asked.back())), what,
               Align::Left, look.words(12), t.ink3);
}

QString fanText(const Scene& scene, const Fan& fan)
{
    const Turn& turn = scene.effects.turn;
    const bool isIts = fan.isNow && turn.cpu == scene.cpu && turn.fired > 0 && turn.fireTotal > 1 && turn.firedFrom.isValid();
    if (isIts && scene.geometry.place(turn.firedFrom) == fan.bucket)
        return wheelText("%1 of %2").arg(grouped(turn.fired), grouped(turn.fireTotal));
    return fan.count > 1 || !fan.isNow ? grouped(fan.count) : QString();
}

std::vector<FanMark> fanMarks(const Look& look, const Scene& scene, const FanPlace& place)
{
    std::vector<FanMark> marks;
    for (const Fan& f : scene.fans) {
        if (f.bucket.level >= place.levels || !scene.isShown(f.bucket)) continue;
        const QRectF bucket = place.slot({f.bucket.level, f.bucket.index});
        FanMark mark;
        mark.fan = &f;
        mark.at = bucket.center();
        mark.text = fanText(scene, f);
        if (f.isNow) {
            mark.font = look.numbers(16, QFont::Bold);
            const double width = std::max(look.px(30), numberWidth(mark.font, mark.text) + look.px(18)), height = look.px(26);
            const bool isLeft = mark.at.x() - look.px(22) - width > place.box.left();
            if (!mark.text.isEmpty())
                mark.box = QRectF(isLeft ? mark.at.x() - look.px(22) - width : mark.at.x() + look.px(22), mark.at.y() - height / 2, width, height);
        } else {
            // The next one: a leader up and to the side that has room.
            mark.font = look.words(12.5, QFont::Bold);
            mark.text = wheelText("%1 next").arg(mark.text);
            const double width = numberWidth(mark.font, mark.text);
            const bool isRight = bucket.right() + width + look.px(30) < place.box.right();
            const double sign = isRight ? 1 : -1;
            const QPointF start(isRight ? bucket.right() : bucket.left(), bucket.top() - 1);
            const QPointF elbow = start + QPointF(sign * look.px(8), -look.px(13)), end = elbow + QPointF(sign * look.px(14), 0);
            mark.leader = {start, elbow, end};
            const double x = isRight ? end.x() + look.px(4) : end.x() - look.px(4) - width;
            mark.box = QRectF(x - look.px(3), end.y() - look.px(8), width + look.px(6), look.px(16));
        }
        marks.push_back(std::move(mark));
    }
    return marks;
}

void paintFanWords(QPainter& p, const Look& look, const Scene& scene, const FanPlace& place, bool withGlow)
{
    const Theme& t = look.t();
    for (const FanMark& m : fanMarks(look, scene, place)) {
        if (m.fan->isNow) {
            const double radius = look.px(7);
            if (withGlow) paintGlow(p, t, m.at, radius);
            paintGlyph(p, t, Glyph::Firing, m.at, radius, t.now);
            if (m.box.isEmpty()) continue;
            p.setPen(Qt::NoPen);
            p.setBrush(t.pill);
            p.drawRoundedRect(m.box, look.px(7), look.px(7));
            p.setPen(t.pillText);
            drawNumber(p, m.font, {m.box.center().x() - numberWidth(m.font, m.text) / 2, m.box.center().y() + look.px(5.8)}, m.text);
            continue;
        }
        const QColor hue = t.levelHue(m.fan->bucket.level);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(hue, 1.2));
        p.drawPolyline(m.leader);
        QColor veil = t.canvas;
        veil.setAlphaF(.88f);
        p.setPen(Qt::NoPen);
        p.setBrush(veil);
        p.drawRoundedRect(m.box, 4, 4);
        p.setPen(hue);
        drawNumber(p, m.font, {m.box.left() + look.px(3), m.box.center().y() + look.px(4.4)}, m.text);
    }
}

} // namespace jiffy::ui
