// SPDX-License-Identifier: GPL-3.0-or-later
// The reference wheel as one side of a comparison. Sides have the same five verbs over timers 0..n-1.
#pragma once

#include "tests/bench/reference_wheel.h"

#include <cstddef>
#include <vector>

namespace jiffy::bench
{

class ReferenceSide
{
  public:
    ReferenceSide(std::size_t timers, std::uint64_t jiffies) : m_wheel(jiffies), m_timers(timers)
    {
        for (auto& t : m_timers) {
            t.slack = 0;
            t.function = &ReferenceSide::count;
            t.data = reinterpret_cast<std::uintptr_t>(&m_fired);
        }
        m_wheel.tick(); // the first one brings the position from jiffies to jiffies + 1
    }
    ReferenceSide(const ReferenceSide&) = delete;
    ReferenceSide& operator=(const ReferenceSide&) = delete;

    void add(std::uint32_t i, std::uint32_t delay)
    {
        m_timers[i].expires = m_wheel.jiffies() + delay;
        m_wheel.add(m_timers[i]);
    }
    void mod(std::uint32_t i, std::uint32_t delay) { m_wheel.mod(m_timers[i], m_wheel.jiffies() + delay); }
    void del(std::uint32_t i) { m_wheel.del(m_timers[i]); }
    void next() { m_next = m_wheel.next(); }
    void tick() { m_wheel.tick(); }
    std::uint64_t fired() const { return m_fired; }

    static constexpr std::size_t bytesPerTimer = sizeof(ReferenceWheel<std::uint64_t>::Timer);

  private:
    static void count(std::uint64_t data)
    {
        ++*reinterpret_cast<std::uint64_t*>(static_cast<std::uintptr_t>(data));
    }

    ReferenceWheel<std::uint64_t> m_wheel;
    std::vector<ReferenceWheel<std::uint64_t>::Timer> m_timers;
    std::uint64_t m_fired = 0;
    std::uint64_t m_next = 0;
};

} // namespace jiffy::bench
