// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/painter.h"
#include "ui/nohz/words.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jiffy::ui
{

namespace
{

/// Degrees grow clockwise from the top.
QPointF polar(QPointF centre, double radius, double degrees)
{
    const double a = degrees * std::numbers::pi / 180;
    return centre + QPointF(std::sin(a), -std::cos(a)) * radius;
}

/// The lag as a line that goes round from one hand to the other, once for each round that it is behind.
void paintSpiral(QPainter& p, const NohzPicture& v, QPointF centre, double from, double inner, double outer, int slots)
{
    const Theme& t = v.look.t();
    constexpr double most = 8; // rounds that can be told apart
    const double rounds = std::min(most, static_cast<double>(v.scene.behind) / slots);
    const int n = std::max(24, static_cast<int>(rounds * 72));
    // Where there are more than can be drawn the line ends at the other hand nevertheless.
    const double left = static_cast<double>(v.scene.behind) / slots - rounds;
    const double start = from + (left - std::floor(left)) * 360;
    for (int i = 0; i < n; ++i) {
        const double a = static_cast<double>(i) / n, b = static_cast<double>(i + 1) / n;
        QPen pen(mix(t.now, t.ink3, a), v.look.px(3.4 - 1.2 * a), Qt::SolidLine, Qt::RoundCap);
        p.setPen(pen);
        p.drawLine(polar(centre, inner + (outer - inner) * a, start + rounds * 360 * a), polar(centre, inner + (outer - inner) * b, start + rounds * 360 * b));
    }
}

} // namespace

void paintNohzWheel(QPainter& p, const NohzPicture& v)
{
    const NohzLayout& l = v.layout;
    const NohzScene& s = v.scene;
    if (!l.hasLower) return;
    const Look& look = v.look;
    const Theme& t = look.t();
    p.setPen(QPen(t.line, 1));
    p.drawLine(QPointF(l.box.left(), l.divider), QPointF(l.box.right(), l.divider));
    if (l.wheel.isEmpty() || s.isList()) return;
    const int slots = s.geometry.level[0].slots;
    const QPointF centre(l.wheel.center().x(), l.wheel.center().y());
    const QFont words = look.words(13.5, QFont::Bold), jiffiesFont = look.words(13.5, QFont::DemiBold);
    const double beside = std::max(advanceOf(words, handText(s)), advanceOf(jiffiesFont, jiffiesHandText(s))) + look.px(22);
    const double outer = std::max(look.px(44), std::min({look.px(104), l.wheel.height() / 2 - look.px(32), (l.wheel.width() - 2 * beside) / 2 + look.px(14)}));
    const double inner = outer * .75;

    p.setPen(QPen(slotFloor(t, 0), outer - inner));
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(centre, (inner + outer) / 2, (inner + outer) / 2);
    const double each = 360.0 / slots;
    for (int i = 0; i < slots; ++i) {
        const bool isThick = i % (slots / 16) == 0;
        if (!isThick && each * outer * std::numbers::pi / 180 < 2) continue;
        p.setPen(QPen(t.canvas, look.px(isThick ? 1.8 : .6)));
        p.drawLine(polar(centre, inner, i * each), polar(centre, outer, i * each));
    }
    if (t.name == ThemeName::HighContrast) {
        p.setPen(QPen(t.line, 1));
        p.drawEllipse(centre, inner, inner);
        p.drawEllipse(centre, outer, outer);
    }
    // Of 3.9 the position is one ahead of the slot that is served.
    const core::Level& level = s.geometry.level[0];
    const std::uint32_t served = level.indexOf(s.isModern() || !s.isInside ? s.position : s.position - 1);
    const double hand = (served + .5) * each, other = (level.indexOf(s.jiffies) + .5) * each;
    if (s.behind != 0) paintSpiral(p, v, centre, (level.indexOf(s.position) + .5) * each, outer * .33, outer * .67, slots);
    QPainterPath cell;
    const QRectF out(centre - QPointF(outer + 1, outer + 1), QSizeF(2 * outer + 2, 2 * outer + 2)), in(centre - QPointF(inner - 1, inner - 1), QSizeF(2 * inner - 2, 2 * inner - 2));
    const double span = std::max(each, 2.0);
    cell.arcMoveTo(out, 90 - hand + span / 2);
    cell.arcTo(out, 90 - hand + span / 2, -span);
    cell.arcTo(in, 90 - hand - span / 2, span);
    cell.closeSubpath();
    p.setPen(Qt::NoPen);
    p.setBrush(t.now);
    p.drawPath(cell);
    p.setPen(QPen(t.ink2, look.px(2.4), Qt::DashLine, Qt::FlatCap));
    p.drawLine(polar(centre, inner - look.px(6), other), polar(centre, outer + look.px(12), other));
    p.setPen(QPen(t.now, look.px(3), Qt::SolidLine, Qt::RoundCap));
    p.drawLine(polar(centre, s.behind != 0 ? outer * .33 : outer * .5, hand), polar(centre, outer + look.px(12), hand));

    // Words beside the hands; where they would cover each other, one above the other.
    const auto place = [&](double angle, const QString& text, const QFont& font) {
        const QPointF at = polar(centre, outer + look.px(18), angle);
        const double w = advanceOf(font, text);
        const double x = std::clamp(at.x() >= centre.x() ? at.x() + look.px(3) : at.x() - look.px(3) - w, l.wheel.left() - look.px(4), l.wheel.right() - w);
        const double y = std::clamp(at.y() + look.px(5), l.wheel.top() + look.px(16), l.wheel.bottom() - look.px(6));
        return QRectF(x, y - look.px(13), w, look.px(17));
    };
    const QRectF handBox = place(hand, handText(s), words);
    QRectF otherBox = place(other, jiffiesHandText(s), jiffiesFont);
    const bool isUpright = std::abs(std::cos(other * std::numbers::pi / 180)) > .85;
    const QRectF wide = handBox.adjusted(-look.px(4), 0, look.px(4), 0);
    if (wide.intersects(otherBox) && isUpright) {
        // Either side of hands that point up or down.
        const double end = polar(centre, outer + look.px(18), other).x();
        const double left = otherBox.left() >= end ? end - look.px(5) - otherBox.width() : end + look.px(5);
        if (left >= l.wheel.left() - look.px(4) && left + otherBox.width() <= l.wheel.right()) otherBox.moveLeft(left);
    }
    if (wide.intersects(otherBox)) {
        // Outwards: below in the lower half, above in the upper one, as far as there is room.
        const bool isBelow = handBox.bottom() + look.px(17) <= l.wheel.bottom() && (handBox.center().y() > centre.y() || handBox.top() - look.px(17) < l.wheel.top());
        otherBox.moveTop(isBelow ? handBox.bottom() : handBox.top() - look.px(17));
    }
    p.setPen(t.nowText);
    drawShaped(p, words, {handBox.left(), handBox.top() + look.px(13)}, handText(s));
    p.setPen(t.ink2);
    drawShaped(p, jiffiesFont, {otherBox.left(), otherBox.top() + look.px(13)}, jiffiesHandText(s));

    QFont big = look.numbers(outer >= look.px(80) ? 21 : 16, QFont::Bold);
    const QString number = grouped(s.behind);
    const double most = outer * (s.behind != 0 ? .60 : 1.2);
    if (const double w = numberWidth(big, number); w > most) big.setPointSizeF(big.pointSizeF() * most / w);
    // A few words stand in the middle, more of them below the wheel.
    const QString below = behindText(s);
    const QFont small = look.words(12);
    const bool isInside = advanceOf(small, below) < outer * .62 || s.behind == 0;
    p.setPen(t.ink);
    drawNumber(p, big, {centre.x() - numberWidth(big, number) / 2, centre.y() + (isInside ? -look.px(1) : look.px(6))}, number);
    p.setPen(t.ink2);
    const double width = advanceOf(small, below);
    if (isInside) return drawShaped(p, small, {centre.x() - width / 2, centre.y() + look.px(outer >= look.px(80) ? 15 : 12)}, below);
    // Below the wheel or above it, where no hand has its name.
    for (const double y : {centre.y() + outer + look.px(24), centre.y() - outer - look.px(12)}) {
        const QRectF line(centre.x() - width / 2, y - look.px(12), width, look.px(16));
        const QRectF around = line.adjusted(-look.px(6), 0, look.px(6), 0);
        if (around.intersects(handBox) || around.intersects(otherBox) || line.top() < l.wheel.top() || line.bottom() > l.wheel.bottom()) continue;
        return drawShaped(p, small, {line.left(), y}, below);
    }
}

void paintNohzPrices(QPainter& p, const NohzPicture& v)
{
    const NohzLayout& l = v.layout;
    const NohzScene& s = v.scene;
    if (!l.hasLower) return;
    const Look& look = v.look;
    const Theme& t = look.t();
    const QRectF box = s.isList() ? QRectF(QPointF(l.labelX, l.prices.top()), l.prices.bottomRight()) : l.prices;
    const std::vector<Price> rows = pricesOf(s);
    const QString note = pricesNote(s);
    const QFont title = look.words(16, QFont::DemiBold), small = look.words(13);
    const double noteHeight = note.isEmpty() ? 0 : wrappedHeight(small, note, box.width()) + look.px(6);
    const double n = static_cast<double>(rows.size());
    // Rows give way where there is little height; the note goes first.
    bool hasNote = !note.isEmpty();
    double pitch = look.px(29);
    const double head = look.px(34);
    const auto needs = [&] { return head + n * pitch + (hasNote ? noteHeight : 0); };
    if (needs() > box.height()) pitch = std::max(look.px(20), (box.height() - head - (hasNote ? noteHeight : 0)) / std::max(1.0, n));
    if (needs() > box.height() && !rows.empty()) hasNote = false;
    if (needs() > box.height()) pitch = std::max(look.px(18), (box.height() - head) / std::max(1.0, n));

    const bool isTight = pitch < look.px(22);
    const QFont text = look.words(isTight ? 13 : 14), number = look.numbers(isTight ? 14 : 18, QFont::Bold);
    p.setPen(t.ink);
    drawShaped(p, title, {box.left(), box.top() + look.px(22)}, elidedTo(title, pricesTitle(s), box.width()));
    double y = box.top() + head;
    std::uint64_t most = 1;
    double numbers = 0, words = 0;
    for (const Price& r : rows) {
        most = std::max(most, r.value);
        numbers = std::max(numbers, numberWidth(number, grouped(r.value)));
        words = std::max(words, advanceOf(text, r.text));
    }
    // Text, number, bar: the bar gets what is left, and is left out where that is little.
    words = std::min(words, std::max(look.px(80), box.width() - numbers - look.px(20)));
    const double numberRight = std::min(box.right(), box.left() + words + look.px(20) + numbers);
    const double barLeft = numberRight + look.px(20);
    for (const Price& r : rows) {
        if (y + pitch > box.bottom() + 1) break;
        const double base = y + pitch * .66;
        p.setPen(t.ink2);
        drawShaped(p, text, {box.left(), base}, elidedTo(text, r.text, words));
        p.setPen(t.ink);
        const QString value = grouped(r.value);
        drawNumber(p, number, {numberRight - numberWidth(number, value), base + look.px(1)}, value);
        const double width = box.right() - barLeft;
        if (width > look.px(40)) {
            const double thick = std::min(look.px(10), pitch * .45), top = base - look.px(5) - thick / 2;
            p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
            p.setBrush(t.sunken);
            p.drawRoundedRect(QRectF(barLeft, top, width, thick), thick / 2, thick / 2);
            p.setPen(Qt::NoPen);
            p.setBrush(r.kind == Price::Kind::Saved ? t.ok : r.kind == Price::Kind::Cost ? t.late : t.ink3);
            if (r.value != 0) p.drawRoundedRect(QRectF(barLeft, top, std::max(look.px(4), width * static_cast<double>(r.value) / static_cast<double>(most)), thick), thick / 2, thick / 2);
        }
        y += pitch;
    }
    if (!hasNote) return;
    p.setPen(t.ink2);
    drawWrapped(p, small, QRectF(QPointF(box.left(), y + look.px(6)), QPointF(box.right(), box.bottom())), note);
}

} // namespace jiffy::ui
