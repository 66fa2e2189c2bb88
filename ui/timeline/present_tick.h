// SPDX-License-Identifier: GPL-3.0-or-later
// The tick in which the playhead stands, divided at the playhead: how much of what happens in it has happened. Follows
// the playhead record by record, so that steps within a tick of a million events cost what they step over.
#pragma once

#include "core/event/log.h"

#include <cstdint>
#include <vector>

namespace jiffy::ui
{

class PresentTick
{
  public:
    struct Count
    {
        std::uint32_t fires = 0, moves = 0; ///< moves: of a sorted list, expiries compared
        bool operator==(const Count&) const = default;
    };

    void reset(int cpus);
    /// Goes to the state behind the first `event` records, on the same log or a longer one.
    /// isInRun: behind that, too, within a run of empty ticks.
    void moveTo(const core::LogView& log, std::uint64_t event, bool isInRun);

    /// What has happened on a CPU since the tick began.
    Count done(int cpu) const { return m_isInRun ? Count{} : m_done[static_cast<std::size_t>(cpu)]; }
    /// How much of the tick's records lie behind the playhead, 0..1; 1 where it has none.
    double share() const;
    /// Its records: [begin, end).
    std::uint64_t begin() const { return m_begin; }
    std::uint64_t end() const { return m_end; }
    bool isInRun() const { return m_isInRun; }

  private:
    void count(const core::Record& r, bool isAdded);

    std::vector<Count> m_done;
    std::uint64_t m_begin = 0, m_end = 0;
    std::uint64_t m_event = 0;
    bool m_isInRun = false;
    bool m_isKnown = false;
    bool m_isEndOpen = true; ///< the log ended within the tick
};

} // namespace jiffy::ui
