// SPDX-License-Identifier: GPL-3.0-or-later
// The moving layers of the wheel, in either geometry: flights, drains, timers that fired or were deleted.
#include "ui/wheel/glyphs.h"
#include "ui/wheel/minis.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/words.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace jiffy::ui
{

namespace
{

constexpr std::size_t firedShown = 64;
constexpr std::size_t restingMoversShown = 24;
constexpr double airRadius = 7;

/// A trail of 60 pieces at most, from its source to u.
struct TrailLook
{
    double width0, width1, opacity0, opacity1;
    int pieces;
};

void paintTrail(QPainter& p, const Theme& t, const FlightPath& path, int from, int to, double u,
                const TrailLook& look)
{
    const int last = std::max(1, static_cast<int>(std::lround(look.pieces * u)));
    QPointF before = path.front();
    for (int k = 0; k < last; ++k) {
        const double share = (k + .5) / last;
        const QPointF at = pointOn(path, u * (k + 1) / last);
        QColor c = mix(t.levelHue(from), t.levelHue(to), share * u);
        c.setAlphaF(static_cast<float>(look.opacity0 + (look.opacity1 - look.opacity0) * share));
        const bool isEnd = k == 0 || k + 1 == last;
        p.setPen(QPen(c, look.width0 + (look.width1 - look.width0) * share, Qt::SolidLine,
                      isEnd ? Qt::RoundCap : Qt::FlatCap));
        p.drawLine(before, at);
        before = at;
    }
}

void paintBeads(QPainter& p, const FlightPath& path, double u, const QColor& hue)
{
    p.setPen(Qt::NoPen);
    p.setBrush(hue);
    for (int k = static_cast<int>(u * (flightPoints - 1)) + 3; k < flightPoints; k += 3)
        p.drawEllipse(path[static_cast<std::size_t>(k)], 1.3, 1.3);
}

/// Heat runs out of its sources into its targets: each goes from the colour that it had to the one that it has.
void paintDrains(QPainter& p, const WheelPicture& w)
{
    const StepEffects& e = w.scene.effects;
    if (!w.motion || !w.motion->isRunning() || e.drains.empty()) return;
    const Theme& t = w.look.t();
    std::unordered_map<std::uint32_t, std::int64_t> more; // that a slot held before
    for (const Drain& d : e.drains) {
        more[d.from.value] += d.count;
        more[d.to.value] -= d.count;
    }
    const double done = w.motion->drain();
    const auto colour = [&](int level, std::int64_t count) {
        if (count <= 0) return slotFloor(t, level);
        const auto n = static_cast<std::uint64_t>(count);
        return slotHeat(t, level, n, std::max(w.scene.fullest, n));
    };
    p.setPen(Qt::NoPen);
    for (const auto& [slot, before] : more) {
        const core::Place place = w.scene.geometry.place(core::SlotId(slot));
        if (!w.scene.isShown(place)) continue;
        const std::int64_t now = w.scene.slot(place.level, place.index).count;
        // What a drain came from and went to is told for the way forward; a step back stands at its beginning.
        const std::int64_t first = e.backwards ? now : now + before, last = e.backwards ? now - before : now;
        p.setBrush(mix(colour(place.level, first), colour(place.level, last), done));
        p.drawPolygon(w.layout.fill({place.level, place.index}));
    }
}

void paintFired(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const double fade = w.motion ? w.motion->fade() : 1, rays = w.motion ? w.motion->rays() : 1;
    const double radius = 3.8 * w.layout.marks();
    std::unordered_map<std::uint32_t, int> inSlot;
    std::size_t shown = 0;
    for (const TimerAt& f : w.scene.effects.fired) {
        const core::Place place = w.scene.geometry.place(f.slot);
        if (f.timer == w.scene.running || !w.scene.isShown(place)) continue;
        const int k = inSlot[f.slot.value]++;
        if (k >= w.layout.dotLimit(place.level) || ++shown > firedShown) continue;
        const SlotPlace at{place.level, place.index};
        const QPointF point = w.layout.firedSpot(at, k);
        if (w.scene.effects.backwards) continue;
        if (fade < 1) {
            p.setOpacity(1 - fade);
            paintGlyph(p, t, Glyph::Firing, point, radius, t.now, rays);
        }
        p.setOpacity(fade);
        putGlyph(p, w, Glyph::Fired, point, radius, t.now);
        p.setOpacity(1);
    }
}

/// Gone at the next step.
void paintDeleted(QPainter& p, const WheelPicture& w)
{
    if (w.scene.effects.backwards) return;
    const Theme& t = w.look.t();
    std::size_t shown = 0;
    std::unordered_map<std::uint32_t, int> inSlot;
    for (const TimerAt& d : w.scene.effects.unqueued) {
        const core::Place place = w.scene.geometry.place(d.slot);
        if (!w.scene.isShown(place) || ++shown > firedShown) continue;
        // Behind those that are left.
        const SlotPlace at{place.level, place.index};
        const int limit = w.layout.dotLimit(place.level);
        const int k = static_cast<int>(w.scene.slot(place.level, place.index).count) + inSlot[d.slot.value]++;
        if (k >= limit) continue;
        paintGlyph(p, t, Glyph::Deleted, w.layout.dot(at, k, k + 1), w.layout.dotRadius(place.level, true) + .6, t.ghost);
    }
}

QString cpuName(int cpu)
{
    return wheelText("CPU %1").arg(cpu);
}

/// Of a timer whose function still runs on another CPU.
void paintElsewhere(QPainter& p, const WheelPicture& w)
{
    for (const Elsewhere& e : w.scene.elsewhere) {
        const auto spot = spotOf(w.scene, w.layout, e.timer);
        if (!spot || w.flights.isMoving(e.timer)) continue;
        paintGlyph(p, w.look.t(), Glyph::Moving, spot->at, w.layout.dotRadius(spot->place.level, true),
                   w.look.t().levelHue(spot->place.level));
        const bool growsRight = spot->at.x() + w.look.px(80) < w.canvas.right();
        paintNameChip(p, w.look, spot->at + QPointF(growsRight ? 9 : -9, 0), growsRight, cpuName(e.cpu));
    }
}

} // namespace

void paintFlights(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    paintDrains(p, w);
    const std::size_t n = w.flights.moves.size();
    const bool isRunning = w.motion && w.motion->isRunning();
    const bool isBands = w.layout.form() == WheelForm::Bands;
    const double marks = w.layout.marks();
    const int pieces = n <= 12 ? flightPoints - 1 : 12;
    if (n <= trailsUpTo) {
        for (std::size_t i = 0; i < n; ++i) {
            const double u = isRunning ? w.motion->flight(i) : 1;
            if (u <= 0) continue;
            const TimerMove& m = w.flights.moves[i];
            const int from = w.scene.geometry.place(m.from).level, to = w.scene.geometry.place(m.to).level;
            const bool isThick = n == 1 || (isRunning && w.motion->isFlying(i));
            paintTrail(p, t, w.flights.paths[i], from, to, u,
                       isThick   ? TrailLook{2, 5, .25, 1, pieces}
                       : isBands ? TrailLook{1.3, 2.4, .3, .95, pieces}
                                 : TrailLook{1.3, 2.2, .18, .85, pieces});
            if (isThick && u < 1) paintBeads(p, w.flights.paths[i], u, t.levelHue(to));
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        const double u = isRunning ? w.motion->flight(i) : 1;
        const TimerMove& m = w.flights.moves[i];
        const int to = w.scene.geometry.place(m.to).level;
        const QPointF at = pointOn(w.flights.paths[i], u);
        if (isRunning && w.motion->isFlying(i)) {
            putGlyph(p, w, Glyph::Moving, at, (n > restingMoversShown ? 3.5 : airRadius - 1) * marks,
                       t.levelHue(to));
        } else if (u <= 0) {
            putGlyph(p, w, Glyph::Pending, at, w.layout.dotRadius(1, false),
                       t.levelHue(w.scene.geometry.place(m.from).level));
        } else if (n == 1) {
            paintGlyph(p, t, Glyph::Moving, at, (airRadius - 2) * marks, t.levelHue(to));
        } else if (n <= restingMoversShown || w.scene.pending <= heatViewFrom) {
            putNewcomerRing(p, w, at, t.levelHue(to));
            putGlyph(p, w, Glyph::Pending, at, w.layout.dotRadius(to, true), t.levelHue(to));
        }
    }
    if (n == 1) {
        const QPointF at = pointOn(w.flights.paths[0], isRunning ? w.motion->flight(0) : 1);
        const int away = w.flights.away[0];
        QString name = w.scene.nameOf(w.flights.moves[0].timer);
        if (away >= 0) {
            const bool isLeaving = w.scene.isHere(w.flights.moves[0].from);
            name += (isLeaving ? QStringLiteral(" → ") : QStringLiteral(" ← ")) + cpuName(away);
        }
        const double left = w.canvas.left() +
                            miniColumnWidth(static_cast<int>(w.scene.cpus.size()), w.look.scale) -
                            w.look.px(20);
        const double middle = w.layout.rings() ? w.layout.rings()->centre().x() : left;
        const bool growsRight = at.x() > middle
                                    ? at.x() + 14 * marks + nameChipWidth(w.look, name) < w.canvas.right()
                                    : at.x() - 14 * marks - nameChipWidth(w.look, name) < left;
        paintNameChip(p, w.look, at + QPointF(growsRight ? 14 * marks : -14 * marks, 0), growsRight, name);
    }
    paintDeleted(p, w);
    paintElsewhere(p, w);
    paintFired(p, w);
    if (w.selected.isValid() && !w.flights.isMoving(w.selected)) {
        if (const auto spot = spotOf(w.scene, w.layout, w.selected)) {
            const double radius = w.layout.dotRadius(0, true);
            paintGlyph(p, t, spot->timer.isDeferrable ? Glyph::Deferrable : Glyph::Pending, spot->at, radius,
                       t.levelHue(spot->place.level));
            paintSelectionRing(p, t, spot->at, radius);
        }
    }
}

} // namespace jiffy::ui
