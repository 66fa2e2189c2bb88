// SPDX-License-Identifier: GPL-3.0-or-later
// Words and numbers of the ring view: rim, hub, the other CPUs, the durations of slots.
#include "ui/theme/number_text.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/painter.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>

#include <cmath>

namespace jiffy::ui
{

namespace
{

QString say(const char* text)
{
    return QCoreApplication::translate("WheelView", text);
}

/// Draws with the baseline at y; returns the width.
enum class Align
{
    Left,
    Centre,
    Right
};

double drawWords(QPainter& p, QPointF at, const QString& text, const QFont& font, const QColor& colour,
                 Align align)
{
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    const double x = align == Align::Left    ? at.x()
                     : align == Align::Right ? at.x() - width
                                             : at.x() - width / 2;
    p.setFont(font);
    p.setPen(colour);
    p.drawText(QPointF(x, at.y()), text);
    return width;
}

struct Named
{
    core::TimerId id;
    SlotPlace place;
};

// ---- rim

/// Keeps the place of the hand's number among the labels; nothing is painted for it.
constexpr int handKey = -1;

/// The corner in which the durations of slots stand.
QRectF durationsCorner(const WheelPicture& w)
{
    const double width = w.look.px(112), height = w.look.px(38) + w.look.px(21) * w.layout.levels();
    return QRectF(w.canvas.right() - width, w.canvas.bottom() - height, width, height);
}

/// Timers whose names stand at the rim, outside the slot under the hand.
std::vector<Named> rimTimers(const WheelPicture& w, std::vector<LabelRequest>& requests)
{
    std::vector<Named> named;
    const Scene& s = w.scene;
    const std::uint32_t slots = w.layout.slots(0), hand = s.geometry.level[0].indexOf(s.position);
    bool nextFound = false;
    for (std::uint32_t i = 0; i < slots; ++i) {
        const SlotPlace place{0, (hand + i) % slots};
        const SceneSlot& slot = s.slot(0, place.index);
        for (std::uint32_t k = 0; k < slot.known && k < 4; ++k) {
            const SceneTimer& timer = slot.first[k];
            const bool isSelected = timer.id == w.selected, isMoving = w.flights.isMoving(timer.id);
            const bool isNext = !nextFound && i != 0;
            nextFound = nextFound || i != 0;
            if (i == 0 || (isMoving && w.flights.moves.size() == 1)) continue; // beside the hand; in its chip
            if (s.pending > heatViewFrom && !isSelected && !isMoving && !isNext) continue;
            if (!isSelected && !isMoving && !isNext && !timer.isNamed) continue;
            const int priority = isSelected                       ? 4
                                 : isNext                         ? 3
                                 : isMoving                       ? 2
                                 : w.flights.isNewcomer(timer.id) ? 1
                                                                  : 0;
            requests.push_back({static_cast<int>(named.size()), w.layout.angleOf(place), priority});
            named.push_back({timer.id, place});
        }
    }
    return named;
}

void paintRimLabel(QPainter& p, const WheelPicture& w, const LabelPlace& label, const Named& timer)
{
    const Theme& t = w.look.t();
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(t.line2, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.drawPolyline(QPolygonF{label.rim, label.elbow, label.end});
    const QFont nameFont = w.look.numbers(12.5, QFont::Medium), slotFont = w.look.numbers(12.5, QFont::Bold);
    const QString slot = QString::number(timer.place.index);
    const double slotWidth = QFontMetricsF(slotFont).horizontalAdvance(slot),
                 space = QFontMetricsF(nameFont).horizontalAdvance(u' ');
    const double left = w.canvas.left() +
                        miniColumnWidth(static_cast<int>(w.scene.cpus.size()), w.look.scale) - w.look.px(20);
    const QRectF corner = durationsCorner(w);
    const double right = label.end.y() > corner.top() ? corner.left() : w.canvas.right() - 8;
    const double room = (label.isRight ? right - label.end.x() : label.end.x() - left) - 5 - slotWidth - space;
    // Where both do not fit, the name says more than the slot, which its place shows.
    const QString whole = w.scene.nameOf(timer.id);
    const bool hasSlot = QFontMetricsF(nameFont).horizontalAdvance(whole) <= room;
    const double forName = hasSlot ? room : room + slotWidth + space;
    const QString name = QFontMetricsF(nameFont).elidedText(whole, Qt::ElideMiddle, std::max(forName, w.look.px(24)));
    const double nameWidth = QFontMetricsF(nameFont).horizontalAdvance(name);
    const double y = label.end.y() + w.look.px(4.3);
    const double behind = hasSlot ? slotWidth + space : 0;
    const double x = label.isRight ? label.end.x() + 5 : label.end.x() - 5 - behind - nameWidth;
    drawWords(p, {x, y}, name, nameFont, t.ink, Align::Left);
    if (hasSlot)
        drawWords(p, {x + nameWidth + space, y}, slot, slotFont, t.levelHue(0), Align::Left);
}

/// Name beside the hand: the timer that is being called, or those waiting in its slot.
void paintHandLabel(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const Scene& s = w.scene;
    const core::Level& level = s.geometry.level[0];
    const std::uint32_t index = level.indexOf(s.position);
    const QPointF tip = w.layout.polar(w.layout.radius() + w.look.px(18), w.layout.angleOf({0, index}));
    const bool isRight = tip.x() >= w.layout.centre().x() - 1;
    const Align align = isRight ? Align::Left : Align::Right;
    const double sign = isRight ? 1 : -1;
    if (s.running.isValid()) {
        drawWords(p, tip + QPointF(sign * (10 + 17 * std::min(w.layout.marks(), 1.2)), w.look.px(5)),
                  s.nameOf(s.running), w.look.numbers(15, QFont::Bold), t.nowText, align);
        return;
    }
    const SceneSlot& slot = s.slot(0, index);
    if (slot.known == 0) return;
    const SceneTimer& first = slot.first[0];
    if (w.flights.isMoving(first.id) && w.flights.moves.size() == 1) return;
    QString text = s.nameOf(first.id);
    if (slot.count > 1) text += say(" +%1").arg(slot.count - 1);
    drawWords(p, tip + QPointF(sign * w.look.px(18), w.look.px(4.3)), text,
              w.look.numbers(12.5, QFont::Medium), t.ink, align);
}

void paintDigits(QPainter& p, const WheelPicture& w, const std::vector<double>& taken)
{
    const Theme& t = w.look.t();
    const WheelLayout& layout = w.layout;
    for (const std::uint32_t i : layout.rimDigits(taken)) {
        const QPointF at = layout.polar(layout.radius() + w.look.px(13), layout.angleOf({0, i}));
        drawWords(p, at + QPointF(0, w.look.px(4)), QString::number(i), w.look.numbers(11.5), t.ink3,
                  Align::Centre);
    }
    if (layout.radius() < WheelLayout::numbersRadius || layout.levels() < 2) return;
    const std::uint32_t hand = w.scene.geometry.level[1].indexOf(w.scene.position), n = layout.slots(1);
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

HubWords hubWords(const Scene& s)
{
    const Turn& turn = s.effects.turn;
    if (s.running.isValid()) {
        const bool isCounted = turn.cpu == s.cpu && turn.fireTotal > 0;
        return {say("fires"), isCounted ? say("%1 of %2").arg(turn.fired).arg(turn.fireTotal) : QString(),
                true, false};
    }
    if (turn.cpu == s.cpu && turn.cascadeTotal > 0 && !turn.isServing)
        return {QStringLiteral("%1/%2").arg(turn.cascadeDone).arg(turn.cascadeTotal), say("cascading"), false,
                true};
    return {grouped(s.pending), say("pending"), false, true};
}

void paintHub(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const QPointF c = w.layout.centre();
    const double room = w.layout.ring(w.layout.levels() - 1).inner * 1.7;
    const HubWords words = hubWords(w.scene);
    // The hub does not grow with the text scale: words shrink to fit.
    const auto drawFitted = [&](double y, const QString& text, QFont font, const QColor& colour) {
        const double width = numberWidth(font, text);
        if (width > room) font.setPointSizeF(font.pointSizeF() * room / width);
        p.setPen(colour);
        drawNumber(p, font, c + QPointF(-numberWidth(font, text) / 2, y), text);
    };
    const double k = std::min(w.look.scale, w.layout.radius() / 200);
    const Look look(t.name, k);
    drawWords(p, c + QPointF(0, -25 * k), say("CPU %1").arg(w.scene.cpu), look.words(13, QFont::DemiBold),
              t.ink2, Align::Centre);
    const QFont big = words.isNumber ? look.numbers(32, QFont::Bold) : look.words(26, QFont::Bold);
    drawFitted((words.isNumber ? 9 : 7) * k, words.big, big, words.isNow ? t.nowText : t.ink);
    drawFitted(28.5 * k, words.small, look.words(12.5, QFont::Medium), t.ink2);
}

// ---- surroundings

void paintMiniWheel(QPainter& p, const WheelPicture& w, const Glance& g, QPointF centre, double radius)
{
    const Theme& t = w.look.t();
    const WheelLayout mini(w.scene.geometry, centre, radius);
    const std::array<Ring, 2> rings{{{radius * 24 / 33, radius}, {radius * 12 / 33, radius * 20 / 33}}};
    for (std::size_t l = 0; l < 2; ++l) {
        const QColor& tint = t.tint[l];
        const QColor base = mix(t.canvas, tint, t.dark ? .15 : .12);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(base, rings[l].width()));
        p.drawEllipse(centre, rings[l].middle(), rings[l].middle());
        const std::uint32_t groups = Glance::groups(w.scene.geometry.level[l]);
        const double step = 360.0 / groups;
        p.setPen(Qt::NoPen);
        for (std::uint32_t i = 0; i < groups; ++i) {
            const std::uint32_t n = (l == 0 ? g.outer : g.inner)[i];
            if (n == 0) continue;
            p.setBrush(mix(base, tint, std::min(.95, .3 + .65 * std::log2(1.0 + n) / 9)));
            p.drawPolygon(mini.sector(rings[l], i * step, step));
        }
    }
    p.setPen(QPen(t.now, radius < 26 ? 1.8 : 2.2, Qt::SolidLine, Qt::RoundCap));
    p.drawLine(mini.polar(rings[0].inner - 1, g.outerHand), mini.polar(rings[0].outer + 2, g.outerHand));
    p.drawLine(mini.polar(rings[1].inner - 1, g.innerHand), mini.polar(rings[1].outer + 2, g.innerHand));
    if (g.isFiring) paintGlyph(p, t, Glyph::Firing, mini.polar(radius + 1, g.outerHand), 3.6, t.now);
}

void paintMiniCard(QPainter& p, const WheelPicture& w, const MiniPlace& m)
{
    const Theme& t = w.look.t();
    const Glance& g = w.scene.cpus[static_cast<std::size_t>(m.cpu)];
    const bool isShown = m.cpu == w.scene.cpu;
    if (m.radius == 0) { // a strip: the bar's length follows the logarithm of the timers
        const double bar = std::min(1.0, std::log2(1.0 + static_cast<double>(g.pending)) / 20) *
                           (m.card.width() - w.look.px(26));
        const QRectF at(m.card.left() + w.look.px(24), m.card.top() + 1, std::max(bar, 1.0),
                        m.card.height() - 2);
        p.fillRect(at, isShown ? t.levelHue(0) : mix(t.canvas, t.levelTint(0), .45));
        if (g.isFiring) p.fillRect(QRectF(at.right() + 2, at.top(), 3, at.height()), t.now);
        if (m.card.height() >= w.look.px(11) || m.cpu % 8 == 0 || isShown)
            drawWords(p, {at.left() - w.look.px(4), at.center().y() + w.look.px(4)}, QString::number(m.cpu),
                      w.look.numbers(11.5, isShown ? QFont::Bold : QFont::Normal), isShown ? t.ink : t.ink3,
                      Align::Right);
        return;
    }
    if (isShown) {
        p.setBrush(t.raised);
        p.setPen(QPen(t.line2, 1));
        p.drawRoundedRect(m.card, w.look.px(12), w.look.px(12));
    }
    paintMiniWheel(p, w, g, m.centre, m.radius);
    if (!m.hasName) return;
    double y = m.centre.y() + m.radius + w.look.px(19);
    drawWords(p, {m.centre.x(), y}, say("CPU %1").arg(m.cpu),
              w.look.words(m.hasDetail ? 13 : 11.5, QFont::DemiBold), isShown ? t.ink : t.ink2,
              Align::Centre);
    if (!m.hasDetail) return;
    const QFont font = w.look.words(12);
    const QString count = grouped(g.pending);
    QString detail = g.isFiring ? say("%1 · firing").arg(count)
                     : isShown  ? say("%1 pending").arg(count)
                                : count;
    if (QFontMetricsF(font).horizontalAdvance(detail) > m.card.width() - 6) detail = count;
    drawWords(p, {m.centre.x(), y + w.look.px(17)}, detail, font, isShown ? t.ink2 : t.ink3, Align::Centre);
}

void paintSlotDurations(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const double right = w.canvas.right() - w.look.px(18), row = w.look.px(21);
    double y = w.canvas.bottom() - w.look.px(17) - row * w.layout.levels();
    drawWords(p, {right, y}, say("one slot"), w.look.words(12, QFont::Medium), t.ink3, Align::Right);
    for (int l = 0; l < w.layout.levels(); ++l) {
        y += row;
        const QFont font = w.look.words(13, QFont::Bold);
        drawWords(p, {right, y}, QStringLiteral("tv%1").arg(l + 1), font, t.levelHue(l), Align::Right);
        const double seconds =
            std::ldexp(1.0, w.scene.geometry.level[static_cast<std::size_t>(l)].shift) / w.scene.hz.value;
        drawWords(p, {right - w.look.px(32), y}, durationText(seconds), w.look.words(13, QFont::Medium),
                  t.ink, Align::Right);
    }
}

void paintHeatChip(QPainter& p, const WheelPicture& w)
{
    if (w.scene.pending <= heatViewFrom) return;
    const Theme& t = w.look.t();
    const QString text = say("heat view, %1 timers").arg(grouped(w.scene.pending));
    const QFont font = w.look.words(12.5, QFont::DemiBold);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + w.look.px(24), height = w.look.px(26);
    const QRectF chip(w.canvas.right() - w.look.px(16) - width, w.canvas.top() + w.look.px(14), width,
                      height);
    p.setBrush(t.sunken);
    p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
    p.drawRoundedRect(chip, height / 2, height / 2);
    drawWords(p, {chip.center().x(), chip.center().y() + w.look.px(4.5)}, text, font, t.ink2, Align::Centre);
}

} // namespace

QString durationText(double seconds)
{
    struct Unit
    {
        double upTo, factor;
        const char* text;
    };
    static constexpr std::array<Unit, 5> units{
        {{.9995e-3, 1e6, QT_TRANSLATE_NOOP("WheelView", "%1 µs")},
         {.9995, 1e3, QT_TRANSLATE_NOOP("WheelView", "%1 ms")},
         {120, 1, QT_TRANSLATE_NOOP("WheelView", "%1 s")},
         {7'200, 1 / 60.0, QT_TRANSLATE_NOOP("WheelView", "%1 min")},
         {1e300, 1 / 3'600.0, QT_TRANSLATE_NOOP("WheelView", "%1 h")}}};
    for (const Unit& u : units) {
        if (seconds >= u.upTo) continue;
        const double v = seconds * u.factor;
        const int decimals = v >= 99.95 ? 0 : v >= 9.995 ? 1 : 2;
        QString digits = QLocale().toString(v, 'f', decimals);
        if (decimals > 0) {
            while (digits.endsWith(u'0'))
                digits.chop(1);
            if (!digits.back().isDigit()) digits.chop(1);
        }
        return say(u.text).arg(digits);
    }
    return QString();
}

void paintLabels(QPainter& p, const WheelPicture& w)
{
    std::vector<LabelRequest> requests;
    const std::vector<Named> named = rimTimers(w, requests);
    const double margin = w.look.px(12), pitch = w.look.px(19);
    const double handAngle = w.layout.angleOf({0, w.scene.geometry.level[0].indexOf(w.scene.position)});
    // Near 12 o'clock the hand's own label comes first.
    const bool isHandOnTop = std::abs(std::remainder(handAngle, 360)) < 40;
    double top = isHandOnTop ? w.layout.polar(w.layout.radius() + w.look.px(18), handAngle).y() + pitch
                             : w.canvas.top() + margin;
    if (w.scene.pending > heatViewFrom) top = std::max(top, w.canvas.top() + w.look.px(52)); // below the chip
    if (!isHandOnTop) requests.push_back({handKey, handAngle, 100});
    const Labels labels = labelPlaces(w.layout, requests, pitch, top, w.canvas.bottom() - margin);
    std::vector<double> taken{handAngle};
    double lowestRight = 0, lowestLeft = 0;
    for (const LabelPlace& l : labels.places) {
        if (l.key == handKey) continue;
        const Named& timer = named[static_cast<std::size_t>(l.key)];
        paintRimLabel(p, w, l, timer);
        taken.push_back(w.layout.angleOf(timer.place));
        (l.isRight ? lowestRight : lowestLeft) = std::max(l.isRight ? lowestRight : lowestLeft, l.end.y());
    }
    const auto paintMore = [&](int more, double y, bool isRight) {
        if (more == 0) return;
        const double reach = w.layout.radius() + w.look.px(29);
        drawWords(p,
                  w.layout.centre() +
                      QPointF(isRight ? reach : -reach, y - w.layout.centre().y() + w.look.px(23)),
                  QStringLiteral("+%1").arg(more), w.look.numbers(12.5), w.look.t().ink3,
                  isRight ? Align::Left : Align::Right);
    };
    paintMore(labels.moreRight, lowestRight, true);
    paintMore(labels.moreLeft, lowestLeft, false);
    paintDigits(p, w, taken);
    paintHandLabel(p, w);
    paintHub(p, w);
}

void paintMini(QPainter& p, const WheelPicture& w)
{
    paintMiniWheel(p, w, w.scene.cpus[static_cast<std::size_t>(w.scene.cpu)], w.layout.centre(),
                   w.layout.radius());
}

void paintSurroundings(QPainter& p, const WheelPicture& w)
{
    for (const MiniPlace& m : miniPlaces(static_cast<int>(w.scene.cpus.size()), w.canvas, w.look.scale))
        paintMiniCard(p, w, m);
    paintSlotDurations(p, w);
    paintHeatChip(p, w);
}

} // namespace jiffy::ui
