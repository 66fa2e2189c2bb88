// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/painter.h"
#include "ui/nohz/words.h"

#include "ui/theme/number_text.h"
#include "ui/theme/shaped_text.h"
#include "ui/wheel/glyphs.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

QString say(const char* text) { return QCoreApplication::translate("Nohz", text); }

/// From the instant on its lane down to the band: one thing is the other one, opened.
void paintCone(QPainter& p, const NohzPicture& v)
{
    const NohzLayout& l = v.layout;
    const Look& look = v.look;
    const double at = v.scale.xOf(static_cast<double>(v.scene.story->account.beginTick));
    if (at < v.scale.left - 1 || at > v.scale.right + 1) return;
    const Theme& t = look.t();
    const double top = l.lanes.bottom() + look.px(1), bottom = l.band.top() - look.px(6);
    const QPolygonF cone({{at - look.px(2), top}, {at + look.px(2), top}, {l.band.right() + look.px(3), bottom}, {l.band.left() - look.px(3), bottom}});
    p.setPen(Qt::NoPen);
    p.setBrush(mix(t.canvas, t.now, t.dark ? .20 : .13));
    p.drawPolygon(cone);
}

void paintTurns(QPainter& p, const NohzPicture& v, double top, double bottom)
{
    const Opened& o = v.opened;
    const Theme& t = v.look.t();
    const QColor pale = mix(t.canvas, t.now, .38);
    p.setPen(Qt::NoPen);
    if (o.perTurn < ticksApart) {
        p.setBrush(pale);
        p.drawRect(QRectF(QPointF(o.doneX, top), QPointF(o.right, bottom)));
        p.setBrush(t.now);
        p.drawRect(QRectF(QPointF(o.left, top), QPointF(o.doneX, bottom)));
        return;
    }
    const double wide = std::clamp(o.perTurn * .68, v.look.px(1), v.look.px(14));
    const std::uint64_t turns = v.scene.story->told.turns;
    std::vector<QRectF> rects;
    for (std::uint64_t i = 0; i < turns; ++i) {
        if (i == v.scene.turnsDone) {
            p.setBrush(t.now);
            p.drawRects(rects.data(), static_cast<int>(rects.size()));
            rects.clear();
        }
        rects.emplace_back(o.xOfTurn(static_cast<double>(i)) - wide / 2, top, wide, bottom - top);
    }
    p.setBrush(v.scene.turnsDone >= turns ? t.now : pale);
    p.drawRects(rects.data(), static_cast<int>(rects.size()));
}

/// 6.1: clk goes from bucket to bucket, as arcs over the jiffies that it does not look at.
void paintArcs(QPainter& p, const NohzPicture& v)
{
    const Look& look = v.look;
    const Theme& t = look.t();
    const QRectF& band = v.layout.band;
    p.setPen(QPen(t.line2, look.px(1.2)));
    p.drawLine(QPointF(band.left(), band.bottom() - look.px(6)), QPointF(band.right(), band.bottom() - look.px(6)));
    for (const auto& a : v.opened.arcs) {
        const double y = band.bottom() - look.px(6), high = std::min(band.height() - look.px(12), look.px(12) + (a.to - a.from) * .3);
        QPainterPath path({a.from, y});
        path.quadTo({(a.from + a.to) / 2, y - 2 * high}, {a.to, y});
        QPen pen(t.now, look.px(2.2));
        if (a.isDeferrable) pen.setStyle(Qt::DashLine);
        p.setOpacity(a.isPast ? 1 : .42);
        p.setPen(pen);
        p.setBrush(Qt::NoBrush);
        p.drawPath(path);
        p.setPen(Qt::NoPen);
        p.setBrush(t.now);
        const double h = look.px(6);
        p.drawPolygon(QPolygonF({{a.to, y + look.px(2)}, {a.to - h * .8, y - h}, {a.to + h * .35, y - h}}));
    }
    p.setOpacity(1);
}

void paintItems(QPainter& p, const NohzPicture& v)
{
    const Look& look = v.look;
    const Theme& t = look.t();
    const QRectF& band = v.layout.band;
    const double dotY = band.top() + look.px(8);
    for (const auto& i : v.opened.items) {
        if (i.what != OpenedItem::What::Cascade) continue;
        QColor hue = t.levelHue(i.level);
        hue.setAlphaF(i.isPast ? 1.f : .55f);
        p.setPen(Qt::NoPen);
        p.setBrush(hue);
        const double wide = look.px(i.label.isEmpty() ? 2 : 5);
        p.drawRoundedRect(QRectF(i.x - wide / 2, band.top(), wide, band.height()), look.px(1.5), look.px(1.5));
    }
    const OpenedItem* current = nullptr;
    for (const auto& i : v.opened.items) {
        if (i.what != OpenedItem::What::Call) continue;
        if (i.isCurrent) {
            current = &i;
            continue;
        }
        p.setPen(QPen(t.now, look.px(1.8)));
        p.setBrush(i.isPast ? t.now : t.canvas);
        p.drawEllipse(QPointF(i.x, dotY), look.px(4), look.px(4));
    }
    if (current != nullptr) {
        if (v.withGlow) paintGlow(p, t, {current->x, dotY}, look.px(7));
        paintGlyph(p, t, Glyph::Firing, {current->x, dotY}, look.px(7), t.now);
    }
}

void paintLabels(QPainter& p, const NohzPicture& v)
{
    const Look& look = v.look;
    const Theme& t = look.t();
    const NohzLayout& l = v.layout;
    for (const auto& i : v.opened.items) {
        if (i.label.isEmpty()) continue;
        p.setPen(QPen(t.line2, look.px(1.2)));
        p.drawLine(QPointF(i.x, l.band.bottom() + look.px(6)), QPointF(i.x, l.labels - look.px(13)));
        const QColor hue = i.what == OpenedItem::What::Cascade ? t.levelHue(i.level) : t.nowText;
        const auto line = [&](const QFont& font, const QString& text, const QColor& colour, double y, bool isNumber) {
            p.setPen(colour);
            const double w = isNumber ? numberWidth(font, text) : advanceOf(font, text);
            const double x = std::clamp(i.x - w / 2, i.label.left(), std::max(i.label.left(), i.label.right() - w));
            if (isNumber) drawNumber(p, font, {x, y}, text);
            else drawShaped(p, font, {x, y}, text);
        };
        line(look.numbers(13, QFont::Bold), i.number, i.isPast ? t.ink : t.ink3, l.labels, true);
        line(look.words(13, QFont::DemiBold), i.name, hue, l.labels + look.px(18), false);
        line(look.words(12.5), i.detail, i.isPast ? t.ink2 : t.ink3, l.labels + look.px(34), false);
    }
}

} // namespace

void paintNohzOpened(QPainter& p, const NohzPicture& v)
{
    const NohzLayout& l = v.layout;
    if (!l.hasOpened) return;
    const Look& look = v.look;
    const Theme& t = look.t();
    const NohzScene& s = v.scene;
    if (s.story) paintCone(p, v);
    const double room = l.right - l.labelX;
    p.setPen(t.ink);
    drawShaped(p, look.words(14, QFont::DemiBold), {l.labelX, l.openedTitle}, elidedTo(look.words(14, QFont::DemiBold), openedTitle(s), room));
    p.setPen(t.ink2);
    drawShaped(p, look.words(12.5), {l.labelX, l.openedTitle + look.px(18)}, elidedTo(look.words(12.5), openedText(s), room));
    const QRectF frame = l.band.adjusted(-look.px(3), -look.px(6), look.px(3), look.px(6));
    p.setPen(Qt::NoPen);
    if (!s.story) {
        // Nothing has been caught up with: an empty band says as much.
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(t.line2, look.px(1), Qt::DashLine));
        p.drawRoundedRect(frame.adjusted(0, look.px(6), 0, 0), look.px(8), look.px(8));
        p.setPen(t.ink3);
        const QString text = elidedTo(look.words(13), nothingOpened(s), frame.width() - look.px(16));
        drawShaped(p, look.words(13), {frame.center().x() - advanceOf(look.words(13), text) / 2, frame.center().y() + look.px(5)}, text);
        return;
    }
    p.setBrush(mix(t.canvas, t.now, t.dark ? .12 : .07));
    if (t.name == ThemeName::HighContrast) p.setPen(QPen(t.line, 1));
    p.drawRoundedRect(frame, look.px(8), look.px(8));
    if (v.opened.perTurn > 0) paintTurns(p, v, l.band.top() + std::min(look.px(22), l.band.height() * .38), l.band.bottom());
    else paintArcs(p, v);
    paintItems(p, v);
    paintLabels(p, v);

    // The counter at the left.
    const auto& c = s.story->account;
    const QString label = v.opened.perTurn > 0 ? say("turn") : s.isModern() ? say("buckets") : say("called");
    const QString number = grouped(v.opened.perTurn > 0 || s.isModern() ? s.turnsDone : c.fired);
    QFont big = look.numbers(24, QFont::Bold);
    const double width = numberWidth(big, number), most = l.left - l.labelX - look.px(10);
    if (width > most) big.setPointSizeF(big.pointSizeF() * most / width);
    p.setPen(t.ink2);
    drawShaped(p, look.words(12.5), {l.labelX, l.band.center().y() - look.px(6)}, label);
    p.setPen(t.nowText);
    drawNumber(p, big, {l.labelX, l.band.center().y() + look.px(18)}, number);
}

} // namespace jiffy::ui
