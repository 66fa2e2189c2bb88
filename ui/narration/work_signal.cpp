// SPDX-License-Identifier: GPL-3.0-or-later
// Alarm, flag and pipe: how a signal becomes something that the loop can see.
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

QString alarmCounter(const WorkFacts& f)
{
    const std::uint64_t n = f.alarm();
    return n == 0 ? QString() : say("alarm %1").arg(n);
}
Span alarmNumber(const WorkFacts& f)
{
    return mono(QString::number(f.alarm()));
}

/// "the handler of fd 11, busy since 4.05 s": where the thread stands below a signal; empty: it sleeps, or
/// starts.
RichText whereTheThreadIs(const WorkFacts& f)
{
    if (f.running().isValid()) {
        if (const auto since = f.funcSince())
            return compose(say("in %1's func since %2"), {f.item(f.running()), f.at(*since)});
        return compose(say("in %1's func"), {f.item(f.running())});
    }
    const auto source = f.daemon().source;
    if (!source.isValid()) return {};
    if (const auto since = f.handlerSince())
        return compose(say("in the handler of %1 since %2"), {f.source(source), f.at(*since)});
    return compose(say("in the handler of %1"), {f.source(source)});
}

Sentence swallowed(const WorkFacts& f, bool isAlarm)
{
    Sentence s;
    const auto& d = f.daemon();
    s.counter = isAlarm ? alarmCounter(f) : QString();
    s.what = isAlarm ? compose(say("Alarm %1 changes nothing."), {alarmNumber(f)})
                     : compose(say("No second word is written."));
    if (d.pipeBytes == 0) {
        if (d.isNotifying) {
            s.why = compose(say("timer_pending is 1: add_work, which the signal interrupts, has set it and "
                                "is about to write."));
        } else if (d.source == f.config().pipe && !d.isInPass) {
            s.why = compose(say("The word has just been read, and timer_pending is not cleared yet. Nothing "
                                "is lost: the pass is about to begin."));
        } else {
            s.why = compose(say("timer_pending is 1, but the pipe is empty: a write has failed or went "
                                "elsewhere. Nothing will ever be written again; the "
                                "scheduler is dead."));
        }
        return s;
    }
    const auto since = f.wordSince();
    const Span word = since ? f.at(*since) : Span{say("some time")};
    if (isAlarm) {
        s.why = compose(say("A word has been waiting in the pipe since %1, so timer_pending is 1 and the "
                            "handler returns. One word is enough: execute_work "
                            "will read the clock for itself."),
                        {word});
    } else {
        s.why = compose(say("A word has been waiting in the pipe since %1, so timer_pending is 1. The pass "
                            "that it brings calls %2, too."),
                        {word, f.item(d.adding)});
    }
    return s;
}

Sentence written(std::uint64_t bytes, const WorkFacts& f, bool isAlarm)
{
    Sentence s;
    const auto& d = f.daemon();
    const Span fd = f.source(f.config().pipe);
    if (bytes > 4) {
        s.what = compose(say("A second word: %1 bytes are in the pipe."), {mono(QString::number(bytes))});
        s.why = compose(say("The flag was tested by add_work, then an alarm came, found it 0, too, and "
                            "wrote. Harmless: the second word brings one more pass."));
        s.counter = isAlarm ? alarmCounter(f) : QString();
        return s;
    }
    if (!isAlarm) {
        s.what = compose(say("add_work writes a word into the pipe."));
        s.why = compose(say("0 seconds mean as soon as possible: the next epoll_wait returns %1, and the "
                            "pass that follows calls %2."),
                        {fd, f.item(d.adding)});
        return s;
    }
    s.counter = alarmCounter(f);
    s.what = compose(say("Alarm %1 writes a word into the pipe."), {alarmNumber(f)});
    const RichText where = whereTheThreadIs(f);
    if (!d.isPipePolled) {
        s.why = compose(say("timer_pending was 0. But the loop does not watch %1 at this moment."), {fd});
    } else if (where.empty()) {
        s.why = compose(say("timer_pending was 0, so it may. The thread sleeps in epoll_wait: that returns "
                            "EINTR now, and %1 at the next call."),
                        {fd});
    } else {
        s.why = compose(
            say("timer_pending was 0, so it may. %1 is readable now, but nobody looks: the thread is"), {fd});
        append(s.why, where);
        s.why.push_back({QStringLiteral(".")});
    }
    return s;
}

Sentence failed(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.counter = f.daemon().isInSignal ? alarmCounter(f) : QString();
    if (r.value == 0) {
        s.what = f.daemon().isInSignal ? compose(say("Alarm %1 writes to descriptor 0."), {alarmNumber(f)})
                                       : compose(say("add_work writes to descriptor 0."));
        s.why = compose(say("The alarm is armed before the pipe exists, so timer_fd is still 0: the standard "
                            "input gets 4 bytes, and timer_pending stays set "
                            "for good."));
        return s;
    }
    s.what = compose(say("The write fails: %1."), {mono(errorText(r.value))});
    if (r.value == 9)
        s.why = compose(say("work_timer_stop closes the pipe first and disarms the alarm last. By now the "
                            "number %1 could belong to another file."),
                        {mono(QString::number(r.before))});
    else
        s.why = compose(say("timer_pending was set before the write and stays set: nobody will ever write "
                            "again. But for one line in the log the scheduler dies "
                            "silently."));
    return s;
}

Sentence pending(const Record& r, const WorkFacts& f)
{
    if (r.site == Site::WorkTimerEvtHandler)
        return {compose(say("timer_pending is 0 again.")),
                compose(say("It is cleared before the work is done: an alarm that comes during the work "
                            "writes a new word, and one more pass follows.")),
                {}};
    Sentence s;
    s.counter = f.daemon().isInSignal ? alarmCounter(f) : QString();
    if (r.before != 0) {
        s.what = compose(say("timer_pending is set a second time."));
        s.why = compose(say("It was 0 when add_work tested it. Between the test and the setting an alarm "
                            "came, set it and wrote."));
        return s;
    }
    s.what = compose(say("timer_pending becomes 1."));
    s.why = compose(say("It was 0, so the pipe is empty and may be written. The flag is set first: should "
                        "the write fail, it stays set."));
    return s;
}

Sentence read(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.what =
        compose(say("work_timer_evt_handler reads %1 bytes."), {mono(QString::number(r.before - r.value))});
    if (r.value != 0) {
        s.why = compose(say("%1 bytes are left, so the pipe stays readable and one more pass will follow."),
                        {mono(QString::number(r.value))});
        return s;
    }
    const auto since = f.wordSince();
    if (since && f.now() > *since)
        s.why = compose(say("The word had been waiting since %1, for %2. The pipe is empty now."),
                        {f.at(*since), f.span(f.now() - *since)});
    else
        s.why = compose(say("The pipe is empty now and no longer readable."));
    return s;
}

Sentence raised(const WorkFacts& f)
{
    Sentence s;
    s.counter = alarmCounter(f);
    s.what = compose(say("Alarm %1: SIGALRM is delivered."), {alarmNumber(f)});
    RichText where = whereTheThreadIs(f);
    if (where.empty()) {
        s.why = f.daemon().isWaiting
                    ? compose(say("The thread sleeps in epoll_wait. The signal's handler runs on top of "
                                  "that, and then epoll_wait returns EINTR."))
                    : compose(say("The signal's handler runs on top of whatever the daemon is doing."));
        return s;
    }
    s.why = compose(say("The thread is"));
    append(s.why, where);
    append(s.why,
           compose(say("and is interrupted there: only the signal's handler runs now, the loop does not.")));
    return s;
}

Sentence blocked(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.counter = alarmCounter(f);
    if (r.value == 0) {
        s.what = compose(say("The alarm that waited is delivered."));
        s.why = compose(say("The handler has returned, so its signal is no longer blocked."));
    } else if (r.before == 0) {
        s.what = compose(say("Alarm %1 must wait."), {alarmNumber(f)});
        s.why = compose(say("The handler of the one before is still running, and its own signal is blocked "
                            "meanwhile. One is remembered."));
    } else {
        s.what = compose(say("Alarm %1 is lost."), {alarmNumber(f)});
        s.why =
            compose(say("One is waiting already for the handler to return; a signal is pending only once."));
    }
    return s;
}

Sentence expired(const WorkFacts& f)
{
    Sentence s;
    s.what = compose(say("The timerfd expires."));
    const RichText where = whereTheThreadIs(f);
    s.why = f.isRecording()
                ? compose(say("The interval of %1 is over, by the monotonic clock."), {f.span(f.config().interval)})
                : compose(say("The wall clock has reached a half second: %1."), {f.clock(f.wall())});
    if (where.empty())
        append(s.why,
               compose(say("epoll_wait returns %1; no signal is needed."), {f.source(f.config().pipe)}));
    else {
        append(s.why, compose(say("The thread is")));
        append(s.why, where);
        append(s.why, compose(say("and sees it later.")));
    }
    return s;
}

Sentence becameReady(const Record& r, const WorkFacts& f)
{
    const Record* previous = f.previous();
    if (r.item == f.config().pipe) {
        if (previous != nullptr && previous->kind == Kind::RegisterSet &&
            previous->site == Site::WorkTimerScheduleEvt)
            return written(previous->value, f, f.daemon().isInSignal);
        if (previous != nullptr && previous->kind == Kind::RegisterSet && previous->site == Site::TimerFd)
            return expired(f);
        return {compose(say("%1 is still readable."), {f.source(r.item)}),
                compose(say("Not everything was read, and epoll watches the level: it is going to be "
                            "returned once more.")),
                {}};
    }
    Sentence s;
    s.what = compose(say("%1 becomes ready."), {f.source(r.item)});
    const RichText where = whereTheThreadIs(f);
    if (!where.empty()) {
        s.why = compose(say("Nobody sees it yet: the thread is"));
        append(s.why, where);
        s.why.push_back({QStringLiteral(".")});
    } else if (f.daemon().isWaiting) {
        s.why = compose(say("The thread sleeps in epoll_wait, which returns it."));
    } else {
        s.why = compose(say("The next epoll_wait returns it."));
    }
    const std::uint32_t before = f.ready().count;
    if (before > 1)
        append(s.why, compose(sayCount("1 other was ready before it.", "%n others were ready before it.",
                                       before - 1)));
    return s;
}

Sentence entered(const Record& r, const WorkFacts& f)
{
    if (r.site == Site::WorkTimerScheduleEvt)
        return {compose(say("timer_pending is 0, so a word may be written.")),
                compose(say("Until the flag is set, an alarm would see the same and write, too.")),
                {}};
    return {compose(say("The signal's handler runs.")),
            compose(say("In the middle of anything else almost nothing is allowed, so it does no work: it "
                        "leaves a word in the pipe.")),
            alarmCounter(f)};
}

Sentence left(const Record& r, const WorkFacts& f)
{
    if (r.site == Site::WorkTimerScheduleEvt)
        return {compose(say("work_timer_schedule_evt returns.")),
                compose(say("Whoever wanted the loop to wake up goes on.")),
                {}};
    // What the alarm came to is worth more than that its handler returns.
    if (const Record* last = f.previous()) {
        if (last->kind == Kind::Noted && last->site == Site::WorkTimerScheduleEvt) return swallowed(f, true);
        const bool isByWrite = last->kind == Kind::RegisterSet && last->site == Site::WorkTimerScheduleEvt;
        if (isByWrite || (last->kind == Kind::Queued && last->item == f.config().pipe))
            return written(f.daemon().pipeBytes, f, true);
    }
    Sentence s;
    s.counter = alarmCounter(f);
    s.what = compose(say("The signal's handler returns."));
    const RichText where = whereTheThreadIs(f);
    if (where.empty()) {
        s.why =
            f.daemon().isWaiting
                ? compose(say("The thread is back in epoll_wait, which gives up with EINTR: interrupted."))
                : compose(say("What it interrupted goes on."));
        return s;
    }
    s.why = compose(say("What it interrupted goes on: the thread is"));
    append(s.why, where);
    s.why.push_back({QStringLiteral(".")});
    return s;
}

} // namespace

Sentence tellSignal(const Record& r, const WorkFacts& f)
{
    switch (r.kind) {
    case Kind::Raised:
        return raised(f);
    case Kind::Noted:
        return r.site == Site::Write ? failed(r, f) : swallowed(f, f.daemon().isInSignal);
    case Kind::Queued:
        return becameReady(r, f);
    case Kind::Entered:
        return entered(r, f);
    case Kind::Left:
        return left(r, f);
    default:
        break;
    }
    switch (static_cast<Register>(r.slot)) {
    case Register::TimerPending:
        return pending(r, f);
    case Register::AlarmBlocked:
        return blocked(r, f);
    case Register::Expirations:
        if (r.value > r.before) return expired(f);
        return {compose(say("The count of expirations is read.")),
                compose(sayCount("The timerfd has expired once since the last read.",
                                 "The timerfd has expired %n times since the last read.", r.before)),
                {}};
    default:
        break;
    }
    return r.value >= r.before ? written(r.value, f, f.daemon().isInSignal) : read(r, f);
}

} // namespace jiffy::ui
