// SPDX-License-Identifier: GPL-3.0-or-later
// What the recorded machine did with a timer, beside the replay.
#include "ui/inspector/pages.h"

#include "ui/inspector/words.h"
#include "ui/narration/compose.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}
RichText words(const QString& text)
{
    return {{text, false, -1}};
}

QString lagText(std::int64_t lag)
{
    if (lag == 0) return tr("on the same jiffy");
    const QString by = jiffiesText(static_cast<std::uint64_t>(std::abs(lag)));
    return lag > 0 ? tr("%1 earlier").arg(by) : tr("%1 later").arg(by);
}

} // namespace

std::vector<Field> machineFields(const core::Differences& differences, const core::Inputs& inputs,
                                 core::TimerId timer, std::uint64_t events)
{
    const auto all = differences.runs();
    const auto own = differences.runsOf(timer);
    const auto after = std::partition_point(own.begin(), own.end(), [&](std::uint32_t i) {
        return std::min(all[i].modelEvent, all[i].machineEvent) < events;
    });
    if (after == own.begin()) return {};
    const core::MachineRun& run = all[*std::prev(after)];
    if (run.machineEvent >= events) return {}; // not yet
    switch (run.verdict) {
    case core::Verdict::MachineCancelled:
        return {{tr("machine"), words(tr("cancelled it, not run"))}};
    case core::Verdict::MachineRearmed:
        return {{tr("machine"), words(tr("re-armed it, not run"))}};
    case core::Verdict::Lost:
        return {{tr("machine"), words(tr("not known, events lost"))}};
    default:
        break;
    }
    std::vector<Field> fields;
    Field ran{tr("ran it at"), {mono(grouped(run.machineJiffies))}};
    ran.below = {mono(hexWord(run.machineJiffies, inputs.machine.word.bits()))};
    ran.link = Link::event(run.machineEvent);
    fields.push_back(ran);
    if (run.verdict == core::Verdict::NotArmed)
        fields.push_back({tr("armed"), words(tr("not seen"))});
    else if (run.modelEvent >= events)
        fields.push_back({tr("here"), words(tr("not yet"))});
    else
        fields.push_back({tr("here"), words(lagText(run.lag))});
    if (run.isOnOtherCpu()) fields.push_back({tr("machine's CPU"), {mono(QString::number(run.machineCpu))}});
    if (run.nanoseconds != 0)
        fields.push_back({tr("and took"), {mono(tr("%1 µs").arg(run.nanoseconds / 1000.0, 0, 'f', 1))}});
    return fields;
}

} // namespace jiffy::ui
