// SPDX-License-Identifier: GPL-3.0-or-later
// What ties runs of the same inputs on different timer algorithms: instants. Their logs differ, their clock
// and their calls do not. An instant is so many ticks, so many calls of the inputs carried out, and whether
// the tick's softirqs are over; all three grow along every log, so each run has a last position that is not
// after an instant.
//
// On a machine of CPUs things take time and calls may wait, so there an instant is a time.
//
// Not for tgtd. One thread at a time.
#pragma once

#include "core/history/history.h"
#include "core/history/time_index.h"

#include <vector>

namespace jiffy::core
{

struct RunInstant
{
    std::uint64_t ticks = 0; ///< since the start
    std::uint64_t calls =
        0; ///< actions of the inputs that have been carried out; by hand, all but those that are ticks
    bool isHandling = false; ///< the softirqs of this tick are under way, or are still to come
    bool isEnd = false; ///< behind all that the run has
    std::uint64_t nanoseconds = 0; ///< since the start: all that there is of an instant of a machine of CPUs
    bool operator==(const RunInstant&) const = default;
};

/// Where the calls of the inputs stand in a log: a fold that extends as the log does.
class InstantIndex
{
  public:
    explicit InstantIndex(InputsPtr inputs) : m_inputs(std::move(inputs)), m_times(m_inputs->machine) {}

    /// log: a longer prefix of the same log.
    void extend(const LogView& log);
    std::uint64_t calls() const { return m_calls.size(); } ///< found so far

    /// history: of the run whose log was given to extend().
    RunInstant instantAt(const History& history, Position p) const;
    /// The last position not after the instant; the end of what is computed if the run has not come that far.
    Position positionOf(History& history, const RunInstant& instant) const;

  private:
    bool isOfKernel() const { return m_inputs->machine.kernel.isThere; }
    struct Span
    {
        std::uint64_t begin = 0, end = 0; ///< records [begin, end)
    };
    void readOutside(const LogView& log, std::uint64_t e);
    bool isOfTick(const LogView& log, std::uint64_t e) const;
    void begin(const Record& r, std::uint64_t e);
    bool isInCall(std::uint64_t event) const;
    Position lastOfTick(History& history, std::uint64_t ticks) const;
    Position firstOfTick(History& history, std::uint64_t ticks) const;

    static constexpr std::uint64_t blockSize = 512; ///< records
    std::vector<std::uint64_t> m_blockTicks;        ///< since the start, before the first record of a block
    std::uint64_t m_ticks = 0;                      ///< before the record that is read next
    InputsPtr m_inputs;
    TimeIndex m_times; ///< a machine of CPUs: all that is kept
    std::vector<Span> m_calls;
    std::uint64_t m_read = 0;   ///< records read
    std::uint64_t m_action = 0; ///< next of Inputs::actions that is a call
    std::uint64_t m_begin = 0;  ///< of the call under way
    bool m_isInCall = false;
    bool m_isInSoftirq = false;  ///< of a tick, or of the call under way
    bool m_isBehindTick = false; ///< by hand: no call since the clock ticked
};

} // namespace jiffy::core
