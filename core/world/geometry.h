// SPDX-License-Identifier: GPL-3.0-or-later
// What a model's state looks like from outside: levels of slots on each CPU, how wide a slot is, where the
// bits of an expiry pick level and slot. Views take their rings and their lens from here and know no model.
//
// Slots are numbered over all CPUs: slot = cpu * slotsPerCpu + within. slotsPerCpu is a multiple of 64, so
// that a SlotId is also a bit index into World::occupancy. A CPU has one wheel, or two (6.1: the second is for
// deferrable timers); the slots of the second come behind those of the first. Behind the slots of the levels
// come lists that are no slots. 3.9: the run list (taken off tv1, waiting for their call) and the cascade list
// (taken off tv2..tv5, being moved). 6.1: a run list for each level. A sorted list has no slots at all: the
// list is what its timers are called from, so it stands where others have their run list.
#pragma once

#include "core/base/ids.h"
#include "core/base/units.h"
#include "core/timers/algorithm.h"

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
    std::uint32_t index = 0; ///< of the slot in its level; of a run list: the level it was taken from
    int wheel = 0;  ///< 6.1: 0 std, 1 def (deferrable timers); else 0
    enum class List : std::uint8_t
    {
        Slot,
        Run,
        Cascade,
        Sorted,   ///< the sorted list
        Active,   ///< tgtd: items whose func is to be called, in order
        Inactive, ///< tgtd: items by deadline
        Ready,    ///< sources that epoll_wait() would return, in the order in which they became ready
        Returned, ///< sources that it did return, whose handlers are still to be called
        None
    } list = List::None;
    bool operator==(const Place&) const = default;
};

/// Where in its list a filed item goes.
enum class Insertion : std::uint8_t
{
    Tail,   ///< 3.9's wheel
    Head,   ///< 6.1's: last in, first out
    Before, ///< in front of the item that the record names: sorted lists
};

struct MachineConfig;

struct Geometry
{
    std::array<Level, 9> level{};
    int levels = 0; ///< of one wheel
    int cpus = 1;
    Word word{32};
    std::uint32_t slotsPerCpu = 64;
    std::uint64_t inverse = 0; ///< 2^32 / slotsPerCpu, rounded up: exact for slots times slotsPerCpu below 2^32
    std::uint32_t levelSlots = 0; ///< slots of all levels and wheels of one CPU; the run list is number levelSlots
    std::uint32_t wheelSlots = 0; ///< slots of all levels of one wheel
    int wheels = 1;               ///< of a CPU
    TimerAlgorithm algorithm = TimerAlgorithm::Wheel39; ///< not of tgtd
    Insertion insertion = Insertion::Tail;
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
    /// The same on the wheel that is not the first.
    SlotId slotOn(int cpu, int wheel, int lev, std::uint32_t index) const
    {
        return SlotId(slot(cpu, lev, index).value + static_cast<std::uint32_t>(wheel) * wheelSlots);
    }
    /// 6.1: the one of level 0; there are runLists() of them, one behind the other.
    SlotId runList(int cpu) const
    {
        return SlotId(static_cast<std::uint32_t>(cpu) * slotsPerCpu + levelSlots);
    }
    SlotId runList(int cpu, int lev) const { return SlotId(runList(cpu).value + static_cast<std::uint32_t>(lev)); }
    int runLists() const { return is(TimerAlgorithm::Wheel61) ? levels : 1; }
    SlotId cascadeList(int cpu) const { return SlotId(runList(cpu).value + 1); } ///< 3.9 only
    SlotId sortedList(int cpu) const { return runList(cpu); }                    ///< SortedList only
    bool is(TimerAlgorithm a) const { return !isDaemon && algorithm == a; }
    bool hasCascades() const { return is(TimerAlgorithm::Wheel39); }
    SlotId activeList() const { return SlotId(0); } ///< this and the next three: isDaemon only
    SlotId inactiveList() const { return SlotId(1); }
    SlotId readyList() const { return SlotId(2); }
    SlotId returnedList() const { return SlotId(3); }
    /// The CPU that slot number s belongs to.
    int cpuOf(std::uint32_t s) const { return static_cast<int>(s * inverse >> 32); }
    std::uint32_t slotCount() const { return static_cast<std::uint32_t>(cpus) * slotsPerCpu; }
    Place place(SlotId s) const;
    /// "tv2[5]", "run list", "cascade list"; 6.1: "lvl1[5]", "def lvl1[5]", "run list 1"; "sorted list".
    std::string slotName(SlotId s) const;
    /// "tv2", 6.1: "lvl1".
    std::string levelName(int lev) const;
};

/// The 3.9 wheel: 256 + 4x64 slots, or with CONFIG_BASE_SMALL 64 + 4x16. REQUIRES: cpus in 1..64.
Geometry wheelGeometry(int cpus, Word word, bool small);

/// 6.1's two wheels on each CPU: 9 levels of 64 slots, or 8 at HZ 100 and less. REQUIRES: cpus in 1..64.
Geometry wheel61Geometry(int cpus, Word word, Hz hz);

/// One list on each CPU. REQUIRES: cpus in 1..64.
Geometry sortedListGeometry(int cpus, Word word);

/// Of whatever the machine has.
Geometry geometryOf(const MachineConfig& machine);

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

/// Where 6.1 files, and when the bucket is due (bucket_expiry).
struct Bucket
{
    std::uint32_t within = 0; ///< number of the slot within its wheel
    Jiffies due = 0;
    bool operator==(const Bucket&) const = default;
};

/// The first distance from the clock that is too far for level `lev`: 63 times the ticks of one of its slots.
constexpr std::uint64_t reachOfLevel(int lev) { return 63ull << (3 * lev); }

/// The bucket of 6.1 for an expiry on a wheel whose clock stands at `clk`; as calc_wheel_index(). The distance
/// picks the level, the slot is the next one that begins after the expiry; the past goes to the clock's own
/// slot; what is further than the wheel reaches goes to its end, and is due early.
inline Bucket bucketFor(const Geometry& g, Jiffies expires, Jiffies clk)
{
    const std::uint64_t distance = g.word.distance(expires, clk);
    const int top = g.levels - 1;
    int lev = 0;
    while (lev < top && distance >= reachOfLevel(lev)) ++lev;
    // The highest level is tried last, behind the past.
    if (lev == 8 || distance >= reachOfLevel(lev)) [[unlikely]] {
        if (g.word.signedDistance(expires, clk) < 0) return {static_cast<std::uint32_t>(clk) & 63, clk};
        const std::uint64_t end = reachOfLevel(top);
        if (distance >= end) expires = g.word.add(clk, end - (1ull << (3 * top)));
        lev = top;
    }
    const int shift = 3 * lev;
    const std::uint64_t turn = g.word.add(expires, 1ull << shift) >> shift;
    return {static_cast<std::uint32_t>(lev) * 64 + (static_cast<std::uint32_t>(turn) & 63), turn << shift};
}

} // namespace jiffy::core
