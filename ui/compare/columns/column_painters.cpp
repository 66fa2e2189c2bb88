// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/columns/column_painters.h"

#include "ui/wheel/fan_painter.h"
#include "ui/wheel/glyphs.h"
#include "ui/theme/look.h"
#include "ui/theme/shaped_text.h"
#include "ui/wheel/words.h"

#include <QPaintEngine>
#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

std::uint32_t slotsOf(const ColumnPicture& w, int level)
{
    return static_cast<std::uint32_t>(w.scene.geometry.level[static_cast<std::size_t>(level)].slots);
}

QRectF slotBox(const ColumnPicture& w, int level, std::uint32_t index)
{
    const double gap = std::min(.4, w.bands.columnWidth * .08);
    return w.bands.slot(level, index).adjusted(gap, 0, -gap, 0);
}

/// Of slots that hold nothing.
void drawFloors(QPainter& p, const ColumnPicture& w)
{
    const Theme& t = w.look.t();
    p.setPen(Qt::NoPen);
    for (int l = 0; l < static_cast<int>(w.bands.bands.size()); ++l) {
        p.setBrush(mix(t.canvas, t.levelTint(l), t.dark ? .15 : .12));
        for (std::uint32_t i = 0; i < slotsOf(w, l); ++i)
            p.drawRect(slotBox(w, l, i));
    }
}

QString floorKey(const ColumnPicture& w, double ratio)
{
    QString key = QStringLiteral("column floor");
    const auto add = [&key](double v) { key += QLatin1Char(' ') + QString::number(v, 'g', 12); };
    add(static_cast<double>(w.look.t().name));
    add(ratio);
    add(w.bands.left);
    add(w.bands.columnWidth);
    add(w.bands.columns);
    add(w.bands.rowGap);
    for (std::size_t l = 0; l < w.bands.bands.size(); ++l) {
        add(w.bands.bands[l].top);
        add(w.bands.bands[l].rowHeight);
        add(slotsOf(w, static_cast<int>(l)));
    }
    return key;
}

/// They change with the room and the theme only, and are hundreds: on a screen a picture of them is kept.
void paintFloors(QPainter& p, const ColumnPicture& w)
{
    const QTransform& to = p.deviceTransform();
    const double ratio = p.device()->devicePixelRatioF();
    const QRect box = w.bands.band(static_cast<int>(w.bands.bands.size()) - 1).united(w.bands.band(0)).toAlignedRect();
    const QPointF at = to.map(QPointF(box.topLeft()));
    const bool isOnPixels = to.type() <= QTransform::TxScale && qFuzzyCompare(to.m11(), ratio) && qFuzzyCompare(to.m22(), ratio) &&
                            std::abs(at.x() - std::round(at.x())) < 1e-6 && std::abs(at.y() - std::round(at.y())) < 1e-6;
    if (!isOnPixels || p.paintEngine()->type() != QPaintEngine::Raster) return drawFloors(p, w);
    const QString key = floorKey(w, ratio);
    QPixmap picture;
    if (!QPixmapCache::find(key, &picture)) {
        picture = QPixmap((QSizeF(box.size()) * ratio).toSize());
        picture.setDevicePixelRatio(ratio);
        picture.fill(Qt::transparent);
        QPainter floor(&picture);
        floor.setRenderHint(QPainter::Antialiasing);
        floor.translate(-box.topLeft());
        drawFloors(floor, w);
        floor.end();
        QPixmapCache::insert(key, picture);
    }
    p.drawPixmap(box.topLeft(), picture);
}

void paintHeat(QPainter& p, const ColumnPicture& w, int level)
{
    p.setPen(Qt::NoPen);
    for (std::uint32_t i = 0; i < slotsOf(w, level); ++i) {
        const SceneSlot& slot = w.scene.slot(level, i);
        if (slot.count == 0) continue;
        p.setBrush(slotHeat(w.look.t(), level, slot.count, std::max<std::uint64_t>(w.scene.fullest, 16)));
        p.drawRect(slotBox(w, level, i));
    }
}

void paintDots(QPainter& p, const ColumnPicture& w, int level)
{
    const Theme& t = w.look.t();
    for (std::uint32_t i = 0; i < slotsOf(w, level); ++i) {
        const SceneSlot& slot = w.scene.slot(level, i);
        for (std::uint32_t k = 0; k < slot.known; ++k)
            if (slot.first[k].id == w.selected) paintSelectionRing(p, t, w.bands.spot(level, i), w.bands.dot);
        // A slot with several has its heat; a dot would say that there is one.
        if (slot.count != 1) continue;
        paintGlyph(p, t, slot.first[0].isDeferrable ? Glyph::Deferrable : Glyph::Pending, w.bands.spot(level, i), w.bands.dot,
                   t.levelHue(level));
    }
}

/// Where a timer ran from that is being called, or was in this step.
std::optional<SlotPlace> firedPlace(const Scene& s)
{
    if (s.runningFrom && s.isShown(*s.runningFrom)) return SlotPlace{s.runningFrom->level, s.runningFrom->index};
    if (s.effects.backwards) return std::nullopt;
    for (auto f = s.effects.fired.rbegin(); f != s.effects.fired.rend(); ++f)
        if (const core::Place place = s.geometry.place(f->slot); s.isShown(place)) return SlotPlace{place.level, place.index};
    return std::nullopt;
}

/// What the hands point at: in the tick that has called somebody, the jiffy of that; the clock has moved on since.
core::Jiffies handsAt(const Scene& s)
{
    if (s.running.isValid() || !firedPlace(s)) return s.position;
    if (s.isModern()) return s.fans.empty() || !s.fans.front().isNow ? s.position : s.fans.front().due;
    return s.position == s.geometry.word.add(s.clock.jiffies, 1) ? s.clock.jiffies : s.position;
}

void paintHandBox(QPainter& p, const ColumnPicture& w, int level, bool isStrong)
{
    QColor now = w.look.t().now;
    if (!isStrong) now.setAlphaF(.5f);
    const auto index = w.scene.geometry.level[static_cast<std::size_t>(level)].indexOf(handsAt(w.scene));
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(now, isStrong ? 2 : 1.2));
    p.drawRoundedRect(w.bands.slot(level, index).adjusted(-.6, -1, .6, 1), 2, 2);
}

void paintSunAt(QPainter& p, const ColumnPicture& w, QPointF at)
{
    const double radius = w.look.px(6.4);
    if (w.withGlow) paintGlow(p, w.look.t(), at, radius);
    paintGlyph(p, w.look.t(), Glyph::Firing, at, radius, w.look.t().now);
}

/// How many were called on that CPU: a sun stands for all of them.
void paintTimes(QPainter& p, const ColumnPicture& w, QPointF at)
{
    std::uint64_t fired = 0;
    for (const auto& f : w.scene.effects.fired)
        fired += w.scene.geometry.place(f.slot).cpu == w.scene.cpu ? 1 : 0;
    if (fired < 2 || w.scene.running.isValid() || w.scene.effects.backwards) return;
    const QString text = QStringLiteral("×") + grouped(fired);
    const QFont font = w.look.words(12, QFont::Bold);
    const double gap = w.look.px(19); // behind the rays
    const bool isRight = at.x() + gap + advanceOf(font, text) <= w.bands.right();
    drawWords(p, at + QPointF(isRight ? gap : -gap, w.look.px(4.5)), text, font, w.look.t().nowText,
              isRight ? Align::Left : Align::Right);
}

void paintTrails(QPainter& p, const ColumnPicture& w)
{
    constexpr std::size_t most = 64;
    std::vector<TimerMove> moves = w.scene.effects.turn.cpu == w.scene.cpu ? w.scene.effects.turn.moved : std::vector<TimerMove>{};
    if (!w.scene.effects.backwards) moves.insert(moves.end(), w.scene.effects.moves.begin(), w.scene.effects.moves.end());
    const std::size_t stride = moves.size() / most + 1;
    p.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < moves.size(); i += stride) {
        const core::Place from = w.scene.geometry.place(moves[i].from), to = w.scene.geometry.place(moves[i].to);
        if (!w.scene.isShown(from) || !w.scene.isShown(to) || from.level == to.level) continue;
        const QRectF source = w.bands.slot(from.level, from.index);
        const double sign = to.level < from.level ? 1 : -1;
        const QPointF a(source.center().x(), sign > 0 ? source.bottom() : source.top());
        const QPointF b = w.bands.spot(to.level, to.index);
        const double handle = std::max(18.0, .45 * std::abs(b.y() - a.y()));
        QPainterPath path(a);
        path.cubicTo(a + QPointF(0, sign * handle), b - QPointF(0, sign * handle), b);
        QColor c = w.look.t().levelHue(from.level);
        c.setAlphaF(.5f);
        p.setPen(QPen(c, 1));
        p.drawPath(path);
    }
}

} // namespace

void paintCascadingColumn(QPainter& p, const ColumnPicture& w)
{
    const Theme& t = w.look.t();
    const core::Geometry& g = w.scene.geometry;
    const core::Jiffies hands = handsAt(w.scene);
    p.setPen(Qt::NoPen);
    for (int l = 0; l + 1 < g.levels; ++l) {
        const QRectF from = w.bands.slot(l + 1, g.level[static_cast<std::size_t>(l) + 1].indexOf(hands));
        const QRectF to = w.bands.band(l);
        p.setBrush(mix(t.canvas, t.levelTint(l), t.dark ? .10 : .08));
        p.drawPolygon(QPolygonF{{from.left(), from.bottom() + 1}, {from.right(), from.bottom() + 1}, {to.right(), to.top() - 1}, {to.left(), to.top() - 1}});
    }
    const QFont name = w.look.words(12.5, QFont::Bold);
    // The sun may stand at the left edge of the lowest band: its rays end before the name begins.
    paintFloors(p, w);
    for (int l = 0; l < g.levels; ++l) {
        paintHeat(p, w, l);
        const QRectF row = w.bands.row(l, 0);
        drawWords(p, {w.bands.left - w.look.px(16), row.center().y() + w.look.px(4.5)}, QString::fromStdString(g.levelName(l)),
                  name, t.levelHue(l), Align::Right);
    }
    paintTrails(p, w);
    for (int l = 0; l < g.levels; ++l) {
        paintDots(p, w, l);
        paintHandBox(p, w, l, true);
    }
    if (w.scene.running.isValid() || firedPlace(w.scene)) {
        const QPointF sun = w.bands.slot(0, g.level[0].indexOf(hands)).center();
        paintSunAt(p, w, sun);
        paintTimes(p, w, sun);
    }
}

QString columnNote(const Scene& scene, int open, const QFont& font, double width)
{
    // First what is not in the picture, then what the picture says itself.
    QString other;
    if (scene.wheel == 1)
        other = wheelText("wheel def, of deferrable timers");
    else if (scene.deferrables > 0)
        other = wheelText("%1 in def").arg(grouped(scene.deferrables));
    const QString title = modernTitle(scene.geometry, open);
    for (const QString& text : {title, title.section(QLatin1Char(';'), 0, 0)}) {
        const QString whole = other.isEmpty() ? text : other + QStringLiteral("; ") + text;
        if (advanceOf(font, whole) <= width) return whole;
    }
    return elidedTo(font, other.isEmpty() ? title : other, width);
}

void paintModernColumn(QPainter& p, const ColumnPicture& w)
{
    const Theme& t = w.look.t();
    const core::Geometry& g = w.scene.geometry;
    const int open = static_cast<int>(w.bands.bands.size());
    const QFont noteFont = w.look.words(12);
    drawWords(p, w.bands.note.bottomLeft() - QPointF(0, w.look.px(3)),
              columnNote(w.scene, open, noteFont, w.bands.note.width()), noteFont, t.ink3, Align::Left);
    const auto boxOf = [&w](SlotPlace place) { return w.bands.slot(place.level, place.index); };
    paintFloors(p, w);
    for (int l = 0; l < open; ++l) {
        paintHeat(p, w, l);
        const QRectF row = w.bands.row(l, 0);
        const QFont font = w.look.numbers(std::min(12.5, row.height() / w.look.scale), QFont::Bold);
        drawSpanNumber(p, {w.bands.left - w.look.px(modernNameGap - 1), row.center().y() + w.look.px(4.5)}, g.level[static_cast<std::size_t>(l)],
                       font, t.levelHue(l));
    }
    const FanPlace place{w.bands.fan, w.bands.axis, boxOf, open};
    paintFanLines(p, w.look, w.scene, place);
    for (int l = 0; l < open; ++l) {
        paintDots(p, w, l);
        const core::Level& level = g.level[static_cast<std::size_t>(l)];
        paintHandBox(p, w, l, (handsAt(w.scene) & ((1ull << level.shift) - 1)) == 0);
    }
    paintFanWords(p, w.look, w.scene, place, w.withGlow);
}

} // namespace jiffy::ui
