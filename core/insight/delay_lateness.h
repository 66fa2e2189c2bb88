// SPDX-License-Identifier: GPL-3.0-or-later
// How late handlers were called, against how far ahead they had been asked for: what shows the granularity of
// a wheel whose levels get coarser. An insight over the whole log that only ever extends. Calls that are
// alike share a cell of a logarithmic grid, so that a picture costs the same for a million calls as for a
// thousand; a cell knows its first call, so that it can be told apart from what a playhead has not reached.
// One thread at a time. REQUIRES everywhere: the log is not tgtd's.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"

#include <map>
#include <vector>

namespace jiffy::core
{

/// Calls that are alike, by the first of them.
struct DelayCell
{
    std::uint64_t delay = 0; ///< jiffies from the call that filed the timer to its expiry; 0: then, or before
    std::int64_t late = 0;   ///< jiffies at the handler's call, minus the expiry
    std::uint64_t event = 0; ///< the Fired
    std::uint64_t tick = 0;  ///< since the start
    std::uint64_t count = 0;
    bool operator==(const DelayCell&) const = default;
};

class DelayLateness
{
  public:
    explicit DelayLateness(const MachineConfig& machine);

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);
    std::uint64_t eventsSeen() const { return m_events; }

    /// In the order of their first calls.
    const std::vector<DelayCell>& cells() const { return m_cells; }
    /// Of all calls; 0 when there is none.
    std::uint64_t longestDelay() const { return m_longest; }
    std::int64_t latest() const { return m_latest; }
    std::int64_t earliest() const { return m_earliest; }

    /// Where a call lies in the grid: eight columns to each doubling of the delay, and four rows to each
    /// doubling of the lateness; small numbers have their own.
    static int columnOf(std::uint64_t delay);
    static int rowOf(std::int64_t late);
    bool operator==(const DelayLateness&) const = default;

  private:
    Word m_word;
    Jiffies m_jiffies = 0;
    std::uint64_t m_ticks = 0, m_events = 0;
    std::vector<std::uint64_t> m_delays; ///< by item: of its last filing
    std::vector<DelayCell> m_cells;
    std::map<std::pair<int, int>, std::size_t> m_places; ///< column and row: index into m_cells
    std::uint64_t m_longest = 0;
    std::int64_t m_latest = 0, m_earliest = 0;
    bool m_isAny = false;
};

} // namespace jiffy::core
