// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/lines_6_1.h"

#include "core/kernel/line_builder.h"
#include "core/timers/wheel_6_1.h"

#include <bit>

namespace jiffy::core
{

namespace
{

using enum Line;

bool isRegister(const Record& r, Register a, Register b)
{
    return r.kind == Kind::RegisterSet && (r.slot == static_cast<std::uint32_t>(a) || r.slot == static_cast<std::uint32_t>(b));
}
bool setsClk(const Record& r) { return isRegister(r, Register::Clk, Register::DefClk); }
bool setsNextExpiry(const Record& r) { return isRegister(r, Register::NextExpiry, Register::DefNextExpiry); }

/// How far __mod_timer() had come with the record before.
enum class Stage : std::uint8_t {
    Begun,
    Forwarded,     ///< the clock of its own wheel was brought forward
    Detached,
    ForwardedOther ///< that of the wheel it goes to
};

Stage stageOf(const Record& r, const Record* previous, const World& before)
{
    if (previous == nullptr || !previous->hasMore() || previous->item != r.item || previous->kind == Kind::Defined)
        return Stage::Begun;
    if (previous->site != Site::ForwardTimerBase) return Stage::Detached;
    return previous->cpu == before.item(r.item).cpu ? Stage::Forwarded : Stage::ForwardedOther;
}

class Builder : LineBuilder
{
  public:
    Builder(const Record& r, const World& before, const Record* previous) : m_r(r), m_w(before), m_previous(previous) {}

    LineList lines()
    {
        switch (m_r.kind) {
        case Kind::ClockSet: clockSet(); break;
        case Kind::Passed: effect(TickJiffies); break;
        case Kind::Entered: entered(); break;
        case Kind::Left: left(); break;
        case Kind::Defined: effect(Define); break;
        case Kind::Queued: queued(); break;
        case Kind::Unqueued: unqueued(); break;
        case Kind::ItemSet: itemSet(); break;
        case Kind::Spliced:
            turnHead(false);
            collectUpTo(g().place(m_r.slotId()).level);
            effect(CollectTake61);
            break;
        case Kind::Fired:
            // Behind the search the lists taken are gone through.
            if (m_previous != nullptr && setsNextExpiry(*m_previous)) add(RunExpire61);
            add(ExpireEach61, true);
            add(ExpireRunning61);
            effect(ExpireDetach61);
            add(ExpireCall61);
            break;
        case Kind::RegisterSet: registerSet(); break;
        case Kind::Raised:
            add(EnqueueWake61);
            add(TriggerLazy61);
            effect(TriggerWake61, true);
            returns();
            break;
        case Kind::Refused: effect(m_r.site == Site::AddTimer ? AddBug61 : AddOnBug61, true); break;
        case Kind::Noted:
            if (m_r.site == Site::NextInterrupt) answered();
            else effect(Note);
            break;
        case Kind::Moved:
        case Kind::Chosen:
        case Kind::NodeSet:
        case Kind::Counted: effect(Note); break;
        }
        return m_list;
    }

  private:
    const Geometry& g() const { return m_w.geometry(); }

    // ---- ticks and softirqs

    void clockSet()
    {
        if (m_r.site == Site::SubTick) return effect(SubTick);
        if (m_r.site == Site::Advance) return effect(AdvanceJiffies);
        // Ticks in which nothing is due have been passed over.
        effect(TickJiffies);
        add(TickLocal61);
        add(LocalQuiet61);
        add(LocalRaise61);
    }
    void left()
    {
        if (m_r.site == Site::Callback) return effect(ExpireReturned61);
        if (m_previous != nullptr && wheelOf61(*m_previous, m_w) == 0) {
            add(RunWhile61);
            add(SoftirqEach61, true);
        }
        add(RunWhile61);
        effect(SoftirqLeave61);
    }
    /// From wherever the record before left off to the buckets that are due.
    void turnHead(bool isClkSet)
    {
        const bool isGoingOn = m_previous != nullptr && (m_previous->kind == Kind::Spliced || m_previous->site == Site::CollectExpired);
        if (isGoingOn) return;
        if (m_previous != nullptr && wheelOf61(*m_previous, m_w) != wheelOf61(m_r, m_w)) {
            add(RunWhile61);
            add(SoftirqEach61, true);
        }
        add(RunWhile61, true);
        add(RunCollect61);
        if (!isClkSet) add(CollectClk61);
    }
    /// The levels behind the one taken last, up to `level` (whose bucket is taken), or to the last that has a slot ending now.
    void collectUpTo(int level)
    {
        int at = 0;
        if (m_previous != nullptr && m_previous->kind == Kind::Spliced) {
            at = g().place(m_previous->slotId()).level;
            if (stopsBehind(at++)) return;
        }
        for (; at < g().levels && at != level; ++at) {
            add(CollectLevel61);
            if (stopsBehind(at)) return;
        }
        if (at == level) add(CollectLevel61, true);
    }
    bool stopsBehind(int level)
    {
        const Jiffies clk = m_w.cpu(m_r.cpu).clk(wheelOf61(m_r, m_w));
        const bool stops = (clk >> (3 * level) & 7) != 0;
        add(CollectStop61, stops);
        return stops;
    }
    void search(int wheel)
    {
        add(SearchFrom61);
        const std::uint32_t firstWord = g().slotOn(m_r.cpu, wheel, 0, 0).value >> 6;
        std::uint64_t at = m_w.cpu(m_r.cpu).clk(wheel);
        for (int l = 0; l < g().levels; ++l) {
            const std::uint64_t slots = m_w.occupancy()[firstWord + static_cast<std::uint32_t>(l)];
            const auto beyond = at & 7;
            const auto ahead = static_cast<std::uint64_t>(std::countr_zero(std::rotr(slots, static_cast<int>(at & 63))));
            const bool stops = slots != 0 && ahead <= ((8 - beyond) & 7);
            add(SearchLevel61);
            add(BucketBit61, slots != 0);
            add(SearchStop61, stops);
            if (stops) break;
            at = g().word.reduce((at >> 3) + (beyond != 0 ? 1 : 0));
        }
        effect(SearchDone61);
    }

    // ---- registers

    void registerSet()
    {
        if (static_cast<Register>(m_r.slot) == Register::Idle) return effect(Idle);
        switch (m_r.site) {
        case Site::CollectExpired:
            turnHead(true);
            return effect(CollectClk61);
        case Site::RunTimers:
            if (setsNextExpiry(m_r)) {
                add(RunNext61);
                return search(wheelOf61(m_r, m_w));
            }
            turnHead(false);
            collectUpTo(-1);
            return effect(RunClk61);
        case Site::ForwardTimerBase: return forward();
        case Site::ClearIdle: return effect(ClearIdle61);
        case Site::NextInterrupt: return askedFor();
        default: break;
        }
        if (!setsNextExpiry(m_r)) return effect(Note);
        if ((m_r.expiryFlags() & Record::recalcBit) != 0) {
            effect(DetachLast61, true);
            return deleted();
        }
        add(EnqueueFirst61, true);
        effect(EnqueueNext61);
        if (m_r.hasMore()) return; // it wakes
        const bool isDef = static_cast<Register>(m_r.slot) == Register::DefNextExpiry;
        add(EnqueueWake61);
        add(TriggerLazy61, isDef);
        if (!isDef) add(TriggerWake61);
        returns();
    }
    /// What get_next_timer_interrupt() has behind it: 1 the search, 2 the clock, 3 is_idle.
    int asked() const
    {
        const Record* p = m_previous;
        if (p == nullptr || p->kind != Kind::RegisterSet || p->site != Site::NextInterrupt || !p->hasMore()) return 0;
        return setsNextExpiry(*p) ? 1 : setsClk(*p) ? 2 : 3;
    }
    void askedFor()
    {
        if (setsNextExpiry(m_r)) {
            add(NextRecalc61, true);
            return search(0);
        }
        if (asked() < 1) add(NextRecalc61);
        if (setsClk(m_r)) return effect(NextForward61, true);
        if (asked() < 2) add(NextForward61);
        if (m_r.value == 0) return effect(NextDue61, true);
        add(NextDue61);
        effect(NextSleep61, true);
    }
    void answered()
    {
        if (asked() < 1) add(NextRecalc61);
        if (asked() < 2) add(NextForward61);
        if (asked() < 3) {
            const CpuState& c = m_w.cpu(m_r.cpu);
            const bool isDue = g().word.isAfterOrEqual(m_w.clock().jiffies, c.nextTimer);
            add(NextDue61, isDue);
            if (!isDue) add(NextSleep61, c.isWheelIdle);
        }
        effect(NextAnswer61);
    }

    // ---- calls

    void head()
    {
        switch (callSite61(m_r)) {
        case Site::AddTimer:
            add(AddBug61);
            return add(AddGo61);
        case Site::ModTimerPending: return add(PendingGo61);
        case Site::TimerReduce: return add(ReduceGo61);
        case Site::ScheduleTimeout: return add(TimeoutArm);
        default: return add(ModGo61);
        }
    }
    bool isOn() const { return callSite61(m_r) == Site::AddTimerOn; }
    Stage stage() const { return stageOf(m_r, m_previous, m_w); }
    /// To the test whether the timer is pending.
    void upToIndex(bool isPending)
    {
        if (stage() == Stage::Begun) {
            head();
            add(ModSame61);
            add(ModForward61);
        }
        add(ModIndex61, isPending);
    }
    /// Of a timer that is not pending, or has just been detached.
    void upToBase()
    {
        if (stage() == Stage::Begun || stage() == Stage::Forwarded) {
            upToIndex(false);
            add(ModDetach61);
            add(DetachPending61, true);
        }
        add(ModPendingOnly61);
        add(ModBase61);
    }
    void forward()
    {
        if (isOn()) {
            add(AddOnBug61);
            add(AddOnForward61, true);
        } else if (m_r.cpu == m_w.item(m_r.item).cpu) {
            head();
            add(ModSame61);
            add(ModForward61, true);
        } else {
            upToBase();
            add(ModForwardOther61, true);
        }
        add(ForwardBehind61);
        effect(ForwardTo61);
    }
    void calculate(Jiffies expires, Jiffies clk)
    {
        add(CalcDelta61);
        const Line decides = calcLine61(g(), expires, clk);
        for (int l = static_cast<int>(Calc061); l < static_cast<int>(decides); ++l) add(static_cast<Line>(l));
        add(decides, true);
        if (decides == CalcPast61) return;
        add(IndexRound61);
        add(IndexDue61);
        add(IndexReturn61);
    }
    void queued()
    {
        if (isOn()) {
            if (stage() == Stage::Begun) {
                add(AddOnBug61);
                add(AddOnForward61);
            }
            add(AddOnBucket61);
        } else {
            if (stage() != Stage::ForwardedOther) {
                upToBase();
                add(ModForwardOther61);
            }
            add(ModBucket61);
        }
        calculate(m_r.value, clkFor61(m_r, m_w));
        add(isOn() ? AddOnEnqueue61 : ModEnqueue61);
        effect(EnqueueHead61);
        if (m_r.hasMore()) return; // it is the first now
        add(EnqueueFirst61);
        returns();
    }
    void itemSet()
    {
        upToIndex(true);
        calculate(m_r.value, clkFor61(m_r, m_w));
        effect(ModStay61, true);
    }
    void unqueued()
    {
        if (m_r.site == Site::DelTimer) {
            add(DelDetach61);
        } else if (m_r.site == Site::TryToDelTimerSync) {
            add(TryRunning61);
            add(TryDetach61);
        } else {
            upToIndex(true);
            add(ModStay61);
            add(ModDetach61);
        }
        add(DetachPending61);
        effect(DetachUnlink61);
        const Place place = g().place(m_r.slotId());
        const bool isLast = place.list == Place::List::Slot && m_w.listAt(m_r.slotId()).count == 1;
        const bool isStale = m_w.cpu(place.cpu).recalc[static_cast<std::size_t>(place.wheel)];
        if (isLast && !isStale) return; // the next record is that line
        add(DetachLast61, isLast);
        deleted();
    }
    void deleted()
    {
        if (m_r.site == Site::DelTimer) add(DelReturn61);
        if (m_r.site == Site::TryToDelTimerSync) add(TryReturn61);
    }
    void returns()
    {
        if (!isOn()) add(ModReturn61);
    }
    void entered()
    {
        switch (m_r.site) {
        case Site::RunTimerSoftirq: return effect(SoftirqEach61, true);
        case Site::TryToDelTimerSync:
            if (m_r.returned() == Returned::MinusOne) return effect(TryRunning61, true);
            add(TryRunning61);
            add(TryDetach61);
            add(DetachPending61, true);
            return effect(TryReturn61);
        case Site::DelTimer:
            add(DelDetach61);
            add(DetachPending61, true);
            return effect(DelReturn61);
        case Site::ModTimerPending:
            if (m_r.returned() == Returned::One) break;
            upToIndex(false);
            add(ModDetach61);
            add(DetachPending61, true);
            return effect(ModPendingOnly61, true);
        default: break;
        }
        head();
        effect(ModSame61, true);
    }

    const Record& m_r;
    const World& m_w;
    const Record* m_previous;
};

} // namespace

Site callSite61(const Record& r) { return r.site == Site::ForwardTimerBase ? forwardingCall(r) : r.site; }

Line calcLine61(const Geometry& g, Jiffies expires, Jiffies clk)
{
    const std::uint64_t distance = g.word.distance(expires, clk);
    for (int l = 0; l < 8; ++l) {
        if (distance < reachOfLevel(l)) return static_cast<Line>(static_cast<int>(Line::Calc061) + l);
    }
    return g.word.signedDistance(expires, clk) < 0 ? Line::CalcPast61 : Line::CalcFar61;
}

Jiffies clkFor61(const Record& r, const World& there)
{
    if (r.kind == Kind::Queued) {
        const Place place = there.geometry().place(r.slotId());
        return there.cpu(place.cpu).clk(place.wheel);
    }
    const Item& item = there.item(r.item);
    return there.cpu(item.cpu).clk(item.isDeferrable() ? 1 : 0);
}

int wheelOf61(const Record& r, const World& there)
{
    switch (r.kind) {
    case Kind::RegisterSet: return isRegister(r, Register::DefClk, Register::DefNextExpiry) ? 1 : 0;
    case Kind::Spliced:
    case Kind::Fired: return there.geometry().place(r.slotId()).wheel;
    case Kind::Left: return r.site == Site::Callback && r.item.isValid() && there.item(r.item).isDeferrable() ? 1 : 0;
    default: return 0;
    }
}

LineList linesOf61(const Record& r, const World& before, const Record* previous)
{
    return Builder(r, before, previous).lines();
}

bool mayHaveLine61(const Record& r, Line l)
{
    const bool isSoftirq = (r.kind == Kind::Entered || r.kind == Kind::Left) && r.site == Site::RunTimerSoftirq;
    const bool isSet = r.kind == Kind::RegisterSet;
    switch (functionOf(l)) {
    case Function::Tick:
    case Function::RunLocalTimers61: return r.kind == Kind::ClockSet && r.site == Site::Tick;
    case Function::RunTimerSoftirq61:
    case Function::RunTimers61:
    case Function::CollectExpired61:
        if (l == RunExpire61) return r.kind == Kind::Fired;
        return isSoftirq || r.kind == Kind::Spliced || (isSet && (r.site == Site::CollectExpired || r.site == Site::RunTimers));
    case Function::ExpireTimers61:
        return l == ExpireReturned61 ? r.kind == Kind::Left && r.site == Site::Callback : r.kind == Kind::Fired;
    case Function::SearchNext61:
    case Function::PendingBucket61: return setsNextExpiry(r) && (r.site == Site::RunTimers || r.site == Site::NextInterrupt);
    case Function::ForwardBase61: return r.site == Site::ForwardTimerBase;
    case Function::ClearIdle61: return r.site == Site::ClearIdle;
    case Function::NextInterrupt61: return r.site == Site::NextInterrupt;
    default: break;
    }
    switch (r.kind) {
    case Kind::Entered: return !isSoftirq;
    case Kind::RegisterSet: return r.item.isValid();
    case Kind::Queued:
    case Kind::Unqueued:
    case Kind::ItemSet:
    case Kind::Raised:
    case Kind::Refused: return true;
    default: return false;
    }
}

int executingCpu61(const Record& r, const Record* previous)
{
    if (r.kind != Kind::RegisterSet || !r.item.isValid()) return r.cpu;
    if (r.site == Site::ForwardTimerBase) return forwardingCpu(r);
    return previous != nullptr && previous->item == r.item ? previous->cpu : r.cpu;
}

Frame callerOf61(Function f, const Record& r, const World& there)
{
    const Site site = callSite61(r);
    const bool isOn = site == Site::AddTimerOn;
    switch (f) {
    case Function::RunLocalTimers61: return {Function::Tick, TickLocal61};
    case Function::RunTimers61: return {Function::RunTimerSoftirq61, SoftirqEach61};
    case Function::CollectExpired61: return {Function::RunTimers61, RunCollect61};
    case Function::ExpireTimers61: return {Function::RunTimers61, RunExpire61};
    case Function::Callback: return {Function::ExpireTimers61, ExpireCall61};
    case Function::SearchNext61:
        if (r.site == Site::NextInterrupt) return {Function::NextInterrupt61, NextRecalc61};
        return {Function::RunTimers61, RunNext61};
    case Function::PendingBucket61: return {Function::SearchNext61, SearchLevel61};
    case Function::ForwardBase61:
        if (isOn) return {Function::AddTimerOn61, AddOnForward61};
        return {Function::InnerModTimer61, r.cpu == there.item(r.item).cpu ? ModForward61 : ModForwardOther61};
    case Function::CalcIndex61: return {Function::CalcWheelIndex61, calcLine61(there.geometry(), r.value, clkFor61(r, there))};
    case Function::CalcWheelIndex61:
        if (isOn) return {Function::AddTimerOn61, AddOnBucket61};
        return {Function::InnerModTimer61, r.kind == Kind::ItemSet ? ModIndex61 : ModBucket61};
    case Function::EnqueueTimer61:
        return isOn ? Frame{Function::AddTimerOn61, AddOnEnqueue61} : Frame{Function::InnerModTimer61, ModEnqueue61};
    case Function::TriggerDyntick61: return {Function::EnqueueTimer61, EnqueueWake61};
    case Function::DetachIfPending61:
        if (site == Site::DelTimer) return {Function::DelTimer61, DelDetach61};
        if (site == Site::TryToDelTimerSync) return {Function::TryToDelTimerSync61, TryDetach61};
        return {Function::InnerModTimer61, ModDetach61};
    case Function::InnerModTimer61:
        if (site == Site::AddTimer) return {Function::AddTimer61, AddGo61};
        if (site == Site::ModTimerPending) return {Function::ModTimerPending61, PendingGo61};
        if (site == Site::TimerReduce) return {Function::TimerReduce61, ReduceGo61};
        return {Function::ModTimer61, ModGo61};
    default: return {Function::Surroundings, Note};
    }
}

} // namespace jiffy::core
