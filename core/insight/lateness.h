// SPDX-License-Identifier: GPL-3.0-or-later
// What a run of tgtd amounts to: every stay of a work item from its add_work() to its run, every alarm and
// what became of it, when bytes lay in the pipe, what the one thread did. An insight over the whole log that
// only ever extends; the timeline's lanes, the table of lateness and comparisons read it. It needs no world,
// only the log, and serves a recording as well as a model's run.
//
// All instants are us since the start of the run, on the monotonic clock. Lists are in order of time.
// One thread at a time.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace jiffy::core
{

/// An instant that has not come.
constexpr std::uint64_t notYet = ~0ull;

/// One add_work() and what it led to.
struct WorkRun
{
    enum class Fate : std::uint8_t
    {
        Waiting, ///< on a list
        Ran,
        Deleted, ///< by del_work(), before it ran
    };
    std::uint64_t addedAt = 0;
    std::uint64_t due = 0;          ///< addedAt + the seconds asked for; what the caller expects
    std::uint64_t endedAt = notYet; ///< it ran, or was deleted, then
    std::uint64_t doneAt = notYet;  ///< its func returned
    std::uint64_t addEvent = 0;     ///< the record that put it on a list
    std::uint64_t endEvent = 0;     ///< its Fired or Unqueued; 0 while it waits
    /// The scheduler's own measure, `late=` of the vectors: us of the clock that it goes by (wall clock; of
    /// today's scheme its count), of the old scheduler jiffies. 0 where immediate.
    std::int64_t lateByClock = 0;
    TimerId item;
    Fate fate = Fate::Waiting;
    bool isImmediate = false; ///< asked with 0 seconds
    bool isByFunc = false;    ///< added by a work func
    bool operator==(const WorkRun&) const = default;

    bool hasRun() const { return fate == Fate::Ran; }
    std::uint64_t seconds() const { return (due - addedAt) / 1'000'000; }
    /// How long behind its due instant it ran; negative: before it. REQUIRES: hasRun().
    std::int64_t lateness() const { return static_cast<std::int64_t>(endedAt - due); }
};

struct AlarmMark
{
    enum class Fate : std::uint8_t
    {
        Delivered, ///< its handler has not come to the flag yet
        Wrote,     ///< timerfd: made it readable
        Swallowed, ///< timer_pending was set; timerfd: added to a count that nobody has read
        Failed,    ///< its write went wrong, or to a file that is not the pipe
        Blocked,   ///< waits until the handler of the one before it has returned
        Lost,      ///< came while one was blocked already
    };
    std::uint64_t at = 0;
    std::uint64_t event = 0;
    std::uint32_t swallowedBefore = 0; ///< of the alarms in front of it, so many were swallowed or lost
    Fate fate = Fate::Delivered;
    bool operator==(const AlarmMark&) const = default;
    bool isWithoutEffect() const { return fate == Fate::Swallowed || fate == Fate::Lost; }
};

/// From when to when; it lasts while `to` is notYet.
struct DaemonSpan
{
    std::uint64_t from = 0, to = notYet;
    std::uint64_t event = 0; ///< the record that began it
    bool operator==(const DaemonSpan&) const = default;
};

/// Bytes in the pipe, or expirations of a timerfd that nobody has read.
struct PipeStay : DaemonSpan
{
    std::uint64_t most = 0; ///< bytes (expirations) at the fullest
    bool operator==(const PipeStay&) const = default;
};

/// The handler of a source of I/O.
struct HandlerSpan : DaemonSpan
{
    TimerId source;
    bool operator==(const HandlerSpan&) const = default;
};

/// execute_work() or schedule().
struct PassSpan : DaemonSpan
{
    std::uint32_t expired = 0; ///< items moved to the active list
    std::uint32_t called = 0;  ///< funcs
    bool operator==(const PassSpan&) const = default;
};

/// A call of epoll_wait().
struct WaitSpan : DaemonSpan
{
    enum class Answer : std::uint8_t
    {
        None,
        Ready,
        TimedOut,
        Interrupted
    };
    Answer answer = Answer::None; ///< None: it has not returned
    std::uint32_t sources = 0;    ///< Ready: how many
    std::uint64_t timeout = 0;    ///< us; ~0: endless
    bool operator==(const WaitSpan&) const = default;
};

/// What one work item came to.
struct ItemLateness
{
    std::uint64_t ran = 0, deleted = 0, early = 0, immediate = 0; ///< early, immediate: of those that ran
    std::int64_t sum = 0, worst = 0;                              ///< us, of those that ran
    std::uint64_t funcTime = 0, worstFunc = 0; ///< us that its func took, in all and at most
    std::uint32_t worstRun = ~0u;              ///< index into runs()
    std::vector<std::uint32_t> runs;           ///< indices into runs()

    std::int64_t mean() const { return ran == 0 ? 0 : sum / static_cast<std::int64_t>(ran); }
    std::uint64_t meanFunc() const { return ran == 0 ? 0 : funcTime / ran; }
    bool operator==(const ItemLateness&) const = default;
};

/// Totals of a run.
struct DaemonTotals
{
    std::uint64_t added = 0, ran = 0, deleted = 0, refused = 0;
    std::uint64_t alarms = 0, wrote = 0, swallowed = 0;     ///< swallowed: and lost
    std::uint64_t ready = 0, timedOut = 0, interrupted = 0; ///< returns of epoll_wait()
    std::uint64_t passes = 0, idlePasses = 0;               ///< idle: called no func
    std::uint64_t restarts = 0; ///< returns with I/O, each of which begins the old scheduler's countdown anew
    /// Returns of epoll_wait() up to the next call of which neither a handler of I/O nor a func was called;
    /// interrupted ones are always among them.
    std::uint64_t wokenForNothing = 0;
    bool operator==(const DaemonTotals&) const = default;
    std::uint64_t returns() const { return ready + timedOut + interrupted; }
};

class Lateness
{
  public:
    Lateness() = default;
    /// REQUIRES: inputs.driver is Daemon.
    explicit Lateness(const Inputs& inputs) : m_scheduler(inputs.daemon.scheduler), m_pipe(inputs.daemon.pipe)
    {
    }

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);
    /// The same for the record behind those seen.
    void add(const Record& r) { take(r, m_events++); }
    std::uint64_t eventsSeen() const { return m_events; }
    /// The instant after the last record seen.
    std::uint64_t ticks() const { return m_now; }

    const std::vector<WorkRun>& runs() const { return m_runs; } ///< in the order of their add_work()
    /// Indices into runs() of those that ran, in the order in which their funcs were called.
    const std::vector<std::uint32_t>& calls() const { return m_calls; }
    const std::vector<AlarmMark>& alarms() const { return m_alarms; }
    const std::vector<PipeStay>& pipe() const { return m_pipeStays; }
    const std::vector<HandlerSpan>& handlers() const { return m_handlers; } ///< of I/O; the pipe's is a pass
    const std::vector<PassSpan>& passes() const { return m_passes; }
    const std::vector<WaitSpan>& waits() const { return m_waits; }
    const DaemonTotals& totals() const { return m_totals; }
    /// One more than the highest item that was ever added.
    std::size_t itemCount() const { return m_items.size(); }
    /// REQUIRES: item < itemCount().
    const ItemLateness& item(TimerId item) const { return m_items[item.value]; }
    TimerId pipeItem() const { return m_pipe; }
    WorkScheduler scheduler() const { return m_scheduler; }

    /// Lateness of all that ran, us, in the order of their runs; the immediate ones only where asked for.
    std::vector<std::int64_t> latenesses(bool withImmediate) const;
    bool operator==(const Lateness&) const = default;

  private:
    void take(const Record& r, std::uint64_t event);
    void entered(const Record& r, std::uint64_t event);
    void left(const Record& r);
    void setRegister(const Record& r, std::uint64_t event);
    void noted(const Record& r);
    void added(const Record& r, std::uint64_t event);
    void deleted(const Record& r, std::uint64_t event);
    void called(const Record& r, std::uint64_t event);
    void returned(const Record& r);
    void waited(const Record& r);
    void raise(std::uint64_t event, AlarmMark::Fate fate);
    void settleAlarm(AlarmMark::Fate fate);
    void fillPipe(std::uint64_t value, std::uint64_t event);
    std::int64_t lateByClock(std::uint64_t when) const;

    WorkScheduler m_scheduler = WorkScheduler::New;
    TimerId m_pipe;
    std::uint64_t m_events = 0;
    // Registers, as the records set them.
    std::uint64_t m_now = 0, m_wallStep = 0, m_jiffies = 0, m_timerNow = 0;
    std::uint64_t m_seconds = 0; ///< of the add_work() under way
    TimerId m_running;           ///< whose func runs
    bool m_isInSignal = false;
    bool m_isUnblocking = false;           ///< the next alarm raised is the one that was blocked
    bool m_isIdle = false;                 ///< epoll_wait() has returned, and nothing was done since
    std::size_t m_alarm = ~std::size_t{0}; ///< whose handler runs
    std::vector<std::uint32_t> m_open;     ///< by item: the run that waits, or whose func runs; ~0: none
    std::vector<WorkRun> m_runs;
    std::vector<std::uint32_t> m_calls;
    std::vector<AlarmMark> m_alarms;
    std::vector<PipeStay> m_pipeStays;
    std::vector<HandlerSpan> m_handlers;
    std::vector<PassSpan> m_passes;
    std::vector<WaitSpan> m_waits;
    std::vector<ItemLateness> m_items;
    std::uint32_t m_runningRun = ~0u;
    DaemonTotals m_totals;
};

/// The first element that begins at or after an instant; elements have `from`.
template <class Span> std::size_t firstFrom(const std::vector<Span>& spans, std::uint64_t instant)
{
    return static_cast<std::size_t>(
        std::lower_bound(spans.begin(), spans.end(), instant,
                         [](const Span& s, std::uint64_t t) { return s.from < t; }) -
        spans.begin());
}
/// The same of alarms.
std::size_t firstAlarmFrom(const std::vector<AlarmMark>& alarms, std::uint64_t instant);

} // namespace jiffy::core
