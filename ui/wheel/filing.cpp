// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/filing.h"

namespace jiffy::ui
{

namespace
{

/// The nearest value not before `from` whose field names that slot.
core::Jiffies nextIn(const core::Geometry& g, core::Jiffies from, SlotPlace place)
{
    const core::Level& level = g.level[static_cast<std::size_t>(place.level)];
    const std::uint32_t ahead = (place.index - level.indexOf(from)) & level.mask();
    if (ahead == 0) return from;
    const std::uint64_t begun = from >> level.shift << level.shift;
    return g.word.add(begun, static_cast<std::uint64_t>(ahead) << level.shift);
}

/// 6.1: a level takes distances from the border of the level below it on; the expiry picks the slot that begins behind it.
std::optional<core::Jiffies> expiryForBucket(const core::Geometry& g, core::Jiffies clk, SlotPlace place)
{
    const core::Level& level = g.level[static_cast<std::size_t>(place.level)];
    const core::Jiffies nearest = g.word.add(clk, place.level == 0 ? 0 : core::reachOfLevel(place.level - 1));
    const core::Bucket there = core::bucketFor(g, nearest, clk);
    const std::uint32_t ahead = (place.index - there.within) & level.mask();
    const std::uint64_t begins = there.due - (std::uint64_t{1} << level.shift) + (std::uint64_t{ahead} << level.shift);
    const core::Jiffies expires = ahead == 0 ? nearest : g.word.reduce(begins);
    if (core::bucketFor(g, expires, clk).within != level.first + place.index) return std::nullopt;
    return expires;
}

} // namespace

std::optional<core::Jiffies> expiryFor(const core::Geometry& g, core::Jiffies position, SlotPlace place)
{
    if (g.is(core::TimerAlgorithm::Wheel61)) return expiryForBucket(g, position, place);
    const core::Level& level = g.level[static_cast<std::size_t>(place.level)];
    // Nothing nearer than one slot of the level is filed into it.
    const std::uint64_t nearest = place.level == 0 ? 0 : std::uint64_t{1} << level.shift;
    const core::Jiffies expires = nextIn(g, g.word.add(position, nearest), place);
    if (core::slotWithin(g, expires, position) != level.first + place.index) return std::nullopt;
    return expires;
}

Served servedNext(const core::Geometry& g, core::Jiffies position, SlotPlace place)
{
    const core::Level& level = g.level[static_cast<std::size_t>(place.level)];
    if (g.is(core::TimerAlgorithm::Wheel61)) {
        const std::uint64_t span = std::uint64_t{1} << level.shift;
        const core::Jiffies begun = position >> level.shift << level.shift;
        std::uint64_t ahead = (place.index - level.indexOf(position)) & level.mask();
        if (ahead == 0 && begun != position) ahead = static_cast<std::uint64_t>(level.slots);
        const core::Jiffies due = g.word.add(begun, ahead * span);
        return {due, due};
    }
    const core::Jiffies at = nextIn(g, position, place) >> level.shift << level.shift;
    return {at, g.word.add(at, (std::uint64_t{1} << level.shift) - 1)};
}

} // namespace jiffy::ui
