// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/work_words.h"

#include "ui/narration/compose.h"
#include "ui/tgtd/words.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}
Span seconds(std::uint64_t n)
{
    return mono(tr("%1 s").arg(grouped(n)));
}

} // namespace

std::uint64_t wallAt(const core::Inputs& inputs, std::uint64_t us)
{
    std::uint64_t wall = core::DaemonConfig::wallAtStart + us;
    for (const core::Action& a : inputs.actions) {
        if (a.tick > us) break;
        if (a.call == core::Call::StepWall) wall += a.expires;
    }
    return wall;
}

QString deadlineText(const core::Inputs& inputs, std::uint64_t when, std::uint64_t wallStep)
{
    if (when == core::DaemonConfig::immediate) return tr("at once");
    if (inputs.daemon.scheduler == core::WorkScheduler::Old) return tr("tick %1").arg(grouped(when));
    const auto at = static_cast<std::int64_t>(when - core::DaemonConfig::wallAtStart - wallStep);
    // From before a step of the clock it may lie in front of the run's start.
    return at < 0 ? wallClockText(when) : tr("%1 s").arg(secondsText(static_cast<std::uint64_t>(at)));
}

QString dueText(const core::Inputs& inputs, const core::World& world, core::TimerId item)
{
    const std::uint64_t when = world.item(item).expires;
    if (when == core::DaemonConfig::immediate || inputs.daemon.scheduler == core::WorkScheduler::Old)
        return deadlineText(inputs, when, 0);
    const std::uint64_t wall =
        core::DaemonConfig::wallAtStart + world.clock().ticks + world.daemon().wallStep;
    if (when == wall) return tr("now");
    return when < wall ? tr("late %1").arg(spanText(wall - when)) : tr("in %1").arg(spanText(when - wall));
}

RichText workFuncText(const core::Inputs& inputs, core::TimerId item)
{
    const auto& spec = inputs.timers[item.value];
    if (spec.stepCount == 0) return {{tr("only returns"), false, -1}};
    RichText text;
    for (std::uint32_t i = 0; i < spec.stepCount; ++i) {
        const auto& step = inputs.steps[spec.firstStep + i];
        const auto amount = static_cast<std::uint64_t>(step.delta);
        if (i != 0) text.push_back({QStringLiteral(", "), false, -1});
        RichText piece;
        switch (step.what) {
        case core::CallbackStep::What::Rearm:
            piece = compose(tr("adds itself in %1"), {seconds(amount)});
            break;
        case core::CallbackStep::What::Add:
            piece = compose(tr("adds %1 in %2"), {timerSpan(inputs, step.other), seconds(amount)});
            break;
        case core::CallbackStep::What::Del:
        case core::CallbackStep::What::TryDel:
            piece = compose(tr("deletes %1"), {timerSpan(inputs, step.other)});
            break;
        case core::CallbackStep::What::Burn:
            piece = compose(tr("takes %1"), {mono(spanText(amount))});
            break;
        default: break; // of timers
        }
        text.insert(text.end(), piece.begin(), piece.end());
    }
    return text;
}

RichText handlerText(const core::Inputs& inputs, const core::Action& a)
{
    using core::Call;
    switch (a.call) {
    case Call::AddWork:
        return compose(tr("adds %1 in %2"), {timerSpan(inputs, a.timer), seconds(a.expires)});
    case Call::DelWork:
        return compose(tr("deletes %1"), {timerSpan(inputs, a.timer)});
    case Call::BurnTime:
        return a.expires == 0 ? compose(tr("only returns"))
                              : compose(tr("takes %1"), {mono(spanText(a.expires))});
    case Call::SlowCall:
        return compose(tr("blocks in a system call for %1"), {mono(spanText(a.expires))});
    case Call::EventSched:
        return compose(tr("schedules an event for %1 passes of the loop"), {number(a.expires + 1)});
    case Call::Shutdown:
        return compose(tr("ends the daemon"));
    default:
        return compose(tr("nothing"));
    }
}

} // namespace jiffy::ui
