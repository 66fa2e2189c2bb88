// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/wheel_6_1.h"

#include "core/run/recorder.h"

namespace jiffy::core
{

Jiffies searchNextExpiry(const World& world, int cpu, int wheel)
{
    const Geometry& g = world.geometry();
    const Word word = g.word;
    const Jiffies clk = world.cpu(cpu).clk(wheel);
    const std::uint32_t firstWord = g.slotOn(cpu, wheel, 0, 0).value >> 6;
    Jiffies first = word.add(clk, Wheel61<PlainEmitter>::nextTimerMaxDelta);
    // The clock in units of the level's slots, rounded up.
    std::uint64_t at = clk;
    for (int l = 0; l < g.levels; ++l) {
        const std::uint64_t slots = world.occupancy()[firstWord + static_cast<std::uint32_t>(l)];
        const auto beyond = at & 7;
        if (slots != 0) {
            const auto ahead = static_cast<std::uint64_t>(std::countr_zero(std::rotr(slots, static_cast<int>(at & 63))));
            const Jiffies due = word.reduce((at + ahead) << (3 * l));
            if (word.isBefore(due, first)) first = due;
            // Nothing of the levels above is due before the clock gets to a multiple of their slots.
            if (ahead <= ((8 - beyond) & 7)) break;
        }
        at = word.reduce((at >> 3) + (beyond != 0 ? 1 : 0));
    }
    return first;
}

} // namespace jiffy::core
