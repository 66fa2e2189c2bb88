// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/text_kernel.h"
#include "ui/processes/scene.h"
#include "ui/timeline/strip_hover.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

using core::ProcessIs;
using core::ProcessSleep;

QString say(const char* text)
{
    return QCoreApplication::translate("Processes", text);
}

QString wakeText(const core::Inputs& inputs, const core::ProcessWake& w)
{
    if (w.isSignal) return say(QT_TRANSLATE_NOOP("Processes", "a signal is sent to it, on CPU %1")).arg(w.cpu);
    if (w.by.isValid())
        return say(QT_TRANSLATE_NOOP("Processes", "wake_up_process() in the function of %1, on CPU %2"))
            .arg(QString::fromStdString(inputs.timerName(w.by)))
            .arg(w.cpu);
    return say(QT_TRANSLATE_NOOP("Processes", "wake_up_process() on CPU %1")).arg(w.cpu);
}

} // namespace

QString stateName(ProcessIs is)
{
    switch (is) {
    case ProcessIs::OnCpu: return say(QT_TRANSLATE_NOOP("Processes", "TASK_RUNNING, on a CPU"));
    case ProcessIs::Ready: return say(QT_TRANSLATE_NOOP("Processes", "TASK_RUNNING, waits for the CPU"));
    case ProcessIs::Interruptible: return QStringLiteral("TASK_INTERRUPTIBLE");
    case ProcessIs::Uninterruptible: return QStringLiteral("TASK_UNINTERRUPTIBLE");
    case ProcessIs::Dead: return say(QT_TRANSLATE_NOOP("Processes", "has ended"));
    }
    return {};
}

QString sleepText(const ProcessSleep& s)
{
    const QString call = (s.isInterruptible ? QStringLiteral("msleep_interruptible(%1)") : QStringLiteral("msleep(%1)")).arg(s.ms);
    if (s.woken == ProcessSleep::open) return call;
    const QString got = preciseTime((s.woken - s.begin + 500) / 1000 * 1000);
    return s.jiffies == 1 ? say(QT_TRANSLATE_NOOP("Processes", "%1: %2, 1 jiffy")).arg(call, got)
                          : say(QT_TRANSLATE_NOOP("Processes", "%1: %2, %3 jiffies")).arg(call, got).arg(s.jiffies);
}

QString boundsText(const ProcessSleep& s, core::Hz hz)
{
    return say(QT_TRANSLATE_NOOP("Processes", "asks for %1 jiffies: its timer is due between %2 and %3 after the call"))
        .arg(s.jiffies)
        .arg(preciseTime(s.earliest(hz) / 1000 * 1000), preciseTime(s.latest(hz) / 1000 * 1000));
}

ProcessNow processNow(const core::World& world, const core::Inputs& inputs, std::size_t process)
{
    ProcessNow now;
    const auto& kernel = world.kernel();
    if (process >= kernel.processes.size()) return now;
    now.state = kernel.processes[process].state;
    now.hasSignal = kernel.processes[process].hasSignal;
    for (int c = 0; c < world.cpuCount() && now.cpu < 0 && now.state == core::TaskState::Running; ++c) {
        const auto& queue = kernel.cpu(c).runQueue;
        now.isOnCpu = kernel.cpu(c).current == process + 1;
        const auto place = std::find(queue.begin(), queue.end(), static_cast<std::uint32_t>(process));
        if (now.isOnCpu || place != queue.end()) now.cpu = c;
        if (!now.isOnCpu && place != queue.end()) now.ahead = static_cast<std::size_t>(place - queue.begin());
    }
    now.timer = inputs.programs[process].timer;
    if (!now.timer.isValid() || !world.isDefined(now.timer)) return now;
    const auto& item = world.item(now.timer);
    now.isArmed = item.isPending();
    now.expires = item.expires;
    const auto& word = world.geometry().word;
    const auto left = word.distance(item.expires, world.clock().jiffies);
    now.jiffiesLeft = left <= word.distance(world.clock().jiffies, item.expires) ? left : 0;
    return now;
}

QString nowState(const ProcessNow& now)
{
    switch (now.state) {
    case core::TaskState::Running:
        if (now.cpu < 0) return QStringLiteral("TASK_RUNNING");
        return now.isOnCpu ? say(QT_TRANSLATE_NOOP("Processes", "TASK_RUNNING, on CPU %1")).arg(now.cpu)
                           : say(QT_TRANSLATE_NOOP("Processes", "TASK_RUNNING, in the run queue of CPU %1")).arg(now.cpu);
    case core::TaskState::Interruptible: return QStringLiteral("TASK_INTERRUPTIBLE");
    case core::TaskState::Uninterruptible: return QStringLiteral("TASK_UNINTERRUPTIBLE");
    case core::TaskState::Dead: return say(QT_TRANSLATE_NOOP("Processes", "has ended"));
    case core::TaskState::New: break;
    }
    return say(QT_TRANSLATE_NOOP("Processes", "has not begun"));
}

QString nowWaits(const core::Inputs& inputs, const ProcessNow& now)
{
    switch (now.state) {
    case core::TaskState::New: return say(QT_TRANSLATE_NOOP("Processes", "waits for its beginning"));
    case core::TaskState::Dead: return say(QT_TRANSLATE_NOOP("Processes", "waits for nothing"));
    case core::TaskState::Running:
        if (now.isOnCpu) return say(QT_TRANSLATE_NOOP("Processes", "waits for nothing: the CPU executes its code"));
        if (now.cpu < 0) return say(QT_TRANSLATE_NOOP("Processes", "waits for a CPU"));
        if (now.ahead == 0) return say(QT_TRANSLATE_NOOP("Processes", "waits for CPU %1: it is the next one there")).arg(now.cpu);
        return (now.ahead == 1 ? say(QT_TRANSLATE_NOOP("Processes", "waits for CPU %1, behind 1 other")) : say(QT_TRANSLATE_NOOP("Processes", "waits for CPU %1, behind %2 others")).arg(QStringLiteral("%1"), grouped(now.ahead))).arg(now.cpu);
    default: break;
    }
    if (now.timer.isValid() && now.isArmed) {
        const auto timer = QString::fromStdString(inputs.timerName(now.timer));
        if (now.jiffiesLeft == 0) return say(QT_TRANSLATE_NOOP("Processes", "waits for timer %1: due at %2, now")).arg(timer, grouped(now.expires));
        return (now.jiffiesLeft == 1 ? say(QT_TRANSLATE_NOOP("Processes", "waits for timer %1: due at %2, in 1 jiffy"))
                                     : say(QT_TRANSLATE_NOOP("Processes", "waits for timer %1: due at %2, in %3 jiffies")).arg(QStringLiteral("%1"), QStringLiteral("%2"), grouped(now.jiffiesLeft)))
            .arg(timer, grouped(now.expires));
    }
    if (now.timer.isValid()) return say(QT_TRANSLATE_NOOP("Processes", "its timer is in no slot: it is about to be armed, or to wake it"));
    return say(QT_TRANSLATE_NOOP("Processes", "waits to be woken"));
}

QString nowSignal(const ProcessNow& now)
{
    if (!now.hasSignal) return {};
    return now.state == core::TaskState::Uninterruptible ? say(QT_TRANSLATE_NOOP("Processes", "a signal is pending, and does not wake it"))
                                                         : say(QT_TRANSLATE_NOOP("Processes", "a signal is pending"));
}

QString nowSleep(const core::ProcessStates& states, std::size_t process, std::uint64_t ns, core::Hz hz)
{
    const auto& sleeps = states.sleeps(process);
    const auto behind = std::partition_point(sleeps.begin(), sleeps.end(), [&](const ProcessSleep& x) { return x.begin <= ns; });
    if (behind == sleeps.begin()) return {};
    const auto& s = *std::prev(behind);
    if (s.jiffies == 0) return {};
    const auto time = [](std::uint64_t t) { return preciseTime((t + 500) / 1000 * 1000); };
    const QString asked = (s.jiffies == 1 ? say(QT_TRANSLATE_NOOP("Processes", "asked for 1 jiffy, %1 to %2")) : say(QT_TRANSLATE_NOOP("Processes", "asked for %3 jiffies, %1 to %2")).arg(QStringLiteral("%1"), QStringLiteral("%2"), grouped(s.jiffies)))
                              .arg(preciseTime(s.earliest(hz) / 1000 * 1000), preciseTime(s.latest(hz) / 1000 * 1000));
    if (s.woken == ProcessSleep::open || s.woken > ns) return say(QT_TRANSLATE_NOOP("Processes", "%1: so far %2")).arg(asked, time(ns - s.begin));
    return say(QT_TRANSLATE_NOOP("Processes", "%1: woken after %2")).arg(asked, time(s.woken - s.begin));
}

QString tickText(const CpuCard& c)
{
    QString text = say(QT_TRANSLATE_NOOP("Processes", "its tick is on"));
    if (c.isTickStopped)
        text = c.sleepUntil == ~0ull ? say(QT_TRANSLATE_NOOP("Processes", "its tick is stopped"))
                                     : say(QT_TRANSLATE_NOOP("Processes", "its tick is stopped until %1")).arg(grouped(c.sleepUntil));
    return c.keepsJiffies ? say(QT_TRANSLATE_NOOP("Processes", "%1, keeps jiffies")).arg(text) : text;
}

QString cardText(const core::Inputs& inputs, const CpuCard& c)
{
    QStringList lines;
    const auto timer = [&] { return QString::fromStdString(inputs.timerName(c.handler)); };
    if (c.current != 0) lines << say(QT_TRANSLATE_NOOP("Processes", "runs %1")).arg(programName(inputs, c.current - 1));
    if (c.spinning != 0) lines << say(QT_TRANSLATE_NOOP("Processes", "spins for %1")).arg(QString::fromStdString(core::spinText(c.spinning, inputs)));
    if (c.interrupt != core::Interrupt::None) lines << say(QT_TRANSLATE_NOOP("Processes", "in an interrupt"));
    if (c.handler.isValid()) lines << say(QT_TRANSLATE_NOOP("Processes", "in the function of %1")).arg(timer());
    else if (c.isInSoftirq) lines << say(QT_TRANSLATE_NOOP("Processes", "in run_timer_softirq"));
    if (lines.isEmpty()) {
        if (c.isAsleep) lines << say(QT_TRANSLATE_NOOP("Processes", "asleep, its tick is stopped"));
        else lines << (c.isIdle ? say(QT_TRANSLATE_NOOP("Processes", "idle")) : say(QT_TRANSLATE_NOOP("Processes", "other work")));
    }
    return lines.join(QStringLiteral(", "));
}

QString processesText(const ProcessesScene& s, QPointF at)
{
    if (s.inputs == nullptr) return {};
    for (std::size_t i = 0; i < s.frame.cards.size() && i < s.cards.size(); ++i) {
        if (!s.frame.cards[i].contains(at)) continue;
        QStringList names;
        for (const auto p : s.cards[i].queue) names << programName(*s.inputs, p);
        if (s.cards[i].queued > s.cards[i].queue.size()) names << say(QT_TRANSLATE_NOOP("Processes", "%1 more")).arg(s.cards[i].queued - s.cards[i].queue.size());
        return say(QT_TRANSLATE_NOOP("Processes", "CPU %1: %2")).arg(s.cards[i].cpu).arg(cardText(*s.inputs, s.cards[i])) + QLatin1Char('\n') +
               (names.isEmpty() ? say(QT_TRANSLATE_NOOP("Processes", "nobody waits for it")) : say(QT_TRANSLATE_NOOP("Processes", "in its run queue: %1")).arg(names.join(QStringLiteral(", "))));
    }
    const int row = s.frame.rows.rowAt(at.y());
    if (row < 0 || at.x() > s.scale.right) return {};
    const auto process = static_cast<std::size_t>(row);
    const QString name = programName(*s.inputs, process);
    if (at.x() < s.scale.left) return name;
    const StripScale scale(s.scale, s.inputs->machine.hz);
    const std::uint64_t ns = scale.at(at.x());
    if (ns > s.end) return {};
    QStringList lines{say(QT_TRANSLATE_NOOP("Processes", "%1, %2 after the start")).arg(name, preciseTime(ns / 1000 * 1000))};
    const auto& spans = s.states->spans(process);
    if (const auto i = core::spanAt(spans, ns); i < spans.size() && spans[i].begin <= ns) lines << stateName(spans[i].is);
    else lines << say(QT_TRANSLATE_NOOP("Processes", "has not begun"));
    const auto& sleeps = s.states->sleeps(process);
    const auto behind = std::partition_point(sleeps.begin(), sleeps.end(), [&](const ProcessSleep& x) { return x.begin <= ns; });
    if (behind != sleeps.begin()) {
        const auto& x = *std::prev(behind);
        if (x.woken == ProcessSleep::open || x.woken >= ns) lines << sleepText(x) << boundsText(x, s.inputs->machine.hz);
    }
    const auto& wakes = s.states->wakes(process);
    const auto [first, end] = inSight(wakes, scale, [](const core::ProcessWake& w) { return w.at; });
    double nearest = s.look.px(5);
    QString wake;
    for (std::size_t i = first; i < end; ++i) {
        const double distance = std::abs(scale.xOf(wakes[i].at) - at.x());
        if (distance > nearest) continue;
        nearest = distance;
        wake = wakeText(*s.inputs, wakes[i]);
    }
    if (!wake.isEmpty()) lines << wake;
    return lines.join(QLatin1Char('\n'));
}

} // namespace jiffy::ui
