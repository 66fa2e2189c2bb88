// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/preview.h"

#include "ui/narration/filing.h"
#include "ui/theme/look.h"
#include "ui/whatif/expiry_text.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

using core::Intervention;

QString tr(const char* text)
{
    return QCoreApplication::translate("WhatIf", text);
}

QString slotName(const core::Geometry& g, core::SlotId slot)
{
    return QString::fromStdString(g.slotName(slot));
}

QString headlineOf(const core::World& world, const core::Outcome& o)
{
    const auto& g = world.geometry();
    const auto slot = slotName(g, o.to);
    const auto away = g.word.signedDistance(o.effective, world.clock().jiffies);
    if (away < 0) return tr("%1: %2 jiffies in the past, it fires at the next tick").arg(slot, grouped(static_cast<std::uint64_t>(-away)));
    if (away == 0) return tr("%1: due now, it fires at the next tick").arg(slot);
    const auto ticks = static_cast<std::uint64_t>(away);
    if (ticks == 1) return tr("%1, 1 jiffy away (%2)").arg(slot, durationText(1, world.hz()));
    return tr("%1, %2 jiffies away (%3)").arg(slot, grouped(ticks), durationText(ticks, world.hz()));
}

QString returnedText(const core::Geometry& g, const Intervention& what, const core::Outcome& o)
{
    const bool touchesNothing = o.wasPending && o.isPending && o.records.size() == 1 && o.from == o.to;
    switch (what.what) {
    case Intervention::What::Delete:
        return o.wasPending ? tr("del_timer() will return 1: the timer is pending, in %1.").arg(slotName(g, o.from))
                            : tr("del_timer() will return 0: the timer is not pending; nothing changes.");
    case Intervention::What::Add:
        return what.target ? tr("add_timer_on() files it on CPU %1, without slack.").arg(*what.target) : QString();
    default:
        break;
    }
    if (touchesNothing) return tr("It expires then already: mod_timer() will return 1 and touch nothing.");
    return o.wasPending ? tr("mod_timer() will return 1: the timer is pending, in %1.").arg(slotName(g, o.from))
                        : tr("mod_timer() will return 0: the timer is not pending and is armed anew.");
}

} // namespace

Preview previewOf(const core::Trial& trial, const Intervention& what, const core::Outcome& o)
{
    const auto& world = trial.world();
    const auto& g = world.geometry();
    Preview p;
    p.isFiled = o.isPending && what.what != Intervention::What::Delete;
    if (o.isRefused) {
        p.headline = tr("A kernel bug: add_timer() on a pending timer.");
        p.isFiled = false;
    } else if (p.isFiled) {
        p.headline = headlineOf(world, o);
        p.why = plainText(whyThere(g, o.effective, o.position, o.to));
        p.level = g.place(o.to).level;
    } else {
        p.headline = o.wasPending ? tr("Off the wheel: it will not fire.") : tr("Not on the wheel, as before.");
    }
    if (const auto returned = returnedText(g, what, o); !returned.isEmpty()) p.notes.append(returned);
    if (p.isFiled) {
        const auto added = g.word.distance(o.effective, o.asked);
        if (added != 0)
            p.notes.append(tr("Slack puts it off by %1, to jiffies %2.").arg(grouped(added)).arg(o.effective));
        const int asked = what.target.value_or(what.cpu);
        if (o.cpu != asked && world.cpu(asked).idle)
            p.notes.append(tr("CPU %1 is idle: it is filed on CPU %2.").arg(asked).arg(o.cpu));
        else if (o.cpu != asked)
            p.notes.append(tr("It stays on CPU %1, which is calling it right now.").arg(o.cpu));
    }
    const auto now = QString::number(world.clock().jiffies);
    p.notes.append(trial.isLater()
                       ? tr("Takes effect within jiffies %1, when the call or tick under way is done.").arg(now)
                       : tr("Takes effect here, at jiffies %1.").arg(now));
    return p;
}

QString Preview::plain() const
{
    QStringList all{headline};
    if (!why.isEmpty()) all.append(why);
    all.append(notes);
    return all.join(QLatin1Char(' '));
}

} // namespace jiffy::ui
