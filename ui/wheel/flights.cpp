// SPDX-License-Identifier: GPL-3.0-or-later
// From the moves of a step to flights and trails; which slots a step has changed.
#include "ui/wheel/minis.h"
#include "ui/wheel/painter.h"

#include <algorithm>
#include <unordered_map>

namespace jiffy::ui
{

namespace
{

enum class Reach
{
    None,
    Within, ///< from this CPU to this CPU
    Away,   ///< from this CPU to another, or the other way
};

Reach reachOf(const Scene& scene, const TimerMove& m)
{
    const core::Place from = scene.geometry.place(m.from), to = scene.geometry.place(m.to);
    if (from.level < 0 || to.level < 0 || from.wheel != scene.wheel) return Reach::None;
    const bool isFrom = from.cpu == scene.cpu, isTo = to.cpu == scene.cpu;
    return isFrom && isTo ? Reach::Within : isFrom || isTo ? Reach::Away : Reach::None;
}

using Places = std::unordered_map<std::uint32_t, QPointF>;

/// Where the timers that moved stand now; those that share a number or heat have no entry.
Places restingPlaces(const Scene& scene, const WheelLayout& layout, const std::vector<TimerMove>& moves)
{
    Places dots;
    for (const TimerMove& m : moves) {
        const core::Place to = scene.geometry.place(m.to);
        if (!scene.isShown(to)) continue;
        const SceneSlot& slot = scene.slot(to.level, to.index);
        const auto limit = static_cast<std::uint32_t>(layout.dotLimit(to.level));
        for (std::uint32_t k = 0; k < slot.known; ++k)
            if (slot.first[k].id == m.timer && slot.count <= limit)
                dots[m.timer.value] =
                    layout.dot({to.level, to.index}, static_cast<int>(k), static_cast<int>(slot.count));
    }
    return dots;
}

/// Between a slot and the small wheel of another CPU.
FlightPath pathAway(const Scene& scene, const WheelLayout& layout, const std::vector<MiniPlace>& minis,
                    const TimerMove& m, const Places& dots)
{
    const core::Place from = scene.geometry.place(m.from), to = scene.geometry.place(m.to);
    const bool isLeaving = from.cpu == scene.cpu;
    const SlotPlace here = isLeaving ? SlotPlace{from.level, from.index} : SlotPlace{to.level, to.index};
    const auto dot = dots.find(m.timer.value);
    const QPointF slot = dot != dots.end() ? dot->second : layout.middle(here);
    const auto other = static_cast<std::size_t>(isLeaving ? to.cpu : from.cpu);
    const QPointF away = other < minis.size()
                             ? minis[other].radius > 0 ? minis[other].centre : minis[other].card.center()
                             : layout.canvas().topLeft();
    const QPointF handle((slot.x() - away.x()) * .45, 0);
    return isLeaving ? cubicPath(slot, slot - handle, away + handle, away)
                     : cubicPath(away, away + handle, slot - handle, slot);
}

} // namespace

Flights makeFlights(const Scene& scene, const WheelLayout& layout, double scale, bool isMoving)
{
    Flights f;
    const StepEffects& e = scene.effects;
    if (isMoving || !e.backwards)
        for (const TimerMove& m : e.moves)
            if (reachOf(scene, m) != Reach::None) f.moves.push_back(m);
    for (const TimerMove& m : f.moves)
        f.movingIds.push_back(m.timer);
    std::sort(f.movingIds.begin(), f.movingIds.end());
    if (e.turn.cpu == scene.cpu)
        for (const TimerMove& m : e.turn.moved)
            if (reachOf(scene, m) == Reach::Within && !f.isMoving(m.timer)) f.landed.push_back(m);
    for (const TimerMove& m : f.landed)
        f.newcomerIds.push_back(m.timer);
    for (const TimerAt& q : e.queued)
        if (scene.isHere(q.slot)) f.newcomerIds.push_back(q.timer);
    std::sort(f.newcomerIds.begin(), f.newcomerIds.end());

    // All lanes together, so that a flight nests with the trails already there.
    std::vector<TimerMove> all = f.landed;
    all.insert(all.end(), f.moves.begin(), f.moves.end());
    const Places dots = restingPlaces(scene, layout, all);
    std::vector<MiniPlace> minis;
    std::vector<FlightRequest> requests;
    std::vector<std::size_t> asked; ///< which of `all` each request is for
    std::vector<FlightPath> paths(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const TimerMove& m = all[i];
        if (reachOf(scene, m) == Reach::Away) {
            if (minis.empty()) minis = miniPlaces(static_cast<int>(scene.cpus.size()), layout.canvas(), scale);
            paths[i] = pathAway(scene, layout, minis, m, dots);
            continue;
        }
        const core::Place from = scene.geometry.place(m.from), to = scene.geometry.place(m.to);
        FlightRequest r{{from.level, from.index}, {to.level, to.index}, {}};
        const auto dot = dots.find(m.timer.value);
        r.end = dot != dots.end() ? dot->second : layout.middle(r.to);
        requests.push_back(r);
        asked.push_back(i);
    }
    const std::vector<FlightPath> lanes = layout.flightPaths(requests);
    for (std::size_t i = 0; i < asked.size(); ++i)
        paths[asked[i]] = lanes[i];
    const auto border = paths.begin() + static_cast<std::ptrdiff_t>(f.landed.size());
    f.trails.assign(paths.begin(), border);
    f.paths.assign(border, paths.end());
    for (const TimerMove& m : f.moves) {
        const int from = scene.geometry.place(m.from).cpu, to = scene.geometry.place(m.to).cpu;
        f.away.push_back(from == to ? -1 : from == scene.cpu ? to : from);
    }
    return f;
}

std::vector<SlotPlace> changedSlots(const Scene& scene)
{
    std::vector<SlotPlace> changed;
    const auto add = [&](core::SlotId s) {
        const core::Place p = scene.geometry.place(s);
        if (scene.isShown(p)) changed.push_back({p.level, p.index});
    };
    const StepEffects& e = scene.effects;
    for (const TimerMove& m : e.moves) {
        add(m.from);
        add(m.to);
    }
    for (const Drain& d : e.drains) {
        add(d.from);
        add(d.to);
    }
    for (const auto* list : {&e.queued, &e.unqueued, &e.fired})
        for (const TimerAt& t : *list)
            add(t.slot);
    const auto order = [](const SlotPlace& a, const SlotPlace& b) {
        return a.level != b.level ? a.level < b.level : a.index < b.index;
    };
    std::sort(changed.begin(), changed.end(), order);
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    return changed;
}

} // namespace jiffy::ui
