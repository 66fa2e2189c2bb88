// SPDX-License-Identifier: GPL-3.0-or-later
// The timers of a slot, or of a whole wheel, as a sequence with numbers: row 500,000 of a million can be
// asked for. Nothing is kept for each timer. Lists are linked, so a row is reached by walking; every 1,024th
// timer passed on the way is remembered, and rows near those asked for before cost next to nothing. Forget it
// when the world moves.
#pragma once

#include "core/world/world.h"

#include <cstdint>
#include <vector>

namespace jiffy::ui
{

class TimerList
{
  public:
    TimerList() = default;
    /// One list: a slot, or a CPU's run or cascade list.
    TimerList(const core::World& world, core::SlotId slot);
    /// All pending timers of a CPU, in the order in which the hand comes to their slots: the run and cascade
    /// lists, tv1 from the hand round to the slot behind it, then tv2 and up.
    TimerList(const core::World& world, int cpu);

    std::uint64_t size() const { return m_size; }
    /// REQUIRES: `world` is as it was when this was made, row < size().
    core::TimerId at(const core::World& world, std::uint64_t row);
    /// The rows [first, first + count), as far as there are that many.
    std::vector<core::TimerId> range(const core::World& world, std::uint64_t first, std::size_t count);

  private:
    static constexpr std::uint64_t stride = 1024;
    struct Part
    {
        core::SlotId slot;
        std::uint64_t first = 0; ///< row of its head
        std::uint32_t count = 0;
        std::vector<core::TimerId> known; ///< rows first + k * stride
    };
    void add(const core::World& world, core::SlotId slot);
    core::TimerId inPart(const core::World& world, Part& part, std::uint64_t row);

    std::vector<Part> m_parts; ///< none is empty
    std::uint64_t m_size = 0;
};

} // namespace jiffy::ui
