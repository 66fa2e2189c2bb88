// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/narration.h"

#include "ui/narration/compose.h"
#include "ui/narration/filing.h"
#include "ui/narration/kernel.h"
#include "ui/narration/timers.h"
#include "ui/narration/work.h"
#include "ui/wheel/painter.h"

#include <algorithm>
#include <bit>

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Register;
using core::Returned;
using core::Site;
using core::SlotId;

QString functionName(Site s)
{
    const auto text = core::name(s);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Span cpuSpan(int cpu)
{
    return {QString::number(cpu), false, -1};
}

std::uint64_t positive(std::int64_t n)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(n, 0));
}

QString wheelText(int cpu, int wheel)
{
    return (wheel == 0 ? say("std wheel of CPU %1") : say("def wheel of CPU %1")).arg(cpu);
}

namespace
{

const core::CpuState& cpuOf(const Told& t, int cpu)
{
    return t.world.cpu(std::clamp(cpu, 0, t.world.cpuCount() - 1));
}

bool isKnown(const Told& t, const Record& r)
{
    return r.item.isValid() && t.world.isDefined(r.item);
}

// ---- time

Sentence passed(const Record& r, const Told&)
{
    if (r.site == Site::RunTimers) {
        const auto cpus = static_cast<std::uint64_t>(std::popcount(r.before));
        Sentence s;
        s.what = compose(
            sayCount("One turn of the loop found nothing.", "%n turns of the loop found nothing.", r.value));
        s.why =
            cpus == 1
                ? compose(sayCount("CPU %1 had no timer in that slot and moved only timer_jiffies on.",
                                   "CPU %1 had no timer in those slots and moved only timer_jiffies on.", r.value),
                          {cpuSpan(std::countr_zero(r.before))})
                : compose(sayCount(
                      "", "%n CPUs had no timer there and moved only their timer_jiffies on.", cpus));
        return s;
    }
    return {
        compose(sayCount("Nothing was due for 1 tick.", "Nothing was due for %n ticks.", r.value)),
        compose(r.value >= 256 ? say("Every slot that the hands passed was empty, and so was every slot that was cascaded.")
                               : say("Every slot that the hands passed was empty.")),
        {}};
}

Sentence clockSet(const Record& r, const Told& t)
{
    if (r.site == Site::SubTick)
        return {compose(say("Time passes within the tick.")),
                compose(say("%1 ns after the tick something calls the timer code; jiffies stays."),
                        {number(r.value)}),
                {}};
    if (r.site == Site::Advance)
        return {compose(sayCount("jiffies moves on by 1.", "jiffies moves on by %n.",
                                 t.world.geometry().word.distance(r.value, r.before))),
                compose(say("It is now %1. No softirq ran meanwhile, so every timer_jiffies has fallen behind."),
                        {number(r.value)}),
                {}};
    return {
        compose(say("Tick: jiffies is now %1."), {number(r.value)}),
        compose(say("The timer interrupt adds 1 to jiffies; then each CPU compares its timer_jiffies with it.")),
        {}};
}

// ---- control

Sentence entered(const Record& r, const Told& t)
{
    const Span timer = timerSpan(t.inputs, r.item);
    if (r.site == Site::RunTimerSoftirq) {
        const auto& c = cpuOf(t, r.cpu);
        const auto behind = t.world.geometry().word.signedDistance(t.world.clock().jiffies, c.timerJiffies);
        const auto turns = static_cast<std::uint64_t>(std::max<std::int64_t>(behind, -1) + 1);
        return {compose(say("CPU %1 runs its timers."), {cpuSpan(r.cpu)}),
                compose(sayCount("jiffies has reached its timer_jiffies, %1: one turn of the loop.",
                                 "jiffies is ahead of its timer_jiffies, %1: %n turns of the loop.", turns),
                        {number(c.timerJiffies)}),
                {}};
    }
    Sentence s;
    s.what = compose(say("%1 changes nothing for %2."), {mono(functionName(r.site)), timer});
    switch (r.returned()) {
    case Returned::One:
        s.why = compose(say("It is pending and has that expiry already: the call returns 1 at once, the "
                            "timer keeps its place in the list."));
        break;
    case Returned::Zero:
        s.why = compose(say("It is not pending, so the call leaves it alone and returns 0."));
        break;
    case Returned::MinusOne:
        s.why = compose(say("Its function is running at this moment: the call returns −1."));
        break;
    case Returned::Nothing:
        s.why = compose(say("The call returns."));
        break;
    }
    return s;
}

Sentence left(const Record& r, const Told& t)
{
    if (r.site == Site::Callback) {
        const std::uint32_t waiting = t.world.listAt(t.world.geometry().runList(r.cpu)).count;
        Sentence s;
        s.what = compose(say("The function of %1 has returned."), {timerSpan(t.inputs, r.item)});
        s.why = waiting == 0 ? compose(say("The list taken off the slot is empty: this turn is over."))
                             : compose(sayCount("One more timer of that list waits for its call.",
                                                "%n more timers of that list wait for their call.", waiting));
        if (isKnown(t, r) && t.world.item(r.item).isPending())
            append(s.why, compose(say("It is pending again, in %1."),
                                  {slotSpan(t.world.geometry(), t.world.slotOf(r.item))}));
        return s;
    }
    return {compose(say("CPU %1 has caught up."), {cpuSpan(r.cpu)}),
            compose(say("Its timer_jiffies, %1, is ahead of jiffies: the loop ends."),
                    {number(cpuOf(t, r.cpu).timerJiffies)}),
            {}};
}

Sentence raised(const Record& r, const Told& t)
{
    return {compose(say("CPU %1 is told to look at its timers."), {cpuSpan(static_cast<int>(r.link))}),
            compose(say("%1 put %2 on its wheel, and a sleeping CPU would not notice."),
                    {mono(functionName(r.site)), timerSpan(t.inputs, r.item)}),
            {}};
}

// ---- timers

Sentence defined(const Record& r, const Told& t)
{
    Sentence s;
    s.what = compose(say("%1 comes to exist."), {timerSpan(t.inputs, r.item)});
    const auto slack = static_cast<std::int32_t>(r.link);
    s.why = slack < 0
                ? compose(say("It is in no list yet. Its slack is automatic: up to 1/256 of a long delay."))
                : compose(sayCount("It is in no list yet. Its slack is 1 jiffy.",
                                   "It is in no list yet. Its slack is %n jiffies.",
                                   static_cast<std::uint64_t>(slack)));
    if ((r.value & core::Deferrable) != 0)
        append(s.why, compose(say("It is deferrable: a sleeping CPU is not woken for it.")));
    return s;
}

Sentence queued(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const Span timer = timerSpan(t.inputs, r.item), slot = slotSpan(g, r.slotId());
    const int cpu = g.place(r.slotId()).cpu;
    const bool isOwn = cpuOf(t, r.cpu).running == r.item;
    Sentence s;
    if (isOwn)
        s.what = compose(say("%1 arms itself again, in %2."), {timer, slot});
    else if (r.site == Site::AddTimer || r.site == Site::AddTimerOn)
        s.what = compose(say("%1 is added to %2."), {timer, slot});
    else if (r.returned() == Returned::One)
        s.what = compose(say("%1 is moved to %2."), {timer, slot});
    else
        s.what = compose(say("%1 is started in %2."), {timer, slot});
    s.why = whyThere(g, r.value, cpuOf(t, cpu).timerJiffies, r.slotId());
    if (r.slackAdded() == Record::slackTooFar)
        append(s.why, compose(say("Slack has put its expiry off.")));
    else if (r.slackAdded() != 0)
        append(s.why, compose(sayCount("Slack has put its expiry off by 1 jiffy.",
                                       "Slack has put its expiry off by %n jiffies.", r.slackAdded())));
    if (r.oldCpu() != cpu && r.before != 0)
        append(s.why, compose(say("It goes from CPU %1 to CPU %2."), {cpuSpan(r.oldCpu()), cpuSpan(cpu)}));
    return s;
}

Sentence unqueued(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const Span timer = timerSpan(t.inputs, r.item), slot = slotSpan(g, r.slotId());
    if (r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync) {
        const auto remains = g.word.signedDistance(r.before, t.world.clock().jiffies);
        Sentence s{compose(say("%1 is deleted from %2."), {timer, slot}),
                   compose(say("It was pending, so %1 returns 1."), {mono(functionName(r.site))}),
                   {}};
        if (remains > 0)
            append(s.why,
                   compose(sayCount("It would have fired in 1 jiffy.", "It would have fired in %n jiffies.",
                                    static_cast<std::uint64_t>(remains))));
        return s;
    }
    return {compose(say("%1 is taken out of %2."), {timer, slot}),
            compose(say("%1 gives it a new expiry and will file it anew."), {mono(functionName(r.site))}),
            {}};
}

Sentence moved(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const SlotId from(r.link), to = r.slotId();
    const bool isDrop = g.place(to).level < g.place(from).level;
    Sentence s;
    s.what = compose(isDrop ? say("%1 drops from %2 into %3.") : say("%1 goes from %2 back into %3."),
                     {timerSpan(t.inputs, r.item), slotSpan(g, from), slotSpan(g, to)});
    s.why = whyThere(g, r.before, cpuOf(t, r.cpu).timerJiffies, to);
    return s;
}

Sentence spliced(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const Span slot = slotSpan(g, r.slotId());
    const core::Place place = g.place(r.slotId());
    if (r.site == Site::Cascade) {
        Sentence s;
        s.what = r.link == 0 ? compose(say("%1 is cascaded, but it is empty."), {slot})
                             : compose(sayCount("%1 is cascaded: one timer is filed anew.",
                                                "%1 is cascaded: %n timers are filed anew.", r.link),
                                       {slot});
        const int below = std::max(place.level, 1);
        s.why = compose(say("The hand of tv%1 is back at 0, so the slot that the bits of timer_jiffies name "
                            "in tv%2 comes down: %3."),
                        {cpuSpan(below), cpuSpan(place.level + 1), number(place.index, place.level)});
        return s;
    }
    Sentence s;
    s.what = r.link == 0
                 ? compose(say("%1 holds no timer."), {slot})
                 : compose(sayCount("One timer in %1 is due.", "%n timers in %1 are due.", r.link), {slot});
    s.why =
        r.link == 0
            ? compose(say("The slot under the hand is empty: the turn ends."))
            : compose(say(
                  "The whole list is taken off the slot first; what the functions arm cannot get into it."));
    return s;
}

/// As the numbers around it are told: of a machine of CPUs in decimals, else by the digits that name slots.
Span jiffiesSpan(const Told& t, core::Jiffies j)
{
    return t.world.kernel().isThere() ? number(j) : hexTail(j);
}

Sentence fired(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const Span timer = timerSpan(t.inputs, r.item), slot = slotSpan(g, r.slotId());
    const auto cascaded = std::any_of(t.turn.moved.begin(), t.turn.moved.end(),
                                      [&](const TimerMove& m) { return m.timer == r.item; });
    const auto late = g.word.signedDistance(t.world.clock().jiffies, r.before);
    Sentence s;
    if (late > 0) {
        s.what = compose(
            sayCount("%1 fires 1 jiffy late.", "%1 fires %n jiffies late.", static_cast<std::uint64_t>(late)),
            {timer});
        s.why =
            compose(say("It expires at %1, and jiffies is %2 by now. It stood in %3, the slot being served."),
                    {jiffiesSpan(t, r.before), jiffiesSpan(t, t.world.clock().jiffies), slot});
    } else if (cascaded) {
        s.what = compose(say("%1 fires in the very tick that cascaded it."), {timer});
        s.why = compose(say("It expires at %1, so the cascade put it into %2: the slot under the hand."),
                        {jiffiesSpan(t, r.before), slot});
    } else {
        s.what = compose(say("%1 fires."), {timer});
        s.why =
            compose(say("It expires at %1, which is jiffies now, and stood in %2: the slot under the hand."),
                    {jiffiesSpan(t, r.before), slot});
    }
    append(s.why, compose(say("timer_jiffies is already one ahead.")));
    return s;
}

// ---- registers

/// next_timer is reset because its timer was taken off the wheel: by del_timer(), or by mod_timer() before it is filed
/// anew. What is filed lowers it to an expiry of its own.
bool isDetached(const Record& r, const Told& t)
{
    switch (r.site) {
    case Site::DelTimer:
    case Site::TryToDelTimerSync: return true;
    default: break;
    }
    // The record before is of the same call: what was done to the timer.
    if (t.log != nullptr && t.event != 0) return (*t.log)[t.event - 1].kind == Kind::Unqueued;
    return isKnown(t, r) && !t.world.item(r.item).isPending();
}

Sentence registerSet(const Record& r, const Told& t)
{
    switch (static_cast<Register>(r.slot)) {
    case Register::TimerJiffies:
        return {compose(say("timer_jiffies of CPU %1 steps to %2."), {cpuSpan(r.cpu), number(r.value)}),
                compose(say("timer_jiffies is moved on before any function is called, so that what they arm "
                            "is measured from the next jiffy.")),
                {}};
    case Register::NextTimer: {
        Sentence s;
        s.what = compose(say("next_timer of CPU %1 becomes %2."), {cpuSpan(r.cpu), number(r.value)});
        if (r.site == Site::NextInterrupt)
            s.why = compose(say("It was not after timer_jiffies, so the wheel was searched for the first "
                                "timer that is not deferrable."));
        else if (isDetached(r, t))
            s.why = compose(say("%1 was the next one and is off the wheel; which one is next now is not searched for "
                                "yet, so the position stands in."),
                            {timerSpan(t.inputs, r.item)});
        else if (t.world.geometry().word.isBefore(r.value, r.before))
            s.why = compose(say("%1 expires before what the CPU took for its next timer."),
                            {timerSpan(t.inputs, r.item)});
        else
            s.why = compose(say("%1 expired just then and is gone; the true next one is not searched for "
                                "yet, so the position stands in."),
                            {timerSpan(t.inputs, r.item)});
        return s;
    }
    case Register::Idle:
        if (r.value != 0)
            return {compose(say("CPU %1 becomes idle."), {cpuSpan(r.cpu)}),
                    compose(say("Timers that other CPUs start without pinning them no longer come here.")),
                    {}};
        return {compose(say("CPU %1 is busy again."), {cpuSpan(r.cpu)}),
                compose(say("Timers that it starts stay with it.")),
                {}};
    default:
        break;
    }
    return {compose(say("A register of CPU %1 changes."), {cpuSpan(r.cpu)}), {}, {}};
}

// ---- words

Sentence refused(const Record& r, const Told& t)
{
    Sentence s;
    s.what = compose(say("Kernel bug: %1 on a pending timer."), {mono(functionName(r.site))});
    const SlotId slot = isKnown(t, r) ? t.world.slotOf(r.item) : SlotId::none();
    s.why = compose(say("%1 is still in %2. The kernel stops here, at BUG_ON; nothing is changed."),
                    {timerSpan(t.inputs, r.item), slotSpan(t.world.geometry(), slot)});
    return s;
}

Sentence noted(const Record& r, const Told& t)
{
    const Span timer = timerSpan(t.inputs, r.item);
    switch (r.site) {
    case Site::NextInterrupt: {
        const auto away = t.world.geometry().word.signedDistance(r.value, t.world.clock().jiffies);
        return {compose(say("CPU %1 needs no tick before %2."), {cpuSpan(r.cpu), number(r.value)}),
                compose(sayCount("That is in 1 jiffy. Deferrable timers were not asked.",
                                 "That is in %n jiffies. Deferrable timers were not asked.",
                                 static_cast<std::uint64_t>(std::max<std::int64_t>(away, 0)))),
                {}};
    }
    case Site::Dump:
        return {compose(say("All wheels are written down here.")),
                compose(say("The inputs ask for it; nothing changes.")),
                {}};
    case Site::SlackAsked:
        return {compose(say("%1 was to expire at %2."), {timer, number(r.value)}),
                compose(say("Slack moves it further than a filing usually says.")),
                {}};
    case Site::Limit:
        return {compose(say("The run stops at its limit.")),
                compose(sayCount("It was allowed 1 event.", "It was allowed %n events.", r.value)),
                {}};
    case Site::MachineFired: {
        Sentence s;
        s.what = compose(say("The recorded machine ran %1 here."), {timer});
        s.why = compose(say("It saw jiffies %1."), {number(r.value)});
        if (r.before != 0 && r.before != ~0ull)
            append(s.why, compose(say("Its function took %1."),
                                  {mono(durationText(static_cast<double>(r.before) * 1e-9))}));
        if (isKnown(t, r)) {
            const core::Item& item = t.world.item(r.item);
            append(s.why, item.isPending() ? compose(say("On this wheel it is still pending, in %1."),
                                                     {slotSpan(t.world.geometry(), t.world.slotOf(r.item))})
                                           : compose(say("On this wheel it is not pending.")));
        }
        return s;
    }
    case Site::MachineFiled: {
        const auto bucket = static_cast<int>(r.before);
        Sentence s;
        s.what = compose(say("The recorded machine filed %1 in %2."), {timer, mono(QStringLiteral("lvl%1[%2]").arg(bucket / 64).arg(bucket % 64))});
        if (r.link != 0) s.why = compose(say("That is due at %1."), {number(r.value)});
        if (isKnown(t, r) && t.world.item(r.item).isPending())
            append(s.why, compose(say("Here it is in %1."), {slotSpan(t.world.geometry(), t.world.slotOf(r.item))}));
        return s;
    }
    case Site::MachineLost:
        return {compose(say("The recording lost events here.")),
                compose(say("What the machine did meanwhile is not known.")),
                {}};
    default:
        return {compose(say("Note: %1."), {mono(functionName(r.site))}), {}, {}};
    }
}

Sentence general(const Record& r, const Told& t)
{
    const auto kind = core::name(r.kind);
    Sentence s;
    s.what =
        compose(say("%1 by %2."), {mono(QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()))),
                                   mono(functionName(r.site))});
    if (r.item.isValid()) s.why = compose(say("It concerns %1."), {timerSpan(t.inputs, r.item)});
    return s;
}

QString counterFor(const Record& r, const Turn& turn)
{
    if (r.kind == Kind::Moved && turn.cascadeTotal != 0)
        return say("cascade %1 of %2").arg(turn.cascadeDone).arg(turn.cascadeTotal);
    if (turn.fireTotal != 0 && turn.fired != 0 && turn.isServing)
        return say("fire %1 of %2").arg(turn.fired).arg(turn.fireTotal);
    return {};
}

Sentence startSentence(const core::World& w, const core::Inputs& inputs)
{
    Sentence s;
    if (inputs.actions.empty() && w.pendingCount() == 0) {
        s.what = compose(say("Nothing is armed."));
        return s;
    }
    s.what = compose(say("The run begins at jiffies %1."), {number(w.clock().jiffies)});
    if (!inputs.watch.empty()) s.why = compose(QString::fromStdString(inputs.watch));
    return s;
}

Sentence endSentence(const core::World& w, core::RunStatus status)
{
    Sentence s;
    if (status == core::RunStatus::Limit)
        s.what = compose(say("The run stops here, at its event limit."));
    else if (w.pendingCount() == 0)
        s.what = compose(say("The run ends here: no timer is pending."));
    else
        s.what = compose(sayCount("The run ends here; one timer is still pending.",
                                  "The run ends here; %n timers are still pending.", w.pendingCount()));
    return s;
}

/// The sentence for a position of a run of tgtd. Within a record its lines tell more (ui/code).
Sentence narrateWorkAt(const core::World& world, const core::Inputs& inputs, const core::Snapshot& run, core::Position at)
{
    // A run that ends in a fault is told by that.
    const bool isFault = run.log.size() != 0 && run.log[run.log.size() - 1].site == core::Site::Spin;
    if (at.event >= run.log.size() && run.status != core::RunStatus::Running && !isFault)
        return workEndSentence(world, inputs, run.status);
    if (at.event == 0) return workStartSentence(world, inputs);
    const std::uint64_t event = std::min<std::uint64_t>(at.event, run.log.size()) - 1;
    return narrateWork(run.log[event], {world, inputs, &run.log, event});
}

} // namespace

Sentence narrateRecord(const Record& r, const Told& t)
{
    if (t.inputs.driver == core::Driver::Daemon) return narrateWork(r, {t.world, t.inputs});
    const core::Geometry& g = t.world.geometry();
    const bool hasCpus = t.world.kernel().isThere();
    const auto make = [&]() -> Sentence {
        if (hasCpus) {
            if (const auto told = narrateKernel(r, t)) return *told;
        }
        const auto own = g.is(core::TimerAlgorithm::Wheel61)      ? narrate61(r, t)
                         : g.is(core::TimerAlgorithm::SortedList) ? narrateList(r, t)
                                                                  : std::nullopt;
        if (own) return *own;
        switch (r.kind) {
        case Kind::Passed:
            return passed(r, t);
        case Kind::ClockSet:
            return clockSet(r, t);
        case Kind::Entered:
            return entered(r, t);
        case Kind::Left:
            return left(r, t);
        case Kind::Raised:
            return raised(r, t);
        case Kind::Defined:
            return defined(r, t);
        case Kind::Queued:
            return queued(r, t);
        case Kind::Unqueued:
            return unqueued(r, t);
        case Kind::Moved:
            return moved(r, t);
        case Kind::Spliced:
            return spliced(r, t);
        case Kind::Fired:
            return fired(r, t);
        case Kind::RegisterSet:
            return registerSet(r, t);
        case Kind::Refused:
            return refused(r, t);
        case Kind::Noted:
            return noted(r, t);
        case Kind::Chosen:
        case Kind::ItemSet:
        case Kind::NodeSet:
        case Kind::Counted:
            break;
        }
        return general(r, t);
    };
    Sentence s = make();
    if (hasCpus) addKernelReasons(s, r, t);
    s.counter = counterFor(r, t.turn);
    return s;
}

Sentence narrate(const core::World& world, const core::Inputs& inputs, const core::Snapshot& run,
                 core::Position at)
{
    if (inputs.driver == core::Driver::Daemon) return narrateWorkAt(world, inputs, run, at);
    const std::uint64_t size = run.log.size();
    const Turn turn = turnAt(run.log, at);
    if (at.tick != 0) { // inside a run of empty ticks, or in the one still open behind the log
        Record part = at.event < size ? run.log[at.event] : run.open.asRecord();
        part.value = at.tick;
        const Told told{world, inputs, turn};
        if (run.status == core::RunStatus::Running || at.event < size || at.tick < run.open.count)
            return narrateRecord(part, told);
    }
    // A run that ends in a deadlock is told by that.
    const bool isDeadlock = size != 0 && run.log[size - 1].kind == Kind::Noted && run.log[size - 1].site == Site::Deadlock;
    const bool isEnd =
        at.event >= size && at.tick >= run.open.count && run.status != core::RunStatus::Running && !isDeadlock;
    if (isEnd) {
        Sentence s = endSentence(world, run.status);
        append(s.why, leftAsleep(world, inputs));
        return s;
    }
    if (at.event == 0) return startSentence(world, inputs);
    return narrateRecord(run.log[at.event - 1], {world, inputs, turn, &run.log, at.event - 1});
}

} // namespace jiffy::ui
