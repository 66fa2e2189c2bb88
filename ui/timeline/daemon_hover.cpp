// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/daemon_hover.h"

#include "ui/timeline/daemon_painter.h"
#include "ui/timeline/daemon_time.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

using core::AlarmMark;
using core::WorkRun;
using core::WorkScheduler;

constexpr double reach = 6;
constexpr std::uint32_t mostNamed = 4;

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

QString at(std::uint64_t us)
{
    return say(QT_TRANSLATE_NOOP("Timeline", "%1 s")).arg(instantText(us));
}

QString alarmText(const TimelineScene& s, double x)
{
    const auto& run = s.daemon->lead();
    const auto i = alarmNear(run.alarms(), s.scale, x, s.look.px(reach));
    if (i == notFound) return {};
    const auto& alarm = run.alarms()[i];
    const QString name = run.scheduler() == WorkScheduler::TimerFd
                             ? say(QT_TRANSLATE_NOOP("Timeline", "Expiration %1 of the timerfd, %2"))
                             : say(QT_TRANSLATE_NOOP("Timeline", "Alarm %1, %2"));
    return name.arg(grouped(i + 1), at(alarm.at)) + QLatin1Char('\n') +
           alarmFateText(alarm.fate, run.scheduler());
}

QString pipeText(const TimelineScene& s, double x)
{
    const auto& run = s.daemon->lead();
    const auto i = spanNear(run.pipe(), s.scale, x, s.look.px(reach), s.endTicks);
    if (i == notFound) return {};
    const auto& stay = run.pipe()[i];
    const bool isTimerFd = run.scheduler() == WorkScheduler::TimerFd;
    const QString what = isTimerFd ? say(QT_TRANSLATE_NOOP("Timeline", "%1 expirations unread"))
                                   : say(QT_TRANSLATE_NOOP("Timeline", "%1 bytes in the pipe"));
    const QString head = what.arg(grouped(stay.most)) + QLatin1Char('\n');
    if (stay.to == core::notYet)
        return head + say(QT_TRANSLATE_NOOP("Timeline", "since %1; nobody reads them before the run ends"))
                          .arg(at(stay.from));
    return head + say(QT_TRANSLATE_NOOP("Timeline", "from %1 until the loop reads them at %2: %3"))
                      .arg(at(stay.from), at(stay.to),
                           durationUsText(static_cast<std::int64_t>(stay.to - stay.from)));
}

QString waitText(const core::WaitSpan& wait)
{
    const QString from =
        say(QT_TRANSLATE_NOOP("Timeline", "The thread waits in epoll_wait() since %1")).arg(at(wait.from));
    const auto lasted = [&] { return durationUsText(static_cast<std::int64_t>(wait.to - wait.from)); };
    switch (wait.answer) {
    case core::WaitSpan::Answer::None:
        return from;
    case core::WaitSpan::Answer::Ready:
        return from + QLatin1Char('\n') +
               say(QT_TRANSLATE_NOOP("Timeline", "after %1 it returns with %2 ready"))
                   .arg(lasted(), grouped(wait.sources));
    case core::WaitSpan::Answer::TimedOut:
        return from + QLatin1Char('\n') +
               say(QT_TRANSLATE_NOOP("Timeline", "after %1 the time is up")).arg(lasted());
    case core::WaitSpan::Answer::Interrupted:
        return from + QLatin1Char('\n') +
               say(QT_TRANSLATE_NOOP("Timeline", "after %1 the signal interrupts it")).arg(lasted());
    }
    return {};
}

QString passText(const TimelineScene& s, std::size_t i)
{
    const auto& run = s.daemon->lead();
    const auto& pass = run.passes()[i];
    QStringList lines{laneName(DaemonLane::Pass, run.scheduler()) + QLatin1String(", ") + at(pass.from)};
    if (pass.called == 0)
        return (lines << say(QT_TRANSLATE_NOOP("Timeline", "nothing was due"))).join(QLatin1Char('\n'));
    const auto& calls = run.calls();
    auto it = std::lower_bound(calls.begin(), calls.end(), pass.from,
                               [&](std::uint32_t c, std::uint64_t t) { return run.runs()[c].endedAt < t; });
    QStringList names;
    for (std::uint32_t k = 0; k < std::min(pass.called, mostNamed) && it != calls.end(); ++k, ++it)
        names << s.daemon->itemName(run.runs()[*it].item);
    if (pass.called > mostNamed)
        names << say(QT_TRANSLATE_NOOP("Timeline", "%1 more")).arg(grouped(pass.called - mostNamed));
    lines << (pass.called == 1 ? say(QT_TRANSLATE_NOOP("Timeline", "calls %1"))
                               : say(QT_TRANSLATE_NOOP("Timeline", "calls one after the other: %1")))
                 .arg(names.join(QLatin1String(", ")));
    if (pass.to != core::notYet && pass.to > pass.from)
        lines << say(QT_TRANSLATE_NOOP("Timeline", "takes %1"))
                     .arg(durationUsText(static_cast<std::int64_t>(pass.to - pass.from)));
    return lines.join(QLatin1Char('\n'));
}

QString loopText(const TimelineScene& s, double x)
{
    const auto& run = s.daemon->lead();
    if (const auto i = spanNear(run.handlers(), s.scale, x, s.look.px(4), s.endTicks); i != notFound) {
        const auto& handler = run.handlers()[i];
        QString name = s.daemon->sourceName(handler.source);
        if (const auto file = s.daemon->fileName(handler.source); !file.isEmpty())
            name += QLatin1String(", ") + file;
        QStringList lines{
            say(QT_TRANSLATE_NOOP("Timeline", "Handler of %1, %2")).arg(name, at(handler.from))};
        if (handler.to == core::notYet)
            lines << say(QT_TRANSLATE_NOOP("Timeline", "it lasts until the run ends"));
        else if (handler.to > handler.from)
            lines << say(QT_TRANSLATE_NOOP("Timeline",
                                           "takes %1, until %2; meanwhile the loop looks at nothing else"))
                         .arg(durationUsText(static_cast<std::int64_t>(handler.to - handler.from)),
                              at(handler.to));
        return lines.join(QLatin1Char('\n'));
    }
    if (const auto i = spanNear(run.passes(), s.scale, x, 0, s.endTicks);
        i != notFound && run.passes()[i].to > run.passes()[i].from)
        return passText(s, i);
    const auto i = spanNear(run.waits(), s.scale, x, 0, s.endTicks);
    return i == notFound ? QString() : waitText(run.waits()[i]);
}

QString laneText(const TimelineScene& s, DaemonLane lane, double x)
{
    const auto& run = s.daemon->lead();
    switch (lane) {
    case DaemonLane::Alarm:
        return alarmText(s, x);
    case DaemonLane::Pipe:
        return pipeText(s, x);
    case DaemonLane::Loop:
        return loopText(s, x);
    case DaemonLane::Countdown: {
        const auto i = spanNear(run.waits(), s.scale, x, s.look.px(3), s.endTicks);
        if (i == notFound) return {};
        const QString text = waitText(run.waits()[i]);
        return run.waits()[i].answer == core::WaitSpan::Answer::Ready
                   ? text + QLatin1Char('\n') +
                         say(QT_TRANSLATE_NOOP("Timeline", "and the countdown begins anew"))
                   : text;
    }
    case DaemonLane::Pass: {
        const auto i = spanNear(run.passes(), s.scale, x, s.look.px(reach), s.endTicks);
        return i == notFound ? QString() : passText(s, i);
    }
    }
    return {};
}

QString itemText(const TimelineScene& s, core::TimerId item, double x)
{
    const auto& run = s.daemon->lead();
    QStringList lines{s.daemon->itemName(item)};
    if (const auto i = runNear(run, item, s.scale, x, s.look.px(60), s.endTicks); i != notFound)
        lines << workRunText(run.runs()[i]);
    if (const auto* twin = s.daemon->twin())
        if (const auto i = runNear(*twin, item, s.scale, x, s.look.px(6), s.daemon->twinEnd());
            i != notFound && twin->runs()[i].hasRun())
            lines << say(QT_TRANSLATE_NOOP("Timeline", "%1: runs at %2, %3"))
                         .arg(s.daemon->twinName(), at(twin->runs()[i].endedAt),
                              latenessText(twin->runs()[i].lateness()));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString workRunText(const WorkRun& run)
{
    QStringList lines;
    lines << (run.isImmediate
                  ? say(QT_TRANSLATE_NOOP("Timeline", "asked for 0 s at %1: as soon as the loop comes round"))
                        .arg(at(run.addedAt))
                  : say(QT_TRANSLATE_NOOP("Timeline", "asked for %1 s at %2, due at %3"))
                        .arg(grouped(run.seconds()), at(run.addedAt), at(run.due)));
    switch (run.fate) {
    case WorkRun::Fate::Waiting:
        lines << say(QT_TRANSLATE_NOOP("Timeline", "has not run when the run ends"));
        break;
    case WorkRun::Fate::Deleted:
        lines << say(QT_TRANSLATE_NOOP("Timeline", "is deleted at %1")).arg(at(run.endedAt));
        break;
    case WorkRun::Fate::Ran:
        lines << say(QT_TRANSLATE_NOOP("Timeline", "runs at %1, %2"))
                     .arg(at(run.endedAt), latenessText(run.lateness()));
        break;
    }
    return lines.join(QLatin1Char('\n'));
}

QString alarmFateText(AlarmMark::Fate fate, WorkScheduler scheduler)
{
    const bool isTimerFd = scheduler == WorkScheduler::TimerFd;
    switch (fate) {
    case AlarmMark::Fate::Delivered:
        return say(QT_TRANSLATE_NOOP("Timeline", "its handler runs"));
    case AlarmMark::Fate::Wrote:
        return isTimerFd ? say(QT_TRANSLATE_NOOP("Timeline", "makes the timerfd readable"))
                         : say(QT_TRANSLATE_NOOP("Timeline", "writes 4 bytes into the pipe"));
    case AlarmMark::Fate::Swallowed:
        return isTimerFd ? say(QT_TRANSLATE_NOOP("Timeline", "is added to those that nobody has read yet"))
                         : say(QT_TRANSLATE_NOOP("Timeline", "swallowed: timer_pending was set already"));
    case AlarmMark::Fate::Failed:
        return say(QT_TRANSLATE_NOOP("Timeline", "its write did not reach the pipe"));
    case AlarmMark::Fate::Blocked:
        return say(QT_TRANSLATE_NOOP("Timeline", "waits until the handler of the one before has returned"));
    case AlarmMark::Fate::Lost:
        return say(QT_TRANSLATE_NOOP("Timeline", "lost: another one was waiting already"));
    }
    return {};
}

QString daemonAreaText(const core::Lateness& run, TickRange area)
{
    const auto from = static_cast<std::uint64_t>(std::max(0.0, area.from)),
               to = static_cast<std::uint64_t>(std::max(area.from, area.to));
    QStringList parts;
    const auto alarms = core::firstAlarmFrom(run.alarms(), to) - core::firstAlarmFrom(run.alarms(), from);
    if (alarms != 0) parts << (alarms == 1 ? say(QT_TRANSLATE_NOOP("Timeline", "1 alarm")) : say(QT_TRANSLATE_NOOP("Timeline", "%1 alarms")).arg(grouped(alarms)));
    const auto io = core::firstFrom(run.handlers(), to) - core::firstFrom(run.handlers(), from);
    if (io != 0) parts << (io == 1 ? say(QT_TRANSLATE_NOOP("Timeline", "1 handler of I/O")) : say(QT_TRANSLATE_NOOP("Timeline", "%1 handlers of I/O")).arg(grouped(io)));
    const auto callsFrom = [&](std::uint64_t instant) {
        return std::partition_point(run.calls().begin(), run.calls().end(),
                                    [&](std::uint32_t c) { return run.runs()[c].endedAt < instant; });
    };
    const auto calls = callsFrom(to) - callsFrom(from);
    if (calls != 0)
        parts << (calls == 1 ? say(QT_TRANSLATE_NOOP("Timeline", "1 func called"))
                             : say(QT_TRANSLATE_NOOP("Timeline", "%1 funcs called"))
                                   .arg(grouped(static_cast<std::uint64_t>(calls))));
    const QString text = say(QT_TRANSLATE_NOOP("Timeline", "Stretch of %1"))
                             .arg(durationUsText(static_cast<std::int64_t>(to - from)));
    return parts.isEmpty() ? text : text + QLatin1String(": ") + parts.join(QLatin1String(", "));
}

QString daemonHoverText(const TimelineScene& s, QPointF point)
{
    const double x = point.x();
    const bool isHeader = x < s.scale.left - s.look.px(4);
    const auto& run = s.daemon->lead();
    if (const int lane = s.rows.lanes.rowAt(point.y()); lane >= 0)
        return isHeader || x > s.scale.right + s.look.px(6)
                   ? QString()
                   : laneText(s, daemonLanes(run.scheduler())[static_cast<std::size_t>(lane)], x);
    if (const int row = s.rows.lives.rowAt(point.y()); row >= 0) {
        const auto i = static_cast<std::size_t>(row);
        const auto& items = s.daemon->items();
        if (i >= items.size())
            return say(QT_TRANSLATE_NOOP("Timeline",
                                         "%1: the funcs that would have been called without the change"))
                .arg(s.daemon->ghosts()[i - items.size()].name);
        if (isHeader)
            return say(QT_TRANSLATE_NOOP("Timeline", "%1: a click selects it"))
                .arg(s.daemon->itemName(items[i]));
        return itemText(s, items[i], x);
    }
    if (isHeader || x > s.scale.right + s.look.px(9)) return {};
    if (point.y() < s.rows.rulerTop)
        return say(QT_TRANSLATE_NOOP("Timeline",
                                     "The whole run, %1. A click goes there; the frame can be moved."))
            .arg(durationUsText(static_cast<std::int64_t>(s.endTicks)));
    for (const auto& [instant, name] :
         {std::pair(s.markers.a, QLatin1Char('A')), std::pair(s.markers.b, QLatin1Char('B'))})
        if (instant && flagBox(s, *instant).contains(point))
            return say(QT_TRANSLATE_NOOP("Timeline",
                                         "Marker %1, %2. Drag it; Alt keeps it from going to events."))
                .arg(name)
                .arg(at(*instant));
    if (point.y() < s.rows.lanes.top)
        return say(QT_TRANSLATE_NOOP("Timeline", "%1 after the start")).arg(at(s.scale.tickAt(x))) +
               QLatin1Char('\n') + say(QT_TRANSLATE_NOOP("Timeline", "Drag along the ruler to measure."));
    return {};
}

} // namespace jiffy::ui
