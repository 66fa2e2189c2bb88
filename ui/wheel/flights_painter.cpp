// SPDX-License-Identifier: GPL-3.0-or-later
// The moving layers of the wheel, in either geometry: flights, fired timers, hands.
#include "ui/wheel/band_layout.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/minis.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/words.h"

#include <cmath>
#include <unordered_map>

namespace jiffy::ui
{

namespace
{

constexpr std::size_t firedShown = 64;
constexpr std::size_t restingMoversShown = 24;
constexpr double airRadius = 7;

FlightRequest requestOf(const Scene& scene, const WheelLayout& layout, const TimerMove& m,
                        const std::unordered_map<std::uint32_t, QPointF>& dots)
{
    const core::Place from = scene.geometry.place(m.from), to = scene.geometry.place(m.to);
    FlightRequest r{{from.level, from.index}, {to.level, to.index}, {}};
    const auto dot = dots.find(m.timer.value);
    r.end = dot != dots.end() ? dot->second : layout.middle(r.to);
    return r;
}

bool isWithin(const Scene& scene, const TimerMove& m)
{
    const core::Place from = scene.geometry.place(m.from), to = scene.geometry.place(m.to);
    return from.cpu == scene.cpu && to.cpu == scene.cpu && from.level >= 0 && to.level >= 0;
}

/// Where the timers that moved stand now.
std::unordered_map<std::uint32_t, QPointF> restingPlaces(const Scene& scene, const WheelLayout& layout,
                                                         const std::vector<TimerMove>& moves)
{
    std::unordered_map<std::uint32_t, QPointF> dots;
    for (const TimerMove& m : moves) {
        const core::Place to = scene.geometry.place(m.to);
        const SceneSlot& slot = scene.slot(to.level, to.index);
        const int limit = layout.dotLimit(to.level);
        for (std::uint32_t k = 0; k < slot.known; ++k)
            if (slot.first[k].id == m.timer && slot.count <= static_cast<std::uint32_t>(limit))
                dots[m.timer.value] =
                    layout.dot({to.level, to.index}, static_cast<int>(k), static_cast<int>(slot.count));
    }
    return dots;
}

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

void paintDrains(QPainter& p, const WheelPicture& w)
{
    if (!w.motion || !w.motion->isRunning()) return;
    // The heat of the sources fades; their timers already count at the targets.
    const Theme& t = w.look.t();
    const double left = 1 - w.motion->drain();
    for (const Drain& d : w.scene.effects.drains) {
        const core::Place from = w.scene.geometry.place(d.from);
        if (from.cpu != w.scene.cpu || from.level < 0) continue;
        QColor c = slotHeat(t, from.level, d.count, std::max<std::uint64_t>(w.scene.fullest, d.count));
        c.setAlphaF(static_cast<float>(left));
        p.setPen(Qt::NoPen);
        p.setBrush(c);
        p.drawPolygon(w.layout.fill({from.level, from.index}));
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
        if (f.timer == w.scene.running || place.cpu != w.scene.cpu || place.level < 0) continue;
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
        paintGlyph(p, t, Glyph::Fired, point, radius, t.now);
        p.setOpacity(1);
    }
}

} // namespace

Flights makeFlights(const Scene& scene, const WheelLayout& layout, bool isMoving)
{
    Flights f;
    const StepEffects& e = scene.effects;
    if (isMoving || !e.backwards)
        for (const TimerMove& m : e.moves)
            if (isWithin(scene, m)) f.moves.push_back(m);
    for (const TimerMove& m : f.moves)
        f.movingIds.push_back(m.timer);
    std::sort(f.movingIds.begin(), f.movingIds.end());
    if (e.turn.cpu == scene.cpu)
        for (const TimerMove& m : e.turn.moved)
            if (isWithin(scene, m) && !f.isMoving(m.timer)) f.landed.push_back(m);
    for (const TimerMove& m : f.landed)
        f.newcomerIds.push_back(m.timer);
    for (const TimerAt& q : e.queued)
        if (scene.isHere(q.slot)) f.newcomerIds.push_back(q.timer);
    std::sort(f.newcomerIds.begin(), f.newcomerIds.end());

    // All lanes together, so that a flight nests with the trails already there.
    std::vector<TimerMove> all = f.landed;
    all.insert(all.end(), f.moves.begin(), f.moves.end());
    const auto dots = restingPlaces(scene, layout, all);
    std::vector<FlightRequest> requests;
    for (const TimerMove& m : all)
        requests.push_back(requestOf(scene, layout, m, dots));
    std::vector<FlightPath> paths = layout.flightPaths(requests);
    const auto border = paths.begin() + static_cast<std::ptrdiff_t>(f.landed.size());
    f.trails.assign(paths.begin(), border);
    f.paths.assign(border, paths.end());
    return f;
}

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
            paintGlyph(p, t, Glyph::Moving, at, (n > restingMoversShown ? 3.5 : airRadius - 1) * marks,
                       t.levelHue(to));
        } else if (u <= 0) {
            paintGlyph(p, t, Glyph::Pending, at, w.layout.dotRadius(1, false),
                       t.levelHue(w.scene.geometry.place(m.from).level));
        } else if (n == 1) {
            paintGlyph(p, t, Glyph::Moving, at, (airRadius - 2) * marks, t.levelHue(to));
        } else if (n <= restingMoversShown || w.scene.pending <= heatViewFrom) {
            paintNewcomerRing(p, t, at, w.layout.newcomerRadius(), t.levelHue(to));
            paintGlyph(p, t, Glyph::Pending, at, w.layout.dotRadius(to, true), t.levelHue(to));
        }
    }
    if (n == 1) {
        const QPointF at = pointOn(w.flights.paths[0], isRunning ? w.motion->flight(0) : 1);
        const QString name = w.scene.nameOf(w.flights.moves[0].timer);
        const double left = w.canvas.left() +
                            miniColumnWidth(static_cast<int>(w.scene.cpus.size()), w.look.scale) -
                            w.look.px(20);
        const double middle = w.layout.rings() ? w.layout.rings()->centre().x() : left;
        const bool growsRight = at.x() > middle
                                    ? at.x() + 14 * marks + nameChipWidth(w.look, name) < w.canvas.right()
                                    : at.x() - 14 * marks - nameChipWidth(w.look, name) < left;
        paintNameChip(p, w.look, at + QPointF(growsRight ? 14 * marks : -14 * marks, 0), growsRight, name);
    }
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

// ---------------------------------------------------------------- hands

void paintHands(QPainter& p, const WheelPicture& w)
{
    const Theme& t = w.look.t();
    const WheelLayout& layout = w.layout;
    const double glide = w.motion ? w.motion->hand() : 1;
    double rimIndex = 0;
    for (int l = 0; l < layout.levels(); ++l) {
        const core::Level& level = w.scene.geometry.level[static_cast<std::size_t>(l)];
        const double slots = level.slots, end = level.indexOf(w.scene.position);
        const double index = end - std::remainder(end - level.indexOf(w.handFrom), slots) * (1 - glide);
        if (l == 0) rimIndex = index;
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(t.now, 2.2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        p.drawPolygon(layout.handFrame(l, index));
        p.setPen(Qt::NoPen);
        p.setBrush(t.now);
        p.drawPolygon(layout.handMark(l, index));
    }
    if (const RingLayout* rings = layout.rings()) paintRingHand(p, w, *rings, (rimIndex + .5) * rings->step(0));
    if (const BandLayout* bands = layout.bands()) paintTray(p, w, *bands);
}

} // namespace jiffy::ui
