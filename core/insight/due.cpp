// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/due.h"

namespace jiffy::core
{

Jiffies dueOf(const Geometry& g, SlotId slot, Jiffies expires, Jiffies filedAt)
{
    if (!g.is(TimerAlgorithm::Wheel61)) return expires;
    const Place place = g.place(slot);
    // Taken off its bucket to be called: nobody looks at its expiry any more.
    if (place.list == Place::List::Run) return filedAt;
    if (place.list != Place::List::Slot) return expires;
    const Level& level = g.level[static_cast<std::size_t>(place.level)];
    const std::uint64_t width = 1ull << level.shift;
    const int top = g.levels - 1;
    const auto ahead = g.word.signedDistance(expires, filedAt);
    const bool isCut = place.level == top && ahead >= static_cast<std::int64_t>(reachOfLevel(top));
    const Jiffies rounded = g.word.add(expires, width) >> level.shift << level.shift;
    // What had long passed went to the clock's slot, which may bear the same number.
    const bool isPast = place.level == 0 && ahead < -64;
    if (!isCut && !isPast && level.indexOf(rounded) == place.index) return rounded;
    // The slot tells: it is served when the clock next comes to its beginning.
    const Jiffies begun = filedAt >> level.shift << level.shift;
    std::uint64_t slots = (place.index - level.indexOf(filedAt)) & level.mask();
    if (slots == 0 && begun != filedAt) slots = static_cast<std::uint64_t>(level.slots);
    return g.word.add(begun, slots << level.shift);
}

Jiffies clockWhenFiling(const World& world, int cpu, int wheel)
{
    const CpuState& c = world.cpu(cpu);
    const Geometry& g = world.geometry();
    if (!g.is(TimerAlgorithm::Wheel61)) return c.timerJiffies;
    const Jiffies now = world.clock().jiffies, clk = c.clk(wheel);
    if (g.word.signedDistance(now, clk) < 1) return clk;
    const Jiffies next = c.nextExpiry(wheel);
    const Jiffies to = g.word.isAfter(next, now) ? now : next;
    return g.word.isAfter(to, clk) ? to : clk;
}

std::optional<BucketExpiries> expiriesInBucket(const Geometry& g, int level, std::uint32_t index, Jiffies clk)
{
    const Level& l = g.level[static_cast<std::size_t>(level)];
    const std::uint64_t width = 1ull << l.shift;
    if (level == 0 && index == l.indexOf(clk)) {
        const Jiffies past = g.word.reduce(clk - 1);
        return BucketExpiries{past, past, clk};
    }
    const Jiffies nearest = g.word.add(clk, level == 0 ? 0 : reachOfLevel(level - 1));
    const Jiffies farthest = g.word.add(clk, reachOfLevel(level) - 1);
    // Slots are counted from the beginning of the one that the clock is in.
    const Jiffies begun = clk >> l.shift << l.shift;
    std::uint64_t slots = (index - l.indexOf(clk)) & l.mask();
    if (slots == 0) slots = static_cast<std::uint64_t>(l.slots);
    const Jiffies due = g.word.add(begun, slots << l.shift);
    Jiffies earliest = g.word.reduce(due - width), latest = g.word.reduce(due - 1);
    if (g.word.isBefore(earliest, nearest)) earliest = nearest;
    if (g.word.isAfter(latest, farthest)) latest = farthest;
    if (g.word.isAfter(earliest, latest)) return std::nullopt;
    return BucketExpiries{earliest, latest, due};
}

} // namespace jiffy::core
