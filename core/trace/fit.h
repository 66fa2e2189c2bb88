// SPDX-License-Identifier: GPL-3.0-or-later
// What no line of a trace says: HZ and the machine's word, found from all of them.
//
// Each timer_start and timer_expire_entry gives a point (time, jiffies). HZ is the slope of the line of least
// squares through them, snapped to the values that kernels are built with. The word is seen from sizes and
// from a wrap. Constant memory; add() allocates nothing.
#pragma once

#include "core/base/units.h"
#include "core/trace/line.h"

#include <string>

namespace jiffy::core
{

class ClockFit
{
  public:
    void add(const TraceEvent& event);

    struct HzFound
    {
        Hz hz;
        std::string why; ///< one sentence
    };
    struct WordFound
    {
        Word word;
        std::string why;
    };
    /// Without enough to go on: 250, and why says so.
    HzFound hz() const;
    WordFound word() const;
    std::uint64_t points() const { return m_points; }
    /// Points that are older than one before them by more than CPUs' clocks ever differ.
    std::uint64_t backwards() const { return m_backwards; }

  private:
    void addPoint(std::uint64_t time, std::uint64_t now);

    std::uint64_t m_points = 0, m_backwards = 0;
    std::uint64_t m_firstTime = 0, m_lastTime = 0;
    std::uint64_t m_lastNow = 0;
    std::int64_t m_jiffies = 0; ///< of the last point, since the first; past wraps
    double m_sumX = 0, m_sumY = 0, m_sumXX = 0, m_sumXY = 0;
    bool m_hasCounter = false, m_hasWrap = false, m_hasLarge = false;
    std::uint64_t m_largest = 0;
    int m_digits = 0;
};

} // namespace jiffy::core
