// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/strip_hover.h"

#include "core/event/text_kernel.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace jiffy::ui
{

namespace
{

using core::Activity;
using core::ActivitySpan;
using core::Site;
using core::SpinFor;

constexpr double reach = 4;
/// The outermost first.
constexpr std::array order = {Activity::Stopped, Activity::Process,   Activity::Lock, Activity::BaseLock, Activity::Softirq,
                              Activity::Handler, Activity::Delay, Activity::Spin, Activity::Interrupt};

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

QString timerName(const core::Inputs& inputs, std::uint32_t id)
{
    return id < inputs.timers.size() ? QString::fromStdString(inputs.timerName(core::TimerId(id))) : QString::number(id);
}

QString lockName(const core::Inputs& inputs, std::uint32_t id)
{
    return id < inputs.locks.size() ? QString::fromStdString(inputs.locks[id]) : QString::number(id);
}

QString interruptText(const core::Inputs& inputs, const ActivitySpan& s)
{
    switch (s.site) {
    case Site::DeviceInterrupt: return say(QT_TRANSLATE_NOOP("Timeline", "interrupt %1")).arg(programName(inputs, s.word));
    case Site::Ipi: return say(QT_TRANSLATE_NOOP("Timeline", "interrupt from another CPU"));
    default: break;
    }
    return s.word != 0 ? say(QT_TRANSLATE_NOOP("Timeline", "tick interrupt, for which it was woken")) : say(QT_TRANSLATE_NOOP("Timeline", "tick interrupt"));
}

/// ", 3 ms", ", since 3 ms"; nothing where it takes no time.
QString lengthText(const ActivitySpan& s, std::uint64_t end)
{
    if (s.isOpen()) return say(QT_TRANSLATE_NOOP("Timeline", ", not over after %1")).arg(preciseTime(end > s.begin ? end - s.begin : 0));
    if (s.end == s.begin) return {};
    return QStringLiteral(", ") + preciseTime(s.end - s.begin);
}

std::size_t spanAt(const TimelineScene& s, int cpu, Activity what, double x)
{
    // What can be seen although it is narrow can be pointed at; sleep and softirq are as wide as they are.
    const bool isNarrow = what == Activity::Interrupt || what == Activity::Handler;
    return spanNear(s.activity->spans(cpu, what), StripScale(s.scale, s.inputs->machine.hz), x, s.look.px(isNarrow ? reach : 1.5), s.endTime);
}

std::optional<std::size_t> wakeUpNear(const TimelineScene& s, int cpu, double x)
{
    const StripScale scale(s.scale, s.inputs->machine.hz);
    std::optional<std::size_t> best;
    double nearest = s.look.px(reach);
    for (const std::size_t i : wakeUpsInSight(s.activity->wakeUps(), scale)) {
        const auto& w = s.activity->wakeUps()[i];
        const double distance = std::abs(scale.xOf(w.at) - x);
        if ((w.from != cpu && w.to != cpu) || distance > nearest) continue;
        nearest = distance;
        best = i;
    }
    return best;
}

} // namespace

QString instantText(const TimelineScene& s, std::uint64_t ns)
{
    const auto tick = s.inputs->machine.hz.ticksUntil(static_cast<core::Nanoseconds>(ns));
    const auto within = ns - static_cast<std::uint64_t>(s.inputs->machine.hz.tickInstant(tick));
    const QString at = say(QT_TRANSLATE_NOOP("Timeline", "tick %1")).arg(grouped(s.jiffiesAt(tick)));
    return (within == 0 ? at : at + QStringLiteral(" + ") + preciseTime(within)) + QStringLiteral(", ") +
           say(QT_TRANSLATE_NOOP("Timeline", "%1 after the start")).arg(preciseTime(ns));
}

QString preciseTime(std::uint64_t ns)
{
    struct Unit
    {
        std::uint64_t size;
        const char* text;
    };
    static constexpr std::array units = {Unit{1'000'000'000, QT_TRANSLATE_NOOP("Timeline", "%1 s")}, Unit{1'000'000, QT_TRANSLATE_NOOP("Timeline", "%1 ms")},
                                         Unit{1'000, QT_TRANSLATE_NOOP("Timeline", "%1 µs")}};
    for (const Unit& u : units) {
        if (ns < u.size) continue;
        QString text = grouped(ns / u.size);
        QString rest = QString::number(ns % u.size).rightJustified(static_cast<qsizetype>(std::log10(static_cast<double>(u.size)) + .5), QLatin1Char('0'));
        while (rest.endsWith(QLatin1Char('0'))) rest.chop(1);
        if (!rest.isEmpty()) text += QLatin1Char('.') + rest;
        return say(u.text).arg(text);
    }
    return say(QT_TRANSLATE_NOOP("Timeline", "%1 ns")).arg(ns);
}

QString programName(const core::Inputs& inputs, std::uint64_t program)
{
    if (program < inputs.programs.size()) {
        const auto name = inputs.programs[program].name;
        if (name < inputs.names.size() && !inputs.names[name].empty()) return QString::fromStdString(inputs.names[name]);
    }
    return QString::number(program);
}

QString activityText(const core::Inputs& inputs, Activity what, const ActivitySpan& s)
{
    switch (what) {
    case Activity::Stopped:
        if (s.word == 0 || s.word == ~0ull) return say(QT_TRANSLATE_NOOP("Timeline", "asleep, its tick is stopped"));
        return say(QT_TRANSLATE_NOOP("Timeline", "asleep until jiffies %1, its tick is stopped")).arg(grouped(s.word));
    case Activity::Idle: return say(QT_TRANSLATE_NOOP("Timeline", "idle"));
    case Activity::Interrupt: return interruptText(inputs, s);
    case Activity::Softirq: return say(QT_TRANSLATE_NOOP("Timeline", "run_timer_softirq"));
    case Activity::Handler: return say(QT_TRANSLATE_NOOP("Timeline", "handler of %1")).arg(timerName(inputs, s.id));
    case Activity::Delay:
        return s.id == 0 ? say(QT_TRANSLATE_NOOP("Timeline", "code that takes time"))
                         : say(QT_TRANSLATE_NOOP("Timeline", "code of %1 that takes time")).arg(programName(inputs, s.id - 1));
    case Activity::Spin: return say(QT_TRANSLATE_NOOP("Timeline", "spins for %1")).arg(QString::fromStdString(core::spinText(s.word, inputs)));
    case Activity::Lock: return say(QT_TRANSLATE_NOOP("Timeline", "holds lock %1")).arg(lockName(inputs, s.id));
    case Activity::BaseLock: return say(QT_TRANSLATE_NOOP("Timeline", "holds the lock of its wheel"));
    case Activity::Process: return say(QT_TRANSLATE_NOOP("Timeline", "runs process %1")).arg(programName(inputs, s.id));
    }
    return {};
}

QString wakeUpText(const core::WakeUp& w)
{
    const auto by = core::name(w.site);
    const QString site = QString::fromLatin1(by.data(), static_cast<qsizetype>(by.size()));
    if (w.from == w.to) return say(QT_TRANSLATE_NOOP("Timeline", "CPU %1 wakes itself (%2)")).arg(w.to).arg(site);
    return say(QT_TRANSLATE_NOOP("Timeline", "CPU %1 wakes CPU %2 (%3)")).arg(w.from).arg(w.to).arg(site);
}

QString stripText(const TimelineScene& s, int cpu, double x)
{
    const StripScale scale(s.scale, s.inputs->machine.hz);
    QStringList lines;
    for (const Activity what : order) {
        const auto i = spanAt(s, cpu, what, x);
        if (i == ActivitySpan::none) continue;
        const auto& span = s.activity->spans(cpu, what)[i];
        QString line = activityText(*s.inputs, what, span) + lengthText(span, s.endTime);
        if (span.end == span.begin || what == Activity::Handler) line += QStringLiteral(": ") + instantText(s, span.begin);
        lines << line;
    }
    if (const auto w = wakeUpNear(s, cpu, x)) lines << wakeUpText(s.activity->wakeUps()[*w]);
    const auto tick = s.scale.tickAt(x);
    const QString head = say(QT_TRANSLATE_NOOP("Timeline", "CPU %1, %2")).arg(cpu).arg(instantText(s, scale.at(x)));
    if (scale.at(x) > s.endTime) return {};
    if (tick != 0 && tick <= s.endTicks && s.scale.pixelsPerTick() < 2) {
        const auto behind = std::max(tick + 1, s.scale.tickAt(x + 1));
        const auto real = s.activity->ticksWithin(cpu, tick, behind);
        lines << say(QT_TRANSLATE_NOOP("Timeline", "of %1 ticks here %2 came")).arg(grouped(behind - tick), grouped(real));
    } else if (tick != 0 && tick <= s.endTicks) {
        lines << (s.activity->isTicking(cpu, tick) ? say(QT_TRANSLATE_NOOP("Timeline", "this tick came"))
                                                   : say(QT_TRANSLATE_NOOP("Timeline", "this tick did not happen")));
    }
    lines.prepend(head);
    return lines.join(QLatin1Char('\n'));
}

std::optional<StripHit> stripHit(const TimelineScene& s, int cpu, double x)
{
    if (const auto w = wakeUpNear(s, cpu, x)) {
        const auto event = s.activity->wakeUps()[*w].event;
        return StripHit{event, {}};
    }
    for (const Activity what : {Activity::Handler, Activity::Interrupt, Activity::Spin}) {
        const auto i = spanAt(s, cpu, what, x);
        if (i == ActivitySpan::none) continue;
        const auto& span = s.activity->spans(cpu, what)[i];
        const StripScale scale(s.scale, s.inputs->machine.hz);
        // Within a wide block a click goes to the instant; at its begin, or on a narrow one, to what begins it.
        if (std::abs(scale.xOf(span.begin) - x) > s.look.px(reach)) continue;
        StripHit hit{span.event, {}};
        if (what == Activity::Handler) hit.timer = core::TimerId(span.id);
        return hit;
    }
    return {};
}

} // namespace jiffy::ui
