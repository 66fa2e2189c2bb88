// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/work.h"

#include "core/tgtd/live_log.h"
#include "ui/narration/work_facts.h"
#include "ui/theme/look.h"

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;

namespace
{

/// Time passed: the clock of the run moved.
Sentence timePassed(const Record& r, const WorkFacts& f)
{
    const auto& d = f.daemon();
    // In a recording the nanoseconds follow the microseconds.
    const Span took = r.site == Site::SubTick ? mono(QString::number(r.value) + QStringLiteral(" ns")) : f.span(r.ticks());
    if (d.isWaiting) {
        Sentence s{compose(say("The loop sleeps in epoll_wait.")), {}, {}};
        if (const auto since = f.waitSince())
            s.why = compose(say("It has slept since %1, and it is %2 now. Whatever becomes ready, a signal "
                                "or the timeout ends the sleep."),
                            {f.at(*since), f.at(f.now())});
        else
            s.why =
                compose(say("It is %1 now. Whatever becomes ready, a signal or the timeout ends the sleep."),
                        {f.at(f.now())});
        return s;
    }
    if (d.isInSignal)
        return {compose(say("The signal's handler takes its time.")),
                compose(say("%1 pass: its system calls are not for nothing."), {took}),
                {}};
    if (f.running().isValid()) {
        Sentence s{compose(say("%1's func takes its time."), {f.item(f.running())}), {}, {}};
        if (const auto since = f.funcSince()) s.why = compose(say("It has run since %1."), {f.at(*since)});
        append(s.why, compose(say("Until it returns, nothing else in the daemon gets a turn.")));
        return s;
    }
    if (d.source.isValid()) {
        Sentence s{compose(say("The handler of %1 takes its time."), {f.source(d.source)}), {}, {}};
        if (const auto since = f.handlerSince())
            s.why = compose(say("It has been busy since %1."), {f.at(*since)});
        append(s.why, compose(say("There is no other thread: whatever becomes ready meanwhile waits.")));
        return s;
    }
    if (d.isStarting || d.isStopping)
        return {compose(say("A system call takes its time.")),
                compose(say("%1 pass; alarms may fall into them."), {took}),
                {}};
    return {compose(say("Time passes before the loop begins.")),
            compose(say("Whatever becomes ready by then is found by the first epoll_wait.")),
            {}};
}

Sentence registerSet(const Record& r, const WorkFacts& f)
{
    switch (static_cast<Register>(r.slot)) {
    case Register::WallStep: {
        if (r.site == Site::Start)
            return {compose(say("This machine's wall clock is read.")),
                    compose(say("Deadlines will be times of day by this clock; alarms and waits go by the monotonic one.")),
                    {}};
        const std::uint64_t by = r.value - r.before;
        const bool isBack = static_cast<std::int64_t>(by) < 0;
        Sentence s;
        s.what = compose(isBack ? say("The wall clock is set back by %1.")
                                : say("The wall clock is set forward by %1."),
                         {f.span(isBack ? 0 - by : by)});
        if (f.isOld()) {
            s.why = compose(say("The old scheduler does not care: it counts timeouts, not time."));
            return s;
        }
        s.why = compose(isBack ? say("Deadlines are times of day, so all of them have moved that much "
                                     "further away; alarms go on as before.")
                               : say("Deadlines are times of day, so all of them have come that much nearer; "
                                     "alarms go on as before."));
        if (const auto n = f.due(f.wall()); n != 0 && !isBack)
            append(s.why, compose(sayCount("1 item is due now.", "%n items are due now.", n)));
        return s;
    }
    case Register::TimerPending:
    case Register::PipeBytes:
    case Register::AlarmBlocked:
        return tellSignal(r, f);
    case Register::WorkJiffies:
    case Register::TimerNow:
        if (!f.daemon().isStarting) return tellWork(r, f);
        break;
    case Register::Expirations:
        return tellSignal(r, f);
    case Register::SchedLeft:
    case Register::SystemActive:
        return tellLoop(r, f);
    default:
        break;
    }
    return tellStartAndStop(r, f);
}

Sentence measured(const Record& r)
{
    const Span number = mono(grouped(r.value));
    switch (static_cast<core::Measure>(r.before)) {
    case core::Measure::Pid:
        return {compose(say("A real process was recorded: pid %1."), {mono(QString::number(r.value))}),
                compose(say("It performed the patch's scheme with real system calls on this machine.")),
                {}};
    case core::Measure::Scheme: {
        const auto name = core::name(static_cast<core::LiveScheme>(r.value));
        return {compose(say("The process was woken by: %1."),
                        {mono(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())))}),
                {},
                {}};
    }
    case core::Measure::Monotonic:
        return {compose(say("The recording begins.")),
                compose(say("CLOCK_MONOTONIC says %1 ns; times count from here."), {number}),
                {}};
    case core::Measure::Busy:
        return {compose(say("Each handler was made to take %1 us more."), {number}), {}, {}};
    case core::Measure::StampsLost:
        return {compose(say("Alarms without a stamp: %1."), {number}),
                compose(say("They came so fast that there was no room to remember when.")),
                {}};
    case core::Measure::None:
        break;
    }
    return {compose(say("Something was measured: %1."), {number}), {}, {}};
}

Sentence noted(const Record& r, const WorkFacts& f)
{
    switch (r.site) {
    case Site::WorkTimerScheduleEvt:
    case Site::Write:
        return tellSignal(r, f);
    case Site::Spin:
        return tellWork(r, f);
    case Site::Measured:
        return measured(r);
    case Site::Limit:
        return {compose(say("The run stops at its limit.")),
                compose(sayCount("It was allowed 1 event.", "It was allowed %n events.", r.value)),
                {}};
    default:
        return tellStartAndStop(r, f);
    }
}

Sentence byFunction(const Record& r, const WorkFacts& f)
{
    switch (r.site) {
    case Site::EpollWait:
    case Site::IoHandler:
    case Site::ExecScheduled:
    case Site::SlowCall:
        return tellLoop(r, f);
    case Site::WorkTimerSigHandler:
    case Site::WorkTimerScheduleEvt:
        return tellSignal(r, f);
    case Site::WorkTimerStart:
    case Site::WorkTimerStop:
    case Site::Sigaction:
        return tellStartAndStop(r, f);
    default:
        return tellWork(r, f);
    }
}

} // namespace

Sentence narrateWork(const Record& r, const WorkTold& told)
{
    const WorkFacts f(told);
    switch (r.kind) {
    case Kind::ClockSet:
    case Kind::Passed:
        return timePassed(r, f);
    case Kind::Raised:
        return tellSignal(r, f);
    case Kind::RegisterSet:
        return registerSet(r, f);
    case Kind::Noted:
        return noted(r, f);
    case Kind::Spliced:
        return tellLoop(r, f);
    case Kind::Defined:
        return {compose(say("%1 comes to exist."),
                        {f.config().isSource(r.item) || r.item == f.config().pipe ? f.source(r.item)
                                                                                  : f.item(r.item)}),
                compose(say("It is on no list yet.")),
                {}};
    case Kind::Queued:
        if (r.site == Site::IoReady) return tellSignal(r, f);
        return tellWork(r, f);
    case Kind::Moved:
        return r.site == Site::EpollWait ? tellLoop(r, f) : tellWork(r, f);
    case Kind::Unqueued:
        return r.site == Site::IoHandler ? tellLoop(r, f) : tellWork(r, f);
    case Kind::Fired:
    case Kind::Refused:
        return tellWork(r, f);
    case Kind::Entered:
    case Kind::Left:
        return byFunction(r, f);
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted:
        break;
    }
    return {compose(say("Something is counted.")), {}, {}};
}

Sentence workStartSentence(const core::World&, const core::Inputs& inputs)
{
    Sentence s;
    s.what = compose(say("The daemon starts."));
    if (!inputs.watch.empty()) s.why = compose(QString::fromStdString(inputs.watch));
    return s;
}

Sentence workEndSentence(const core::World& world, const core::Inputs& inputs, core::RunStatus status)
{
    const WorkTold told{world, inputs};
    const WorkFacts f(told);
    Sentence s;
    if (status == core::RunStatus::Limit)
        s.what = compose(say("The run stops here, at its event limit."));
    else if (f.waiting() == 0)
        s.what = compose(say("The run ends here: no work is queued."));
    else
        s.what = compose(sayCount("The run ends here; one item is still queued.",
                                  "The run ends here; %n items are still queued.", f.waiting()));
    const std::uint64_t due = f.isOld() ? 0 : f.due(f.wall());
    if (due != 0)
        s.why = compose(sayCount(f.waiting() == 1 ? "It has been due for some time." : "One of them is due already.",
                                 "%n of them are due already.", due));
    const auto& d = f.daemon();
    if (f.config().scheduler == core::WorkScheduler::New && d.isTimerStarted && d.timerPending && d.pipeBytes == 0 &&
        !d.isNotifying && !d.isInSignal && !d.isInPass)
        append(s.why, compose(say("timer_pending is set and the pipe is empty: nobody will ever write again, and no work "
                                  "will run.")));
    return s;
}

} // namespace jiffy::ui
