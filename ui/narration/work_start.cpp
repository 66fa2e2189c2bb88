// SPDX-License-Identifier: GPL-3.0-or-later
// How the work timer is started and stopped, and what is wrong with the order in which the patch does it.
#include "ui/narration/work_facts.h"

#include "ui/code/work_words.h"

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;

namespace
{

/// A descriptor of the pipe, or both. What may still come depends on whether the alarm went first.
Sentence closed(const Record& r, const WorkFacts& f)
{
    Sentence s;
    const bool isReadEnd = (r.before & ~r.value & 1) != 0, isWriteEnd = (r.before & ~r.value & 2) != 0;
    s.what = isReadEnd && isWriteEnd ? compose(say("Both ends of the pipe are closed."))
             : isReadEnd             ? compose(say("The read end of the pipe is closed."))
                                     : compose(say("The write end of the pipe is closed."));
    if (!f.isArmed())
        s.why = compose(say("The alarm was disarmed before: none can come that would write to a closed descriptor."));
    else if (isWriteEnd)
        s.why = compose(say("The alarm is still armed: one that comes now writes to a closed descriptor."));
    else
        s.why = compose(say("The alarm is still armed."));
    return s;
}

Sentence registerSet(const Record& r, const WorkFacts& f)
{
    const bool isStopping = f.daemon().isStopping;
    const Span interval = f.span(f.config().interval);
    switch (static_cast<Register>(r.slot)) {
    case Register::TimerStarted:
        if (r.value == 0)
            return {compose(say("timer_started becomes 0.")),
                    compose(say("timer_pending is left as it is: if a word is under way, a new start would "
                                "never write again.")),
                    {}};
        return {compose(say("timer_started becomes 1.")),
                compose(say("It says so before anything has succeeded; if something fails, work_timer_stop "
                            "takes it back.")),
                {}};
    case Register::AlarmSince:
        if (isStopping)
            return {compose(say("The timer is disarmed.")),
                    compose(say("No further alarm or expiry comes.")),
                    {}};
        if (f.isRecording()) {
            if (r.site == Site::TimerFd)
                return {compose(say("The timerfd is armed.")),
                        compose(say("It expires every %1 from now on, by the monotonic clock: steps of the wall "
                                    "clock do not concern it."),
                                {interval}),
                        {}};
            return {compose(say("The interval timer is armed.")),
                    f.isToday() ? compose(say("SIGALRM comes every %1 from now on. It is blocked, and read from the "
                                              "signalfd instead."),
                                          {interval})
                                : compose(say("SIGALRM comes every %1 from now on. The pipe that its handler writes "
                                              "into is open already."),
                                          {interval}),
                    {}};
        }
        if (r.site == Site::TimerFd)
            return {
                compose(say("The timerfd is armed.")),
                compose(say(
                    "It expires on each half second of the wall clock, whenever the daemon was started.")),
                {}};
        return {compose(say("The interval timer is armed.")),
                compose(say("SIGALRM comes every %1 from now on. But the pipe that its handler writes into "
                            "does not exist yet."),
                        {interval}),
                {}};
    case Register::ReadFd:
    case Register::WriteFd:
        return {compose(say("timer_fd is %1."), {mono(QString::number(r.value))}),
                compose(say("Before this it was 0, which is the standard input.")),
                {}};
    case Register::PipeEnds:
        if (!isStopping)
            return {compose(say("The pipe is open.")),
                    compose(say("The event loop is going to watch its read end, %1; the signal's handler "
                                "writes into the other."),
                            {f.source(f.config().pipe)}),
                    {}};
        return closed(r, f);
    case Register::PipePolled:
        if (r.value == 0)
            return {compose(say("The loop no longer watches %1."), {f.source(f.config().pipe)}),
                    f.isArmed() ? compose(say("A word that is written now is not seen."))
                                : compose(say("The timer is disarmed already: nothing comes any more that it would "
                                              "have to see.")),
                    {}};
        return {compose(say("The loop watches %1 from now on."), {f.source(f.config().pipe)}),
                compose(say("When it is readable, epoll_wait returns and work_timer_evt_handler is called.")),
                {}};
    case Register::TimerNow:
        return {compose(say("now begins at %1."), {f.clock(r.value)}),
                compose(say("From here on it is a counter: 500 ms for each expiration. The first comes "
                            "earlier than that, so it runs ahead.")),
                {}};
    default:
        break;
    }
    return {compose(say("A register of the daemon changes.")), {}, {}};
}

} // namespace

Sentence tellStartAndStop(const Record& r, const WorkFacts& f)
{
    if (r.kind == Kind::RegisterSet) return registerSet(r, f);
    if (r.kind == Kind::Noted) {
        if (r.site == Site::Pipe)
            return {compose(say("pipe() fails: %1."), {mono(errorText(r.value))}),
                    compose(say("The alarm is armed already, and timer_fd is still 0. work_timer_stop must "
                                "take everything back.")),
                    {}};
        if (r.site == Site::EventDel)
            return {
                compose(say("There is no event with descriptor %1."), {mono(QString::number(r.before))}),
                compose(say(
                    "No pipe was opened, so timer_fd is still 0. “Cannot find event 0” appears in the log.")),
                {}};
        return {compose(say("A system call fails: %1."), {mono(errorText(r.value))}), {}, {}};
    }
    if (r.site == Site::Sigaction)
        return {compose(say("SIGALRM gets a handler.")),
                compose(say("Without the flag to restart calls: every slow system call of the daemon can "
                            "fail with EINTR from now on.")),
                {}};
    if (r.site == Site::WorkTimerStart) {
        if (r.kind == Kind::Entered)
            return {
                compose(say("work_timer_start is called.")),
                compose(say("Before the event loop begins, whatever wakes up the scheduler is prepared.")),
                {}};
        if (r.value != 0)
            return {compose(say("work_timer_start fails: %1."), {mono(errorText(r.value))}),
                    compose(say("The daemon does not start.")),
                    {}};
        return {compose(say("The work timer runs.")),
                f.isNew() ? compose(say("The first alarm comes at %1."), {f.at(f.alarmAfter(f.now()))})
                : f.isRecording()
                    ? compose(say("The interval of %1 runs."), {f.span(f.config().interval)})
                    : compose(say("It expires at the next half second of the wall clock.")),
                {}};
    }
    if (r.kind == Kind::Entered)
        return {compose(say("work_timer_stop is called.")),
                f.daemon().isStarting
                    ? compose(say("On the way out of a start that failed."))
                : f.isRecording()
                    ? compose(say("The loop has ended. Here the timer is disarmed first, and then what it wrote to "
                                  "is closed: no alarm comes too late."))
                    : compose(say("The loop has ended. The pipe goes first, the alarm last.")),
                {}};
    return {compose(say("work_timer_stop returns.")),
            compose(say("The signal's handler stays installed, and timer_pending as it was.")),
            {}};
}

} // namespace jiffy::ui
