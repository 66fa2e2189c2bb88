// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/timer_facts.h"

#include "core/world/rules.h"
#include "ui/inspector/words.h"
#include "ui/narration/compose.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text) { return QCoreApplication::translate("Inspector", text); }
Span words(const QString& text) { return {text, false, -1}; }

/// A jiffies value, its hexadecimal form below.
Field instant(const QString& name, core::Jiffies at, int bits)
{
    Field f{name, {mono(grouped(at))}};
    f.below = {mono(hexWord(at, bits))};
    return f;
}
QString yesNo(bool is) { return is ? QStringLiteral("1") : QStringLiteral("0"); }

/// How long a walk along a list is followed before "far down" is said.
constexpr std::uint32_t farthestRank = 100'000;

Section wheelSection(const Facts& facts, int cpu, int wheel)
{
    const core::CpuState& c = facts.world.cpu(cpu);
    const core::Geometry& g = facts.world.geometry();
    const core::Jiffies now = facts.world.clock().jiffies;
    const auto w = static_cast<std::size_t>(wheel);
    Section s;
    s.title = wheel == 0 ? QStringLiteral("struct timer_base, std") : QStringLiteral("struct timer_base, def");
    Field clk = instant(QStringLiteral("clk"), c.clk(wheel), g.word.bits());
    const auto behind = g.word.signedDistance(now, c.clk(wheel));
    if (behind > 0) clk.note = compose(tr("%1 behind jiffies: it stands still while nothing is due."), {words(jiffiesText(static_cast<std::uint64_t>(behind)))});
    else if (behind == 0) clk.note = {words(tr("Equals jiffies."))};
    else clk.note = {words(tr("One ahead of jiffies: this jiffy has been served."))};
    s.fields.push_back(clk);
    Field next = instant(QStringLiteral("next_expiry"), c.nextExpiry(wheel), g.word.bits());
    if (c.recalc[w]) {
        next.mark = tr("stale");
        next.note = {words(tr("A bucket was emptied: what is due first is searched when somebody asks, or when something has run."))};
    } else if (!c.timersPending[w]) {
        next.note = {words(tr("The wheel is empty: as far away as can be."))};
    } else if (const auto away = g.word.signedDistance(c.nextExpiry(wheel), now); away > 0) {
        next.note = {words(tr("in %1").arg(jiffiesText(static_cast<std::uint64_t>(away))))};
    } else {
        next.note = {words(tr("It is due."))};
    }
    s.fields.push_back(next);
    s.fields.push_back({QStringLiteral("next_expiry_recalc"), {mono(yesNo(c.recalc[w]))}});
    s.fields.push_back({QStringLiteral("timers_pending"), {mono(yesNo(c.timersPending[w]))}});
    if (wheel == 0) {
        Field idle{QStringLiteral("is_idle"), {mono(yesNo(c.isWheelIdle))}};
        if (c.isWheelIdle) idle.note = {words(tr("The CPU may sleep until next_expiry; who files something earlier wakes it."))};
        s.fields.push_back(idle);
    }
    s.fields.push_back({tr("timers"), {number(wheel == 0 ? c.activeTimers : c.deferrables)}});
    return s;
}

} // namespace

core::Jiffies clkWhenFiled(const Facts& facts, const core::Item& item, std::uint32_t low)
{
    const core::Jiffies clk = facts.world.cpu(item.cpu).clk(item.isDeferrable() ? 1 : 0);
    return facts.world.geometry().word.reduce(clk - (static_cast<std::uint32_t>(clk) - low));
}

Section bucketSection(const Facts& facts, core::TimerId timer, core::Jiffies clk)
{
    const core::Geometry& g = facts.world.geometry();
    const core::Item& item = facts.world.item(timer);
    const core::Bucket bucket = core::bucketFor(g, item.expires, clk);
    const int level = static_cast<int>(bucket.within / 64);
    const std::uint64_t distance = g.word.distance(item.expires, clk), end = core::reachOfLevel(g.levels - 1);
    const bool isPast = g.word.signedDistance(item.expires, clk) < 0;
    Section s;
    s.title = tr("How far, when it was filed");
    Field far{tr("expires − clk"), {mono(signedText(g.word.signedDistance(item.expires, clk)))}};
    Field lev{tr("level"), {mono(QString::fromStdString(g.levelName(level)), level)}};
    if (isPast) {
        lev.note = {words(tr("The past goes into the bucket of the clock."))};
    } else if (distance >= end) {
        far.value = {number(distance)};
        lev.note = compose(tr("%1 and more is beyond the wheel's end: it is filed there, and called early."), {number(end)});
    } else if (level == 0) {
        lev.note = compose(tr("Below %1."), {number(core::reachOfLevel(0))});
    } else {
        lev.note = compose(tr("From %1 on, below %2."), {number(core::reachOfLevel(level - 1)), number(core::reachOfLevel(level))});
    }
    s.fields.push_back(far);
    s.fields.push_back(lev);
    s.fields.push_back({tr("one slot"), {words(jiffiesText(1ull << (3 * level)))}, {mono(durationText(facts.inputs.machine.hz, 1ull << (3 * level)))}});
    s.fields.push_back(instant(isPast || distance >= end ? tr("due at") : tr("rounded up to"), bucket.due, g.word.bits()));
    const auto late = g.word.signedDistance(bucket.due, item.expires);
    const auto amount = jiffiesText(static_cast<std::uint64_t>(late < 0 ? -late : late));
    Field off{late < 0 ? tr("early by") : tr("late by"), {words(amount)}};
    off.tone = Tone::Late;
    if (late > 0) off.below = {mono(durationText(facts.inputs.machine.hz, static_cast<std::uint64_t>(late)))};
    if (!isPast && distance < end && late > 0 && level > 0)
        off.note = {words(tr("%1 % of the distance; at most 12.7 %, 8 of 63.").arg(100.0 * static_cast<double>(late) / static_cast<double>(distance), 0, 'f', 1))};
    if (!isPast) s.fields.push_back(off);
    s.fields.push_back({tr("wheel"), {mono(item.isDeferrable() ? QStringLiteral("def") : QStringLiteral("std"))},
                        (item.flags & core::Pinned) != 0 ? RichText{words(tr("pinned: stays with the CPU that arms it"))} : RichText{}});
    return s;
}

Section takenSection(const Facts& facts, core::TimerId timer, core::Jiffies at)
{
    const core::Geometry& g = facts.world.geometry();
    const core::Item& item = facts.world.item(timer);
    const auto early = g.word.signedDistance(item.expires, at);
    const auto amount = static_cast<std::uint64_t>(early < 0 ? -early : early);
    Section s;
    s.title = tr("In the run list when its expiry changed");
    s.fields.push_back(instant(item.isPending() ? tr("due now, at") : tr("was due at"), at, g.word.bits()));
    Field off{early < 0 ? tr("late by") : tr("early by"), {words(jiffiesText(amount))}};
    off.tone = Tone::Late;
    off.below = {mono(durationText(facts.inputs.machine.hz, amount))};
    off.note = {words(tr("It had been taken off its bucket to be called. The new expiry led to the same number, so it stayed."))};
    s.fields.push_back(off);
    s.fields.push_back({tr("wheel"), {mono(item.isDeferrable() ? QStringLiteral("def") : QStringLiteral("std"))}});
    return s;
}

Section rankSection(const Facts& facts, core::TimerId timer, std::uint64_t event)
{
    const core::World& w = facts.world;
    Section s;
    s.title = tr("In the sorted list");
    std::uint32_t rank = 1;
    for (core::TimerId t = w.previous(timer); t.isValid() && rank <= farthestRank; t = w.previous(t)) ++rank;
    const auto count = w.listAt(w.slotOf(timer)).count;
    s.fields.push_back({tr("rank"), rank > farthestRank ? compose(tr("behind %1 of %2"), {number(farthestRank), number(count)})
                                                        : compose(tr("%1 of %2"), {number(rank), number(count)})});
    if (event != ~0ull && event > 0) {
        const core::Record& r = facts.log[event - 1];
        const bool isWalk = r.kind == core::Kind::Counted && r.item == timer;
        Field walk{tr("comparisons"), {number(isWalk ? r.value : 0)}};
        walk.note = {words(isWalk ? tr("That many expiries were compared, from the head on, to find its place.") : tr("The list was empty."))};
        walk.link = Link::event(event);
        s.fields.push_back(walk);
    }
    const auto neighbour = [&](const QString& name, core::TimerId id, const QString& none) {
        Field f{name, {words(none)}};
        if (id.isValid()) {
            f.value = {timerSpan(facts.inputs, id)};
            f.below = {mono(dueText(w.geometry().word, w.item(id).expires, w.clock().jiffies))};
            f.link = Link::timer(id);
        }
        s.fields.push_back(f);
    };
    neighbour(tr("before it"), w.previous(timer), tr("nobody: it is the head"));
    neighbour(tr("behind it"), w.next(timer), tr("nobody: it is the last"));
    return s;
}

Section bucketTurnSection(const Facts& facts, const core::Place& place)
{
    const core::Geometry& g = facts.world.geometry();
    const core::CpuState& c = facts.world.cpu(place.cpu);
    const int bits = g.word.bits();
    const std::uint64_t span = 1ull << (3 * place.level);
    const SlotTurn turn = turnOf(g, place, c.clk(place.wheel), facts.world.clock().jiffies);
    Section s;
    s.fields.push_back(instant(tr("bucket due at"), turn.first, bits));
    Field when{tr("its turn"), {words(turn.ticksAway > 0 ? tr("in %1").arg(jiffiesText(static_cast<std::uint64_t>(turn.ticksAway))) : tr("in the next softirq"))}};
    if (turn.ticksAway > 0) when.below = {mono(durationText(facts.inputs.machine.hz, static_cast<std::uint64_t>(turn.ticksAway)))};
    s.fields.push_back(when);
    s.fields.push_back(instant(span == 1 ? tr("holds expiry") : tr("holds expiries from"), g.word.reduce(turn.first - span), bits));
    if (span > 1) s.fields.push_back(instant(tr("to"), g.word.reduce(turn.first - 1), bits));
    s.fields.push_back({tr("one slot"), {words(jiffiesText(span))}, {mono(durationText(facts.inputs.machine.hz, span))}});
    s.fields.push_back({tr("base"), {mono(tr("CPU %1").arg(place.cpu))}, {words(place.wheel == 0 ? tr("std") : tr("def: deferrable timers"))}, {}, {}, Tone::Ink, Link::cpu(place.cpu)});
    s.note = {words(tr("All timers in it run when it is due, the one that was filed last first; none is moved to another bucket."))};
    return s;
}

std::vector<Section> baseSections(const Facts& facts, int cpu, const Section& first)
{
    const core::Geometry& g = facts.world.geometry();
    Section base = first;
    if (g.is(core::TimerAlgorithm::Wheel61)) {
        Section std = wheelSection(facts, cpu, 0);
        std.fields.insert(std.fields.begin(), base.fields.begin(), base.fields.end());
        return {std, wheelSection(facts, cpu, 1)};
    }
    base.title = tr("The sorted list");
    const core::ItemList list = facts.world.listAt(g.sortedList(cpu));
    const auto end = [&](const QString& name, core::TimerId id) {
        Field f{name, {words(tr("the list is empty"))}};
        if (id.isValid()) {
            f.value = {timerSpan(facts.inputs, id)};
            f.below = {mono(dueText(g.word, facts.world.item(id).expires, facts.world.clock().jiffies))};
            f.link = Link::timer(id);
        }
        base.fields.push_back(f);
    };
    end(tr("head"), list.first);
    if (list.count > 1) end(tr("last"), list.last);
    base.fields.push_back({tr("timers"), {number(list.count)}});
    base.note = {words(tr("A tick looks at the head only. Adding walks from the head; deleting takes no walk."))};
    return {base};
}

} // namespace jiffy::ui
