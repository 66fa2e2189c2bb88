// SPDX-License-Identifier: GPL-3.0-or-later
// Times of a trace as instants of its replay.
//
// A replay counts jiffies, a trace time. Jiffies never run ahead of time, but they may lag: they are counted by an
// interrupt, which can be late or be slept through. So the begin of jiffy n is no later than any event that prints n, and
// the earliest of those, seen over a while, tells it: the lower envelope of (time - jiffies / HZ). The trace's clock and
// jiffies may drift apart; the envelope follows up to 200 ppm. O(1) for an event.
#pragma once

#include "core/base/units.h"
#include "core/trace/line.h"

#include <cstdint>
#include <vector>

namespace jiffy::core
{

class TraceClock
{
  public:
    void add(const TraceEvent& event);

    /// No event printed jiffies, or its clock does not count seconds.
    bool isEmpty() const { return m_edges.empty() || m_isCounter; }
    /// Call once, when all is added. jiffies: at the start of the replay.
    void settle(Hz hz, Word word, Jiffies jiffies);
    /// ns since the start of the replay; negative: before it. Grows with time. O(log n). REQUIRES: settle().
    std::int64_t instant(std::uint64_t time) const;

  private:
    struct Edge ///< jiffies were first seen there
    {
        std::uint64_t time = 0;
        std::int64_t jiffies = 0; ///< since the first ones; settled: their begin, as the envelope has it, in ns after m_first
    };

    std::vector<Edge> m_edges;
    std::uint64_t m_first = 0;
    Jiffies m_firstJiffies = 0;
    Jiffies m_last = 0;
    std::uint64_t m_lastTime = 0;
    std::int64_t m_jiffies = 0;
    bool m_isCounter = false;
};

} // namespace jiffy::core
