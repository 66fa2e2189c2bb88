// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/wheel_3_9.h"

#include "core/run/recorder.h"

namespace jiffy::core
{

namespace
{

/// Distance, in slots, from slot `from` of a level to the first occupied one, going round; -1 if all are empty.
int slotsToFirst(const World& world, int cpu, const Level& level, std::uint32_t from)
{
    const auto& bits = world.occupancy();
    const std::uint32_t base = static_cast<std::uint32_t>(cpu) * world.geometry().slotsPerCpu + level.first;
    if (level.slots <= 64) {
        const std::uint64_t all = level.slots == 64 ? ~0ull : (1ull << level.slots) - 1;
        const std::uint64_t word = bits[base >> 6] >> (base & 63) & all;
        if (word == 0) return -1;
        const std::uint64_t behind = word >> from;
        if (behind != 0) return std::countr_zero(behind);
        return std::countr_zero(word) + level.slots - static_cast<int>(from);
    }
    const std::uint32_t words = static_cast<std::uint32_t>(level.slots) / 64;
    for (std::uint32_t k = 0; k <= words; ++k) {
        const std::uint32_t w = ((from >> 6) + k) % words;
        std::uint64_t word = bits[(base >> 6) + w];
        if (k == 0) word &= ~0ull << (from & 63);
        if (k == words) word &= ~(~0ull << (from & 63));
        if (word != 0) {
            const auto slot = static_cast<int>(w * 64) + std::countr_zero(word);
            return (slot - static_cast<int>(from) + level.slots) % level.slots;
        }
    }
    return -1;
}

/// The first timer of a slot that is not deferrable, or none.
TimerId firstNotDeferrable(const World& world, SlotId slot)
{
    TimerId t = world.listAt(slot).first;
    while (t.isValid() && world.item(t).isDeferrable()) t = world.next(t);
    return t;
}

} // namespace

std::uint64_t countQuietTurns(const World& world, int cpu)
{
    const Geometry& g = world.geometry();
    const Jiffies position = world.cpu(cpu).timerJiffies;
    std::uint64_t quiet = ~0ull;
    for (int l = 0; l < g.levels; ++l) {
        const Level& level = g.level[static_cast<std::size_t>(l)];
        // A slot of this level is handled at the positions that are multiples of its width.
        const std::uint64_t width = 1ull << level.shift;
        const std::uint64_t toBoundary = (width - (position & (width - 1))) & (width - 1);
        const Jiffies boundary = g.word.add(position, toBoundary);
        const int slots = slotsToFirst(world, cpu, level, level.indexOf(boundary));
        if (slots >= 0) quiet = std::min(quiet, toBoundary + static_cast<std::uint64_t>(slots) * width);
    }
    return quiet;
}

Jiffies searchNextTimer(const World& world, int cpu)
{
    const Geometry& g = world.geometry();
    const Word word = g.word;
    const Jiffies position = world.cpu(cpu).timerJiffies;
    Jiffies best = word.add(position, Wheel39<PlainEmitter>::nextTimerMaxDelta);
    bool found = false;
    // The position in units of the level's slots, rounded up once the level below has been left.
    std::uint64_t at = position;
    for (int l = 0; l < g.levels; ++l) {
        const Level& level = g.level[static_cast<std::size_t>(l)];
        const std::uint32_t start = static_cast<std::uint32_t>(at) & level.mask();
        std::uint32_t stopped = start;
        // Once something is found, only the slot that cascades next can still hold something earlier.
        const int slots = found ? 1 : level.slots;
        for (int k = 0; k < slots; ++k) {
            const std::uint32_t index = (start + static_cast<std::uint32_t>(k)) & level.mask();
            const SlotId slot = g.slot(cpu, l, index);
            TimerId t = world.isOccupied(slot) ? firstNotDeferrable(world, slot) : TimerId::none();
            if (!t.isValid()) continue;
            found = true;
            stopped = index;
            if (l == 0) {
                best = world.item(t).expires; // the first in the list, though an overdue one may stand behind it
                break;
            }
            for (; t.isValid(); t = world.next(t)) {
                const Item& item = world.item(t);
                if (!item.isDeferrable() && word.isBefore(item.expires, best)) best = item.expires;
            }
            break;
        }
        // A slot before the start belongs to the next turn, and the level above cascades before that.
        if (found && start != 0 && stopped >= start) return best;
        const std::uint64_t size = static_cast<std::uint64_t>(level.slots);
        if (start != 0) at += size - start;
        if (l == 0) at = word.reduce(at);
        at >>= std::countr_zero(size);
    }
    return best;
}

} // namespace jiffy::core
