// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/new_timer.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// From so many timers on, all items are looked at in the order of the array, which is quicker than following
/// links.
constexpr std::uint32_t longList = 2048;

NewTimer onList(const World& world, int cpu, Jiffies expires)
{
    const Geometry& g = world.geometry();
    const Jiffies now = world.clock().jiffies;
    const auto ahead = g.word.signedDistance(expires, now);
    NewTimer out;
    out.slot = g.sortedList(cpu);
    out.isPast = ahead <= 0;
    out.called = out.isPast ? g.word.add(now, 1) : expires;
    const ItemList list = world.listAt(out.slot);
    const auto isBefore = [&](const Item& item) { return g.word.signedDistance(item.expires, now) <= ahead; };
    if (list.count <= longList) {
        for (TimerId t = list.first; t.isValid() && isBefore(world.item(t)); t = world.next(t))
            ++out.passed;
    } else {
        for (std::uint32_t i = 0; i < world.itemCount(); ++i) {
            const Item& item = world.item(TimerId(i));
            if (item.isPending() && static_cast<int>(item.cpu) == cpu && isBefore(item)) ++out.passed;
        }
    }
    out.comparisons = out.passed + (out.passed < list.count ? 1 : 0);
    return out;
}

/// Each cascade files the timer anew, when the wheel's position has come to the first jiffy of its slot.
int movesAhead(const Geometry& g, Jiffies expires, Jiffies position)
{
    const auto levelOf = [&](Jiffies at) { return g.place(SlotId(slotWithin(g, expires, at))).level; };
    const Level& last = g.level[static_cast<std::size_t>(g.levels - 1)];
    const int bits = last.shift + std::countr_zero(static_cast<unsigned>(last.slots));
    const std::uint64_t reach = bits >= 64 ? ~0ull : (1ull << bits) - 1;
    int moves = 0;
    for (int level = levelOf(position); level > 0; level = levelOf(position)) {
        const auto distance = std::min(g.word.distance(expires, position), reach);
        const Jiffies filed = g.word.add(position, distance);
        const Jiffies next = g.word.reduce(filed >> g.level[static_cast<std::size_t>(level)].shift
                                                        << g.level[static_cast<std::size_t>(level)].shift);
        ++moves;
        position = next;
    }
    return moves;
}

NewTimer onWheel39(const World& world, int cpu, Jiffies expires)
{
    const Geometry& g = world.geometry();
    const Jiffies position = world.cpu(cpu).timerJiffies;
    NewTimer out;
    const auto within = slotWithin(g, expires, position);
    out.slot = SlotId(g.slot(cpu, 0, 0).value + within);
    out.level = g.place(out.slot).level;
    out.isPast = g.word.signedDistance(expires, position) < 0;
    out.called = out.isPast ? position : expires;
    if (!out.isPast) out.moves = movesAhead(g, expires, position);
    return out;
}

/// Filing brings the clock of a wheel that stood still to jiffies, but not past what is due.
Jiffies forwarded(const World& world, int cpu)
{
    const Word word = world.geometry().word;
    const Jiffies now = world.clock().jiffies, clk = world.cpu(cpu).clk(0),
                  next = world.cpu(cpu).nextExpiry(0);
    if (word.signedDistance(now, clk) < 1) return clk;
    const Jiffies to = word.isAfter(next, now) ? now : next;
    return word.isAfter(to, clk) ? to : clk;
}

NewTimer onWheel61(const World& world, int cpu, Jiffies expires)
{
    const Geometry& g = world.geometry();
    const Jiffies clk = forwarded(world, cpu);
    const Bucket bucket = bucketFor(g, expires, clk);
    NewTimer out;
    out.slot = SlotId(g.slotOn(cpu, 0, 0, 0).value + bucket.within);
    out.level = g.place(out.slot).level;
    out.isPast = g.word.signedDistance(expires, clk) < 0;
    out.called = bucket.due;
    out.isForcedEarly = !out.isPast && g.word.isBefore(bucket.due, expires);
    return out;
}

} // namespace

NewTimer newTimerAt(const World& world, int cpu, Jiffies expires)
{
    expires = world.geometry().word.reduce(expires);
    switch (world.geometry().algorithm) {
    case TimerAlgorithm::SortedList:
        return onList(world, cpu, expires);
    case TimerAlgorithm::Wheel61:
        return onWheel61(world, cpu, expires);
    case TimerAlgorithm::Wheel39:
        break;
    }
    return onWheel39(world, cpu, expires);
}

} // namespace jiffy::core
