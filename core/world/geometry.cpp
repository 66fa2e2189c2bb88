// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/world/geometry.h"

#include "core/scenario/inputs.h"

#include <algorithm>

namespace jiffy::core
{

Place Geometry::place(SlotId s) const
{
    Place p;
    if (!s.isValid() || s.value >= slotCount()) return p;
    p.cpu = static_cast<int>(s.value / slotsPerCpu);
    const std::uint32_t within = s.value % slotsPerCpu;
    if (isDaemon) {
        constexpr std::array lists = {Place::List::Active, Place::List::Inactive, Place::List::Ready, Place::List::Returned};
        if (within < lists.size()) p.list = lists[within];
        return p;
    }
    if (within < levelSlots) p.wheel = static_cast<int>(within / wheelSlots);
    const std::uint32_t inWheel = within - static_cast<std::uint32_t>(p.wheel) * wheelSlots;
    for (int l = levels - 1; l >= 0 && within < levelSlots; --l) {
        const auto& lev = level[static_cast<std::size_t>(l)];
        if (inWheel >= lev.first) {
            p.level = l;
            p.index = inWheel - lev.first;
            p.list = Place::List::Slot;
            return p;
        }
    }
    if (algorithm == TimerAlgorithm::SortedList) {
        if (within == levelSlots) p.list = Place::List::Sorted;
        return p;
    }
    if (within >= levelSlots && within < levelSlots + static_cast<std::uint32_t>(runLists())) {
        p.list = Place::List::Run;
        p.index = within - levelSlots;
    }
    if (hasCascades() && within == levelSlots + 1) p.list = Place::List::Cascade;
    return p;
}

std::string Geometry::levelName(int lev) const
{
    return is(TimerAlgorithm::Wheel61) ? "lvl" + std::to_string(lev) : "tv" + std::to_string(lev + 1);
}

std::string Geometry::slotName(SlotId s) const
{
    const Place p = place(s);
    switch (p.list) {
    case Place::List::Slot:
        return (p.wheel == 1 ? "def " : "") + levelName(p.level) + "[" + std::to_string(p.index) + "]";
    case Place::List::Run:
        return runLists() > 1 ? "run list " + std::to_string(p.index) : "run list";
    case Place::List::Sorted:
        return "sorted list";
    case Place::List::Cascade:
        return "cascade list";
    case Place::List::Active: return "active list";
    case Place::List::Inactive: return "inactive list";
    case Place::List::Ready: return "ready list";
    case Place::List::Returned: return "returned list";
    case Place::List::None:
        break;
    }
    return "nowhere";
}

Geometry wheelGeometry(int cpus, Word word, bool small)
{
    const int rootBits = small ? 6 : 8;
    const int levelBits = small ? 4 : 6;
    Geometry g;
    g.levels = 5;
    g.cpus = cpus;
    g.word = word;
    std::uint32_t first = 0;
    for (int l = 0; l < g.levels; ++l) {
        auto& lev = g.level[static_cast<std::size_t>(l)];
        lev.slots = 1 << (l == 0 ? rootBits : levelBits);
        lev.shift = l == 0 ? 0 : rootBits + (l - 1) * levelBits;
        lev.first = first;
        first += static_cast<std::uint32_t>(lev.slots);
    }
    // The lowest level that reaches so far, or the highest there is.
    for (std::size_t bit = 0, l = 0; bit < g.filing.size(); ++bit) {
        while (l + 1 < static_cast<std::size_t>(g.levels) && static_cast<int>(bit) >= g.level[l + 1].shift) ++l;
        const Level& lev = g.level[l];
        g.filing[bit] = {lev.mask(), static_cast<std::uint16_t>(lev.first), static_cast<std::uint8_t>(lev.shift)};
    }
    const int reach = rootBits + (g.levels - 1) * levelBits;
    g.highestNear = static_cast<std::uint32_t>(std::min(reach, word.bits() - 1) - 1);
    g.wheelSlots = g.levelSlots = first;
    g.slotsPerCpu = (first + 2 + 63) / 64 * 64;
    g.inverse = (1ull << 32) / g.slotsPerCpu + 1;
    return g;
}

Geometry wheel61Geometry(int cpus, Word word, Hz hz)
{
    Geometry g;
    g.algorithm = TimerAlgorithm::Wheel61;
    g.insertion = Insertion::Head;
    g.levels = hz.value > 100 ? 9 : 8;
    g.cpus = cpus;
    g.word = word;
    g.wheels = 2;
    for (int l = 0; l < g.levels; ++l) g.level[static_cast<std::size_t>(l)] = {64, 3 * l, static_cast<std::uint32_t>(64 * l)};
    g.wheelSlots = static_cast<std::uint32_t>(64 * g.levels);
    g.levelSlots = 2 * g.wheelSlots;
    g.slotsPerCpu = g.levelSlots + 64; // the run lists have the last 64 for themselves
    g.inverse = (1ull << 32) / g.slotsPerCpu + 1;
    return g;
}

Geometry sortedListGeometry(int cpus, Word word)
{
    Geometry g;
    g.algorithm = TimerAlgorithm::SortedList;
    g.insertion = Insertion::Before;
    g.cpus = cpus;
    g.word = word;
    g.inverse = (1ull << 32) / g.slotsPerCpu + 1;
    return g;
}

Geometry geometryOf(const MachineConfig& machine)
{
    if (machine.isDaemon) return daemonGeometry();
    switch (machine.timers) {
    case TimerAlgorithm::Wheel39: return wheelGeometry(machine.cpus, machine.word, machine.small);
    case TimerAlgorithm::Wheel61: return wheel61Geometry(machine.cpus, machine.word, machine.hz);
    case TimerAlgorithm::SortedList: return sortedListGeometry(machine.cpus, machine.word);
    }
    return {};
}

Geometry daemonGeometry()
{
    Geometry g;
    g.isDaemon = true;
    g.insertion = Insertion::Before;
    g.word = Word(64);
    g.inverse = (1ull << 32) / g.slotsPerCpu + 1;
    return g;
}

std::uint32_t slotOutOfReach(const Geometry& g, Jiffies expires, Jiffies position)
{
    if (g.word.isBefore(expires, position)) return g.level[0].first + g.level[0].indexOf(position);
    const Level& top = g.level[static_cast<std::size_t>(g.levels - 1)];
    const std::uint64_t capacity = (static_cast<std::uint64_t>(top.slots) << top.shift) - 1;
    const Jiffies reachable =
        g.word.distance(expires, position) > capacity ? g.word.add(position, capacity) : expires;
    return top.first + top.indexOf(reachable);
}

} // namespace jiffy::core
