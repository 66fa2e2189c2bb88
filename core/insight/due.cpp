// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/due.h"

namespace jiffy::core
{

Jiffies dueOf(const Geometry& g, SlotId slot, Jiffies expires, Jiffies filedAt)
{
    if (!g.is(TimerAlgorithm::Wheel61)) return expires;
    const Place place = g.place(slot);
    if (place.list != Place::List::Slot) return expires;
    const Level& level = g.level[static_cast<std::size_t>(place.level)];
    const std::uint64_t width = 1ull << level.shift;
    const int top = g.levels - 1;
    const auto ahead = g.word.signedDistance(expires, filedAt);
    const bool isCut = place.level == top && ahead >= static_cast<std::int64_t>(reachOfLevel(top));
    const Jiffies rounded = g.word.add(expires, width) >> level.shift << level.shift;
    if (!isCut && level.indexOf(rounded) == place.index) return rounded;
    // The slot tells: it is served when the clock next comes to its beginning.
    const Jiffies begun = filedAt >> level.shift << level.shift;
    std::uint64_t slots = (place.index - level.indexOf(filedAt)) & level.mask();
    if (slots == 0 && begun != filedAt) slots = static_cast<std::uint64_t>(level.slots);
    return g.word.add(begun, slots << level.shift);
}

} // namespace jiffy::core
