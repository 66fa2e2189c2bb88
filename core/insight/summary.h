// SPDX-License-Identifier: GPL-3.0-or-later
// The totals of a run: a fold over the log that only ever extends. It needs no world, only the log.
#pragma once

#include "core/event/log.h"
#include "core/insight/clock_fold.h"
#include "core/insight/costs.h"
#include "core/insight/kernel_totals.h"
#include "core/insight/lateness.h"
#include "core/scenario/inputs.h"
#include "core/world/geometry.h"

#include <optional>
#include <string>
#include <vector>

namespace jiffy::core
{

struct SummaryLine
{
    std::string name;   ///< "ticks", "events", "armed", "re-armed", "deleted before expiry", "fired", "cascades", ...
    std::string value;  ///< plain digits (so that `expect` can compare them), or words
    bool isTold = true; ///< false: it can only be 0 on this algorithm; there for `expect`, and told to nobody
    bool operator==(const SummaryLine&) const = default;
};

/// What the totals count:
///   ticks                  by which jiffies moved since the start
///   events                 records in the log
///   armed                  timers filed that were not pending; re-armed: filed anew while pending
///   deleted before expiry  taken off by del_timer() or try_to_del_timer_sync()
///   cascades               of a wheel that cascades: calls of cascade(), those in Passed runs too; empty: those that found no timer
///   moves                  timers that a cascade filed anew
///   comparisons            of a sorted list: of expiries, to find the places in it (costs.h; so are the next two)
///   wake-ups               ticks in which the handler of a timer that wakes ran, each CPU for itself
///   most work in one tick  moves and handlers, on all CPUs
///   worst lateness         jiffies at the call minus expires, the largest of all calls, at least 0; earliest: the smallest,
///                          where any call came early
///   pending at the end     armed - deleted - fired
///
/// Of a machine of CPUs besides:
///   tick interrupts        on all CPUs; saved ticks: those that stopped ticks spared; other interrupts: of devices and CPUs
///   most turns in one softirq  of the loop in __run_timers()
///   deadlocks              CPUs that spin for each other for ever; uses after free: functions that run on freed memory, and
///                          timers that are freed while armed
///   sleeps                 that ended, with the shortest and the longest; only where there are processes
///
/// Of tgtd instead:
///   virtual time           of the whole run
///   added, deleted, run    add_work() that queued; del_work() that took off; funcs called
///   run early              before the seconds they were added with
///   alarms                 deliveries of SIGALRM, or expirations of the timerfd; skipped: timer_pending was set
///   writes                 to the pipe, those of add_work() too; lost: they failed or went to another file
///   passes                 execute_work() or schedule(); for nothing: no func was called
///   epoll_wait calls       interrupted: EINTR; woken for nothing: neither I/O nor work came of it
///   calls cut short        slow system calls that a signal ended; events not found: that a failed start removes.
///                          These two and "drain without an end" only where there are any
///   worst lateness         behind the seconds it was added with; earliest: before them, where any work ran early
///   due, never ran         its seconds were over, and it is on a list at the end; only where there is any
///   waiting at the end     added - deleted - run
class Summary
{
  public:
    explicit Summary(const Inputs& inputs);

    void add(const Record& r);
    /// The run still open behind the last record; call it last, and on a copy if more records will follow.
    void addOpen(const OpenRun& run);

    std::vector<SummaryLine> lines(const Inputs& inputs) const;
    /// The value of a line, or of one part of a machine of CPUs (kernel_totals.h); none: there is no such line.
    std::optional<std::string> valueOf(const std::string& name, const Inputs& inputs) const;

    std::uint64_t events = 0, armed = 0, rearmed = 0, deleted = 0, fired = 0, cascades = 0, emptyCascades = 0,
                  moves = 0, refused = 0, machineFired = 0, machineLost = 0;
    std::int64_t worstLateness = 0;  ///< jiffies; 0 when nothing was late
    TimerId worstTimer;              ///< the first one that was that late; none when all ran early
    Jiffies worstAt = 0;             ///< jiffies at its call

    std::uint64_t ticks() const { return m_clock.ticks; }
    std::uint64_t pending() const { return armed - deleted - fired; }

  private:
    void countPassed(const OpenRun& run);
    void countUnqueued(const Record& r);
    void countQueued(const Record& r);
    void countFired(const Record& r);

    void addWork(const Record& r);
    std::vector<SummaryLine> workLines(const Inputs& inputs) const;
    void addKernelLines(std::vector<SummaryLine>& out) const;

    std::optional<Lateness> m_work; ///< tgtd: then nothing else counts but events and m_clock
    std::optional<CostFold> m_costs; ///< not of tgtd
    std::optional<KernelTotals> m_kernel; ///< a machine of CPUs
    Wakers m_wakers;
    std::uint64_t m_writes = 0, m_lostWrites = 0, m_callsCutShort = 0, m_unknownEvents = 0;
    TimerId m_spinning; ///< its drain never ends
    Geometry m_geometry;
    ClockFold m_clock;
    std::vector<bool> m_beingRefiled; ///< by item: taken off by a call that will file it again
};

/// Folds a whole run.
Summary summarise(const Inputs& inputs, const LogView& log, const OpenRun& open);

} // namespace jiffy::core
