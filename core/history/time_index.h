// SPDX-License-Identifier: GPL-3.0-or-later
// Positions by time in the log of a machine of CPUs, whose clock moves within ticks: a fold that extends as the log does.
// One thread at a time.
#pragma once

#include "core/history/history.h"
#include "core/insight/clock_fold.h"

#include <vector>

namespace jiffy::core
{

class TimeIndex
{
  public:
    explicit TimeIndex(const MachineConfig& machine) : m_clock(machine) {}

    /// log: a longer prefix of the same log.
    void extend(const LogView& log);
    /// ns since the start behind a record of the log that was given to extend(). REQUIRES: event < log.size(). O(512).
    std::uint64_t timeAfter(const LogView& log, std::uint64_t event) const;
    /// ns since the start at a position of the history whose log was given to extend(). O(512).
    std::uint64_t timeAt(const History& history, Position p) const;
    /// The last position whose time is not after `nanoseconds`; the end of what is computed if the run has not come that
    /// far. O(512 + log of the length).
    Position lastAt(const History& history, std::uint64_t nanoseconds) const;

  private:
    static constexpr std::uint64_t blockSize = 512; ///< records
    static std::uint64_t timeOf(const ClockFold& clock) { return static_cast<std::uint64_t>(clock.now()); }
    ClockFold blockOf(std::uint64_t event) const;

    struct Moment
    {
        std::uint64_t ticks = 0, offset = 0;
    };
    ClockFold m_clock;              ///< behind the records read
    std::vector<Moment> m_blocks;   ///< before the first record of each
    std::uint64_t m_read = 0;
};

} // namespace jiffy::core
