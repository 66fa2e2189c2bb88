// SPDX-License-Identifier: GPL-3.0-or-later
// A run in the terminal: one line an event, "jiffies  cpu  text"; of tgtd "ms  text".
#pragma once

#include "app/output.h"
#include "core/insight/clock_fold.h"
#include "core/run/snapshot.h"

#include <cstdint>
#include <string>

namespace jiffy::app
{

/// Ticks since the start, both ends included.
struct TickRange
{
    std::uint64_t first = 0;
    std::uint64_t last = ~0ull;
};

class Narrator
{
  public:
    static constexpr std::uint64_t linesByDefault = 1000;

    Narrator(const core::Inputs& inputs, const core::Snapshot& run, Output& out, std::uint64_t mostLines);

    /// Title and what to watch, where the inputs have them.
    void title();
    /// The events of these ticks; a run that passed is cut to them. Says how many did not fit.
    void narrate(TickRange range);

  private:
    bool cutTo(TickRange range, core::Record& r);
    void line(const core::Record& r);

    const core::Inputs& m_inputs;
    const core::Snapshot& m_run;
    Output& m_out;
    std::uint64_t m_mostLines;
    core::ClockFold m_clock;
    core::Geometry m_geometry;
    bool m_isDaemon; ///< ms instead of jiffies, and no CPU
    int m_jiffiesWidth;
    std::string m_line;
};

} // namespace jiffy::app
