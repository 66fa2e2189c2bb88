// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/lines.h"

namespace jiffy::core
{

namespace
{

struct LineInfo
{
    std::string_view function;
    std::string_view text;
};

constexpr std::array<LineInfo, lineCount> infos = {{
    {"tick", "jiffies <- jiffies + 1"},
    {"tick", "on each CPU: raise TIMER_SOFTIRQ"},
    {"", "time passes within the tick"},
    {"", "jiffies moves on; nothing runs"},
    {"run_timer_softirq", "if jiffies has reached timer_jiffies: __run_timers"},
    {"run_timer_softirq", "return"},
    {"__run_timers", "while jiffies >= timer_jiffies"},
    {"__run_timers", "  index <- low bits of timer_jiffies"},
    {"__run_timers", "  if index = 0: cascade, level by level while the slot is 0"},
    {"__run_timers", "  timer_jiffies <- timer_jiffies + 1"},
    {"__run_timers", "  list <- tv1[index], emptied"},
    {"__run_timers", "  for each timer in list"},
    {"__run_timers", "    detach it; running_timer <- timer; unlock"},
    {"__run_timers", "    call its function"},
    {"__run_timers", "    lock; running_timer <- none"},
    {"cascade", "list <- the slot, emptied"},
    {"cascade", "for each timer in list: __internal_add_timer"},
    {"__internal_add_timer", "delta <- expires - timer_jiffies"},
    {"__internal_add_timer", "if delta fits tv1: slot by the lowest bits"},
    {"__internal_add_timer", "if it fits tv2: by the next bits"},
    {"__internal_add_timer", "if it fits tv3: by the next bits"},
    {"__internal_add_timer", "if it fits tv4: by the next bits"},
    {"__internal_add_timer", "if delta is negative: tv1, slot of timer_jiffies"},
    {"__internal_add_timer", "otherwise: tv5, clamped to what it holds"},
    {"__internal_add_timer", "append to the tail of that slot"},
    {"internal_add_timer", "if it is before next_timer: next_timer <- expires"},
    {"mod_timer", "expires <- apply_slack(timer, expires)"},
    {"mod_timer", "if pending with that expiry: return 1"},
    {"__mod_timer", "detach_if_pending"},
    {"__mod_timer", "if it was not pending and only a pending one may move: return 0"},
    {"__mod_timer", "base <- this CPU, or a busy one if this one is idle"},
    {"__mod_timer", "timer->expires <- expires; internal_add_timer"},
    {"add_timer", "BUG if the timer is pending"},
    {"add_timer_on", "BUG if the timer is pending"},
    {"add_timer_on", "base <- the CPU asked for; internal_add_timer"},
    {"add_timer_on", "wake the CPU if it is idle"},
    {"detach_if_pending", "if not pending: return 0"},
    {"detach_if_pending", "unlink it; count it off"},
    {"detach_if_pending", "if expires = next_timer: next_timer <- timer_jiffies"},
    {"del_timer", "return whether it was pending"},
    {"try_to_del_timer_sync", "if its function is running: return -1"},
    {"try_to_del_timer_sync", "return whether it was pending"},
    {"get_next_timer_interrupt", "if no timer is active: none within 2^30 - 1 jiffies"},
    {"get_next_timer_interrupt", "if next_timer is stale: search it"},
    {"get_next_timer_interrupt", "return next_timer, but not less than now"},
    {"", "a timer comes to exist"},
    {"", "the CPU becomes idle or busy"},
    {"", "a note"},
}};

class Builder
{
  public:
    void add(Line l) { m_list.line[m_list.count++] = l; }
    void effect(Line l)
    {
        m_list.effect = m_list.count;
        add(l);
    }
    /// The decisions of __internal_add_timer() up to the level that fits, then the append.
    void file(const Geometry& g, Jiffies expires, Jiffies position)
    {
        add(Line::AddDelta);
        const std::uint64_t distance = g.word.distance(expires, position);
        for (int l = 0; l < g.levels - 1; ++l) {
            add(static_cast<Line>(static_cast<int>(Line::AddTv1) + l));
            if (distance < 1ull << g.level[static_cast<std::size_t>(l + 1)].shift) return effect(Line::AddTail);
        }
        add(Line::AddPast);
        if (g.word.signedDistance(expires, position) >= 0) add(Line::AddTv5);
        effect(Line::AddTail);
    }
    LineList list() const { return m_list; }

  private:
    LineList m_list;
};

/// A call on a timer that is not pending, up to its filing.
void callLines(Builder& b, const Record& r)
{
    if (r.site == Site::AddTimerOn) {
        b.add(Line::AddOnBug);
        b.add(Line::AddOnFile);
        return;
    }
    if (r.site == Site::AddTimer) b.add(Line::AddBug);
    if (r.site == Site::AddTimer || r.site == Site::ModTimer) b.add(Line::ModSlack);
    b.add(Line::ModSame);
    b.add(Line::ModDetach);
    b.add(Line::DetachPending);
    b.add(Line::ModPendingOnly);
    b.add(Line::ModBase);
    b.add(Line::ModFile);
}

void enteredLines(Builder& b, const Record& r)
{
    switch (r.site) {
    case Site::RunTimerSoftirq: return b.effect(Line::SoftirqEnter);
    case Site::ModTimer:
        b.add(Line::ModSlack);
        return b.effect(Line::ModSame);
    case Site::ModTimerPinned: return b.effect(Line::ModSame);
    case Site::ModTimerPending:
        b.add(Line::ModDetach);
        b.add(Line::DetachPending);
        return b.effect(Line::ModPendingOnly);
    case Site::TryToDelTimerSync:
        b.add(Line::TryRunning);
        if (r.returned() == Returned::MinusOne) return;
        b.add(Line::DetachPending);
        return b.effect(Line::TryReturn);
    default:
        b.add(Line::DetachPending);
        return b.effect(Line::DelReturn);
    }
}

} // namespace

LineList linesOf(const Record& r, const World& before)
{
    Builder b;
    const Geometry& g = before.geometry();
    switch (r.kind) {
    case Kind::ClockSet:
        if (r.site == Site::SubTick) b.effect(Line::SubTick);
        else if (r.site == Site::Advance) b.effect(Line::AdvanceJiffies);
        else {
            b.effect(Line::TickJiffies);
            b.add(Line::TickRaise);
        }
        break;
    case Kind::Passed: b.effect(r.site == Site::Tick ? Line::TickJiffies : Line::RunWhile); break;
    case Kind::Entered: enteredLines(b, r); break;
    case Kind::Left:
        if (r.site == Site::RunTimerSoftirq) b.add(Line::RunWhile);
        b.effect(r.site == Site::Callback ? Line::RunReturned : Line::SoftirqLeave);
        break;
    case Kind::Defined: b.effect(Line::Define); break;
    case Kind::Queued:
        // A pending timer was detached by the record before, with the decisions that lead there.
        if (r.returned() == Returned::One) {
            b.add(Line::ModBase);
            b.add(Line::ModFile);
        } else {
            callLines(b, r);
        }
        b.file(g, r.value, before.cpu(g.place(r.slotId()).cpu).timerJiffies);
        break;
    case Kind::Unqueued:
        if (r.site == Site::ModTimer) b.add(Line::ModSlack);
        if (r.site == Site::ModTimer || r.site == Site::ModTimerPinned) b.add(Line::ModSame);
        if (r.site == Site::TryToDelTimerSync) b.add(Line::TryRunning);
        else if (r.site != Site::DelTimer) b.add(Line::ModDetach);
        b.add(Line::DetachPending);
        b.effect(Line::DetachUnlink);
        if (r.site == Site::DelTimer && !r.hasMore()) b.add(Line::DelReturn);
        if (r.site == Site::TryToDelTimerSync && !r.hasMore()) b.add(Line::TryReturn);
        break;
    case Kind::Moved:
        b.add(Line::CascadeEach);
        b.file(g, r.before, before.cpu(r.cpu).timerJiffies);
        break;
    case Kind::Spliced:
        if (r.site == Site::Cascade) {
            // The first cascade of a turn is reached through the head of the loop, the next ones through the chain.
            if (g.place(r.slotId()).level == 1) {
                b.add(Line::RunWhile);
                b.add(Line::RunIndex);
            }
            b.add(Line::RunCascade);
            b.effect(Line::CascadeTake);
        } else {
            b.effect(Line::RunTake);
        }
        break;
    case Kind::Fired:
        b.add(Line::RunEach);
        b.effect(Line::RunDetach);
        b.add(Line::RunCall);
        break;
    case Kind::RegisterSet:
        switch (static_cast<Register>(r.slot)) {
        case Register::TimerJiffies:
            if (g.level[0].indexOf(r.before) != 0) {
                b.add(Line::RunWhile);
                b.add(Line::RunIndex);
                b.add(Line::RunCascade);
            }
            b.effect(Line::RunAdvance);
            break;
        case Register::NextTimer:
            if (r.site == Site::NextInterrupt) {
                b.add(Line::NextActive);
                b.effect(Line::NextSearch);
            } else {
                // Filing lowers it to the expiry, detaching resets it to the position.
                const bool filed = r.item.isValid() && before.isDefined(r.item) && before.item(r.item).isPending();
                b.effect(filed ? Line::AddLowersNext : Line::DetachNext);
                if (!filed && r.site == Site::DelTimer) b.add(Line::DelReturn);
                if (!filed && r.site == Site::TryToDelTimerSync) b.add(Line::TryReturn);
            }
            break;
        case Register::Idle: b.effect(Line::Idle); break;
        }
        break;
    case Kind::Raised: b.effect(Line::AddOnWake); break;
    case Kind::Refused: b.effect(r.site == Site::AddTimer ? Line::AddBug : Line::AddOnBug); break;
    case Kind::Noted: b.effect(r.site == Site::NextInterrupt ? Line::NextAnswer : Line::Note); break;
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted: b.effect(Line::Note); break;
    }
    return b.list();
}

std::string_view functionOf(Line l) { return infos[static_cast<std::size_t>(l)].function; }
std::string_view textOf(Line l) { return infos[static_cast<std::size_t>(l)].text; }

} // namespace jiffy::core
