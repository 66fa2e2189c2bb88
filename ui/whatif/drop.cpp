// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/drop.h"

#include "core/insight/due.h"

#include <algorithm>

namespace jiffy::ui
{

std::optional<core::Jiffies> earliestExpiryIn(const core::Geometry& g, core::SlotId slot, core::Jiffies position)
{
    const auto place = g.place(slot);
    if (place.level < 0) return std::nullopt;
    if (g.is(core::TimerAlgorithm::Wheel61)) {
        const auto all = core::expiriesInBucket(g, place.level, place.index, position);
        return all ? std::optional(all->earliest) : std::nullopt;
    }
    const auto& level = g.level[static_cast<std::size_t>(place.level)];
    const std::uint64_t width = 1ull << level.shift;
    const std::uint64_t ahead = (place.index - level.indexOf(position)) & level.mask();
    if (place.level == 0) return g.word.add(position, ahead);
    // The slot's next window begins so many jiffies from the position. Nearer than one slot's width is another level's:
    // the window under the hand begins a whole turn later.
    const std::uint64_t within = position & (width - 1);
    const std::uint64_t turns = ahead == 0 ? static_cast<std::uint64_t>(level.slots) : ahead;
    const auto expires = g.word.add(position, std::max(turns * width - within, width));
    // More than half a word away is the past.
    if (g.word.isBefore(expires, position)) return std::nullopt;
    return expires;
}

namespace
{

/// 6.1: a new timer becomes deferrable, or not, as the wheel needs it; one that exists is what it is.
bool takesWheel(const core::World& world, core::Intervention& call, int wheel)
{
    if (world.geometry().wheels < 2) return true;
    if (call.what == core::Intervention::What::Add) {
        call.flags = static_cast<std::uint8_t>((call.flags & ~core::Deferrable) | (wheel == 1 ? core::Deferrable : 0));
        return true;
    }
    return !world.isDefined(call.timer) || world.item(call.timer).isDeferrable() == (wheel == 1);
}

} // namespace

std::optional<core::Jiffies> expiryBefore(const core::World& world, int cpu, core::TimerId before)
{
    const auto& g = world.geometry();
    const auto& list = world.listAt(g.sortedList(cpu));
    const auto previous = before.isValid() ? world.previous(before) : list.last;
    // Equal expiries stand in the order of adding: behind the one before it is the nearest place.
    if (previous.isValid()) {
        const auto expires = world.item(previous).expires;
        if (before.isValid() && world.item(before).expires == expires) return std::nullopt;
        return expires;
    }
    if (!before.isValid()) return g.word.add(world.clock().jiffies, 1);
    return g.word.reduce(world.item(before).expires - 1);
}

std::optional<Drop> dropBefore(core::Trial& trial, core::Intervention call, int cpu, core::TimerId before)
{
    if (!trial.world().geometry().is(core::TimerAlgorithm::SortedList)) return std::nullopt;
    const auto expires = expiryBefore(trial.world(), cpu, before);
    if (!expires) return std::nullopt;
    call.cpu = cpu;
    call.isRelative = false;
    call.expires = *expires;
    return Drop{call, trial.of(call)};
}

std::optional<Drop> dropOn(core::Trial& trial, core::Intervention call, core::SlotId slot)
{
    const auto& world = trial.world();
    const auto& g = world.geometry();
    const auto place = g.place(slot);
    if (place.level < 0) return std::nullopt;
    call.cpu = place.cpu;
    call.isRelative = false;
    if (!takesWheel(world, call, place.wheel)) return std::nullopt;
    const auto reached = earliestExpiryIn(g, slot, core::clockWhenFiling(world, place.cpu, place.wheel));
    if (!reached) return std::nullopt;
    const auto earliest = *reached;
    if (g.is(core::TimerAlgorithm::Wheel61)) { // no slack there
        call.expires = earliest;
        return Drop{call, trial.of(call)};
    }
    const std::uint64_t width = 1ull << g.level[static_cast<std::size_t>(place.level)].shift;
    std::optional<Drop> first;
    // Slack may carry an expiry into the next slot; one further on in the window may stay.
    for (const std::uint64_t part : {0, 1, 2, 4, 8, 12, 14, 15}) {
        call.expires = g.word.add(earliest, width / 16 * part);
        Drop drop{call, trial.of(call)};
        if (drop.outcome.to == slot) return drop;
        if (!first) first = std::move(drop);
        if (width < 16) break;
    }
    return first;
}

} // namespace jiffy::ui
