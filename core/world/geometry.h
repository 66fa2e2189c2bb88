// SPDX-License-Identifier: GPL-3.0-or-later
// What a model's state looks like from outside: levels of slots on each CPU, how wide a slot is, where the
// bits of an expiry pick level and slot. Views take their rings and their lens from here and know no model.
//
// Slots are numbered over all CPUs: slot = cpu * slotsPerCpu + within. slotsPerCpu is a multiple of 64, so
// that a SlotId is also a bit index into World::occupancy. Behind the slots of the levels come two lists that
// are no slots: the run list (taken off tv1, waiting for their call) and the cascade list (taken off
// tv2..tv5, being moved).
#pragma once

#include "core/base/ids.h"
#include "core/base/units.h"

#include <array>
#include <bit>
#include <string>

namespace jiffy::core
{

struct Level
{
    int slots = 0;           ///< number of slots, a power of two
    int shift = 0;           ///< log2 of the ticks of one slot
    std::uint32_t first = 0; ///< number of its first slot within the CPU
    bool operator==(const Level&) const = default;

    std::uint32_t mask() const { return static_cast<std::uint32_t>(slots) - 1; }
    /// The slot of this level that a jiffies value names.
    std::uint32_t indexOf(Jiffies j) const { return static_cast<std::uint32_t>(j >> shift) & mask(); }
};

/// A slot, taken apart.
struct Place
{
    int cpu = 0;
    int level = -1; ///< 0..levels-1; -1: not a slot of a level
    std::uint32_t index = 0;
    enum class List : std::uint8_t
    {
        Slot,
        Run,
        Cascade,
        Active,   ///< tgtd: items whose func is to be called, in order
        Inactive, ///< tgtd: items by deadline
        Ready,    ///< sources that epoll_wait() would return, in the order in which they became ready
        Returned, ///< sources that it did return, whose handlers are still to be called
        None
    } list = List::None;
    bool operator==(const Place&) const = default;
};

struct Geometry
{
    std::array<Level, 9> level{};
    int levels = 0;
    int cpus = 1;
    Word word{32};
    std::uint32_t slotsPerCpu = 64;
    std::uint64_t inverse = 0; ///< 2^32 / slotsPerCpu, rounded up: exact for slots times slotsPerCpu below 2^32
    std::uint32_t levelSlots = 0; ///< slots of all levels of one CPU; the run list is number levelSlots
    /// How an expiry is filed, by the highest bit of its distance: what slotWithin() needs, in one load.
    struct Filing
    {
        std::uint32_t mask = 0;
        std::uint16_t first = 0;
        std::uint8_t shift = 0;
        bool operator==(const Filing&) const = default;
    };
    std::array<Filing, 64> filing{};
    /// The highest bit that a distance within the wheel's capacity can have; above it the past and the far
    /// future share the values.
    std::uint32_t highestNear = 0;
    /// tgtd's lists instead of a wheel: the run list is the active one, the cascade list the inactive one.
    bool isDaemon = false;
    bool operator==(const Geometry&) const = default;

    SlotId slot(int cpu, int lev, std::uint32_t index) const
    {
        return SlotId(static_cast<std::uint32_t>(cpu) * slotsPerCpu +
                      level[static_cast<std::size_t>(lev)].first + index);
    }
    SlotId runList(int cpu) const
    {
        return SlotId(static_cast<std::uint32_t>(cpu) * slotsPerCpu + levelSlots);
    }
    SlotId cascadeList(int cpu) const { return SlotId(runList(cpu).value + 1); }
    SlotId activeList() const { return SlotId(0); } ///< this and the next three: isDaemon only
    SlotId inactiveList() const { return SlotId(1); }
    SlotId readyList() const { return SlotId(2); }
    SlotId returnedList() const { return SlotId(3); }
    /// The CPU that slot number s belongs to.
    int cpuOf(std::uint32_t s) const { return static_cast<int>(s * inverse >> 32); }
    std::uint32_t slotCount() const { return static_cast<std::uint32_t>(cpus) * slotsPerCpu; }
    Place place(SlotId s) const;
    /// "tv2[5]", "run list", "cascade list".
    std::string slotName(SlotId s) const;
};

/// The 3.9 wheel: 256 + 4x64 slots, or with CONFIG_BASE_SMALL 64 + 4x16. REQUIRES: cpus in 1..64.
Geometry wheelGeometry(int cpus, Word word, bool small);

/// The lists of tgtd's scheduler and of its event loop: no levels, one thread, time in us of 64 bits.
Geometry daemonGeometry();

/// slotWithin() for the past and for what is further away than the wheel's capacity.
[[gnu::cold]] std::uint32_t slotOutOfReach(const Geometry& g, Jiffies expires, Jiffies position);

/// The slot for an expiry on a wheel that stands at `position`; as __internal_add_timer(). The distance picks
/// the level, the bits of the expiry itself the slot; the past goes to the position's own slot; beyond the
/// wheel's capacity only the slot is computed from the clamped distance.
inline std::uint32_t slotWithin(const Geometry& g, Jiffies expires, Jiffies position)
{
    const std::uint64_t distance = g.word.distance(expires, position);
    // Distances 0 and 1 go to the same level, and the highest bit of 0 is none.
    const auto highest = static_cast<std::uint32_t>(63 ^ std::countl_zero(distance | 1));
    if (highest > g.highestNear) [[unlikely]] return slotOutOfReach(g, expires, position);
    const Geometry::Filing& f = g.filing[highest];
    return f.first + (static_cast<std::uint32_t>(expires >> f.shift) & f.mask);
}

} // namespace jiffy::core
