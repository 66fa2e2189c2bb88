// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/timers.h"

#include "core/world/rules.h"
#include "ui/theme/look.h"

#include <algorithm>

namespace jiffy::ui
{

using core::Jiffies;
using core::Kind;
using core::Record;
using core::Register;
using core::Returned;
using core::Site;

namespace
{

/// 6.1 has no mod_timer_pinned(): its mod_timer() files a timer that is defined as pinned here.
QString callName(Site s)
{
    return s == Site::ModTimerPinned ? say("%1 (pinned)").arg(functionName(Site::ModTimer)) : functionName(s);
}

bool isKnown(const Told& t, const Record& r) { return r.item.isValid() && t.world.isDefined(r.item); }
int wheelOf(const Record& r)
{
    const auto which = static_cast<Register>(r.slot);
    return which == Register::DefClk || which == Register::DefNextExpiry ? 1 : 0;
}
const core::CpuState& cpuAt(const Told& t, int cpu) { return t.world.cpu(std::clamp(cpu, 0, t.world.cpuCount() - 1)); }
Jiffies now(const Told& t) { return t.world.clock().jiffies; }

std::uint64_t waiting(const Told& t, int cpu)
{
    const core::Geometry& g = t.world.geometry();
    std::uint64_t n = 0;
    for (int l = 0; l < g.runLists(); ++l) n += t.world.listAt(g.runList(std::clamp(cpu, 0, t.world.cpuCount() - 1), l)).count;
    return n;
}

/// The clock of the timer's wheel when it was filed, of which a record keeps the low 32 bits.
Jiffies clkWhenFiled(const Told& t, const Record& r, std::uint64_t low)
{
    const core::Item& item = t.world.item(r.item);
    const Jiffies clk = cpuAt(t, r.kind == Kind::Fired ? r.cpu : static_cast<int>(item.cpu)).clk(item.isDeferrable() ? 1 : 0);
    return t.world.geometry().word.reduce(clk - (static_cast<std::uint32_t>(clk) - static_cast<std::uint32_t>(low)));
}

Sentence entered(const Record& r, const Told& t)
{
    const auto& c = cpuAt(t, r.cpu);
    const core::Word word = t.world.geometry().word;
    const int wheel = word.isAfterOrEqual(now(t), c.nextTimer) || !word.isAfterOrEqual(now(t), c.defNextExpiry) ? 0 : 1;
    Sentence s;
    s.what = compose(say("CPU %1 runs its timers."), {cpuSpan(r.cpu)});
    s.why = word.isAfterOrEqual(now(t), c.nextExpiry(wheel))
                ? compose(say("jiffies has reached %1, the next_expiry of the %2."), {number(c.nextExpiry(wheel)), {wheelText(r.cpu, wheel), false, -1}})
                : compose(say("Neither of its wheels has a bucket that is due."));
    return s;
}

Sentence reduced(const Record& r, const Told& t)
{
    Sentence s;
    s.what = compose(say("%1 changes nothing for %2."), {mono(callName(r.site)), timerSpan(t.inputs, r.item)});
    s.why = compose(say("It is pending and expires no later than %1: this call never puts a timer off, and returns 1."), {number(r.value)});
    return s;
}

Sentence left(const Record& r, const Told& t)
{
    Sentence s;
    if (r.site == Site::Callback) {
        const auto n = waiting(t, r.cpu);
        s.what = compose(say("The function of %1 has returned."), {timerSpan(t.inputs, r.item)});
        s.why = n == 0 ? compose(say("All that was taken has been called: this turn is over."))
                       : compose(sayCount("One more timer that was taken waits for its call.", "%n more timers that were taken wait for their call.", n));
        if (isKnown(t, r) && t.world.item(r.item).isPending())
            append(s.why, compose(say("It is pending again, in %1."), {slotSpan(t.world.geometry(), t.world.slotOf(r.item))}));
        return s;
    }
    const auto& c = cpuAt(t, r.cpu);
    s.what = compose(say("CPU %1 has caught up."), {cpuSpan(r.cpu)});
    s.why = c.timersPending[0] ? compose(say("The next bucket of its std wheel is due at %1; until then no tick looks at any."), {number(c.nextTimer)})
                               : compose(say("Its std wheel is empty."));
    return s;
}

Sentence raised(const Record& r, const Told& t)
{
    return {compose(say("CPU %1 is woken."), {cpuSpan(static_cast<int>(r.link))}),
            compose(say("%1 is due there before everything else, and the wheel was marked idle: the CPU may sleep past it."),
                    {timerSpan(t.inputs, r.item)}),
            {}};
}

Sentence defined(const Record& r, const Told& t)
{
    Sentence s;
    s.what = compose(say("%1 comes to exist."), {timerSpan(t.inputs, r.item)});
    s.why = compose(say("It is in no list yet. Timers of this wheel have no slack: the width of the slots makes up for it."));
    if ((r.value & core::Deferrable) != 0)
        append(s.why, compose(say("It is deferrable: it goes to the def wheel, and a sleeping CPU is not woken for it.")));
    if ((r.value & core::Pinned) != 0) append(s.why, compose(say("It is pinned: it stays with the CPU that arms it.")));
    return s;
}

Sentence queued(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const core::Place place = g.place(r.slotId());
    const auto& c = cpuAt(t, place.cpu);
    const Span timer = timerSpan(t.inputs, r.item), slot = slotSpan(g, r.slotId());
    Sentence s;
    if (cpuAt(t, r.cpu).running == r.item) s.what = compose(say("%1 arms itself again, in %2."), {timer, slot});
    else if (r.site == Site::AddTimer || r.site == Site::AddTimerOn) s.what = compose(say("%1 is added to %2."), {timer, slot});
    else if (r.returned() == Returned::One) s.what = compose(say("%1 is moved to %2."), {timer, slot});
    else s.what = compose(say("%1 is started in %2."), {timer, slot});
    s.why = whyInBucket(g, r.value, c.clk(place.wheel));
    if (isKnown(t, r) && t.world.next(r.item).isValid())
        append(s.why, compose(say("It goes in front of %1: last in, first out."), {timerSpan(t.inputs, t.world.next(r.item))}));
    if (r.oldCpu() != place.cpu && r.before != 0)
        append(s.why, compose(say("It goes from CPU %1 to CPU %2."), {cpuSpan(r.oldCpu()), cpuSpan(place.cpu)}));
    return s;
}

Sentence itemSet(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const Span timer = timerSpan(t.inputs, r.item);
    const bool isTaken = g.place(r.slotId()).list == core::Place::List::Run;
    Sentence s;
    s.what = compose(say("%1 stays where it is: only its expiry changes, to %2."), {timer, number(r.value)});
    if (isTaken) {
        const auto early = positive(g.word.signedDistance(r.value, now(t)));
        s.why = compose(say("It waits for its call already, but still carries the number of the bucket that is being run, and the "
                            "new expiry leads to the same number."));
        if (early != 0) append(s.why, compose(sayCount("So it will be called now, 1 jiffy early.", "So it will be called now, %n jiffies early.", early)));
        return s;
    }
    s.why = compose(say("The new expiry leads to the bucket that it is in, %1: nothing is unlinked, and the call returns 1."),
                    {slotSpan(g, r.slotId())});
    if (!isKnown(t, r)) return s;
    const core::Bucket bucket = core::bucketFor(g, r.value, clkWhenFiled(t, r, t.world.item(r.item).filedAt));
    const auto late = g.word.signedDistance(bucket.due, r.value);
    if (late > 0) append(s.why, compose(sayCount("That bucket is due at %1, 1 jiffy after it.", "That bucket is due at %1, %n jiffies after it.", positive(late)), {number(bucket.due)}));
    return s;
}

Sentence unqueued(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const Span timer = timerSpan(t.inputs, r.item), slot = slotSpan(g, r.slotId());
    if (r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync)
        return {compose(say("%1 is deleted from %2."), {timer, slot}),
                compose(say("It was pending, so %1 returns 1. Unlinking takes no search; next_expiry is left as it is."), {mono(callName(r.site))}),
                {}};
    return {compose(say("%1 is taken out of %2."), {timer, slot}),
            compose(say("%1 gives it an expiry that belongs into another bucket."), {mono(callName(r.site))}),
            {}};
}

Sentence spliced(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const core::Place place = g.place(r.slotId());
    Sentence s;
    s.what = compose(sayCount("One timer in %1 is due.", "%n timers in %1 are due.", r.link), {slotSpan(g, r.slotId())});
    s.why = place.level <= 0
                ? compose(say("The whole list is taken off the bucket first; what the functions arm cannot get into it."))
                : compose(say("The clock stands at a multiple of %1, where a slot of level %2 ends: its timers run from here, none is moved down."),
                          {number(1ull << (3 * place.level)), number(static_cast<std::uint64_t>(place.level))});
    return s;
}

Sentence fired(const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    const Span timer = timerSpan(t.inputs, r.item), slot = slotSpan(g, r.slotId());
    const core::Place place = g.place(r.slotId());
    const auto late = g.word.signedDistance(now(t), r.before);
    const auto n = late < 0 ? positive(-late) : positive(late);
    Sentence s;
    s.what = late == 0  ? compose(say("%1 fires."), {timer})
             : late > 0 ? compose(sayCount("%1 fires 1 jiffy late.", "%1 fires %n jiffies late.", n), {timer})
                        : compose(sayCount("%1 fires 1 jiffy early.", "%1 fires %n jiffies early.", n), {timer});
    s.why = compose(say("It expires at %1, and jiffies is %2. It stood in %3."), {number(r.before), number(now(t)), slot});
    if (!isKnown(t, r) || place.level < 0) return s;
    const Jiffies clk = clkWhenFiled(t, r, r.value);
    const core::Bucket bucket = core::bucketFor(g, r.before, clk);
    const std::uint64_t span = 1ull << (3 * place.level);
    if (late < 0) {
        const bool isFar = g.word.distance(r.before, clk) >= core::reachOfLevel(g.levels - 1);
        append(s.why, isFar ? compose(say("That was beyond the wheel's end when it was filed, so it stood at the end and is called too early."))
                            : compose(say("It was given that expiry when it waited for its call already: numbers of buckets were compared, and they were equal.")));
    } else if (g.word.isBefore(bucket.due, now(t)) && !g.word.isBefore(r.before, clk)) {
        append(s.why, compose(say("Its bucket was due at %1, so the softirq is late as well."), {number(bucket.due)}));
    } else if (late > 0 && place.level == 0) {
        append(s.why, compose(say("Even level 0 rounds up, to the next jiffy.")));
    } else if (late > 0) {
        append(s.why, compose(say("A slot of level %1 spans %2 jiffies: its expiry was rounded up to the end of one."),
                              {number(static_cast<std::uint64_t>(place.level)), number(span)}));
    }
    std::uint64_t lower = 0;
    for (int l = 0; l < place.level; ++l) lower += t.world.listAt(g.runList(place.cpu, l)).count;
    if (lower != 0) append(s.why, compose(sayCount("The highest level comes first: one timer of a lower level still waits.", "The highest level comes first: %n timers of lower levels still wait.", lower)));
    return s;
}

Sentence clkSet(const Record& r, const Told& t)
{
    const int wheel = wheelOf(r);
    const core::Word word = t.world.geometry().word;
    const Span which{wheelText(r.cpu, wheel), false, -1};
    const auto by = word.distance(r.value, r.before);
    Sentence s;
    if (r.site == Site::RunTimers) {
        s.what = compose(say("clk of the %1 steps to %2."), {which, number(r.value)});
        s.why = compose(say("It is moved on before any function is called, so that what they arm is measured from the next jiffy."));
    } else if (r.site == Site::CollectExpired) {
        s.what = compose(sayCount("The clock of the %1 jumps by 1 jiffy, to %2.", "The clock of the %1 jumps by %n jiffies, to %2.", by), {which, number(r.value)});
        s.why = compose(say("That is its next_expiry. Nothing was due in between, so no bucket in between is looked at."));
    } else {
        s.what = compose(sayCount("The clock of the %1 is brought forward by 1 jiffy, to %2.", "The clock of the %1 is brought forward by %n jiffies, to %2.", by), {which, number(r.value)});
        s.why = word.isBefore(r.value, now(t))
                    ? compose(say("Not on to jiffies, %1: the bucket that is due at its next_expiry has not been run yet."), {number(now(t))})
                    : compose(say("It stood still while nothing was due. Distances are measured from it: if it lagged, timers would go to coarser levels."));
    }
    return s;
}

Sentence expirySet(const Record& r, const Told& t)
{
    const int wheel = wheelOf(r);
    const core::Geometry& g = t.world.geometry();
    const Span which{wheelText(r.cpu, wheel), false, -1};
    Sentence s;
    if ((r.expiryFlags() & Record::recalcBit) != 0)
        return {compose(say("The last timer of its bucket is gone: next_expiry must be searched again.")),
                compose(say("The %1 only notes it (recalc). next_expiry stays %2, which may be too early, until somebody asks or something runs."), {which, number(r.value)}),
                {}};
    if (r.item.isValid())
        return {compose(say("next_expiry of the %1 becomes %2."), {which, number(r.value)}),
                compose(say("The bucket of %1 is due before all others of this wheel. No search: nothing can be earlier."), {timerSpan(t.inputs, r.item)}),
                {}};
    if ((r.expiryFlags() & Record::timersPendingBit) == 0)
        return {compose(say("The search finds the %1 empty."), {which}),
                compose(say("next_expiry becomes %1, which is as far away as it can be, and timers_pending 0."), {number(r.value)}),
                {}};
    s.what = compose(say("The search finds next_expiry of the %1: %2."), {which, number(r.value)});
    s.why = compose(say("Level by level the next bit set, from the clock on, and no further up than can be earlier. No timer is looked at."));
    const auto away = g.word.signedDistance(r.value, now(t));
    if (away > 0) append(s.why, compose(sayCount("That is in 1 jiffy.", "That is in %n jiffies.", positive(away))));
    return s;
}

Sentence idleSet(const Record& r, const Told&)
{
    if (r.value != 0)
        return {compose(say("The std wheel of CPU %1 is marked idle."), {cpuSpan(r.cpu)}),
                compose(say("Nothing is due for more than a tick, so the CPU may stop its tick. Who files something earlier must wake it.")),
                {}};
    return {compose(say("The std wheel of CPU %1 is no longer marked idle."), {cpuSpan(r.cpu)}),
            r.site == Site::ClearIdle ? compose(say("The CPU ticks again and sees for itself what is due.")) : compose(say("Something is due: it cannot sleep.")),
            {}};
}

Sentence nextInterrupt(const Record& r, const Told& t)
{
    if (r.before != 0)
        return {compose(say("CPU %1 needs no tick at all."), {cpuSpan(r.cpu)}), compose(say("Its std wheel is empty. Deferrable timers were not asked.")), {}};
    const auto away = t.world.geometry().word.signedDistance(r.value, now(t));
    Sentence s;
    s.what = away <= 0 ? compose(say("CPU %1 cannot sleep."), {cpuSpan(r.cpu)}) : compose(say("CPU %1 needs no tick before %2."), {cpuSpan(r.cpu), number(r.value)});
    s.why = away <= 0 ? compose(say("Something is due now."))
                      : compose(sayCount("That is in 1 jiffy. Deferrable timers were not asked.", "That is in %n jiffies. Deferrable timers were not asked.", positive(away)));
    return s;
}

} // namespace

RichText whyInBucket(const core::Geometry& g, Jiffies expires, Jiffies clk)
{
    const core::Bucket bucket = core::bucketFor(g, expires, clk);
    const auto level = static_cast<int>(bucket.within / 64);
    const std::uint64_t distance = g.word.distance(expires, clk), span = 1ull << (3 * level), end = core::reachOfLevel(g.levels - 1);
    if (g.word.signedDistance(expires, clk) < 0 && distance >= core::reachOfLevel(7))
        return compose(sayCount("Its expiry lies 1 jiffy behind the wheel's clock; the past goes into the bucket of the clock.",
                                "Its expiry lies %n jiffies behind the wheel's clock; the past goes into the bucket of the clock.", g.word.distance(clk, expires)));
    if (distance >= end)
        return compose(say("It is %1 jiffies away, and the wheel reaches %2: it is filed at its end, due at %3, and will be called %4 jiffies early."),
                       {number(distance), number(end), number(bucket.due), number(positive(g.word.signedDistance(expires, bucket.due)))});
    const auto late = positive(g.word.signedDistance(bucket.due, expires));
    if (level == 0)
        return compose(sayCount("It is 1 jiffy away: level 0, one jiffy a slot. Rounded up to %1, it will be 1 jiffy late.",
                                "It is %n jiffies away: level 0, one jiffy a slot. Rounded up to %1, it will be 1 jiffy late.", distance),
                       {number(bucket.due)});
    return compose(sayCount("It is %1 jiffies away: level %2, where a slot spans %3 jiffies. It is rounded up to %4 and will be 1 jiffy late.",
                            "It is %1 jiffies away: level %2, where a slot spans %3 jiffies. It is rounded up to %4 and will be %n jiffies late.", late),
                   {number(distance), number(static_cast<std::uint64_t>(level)), number(span), number(bucket.due)});
}

std::optional<Sentence> narrate61(const Record& r, const Told& t)
{
    switch (r.kind) {
    case Kind::Passed:
        if (r.site != Site::Tick) return std::nullopt;
        return Sentence{compose(sayCount("Nothing was due for 1 tick.", "Nothing was due for %n ticks.", r.value)),
                        compose(say("Each tick only compared jiffies with next_expiry; no bucket was looked at, and the clocks of the wheels stood still.")),
                        {}};
    case Kind::ClockSet:
        if (r.site == Site::SubTick) return std::nullopt;
        if (r.site == Site::Advance)
            return Sentence{compose(sayCount("jiffies moves on by 1.", "jiffies moves on by %n.", t.world.geometry().word.distance(r.value, r.before))),
                            compose(say("It is now %1. No softirq ran meanwhile, so what became due still waits."), {number(r.value)}),
                            {}};
        return Sentence{compose(say("Tick: jiffies is now %1."), {number(r.value)}),
                        compose(say("The timer interrupt adds 1 to jiffies; then each CPU compares the next_expiry of its two wheels with it.")),
                        {}};
    case Kind::Entered:
        if (r.site == Site::RunTimerSoftirq) return entered(r, t);
        return r.site == Site::TimerReduce ? std::optional(reduced(r, t)) : std::nullopt;
    case Kind::Left: return left(r, t);
    case Kind::Raised: return raised(r, t);
    case Kind::Defined: return defined(r, t);
    case Kind::Queued: return queued(r, t);
    case Kind::Unqueued: return unqueued(r, t);
    case Kind::ItemSet: return itemSet(r, t);
    case Kind::Spliced: return spliced(r, t);
    case Kind::Fired: return fired(r, t);
    case Kind::RegisterSet:
        switch (static_cast<Register>(r.slot)) {
        case Register::Clk:
        case Register::DefClk: return clkSet(r, t);
        case Register::NextExpiry:
        case Register::DefNextExpiry: return expirySet(r, t);
        case Register::IsIdle: return idleSet(r, t);
        default: return std::nullopt;
        }
    case Kind::Noted: return r.site == Site::NextInterrupt ? std::optional(nextInterrupt(r, t)) : std::nullopt;
    default: return std::nullopt;
    }
}

} // namespace jiffy::ui
