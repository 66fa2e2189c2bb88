// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside the wheel in both geometries: the other CPUs, the durations of slots, the heat view's chip.
#include "ui/theme/number_text.h"
#include "ui/wheel/band_layout.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/mini_cache.h"
#include "ui/wheel/minis.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/words.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace jiffy::ui
{

namespace
{

constexpr std::array<double, 4> miniBorders{24 / 33.0, 1, 12 / 33.0, 20 / 33.0}; ///< of tv1 and tv2, of the radius

void paintMiniHeat(QPainter& p, const WheelPicture& w, const Glance& g, QPointF centre, double radius)
{
    const Theme& t = w.look.t();
    const RingLayout mini(w.scene.geometry, w.canvas, centre, radius);
    for (std::size_t l = 0; l < 2; ++l) {
        const Ring ring{radius * miniBorders[2 * l], radius * miniBorders[2 * l + 1]};
        const QColor& tint = t.tint[l];
        const QColor base = mix(t.canvas, tint, t.dark ? .15 : .12);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(base, ring.width()));
        p.drawEllipse(centre, ring.middle(), ring.middle());
        const std::uint32_t groups = Glance::groups(w.scene.geometry.level[l]);
        const double step = 360.0 / groups;
        p.setPen(Qt::NoPen);
        for (std::uint32_t i = 0; i < groups; ++i) {
            const std::uint32_t n = (l == 0 ? g.outer : g.inner)[i];
            if (n == 0) continue;
            p.setBrush(mix(base, tint, std::min(.95, .3 + .65 * std::log2(1.0 + n) / 9)));
            p.drawPolygon(mini.sector(ring, i * step, step));
        }
    }
}

void paintMiniWheel(QPainter& p, const WheelPicture& w, int cpu, QPointF centre, double radius)
{
    const Theme& t = w.look.t();
    const Glance& g = w.scene.cpus[static_cast<std::size_t>(cpu)];
    if (w.minis) {
        const double half = std::ceil(radius) + 1;
        const QPixmap& picture = w.minis->picture(
            cpu, g, 2 * half, [&](QPainter& q) { paintMiniHeat(q, w, g, {half, half}, radius); });
        p.drawPixmap(centre - QPointF(half, half), picture);
    } else {
        paintMiniHeat(p, w, g, centre, radius);
    }
    const RingLayout mini(w.scene.geometry, w.canvas, centre, radius);
    p.setPen(QPen(t.now, radius < 26 ? 1.8 : 2.2, Qt::SolidLine, Qt::RoundCap));
    for (const auto& [inner, outer, angle] : {std::tuple(miniBorders[0], miniBorders[1], g.outerHand),
                                              std::tuple(miniBorders[2], miniBorders[3], g.innerHand)})
        p.drawLine(mini.polar(radius * inner - 1, angle), mini.polar(radius * outer + 2, angle));
    if (g.isFiring) paintGlyph(p, t, Glyph::Firing, mini.polar(radius + 1, g.outerHand), 3.6, t.now);
}

std::uint64_t mostPending(const Scene& scene)
{
    std::uint64_t most = 0;
    for (const Glance& g : scene.cpus)
        most = std::max(most, g.pending);
    return most;
}

void paintMiniCard(QPainter& p, const WheelPicture& w, const MiniPlace& m)
{
    const Theme& t = w.look.t();
    const Glance& g = w.scene.cpus[static_cast<std::size_t>(m.cpu)];
    const bool isShown = m.cpu == w.scene.cpu;
    if (m.radius == 0) { // a strip: the bar's length follows the logarithm of the timers
        const double bar = std::log2(1.0 + static_cast<double>(g.pending)) /
                           std::log2(2.0 + static_cast<double>(mostPending(w.scene))) * (m.card.width() - w.look.px(34));
        if (m.cpu == 0)
            drawWords(p, {m.card.left() + w.look.px(24), m.card.top() - w.look.px(7)}, wheelText("timers, log"),
                      w.look.words(11.5), t.ink3, Align::Left);
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
    paintMiniWheel(p, w, m.cpu, m.centre, m.radius);
    if (!m.hasName) {
        drawWords(p, {m.centre.x() - m.radius - w.look.px(3), m.centre.y() + w.look.px(4)}, QString::number(m.cpu),
                  w.look.numbers(11.5, isShown ? QFont::Bold : QFont::Normal), isShown ? t.ink : t.ink3, Align::Right);
        return;
    }
    double y = m.centre.y() + m.radius + w.look.px(19);
    drawWords(p, {m.centre.x(), y}, wheelText("CPU %1").arg(m.cpu),
              w.look.words(m.hasDetail ? 13 : 11.5, QFont::DemiBold), isShown ? t.ink : t.ink2,
              Align::Centre);
    if (!m.hasDetail) return;
    const QFont font = w.look.words(12);
    const QString count = grouped(g.pending);
    QString detail = g.isFiring ? wheelText("%1 · firing").arg(count)
                     : isShown  ? wheelText("%1 pending").arg(count)
                                : count;
    if (QFontMetricsF(font).horizontalAdvance(detail) > m.card.width() - 6) detail = count;
    drawWords(p, {m.centre.x(), y + w.look.px(17)}, detail, font, isShown ? t.ink2 : t.ink3, Align::Centre);
}

/// 6.1: where the clock of the wheel shown stands, and when it next has something to do.
void paintModernNote(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const Scene& s = w.scene;
    const double column = miniColumnWidth(static_cast<int>(s.cpus.size()), w.look.scale);
    const QPointF at(w.canvas.left() + std::max(column, w.look.px(18)), w.canvas.top() + w.look.px(28));
    const QStringList notes = clockNotes(s);
    for (qsizetype i = 0; i < notes.size(); ++i) {
        p.setPen(i == 0 ? t.ink : i == 1 ? t.ink2 : t.ink3);
        drawNumber(p, i == 0 ? w.look.numbers(13, QFont::DemiBold) : w.look.words(12.5), at + QPointF(0, w.look.px(18) * static_cast<double>(i)), notes[i]);
    }
}

void paintSlotDurations(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const double right = w.canvas.right() - w.look.px(18), row = w.look.px(21);
    const int levels = levelsNamed(w); // narrow ones hold nothing
    double y = w.canvas.bottom() - w.look.px(17) - row * levels;
    drawWords(p, {right, y}, wheelText("one slot"), w.look.words(12, QFont::Medium), t.ink3, Align::Right);
    for (int l = 0; l < levels; ++l) {
        y += row;
        const QFont font = w.look.words(13, QFont::Bold);
        drawWords(p, {right, y}, QString::fromStdString(w.scene.geometry.levelName(l)), font, t.levelHue(l), Align::Right);
        const double seconds =
            std::ldexp(1.0, w.scene.geometry.level[static_cast<std::size_t>(l)].shift) / w.scene.hz.value;
        drawWords(p, {right - w.look.px(w.scene.isModern() ? 36 : 32), y}, durationText(seconds), w.look.words(13, QFont::Medium),
                  t.ink, Align::Right);
    }
}

void paintHeatChip(QPainter& p, const WheelPicture& w)
{
    const QRectF chip = heatChipBox(w);
    if (w.scene.pending <= heatViewFrom) return;
    const Theme& t = w.look.t();
    p.setBrush(t.sunken);
    p.setPen(t.name == ThemeName::HighContrast ? QPen(t.line, 1) : QPen(Qt::NoPen));
    p.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2);
    drawWords(p, {chip.center().x(), chip.center().y() + w.look.px(4.5)}, heatChipText(w.scene),
              w.look.words(12.5, QFont::DemiBold), t.ink2, Align::Centre);
}

/// Above 64 timers in a slot heat no longer tells numbers that one can guess.
void paintHeatScale(QPainter& p, const WheelPicture& w)
{
    if (w.scene.fullest <= heatFirstFrom) return;
    const QString text = wheelText("heat: log scale to %1").arg(grouped(w.scene.fullest));
    const QFont font = w.look.words(12);
    if (const BandLayout* bands = w.layout.bands()) {
        if (w.scene.isModern() && !w.scene.running.isValid())
            drawWords(p, {bands->right(), bands->tray().center().y() + w.look.px(4)}, text, font, w.look.t().ink3, Align::Right);
        else if (!w.scene.running.isValid())
            drawWords(p, {bands->left(), bands->band(0).bottom() + w.look.px(22)}, text, font, w.look.t().ink3, Align::Left);
        return;
    }
    const QRectF above = formSwitchBox(w.canvas, w.look).united(heatChipBox(w)).united(hasTwoWheels(w.scene) ? baseSwitchBox(w.canvas, w.look, WheelForm::Rings) : QRectF());
    drawWords(p, {above.right(), above.bottom() + w.look.px(20)}, text, font, w.look.t().ink3, Align::Right);
}

} // namespace

int levelsNamed(const WheelPicture& w)
{
    const RingLayout* rings = w.layout.rings();
    return rings && w.scene.isModern() ? rings->open() : w.layout.levels();
}

QString heatChipText(const Scene& scene)
{
    return scene.pending <= heatViewFrom ? QString() : wheelText("heat view, %1 timers").arg(grouped(scene.pending));
}

QRectF formSwitchBox(const QRectF& canvas, const Look& look)
{
    return QRectF(canvas.right() - look.px(16 + 148), canvas.top() + look.px(14), look.px(148), look.px(30));
}

bool hasTwoWheels(const Scene& scene)
{
    return scene.geometry.wheels > 1 && (scene.deferrables > 0 || scene.wheel > 0 || (scene.running.isValid() && scene.isDeferrableRunning));
}

QRectF baseSwitchBox(const QRectF& canvas, const Look& look, WheelForm form)
{
    const QRectF above = formSwitchBox(canvas, look);
    // The handle for new timers stands between them.
    if (form == WheelForm::Bands) return above.translated(-above.width() - look.px(16) - above.height(), 0);
    return above.translated(0, above.height() + look.px(8));
}

namespace
{

/// The switches, as far as they stand in one row.
QRectF switchesBox(const WheelPicture& w)
{
    const QRectF form = formSwitchBox(w.canvas, w.look);
    const bool isRow = hasTwoWheels(w.scene) && w.layout.form() == WheelForm::Bands;
    return isRow ? form.united(baseSwitchBox(w.canvas, w.look, WheelForm::Bands)) : form;
}

} // namespace

QRectF heatChipBox(const WheelPicture& w)
{
    const QRectF above = switchesBox(w);
    const QString text = heatChipText(w.scene);
    if (text.isEmpty()) return QRectF(above.bottomLeft(), QSizeF(above.width(), 0));
    const double width =
        QFontMetricsF(w.look.words(12.5, QFont::DemiBold)).horizontalAdvance(text) + w.look.px(24);
    // Bands have their title there; rings their rim.
    if (w.layout.form() == WheelForm::Bands)
        return QRectF(above.left() - w.look.px(12) - width, above.top() + w.look.px(2), width, w.look.px(26));
    if (hasTwoWheels(w.scene)) return QRectF(above.right() - width, baseSwitchBox(w.canvas, w.look, WheelForm::Rings).bottom() + w.look.px(10), width, w.look.px(26));
    return QRectF(above.right() - width, above.bottom() + w.look.px(10), width, w.look.px(26));
}

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
        return wheelText(u.text).arg(digits);
    }
    return QString();
}

void paintMini(QPainter& p, const WheelPicture& w)
{
    const RingLayout* rings = w.layout.rings();
    if (rings)
        paintMiniWheel(p, w, w.scene.cpu, rings->centre(), rings->radius());
}

void paintSurroundings(QPainter& p, const WheelPicture& w)
{
    for (const MiniPlace& m : miniPlaces(static_cast<int>(w.scene.cpus.size()), w.canvas, w.look.scale))
        paintMiniCard(p, w, m);
    if (w.layout.rings() && w.scene.isModern() && !w.layout.isMini()) paintModernNote(p, w);
    if (w.layout.rings()) paintSlotDurations(p, w); // bands have them beside their levels
    paintHeatChip(p, w);
    paintHeatScale(p, w);
}

} // namespace jiffy::ui
