// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/columns/column_painters.h"

#include "ui/wheel/fan_painter.h"
#include "ui/wheel/glyphs.h"
#include "ui/theme/look.h"
#include "ui/wheel/words.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

void paintFloor(QPainter& p, const ColumnPicture& w, int level)
{
    const Theme& t = w.look.t();
    const QColor floor = mix(t.canvas, t.levelTint(level), t.dark ? .15 : .12);
    p.setPen(Qt::NoPen);
    const auto slots = static_cast<std::uint32_t>(w.scene.geometry.level[static_cast<std::size_t>(level)].slots);
    const double gap = std::min(.4, w.bands.columnWidth * .08);
    for (std::uint32_t i = 0; i < slots; ++i) {
        const SceneSlot& slot = w.scene.slot(level, i);
        p.setBrush(slot.count == 0 ? floor : slotHeat(t, level, slot.count, std::max<std::uint64_t>(w.scene.fullest, 16)));
        p.drawRect(w.bands.slot(level, i).adjusted(gap, 0, -gap, 0));
    }
}

void paintDots(QPainter& p, const ColumnPicture& w, int level)
{
    const Theme& t = w.look.t();
    const auto slots = static_cast<std::uint32_t>(w.scene.geometry.level[static_cast<std::size_t>(level)].slots);
    for (std::uint32_t i = 0; i < slots; ++i) {
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
    const bool isRight = at.x() + gap + QFontMetricsF(font).horizontalAdvance(text) <= w.bands.right();
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
    for (int l = 0; l < g.levels; ++l) {
        paintFloor(p, w, l);
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
    const QFontMetricsF metrics(font);
    for (const QString& text : {title, title.section(QLatin1Char(';'), 0, 0)}) {
        const QString whole = other.isEmpty() ? text : other + QStringLiteral("; ") + text;
        if (metrics.horizontalAdvance(whole) <= width) return whole;
    }
    return metrics.elidedText(other.isEmpty() ? title : other, Qt::ElideRight, width);
}

void paintModernColumn(QPainter& p, const ColumnPicture& w)
{
    const Theme& t = w.look.t();
    const core::Geometry& g = w.scene.geometry;
    const int open = static_cast<int>(w.bands.bands.size());
    const QFont noteFont = w.look.words(12);
    drawWords(p, w.bands.note.bottomLeft() - QPointF(0, w.look.px(3)),
              columnNote(w.scene, open, noteFont, w.bands.note.width()), noteFont, t.ink3, Align::Left);
    const auto slotBox = [&w](SlotPlace place) { return w.bands.slot(place.level, place.index); };
    for (int l = 0; l < open; ++l) {
        paintFloor(p, w, l);
        const QRectF row = w.bands.row(l, 0);
        const QFont font = w.look.numbers(std::min(12.5, row.height() / w.look.scale), QFont::Bold);
        drawSpanNumber(p, {w.bands.left - w.look.px(modernNameGap - 1), row.center().y() + w.look.px(4.5)}, g.level[static_cast<std::size_t>(l)],
                       font, t.levelHue(l));
    }
    const FanPlace place{w.bands.fan, w.bands.axis, slotBox, open};
    paintFanLines(p, w.look, w.scene, place);
    for (int l = 0; l < open; ++l) {
        paintDots(p, w, l);
        const core::Level& level = g.level[static_cast<std::size_t>(l)];
        paintHandBox(p, w, l, (handsAt(w.scene) & ((1ull << level.shift) - 1)) == 0);
    }
    paintFanWords(p, w.look, w.scene, place, w.withGlow);
}

} // namespace jiffy::ui
