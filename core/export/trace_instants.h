// SPDX-License-Identifier: GPL-3.0-or-later
// When the records of a log happen on the time axis of a trace viewer. Two axes:
//
//   True     the virtual time of the run. Nothing takes time in a model, so many records share an instant; the k-th of
//            an instant is put k ns behind it, so that a viewer shows each and nests them rightly. Where the next
//            instant is nearer than that, they share the room that there is, to fractions of a ns.
//   Logical  one second is one tick, wherever it lies in the run, and the records of a tick stand in it evenly.
//
// Instants never go back. The log is looked ahead of by one instant: memory does not grow with it.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"

#include <cstdint>

namespace jiffy::core
{

/// Whole seconds and picoseconds: neither axis can overflow, whatever a run's length.
struct TraceInstant
{
    std::uint64_t seconds = 0;
    std::uint64_t ps = 0;
    constexpr auto operator<=>(const TraceInstant&) const = default;
};

enum class TimeBase : std::uint8_t { True, Logical };

class TraceInstants
{
  public:
    TraceInstants(const MachineConfig& machine, const LogView& log, std::uint64_t endTicks, TimeBase base);

    /// Goes on to the group that `event` is in: the records of one instant, or of one logical tick, without those that
    /// move the clock. Returns its end, one behind its last record. REQUIRES: events ascend from call to call.
    std::uint64_t groupEnd(std::uint64_t event);
    /// Of a record of the present group; of its end too, for what ends with its last record.
    TraceInstant at(std::uint64_t event) const;
    /// Ticks since the start in the present group.
    std::uint64_t ticks() const { return m_clock.ticks; }
    /// When all is over: never before any record.
    TraceInstant end() const;

  private:
    struct Clock
    {
        std::uint64_t ticks = 0, offset = 0;
        void take(const Record& r, Hz hz);
    };
    bool movesOn(const Record& r) const;
    TraceInstant instantOf(const Clock& clock) const;
    void enter(std::uint64_t event);

    Hz m_hz;
    LogView m_log;
    std::uint64_t m_endTicks;
    TimeBase m_base;
    std::uint64_t m_first = 0, m_end = 0;       ///< the present group
    Clock m_clock;                              ///< of that
    std::uint64_t m_room = 0;                   ///< ps from its instant to the next one, at most a second
    TraceInstant m_at;                          ///< its instant
    TraceInstant m_last;                        ///< of the last record of any group so far
};

} // namespace jiffy::core
