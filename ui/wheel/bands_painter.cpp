// SPDX-License-Identifier: GPL-3.0-or-later
// What only the bands have: cones, captions of levels and rows, names beside dots, the tray.
#include "ui/theme/number_text.h"
#include "ui/wheel/band_layout.h"
#include "ui/wheel/band_names.h"
#include "ui/wheel/fan_painter.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/words.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

QColor bandFloor(const Theme& t, int level)
{
    return mix(t.canvas, t.levelTint(level), t.dark ? .15 : .11);
}

/// 6.1: "lvl4", jiffies that a slot spans, and below, where there is room, how long that is.
void paintModernCaptions(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    const Theme& t = w.look.t();
    const double pitch = layout.rowBox(0, 0).center().y() - layout.rowBox(1, 0).center().y();
    const double fits = std::min(1.0, pitch / w.look.px(18));
    const bool hasTwoLines = pitch >= w.look.px(34);
    const QFont name = w.look.words(14 * fits, QFont::Bold), jiffies = w.look.numbers(12.5 * fits, QFont::Bold), span = w.look.words(12 * fits);
    // Names stand in a column of their own, beside the longest number.
    const double longest = numberWidth(jiffies, grouped(1ull << w.scene.geometry.level[static_cast<std::size_t>(layout.open() - 1)].shift));
    const double nameAway = std::max(w.look.px(62), w.look.px(12 + 8) + longest);
    for (int l = 0; l < layout.open(); ++l) {
        const core::Level& level = w.scene.geometry.level[static_cast<std::size_t>(l)];
        const double y = layout.rowBox(l, 0).center().y() + w.look.px(4) * fits, x = layout.left() - w.look.px(12);
        const double lift = hasTwoLines ? w.look.px(8) : 0;
        drawWords(p, {layout.left() - nameAway, y}, QString::fromStdString(w.scene.geometry.levelName(l)), name, t.levelHue(l), Align::Right);
        drawSpanNumber(p, {x, y - lift}, level, jiffies, t.levelHue(l));
        if (hasTwoLines)
            drawWords(p, {x, y + lift}, durationText(std::ldexp(1.0, level.shift) / w.scene.hz.value), span, t.ink2, Align::Right);
    }
    if (layout.open() == layout.levels()) return;
    const QRectF narrow = layout.band(layout.levels() - 1).united(layout.band(layout.open()));
    const QString which = layout.open() + 1 == layout.levels()
                              ? QString::fromStdString(w.scene.geometry.levelName(layout.open()))
                              : wheelText("lvl%1 to %2").arg(layout.open()).arg(layout.levels() - 1);
    drawWords(p, {layout.left() - w.look.px(12), narrow.center().y() + w.look.px(4)}, which, w.look.words(12, QFont::DemiBold), t.ink3, Align::Right);
}

FanPlace fanPlace(const BandLayout& layout)
{
    return {layout.fan(), layout.fanAxis(), [&layout](SlotPlace place) { return layout.box(place); }, layout.open()};
}

void paintLevelCaptions(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    const Theme& t = w.look.t();
    // Large text shrinks where the bands stand closer than its lines.
    const int top = layout.levels() - 1;
    const double pitch = layout.rowBox(top - 1, 0).center().y() - layout.rowBox(top, 0).center().y();
    const double fits = std::min(1.0, pitch / w.look.px(18));
    const QFont nameFont = w.look.words(14 * fits, QFont::Bold), spanFont = w.look.words(12 * fits),
                rowFont = w.look.numbers(11.5);
    const double x = layout.left() - w.look.px(12), base = w.look.px(4);
    for (int l = 0; l < (w.scene.isModern() ? 0 : layout.levels()); ++l) {
        // Where a level has rows of its own numbers, its name stands at the first dots.
        const QRectF row0 = layout.rowBox(l, 0);
        const double y = layout.rows(l) > 1 ? row0.top() + row0.height() * 13 / 43 : row0.center().y();
        const double seconds =
            std::ldexp(1.0, w.scene.geometry.level[static_cast<std::size_t>(l)].shift) / w.scene.hz.value;
        drawWords(p, {layout.left() - w.look.px(66), y + base}, QString::fromStdString(w.scene.geometry.levelName(l)), nameFont, t.levelHue(l), Align::Right);
        drawWords(p, {x, y + base}, durationText(seconds), spanFont, t.ink2, Align::Right);
        for (int row = 1; row < layout.rows(l); ++row)
            drawWords(p, {x, layout.rowBox(l, row).center().y() + base},
                      QString::number(static_cast<std::uint32_t>(row) * layout.columns()), rowFont, t.ink3,
                      Align::Right);
    }
    if (w.scene.isModern()) paintModernCaptions(p, w, layout);
    const QFont digits = w.look.numbers(11);
    const std::uint32_t every = std::max(1u, layout.columns() / 8);
    // So does the number of a bucket of the top level.
    const auto marks = w.scene.isModern() ? fanMarks(w.look, w.scene, fanPlace(layout)) : std::vector<FanMark>{};
    const auto hand = w.scene.geometry.level[static_cast<std::size_t>(top)].indexOf(w.scene.position);
    for (std::uint32_t i = 0; i < layout.columns(); i += every) {
        const QRectF cell = layout.box({top, i});
        // The hand's mark stands there, and is wider than a narrow column.
        if (layout.columnWidth() * std::abs(static_cast<double>(i) - hand) < w.look.px(12)) continue;
        const QRectF digit(cell.center().x() - w.look.px(9), cell.top() - w.look.px(18), w.look.px(18), w.look.px(12));
        if (std::any_of(marks.begin(), marks.end(), [&digit](const FanMark& m) { return m.box.intersects(digit); })) continue;
        drawWords(p, {cell.center().x(), cell.top() - w.look.px(8)}, QString::number(i), digits, t.ink3,
                  Align::Centre);
    }
}

void paintTitle(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    const QFont font = w.look.words(14, QFont::Medium);
    const QString text = w.scene.isModern() ? modernTitle(w.scene.geometry, layout.open())
                                            : wheelText("A slot of one level is the whole level below it");
    const QPointF at = layout.title();
    const double end = heatChipBox(w).left();
    const double room = end - w.look.px(12) - at.x();
    if (QFontMetricsF(font).horizontalAdvance(text) <= room) drawWords(p, at, text, font, w.look.t().ink2, Align::Left);
}

/// 6.1: what the clock does, where the tray is while nothing is called.
void paintClockNotes(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    if (w.scene.running.isValid()) return;
    const Theme& t = w.look.t();
    QPointF at(layout.tray().left() + w.look.px(30), layout.tray().center().y() + w.look.px(4));
    const QStringList notes = clockNotes(w.scene);
    for (qsizetype i = 0; i < notes.size(); ++i) {
        const QFont font = i == 0 ? w.look.numbers(13, QFont::DemiBold) : w.look.words(13);
        p.setPen(i == 0 ? t.ink : t.ink2);
        drawNumber(p, font, at, notes[i]);
        at += QPointF(numberWidth(font, notes[i]) + w.look.px(22), 0);
    }
}

void paintNames(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    const Theme& t = w.look.t();
    const QFont font = w.look.numbers(12, QFont::Medium);
    const QFontMetricsF metrics(font);
    std::vector<QRectF> obstacles;
    for (const DotSpot& d : dotSpots(w.scene, layout)) {
        const double r = w.flights.isNewcomer(d.timer.id) ? layout.newcomerRadius()
                                                          : layout.dotRadius(d.place.level, d.timer.isNamed);
        obstacles.push_back(QRectF(d.at.x() - r, d.at.y() - r, 2 * r, 2 * r));
    }
    if (w.scene.isModern())
        for (const FanMark& m : fanMarks(w.look, w.scene, fanPlace(layout))) {
            obstacles.push_back(m.box);
            const double rays = w.look.px(18);
            if (m.fan->isNow) obstacles.emplace_back(m.at.x() - rays, m.at.y() - rays, 2 * rays, 2 * rays);
        }
    std::vector<NameRequest> requests;
    std::vector<QString> names;
    const auto ask = [&](core::TimerId id, int priority) {
        const auto spot = spotOf(w.scene, layout, id);
        if (!spot || w.flights.isMoving(id)) return;
        const double radius = w.flights.isNewcomer(id) || id == w.selected ? layout.newcomerRadius() + .8
                                                                           : layout.dotRadius(0, true) + 2.5;
        names.push_back(metrics.elidedText(w.scene.nameOf(id), Qt::ElideMiddle, w.look.px(150)));
        requests.push_back({static_cast<int>(names.size()) - 1, spot->at, radius,
                            metrics.horizontalAdvance(names.back()), priority});
    };
    bool hasSelected = false;
    for (const NamedTimer& n : namedTimers(w)) {
        ask(n.id, n.priority);
        hasSelected = hasSelected || n.id == w.selected;
    }
    if (!hasSelected && w.selected.isValid()) ask(w.selected, 4);
    const QRectF room = QRectF(QPointF(layout.left(), w.canvas.top()), QPointF(w.canvas.right() - 4, w.canvas.bottom()));
    const double height = w.look.px(17);
    for (const NamePlace& n : namePlaces(std::move(requests), obstacles, room, height)) {
        QColor veil = t.canvas;
        veil.setAlphaF(.88f);
        p.setPen(Qt::NoPen);
        p.setBrush(veil);
        p.drawRoundedRect(n.box, 4, 4);
        drawWords(p, {n.box.left() + 3, n.box.center().y() + w.look.px(4.2)}, names[static_cast<std::size_t>(n.key)],
                  font, t.ink, Align::Left);
    }
}

} // namespace

void paintBandFloor(QPainter& p, const BandLayout& layout, const Look& look, core::Jiffies position)
{
    const Theme& t = look.t();
    p.setPen(Qt::NoPen);
    for (int l = 0; l + 1 < layout.levels(); ++l) {
        const auto above = layout.geometry().level[static_cast<std::size_t>(l) + 1].indexOf(position);
        if (l + 1 >= layout.open()) continue; // too narrow to point at anything
        if (layout.rows(l + 1) > 1) continue;
        p.setBrush(mix(t.canvas, t.levelTint(l), t.dark ? .10 : .07));
        p.drawPolygon(layout.cone(l, above));
    }
    for (int l = 0; l < layout.levels(); ++l) {
        p.setBrush(bandFloor(t, l));
        for (std::uint32_t i = 0; i < layout.slots(l); ++i)
            p.drawPolygon(layout.fill({l, i}));
    }
}

void paintBandLabels(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    paintTitle(p, w, layout);
    if (w.scene.isModern()) paintFanLines(p, w.look, w.scene, fanPlace(layout));
    paintLevelCaptions(p, w, layout);
    if (w.scene.isModern()) paintClockNotes(p, w, layout);
    paintNames(p, w, layout);
}

void paintDrainCount(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    const StepEffects& e = w.scene.effects;
    if (!w.motion || !w.motion->isRunning() || e.drains.empty()) return;
    const auto moved =
        static_cast<std::uint64_t>(std::llround(static_cast<double>(e.moveCount) * w.motion->drain()));
    const QString text = wheelText("%1 of %2 moved").arg(grouped(moved), grouped(e.moveCount));
    const QPointF at(layout.band(0).center().x(), (layout.band(0).top() + layout.band(1).bottom()) / 2);
    drawWords(p, at + QPointF(0, w.look.px(7)), text, w.look.words(20, QFont::Bold), w.look.t().ink, Align::Centre);
}

void paintTray(QPainter& p, const WheelPicture& w, const BandLayout& layout)
{
    if (w.scene.isModern()) paintFanWords(p, w.look, w.scene, fanPlace(layout), w.withGlow);
    if (!w.scene.running.isValid()) return;
    const Theme& t = w.look.t();
    SlotPlace from{0, w.scene.geometry.level[0].indexOf(w.scene.position)};
    if (w.scene.runningFrom && w.scene.isShown(*w.scene.runningFrom)) from = {w.scene.runningFrom->level, w.scene.runningFrom->index};
    const bool isOfOtherWheel = w.scene.runningFrom && !w.scene.isShown(*w.scene.runningFrom);
    const FlightPath path = layout.pathToTray(from);
    for (std::size_t k = 0; k + 1 < path.size() && !isOfOtherWheel; ++k) {
        const double u = (static_cast<double>(k) + .5) / (flightPoints - 1);
        QColor c = mix(t.levelHue(from.level), t.now, u);
        c.setAlphaF(static_cast<float>(.5 + .5 * u));
        p.setPen(QPen(c, 1.8 + 1.2 * u, Qt::SolidLine, k == 0 ? Qt::RoundCap : Qt::FlatCap));
        p.drawLine(path[k], path[k + 1]);
    }
    const QRectF tray = layout.tray();
    p.setPen(t.name == ThemeName::HighContrast ? QPen(t.now, 1) : QPen(Qt::NoPen));
    p.setBrush(t.nowBg);
    p.drawRoundedRect(tray, w.look.px(12), w.look.px(12));
    const QPointF spot = layout.traySpot();
    const double radius = 7 * w.look.scale;
    if (w.withGlow) paintGlow(p, t, spot, radius * .87);
    paintGlyph(p, t, Glyph::Firing, spot, radius, t.now, w.motion ? w.motion->rays() : 1);

    const QString name = w.scene.nameOf(w.scene.running);
    const QFont nameFont = w.look.numbers(16, QFont::Bold), workFont = w.look.numbers(14),
                stateFont = w.look.words(13, QFont::DemiBold);
    const double base = tray.center().y() + w.look.px(5.5), gap = w.look.px(16);
    double x = spot.x() + w.look.px(30);
    const QString state = wheelText("base unlocked, running_timer = %1").arg(name);
    const double stateWidth = QFontMetricsF(stateFont).horizontalAdvance(state);
    x += drawWords(p, {x, base}, name, nameFont, t.ink, Align::Left) + gap;
    double end = tray.right() - gap;
    if (end - stateWidth > x) {
        drawWords(p, {end, base}, state, stateFont, t.nowText, Align::Right);
        end -= stateWidth + gap;
    }
    const QFontMetricsF metrics(workFont);
    const QString work = w.scene.work;
    if (end - x > metrics.averageCharWidth() * 12)
        drawWords(p, {x, base}, metrics.elidedText(work, Qt::ElideRight, end - x), workFont, t.ink2, Align::Left);
}

} // namespace jiffy::ui
