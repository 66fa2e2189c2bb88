// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/drop.h"

#include <algorithm>

namespace jiffy::ui
{

std::optional<core::Jiffies> earliestExpiryIn(const core::Geometry& g, core::SlotId slot, core::Jiffies position)
{
    const auto place = g.place(slot);
    if (place.level < 0) return std::nullopt;
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

std::optional<Drop> dropOn(core::Trial& trial, core::Intervention call, core::SlotId slot)
{
    const auto& world = trial.world();
    const auto& g = world.geometry();
    const auto place = g.place(slot);
    if (place.level < 0) return std::nullopt;
    call.cpu = place.cpu;
    call.isRelative = false;
    const auto reached = earliestExpiryIn(g, slot, world.cpu(place.cpu).timerJiffies);
    if (!reached) return std::nullopt;
    const auto earliest = *reached;
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
