// SPDX-License-Identifier: GPL-3.0-or-later
// What the picture of tgtd's event flow shows of a position, as a value: lists as far as they can be in sight, the
// files that the loop watches, where the one thread stands, and since when. Its cost follows what can be seen, never
// the number of items. Pure.
#pragma once

#include "core/history/position.h"
#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/tgtd/past.h"

#include <QString>

#include <optional>
#include <vector>

namespace jiffy::ui
{

class AddTimes;

/// A work item in a list.
struct FlowItem
{
    core::TimerId id;
    QString name;
    bool isImmediate = false;         ///< added with 0 seconds
    std::uint64_t when = 0;           ///< its deadline as the scheduler keeps it: us of the wall clock, or jiffies
    std::optional<std::uint64_t> due; ///< us since the start at which it is due by the clock; none: not known
    bool operator==(const FlowItem&) const = default;
};

/// What the loop watches, or is about to: a row of the event loop.
struct LoopRow
{
    enum class State : std::uint8_t
    {
        Quiet,
        Coming,    ///< becomes ready at `at`
        Ready,     ///< readable, and the loop has not seen it
        Returned,  ///< epoll_wait() returned it; its handler is to be called
        Running,   ///< its handler runs
        Unwatched, ///< the pipe's read end, not in the loop (yet, or any more)
    };
    core::TimerId id;    ///< a source that stands for it; none: a quiet file
    bool isPipe = false; ///< the pipe's read end, or the timerfd
    std::uint32_t fd = 0; ///< 0: it has none of its own
    QString source;       ///< "io#3", where it has no file
    QString name;
    State state = State::Quiet;
    std::uint64_t at = 0;    ///< Coming: us since the start
    std::uint32_t count = 1; ///< Ready, Returned: events of this file
    bool operator==(const LoopRow&) const = default;
};

/// Where the one thread stands. A signal's handler interrupts it there.
enum class ThreadPlace : std::uint8_t
{
    Before,    ///< the loop has not started
    Starting,  ///< work_timer_start()
    Waiting,   ///< epoll_wait()
    Between,   ///< in the loop, between two calls
    Scheduled, ///< tgt_exec_scheduled()
    Handler,   ///< of a file
    Pass,      ///< execute_work() or schedule()
    Func,      ///< of an item
    Stopping,  ///< work_timer_stop()
    Ended,
};

/// Something that goes on for a known time.
struct Progress
{
    std::uint64_t since = 0; ///< us since the start
    std::uint64_t takes = 0; ///< us
    bool operator==(const Progress&) const = default;
};

/// What the last record was, where the state does not show it.
struct Incident
{
    enum class What : std::uint8_t
    {
        None,
        Interrupted, ///< epoll_wait() returned EINTR
        TimedOut,    ///< epoll_wait() returned 0
        CallCut,     ///< a slow call returned EINTR
        Refused,     ///< `item` is on a list already
        Spin,        ///< funcs run without an end; `number` of them
        NoEvent,     ///< there is no event with fd `number`
        NotWritten,  ///< write() failed outside the signal's handler, errno `number`
        Stray,       ///< write() to fd 0 outside the signal's handler
        NoPipe,      ///< pipe() failed
    };
    What what = What::None;
    core::TimerId item;
    std::uint64_t number = 0;
    bool operator==(const Incident&) const = default;
};

struct FlowScene
{
    core::InputsPtr inputs; ///< null: nothing is open
    core::WorkScheduler scheduler = core::WorkScheduler::New;
    bool isRecording = false; ///< of a real process
    std::uint64_t now = 0; ///< us since the start
    std::uint64_t wall = 0; ///< us since 1970
    core::DaemonState daemon;
    FlowPast past;
    std::vector<FlowItem> inactive, active; ///< the first of each list
    std::uint32_t inactiveCount = 0, activeCount = 0;
    std::optional<FlowItem> running;
    std::vector<LoopRow> rows; ///< the pipe first
    ThreadPlace place = ThreadPlace::Before;
    std::optional<Progress> progress; ///< of what the thread does
    bool hasHandler = true; ///< of SIGALRM: sigaction() has been called
    Incident incident;
    QString incidentName; ///< of its item

    /// Cards, rows: more never fit.
    static constexpr std::size_t itemsKept = 40, rowsKept = 16;

    bool isEmpty() const { return !inputs; }
    bool isOld() const { return scheduler == core::WorkScheduler::Old; }
    bool isNew() const { return scheduler == core::WorkScheduler::New; }
    bool isArmed() const { return daemon.alarmSince != ~0ull; }
    bool isPipeOpen() const { return daemon.pipeEnds == 3; }
    /// Nothing is there yet: neither the timerfd nor the pipe.
    bool isBeforePipe() const { return daemon.readFd == 0 && daemon.pipeEnds == 0 && (place == ThreadPlace::Before || place == ThreadPlace::Starting); }
    /// There is something to be read in the pipe or the timerfd.
    bool isReadable() const { return daemon.pipeBytes != 0 || daemon.expirations != 0; }
    /// us since the start of the alarm (or expiry) that comes next; none: it is not armed.
    std::optional<std::uint64_t> nextAlarm() const;
    /// How much of the interval under way has gone by, 0..1.
    double dialShare() const;
    /// The same picture at another instant at which nothing has happened yet.
    void moveTo(std::uint64_t us);
};

/// due: when items were added and for how long; null: not known.
FlowScene makeFlowScene(const core::World& world, const core::InputsPtr& inputs, const core::LogView& log, core::Position at,
                        const AddTimes* adds);

/// "fd 7", "io#3", "–" while it has no fd: a row in words.
QString rowHandle(const LoopRow& row);
/// What a source does when it is handled: "adds isns_poll".
QString actionText(const core::Inputs& inputs, const core::Action& action);

} // namespace jiffy::ui
