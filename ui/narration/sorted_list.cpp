// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/timers.h"

#include "ui/theme/look.h"

#include <algorithm>

namespace jiffy::ui
{

using core::Jiffies;
using core::Kind;
using core::Record;
using core::Returned;
using core::Site;

namespace
{

core::ItemList listOf(const Told& t, int cpu)
{
    return t.world.listAt(t.world.geometry().sortedList(std::clamp(cpu, 0, t.world.cpuCount() - 1)));
}
Jiffies now(const Told& t) { return t.world.clock().jiffies; }
bool isPending(const Told& t, core::TimerId id) { return id.isValid() && t.world.isDefined(id) && t.world.item(id).isPending(); }

/// What the ticks in which nothing was due saw.
RichText idleText(const Told& t)
{
    bool isAny = false;
    for (int cpu = 0; cpu < t.world.cpuCount(); ++cpu) isAny = isAny || listOf(t, cpu).count != 0;
    const bool isOne = t.world.cpuCount() == 1;
    if (!isAny) return compose(isOne ? say("The list is empty.") : say("All lists are empty."));
    return compose(isOne ? say("Each tick looked at the head of the list, and it was not due.")
                         : say("Each tick looked at the heads of the lists, and none was due."));
}

/// "The head is lease now, due in 20 jiffies."
RichText headText(const Told& t, int cpu)
{
    const core::TimerId head = listOf(t, cpu).first;
    if (!head.isValid()) return compose(say("The list is empty."));
    const auto away = t.world.geometry().word.signedDistance(t.world.item(head).expires, now(t));
    if (away <= 0) return compose(say("The head is %1, and it is due."), {timerSpan(t.inputs, head)});
    return compose(sayCount("The head is %1, due in 1 jiffy.", "The head is %1, due in %n jiffies.", positive(away)), {timerSpan(t.inputs, head)});
}

Sentence queued(const Record& r, const Told& t)
{
    const Span timer = timerSpan(t.inputs, r.item);
    const core::TimerId behind(r.link);
    const bool isFirst = !isPending(t, r.item) || !t.world.previous(r.item).isValid();
    Sentence s;
    if (!behind.isValid() && isFirst) s.what = compose(say("%1 is the only one in the list."), {timer});
    else if (!behind.isValid()) s.what = compose(say("%1 goes to the end of the list."), {timer});
    else if (isFirst) s.what = compose(say("%1 is the new head, in front of %2."), {timer, timerSpan(t.inputs, behind)});
    else s.what = compose(say("%1 goes in front of %2."), {timer, timerSpan(t.inputs, behind)});
    if (isFirst) {
        s.why = behind.isValid() ? compose(say("It expires before all others: the first comparison has found its place."))
                                 : compose(say("There was nothing to compare it with."));
    } else {
        const core::TimerId ahead = t.world.previous(r.item);
        const bool isTie = t.world.item(ahead).expires == r.value;
        s.why = isTie ? compose(say("%1 expires at the same jiffy and was there first: equal ones stay in the order of adding."), {timerSpan(t.inputs, ahead)})
                      : compose(say("Behind %1, which expires at %2; it expires at %3."), {timerSpan(t.inputs, ahead), number(t.world.item(ahead).expires), number(r.value)});
    }
    return s;
}

Sentence counted(const Record& r, const Told& t)
{
    const auto before = static_cast<std::uint64_t>(listOf(t, r.cpu).count);
    Sentence s;
    s.what = compose(sayCount("To find the place of %1, one expiry is compared.", "To find the place of %1, %n expiries are compared, one after the other.", r.value), {timerSpan(t.inputs, r.item)});
    s.why = compose(say("The walk begins at the head and passes all that expire no later. A wheel would have computed its slot."));
    if (r.value == before && before > 1) append(s.why, compose(say("This time it goes to the last timer of the list.")));
    return s;
}

Sentence fired(const Record& r, const Told& t)
{
    const Span timer = timerSpan(t.inputs, r.item);
    const auto late = t.world.geometry().word.signedDistance(now(t), r.before);
    Sentence s;
    s.what = late <= 0 ? compose(say("%1 fires."), {timer}) : compose(sayCount("%1 fires 1 jiffy late.", "%1 fires %n jiffies late.", positive(late)), {timer});
    s.why = late <= 0 ? compose(say("It was the head of the list and expires at %1, exactly now: a list rounds nothing."), {number(r.before)})
                      : compose(say("It expires at %1, and jiffies is %2 by now. It was the head of the list."), {number(r.before), number(now(t))});
    return s;
}

Sentence left(const Record& r, const Told& t)
{
    Sentence s;
    if (r.site == Site::Callback) {
        s.what = compose(say("The function of %1 has returned."), {timerSpan(t.inputs, r.item)});
        s.why = headText(t, r.cpu);
        if (isPending(t, r.item)) append(s.why, compose(say("It is pending again.")));
        return s;
    }
    s.what = compose(say("CPU %1 has called all that is due."), {cpuSpan(r.cpu)});
    s.why = headText(t, r.cpu);
    return s;
}

Sentence unqueued(const Record& r, const Told& t)
{
    const Span timer = timerSpan(t.inputs, r.item);
    if (r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync)
        return {compose(say("%1 is deleted from the list."), {timer}),
                compose(say("It was pending, so %1 returns 1. Unlinking takes no walk: its neighbours are known."), {mono(functionName(r.site))}),
                {}};
    return {compose(say("%1 is taken out of the list."), {timer}),
            compose(say("%1 gives it a new expiry; its place must be found anew, from the head on."), {mono(functionName(r.site))}),
            {}};
}

Sentence noted(const Record& r, const Told& t)
{
    if (r.site == Site::Spin)
        return {compose(say("And so on without an end.")),
                compose(sayCount("One function has been called at this jiffy. %1 is due again at once, so the loop never comes back: the run ends here.",
                                 "%n functions have been called at this jiffy. %1 is due again at once, so the loop never comes back: the run ends here.", r.value),
                        {timerSpan(t.inputs, r.item)}),
                {}};
    if (r.before != 0) return {compose(say("CPU %1 needs no tick at all."), {cpuSpan(r.cpu)}), compose(say("Its list is empty.")), {}};
    return {compose(say("CPU %1 needs no tick before %2."), {cpuSpan(r.cpu), number(r.value)}),
            compose(say("The head of a sorted list is the first of all: there is nothing to search.")),
            {}};
}

} // namespace

std::optional<Sentence> narrateList(const Record& r, const Told& t)
{
    switch (r.kind) {
    case Kind::Passed:
        if (r.site != Site::Tick) return std::nullopt;
        return Sentence{compose(sayCount("Nothing was due for 1 tick.", "Nothing was due for %n ticks.", r.value)),
                        idleText(t),
                        {}};
    case Kind::ClockSet:
        if (r.site == Site::SubTick) return std::nullopt;
        if (r.site == Site::Advance)
            return Sentence{compose(sayCount("jiffies moves on by 1.", "jiffies moves on by %n.", t.world.geometry().word.distance(r.value, r.before))),
                            compose(say("It is now %1. Nothing ran meanwhile, so what became due still waits."), {number(r.value)}),
                            {}};
        return Sentence{compose(say("Tick: jiffies is now %1."), {number(r.value)}),
                        compose(say("The timer interrupt adds 1 to jiffies; then each CPU looks whether the head of its list, if any, is due.")),
                        {}};
    case Kind::Entered:
        if (r.site == Site::RunTimerSoftirq) return Sentence{compose(say("CPU %1 runs its timers."), {cpuSpan(r.cpu)}), headText(t, r.cpu), {}};
        if (r.site == Site::TimerReduce)
            return Sentence{compose(say("%1 changes nothing for %2."), {mono(functionName(r.site)), timerSpan(t.inputs, r.item)}),
                            compose(say("It is pending and expires no later than %1: this call never puts a timer off, and returns 1."), {number(r.value)}),
                            {}};
        return std::nullopt;
    case Kind::Left: return left(r, t);
    case Kind::Defined:
        return Sentence{compose(say("%1 comes to exist."), {timerSpan(t.inputs, r.item)}),
                        compose(say("It is not in the list yet. This kernel knows no slack, and no deferrable timers.")),
                        {}};
    case Kind::Counted: return counted(r, t);
    case Kind::Queued: return queued(r, t);
    case Kind::Unqueued: return unqueued(r, t);
    case Kind::Fired: return fired(r, t);
    case Kind::Noted:
        if (r.site == Site::Spin || r.site == Site::NextInterrupt) return noted(r, t);
        return std::nullopt;
    default: return std::nullopt;
    }
}

} // namespace jiffy::ui
