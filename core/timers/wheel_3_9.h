// SPDX-License-Identifier: GPL-3.0-or-later
// The cascading timer wheel of Linux 3.9 (kernel/timer.c): its decisions, and nothing but decisions. State is
// read from a World and changed only by emitting records, so the same code runs the vectors, the window and
// every machine.
//
// A wheel has no list of its own: World holds all CPUs' wheels. What stands here besides is a cache that
// never changes an outcome: how many turns from each CPU's position on are known to find nothing
// (quietTurns()).
//
// Functions that hold the base lock in the original are one call here. __run_timers() is split where the
// original drops the lock, at each callback: beginTurn(), then fire() and leaveCallback() for each timer in
// the run list.
//
// Emitter: core/run/recorder.h (Recorder, PlainEmitter). One thread at a time.
#pragma once

#include "core/timers/calls.h"

#include <algorithm>
#include <array>
#include <bit>

namespace jiffy::core
{

/// The expiry that slack makes of the one asked for; as apply_slack(). Never before `asked`, and exactly
/// `asked` for automatic slack (-1) at delays below 256. The rounding mask is a 32-bit int whose shift count
/// is taken modulo 32, as on x86: where asked and limit differ in bit 32 or above, little or nothing is
/// rounded.
inline Jiffies applySlack(Word word, Jiffies jiffies, Jiffies asked, std::int32_t slack)
{
    if (slack == 0) return asked;
    std::uint64_t allowance = 0;
    if (slack > 0) {
        allowance = static_cast<std::uint64_t>(slack);
    } else {
        const std::int64_t delay = word.signedDistance(asked, jiffies);
        if (delay < 256) return asked;
        allowance = static_cast<std::uint64_t>(delay) / 256;
    }
    const Jiffies limit = word.add(asked, allowance);
    if (limit == asked) return asked;
    const int highest = static_cast<int>(std::bit_width(asked ^ limit)) - 1;
    // (1 << 31) - 1 overflows to INT_MAX in the original's int; the mask is never negative.
    const std::uint64_t mask = (1ull << (highest & 31)) - 1;
    return limit & ~mask;
}

/// As the search behind get_next_timer_interrupt(): the expiry of the first timer that is not deferrable,
/// with the original's shortcuts (SEMANTICS: the first of a tv1 slot, not the earliest; at most 2^30 - 1
/// after the position).
Jiffies searchNextTimer(const World& world, int cpu);

/// Turns of the loop in __run_timers() from the CPU's position on that would find nothing to move and nothing
/// to run; ~0 if its wheel is empty. O(levels), from the occupancy bits.
std::uint64_t countQuietTurns(const World& world, int cpu);

template <class Emitter> class Wheel39 : public TimerCalls<Emitter>
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

    explicit Wheel39(Emitter& emitter) : Base(emitter) {}

    // ---- calls; cpu is the executing CPU; expiries are reduced to the word; timers are defined
    // -----------------------

    /// add_timer(). A pending timer is a bug stop in the original: Refused.
    void addTimer(int cpu, TimerId timer, Jiffies expires)
    {
        if (world().item(timer).isPending()) return this->refuse(cpu, Site::AddTimer, timer, expires);
        fileWithSlack(cpu, Site::AddTimer, timer, expires, Returned::Nothing);
    }

    /// add_timer_on(): no slack; files on the target even if it is idle, and raises its wake-up every time.
    void addTimerOn(int cpu, TimerId timer, int target, Jiffies expires)
    {
        if (world().item(timer).isPending()) return this->refuse(cpu, Site::AddTimerOn, timer, expires);
        file(cpu, Site::AddTimerOn, timer, target, expires, 0, Returned::Nothing, this->hasNohz());
        if (!this->hasNohz()) return;
        Record r = record(cpu, Site::AddTimerOn, timer);
        r.kind = Kind::Raised;
        r.link = static_cast<std::uint32_t>(target);
        emit<Kind::Raised>(r);
        this->m_wakes |= 1ull << target;
    }

    /// mod_timer(): 1 if the timer was pending. Pending with the same expiry after slack: nothing is touched.
    Returned modTimer(int cpu, TimerId timer, Jiffies expires)
    {
        const Item& item = world().item(timer);
        const Jiffies effective = applySlack(word(), world().clock().jiffies, expires, item.slack);
        if (item.isPending() && item.expires == effective)
            return unchanged(cpu, Site::ModTimer, timer, expires, Returned::One);
        return moveTimer(cpu, Site::ModTimer, timer, expires, effective, targetOf(cpu));
    }

    /// mod_timer_pending(): no slack, no shortcut; a timer that is not pending stays so (0).
    Returned modTimerPending(int cpu, TimerId timer, Jiffies expires)
    {
        if (!world().item(timer).isPending())
            return unchanged(cpu, Site::ModTimerPending, timer, expires, Returned::Zero);
        return moveTimer(cpu, Site::ModTimerPending, timer, expires, expires, targetOf(cpu));
    }

    /// mod_timer_pinned(): no slack; never migrates to another CPU than the executing one.
    Returned modTimerPinned(int cpu, TimerId timer, Jiffies expires)
    {
        const Item& item = world().item(timer);
        if (item.isPending() && item.expires == expires)
            return unchanged(cpu, Site::ModTimerPinned, timer, expires, Returned::One);
        return moveTimer(cpu, Site::ModTimerPinned, timer, expires, expires, cpu);
    }

    /// __mod_timer() as schedule_timeout() calls it: no slack, not pinned.
    Returned startTimer(int cpu, TimerId timer, Jiffies expires)
    {
        return moveTimer(cpu, Site::ScheduleTimeout, timer, expires, expires, targetOf(cpu));
    }

    /// 3.9 has no timer_reduce(): what it does, done with mod_timer().
    Returned reduceTimer(int cpu, TimerId timer, Jiffies expires)
    {
        const Item& item = world().item(timer);
        if (item.isPending() && word().isAfterOrEqual(expires, item.expires))
            return unchanged(cpu, Site::ModTimer, timer, expires, Returned::One);
        return modTimer(cpu, timer, expires);
    }

    /// del_timer(): 1 if it was pending. Does not look at whether it is running.
    Returned delTimer(int cpu, TimerId timer) { return remove(cpu, Site::DelTimer, timer); }

    /// try_to_del_timer_sync(): -1 if its callback is running.
    Returned tryToDelTimerSync(int cpu, TimerId timer)
    {
        if (isRunning(timer)) return unchanged(cpu, Site::TryToDelTimerSync, timer, 0, Returned::MinusOne);
        return remove(cpu, Site::TryToDelTimerSync, timer);
    }

    /// get_next_timer_interrupt(jiffies). May search next_timer anew.
    NextDue nextInterrupt(int cpu)
    {
        const CpuState& c = world().cpu(cpu);
        const Jiffies now = world().clock().jiffies;
        Jiffies answer = word().add(now, nextTimerMaxDelta);
        if (c.activeTimers != 0) {
            if (word().isAfterOrEqual(c.timerJiffies, c.nextTimer))
                setNextTimer(cpu, Site::NextInterrupt, TimerId::none(), searchNextTimer(world(), cpu),
                             Returned::Nothing, true);
            answer = c.nextTimer;
        }
        if (word().isAfterOrEqual(now, answer)) answer = now;
        Record r = record(cpu, Site::NextInterrupt, TimerId::none());
        r.kind = Kind::Noted;
        r.value = answer;
        emit<Kind::Noted>(r);
        return {answer, c.activeTimers == 0};
    }

    /// Leaving idle changes nothing in the wheel.
    void leaveIdle(int) {}

    // ---- time: what the machine asks for

    /// Ticks that find nothing on any CPU of the mask, at most `count`: passed over. Returns how many.
    std::uint64_t passTicks(std::uint64_t count, std::uint64_t cpus)
    {
        const Jiffies next = word().add(world().clock().jiffies, 1);
        for (std::uint64_t rest = cpus; rest != 0 && count != 0; rest &= rest - 1) {
            const int c = std::countr_zero(rest);
            const bool settled = turnsDue(c) == 0 && world().cpu(c).timerJiffies == next;
            count = settled ? std::min(count, quietTurns(c)) : 0;
        }
        if (count != 0) pass(Site::Tick, cpus, count);
        return count;
    }
    /// The CPU's softirq would find something to do.
    bool isBusy(int cpu)
    {
        const std::uint64_t due = turnsDue(cpu);
        return due != 0 && quietTurns(cpu) < due;
    }
    /// The first CPU of those in `cpus` from `from` on that has work in the present tick; those before it that find
    /// nothing are passed together. The number of CPUs if there is none.
    int nextBusyCpu(int from, std::uint64_t cpus)
    {
        std::uint64_t mask = 0;
        std::uint64_t turns = 0;
        for (; from < world().cpuCount(); ++from) {
            if ((cpus >> from & 1) == 0) continue;
            const std::uint64_t due = turnsDue(from);
            if (due == 0) continue;
            if (quietTurns(from) < due) break;
            if (mask != 0 && due != turns) {
                pass(Site::RunTimers, mask, turns);
                mask = 0;
            }
            mask |= 1ull << from;
            turns = due;
        }
        if (mask != 0) pass(Site::RunTimers, mask, turns);
        return from;
    }
    /// Passes the turns that find nothing and begins the next one. False: the softirq has done all its turns.
    bool beginTurn(int cpu, int&)
    {
        passQuietTurns(cpu);
        if (turnsDue(cpu) == 0) return false;
        beginTurn(cpu);
        return true;
    }
    /// As TimerCalls says.
    std::uint64_t movesAhead(int cpu)
    {
        passQuietTurns(cpu);
        std::uint64_t moves = 0;
        if (turnsDue(cpu) == 0) return moves;
        forEachCascade(cpu, [&](int level, std::uint32_t slot) { moves += world().listAt(world().geometry().slot(cpu, level, slot)).count; });
        return moves;
    }

    // ---- __run_timers(), in its pieces
    // -------------------------------------------------------------------------------

    /// Turns from the position on that are known to find nothing; 0: the turn at the position has work.
    std::uint64_t quietTurns(int cpu)
    {
        auto& quiet = m_quiet[static_cast<std::size_t>(cpu)];
        if (quiet == 0) quiet = countQuietTurns(world(), cpu);
        return quiet;
    }
    /// Turns that the loop has still to do: positions up to and including jiffies.
    std::uint64_t turnsDue(int cpu) const
    {
        const auto behind = word().signedDistance(world().clock().jiffies, world().cpu(cpu).timerJiffies);
        return behind < 0 ? 0 : static_cast<std::uint64_t>(behind) + 1;
    }
    /// Ticks or turns that find nothing. REQUIRES: count <= quietTurns() of every CPU in the mask.
    void pass(Site site, std::uint64_t cpus, std::uint64_t count)
    {
        m_emitter.pass(OpenRun{count, cpus, site});
        for (std::uint64_t rest = cpus; rest != 0; rest &= rest - 1)
            m_quiet[static_cast<std::size_t>(std::countr_zero(rest))] -= count;
    }
    void passQuietTurns(int cpu)
    {
        if (const std::uint64_t quiet = std::min(turnsDue(cpu), quietTurns(cpu)); quiet != 0)
            pass(Site::RunTimers, 1ull << cpu, quiet);
    }
    /// The slots that the turn at the CPU's position empties first: each level's, while the hand below stands at 0.
    template <class F> void forEachCascade(int cpu, F&& f)
    {
        const Geometry& g = world().geometry();
        const Jiffies position = world().cpu(cpu).timerJiffies;
        if (g.level[0].indexOf(position) != 0) return;
        for (int l = 1; l < g.levels; ++l) {
            const std::uint32_t slot = g.level[static_cast<std::size_t>(l)].indexOf(position);
            f(l, slot);
            if (slot != 0) return;
        }
    }
    /// One turn with work, up to the first callback: cascades, position + 1, takes the tv1 slot.
    void beginTurn(int cpu)
    {
        const Geometry& g = world().geometry();
        const Jiffies position = world().cpu(cpu).timerJiffies;
        const std::uint32_t index = g.level[0].indexOf(position);
        forEachCascade(cpu, [&](int level, std::uint32_t slot) { cascade(cpu, level, slot); });
        Record r = record(cpu, Site::RunTimers, TimerId::none());
        r.kind = Kind::RegisterSet;
        r.slot = static_cast<std::uint32_t>(Register::TimerJiffies);
        r.before = position;
        r.value = word().add(position, 1);
        emit<Kind::RegisterSet>(r);
        splice(cpu, Site::RunTimers, g.slot(cpu, 0, index));
        m_quiet[static_cast<std::size_t>(cpu)] = 0;
    }
    bool hasDue(int cpu) const { return world().isOccupied(world().geometry().runList(cpu)); }
    /// Takes the first timer of the run list for its call. REQUIRES: hasDue(cpu).
    TimerId fire(int cpu)
    {
        const Geometry& g = world().geometry();
        const TimerId timer = world().listAt(g.runList(cpu)).first;
        const Item& item = world().item(timer);
        Record r = record(cpu, Site::RunTimers, timer);
        r.kind = Kind::Fired;
        r.slot = g.slot(cpu, 0, g.level[0].indexOf(world().cpu(cpu).timerJiffies - 1)).value;
        r.value = item.filedAt;
        r.before = item.expires;
        emit<Kind::Fired>(r);
        return timer;
    }

  private:
    template <Kind K> void emit(const Record& r) { m_emitter.template emit<K>(r); }
    bool isRunning(TimerId timer) const { return world().cpu(world().item(timer).cpu).running == timer; }

    [[gnu::always_inline]] void fileWithSlack(int cpu, Site site, TimerId timer, Jiffies asked, Returned returned)
    {
        const Jiffies effective =
            applySlack(word(), world().clock().jiffies, asked, world().item(timer).slack);
        file(cpu, site, timer, baseFor(timer, targetOf(cpu)), effective,
             askedMore(cpu, timer, asked, effective), returned, false);
    }
    /// A timer whose callback is running stays on the wheel that runs it.
    int baseFor(TimerId timer, int target) const
    {
        const int base = world().item(timer).cpu;
        if (base == target) [[likely]] return target;
        return world().cpu(base).running == timer ? base : target;
    }

    /// as __mod_timer(): takes the timer off where it is, files it anew.
    [[gnu::always_inline]] Returned moveTimer(int cpu, Site site, TimerId timer, Jiffies asked, Jiffies effective, int target)
    {
        const std::uint64_t slackAdded = askedMore(cpu, timer, asked, effective);
        const bool wasPending = world().item(timer).isPending();
        const Returned returned = wasPending ? Returned::One : Returned::Zero;
        if (wasPending) detach(cpu, site, timer, returned, true);
        file(cpu, site, timer, baseFor(timer, target), effective, slackAdded, returned, false);
        return returned;
    }
    [[gnu::always_inline]] Returned remove(int cpu, Site site, TimerId timer)
    {
        if (!world().item(timer).isPending()) return unchanged(cpu, site, timer, 0, Returned::Zero);
        detach(cpu, site, timer, Returned::One, false);
        return Returned::One;
    }

    /// Jiffies that slack added; what a Queued cannot hold is said by a note in front of it.
    std::uint64_t askedMore(int cpu, TimerId timer, Jiffies asked, Jiffies effective)
    {
        const std::uint64_t added = word().distance(effective, asked);
        if (added >= Record::slackTooFar) noteSlack(cpu, timer, asked);
        return added;
    }
    [[gnu::noinline, gnu::cold]] void noteSlack(int cpu, TimerId timer, Jiffies asked)
    {
        Record r = record(cpu, Site::SlackAsked, timer);
        r.kind = Kind::Noted;
        r.value = asked;
        r.flags = flags(Returned::Nothing, true);
        emit<Kind::Noted>(r);
    }

    /// as detach_if_pending(): next_timer falls back to the position if the timer's expiry equals it.
    [[gnu::always_inline]] void detach(int cpu, Site site, TimerId timer, Returned returned, bool more)
    {
        const Item& item = world().item(timer);
        const int base = item.cpu;
        // Asked twice, as the record must tell beforehand: without a log the second asking is all that is left.
        const auto resets = [&] { return item.expires == world().cpu(base).nextTimer && !item.isDeferrable(); };
        Record r = record(cpu, site, timer);
        r.kind = Kind::Unqueued;
        r.slot = world().slotOf(timer).value;
        r.link = world().next(timer).value;
        r.value = item.filedAt;
        r.before = item.expires;
        r.flags = flags(returned, more || resets());
        emit<Kind::Unqueued>(r);
        m_quiet[static_cast<std::size_t>(base)] = 0; // more may be quiet now
        if (resets()) setNextTimer(base, site, timer, world().cpu(base).timerJiffies, returned, more);
    }
    /// as internal_add_timer(): into its slot, at the tail; next_timer is lowered if the expiry is strictly
    /// before it.
    [[gnu::always_inline]] void file(int cpu, Site site, TimerId timer, int target, Jiffies expires,
                                     std::uint64_t slackAdded, Returned returned, bool more)
    {
        const Item& item = world().item(timer);
        const CpuState& base = world().cpu(target);
        const auto lowers = [&] { return word().isBefore(expires, base.nextTimer) && !item.isDeferrable(); };
        Record r = record(cpu, site, timer);
        r.kind = Kind::Queued;
        r.slot = static_cast<std::uint32_t>(target) * world().geometry().slotsPerCpu +
                 slotWithin(world().geometry(), expires, base.timerJiffies);
        r.value = expires;
        r.before = item.expires;
        r.link = Record::queuedLink(item.cpu, slackAdded);
        r.flags = flags(returned, more || lowers());
        m_emitter.emitQueued(r, target);
        m_quiet[static_cast<std::size_t>(target)] = 0;
        if (lowers()) setNextTimer(target, site, timer, expires, returned, more);
    }
    void setNextTimer(int cpu, Site site, TimerId timer, Jiffies value, Returned returned, bool more)
    {
        Record r = record(cpu, site, timer);
        r.kind = Kind::RegisterSet;
        r.slot = static_cast<std::uint32_t>(Register::NextTimer);
        r.before = world().cpu(cpu).nextTimer;
        r.value = value;
        r.flags = flags(returned, more);
        emit<Kind::RegisterSet>(r);
    }

    /// as cascade(): empties a slot and files each of its timers anew, in list order.
    void cascade(int cpu, int level, std::uint32_t index)
    {
        const Geometry& g = world().geometry();
        const SlotId source = g.slot(cpu, level, index);
        splice(cpu, Site::Cascade, source);
        const SlotId list = g.cascadeList(cpu);
        const Jiffies position = world().cpu(cpu).timerJiffies;
        for (TimerId timer = world().listAt(list).first; timer.isValid();
             timer = world().listAt(list).first) {
            const Item& item = world().item(timer);
            Record r = record(cpu, Site::Cascade, timer);
            r.kind = Kind::Moved;
            r.slot = static_cast<std::uint32_t>(cpu) * g.slotsPerCpu + slotWithin(g, item.expires, position);
            r.link = source.value;
            r.value = item.filedAt;
            r.before = item.expires;
            emit<Kind::Moved>(r);
        }
    }
    void splice(int cpu, Site site, SlotId slot)
    {
        Record r = record(cpu, site, TimerId::none());
        r.kind = Kind::Spliced;
        r.slot = slot.value;
        r.link = world().listAt(slot).count;
        emit<Kind::Spliced>(r);
    }

    std::array<std::uint64_t, 64> m_quiet{}; ///< per CPU; 0: not known
};

} // namespace jiffy::core
