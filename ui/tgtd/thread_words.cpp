// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/thread_words.h"

#include "ui/code/work_words.h"
#include "ui/theme/look.h"
#include "ui/tgtd/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

/// isStartOver: the loop, or work_timer_start(), has begun before the position.
ThreadPlace placeOf(const core::World& world, const core::Inputs& inputs, bool isStartOver)
{
    const auto& d = world.daemon();
    if (world.cpu(0).running.isValid()) return ThreadPlace::Func;
    if (d.isInPass) return ThreadPlace::Pass;
    if (d.isStopping) return ThreadPlace::Stopping;
    if (d.isStarting) return ThreadPlace::Starting;
    if (d.isWaiting) return ThreadPlace::Waiting;
    if (d.source.isValid()) return ThreadPlace::Handler;
    if (d.isInScheduled) return ThreadPlace::Scheduled;
    const bool hasTimer = inputs.daemon.scheduler != core::WorkScheduler::Old;
    if (hasTimer && !d.isTimerStarted) return isStartOver ? ThreadPlace::Ended : ThreadPlace::Before;
    if (!hasTimer && !isStartOver && world.clock().ticks <= inputs.daemon.start) return ThreadPlace::Before;
    return d.isShuttingDown && !hasTimer ? ThreadPlace::Ended : ThreadPlace::Between;
}

/// Whether the loop, or what it begins with, stands among the records before `event`. It does so among the first.
bool hasBegun(const core::LogView& log, std::uint64_t event)
{
    for (std::uint64_t i = 0; i < std::min(event, log.size()); ++i)
        if (log[i].kind == core::Kind::Entered && (log[i].site == core::Site::WorkTimerStart || log[i].site == core::Site::EpollWait)) return true;
    return false;
}

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tgtd)
};

QString progressText(const FlowScene& s)
{
    if (!s.progress) return {};
    const std::uint64_t done = std::min(s.now - std::min(s.now, s.progress->since), s.progress->takes);
    return QStringLiteral(", ") + shareText(done, s.progress->takes);
}

QString starting(const FlowScene& s)
{
    const QString where = Words::tr("The thread is in work_timer_start(): ");
    if (s.scheduler == core::WorkScheduler::TimerFd)
        return where + (s.daemon.isPipePolled ? Words::tr("the timerfd is armed and watched.") : Words::tr("the timerfd does not exist yet."));
    if (!s.isArmed()) return where + Words::tr("nothing is set up yet.");
    if (!s.isPipeOpen()) return where + Words::tr("the alarm is armed already, the pipe does not exist yet.");
    return where + (s.daemon.isPipePolled ? Words::tr("alarm, pipe and event are set up.") : Words::tr("the pipe is open, the loop does not watch it yet."));
}

QString stopping(const FlowScene& s)
{
    const QString where = Words::tr("The thread is in work_timer_stop(): ");
    if (s.isNew() && s.isArmed() && !s.isPipeOpen()) return where + Words::tr("the pipe is closed, and the alarm is still armed.");
    if (s.isArmed()) return where + Words::tr("the alarm is still armed; it goes last.");
    return where + Words::tr("everything is taken down.");
}

QString waiting(const FlowScene& s)
{
    const bool isReady = std::any_of(s.rows.begin(), s.rows.end(), [](const LoopRow& r) { return r.state == LoopRow::State::Ready; });
    if (isReady) return Words::tr("The thread is in epoll_wait(), which has something to return.");
    const auto left = [&](std::uint64_t at) { return hundredthsText(at - std::min(at, s.now)); };
    if (s.isOld()) {
        if (!s.progress) return Words::tr("The thread is in epoll_wait() with a timeout of 0: events are scheduled.");
        return Words::tr("The thread waits in epoll_wait(): after %1 s more without an event, schedule() runs.").arg(left(s.progress->since + s.progress->takes));
    }
    const auto next = s.nextAlarm();
    if (!next) return Words::tr("The thread waits in epoll_wait(), and no alarm is armed.");
    if (s.isNew()) return Words::tr("The thread waits in epoll_wait(): nothing is readable, and the next alarm comes in %1 s.").arg(left(*next));
    return Words::tr("The thread waits in epoll_wait(): the timerfd expires in %1 s.").arg(left(*next));
}

/// What waits for the loop meanwhile.
QString meanwhile(const FlowScene& s)
{
    if (s.isOld()) return Words::tr("; its return restarts the idle timeout.");
    if (s.isReadable())
        return s.isNew() ? Words::tr("; the word in the pipe waits until it is back in epoll_wait().") : Words::tr("; the timerfd waits until it is back in epoll_wait().");
    return QStringLiteral(".");
}

QString handler(const FlowScene& s)
{
    const auto row = std::find_if(s.rows.begin(), s.rows.end(), [](const LoopRow& r) { return r.state == LoopRow::State::Running; });
    if (row == s.rows.end()) return Words::tr("The thread is in a handler%1").arg(meanwhile(s));
    if (row->isPipe)
        return s.isReadable() ? Words::tr("The thread is in the handler of %1: it reads, then execute_work() looks at the clock.").arg(rowHandle(*row))
                              : Words::tr("The thread is in the handler of %1: what was there is read.").arg(rowHandle(*row));
    const QString what = Words::tr("%1 (%2)").arg(rowHandle(*row), row->name);
    if (s.daemon.isInSlowCall) return Words::tr("The thread is in the handler of %1, in a call that blocks%2%3").arg(what, progressText(s), meanwhile(s));
    return Words::tr("The thread is in the handler of %1%2%3").arg(what, progressText(s), meanwhile(s));
}

QString pass(const FlowScene& s)
{
    const QString jiffies = QString::number(s.past.passClock.value_or(s.daemon.jiffies));
    if (s.isOld()) return Words::tr("The thread is in schedule(): what has a tick below jiffies %1 becomes active and runs.").arg(jiffies);
    if (s.activeCount == 0) return Words::tr("The thread is in execute_work(): it read the clock once, and takes what is due.");
    return Words::tr("The thread is in execute_work(): it runs the active list until it is empty.");
}

QString func(const FlowScene& s)
{
    const QString runs = Words::tr("The thread runs %1%2").arg(s.running->name, progressText(s));
    if (s.progress && s.scheduler != core::WorkScheduler::Old && !s.inactive.empty() && s.inactive.front().due && *s.inactive.front().due <= s.now)
        return runs + Words::tr("; what came due meanwhile waits for the next pass, for the clock was read before.");
    return runs + QLatin1Char('.');
}

QString base(const FlowScene& s)
{
    switch (s.place) {
    case ThreadPlace::Before: return Words::tr("The loop has not started yet.");
    case ThreadPlace::Starting: return starting(s);
    case ThreadPlace::Waiting: return waiting(s);
    case ThreadPlace::Between:
        if (s.incident.what == Incident::What::Interrupted) return Words::tr("The alarm interrupted epoll_wait() (EINTR): the thread goes round again.");
        if (s.incident.what == Incident::What::TimedOut && !s.isOld()) return Words::tr("epoll_wait() timed out: nothing is done.");
        if (s.incident.what == Incident::What::TimedOut) return Words::tr("epoll_wait() timed out: the thread calls schedule().");
        return Words::tr("The thread is in the loop, on its way to the next epoll_wait().");
    case ThreadPlace::Scheduled: return Words::tr("The thread executes scheduled events; while there are any, epoll_wait() does not wait.");
    case ThreadPlace::Handler: return handler(s);
    case ThreadPlace::Pass: return pass(s);
    case ThreadPlace::Func: return func(s);
    case ThreadPlace::Stopping: return stopping(s);
    case ThreadPlace::Ended: return Words::tr("The loop has ended.");
    }
    return {};
}

} // namespace

ThreadPlace threadPlace(const core::World& world, const core::Inputs& inputs, const core::LogView& log, std::uint64_t event)
{
    return placeOf(world, inputs, hasBegun(log, event));
}

QString threadSentence(const FlowScene& scene)
{
    if (scene.isEmpty()) return {};
    if (!scene.daemon.isInSignal) return base(scene);
    if (scene.place == ThreadPlace::Waiting) return Words::tr("SIGALRM interrupts epoll_wait(): its handler runs, then epoll_wait() returns EINTR.");
    return Words::tr("Interrupted by SIGALRM, whose handler runs. %1").arg(base(scene));
    return base(scene);
}

QString whyShut(const FlowScene& s)
{
    if (s.place == ThreadPlace::Pass || s.place == ThreadPlace::Func) return {};
    if (s.isOld()) return Words::tr("shut until 2 s pass\nwithout an event").replace(QLatin1Char('2'), QString::number(s.inputs->daemon.epollTimeout / 1'000'000));
    if (s.isReadable() && !s.daemon.isPipePolled && s.daemon.source != s.inputs->daemon.pipe) return s.isNew() ? Words::tr("shut: the pipe\nis not watched") : Words::tr("shut: the timerfd\nis not watched");
    if (!s.isArmed() && !s.isReadable()) return Words::tr("shut: no alarm\nis armed");
    if (s.isReadable() || s.daemon.source == s.inputs->daemon.pipe) return Words::tr("shut until the\nloop reads fd %1").arg(s.daemon.readFd);
    return s.isNew() ? Words::tr("shut until\nan alarm writes") : Words::tr("shut until the\ntimerfd expires");
}

QString incidentText(const FlowScene& s)
{
    using What = Incident::What;
    switch (s.incident.what) {
    case What::None: return {};
    case What::Interrupted: return Words::tr("epoll_wait: EINTR");
    case What::TimedOut: return Words::tr("epoll_wait: timeout");
    case What::CallCut: return Words::tr("EINTR: the call was cut short");
    case What::Refused: return Words::tr("refused: %1 is on a list already").arg(s.incidentName);
    case What::Spin: return Words::tr("%1 funcs at one instant, and no end").arg(grouped(s.incident.number));
    case What::NoEvent: return Words::tr("cannot find event %1").arg(s.incident.number);
    case What::NotWritten: return Words::tr("write failed: %1").arg(errorText(s.incident.number));
    case What::Stray: return Words::tr("4 bytes written to fd 0");
    case What::NoPipe: return Words::tr("pipe failed: %1").arg(errorText(s.incident.number));
    }
    return {};
}

} // namespace jiffy::ui
