// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/fan.h"

#include "core/world/rules.h"

#include <algorithm>
#include <map>
#include <optional>

namespace jiffy::ui
{

namespace
{

void tidy(Fan& fan)
{
    std::sort(fan.asked.begin(), fan.asked.end());
    fan.asked.erase(std::unique(fan.asked.begin(), fan.asked.end()), fan.asked.end());
}

void takeAsked(const core::World& world, core::TimerId id, Fan& fan)
{
    for (; id.isValid() && fan.asked.size() < Fan::limit; id = world.next(id))
        fan.asked.push_back(world.item(id).expires);
}

/// What was called during the step or waits for its call, by bucket: the largest first, and those due with it.
std::vector<Fan> fansOfNow(const core::World& world, const StepEffects& effects, int cpu, int wheel)
{
    const core::Geometry& g = world.geometry();
    std::map<std::uint32_t, Fan> fans;
    const auto of = [&](core::SlotId slot) -> Fan* {
        const core::Place place = g.place(slot);
        if (place.cpu != cpu || place.wheel != wheel || place.level < 0) return nullptr;
        Fan& fan = fans[slot.value];
        fan.bucket = place;
        fan.isNow = true;
        return &fan;
    };
    const core::TimerId running = world.cpu(cpu).running;
    const auto called = [&](core::SlotId from, std::optional<core::Jiffies> asked) {
        Fan* fan = of(from);
        if (!fan) return;
        ++fan->count;
        if (asked && fan->asked.size() < Fan::limit) fan->asked.push_back(*asked);
    };
    bool isRunningSeen = false;
    if (!effects.backwards)
        for (const TimerAt& f : effects.fired) {
            isRunningSeen = isRunningSeen || f.timer == running;
            called(f.slot, f.expires);
        }
    if (running.isValid() && !isRunningSeen && effects.turn.cpu == cpu && effects.turn.firedFrom.isValid())
        // One that is armed again says another expiry now.
        called(effects.turn.firedFrom, world.item(running).isPending() ? std::nullopt : std::optional(world.item(running).expires));
    for (int l = 0; l < g.levels; ++l) {
        const core::ItemList waiting = world.listAt(g.runList(cpu, l));
        if (waiting.count == 0) continue;
        const core::Item& first = world.item(waiting.first);
        const core::Bucket bucket = core::bucketOf(world, first);
        const core::SlotId slot(g.slotOn(cpu, first.isDeferrable() ? 1 : 0, 0, 0).value + bucket.within);
        if (Fan* fan = of(slot)) {
            fan->count += waiting.count;
            takeAsked(world, waiting.first, *fan);
        }
    }
    std::vector<Fan> now;
    for (auto& [slot, fan] : fans) {
        // The last time at which the clock came by that slot.
        const auto shift = static_cast<unsigned>(3 * fan.bucket.level);
        const core::Jiffies clk = world.cpu(cpu).clk(wheel);
        const std::uint64_t turns = ((clk >> shift) - fan.bucket.index) & 63;
        fan.due = g.word.distance(clk >> shift << shift, turns << shift);
        tidy(fan);
        now.push_back(std::move(fan));
    }
    if (now.empty()) return now;
    std::stable_sort(now.begin(), now.end(), [](const Fan& a, const Fan& b) { return a.count > b.count; });
    const core::Jiffies due = now.front().due;
    now.erase(std::remove_if(now.begin(), now.end(), [due](const Fan& f) { return f.due != due; }), now.end());
    return now;
}

std::optional<Fan> fanOfNext(const core::World& world, int cpu, int wheel)
{
    const core::Geometry& g = world.geometry();
    std::optional<Fan> next;
    for (int l = 0; l < g.levels; ++l)
        for (std::uint32_t i = 0; i < 64; ++i) {
            const core::SlotId slot = g.slotOn(cpu, wheel, l, i);
            if (!world.isOccupied(slot)) continue;
            const core::ItemList list = world.listAt(slot);
            const core::Jiffies due = core::bucketOf(world, world.item(list.first)).due;
            if (next && g.word.isAfter(due, next->due)) continue;
            if (next && due == next->due && list.count <= next->count) continue;
            next.emplace();
            next->bucket = g.place(slot);
            next->due = due;
            next->count = list.count;
        }
    if (!next) return next;
    takeAsked(world, world.listAt(g.slotOn(cpu, wheel, next->bucket.level, next->bucket.index)).first, *next);
    tidy(*next);
    return next;
}

} // namespace

std::vector<Fan> fansOf(const core::World& world, const StepEffects& effects, int cpu, int wheel)
{
    std::vector<Fan> fans = fansOfNow(world, effects, cpu, wheel);
    if (const auto next = fanOfNext(world, cpu, wheel)) fans.push_back(*next);
    return fans;
}

} // namespace jiffy::ui
