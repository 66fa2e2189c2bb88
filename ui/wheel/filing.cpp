// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/filing.h"

#include "core/insight/due.h"

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

} // namespace

std::optional<core::Jiffies> expiryFor(const core::Geometry& g, core::Jiffies position, SlotPlace place)
{
    if (g.is(core::TimerAlgorithm::Wheel61)) {
        const auto all = core::expiriesInBucket(g, place.level, place.index, position);
        // Into the bucket under the hand only the past leads.
        if (!all || g.word.isBefore(all->earliest, position)) return std::nullopt;
        return all->earliest;
    }
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
