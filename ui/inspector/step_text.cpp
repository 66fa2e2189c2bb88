// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/step_text.h"

#include "core/scenario/position_spec.h"
#include "ui/inspector/words.h"
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

Span processSpan(const core::Inputs& inputs, std::uint32_t process)
{
    if (process >= inputs.programs.size()) return mono(QString::number(process));
    return mono(QString::fromStdString(inputs.names[inputs.programs[process].name]));
}

Span lockSpan(const core::Inputs& inputs, std::uint32_t lock)
{
    return mono(lock < inputs.locks.size() ? QString::fromStdString(inputs.locks[lock]) : QString::number(lock));
}

} // namespace

QString nanosecondsText(std::uint64_t nanoseconds)
{
    const auto [unit, factor] = nanoseconds % 1'000'000'000 == 0 ? std::pair{"s", 1'000'000'000u}
                                : nanoseconds >= 1'000'000       ? std::pair{"ms", 1'000'000u}
                                : nanoseconds >= 1'000           ? std::pair{"\u00b5s", 1'000u}
                                                                 : std::pair{"ns", 1u};
    QString number = grouped(nanoseconds / factor);
    if (const auto rest = nanoseconds % factor; rest != 0) {
        QString digits = QString::number(factor + rest).mid(1);
        while (digits.endsWith(u'0')) digits.chop(1);
        number += u'.' + digits;
    }
    return number + u' ' + QString::fromUtf8(unit);
}

RichText stepText(const core::Inputs& inputs, const core::CallbackStep& step)
{
    using What = core::CallbackStep::What;
    const Span by = mono(step.delta < 0 ? signedText(step.delta) : u'+' + signedText(step.delta));
    const auto amount = static_cast<std::uint64_t>(step.delta);
    const auto timer = [&] { return timerSpan(inputs, step.other); };
    switch (step.what) {
    case What::Rearm: return compose(tr("re-arms itself %1"), {by});
    case What::Add: return compose(tr("adds %1 %2"), {timer(), by});
    case What::Del: return compose(tr("deletes %1"), {timer()});
    case What::TryDel: return compose(tr("tries to delete %1"), {timer()});
    case What::Burn: return compose(tr("takes %1"), {mono(nanosecondsText(amount))});
    case What::AddTimer: return compose(tr("calls add_timer for %1 %2"), {timer(), by});
    case What::AddOn: return compose(tr("adds %1 %2 on CPU %3"), {timer(), by, mono(QString::number(step.target))});
    case What::ModPending: return compose(tr("moves %1, if it is pending, to %2"), {timer(), by});
    case What::ModPinned: return compose(tr("adds %1 %2, pinned to its CPU"), {timer(), by});
    case What::Reduce: return compose(tr("brings %1 forward to %2"), {timer(), by});
    case What::DelSync: return compose(tr("deletes %1 and waits for its function"), {timer()});
    case What::Free: return compose(tr("frees %1"), {timer()});
    case What::Lock: return compose(tr("takes lock %1"), {lockSpan(inputs, step.target)});
    case What::Unlock: return compose(tr("releases lock %1"), {lockSpan(inputs, step.target)});
    case What::Msleep: return compose(tr("sleeps %1 ms"), {mono(grouped(amount))});
    case What::MsleepInterruptible: return compose(tr("sleeps %1 ms, or until a signal"), {mono(grouped(amount))});
    case What::Wake: return compose(tr("wakes %1"), {processSpan(inputs, step.target)});
    case What::Signal: return compose(tr("signals %1"), {processSpan(inputs, step.target)});
    }
    return {};
}

} // namespace jiffy::ui
