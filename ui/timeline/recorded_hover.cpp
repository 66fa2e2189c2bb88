// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/recorded_hover.h"

#include "ui/timeline/recorded_strip.h"
#include "ui/timeline/strip_hover.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace jiffy::ui
{

namespace
{

using core::ActivitySpan;
using core::Recorded;
using core::RecordedEnd;
using core::RecordedMachine;
using core::RecordedMark;

constexpr double reach = 4;
/// The outermost first.
constexpr std::array order = {Recorded::Stopped, Recorded::Interrupt, Recorded::Tick, Recorded::Hrtimer, Recorded::Softirq, Recorded::Handler};

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

QString nameText(const core::Inputs& inputs, std::uint32_t id)
{
    return id == RecordedMark::noName ? say(QT_TRANSLATE_NOOP("Timeline", "an hrtimer")) : QString::fromStdString(inputs.recorded->name(id));
}

QString stopText(RecordedEnd how, const QString& length)
{
    switch (how) {
    case RecordedEnd::Said: return say(QT_TRANSLATE_NOOP("Timeline", "its tick was stopped for %1")).arg(length);
    case RecordedEnd::ByThen:
        return say(QT_TRANSLATE_NOOP("Timeline", "its tick was stopped for %1 at most: when it went on is not recorded, by then it had")).arg(length);
    case RecordedEnd::NextStop:
        return say(QT_TRANSLATE_NOOP("Timeline", "its tick was stopped: when it went on is not recorded, only that it stopped anew after %1")).arg(length);
    case RecordedEnd::Lost: return say(QT_TRANSLATE_NOOP("Timeline", "its tick was stopped: events were lost after %1")).arg(length);
    case RecordedEnd::Unfinished: break;
    }
    return say(QT_TRANSLATE_NOOP("Timeline", "its tick was stopped, and nothing is recorded of its going on in the %1 to the end")).arg(length);
}

QString whatText(const core::Inputs& inputs, Recorded what, std::uint32_t id)
{
    switch (what) {
    case Recorded::Stopped: break;
    case Recorded::Interrupt: return say(QT_TRANSLATE_NOOP("Timeline", "interrupt of its timer"));
    case Recorded::Softirq: return say(QT_TRANSLATE_NOOP("Timeline", "timer softirq"));
    case Recorded::Handler:
        if (id >= inputs.timers.size()) return say(QT_TRANSLATE_NOOP("Timeline", "handler of a timer"));
        return say(QT_TRANSLATE_NOOP("Timeline", "handler of %1")).arg(QString::fromStdString(inputs.timerName(core::TimerId(id))));
    case Recorded::Hrtimer: return say(QT_TRANSLATE_NOOP("Timeline", "hrtimer handler %1")).arg(nameText(inputs, id));
    case Recorded::Tick: return say(QT_TRANSLATE_NOOP("Timeline", "tick (%1)")).arg(nameText(inputs, id));
    }
    return {};
}

QString markText(const core::Inputs& inputs, const RecordedMark& mark)
{
    switch (mark.what) {
    case RecordedMark::What::HrtimerStart: return say(QT_TRANSLATE_NOOP("Timeline", "hrtimer_start of %1")).arg(nameText(inputs, mark.name));
    case RecordedMark::What::HrtimerCancel: return say(QT_TRANSLATE_NOOP("Timeline", "hrtimer_cancel of %1")).arg(nameText(inputs, mark.name));
    case RecordedMark::What::TickKept: return say(QT_TRANSLATE_NOOP("Timeline", "tick_stop: its tick could not be stopped"));
    case RecordedMark::What::Lost: return say(QT_TRANSLATE_NOOP("Timeline", "the recorder lost events here"));
    }
    return {};
}

std::size_t spanAt(const TimelineScene& s, int cpu, Recorded what, double x)
{
    return spanNear(s.recorded->spans(cpu, what), StripScale(s.scale, s.inputs->machine.hz), x, s.look.px(what == Recorded::Stopped ? 1.5 : reach),
                    s.recorded->end());
}

} // namespace

QString recordedSpanText(const core::Inputs& inputs, Recorded what, const ActivitySpan& s, std::uint64_t end)
{
    const auto over = s.isOpen() ? std::max(end, s.begin) : s.end;
    const QString length = preciseTime(over - s.begin);
    const auto how = RecordedMachine::endOf(s);
    QString text;
    if (what == Recorded::Stopped) {
        text = stopText(how, length);
    } else {
        text = whatText(inputs, what, s.id) + QStringLiteral(", ") + length;
        if (how == RecordedEnd::Lost) text += say(QT_TRANSLATE_NOOP("Timeline", ", then events were lost"));
        else if (s.isOpen()) text += say(QT_TRANSLATE_NOOP("Timeline", ", not over when the recording ended"));
        else if (how == RecordedEnd::Unfinished) text += say(QT_TRANSLATE_NOOP("Timeline", " at most: its end is not recorded"));
    }
    if (RecordedMachine::beganBefore(s)) text += say(QT_TRANSLATE_NOOP("Timeline", "; its begin is not recorded"));
    return text;
}

QString recordedText(const TimelineScene& s, int cpu, double x)
{
    const StripScale scale(s.scale, s.inputs->machine.hz);
    if (scale.at(x) > s.recorded->end()) return {};
    QStringList lines{say(QT_TRANSLATE_NOOP("Timeline", "CPU %1 of the recorded machine, %2")).arg(cpu).arg(instantText(s, scale.at(x)))};
    for (const Recorded what : order) {
        const auto i = spanAt(s, cpu, what, x);
        if (i == ActivitySpan::none) continue;
        const auto& span = s.recorded->spans(cpu, what)[i];
        lines << recordedSpanText(*s.inputs, what, span, s.recorded->end()) + say(QT_TRANSLATE_NOOP("Timeline", " (line %1)")).arg(grouped(span.event));
    }
    if (const auto* mark = markNear(s, cpu, x, s.look.px(reach))) lines << markText(*s.inputs, *mark);
    if (lines.size() == 1) lines << say(QT_TRANSLATE_NOOP("Timeline", "nothing is recorded here"));
    return lines.join(QLatin1Char('\n'));
}

QString recordedHeaderText(const RecordedMachine& machine, int cpu)
{
    struct Kind
    {
        Recorded what;
        const char *one, *many;
    };
    static constexpr std::array kinds = {
        Kind{Recorded::Stopped, QT_TRANSLATE_NOOP("Timeline", "1 tick stop"), QT_TRANSLATE_NOOP("Timeline", "%1 tick stops")},
        Kind{Recorded::Interrupt, QT_TRANSLATE_NOOP("Timeline", "1 interrupt of its timer"), QT_TRANSLATE_NOOP("Timeline", "%1 interrupts of its timer")},
        Kind{Recorded::Tick, QT_TRANSLATE_NOOP("Timeline", "1 tick"), QT_TRANSLATE_NOOP("Timeline", "%1 ticks")},
        Kind{Recorded::Softirq, QT_TRANSLATE_NOOP("Timeline", "1 timer softirq"), QT_TRANSLATE_NOOP("Timeline", "%1 timer softirqs")},
        Kind{Recorded::Handler, QT_TRANSLATE_NOOP("Timeline", "1 handler of a timer"), QT_TRANSLATE_NOOP("Timeline", "%1 handlers of timers")},
        Kind{Recorded::Hrtimer, QT_TRANSLATE_NOOP("Timeline", "1 handler of an hrtimer"), QT_TRANSLATE_NOOP("Timeline", "%1 handlers of hrtimers")}};
    QStringList parts;
    for (const Kind& k : kinds)
        if (const auto n = machine.spans(cpu, k.what).size(); n != 0) parts << (n == 1 ? say(k.one) : say(k.many).arg(grouped(n)));
    const QString head = say(QT_TRANSLATE_NOOP("Timeline", "What CPU %1 did on the recorded machine")).arg(cpu);
    return parts.isEmpty() ? head + QLatin1Char('\n') + say(QT_TRANSLATE_NOOP("Timeline", "nothing is recorded"))
                           : head + QLatin1Char('\n') + parts.join(QStringLiteral(", "));
}

std::optional<core::TimerId> recordedTimerAt(const TimelineScene& s, QPointF at)
{
    const int cpu = s.recorded != nullptr ? s.rows.lanes.rowAt(at.y()) : -1;
    if (cpu < 0 || at.y() < s.rows.recordedTopOf(cpu)) return {};
    const auto i = spanAt(s, cpu, Recorded::Handler, at.x());
    if (i == ActivitySpan::none) return {};
    const auto id = s.recorded->spans(cpu, Recorded::Handler)[i].id;
    if (id >= s.inputs->timers.size()) return {};
    return core::TimerId(id);
}

} // namespace jiffy::ui
