// SPDX-License-Identifier: GPL-3.0-or-later
// The event loop: when it waits, what it is given, whose handler runs.
#include "ui/narration/work_facts.h"

#include "ui/code/work_words.h"

namespace jiffy::ui
{

using core::Call;
using core::Kind;
using core::Record;
using core::Register;
using core::Site;

namespace
{

/// "A word waits in the pipe since 4.25 s."
void appendWord(RichText& why, const WorkFacts& f)
{
    if (!f.isNew() || f.daemon().pipeBytes == 0) return;
    if (const auto since = f.wordSince())
        append(why, compose(say("A word has been waiting in the pipe since %1."), {f.at(*since)}));
}

Sentence waits(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.what = compose(say("The loop calls epoll_wait."));
    if (const auto ready = f.ready(); ready.count != 0) {
        s.why = ready.count == 1
                    ? compose(say("%1 is ready already, so it returns at once."), {f.source(ready.first)})
                    : compose(say("%1 are ready already, so it returns at once."), {mono(f.sources(ready))});
        return s;
    }
    if (r.value == 0) {
        s.why = compose(say("The timeout is 0, as scheduled events remain: it does not wait at all."));
        return s;
    }
    if (f.isOld()) {
        s.why = compose(
            say("Only if %1 pass without a single event does schedule() run; each event starts them anew."),
            {f.span(r.value)});
        if (f.waiting() != 0)
            append(s.why,
                   compose(sayCount("1 item waits for that.", "%n items wait for that.", f.waiting())));
    } else if (f.isNew()) {
        s.why = compose(say("Nothing is ready, so the thread sleeps. The next alarm comes at %1."),
                        {f.at(f.alarmAfter(f.now()))});
        if (const auto first = f.inactive().first; first.isValid())
            append(s.why, compose(say("First in line is %1, due at %2."), {f.item(first), f.due(first)}));
    } else {
        s.why = f.isRecording()
                    ? compose(say("Nothing is ready, so the thread sleeps, without a limit. The timer's file can be "
                                  "read every %1."),
                              {f.span(f.config().interval)})
                    : compose(say("Nothing is ready, so the thread sleeps, without a limit. The timerfd expires at "
                                  "the next half second of the wall clock."));
    }
    return s;
}

Sentence returns(const Record& r, const WorkFacts& f)
{
    Sentence s;
    if (r.value == ~0ull) {
        s.what = compose(say("epoll_wait returns EINTR."));
        s.why = f.ready().count != 0
                    ? compose(say("A signal's handler has run, so it gives up and returns nothing, although "
                                  "%1 is ready. The next call returns that."),
                              {mono(f.sources(f.ready()))})
                    : compose(say("A signal's handler has run, so it gives up and returns nothing. Nothing "
                                  "is ready: the loop goes round for no purpose."));
        return s;
    }
    if (r.value == 0) {
        s.what = compose(say("epoll_wait times out."));
        const auto since = f.waitSince();
        const std::uint64_t waited = since ? f.now() - *since : 0;
        if (f.isOld() && waited == 0)
            s.why = compose(say("Its timeout was 0, as scheduled events remain. The old scheduler takes that "
                                "for an idle tick, too: its clock runs away."));
        else if (f.isOld())
            s.why = compose(
                say("%1 without a single event: this is the moment for which the old scheduler waits."),
                {f.span(waited)});
        else if (waited == 0)
            s.why = compose(say("Its timeout was 0, as scheduled events remain."));
        else
            s.why = compose(say("%1 without a single event. Nothing is to be done."), {f.span(waited)});
        return s;
    }
    if (r.value <= 2) s.what = compose(say("epoll_wait returns %1."), {mono(f.sources(f.returned()))});
    else s.what = compose(say("epoll_wait returns %1 events."), {mono(QString::number(r.value))});
    if (r.value > 2) s.why = compose(say("They are %1."), {mono(f.sources(f.returned()))});
    if (f.isOld()) {
        const auto since = f.waitSince();
        if (since && f.now() > *since)
            append(s.why, compose(say("%1 of its %2 had passed; the next countdown begins anew."),
                                  {f.span(f.now() - *since), f.span(f.config().epollTimeout)}));
        if (f.waiting() != 0)
            append(s.why, compose(sayCount(
                              "The item that is queued waits on: a busy daemon never gets to its scheduler.",
                              "%n items wait on: a busy daemon never gets to its scheduler.", f.waiting())));
        return s;
    }
    if (r.value > 1) {
        append(s.why, compose(say("First ready, first handled, one after the other; what becomes ready "
                                  "meanwhile waits for the next call.")));
        return s;
    }
    if (f.returned().first == f.config().pipe && f.isNew()) {
        const auto since = f.wordSince();
        if (since && f.now() > *since)
            s.why = compose(
                say("The word was written at %1 and is seen %2 later: only now the thread is back here."),
                {f.at(*since), f.span(f.now() - *since)});
        else
            s.why = compose(say("The word that has just been written makes it readable."));
        return s;
    }
    s.why = compose(say("Its handler is called next."));
    appendWord(s.why, f);
    return s;
}

/// What a source's handler is going to do.
RichText purpose(const core::Action& a, const WorkFacts& f)
{
    switch (a.call) {
    case Call::AddWork:
        return compose(say("It is going to ask for %1 in %2 s."), {f.item(a.timer), number(a.expires)});
    case Call::DelWork:
        return compose(say("It is going to take back %1."), {f.item(a.timer)});
    case Call::BurnTime:
        if (a.expires == 0)
            return compose(say("It has nothing to do with the scheduler and is done at once."));
        return compose(say("It takes %1: until %2 nobody else gets a turn."),
                       {f.span(a.expires), f.at(f.now() + a.expires)});
    case Call::SlowCall:
        return compose(say("It makes a system call that blocks for %1."), {f.span(a.expires)});
    case Call::EventSched:
        return compose(say("It is going to schedule an event for the next passes of the loop."));
    case Call::Shutdown:
        return compose(say("It is going to end the daemon."));
    default:
        return {};
    }
}

QString batchCounter(const WorkFacts& f)
{
    // Those before it are off the batch already.
    const std::uint32_t left = f.returned().count;
    return left == 0 ? QString() : say("%1 more to handle").arg(left);
}

Sentence handlerBegins(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.counter = batchCounter(f);
    if (r.item == f.config().pipe) {
        s.what = compose(say("The loop calls work_timer_evt_handler."));
        s.why = compose(say("%1 is the scheduler's own descriptor."), {f.source(r.item)});
        const auto since = f.wordSince();
        if (f.isNew() && since && f.now() > *since)
            append(s.why, compose(say("The word in it was written %1 ago, at %2."),
                                  {f.span(f.now() - *since), f.at(*since)}));
        return s;
    }
    s.what = compose(say("The loop calls the handler of %1."), {f.source(r.item)});
    const auto& config = f.config();
    if (config.isSource(r.item)) {
        const std::uint32_t action = config.sources[r.item.value - config.firstSource];
        if (action < f.inputs().actions.size()) s.why = purpose(f.inputs().actions[action], f);
    }
    return s;
}

Sentence handlerEnds(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.counter = batchCounter(f);
    s.what = r.item == f.config().pipe ? compose(say("work_timer_evt_handler returns."))
                                       : compose(say("The handler of %1 returns."), {f.source(r.item)});
    const auto since = f.since([&](const Record& x) {
        return x.kind == Kind::Entered && x.site == Site::IoHandler && x.item == r.item;
    });
    if (since && f.now() > *since) s.why = compose(say("It has taken %1."), {f.span(f.now() - *since)});
    const auto left = f.returned();
    if (left.count == 0)
        append(s.why, compose(say("Everything that epoll_wait returned is done: the loop comes round.")));
    else
        append(s.why, compose(say("Next in the batch: %1."), {mono(f.sources(left))}));
    if (r.item != f.config().pipe) appendWord(s.why, f);
    return s;
}

Sentence slowCall(const Record& r, const WorkFacts& f)
{
    if (r.kind == Kind::Entered)
        return {
            compose(say("A system call blocks for %1."), {f.span(r.value)}),
            compose(say(
                "The alarm's handler was installed without asking for a restart: a signal ends the call.")),
            {}};
    if (r.value == 0)
        return {compose(say("The system call is done.")), compose(say("No alarm came meanwhile.")), {}};
    return {compose(say("The system call fails: EINTR.")),
            compose(say("An alarm came. Every slow call of the daemon can fail like this now, four times a "
                        "second; its callers never had to expect it.")),
            {}};
}

Sentence scheduled(const Record& r, const WorkFacts& f)
{
    if (r.kind == Kind::RegisterSet && r.site == Site::EventSched)
        return {compose(sayCount("An event is scheduled for the next pass of the loop.",
                                 "An event is scheduled for the next %n passes of the loop.", r.value)),
                compose(say("While one remains, the timeout of epoll_wait is 0.")),
                {}};
    if (r.kind == Kind::RegisterSet)
        return {compose(say("The scheduled event is executed.")),
                r.value == 0 ? compose(say("It does not schedule itself again."))
                             : compose(sayCount("It schedules itself again, for 1 more pass.",
                                                "It schedules itself again, for %n more passes.", r.value)),
                {}};
    if (r.kind == Kind::Entered)
        return {compose(say("Scheduled events come first.")),
                compose(say("The loop executes what other code has asked for before it waits.")),
                {}};
    return {compose(say("tgt_exec_scheduled returns.")),
            f.daemon().schedLeft != 0
                ? compose(say("Something is scheduled again, so the timeout of epoll_wait is 0."))
                : compose(say("Nothing is scheduled any more: epoll_wait may sleep.")),
            {}};
}

} // namespace

Sentence tellLoop(const Record& r, const WorkFacts& f)
{
    if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::SystemActive)
        return {compose(say("The daemon is asked to end.")),
                compose(say("system_active is 0: the loop ends when it comes round again.")),
                {}};
    if (r.kind == Kind::RegisterSet || r.site == Site::ExecScheduled) return scheduled(r, f);
    if (r.site == Site::SlowCall) return slowCall(r, f);
    if (r.kind == Kind::Unqueued)
        return {compose(say("%1 is next in the batch."), {f.source(r.item)}),
                compose(say("Handlers run in the order in which their descriptors became ready.")),
                batchCounter(f)};
    if (r.kind == Kind::Spliced || r.kind == Kind::Moved)
        return {compose(say("epoll_wait takes what is ready.")),
                compose(say("At most %1 events fit one call."), {number(f.config().batch)}),
                {}};
    if (r.site == Site::EpollWait) return r.kind == Kind::Entered ? waits(r, f) : returns(r, f);
    return r.kind == Kind::Entered ? handlerBegins(r, f) : handlerEnds(r, f);
}

} // namespace jiffy::ui
