// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/preview.h"

#include "core/insight/due.h"
#include "ui/narration/filing.h"
#include "ui/theme/look.h"
#include "ui/whatif/cpu_words.h"
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

/// How many timers of a list the call walks past, and how many expiries it compares on the way.
struct Walk
{
    std::uint64_t past = 0, comparisons = 0;
};
Walk walkOf(const core::Outcome& o)
{
    Walk walk;
    bool stopsAtOne = false;
    for (const auto& r : o.records) {
        if (r.kind == core::Kind::Counted) walk.comparisons += r.value;
        if (r.kind == core::Kind::Queued) stopsAtOne = core::TimerId(r.link).isValid();
    }
    walk.past = walk.comparisons - (stopsAtOne && walk.comparisons != 0 ? 1 : 0);
    return walk;
}

QString jiffiesOf(std::uint64_t n)
{
    return n == 1 ? tr("1 jiffy") : tr("%1 jiffies").arg(grouped(n));
}

/// 6.1: its bucket's jiffy, and how far that is from the expiry.
QString bucketHeadline(const core::World& world, const core::Outcome& o)
{
    const auto& g = world.geometry();
    const auto due = core::dueOf(g, o.to, o.effective, world.clock().jiffies);
    const auto late = g.word.signedDistance(due, o.effective);
    const auto away = g.word.signedDistance(due, world.clock().jiffies);
    if (away <= 0) return tr("%1: due now, it fires at the next tick").arg(slotName(g, o.to));
    const auto head = tr("%1, due at %2 in %3").arg(slotName(g, o.to), QString::number(due), durationText(static_cast<std::uint64_t>(away), world.hz()));
    return late < 0 ? tr("%1: %2 early").arg(head, jiffiesOf(static_cast<std::uint64_t>(-late)))
                    : tr("%1: %2 late").arg(head, jiffiesOf(static_cast<std::uint64_t>(late)));
}

QString whyBucket(const core::Geometry& g, const core::Outcome& o)
{
    const auto place = g.place(o.to);
    if (place.list != core::Place::List::Slot) return {};
    if (g.word.isBefore(o.effective, o.position)) return tr("Its expiry lies behind the wheel's clock, %1: the clock's own slot.").arg(o.position);
    const auto distance = g.word.distance(o.effective, o.position);
    const auto width = 1ull << g.level[static_cast<std::size_t>(place.level)].shift;
    if (distance >= core::reachOfLevel(g.levels - 1))
        return tr("%1 from the wheel's clock is beyond its reach: it goes to the wheel's end, and is due early.").arg(jiffiesOf(distance));
    const auto level = QString::fromStdString(g.levelName(place.level));
    if (place.level == 0) return tr("%1 from the wheel's clock, less than 63: %2, where it is due one jiffy after its expiry.").arg(jiffiesOf(distance), level);
    return tr("%1 from the wheel's clock: %2 or more is %3. The slot is the next one that begins after the expiry; slots are %4 wide.")
        .arg(jiffiesOf(distance), grouped(core::reachOfLevel(place.level - 1)), level, jiffiesOf(width));
}

/// 6.1: what else ends in that bucket.
QString bucketNote(const core::Geometry& g, const core::Outcome& o)
{
    const auto place = g.place(o.to);
    if (!g.is(core::TimerAlgorithm::Wheel61) || place.list != core::Place::List::Slot) return {};
    const auto all = core::expiriesInBucket(g, place.level, place.index, o.position);
    if (!all || all->earliest == all->latest || g.word.isBefore(o.effective, all->earliest) || g.word.isAfter(o.effective, all->latest)) return {};
    return tr("Expiries from %1 to %2 end in this bucket: up to %3 late.").arg(all->earliest).arg(all->latest).arg(jiffiesOf(g.word.distance(all->due, all->earliest)));
}

QString listHeadline(const core::World& world, const core::Outcome& o)
{
    const auto past = walkOf(o).past;
    const auto away = world.geometry().word.signedDistance(o.effective, world.clock().jiffies);
    const auto place = past == 0 ? tr("At the head of the list") : past == 1 ? tr("Behind 1 timer") : tr("Behind %1 timers").arg(grouped(past));
    if (away <= 0) return tr("%1: due now, it fires at the next tick").arg(place);
    const auto ticks = static_cast<std::uint64_t>(away);
    return tr("%1, %2 away (%3)").arg(place, jiffiesOf(ticks), durationText(ticks, world.hz()));
}

QString whyInList(const core::Outcome& o)
{
    const auto walk = walkOf(o);
    if (walk.comparisons == 0) return tr("The list is empty: nothing is compared.");
    const auto compared = walk.comparisons == 1 ? tr("1 comparison") : tr("%1 comparisons").arg(grouped(walk.comparisons));
    if (walk.past == 0) return tr("The first timer of the list expires later: %1.").arg(compared);
    return tr("The list is walked from its head, past %1, to the first that expires later: %2.")
        .arg(walk.past == 1 ? tr("1 timer") : tr("%1 timers").arg(grouped(walk.past)), compared);
}

QString headlineOf(const core::World& world, const core::Outcome& o)
{
    const auto& g = world.geometry();
    if (g.is(core::TimerAlgorithm::Wheel61)) return bucketHeadline(world, o);
    if (g.is(core::TimerAlgorithm::SortedList)) return listHeadline(world, o);
    const auto slot = slotName(g, o.to);
    const auto away = g.word.signedDistance(o.effective, world.clock().jiffies);
    if (away < 0) return tr("%1: %2 jiffies in the past, it fires at the next tick").arg(slot, grouped(static_cast<std::uint64_t>(-away)));
    if (away == 0) return tr("%1: due now, it fires at the next tick").arg(slot);
    const auto ticks = static_cast<std::uint64_t>(away);
    if (ticks == 1) return tr("%1, 1 jiffy away (%2)").arg(slot, durationText(1, world.hz()));
    return tr("%1, %2 jiffies away (%3)").arg(slot, grouped(ticks), durationText(ticks, world.hz()));
}

QString whyOf(const core::Geometry& g, const core::Outcome& o)
{
    if (g.is(core::TimerAlgorithm::Wheel61)) return whyBucket(g, o);
    if (g.is(core::TimerAlgorithm::SortedList)) return whyInList(o);
    return plainText(whyThere(g, o.effective, o.position, o.to));
}

QString returnedText(const core::Geometry& g, const Intervention& what, const core::Outcome& o)
{
    const auto ended = o.records.empty() ? core::Kind::Noted : o.records.back().kind;
    const bool touchesNothing = o.wasPending && o.isPending && ended == core::Kind::Entered;
    switch (what.what) {
    case Intervention::What::Delete:
        return o.wasPending ? tr("del_timer() will return 1: the timer is pending, in %1.").arg(slotName(g, o.from))
                            : tr("del_timer() will return 0: the timer is not pending; nothing changes.");
    case Intervention::What::Add:
        if (!what.target) return {};
        return g.hasCascades() ? tr("add_timer_on() files it on CPU %1, without slack.").arg(*what.target)
                               : tr("add_timer_on() files it on CPU %1.").arg(*what.target);
    default:
        break;
    }
    const auto call = what.isReduce ? QStringLiteral("timer_reduce()") : QStringLiteral("mod_timer()");
    if (touchesNothing)
        return what.isReduce ? tr("It does not expire later than that: %1 will return 1 and touch nothing.").arg(call)
                             : tr("It expires then already: %1 will return 1 and touch nothing.").arg(call);
    if (ended == core::Kind::ItemSet) return tr("%1 will return 1: it stays in its bucket, only the expiry changes.").arg(call);
    return o.wasPending ? tr("%1 will return 1: the timer is pending, in %2.").arg(call, slotName(g, o.from))
                        : tr("%1 will return 0: the timer is not pending and is armed anew.").arg(call);
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
        p.why = whyOf(g, o);
        p.level = g.place(o.to).level;
    } else {
        if (g.levels == 0) p.headline = o.wasPending ? tr("Off the list: it will not fire.") : tr("Not on the list, as before.");
        else p.headline = o.wasPending ? tr("Off the wheel: it will not fire.") : tr("Not on the wheel, as before.");
    }
    if (const auto returned = returnedText(g, what, o); !returned.isEmpty()) p.notes.append(returned);
    if (p.isFiled) {
        const auto added = g.word.distance(o.effective, o.asked);
        if (added != 0)
            p.notes.append(tr("Slack puts it off by %1, to jiffies %2.").arg(grouped(added)).arg(o.effective));
        if (const auto all = bucketNote(g, o); !all.isEmpty()) p.notes.append(all);
        for (const auto& r : o.records)
            if (r.kind == core::Kind::Raised) p.notes.append(tr("CPU %1 sleeps, and is woken.").arg(r.link));
        const int asked = what.target.value_or(what.cpu);
        if (o.cpu != asked && world.cpu(asked).idle)
            p.notes.append(tr("CPU %1 is idle: it is filed on CPU %2.").arg(asked).arg(o.cpu));
        else if (o.cpu != asked)
            p.notes.append(tr("It stays on CPU %1, which is calling it right now.").arg(o.cpu));
    }
    if (world.kernel().isThere()) {
        p.notes.append(whenOnCpu(trial, what.cpu));
        return p;
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
