// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/timer_list.h"

#include <algorithm>

namespace jiffy::ui
{

TimerList::TimerList(const core::World& world, core::SlotId slot)
{
    add(world, slot);
}

TimerList::TimerList(const core::World& world, int cpu)
{
    const core::Geometry& g = world.geometry();
    add(world, g.runList(cpu));
    add(world, g.cascadeList(cpu));
    const core::Jiffies position = world.cpu(cpu).timerJiffies;
    for (int l = 0; l < g.levels; ++l) {
        const core::Level& level = g.level[static_cast<std::size_t>(l)];
        // The slot that the position is in comes last in tv2 and up: its next turn is a whole round away,
        // unless the position stands at its very beginning.
        const bool isBegin = (position & ((1ull << level.shift) - 1)) == 0;
        const std::uint32_t from = level.indexOf(position) + (isBegin ? 0 : 1);
        for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(level.slots); ++i)
            add(world, g.slot(cpu, l, (from + i) & level.mask()));
    }
}

void TimerList::add(const core::World& world, core::SlotId slot)
{
    if (!world.isOccupied(slot)) return;
    Part part;
    part.slot = slot;
    part.first = m_size;
    part.count = world.listAt(slot).count;
    m_size += part.count;
    m_parts.push_back(std::move(part));
}

core::TimerId TimerList::inPart(const core::World& world, Part& part, std::uint64_t row)
{
    const core::ItemList list = world.listAt(part.slot);
    // From the tail, if that is nearer than anything known.
    const std::uint64_t toTail = part.count - 1 - row;
    if (part.known.empty()) part.known.push_back(list.first);
    const std::uint64_t from = std::min<std::uint64_t>(row / stride, part.known.size() - 1);
    if (toTail < row - from * stride) {
        core::TimerId timer = list.last;
        for (std::uint64_t k = 0; k < toTail; ++k)
            timer = world.previous(timer);
        return timer;
    }
    core::TimerId timer = part.known[from];
    for (std::uint64_t k = from * stride; k < row; ++k) {
        timer = world.next(timer);
        if ((k + 1) % stride == 0 && (k + 1) / stride == part.known.size()) part.known.push_back(timer);
    }
    return timer;
}

core::TimerId TimerList::at(const core::World& world, std::uint64_t row)
{
    const auto part = std::partition_point(m_parts.begin(), m_parts.end(),
                                           [&](const Part& p) { return p.first + p.count <= row; });
    return inPart(world, *part, row - part->first);
}

std::vector<core::TimerId> TimerList::range(const core::World& world, std::uint64_t first, std::size_t count)
{
    std::vector<core::TimerId> timers;
    auto part = std::partition_point(m_parts.begin(), m_parts.end(),
                                     [&](const Part& p) { return p.first + p.count <= first; });
    for (; part != m_parts.end() && timers.size() < count; ++part) {
        core::TimerId timer = inPart(world, *part, std::max(first, part->first) - part->first);
        for (; timer.isValid() && timers.size() < count; timer = world.next(timer))
            timers.push_back(timer);
    }
    return timers;
}

} // namespace jiffy::ui
