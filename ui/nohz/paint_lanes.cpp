// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/painter.h"
#include "ui/nohz/words.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double longestName = 150; // of a deferrable timer beside its circle

QString say(const char* text) { return QCoreApplication::translate("Nohz", text); }

/// Diagonal lines within a box.
void paintHatch(QPainter& p, const QRectF& box, const Look& look)
{
    if (box.width() <= 0) return;
    const double step = look.px(6), h = box.height();
    std::vector<QLineF> lines;
    // Counted from the left edge of the picture, so that the hatches of all lanes are one.
    for (double x = std::floor((box.left() - h) / step) * step; x < box.right(); x += step) {
        const double x0 = std::max(x, box.left()), x1 = std::min(x + h, box.right());
        if (x1 > x0) lines.emplace_back(x0, box.bottom() - (x0 - x), x1, box.bottom() - (x1 - x));
    }
    const Theme& t = look.t();
    p.setPen(QPen(t.name == ThemeName::HighContrast ? mix(t.canvas, t.ink3, .5) : mix(t.canvas, t.ink3, .30), look.px(1)));
    p.drawLines(lines.data(), static_cast<int>(lines.size()));
}

/// The smallest of 1, 2, 5, 10, 20, 50, ... ticks that leaves room for labels.
std::uint64_t stepFor(double pixelsPerTick, double room)
{
    std::uint64_t step = 1;
    constexpr std::uint64_t next[] = {2, 5, 10};
    for (std::uint64_t ten = 1; ten < 1'000'000'000'000'000; ten *= 10)
        for (const std::uint64_t n : next) {
            if (static_cast<double>(step) * pixelsPerTick >= room) return step;
            step = ten * n;
        }
    return step;
}

} // namespace

double playheadX(const NohzPicture& v) { return v.scale.xOf(static_cast<double>(v.scene.tick)); }

bool isPlayheadInSight(const NohzPicture& v)
{
    const double x = playheadX(v);
    return x >= v.scale.left - 1 && x <= v.scale.right + 1;
}

void paintNohzLanes(QPainter& p, const NohzPicture& v, double from, double to)
{
    const auto isIn = [&](double x) { return x >= from && x < to; };
    const Look& look = v.look;
    const Theme& t = look.t();
    for (std::size_t i = 0; i < v.layout.rows.size(); ++i) {
        const NohzRow& row = v.layout.rows[i];
        const NohzLane& lane = v.lanes[i];
        const double height = row.base - row.barTop;
        for (const auto& w : lane.voids) paintHatch(p, QRectF(QPointF(std::max(from, w.from + look.px(2)), row.barTop), QPointF(std::min(to, w.to - look.px(2)), row.base)), look);
        std::vector<QRectF> rects;
        const double wide = std::clamp(v.scale.pixelsPerTick() * .68, look.px(1), look.px(3));
        for (const double x : lane.ticks)
            if (isIn(x)) rects.emplace_back(x - wide / 2, row.barTop, wide, height);
        p.setPen(Qt::NoPen);
        p.setBrush(t.ink2);
        p.drawRects(rects.data(), static_cast<int>(rects.size()));
        rects.clear();
        for (const double x : lane.missed)
            if (isIn(x)) rects.emplace_back(x - .35 * look.scale, row.base - look.px(4), .7 * look.scale, look.px(4));
        QColor faint = t.ink3;
        faint.setAlphaF(.7f);
        p.setBrush(faint);
        p.drawRects(rects.data(), static_cast<int>(rects.size()));
        for (const auto& s : lane.stretches) {
            const double left = std::max(from, s.from), right = std::min(to, s.to);
            if (right <= left) continue;
            if (s.share > 0) {
                p.setBrush(mix(t.canvas, t.ink2, .25 + .6 * s.share));
                const double h = height * std::max(.25, s.share);
                p.drawRect(QRectF(QPointF(left, row.base - h), QPointF(right, row.base)));
            }
            if (s.share < 1) {
                p.setBrush(faint);
                p.drawRect(QRectF(QPointF(left, row.base - look.px(2)), QPointF(right, row.base)));
            }
        }
        p.setBrush(t.ink);
        const double bar = look.px(areTicksApart(v.scale) ? 3 : 2);
        for (const auto& b : lane.bars)
            if (isIn(b.x)) p.drawRoundedRect(QRectF(b.x - bar / 2, row.barTop, bar, height), .6, .6);
    }
}

void paintNohzAxis(QPainter& p, const NohzPicture& v)
{
    const Look& look = v.look;
    const Theme& t = look.t();
    const NohzLayout& l = v.layout;
    const NohzScene& s = v.scene;
    const double ry = l.rulerY;
    p.setPen(t.ink);
    drawShaped(p, look.words(14, QFont::DemiBold), {l.labelX, ry - look.px(10)}, say("Ticks"));
    p.setPen(s.isStale() ? t.ink : t.ink3);
    // What the axis does not say by itself.
    const QString bin = binText(v.scale);
    if (s.isStale()) drawShaped(p, look.words(12), {l.labelX, ry + look.px(6)}, elidedTo(look.words(12), say("jiffies %1").arg(s.jiffies), l.left - l.labelX - look.px(6)));
    else if (!areTicksApart(v.scale) && !bin.isEmpty())
        drawShaped(p, look.words(12), {l.labelX, ry + look.px(6)}, elidedTo(look.words(12), bin, l.left - l.labelX - look.px(6)));

    const QFont font = look.numbers(12);
    const core::Word word = s.geometry.word;
    const core::Jiffies start = s.inputs->machine.jiffies;
    const double labelWidth = numberWidth(font, QString::number(word.add(start, static_cast<std::uint64_t>(std::max(0.0, v.scale.range.to)))));
    const std::uint64_t step = stepFor(v.scale.pixelsPerTick(), std::max(look.px(72), labelWidth + look.px(24)));
    const double ph = playheadX(v);
    const bool hasPill = isPlayheadInSight(v);
    const QString pillText = QString::number(s.byClock);
    const double pillWidth = numberWidth(look.numbers(12.5, QFont::Bold), pillText) + look.px(18);
    const double pillX = std::clamp(ph, l.left + pillWidth / 2 - look.px(20), l.box.right() - pillWidth / 2 - look.px(4));
    const std::uint64_t first = v.scale.tickAt(v.scale.left);
    const std::uint64_t rest = word.add(start, first) % step;
    for (std::uint64_t k = first + (rest == 0 ? 0 : step - rest); static_cast<double>(k) + .5 < v.scale.range.to; k += step) {
        const double x = v.scale.xOf(static_cast<double>(k));
        if (x < v.scale.left) continue;
        p.setPen(QPen(t.ink3, look.px(1.2)));
        p.drawLine(QPointF(x, ry - look.px(6)), QPointF(x, ry));
        const QString text = QString::number(word.add(start, k));
        const double w = numberWidth(font, text);
        if (hasPill && std::abs(x - pillX) < (w + pillWidth) / 2 + look.px(4)) continue;
        drawNumber(p, font, {x - w / 2, ry - look.px(11)}, text);
    }
    p.setPen(QPen(t.line2, 1));
    p.drawLine(QPointF(l.left, ry), QPointF(l.right, ry));
    p.setPen(t.ink3);
    const QFont small = look.words(12, QFont::Medium);
    const QString interrupts = say("interrupts");
    drawShaped(p, small, {l.box.right() - look.px(10) - advanceOf(small, interrupts), ry + look.px(8)}, interrupts);

    if (!hasPill) return;
    p.setPen(QPen(t.now, look.px(2.2)));
    p.drawLine(QPointF(ph, ry - look.px(8)), QPointF(ph, l.lanes.bottom()));
    p.setPen(Qt::NoPen);
    p.setBrush(t.pill);
    const QRectF pill(pillX - pillWidth / 2, ry - look.px(28), pillWidth, look.px(20));
    p.drawRoundedRect(pill, look.px(6), look.px(6));
    p.setPen(t.pillText);
    drawNumber(p, look.numbers(12.5, QFont::Bold), {pill.left() + look.px(9), pill.bottom() - look.px(5.2)}, pillText);
}

VoidText voidTextOf(const NohzLane& lane, const NohzRow& row, const NohzScene& s, const core::SleepAccounts& accounts, double playheadX, const Look& look)
{
    VoidText best;
    const QFont font = look.words(row.base - row.barTop >= look.px(22) ? 14 : 12, QFont::DemiBold);
    double widest = 0;
    QStringList texts;
    double centre = 0;
    for (const auto& w : lane.voids) {
        const core::Sleep& sleep = accounts.sleeps(row.cpu)[w.sleep];
        const bool isNow = sleep.event < s.at.event && (!sleep.isOver() || sleep.endEvent >= s.at.event);
        const bool isAhead = sleep.event >= s.at.event;
        // So far: in front of the playhead.
        const double end = isNow ? std::min(w.to, playheadX - look.px(4)) : w.to;
        // Names stand left of their circles.
        double from = w.from;
        const auto gap = [&](double to) {
            if (to - from > widest) {
                widest = to - from;
                centre = (from + to) / 2;
                texts = voidTexts(sleep.saved(isNow ? s.tick : core::Sleep::open), isNow ? SleepIs::Now : isAhead ? SleepIs::Ahead : SleepIs::Over);
                if (!isNow && !sleep.isOver()) texts.clear();
                best.isAhead = isAhead;
            }
        };
        for (const auto& c : lane.circles) {
            if (c.x < w.from || c.x > w.to) continue;
            gap(std::min(end, c.x - look.px(12) - std::min(look.px(longestName + 14), advanceOf(look.words(15, QFont::Bold), s.nameOf(c.timer)) + look.px(14))));
            from = c.x + look.px(12);
        }
        gap(end);
    }
    for (const QString& text : texts) {
        const double width = advanceOf(font, text) + look.px(24);
        if (width > widest - look.px(8)) continue;
        const double height = std::min(row.base - row.barTop, look.px(24));
        best.text = text;
        best.box = QRectF(centre - width / 2, row.barTop, width, height);
        break;
    }
    return best;
}

namespace
{

void paintCircles(QPainter& p, const NohzPicture& v, const NohzLane& lane, const NohzRow& row)
{
    const Look& look = v.look;
    const Theme& t = look.t();
    const double y = (row.barTop + row.base) / 2;
    const double r = std::min(look.px(7), (row.base - row.barTop) / 2 - look.px(1));
    double taken = -1e9;
    for (const auto& c : lane.circles) {
        p.setOpacity(c.tick > v.scene.tick ? .55 : 1);
        p.setPen(QPen(t.tv[0], look.px(2.6)));
        p.setBrush(t.canvas);
        p.drawEllipse(QPointF(c.x, y), r, r);
        const QFont font = look.words(row.base - row.barTop >= look.px(22) ? 15 : 12, QFont::Bold);
        const QString name = elidedTo(font, v.scene.nameOf(c.timer), look.px(longestName));
        const double w = advanceOf(font, name);
        const QRectF box(c.x - r - look.px(9) - w, row.barTop, w + look.px(6), row.base - row.barTop);
        if (box.left() > std::max(taken, v.scale.left)) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.canvas);
            p.drawRoundedRect(box.adjusted(-look.px(3), 0, 0, -look.px(2)), look.px(5), look.px(5));
            p.setPen(t.tv[0]);
            drawShaped(p, font, {box.left(), y + look.px(5)}, name);
        }
        taken = c.x + r;
    }
    p.setOpacity(1);
}

} // namespace

void paintNohzRows(QPainter& p, const NohzPicture& v)
{
    const Look& look = v.look;
    const Theme& t = look.t();
    const NohzLayout& l = v.layout;
    const NohzScene& s = v.scene;
    for (std::size_t i = 0; i < l.rows.size(); ++i) {
        const NohzRow& row = l.rows[i];
        const NohzCpu& cpu = s.cpus[static_cast<std::size_t>(row.cpu)];
        const bool isShown = row.cpu == s.cpu;
        p.setPen(QPen(t.line2, 1));
        p.drawLine(QPointF(l.left - look.px(4), row.base + .5), QPointF(l.right + look.px(4), row.base + .5));
        const double room = l.left - l.labelX - look.px(8);
        const double middle = (row.base + row.barTop) / 2;
        const bool isRoomy = l.hasTwoLines && row.box.height() >= look.px(40);
        const QString name = say("CPU %1").arg(row.cpu);
        const QFont title = look.words(isRoomy ? 14 : 12.5, isShown ? QFont::Bold : QFont::Medium);
        const QFont caption = look.words(isRoomy ? 12.5 : 11.5);
        if (isShown) {
            p.setPen(v.hasFocus ? QPen(t.sel, look.px(1.5)) : Qt::NoPen);
            p.setBrush(t.name == ThemeName::HighContrast ? t.raised : mix(t.canvas, t.ink3, .10));
            const double half = l.hasTwoLines ? look.px(20) : (row.base - row.barTop) / 2 + look.px(2);
            const double top = std::max(middle - half, row.box.top() + look.px(.5)), bottom = std::min(middle + half, row.box.bottom() - look.px(.5));
            p.drawRoundedRect(QRectF(QPointF(l.labelX - look.px(7), top), QPointF(l.left - look.px(8), bottom)), look.px(6), look.px(6));
        }
        p.setPen(t.ink);
        const double nameY = l.hasTwoLines ? middle - look.px(isRoomy ? 2 : 2.5) : middle + look.px(4.5);
        drawShaped(p, title, {l.labelX, nameY}, name);
        const double beside = advanceOf(title, name) + look.px(6);
        p.setPen(t.ink2);
        if (l.hasTwoLines) drawShaped(p, caption, {l.labelX, middle + look.px(isRoomy ? 15 : 12)}, elidedTo(caption, cpu.caption, room));
        else if (room - beside > look.px(20)) drawShaped(p, caption, {l.labelX + beside, nameY}, elidedTo(caption, cpu.caption, room - beside));

        paintCircles(p, v, v.lanes[i], row);
        const VoidText text = voidTextOf(v.lanes[i], row, s, v.accounts, playheadX(v), look);
        if (!text.text.isEmpty()) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.canvas);
            p.drawRoundedRect(text.box.adjusted(0, 0, 0, -look.px(1)), look.px(6), look.px(6));
            const QFont font = look.words(row.base - row.barTop >= look.px(22) ? 14 : 12, QFont::DemiBold);
            p.setPen(text.isAhead ? t.ink3 : t.ink);
            drawShaped(p, font, {text.box.left() + look.px(12), text.box.center().y() + look.px(5)}, text.text);
        }

        const QFont number = look.numbers(l.hasTwoLines ? 13 : 11.5, QFont::DemiBold);
        const QString count = cpu.interrupts < 1'000'000 ? grouped(cpu.interrupts) : say("%1 M").arg(grouped(cpu.interrupts / 1'000'000));
        const double height = std::min(look.px(24), row.base - row.barTop);
        const double width = std::min(numberWidth(number, count) + look.px(15), l.box.right() - look.px(2) - l.countX);
        const QRectF chip(l.countX, (row.base + row.barTop) / 2 - height / 2, width, height);
        p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
        p.setBrush(isShown ? t.nowBg : t.sunken);
        p.drawRoundedRect(chip, height / 2, height / 2);
        p.setPen(isShown ? t.nowText : t.ink2);
        drawNumber(p, number, {chip.center().x() - numberWidth(number, count) / 2, chip.center().y() + look.px(4.6)}, count);
    }
    if (l.lastFirstRow == 0) return;
    // How far the rows are scrolled.
    const double all = l.lanes.height(), n = static_cast<double>(s.cpus.size());
    const QRectF thumb(l.box.right() - look.px(5), l.lanes.top() + all * l.firstRow / n, look.px(3), all * static_cast<double>(l.rows.size()) / n);
    p.setPen(Qt::NoPen);
    p.setBrush(t.line2);
    p.drawRoundedRect(thumb, look.px(1.5), look.px(1.5));
}

} // namespace jiffy::ui
