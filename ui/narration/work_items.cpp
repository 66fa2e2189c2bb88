// SPDX-License-Identifier: GPL-3.0-or-later
// Work: added, taken off, expired, called; and the passes over it.
#include "ui/narration/work_facts.h"

namespace jiffy::ui
{

using core::DaemonConfig;
using core::Kind;
using core::Record;
using core::Register;
using core::Site;

namespace
{

constexpr std::uint64_t second = 1'000'000;

/// "Behind keepalive, before cleanup."
void appendNeighbours(RichText& why, core::TimerId t, const WorkFacts& f)
{
    const auto before = f.world().previous(t), behind = f.world().next(t);
    if (before.isValid() && behind.isValid())
        append(why, compose(say("Its place is behind %1, before %2."), {f.item(before), f.item(behind)}));
    else if (before.isValid())
        append(why, compose(say("Its place is at the end, behind %1."), {f.item(before)}));
    else if (behind.isValid())
        append(why, compose(say("Its place is in front, before %1."), {f.item(behind)}));
}

Sentence filed(const Record& r, const WorkFacts& f)
{
    Sentence s;
    const Span item = f.item(r.item);
    if (r.value == DaemonConfig::immediate) {
        s.what = compose(say("%1 goes to the active list."), {item});
        if (f.daemon().isInPass)
            s.why = compose(say("0 seconds: the pass that is under way goes on until that list is empty, so "
                                "it still calls %1."),
                            {item});
        else if (f.isNew())
            s.why = compose(say("0 seconds: no deadline is needed. A word in the pipe wakes up the loop."));
        else if (f.isOld())
            s.why = compose(say("0 seconds do not mean now: it is called at the next idle timeout, which a "
                                "busy daemon never reaches."));
        else
            s.why = compose(
                say("0 seconds do not mean now any more: it is called when the timerfd expires next."));
        return s;
    }
    if (f.isOld()) {
        const std::uint64_t jiffies = f.daemon().jiffies, ticks = r.value - jiffies;
        s.what = compose(say("%1 is added for tick %2."), {item, number(r.value)});
        const std::uint64_t timeouts = f.daemon().isInPass ? ticks + 1 : ticks + 2;
        s.why = compose(sayCount("jiffies, %1, and 1 tick of %2 s; it must be exceeded.",
                                 "jiffies, %1, and %n ticks of %2 s; it must be exceeded.", ticks),
                        {number(jiffies), number(f.config().tick)});
        append(s.why,
               compose(say("So %1 timeouts of %2 without any event must pass, and any event delays that."),
                       {number(timeouts), f.span(f.config().epollTimeout)}));
        return s;
    }
    const std::uint64_t at = f.dueAt(r.value);
    s.what = compose(say("%1 is added: due at %2."), {item, f.due(r.item)});
    s.why = compose(say("The wall clock, %1, and %2 s."),
                    {f.clock(f.wall()), number((r.value - f.wall() + second / 2) / second)});
    appendNeighbours(s.why, r.item, f);
    if (f.isNew() && f.daemon().alarmSince != ~0ull && static_cast<std::int64_t>(at) >= 0)
        append(s.why, compose(say("Nothing is armed for it; the first alarm then comes at %1."),
                              {f.at(f.alarmFrom(at))}));
    return s;
}

Sentence refused(const Record& r, const WorkFacts& f)
{
    Sentence s;
    const Span item = f.item(r.item);
    const bool isActive = f.world().slotOf(r.item) == f.world().geometry().activeList();
    s.what = compose(say("add_work of %1 is refused: it is queued."), {item});
    s.why = compose(say("The original does not look."));
    const auto behind = f.world().next(r.item), before = f.world().previous(r.item);
    if (isActive)
        append(s.why, compose(say("It would be linked twice, and its func called for ever.")));
    else if (!behind.isValid() && !before.isValid())
        append(s.why,
               compose(say(
                   "Alone on its list, it would be linked to itself, and the next pass would never end.")));
    else if (!before.isValid())
        append(s.why, compose(say("Linked a second time from the head, the items behind it would vanish "
                                  "without a word, and a later pass would crash.")));
    else
        append(s.why, compose(say("Linked a second time, it would tie the list into a circle in which the "
                                  "next pass runs for ever.")));
    append(s.why, compose(say("To move it: del_work first.")));
    return s;
}

Sentence deleted(const Record& r, const WorkFacts& f)
{
    Sentence s;
    const Span item = f.item(r.item);
    if (r.kind == Kind::Entered) {
        s.what = compose(say("del_work changes nothing for %1."), {item});
        s.why = f.running() == r.item
                    ? compose(say("Its func is running at this moment, and meanwhile it is on no list."))
                    : compose(say("It is on no list."));
        return s;
    }
    if (r.slotId() == f.world().geometry().activeList()) {
        s.what = compose(say("%1 is taken off the active list."), {item});
        s.why = compose(say(
            "It was about to be called; now it is not. A word that was written for it stays in the pipe."));
        return s;
    }
    s.what = compose(say("%1 is taken off the inactive list."), {item});
    s.why = compose(
        say("Its func will not be called. Nothing was armed for it, so nothing needs to be disarmed."));
    return s;
}

Sentence passBegins(const Record& r, const WorkFacts& f)
{
    Sentence s;
    if (f.isOld()) {
        s.what = compose(say("schedule() runs: jiffies is %1."), {number(r.value)});
        const auto first = f.inactive().first;
        if (first.isValid())
            s.why = compose(say("First in line is %1, for tick %2: that must be less than jiffies."),
                            {f.item(first), number(f.world().item(first).expires)});
        else
            s.why = compose(say("Nothing is on the inactive list."));
    } else {
        s.what = f.isNew() ? compose(say("A pass begins: the clock says %1."), {f.clock(r.value)})
                           : compose(say("A pass begins: now is %1."), {f.clock(r.value)});
        if (f.isToday() && r.value != f.wall()) {
            const bool isAhead = r.value > f.wall();
            s.why = compose(
                isAhead ? say("That is a counter, not the clock. It is ahead by %1, so work can run early.")
                        : say("That is a counter, not the clock. It is behind by %1."),
                {f.span(isAhead ? r.value - f.wall() : f.wall() - r.value)});
        }
        const std::uint64_t due = f.due(r.value);
        const auto first = f.inactive().first;
        if (due != 0)
            append(s.why, compose(sayCount("1 item is due.", "%n items are due.", due)));
        else if (first.isValid())
            append(s.why, compose(say("Nothing is due: first in line is %1, at %2."),
                                  {f.item(first), f.due(first)}));
        else
            append(s.why, compose(say("Nothing is on the inactive list.")));
    }
    if (const auto n = f.active().count; n != 0)
        append(s.why,
               compose(sayCount("1 item is on the active list.", "%n items are on the active list.", n)));
    return s;
}

Sentence expired(const Record& r, const WorkFacts& f)
{
    Sentence s;
    const Span item = f.item(r.item);
    s.what = compose(say("%1 has expired: it becomes active."), {item});
    if (f.isOld()) {
        s.why = compose(say("jiffies, %1, is greater than its tick, %2. Strictly greater: it has waited one "
                            "tick more than it asked for."),
                        {number(f.daemon().jiffies), number(r.before)});
        return s;
    }
    const std::uint64_t wall = f.wall();
    if (f.isToday() && r.before > wall) {
        s.why = compose(say("By the true clock it is due only in %1; the counter runs ahead."),
                        {f.span(r.before - wall)});
    } else if (r.before == wall) {
        s.why = compose(
            say("Its deadline is exactly the time that this pass has read: equal counts as expired."));
    } else {
        s.why = compose(say("It was due at %1, %2 ago, and this is the first pass since then."),
                        {f.due(r.item), f.span(wall - r.before)});
    }
    append(s.why, compose(say("Its func is called when its turn comes.")));
    return s;
}

Sentence called(const Record& r, const WorkFacts& f)
{
    Sentence s;
    const Span item = f.item(r.item);
    const std::uint64_t wall = f.wall();
    if (r.before == DaemonConfig::immediate) {
        s.what = compose(say("%1 runs."), {item});
        s.why = compose(say("It was added with 0 seconds and had no deadline."));
    } else if (f.isOld()) {
        s.what = compose(say("%1 runs."), {item});
        s.why = compose(say("Its tick was %1 and jiffies is %2. Only idle timeouts are counted, so nobody "
                            "knows how late that is."),
                        {number(r.before), number(f.daemon().jiffies)});
    } else if (r.before > wall) {
        s.what = compose(say("%1 runs, %2 early."), {item, f.span(r.before - wall)});
        s.why = f.isToday()
                    ? compose(say("The counter that stands for the clock runs ahead of it."))
                    : compose(say(
                          "It had expired; then the clock was set back. What is active runs all the same."));
    } else {
        const std::uint64_t late = wall - r.before;
        s.what = late == 0 ? compose(say("%1 runs, exactly on time."), {item})
                           : compose(say("%1 runs, %2 late."), {item, f.span(late)});
        s.why = compose(say("It was due at %1."), {f.due(r.item)});
        if (f.isNew() && late != 0 && late < f.config().interval)
            append(s.why, compose(say("Nobody looks before the next alarm, so up to %1 are usual."),
                                  {f.span(f.config().interval)}));
        else if (f.isNew() && late != 0)
            append(s.why, compose(say("That is more than the %1 between two alarms: the thread was busy, or "
                                      "the clock was set."),
                                  {f.span(f.config().interval)}));
    }
    if (const auto n = f.active().count; n != 0)
        append(s.why,
               compose(sayCount("1 more is on the active list.", "%n more are on the active list.", n)));
    return s;
}

Sentence returned(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.what = compose(say("%1's func returns."), {f.item(r.item)});
    const auto since = f.funcSince();
    if (since && f.now() > *since) s.why = compose(say("It has taken %1."), {f.span(f.now() - *since)});
    const bool isQueued =
        r.item.isValid() && f.world().isDefined(r.item) && f.world().item(r.item).isPending();
    if (isQueued) append(s.why, compose(say("It has added itself again: %1."), {f.due(r.item)}));
    const auto n = f.active().count;
    append(s.why,
           n == 0 ? compose(say("The active list is empty: the pass ends."))
                  : compose(sayCount("1 more is on the active list.", "%n more are on the active list.", n)));
    return s;
}

Sentence passEnds(const Record& r, const WorkFacts& f)
{
    Sentence s;
    const auto first = f.inactive().first;
    if (f.isOld()) {
        s.what = compose(say("schedule() returns."));
        s.why = compose(say("The next tick comes after %1 without an event, counted from now."),
                        {f.span(f.config().epollTimeout)});
        if (f.waiting() != 0)
            append(s.why, compose(sayCount("1 item waits.", "%n items wait.", f.waiting())));
        return s;
    }
    s.what = compose(say("The pass is over."));
    const std::uint64_t late = f.isNew() ? f.due(f.wall()) : 0;
    if (late != 0 && f.wall() > r.value)
        s.why = compose(sayCount("%1 has expired while the funcs ran, and the clock was read only once: it "
                                 "waits for the next pass.",
                                 "%n items have expired while the funcs ran, and the clock was read only "
                                 "once: they wait for the next pass.",
                                 late),
                        {f.item(first)});
    else if (first.isValid())
        s.why = compose(say("First in line is %1, due at %2."), {f.item(first), f.due(first)});
    else
        s.why = compose(say("Nothing is queued any more."));
    if (f.isNew() && f.daemon().pipeBytes != 0)
        append(s.why, compose(say("A new word is in the pipe: one more pass follows at once.")));
    return s;
}

Sentence spins(const Record& r, const WorkFacts& f)
{
    Sentence s;
    s.what = compose(say("This pass never ends."));
    s.why =
        compose(say("%1 funcs have run at one instant: %2 is added with 0 seconds again and again, so the "
                    "active list is never empty. No I/O and no alarm gets a turn; the model stops here."),
                {number(r.value), f.item(r.item)});
    return s;
}

} // namespace

Sentence tellWork(const Record& r, const WorkFacts& f)
{
    switch (r.kind) {
    case Kind::Queued:
        return filed(r, f);
    case Kind::Refused:
        return refused(r, f);
    case Kind::Unqueued:
        return deleted(r, f);
    case Kind::Moved:
        return expired(r, f);
    case Kind::Fired:
        return called(r, f);
    case Kind::Noted:
        return spins(r, f);
    case Kind::RegisterSet:
        if (static_cast<Register>(r.slot) == Register::WorkJiffies)
            return {compose(say("jiffies becomes %1."), {number(r.value)}),
                    compose(say("Counted last of all: what the funcs have just added was measured from %1."),
                            {number(r.before)}),
                    {}};
        return {compose(say("now becomes %1."), {f.clock(r.value)}),
                r.value > f.wall() ? compose(say("500 ms for each expiration; the clock is not read. The "
                                                 "counter is ahead of it by %1."),
                                             {f.span(r.value - f.wall())})
                                   : compose(say("500 ms for each expiration; the clock is not read.")),
                {}};
    case Kind::Entered:
        switch (r.site) {
        case Site::AddWork:
            return {compose(say("add_work is called: %1, %2 s."), {f.item(r.item), number(r.value)}),
                    f.running().isValid() ? compose(say("%1's func asks for it."), {f.item(f.running())})
                                          : compose(say("A handler asks for it.")),
                    {}};
        case Site::DelWork:
            return deleted(r, f);
        default:
            return passBegins(r, f);
        }
    default:
        break;
    }
    switch (r.site) {
    case Site::Callback:
        return returned(r, f);
    case Site::AddWork:
        return {
            compose(say("add_work returns.")), compose(say("Its caller is not told whether it worked.")), {}};
    default:
        return passEnds(r, f);
    }
}

} // namespace jiffy::ui
