// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/sorted_index.h"

#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>

#include <algorithm>
#include <compare>
#include <limits>

namespace jiffy::core
{

namespace
{

/// When a timer is due, in jiffies that do not wrap, and which of several due then it is.
struct Key
{
    std::int64_t due = 0;
    std::uint64_t ordinal = 0;
    auto operator<=>(const Key&) const = default;
};

using Tree = __gnu_pbds::tree<Key, TimerId, std::less<Key>, __gnu_pbds::rb_tree_tag,
                              __gnu_pbds::tree_order_statistics_node_update>;

} // namespace

struct SortedIndex::Private
{
    const World& world;
    std::vector<Tree> lists;
    std::vector<Key> keys; ///< by timer
    std::uint64_t ordinal = 0;
    Jiffies origin = 0; ///< jiffies less ticks, when it was made

    /// Jiffies can lag behind the ticks: those are counted while CPUs sleep, too.
    std::int64_t due(std::int64_t ticksAhead) const
    {
        const Clock& clock = world.clock();
        const Word word = world.geometry().word;
        const auto lag = word.signedDistance(word.add(origin, clock.ticks), clock.jiffies);
        return static_cast<std::int64_t>(clock.ticks) - lag + ticksAhead;
    }
    void add(int cpu, TimerId timer, std::int64_t when)
    {
        if (keys.size() <= timer.value) keys.resize(timer.value + std::size_t{1});
        const Key key{when, ++ordinal};
        keys[timer.value] = key;
        lists[static_cast<std::size_t>(cpu)].insert({key, timer});
    }
};

SortedIndex::SortedIndex(const World& world)
    : d(std::make_unique<Private>(Private{world, std::vector<Tree>(static_cast<std::size_t>(world.cpuCount())), {}, 0, 0}))
{
    const Geometry& g = world.geometry();
    d->origin = g.word.reduce(world.clock().jiffies - world.clock().ticks);
    for (int c = 0; c < world.cpuCount(); ++c) {
        std::int64_t last = std::numeric_limits<std::int64_t>::min();
        for (TimerId t = world.listAt(g.sortedList(c)).first; t.isValid(); t = world.next(t)) {
            const auto ahead = g.word.signedDistance(world.item(t).expires, world.clock().jiffies);
            last = std::max(last, d->due(ahead));
            d->add(c, t, last);
        }
    }
}

SortedIndex::~SortedIndex() = default;
SortedIndex::SortedIndex(SortedIndex&&) noexcept = default;
SortedIndex& SortedIndex::operator=(SortedIndex&&) noexcept = default;

SortedIndex::Found SortedIndex::find(int cpu, std::int64_t ticksAhead) const
{
    const Tree& list = d->lists[static_cast<std::size_t>(cpu)];
    const Key after{d->due(ticksAhead), std::numeric_limits<std::uint64_t>::max()};
    const std::uint64_t passed = list.order_of_key(after);
    const auto later = list.lower_bound(after);
    if (later == list.end()) return {TimerId::none(), passed};
    return {later->second, passed + 1};
}

void SortedIndex::added(int cpu, TimerId timer, std::int64_t ticksAhead) { d->add(cpu, timer, d->due(ticksAhead)); }

void SortedIndex::removing(int cpu, TimerId timer)
{
    d->lists[static_cast<std::size_t>(cpu)].erase(d->keys[timer.value]);
}

} // namespace jiffy::core
