// SPDX-License-Identifier: GPL-3.0-or-later
// What an algorithm cost, up to any event: an insight over the whole log that only ever extends. The same
// inputs on several algorithms give accounts that can be put side by side (cost_rules.h says what counts). It
// needs no world, only the log. One thread at a time. REQUIRES everywhere: the inputs are not tgtd's.
//
// An answer for an event walks from the last of the marks that lie 1,024 records apart; they take about a
// byte for each record.
#pragma once

#include "core/event/log.h"
#include "core/insight/cost_rules.h"

#include <vector>

namespace jiffy::core
{

/// The most of something, and what caused it.
struct Extreme
{
    static constexpr std::uint64_t never = ~0ull;

    std::uint64_t value = 0;
    std::uint64_t event = never; ///< the record, or the first of those that make it up
    std::uint64_t tick = 0;      ///< since the start, when it happened
    bool operator==(const Extreme&) const = default;
    bool isAny() const { return event != never; }
};

/// A call of a handler that was especially late or early.
struct LateCall
{
    std::int64_t jiffies = 0; ///< at the call, minus the timer's expiry; negative: early
    std::uint64_t event = Extreme::never;
    std::uint64_t tick = 0;
    TimerId timer;
    SlotId slot; ///< that it ran from
    bool operator==(const LateCall&) const = default;
    bool isAny() const { return event != Extreme::never; }
};

struct CostTotals
{
    std::uint64_t comparisons = 0;       ///< of expiries, to find a place in a sorted list
    std::uint64_t comparisonsInTick = 0; ///< of these, by handlers: within the softirq
    Extreme worstInsertion;              ///< comparisons for one timer
    Extreme worstComparisonsInTick;      ///< comparisons by the handlers of one tick

    std::uint64_t links = 0;
    Extreme mostLinks; ///< in one go: a call from outside, or a CPU's softirq in one tick with the calls of
                       ///< its handlers
    std::uint64_t lines = 0;
    Extreme mostLines; ///< in one go, too; a run of empty turns is many goes and does not count here

    std::uint64_t moves = 0; ///< timers filed anew by cascades
    Extreme mostMoves;       ///< in one tick

    std::uint64_t handlers = 0;
    Extreme mostHandlers; ///< in one tick

    /// Against the expiry that the timer holds. What slack added to the one asked for is not late, and stands
    /// apart.
    LateCall latest, earliest; ///< the first of those that late (early)
    std::uint64_t early = 0;   ///< calls before their expiry
    Extreme mostSlack; ///< jiffies; SlackAsked tells more than a record can hold, and is not looked at

    /// Ticks in which the handler of a timer that wakes ran, each CPU for itself: how often a CPU that has
    /// nothing else to do is woken.
    std::uint64_t wakeUps = 0;
    Extreme lastWakeUp; ///< value: its number, from 1

    /// Moves and handlers in one tick, on all CPUs.
    Extreme mostWork;
    std::uint64_t mostWorkMoves = 0, mostWorkHandlers = 0; ///< that it consists of

    bool operator==(const CostTotals&) const = default;
};

/// Which timers wake an idle CPU: all but the deferrable ones of a wheel. The sorted list knows no such flag
/// and wakes for each.
class Wakers
{
  public:
    void apply(const Geometry& geometry, const Record& r);
    bool wakes(TimerId timer) const { return timer.value >= m_deferrable.size() || !m_deferrable[timer.value]; }

  private:
    std::vector<bool> m_deferrable; ///< by timer; what stands behind the end is not
};

/// The fold itself: costs after the records that it took.
class CostFold
{
  public:
    explicit CostFold(const MachineConfig& machine);

    /// REQUIRES: wakers took this record, or a longer prefix of the same log.
    void apply(const Geometry& geometry, const Record& r, std::uint64_t event, const Wakers& wakers);
    const CostTotals& totals() const { return m_totals; }
    std::uint64_t ticks() const { return m_clock.ticks; }
    bool isInSoftirq() const { return m_isInSoftirq; }
    /// When now is, as jiffies.
    Jiffies jiffies() const { return m_clock.jiffies; }

  private:
    /// What happened in the present tick.
    struct Tick
    {
        std::uint64_t moves = 0, handlers = 0, comparisons = 0;
        std::uint64_t event = Extreme::never;            ///< the first move or handler
        std::uint64_t comparisonsEvent = Extreme::never; ///< the first comparison by a handler
        std::uint64_t woken = 0;                         ///< mask of CPUs that a timer woke
    };
    /// What belongs together: a call, or a softirq.
    struct Go
    {
        std::uint64_t links = 0, lines = 0, event = Extreme::never;
    };
    void raise(Extreme& most, std::uint64_t value, std::uint64_t event) const;
    void count(const StepCost& cost, const Record& r, std::uint64_t event);
    void compared(const Record& r, std::uint64_t event);
    void called(const Record& r, std::uint64_t event, bool wakes);
    void worked(std::uint64_t event);

    ClockFold m_clock;
    CostTotals m_totals;
    Tick m_tick;
    Go m_go;
    bool m_isInSoftirq = false;
};

class Costs
{
  public:
    explicit Costs(const MachineConfig& machine);

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);
    std::uint64_t eventsSeen() const { return m_events; }

    /// Of all records seen.
    const CostTotals& totals() const { return m_now.totals(); }
    /// Of the first `events` records (at most those seen). O(1,024).
    CostTotals upTo(const LogView& log, std::uint64_t events) const;

  private:
    static constexpr int markBits = 10;
    Geometry m_geometry;
    std::vector<CostFold> m_marks; ///< before every 1,024th record
    CostFold m_now;
    Wakers m_wakers; ///< after all records seen; a timer is defined once, so it serves every prefix
    std::uint64_t m_events = 0;
};

} // namespace jiffy::core
