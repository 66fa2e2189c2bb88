// SPDX-License-Identifier: GPL-3.0-or-later
// The timer wheel without cascades, of Linux 4.8 and later (kernel/time/timer.c, as of 6.1): its decisions, and nothing
// but decisions. Each CPU has two wheels, std and (for deferrable timers) def. The rounding to the granularity of a
// level replaces the cascade: a timer is filed once and runs from where it was filed.
//
// Cut where the original drops the lock, at each callback, just as the wheel of 3.9 is: beginTurn(), then fire() and
// leaveCallback() for each timer taken.
//
// Emitter: core/run/recorder.h (Recorder, PlainEmitter). One thread at a time.
#pragma once

#include "core/timers/calls.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

/// The first jiffy at which a bucket of a wheel is due; as __next_timer_interrupt(). The clock + 2^30 - 1 when the
/// wheel is empty (or has nothing due before). wheel: 0 std, 1 def.
Jiffies searchNextExpiry(const World& world, int cpu, int wheel);

/// What a record of ForwardTimerBase carries in its link, besides the timer: which call it belongs to, on which CPU.
constexpr std::uint32_t forwardLink(Site call, int cpu)
{
    return static_cast<std::uint32_t>(call) | static_cast<std::uint32_t>(cpu) << 8;
}
constexpr Site forwardingCall(const Record& r) { return static_cast<Site>(r.link & 0xff); }
constexpr int forwardingCpu(const Record& r) { return static_cast<int>(r.link >> 8 & 0xff); }

template <class Emitter> class Wheel61 : public TimerCalls<Emitter>
{
    using Base = TimerCalls<Emitter>;
    using Base::flags;
    using Base::m_emitter;
    using Base::record;
    using Base::targetOf;
    using Base::unchanged;
    using Base::word;
    using Base::world;

  public:
    static constexpr std::uint64_t nextTimerMaxDelta = (1ull << 30) - 1;

    explicit Wheel61(Emitter& emitter) : Base(emitter) {}

    // ---- calls; cpu is the executing CPU; expiries are reduced to the word; timers are defined

    /// add_timer(). A pending timer is a bug stop in the original: Refused.
    void addTimer(int cpu, TimerId timer, Jiffies expires)
    {
        if (world().item(timer).isPending()) return this->refuse(cpu, Site::AddTimer, timer, expires);
        forward(baseOf(timer), {cpu, Site::AddTimer, timer}, Returned::Nothing);
        fileOn(cpu, Site::AddTimer, timer, targetFor(cpu, timer), expires, Returned::Nothing);
    }
    /// add_timer_on(): files on the target, idle or not.
    void addTimerOn(int cpu, TimerId timer, int target, Jiffies expires)
    {
        if (world().item(timer).isPending()) return this->refuse(cpu, Site::AddTimerOn, timer, expires);
        const WheelId on{target, wheelOf(timer)};
        forward(on, {cpu, Site::AddTimerOn, timer}, Returned::Nothing);
        enqueue(cpu, Site::AddTimerOn, timer, on, expires, Returned::Nothing);
    }
    /// mod_timer(): 1 if the timer was pending. One that stays in its bucket gets the new expiry and nothing else.
    Returned modTimer(int cpu, TimerId timer, Jiffies expires)
    {
        return modify(cpu, Site::ModTimer, timer, expires, targetFor(cpu, timer));
    }
    /// mod_timer_pending(): a timer that is not pending stays so (0).
    Returned modTimerPending(int cpu, TimerId timer, Jiffies expires)
    {
        return modify(cpu, Site::ModTimerPending, timer, expires, targetFor(cpu, timer));
    }
    /// There is no mod_timer_pinned() any more: what mod_timer() does to a timer that is pinned.
    Returned modTimerPinned(int cpu, TimerId timer, Jiffies expires)
    {
        return modify(cpu, Site::ModTimerPinned, timer, expires, cpu);
    }
    /// __mod_timer() as schedule_timeout() calls it.
    Returned startTimer(int cpu, TimerId timer, Jiffies expires)
    {
        return modify(cpu, Site::ScheduleTimeout, timer, expires, targetFor(cpu, timer));
    }
    /// timer_reduce(): as mod_timer(), but a pending timer never gets a later expiry.
    Returned reduceTimer(int cpu, TimerId timer, Jiffies expires)
    {
        return modify(cpu, Site::TimerReduce, timer, expires, targetFor(cpu, timer));
    }
    /// del_timer(): 1 if it was pending. Does not look at whether it is running.
    Returned delTimer(int cpu, TimerId timer) { return remove(cpu, Site::DelTimer, timer); }
    /// try_to_del_timer_sync(): -1 if its callback is running.
    Returned tryToDelTimerSync(int cpu, TimerId timer)
    {
        if (world().cpu(world().item(timer).cpu).running == timer)
            return unchanged(cpu, Site::TryToDelTimerSync, timer, 0, Returned::MinusOne);
        return remove(cpu, Site::TryToDelTimerSync, timer);
    }

    /// get_next_timer_interrupt(jiffies): looks at the std wheel only. May search next_expiry anew, bring the clock
    /// forward, and set or clear is_idle.
    NextDue nextInterrupt(int cpu)
    {
        const WheelId on{cpu, 0};
        const CpuState& c = world().cpu(cpu);
        const Jiffies now = world().clock().jiffies;
        if (c.recalc[0]) search(on, Site::NextInterrupt, true);
        const Jiffies next = c.nextTimer;
        if (word().isAfter(now, c.timerJiffies)) {
            if (word().isAfter(next, now)) setClock(on, Site::NextInterrupt, now, Returned::Nothing, true);
            else if (word().isAfter(next, c.timerJiffies)) setClock(on, Site::NextInterrupt, next, Returned::Nothing, true);
        }
        const bool isDue = word().isAfterOrEqual(now, next);
        const bool isNone = !isDue && !c.timersPending[0];
        if (isDue) setIsIdle(cpu, Site::NextInterrupt, false, true);
        else if (isNone || word().distance(next, now) > 1) setIsIdle(cpu, Site::NextInterrupt, true, true);
        Record r = record(cpu, Site::NextInterrupt, TimerId::none());
        r.kind = Kind::Noted;
        r.value = isDue ? now : next;
        r.before = isNone ? 1 : 0;
        emit<Kind::Noted>(r);
        return {r.value, isNone};
    }
    /// What leaving idle does to the wheel; as timer_clear_idle().
    void leaveIdle(int cpu) { setIsIdle(cpu, Site::ClearIdle, false, false); }

    // ---- time: what the machine asks for

    /// Ticks that find nothing on any CPU of the mask, at most `count`: passed over. Returns how many.
    std::uint64_t passTicks(std::uint64_t count, std::uint64_t cpus)
    {
        for (std::uint64_t rest = cpus; rest != 0 && count != 0; rest &= rest - 1) {
            const int c = std::countr_zero(rest);
            for (int wheel = 0; wheel < 2; ++wheel) {
                const auto ahead = word().signedDistance(world().cpu(c).nextExpiry(wheel), world().clock().jiffies);
                count = ahead <= 1 ? 0 : std::min(count, static_cast<std::uint64_t>(ahead) - 1);
            }
        }
        if (count != 0) m_emitter.pass(OpenRun{count, 0, Site::Tick});
        return count;
    }
    /// The softirq of the CPU would find something to do.
    bool isBusy(int cpu) const { return isDue({cpu, 0}) || isDue({cpu, 1}); }
    /// The first CPU of those in `cpus` from `from` on for which the present tick raises the softirq; the number of CPUs
    /// if there is none.
    int nextBusyCpu(int from, std::uint64_t cpus) const
    {
        while (from < world().cpuCount() && ((cpus >> from & 1) == 0 || !isBusy(from))) ++from;
        return from;
    }

    // ---- run_timer_softirq(), in its pieces: std, then def

    /// As one turn of the loop in __run_timers() up to the first callback: the clock jumps to the next bucket that is
    /// due, what is due there is taken, the clock moves on and next_expiry is searched. False: nothing more is due.
    bool beginTurn(int cpu, int& wheel)
    {
        for (; wheel < 2; ++wheel) {
            const WheelId on{cpu, wheel};
            const Jiffies now = world().clock().jiffies;
            if (!isDue(on) || word().isBefore(now, clk(on))) continue;
            collect(on);
            setClock(on, Site::RunTimers, word().add(clk(on), 1), Returned::Nothing, false);
            search(on, Site::RunTimers, false);
            return true;
        }
        return false;
    }
    bool hasDue(int cpu) const { return runLists(cpu) != 0; }
    /// Takes a timer for its call: of the highest level taken, the first. REQUIRES: hasDue(cpu).
    TimerId fire(int cpu)
    {
        const Geometry& g = world().geometry();
        const int level = 63 - std::countl_zero(runLists(cpu));
        const TimerId timer = world().listAt(g.runList(cpu, level)).first;
        const Item& item = world().item(timer);
        Record r = record(cpu, Site::RunTimers, timer);
        r.kind = Kind::Fired;
        r.slot = firstSlot({cpu, wheelOf(timer)}) + bucketOf(timer);
        r.value = item.filedAt;
        r.before = item.expires;
        emit<Kind::Fired>(r);
        return timer;
    }

  private:
    template <Kind K> void emit(const Record& r) { m_emitter.template emit<K>(r); }
    struct WheelId
    {
        int cpu = 0;
        int wheel = 0; ///< 0 std, 1 def
        bool operator==(const WheelId&) const = default;
    };
    /// The call that brings a clock forward.
    struct CallOn
    {
        int cpu = 0; ///< that executes it
        Site site = Site::None;
        TimerId timer;
    };

    int wheelOf(TimerId timer) const { return world().item(timer).isDeferrable() ? 1 : 0; }
    WheelId baseOf(TimerId timer) const { return {static_cast<int>(world().item(timer).cpu), wheelOf(timer)}; }
    int targetFor(int cpu, TimerId timer) const
    {
        return (world().item(timer).flags & Pinned) != 0 ? cpu : targetOf(cpu);
    }
    Jiffies clk(WheelId w) const { return world().cpu(w.cpu).clk(w.wheel); }
    Jiffies nextExpiry(WheelId w) const { return world().cpu(w.cpu).nextExpiry(w.wheel); }
    bool isDue(WheelId w) const { return word().isAfterOrEqual(world().clock().jiffies, nextExpiry(w)); }
    std::uint32_t firstSlot(WheelId w) const { return world().geometry().slotOn(w.cpu, w.wheel, 0, 0).value; }
    std::uint64_t runLists(int cpu) const { return world().occupancy()[world().geometry().runList(cpu).value >> 6]; }
    /// The number of the bucket that a pending timer carries, in the run list, too.
    std::uint32_t bucketOf(TimerId timer) const
    {
        const Item& item = world().item(timer);
        const Jiffies now = world().cpu(item.cpu).clk(wheelOf(timer));
        const std::uint32_t ago = static_cast<std::uint32_t>(now) - item.filedAt;
        return bucketFor(world().geometry(), item.expires, word().reduce(now - ago)).within;
    }

    // ---- as __mod_timer()

    Returned modify(int cpu, Site site, TimerId timer, Jiffies expires, int target)
    {
        const Item& item = world().item(timer);
        const bool isReduce = site == Site::TimerReduce;
        const bool wasPending = item.isPending();
        if (wasPending) {
            const auto later = word().signedDistance(expires, item.expires);
            if (later == 0 || (isReduce && later > 0)) return unchanged(cpu, site, timer, expires, Returned::One);
        }
        if (!wasPending && site == Site::ModTimerPending) {
            forward(baseOf(timer), {cpu, site, timer}, Returned::Zero);
            return unchanged(cpu, site, timer, expires, Returned::Zero);
        }
        const Returned returned = wasPending ? Returned::One : Returned::Zero;
        forward(baseOf(timer), {cpu, site, timer}, returned);
        if (wasPending) {
            // Numbers of buckets are compared, and one that has been taken for running still carries its number.
            if (bucketFor(world().geometry(), expires, clk(baseOf(timer))).within == bucketOf(timer))
                return setExpiry(cpu, site, timer, expires);
            detach(cpu, site, timer, returned, true);
        }
        fileOn(cpu, site, timer, target, expires, returned);
        return returned;
    }
    Returned setExpiry(int cpu, Site site, TimerId timer, Jiffies expires)
    {
        const Item& item = world().item(timer);
        Record r = record(cpu, site, timer);
        r.kind = Kind::ItemSet;
        r.slot = world().slotOf(timer).value;
        r.value = expires;
        r.before = item.expires;
        r.link = item.filedAt;
        r.flags = flags(Returned::One, false);
        emit<Kind::ItemSet>(r);
        return Returned::One;
    }
    /// A timer whose callback is running stays on the wheel that runs it.
    void fileOn(int cpu, Site site, TimerId timer, int target, Jiffies expires, Returned returned)
    {
        WheelId on = baseOf(timer);
        if (on.cpu != target && world().cpu(on.cpu).running != timer) {
            on.cpu = target;
            forward(on, {cpu, site, timer}, returned);
        }
        enqueue(cpu, site, timer, on, expires, returned);
    }
    Returned remove(int cpu, Site site, TimerId timer)
    {
        if (!world().item(timer).isPending()) return unchanged(cpu, site, timer, 0, Returned::Zero);
        detach(cpu, site, timer, Returned::One, false);
        return Returned::One;
    }

    /// as enqueue_timer(): at the head of its bucket. One that is due before all others of the wheel sets next_expiry,
    /// and wakes the CPU if the wheel was marked idle and is not the deferrable one.
    void enqueue(int cpu, Site site, TimerId timer, WheelId on, Jiffies expires, Returned returned)
    {
        const Item& item = world().item(timer);
        const Bucket bucket = bucketFor(world().geometry(), expires, clk(on));
        const bool isFirst = word().isBefore(bucket.due, nextExpiry(on));
        Record r = record(cpu, site, timer);
        r.kind = Kind::Queued;
        r.slot = firstSlot(on) + bucket.within;
        r.value = expires;
        r.before = item.expires;
        r.link = Record::queuedLink(static_cast<std::uint8_t>(item.cpu), 0);
        r.flags = flags(returned, isFirst);
        emit<Kind::Queued>(r);
        if (!isFirst) return;
        const bool wakes = on.wheel == 0 && world().cpu(on.cpu).isWheelIdle;
        setNextExpiry(on, site, timer, bucket.due, Record::timersPendingBit, returned, wakes);
        if (wakes) wake(cpu, site, timer, on.cpu, returned);
    }
    void wake(int cpu, Site site, TimerId timer, int target, Returned returned)
    {
        Record r = record(cpu, site, timer);
        r.kind = Kind::Raised;
        r.link = static_cast<std::uint32_t>(target);
        r.flags = flags(returned, false);
        emit<Kind::Raised>(r);
        this->m_wakes |= 1ull << target;
    }
    /// as detach_if_pending(): the last timer of a bucket leaves next_expiry to be searched again.
    void detach(int cpu, Site site, TimerId timer, Returned returned, bool more)
    {
        const Item& item = world().item(timer);
        const WheelId on = baseOf(timer);
        const SlotId slot = world().slotOf(timer);
        const bool isInBucket = slot.value < world().geometry().runList(on.cpu).value;
        const std::uint32_t before = world().cpu(on.cpu).expiryFlags(on.wheel);
        const bool setsRecalc =
            isInBucket && world().listAt(slot).count == 1 && (before & Record::recalcBit) == 0;
        Record r = record(cpu, site, timer);
        r.kind = Kind::Unqueued;
        r.slot = slot.value;
        r.link = world().next(timer).value;
        r.value = item.filedAt;
        r.before = item.expires;
        r.flags = flags(returned, more || setsRecalc);
        emit<Kind::Unqueued>(r);
        if (setsRecalc)
            setNextExpiry(on, site, timer, nextExpiry(on), before | Record::recalcBit, returned, more);
    }

    // ---- the clock of a wheel, and when it next has something due

    /// as forward_timer_base(): the clock of a wheel with nothing due stands still; filing brings it to jiffies, but
    /// not past what is due. More records follow.
    void forward(WheelId on, const CallOn& call, Returned returned)
    {
        const Jiffies now = world().clock().jiffies;
        if (word().signedDistance(now, clk(on)) < 1) return;
        const Jiffies next = nextExpiry(on);
        const Jiffies to = word().isAfter(next, now) ? now : next;
        if (!word().isAfter(to, clk(on))) return;
        set(on, on.wheel == 0 ? Register::Clk : Register::DefClk, Site::ForwardTimerBase, call.timer, clk(on), to,
            forwardLink(call.site, call.cpu), returned, true);
    }
    /// as collect_expired_timers(): the buckets of all levels that are due at next_expiry.
    void collect(WheelId on)
    {
        const Geometry& g = world().geometry();
        if (clk(on) != nextExpiry(on)) setClock(on, Site::CollectExpired, nextExpiry(on), Returned::Nothing, false);
        Jiffies position = clk(on);
        for (int l = 0; l < g.levels; ++l) {
            const SlotId slot = g.slotOn(on.cpu, on.wheel, l, static_cast<std::uint32_t>(position) & 63);
            if (world().isOccupied(slot)) take(on.cpu, slot);
            if ((position & 7) != 0) return;
            position >>= 3;
        }
    }
    void take(int cpu, SlotId slot)
    {
        Record r = record(cpu, Site::RunTimers, TimerId::none());
        r.kind = Kind::Spliced;
        r.slot = slot.value;
        r.link = world().listAt(slot).count;
        emit<Kind::Spliced>(r);
    }
    void search(WheelId on, Site site, bool more)
    {
        const Jiffies found = searchNextExpiry(world(), on.cpu, on.wheel);
        const bool isAny = found != word().add(clk(on), nextTimerMaxDelta);
        setNextExpiry(on, site, TimerId::none(), found, isAny ? Record::timersPendingBit : 0, Returned::Nothing, more);
    }
    void setClock(WheelId on, Site site, Jiffies to, Returned returned, bool more)
    {
        set(on, on.wheel == 0 ? Register::Clk : Register::DefClk, site, TimerId::none(), clk(on), to, 0, returned, more);
    }
    void setNextExpiry(WheelId on, Site site, TimerId timer, Jiffies to, std::uint32_t now, Returned returned, bool more)
    {
        const std::uint32_t link = Record::expiryLink(now, world().cpu(on.cpu).expiryFlags(on.wheel));
        set(on, on.wheel == 0 ? Register::NextExpiry : Register::DefNextExpiry, site, timer, nextExpiry(on), to, link,
            returned, more);
    }
    void setIsIdle(int cpu, Site site, bool is, bool more)
    {
        if (world().cpu(cpu).isWheelIdle == is) return;
        set({cpu, 0}, Register::IsIdle, site, TimerId::none(), is ? 0 : 1, is ? 1 : 0, 0, Returned::Nothing, more);
    }
    void set(WheelId on, Register which, Site site, TimerId timer, std::uint64_t from, std::uint64_t to, std::uint32_t link,
             Returned returned, bool more)
    {
        Record r = record(on.cpu, site, timer);
        r.kind = Kind::RegisterSet;
        r.slot = static_cast<std::uint32_t>(which);
        r.before = from;
        r.value = to;
        r.link = link;
        r.flags = flags(returned, more);
        emit<Kind::RegisterSet>(r);
    }
};

} // namespace jiffy::core
