// SPDX-License-Identifier: GPL-3.0-or-later
// What only the rings have: round floor, leaders to names outside the rim, words in the hub, the hand's line and pill.
#include "ui/theme/number_text.h"
#include "ui/wheel/fan_painter.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/minis.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/words.h"

#include <cmath>

namespace jiffy::ui
{

namespace
{

void paintSeparators(QPainter& p, const RingLayout& layout, const Theme& t, int level)
{
    const Ring r = layout.ring(level);
    QVector<QLineF> thin, thick;
    for (std::uint32_t i = 0; i < layout.slots(level); ++i) {
        const double angle = i * layout.step(level);
        const double width = layout.separator(level, i);
        if (width == 0) continue;
        (width > 2 ? thick : thin)
            .append(QLineF(layout.polar(r.inner - .5, angle), layout.polar(r.outer + .5, angle)));
    }
    p.setPen(QPen(t.canvas, level == 0 ? .8 : 1, Qt::SolidLine, Qt::FlatCap));
    p.drawLines(thin);
    p.setPen(QPen(t.canvas, 2.2, Qt::SolidLine, Qt::FlatCap));
    p.drawLines(thick);
}

/// A name that is cut shorter says nothing, and is left out.
constexpr qsizetype fewestLetters = 7;

/// Keeps the place of the hand's number among the labels; nothing is painted for it.
constexpr int handKey = -1;

/// The corner in which the durations of slots stand.
QRectF durationsCorner(const WheelPicture& w)
{
    const double width = w.look.px(112), height = w.look.px(38) + w.look.px(21) * levelsNamed(w);
    return QRectF(w.canvas.right() - width, w.canvas.bottom() - height, width, height);
}

/// Made once for all labels of a picture.
struct LabelFonts
{
    QFont name, slot;
    QFontMetricsF nameMetrics, slotMetrics;
    explicit LabelFonts(const Look& look)
        : name(look.numbers(12.5, QFont::Medium)), slot(look.numbers(12.5, QFont::Bold)), nameMetrics(name),
          slotMetrics(slot)
    {
    }
};

bool paintRimLabel(QPainter& p, const WheelPicture& w, const LabelFonts& fonts, const LabelPlace& label,
                   const NamedTimer& timer)
{
    const Theme& t = w.look.t();
    const QString slot = QString::number(timer.place.index);
    const double slotWidth = fonts.slotMetrics.horizontalAdvance(slot), space = fonts.nameMetrics.horizontalAdvance(u' ');
    const double left = w.canvas.left() +
                        miniColumnWidth(static_cast<int>(w.scene.cpus.size()), w.look.scale) - w.look.px(20);
    const QRectF corner = durationsCorner(w);
    const QRectF above = formSwitchBox(w.canvas, w.look).united(heatChipBox(w));
    const double right = label.end.y() > corner.top()     ? corner.left() - w.look.px(10)
                         : label.end.y() < above.bottom() + 10 ? above.left() - 8
                                                          : w.canvas.right() - 8;
    const double room = (label.isRight ? right - label.end.x() : label.end.x() - left) - 5 - slotWidth - space;
    // Where both do not fit, the name says more than the slot, which its place shows.
    const QString whole = w.scene.nameOf(timer.id);
    const double wholeWidth = fonts.nameMetrics.horizontalAdvance(whole);
    const bool hasSlot = wholeWidth <= room;
    const double forName = hasSlot ? room : room + slotWidth + space;
    const QString name =
        hasSlot ? whole : fonts.nameMetrics.elidedText(whole, Qt::ElideMiddle, std::max(forName, 0.0));
    if (name.size() < std::min<qsizetype>(whole.size(), fewestLetters)) return false;
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(t.line2, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.drawPolyline(QPolygonF{label.rim, label.elbow, label.end});
    const double nameWidth = hasSlot ? wholeWidth : fonts.nameMetrics.horizontalAdvance(name);
    const double y = label.end.y() + w.look.px(4.3);
    const double behind = hasSlot ? slotWidth + space : 0;
    const double x = label.isRight ? label.end.x() + 5 : label.end.x() - 5 - behind - nameWidth;
    drawWords(p, {x, y}, name, fonts.name, t.ink, Align::Left);
    if (hasSlot) drawWords(p, {x + nameWidth + space, y}, slot, fonts.slot, t.levelHue(0), Align::Left);
    return true;
}

/// Name beside the hand: the timer that is being called, or those waiting in its slot.
void paintHandLabel(QPainter& p, const WheelPicture& w, const RingLayout& layout)
{
    const Theme& t = w.look.t();
    const Scene& s = w.scene;
    const core::Level& level = s.geometry.level[0];
    const std::uint32_t index = level.indexOf(s.position);
    const QPointF tip = layout.polar(layout.radius() + w.look.px(18), layout.angleOf({0, index}));
    const bool isRight = tip.x() >= layout.centre().x() - 1;
    const Align align = isRight ? Align::Left : Align::Right;
    const double sign = isRight ? 1 : -1;
    if (s.running.isValid() && s.runningFrom) return; // beside its bucket
    if (s.running.isValid()) {
        drawWords(p, tip + QPointF(sign * (10 + 17 * std::min(layout.marks(), 1.2)), w.look.px(5)),
                  s.nameOf(s.running), w.look.numbers(15, QFont::Bold), t.nowText, align);
        return;
    }
    const SceneSlot& slot = s.slot(0, index);
    if (slot.known == 0) return;
    const SceneTimer& first = slot.first[0];
    if (w.flights.isMoving(first.id) && w.flights.moves.size() == 1) return;
    QString text = s.nameOf(first.id);
    if (slot.count > 1) text += wheelText(" +%1").arg(slot.count - 1);
    drawWords(p, tip + QPointF(sign * w.look.px(18), w.look.px(4.3)), text,
              w.look.numbers(12.5, QFont::Medium), t.ink, align);
}

void paintDigits(QPainter& p, const WheelPicture& w, const RingLayout& layout, const std::vector<double>& taken)
{
    const Theme& t = w.look.t();
    for (const std::uint32_t i : layout.rimDigits(taken)) {
        const QPointF at = layout.polar(layout.radius() + w.look.px(13), layout.angleOf({0, i}));
        drawWords(p, at + QPointF(0, w.look.px(4)), QString::number(i), w.look.numbers(11.5), t.ink3,
                  Align::Centre);
    }
    if (layout.radius() < RingLayout::numbersRadius || layout.levels() < 2) return;
    const std::uint32_t hand = w.scene.geometry.level[1].indexOf(w.scene.position), n = layout.slots(1);
    if (w.scene.isModern()) return; // its rings stand close together
    for (std::uint32_t i = 0; i < n; i += n / 8) {
        if (i == hand) continue;
        const QPointF at = layout.polar(.574 * layout.radius(), layout.angleOf({1, i}));
        drawWords(p, at + QPointF(0, 3.2), QString::number(i), w.look.numbers(9), t.ink3, Align::Centre);
    }
}

// ---- hub

struct HubWords
{
    QString big, small;
    bool isNow = false, isNumber = true;
};

HubWords hubWords(const WheelPicture& w)
{
    const Scene& s = w.scene;
    const Turn& turn = s.effects.turn;
    if (w.motion && w.motion->isRunning() && !s.effects.drains.empty()) { // the count runs
        const auto moved = static_cast<std::uint64_t>(std::llround(static_cast<double>(s.effects.moveCount) * w.motion->drain()));
        return {grouped(moved), wheelText("of %1 moved").arg(grouped(s.effects.moveCount)), false, true};
    }
    if (s.running.isValid()) {
        const bool isCounted = turn.cpu == s.cpu && turn.fireTotal > 0;
        return {wheelText("fires"), isCounted ? wheelText("%1 of %2").arg(turn.fired).arg(turn.fireTotal) : QString(),
                true, false};
    }
    if (turn.cpu == s.cpu && turn.cascadeTotal > 0 && !turn.isServing)
        return {QStringLiteral("%1/%2").arg(turn.cascadeDone).arg(turn.cascadeTotal), wheelText("cascading"), false,
                true};
    return {grouped(s.pendingShown()), wheelText("pending"), false, true};
}

void paintHub(QPainter& p, const WheelPicture& w, const RingLayout& layout)
{
    const Theme& t = w.look.t();
    const QPointF c = layout.centre();
    const double room = layout.ring(layout.levels() - 1).inner * 1.7;
    const HubWords words = hubWords(w);
    // The hub does not grow with the text scale: words shrink to fit.
    const auto drawFitted = [&](double y, const QString& text, QFont font, const QColor& colour) {
        const double width = numberWidth(font, text);
        if (width > room) font.setPointSizeF(font.pointSizeF() * room / width);
        p.setPen(colour);
        drawNumber(p, font, c + QPointF(-numberWidth(font, text) / 2, y), text);
    };
    const double k = std::min(w.look.scale, layout.radius() / 200);
    const Look look(t.name, k);
    const QString cpu = wheelText("CPU %1").arg(w.scene.cpu);
    drawWords(p, c + QPointF(0, -25 * k), !hasTwoWheels(w.scene) ? cpu : cpu + (w.scene.wheel == 0 ? QStringLiteral(" std") : QStringLiteral(" def")), look.words(13, QFont::DemiBold),
              t.ink2, Align::Centre);
    const QFont big = words.isNumber ? look.numbers(32, QFont::Bold) : look.words(26, QFont::Bold);
    drawFitted((words.isNumber ? 9 : 7) * k, words.big, big, words.isNow ? t.nowText : t.ink);
    drawFitted(28.5 * k, words.small, look.words(12.5, QFont::Medium), t.ink2);
    if (!hasTwoWheels(w.scene)) return;
    const std::uint64_t others = w.scene.pending - w.scene.pendingShown();
    const QString where = w.scene.wheel == 0 ? wheelText("%1 in def") : wheelText("%1 in std");
    if (others > 0) drawFitted(43 * k, where.arg(grouped(others)), look.words(11.5), t.ink3);
}

/// 6.1: the bucket that is being called, or has just been: a sun, its number, and who it is.
void paintBuckets(QPainter& p, const WheelPicture& w, const RingLayout& layout)
{
    const Theme& t = w.look.t();
    const Scene& s = w.scene;
    for (const Fan& fan : s.fans) {
        if (!fan.isNow || !s.isShown(fan.bucket)) continue;
        const QPointF at = layout.middle({fan.bucket.level, fan.bucket.index});
        const double radius = 6.4 * std::min(layout.marks(), 1.2);
        if (w.withGlow) paintGlow(p, t, at, radius);
        paintGlyph(p, t, Glyph::Firing, at, radius, t.now, w.motion ? w.motion->rays() : 1);
        // The number of the call is that of the whole softirq, as in the hub and in the words.
        const bool isRunning = s.runningFrom && *s.runningFrom == fan.bucket;
        const QString name = isRunning ? s.nameOf(s.running) : QString(), number = fanText(s, fan);
        const QString text = name.isEmpty() ? number : number.isEmpty() ? name : wheelText("%1, %2").arg(name, number);
        if (text.isEmpty()) continue;
        const double away = 3.4 * radius;
        const bool growsRight = at.x() + away + nameChipWidth(w.look, text) < w.canvas.right();
        paintNameChip(p, w.look, at + QPointF(growsRight ? away : -away, 0), growsRight, text);
    }
}

} // namespace

void paintRingFloor(QPainter& p, const RingLayout& layout, const Look& look)
{
    const Theme& t = look.t();
    for (int l = 0; l < layout.levels(); ++l) {
        const Ring r = layout.ring(l);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(slotFloor(t, l), r.width(), Qt::SolidLine, Qt::FlatCap));
        p.drawEllipse(layout.centre(), r.middle(), r.middle());
        paintSeparators(p, layout, t, l);
    }
}

void paintRingLabels(QPainter& p, const WheelPicture& w, const RingLayout& layout)
{
    std::vector<LabelRequest> requests;
    const std::uint32_t hand = w.scene.geometry.level[0].indexOf(w.scene.position);
    std::vector<NamedTimer> named = namedTimers(w);
    std::erase_if(named, [hand](const NamedTimer& n) { return n.place.index == hand; }); // beside the hand
    for (const NamedTimer& n : named)
        requests.push_back({static_cast<int>(requests.size()), layout.angleOf(n.place), n.priority});
    const double margin = w.look.px(12), pitch = w.look.px(19);
    const double handAngle = layout.angleOf({0, w.scene.geometry.level[0].indexOf(w.scene.position)});
    // Near 12 o'clock the hand's own label comes first.
    const bool isHandOnTop = std::abs(std::remainder(handAngle, 360)) < 40;
    const double top = isHandOnTop ? layout.polar(layout.radius() + w.look.px(18), handAngle).y() + pitch
                                   : w.canvas.top() + margin;
    const double bottom = w.canvas.bottom() - margin;
    if (!isHandOnTop) requests.push_back({handKey, handAngle, 100});
    const Labels labels = labelPlaces(layout, requests, pitch, {top, bottom}, {top, bottom});
    std::vector<double> taken{handAngle};
    const LabelFonts fonts(w.look);
    double lowestRight = 0, lowestLeft = 0;
    for (const LabelPlace& l : labels.places) {
        if (l.key == handKey) continue;
        const NamedTimer& timer = named[static_cast<std::size_t>(l.key)];
        if (!paintRimLabel(p, w, fonts, l, timer)) continue;
        taken.push_back(layout.angleOf(timer.place));
        (l.isRight ? lowestRight : lowestLeft) = std::max(l.isRight ? lowestRight : lowestLeft, l.end.y());
    }
    const auto paintMore = [&](int more, double y, bool isRight) {
        if (more == 0) return;
        const double reach = layout.radius() + w.look.px(29);
        drawWords(p,
                  layout.centre() +
                      QPointF(isRight ? reach : -reach, y - layout.centre().y() + w.look.px(23)),
                  QStringLiteral("+%1").arg(more), w.look.numbers(12.5), w.look.t().ink3,
                  isRight ? Align::Left : Align::Right);
    };
    paintMore(labels.moreRight, lowestRight, true);
    paintMore(labels.moreLeft, lowestLeft, false);
    paintDigits(p, w, layout, taken);
    paintHandLabel(p, w, layout);
}

void paintRingHand(QPainter& p, const WheelPicture& w, const RingLayout& layout, double handAngle)
{
    paintHub(p, w, layout);
    const Theme& t = w.look.t();
    const Ring rim = layout.ring(0);
    p.setPen(QPen(t.now, 2.4, Qt::SolidLine, Qt::RoundCap));
    if (!w.scene.isModern()) p.drawLine(layout.polar(.732 * layout.radius(), handAngle), layout.polar(rim.inner - 1, handAngle));
    p.drawLine(layout.polar(rim.outer + 1, handAngle), layout.polar(rim.outer + 9, handAngle));
    const QPointF tip = layout.polar(rim.outer + w.look.px(18), handAngle);
    if (w.scene.isModern()) paintBuckets(p, w, layout);
    if (w.scene.running.isValid() && !w.scene.runningFrom) {
        const double radius = 7 * std::min(layout.marks(), 1.2); // its rays stay on the canvas
        if (w.withGlow) paintGlow(p, t, tip, radius);
        paintGlyph(p, t, Glyph::Firing, tip, radius, t.now, w.motion ? w.motion->rays() : 1);
        return;
    }
    const QString number = QString::number(w.scene.geometry.level[0].indexOf(w.scene.position));
    const QFont font = w.look.numbers(12.5, QFont::Bold);
    const double width =
        std::max(w.look.px(22), QFontMetricsF(font).horizontalAdvance(number) + w.look.px(9));
    const QRectF pill(tip.x() - width / 2, tip.y() - w.look.px(9), width, w.look.px(18));
    p.setPen(Qt::NoPen);
    p.setBrush(t.pill);
    p.drawRoundedRect(pill, w.look.px(5), w.look.px(5));
    p.setFont(font);
    p.setPen(t.pillText);
    p.drawText(pill, Qt::AlignCenter, number);
}

} // namespace jiffy::ui
