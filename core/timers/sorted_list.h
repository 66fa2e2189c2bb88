// SPDX-License-Identifier: GPL-3.0-or-later
// The doubly linked list sorted by expiry that Linux kept before January 1997: its decisions, and nothing but decisions.
// Adding walks from the head to the first timer that expires later, deleting unlinks, a tick looks at the head. Equal
// expiries stay in the order of adding. What that kernel did not have is taken from what came later, so that the same
// inputs run on it: a list for each CPU, mod_timer() and its relatives, return values. It has no slack, knows no
// deferrable timers, and files a timer with the CPU that arms it.
//
// The walk is told by its number of comparisons (Counted, whose link says for which call); SortedIndex finds the place
// without it. Ticks from now, as a signed word, decide what is later, so half the word and more is the past.
//
// Emitter: core/run/recorder.h (Recorder, PlainEmitter). One thread at a time.
#pragma once

#include "core/timers/calls.h"
#include "core/timers/sorted_index.h"

#include <algorithm>

namespace jiffy::core
{

template <class Emitter> class SortedList : public TimerCalls<Emitter>
{
    using Base = TimerCalls<Emitter>;
    using Base::flags;
    using Base::m_emitter;
    using Base::record;
    using Base::unchanged;
    using Base::word;
    using Base::world;

  public:
    explicit SortedList(Emitter& emitter) : Base(emitter), m_index(emitter.world()) {}

    // ---- calls; cpu is the executing CPU; expiries are reduced to the word; timers are defined

    void addTimer(int cpu, TimerId timer, Jiffies expires)
    {
        if (world().item(timer).isPending()) return this->refuse(cpu, Site::AddTimer, timer, expires);
        insert(cpu, Site::AddTimer, timer, cpu, expires, Returned::Nothing);
    }
    void addTimerOn(int cpu, TimerId timer, int target, Jiffies expires)
    {
        if (world().item(timer).isPending()) return this->refuse(cpu, Site::AddTimerOn, timer, expires);
        insert(cpu, Site::AddTimerOn, timer, target, expires, Returned::Nothing);
        if (world().kernel().isThere() && world().cpu(target).idle && this->hasNohz()) wake(cpu, timer, target);
    }
    /// Takes it off and walks again, even for the expiry that it has. 1 if it was pending.
    Returned modTimer(int cpu, TimerId timer, Jiffies expires) { return modify(cpu, Site::ModTimer, timer, expires); }
    Returned modTimerPending(int cpu, TimerId timer, Jiffies expires)
    {
        if (!world().item(timer).isPending())
            return unchanged(cpu, Site::ModTimerPending, timer, expires, Returned::Zero);
        return modify(cpu, Site::ModTimerPending, timer, expires);
    }
    /// As schedule_timeout() arms the timer of a sleeping process.
    Returned startTimer(int cpu, TimerId timer, Jiffies expires)
    {
        return modify(cpu, Site::ScheduleTimeout, timer, expires);
    }
    Returned modTimerPinned(int cpu, TimerId timer, Jiffies expires)
    {
        return modify(cpu, Site::ModTimerPinned, timer, expires);
    }
    Returned reduceTimer(int cpu, TimerId timer, Jiffies expires)
    {
        const Item& item = world().item(timer);
        if (item.isPending() && word().isAfterOrEqual(expires, item.expires))
            return unchanged(cpu, Site::TimerReduce, timer, expires, Returned::One);
        return modify(cpu, Site::TimerReduce, timer, expires);
    }
    Returned delTimer(int cpu, TimerId timer) { return remove(cpu, Site::DelTimer, timer); }
    Returned tryToDelTimerSync(int cpu, TimerId timer)
    {
        for (int c = 0; c < world().cpuCount(); ++c) {
            if (world().cpu(c).running == timer)
                return unchanged(cpu, Site::TryToDelTimerSync, timer, 0, Returned::MinusOne);
        }
        return remove(cpu, Site::TryToDelTimerSync, timer);
    }
    /// The head says it.
    NextDue nextInterrupt(int cpu)
    {
        const TimerId head = first(cpu);
        const Jiffies now = world().clock().jiffies;
        Record r = record(cpu, Site::NextInterrupt, TimerId::none());
        r.kind = Kind::Noted;
        r.value = head.isValid() && word().isAfter(world().item(head).expires, now) ? world().item(head).expires : now;
        r.before = head.isValid() ? 0 : 1;
        emit<Kind::Noted>(r);
        return {r.value, !head.isValid()};
    }
    void leaveIdle(int) {}

    // ---- time: what the machine asks for

    /// Ticks that find nothing on any CPU of the mask, at most `count`: passed over. Returns how many.
    std::uint64_t passTicks(std::uint64_t count, std::uint64_t cpus)
    {
        for (std::uint64_t rest = cpus; rest != 0 && count != 0; rest &= rest - 1) {
            const TimerId head = first(std::countr_zero(rest));
            if (!head.isValid()) continue;
            const auto ahead = word().signedDistance(world().item(head).expires, world().clock().jiffies);
            count = ahead <= 1 ? 0 : std::min(count, static_cast<std::uint64_t>(ahead) - 1);
        }
        if (count != 0) m_emitter.pass(OpenRun{count, 0, Site::Tick});
        return count;
    }
    bool isBusy(int cpu) const { return hasDue(cpu); }
    int nextBusyCpu(int from, std::uint64_t cpus) const
    {
        while (from < world().cpuCount() && ((cpus >> from & 1) == 0 || !hasDue(from))) ++from;
        return from;
    }
    bool beginTurn(int cpu, int&) { return hasDue(cpu); }
    bool hasDue(int cpu) const
    {
        const TimerId head = first(cpu);
        // Half the word away is the past, as where it was filed.
        return head.isValid() && word().signedDistance(world().item(head).expires, world().clock().jiffies) <= 0;
    }
    /// Takes the head for its call. REQUIRES: hasDue(cpu).
    TimerId fire(int cpu)
    {
        const TimerId timer = first(cpu);
        m_index.removing(cpu, timer);
        Record r = record(cpu, Site::RunTimers, timer);
        r.kind = Kind::Fired;
        r.slot = world().geometry().sortedList(cpu).value;
        r.before = world().item(timer).expires;
        emit<Kind::Fired>(r);
        return timer;
    }

  private:
    /// A CPU whose tick is stopped would not look at its list.
    void wake(int cpu, TimerId timer, int target)
    {
        Record r = record(cpu, Site::AddTimerOn, timer);
        r.kind = Kind::Raised;
        r.link = static_cast<std::uint32_t>(target);
        emit<Kind::Raised>(r);
        this->m_wakes |= 1ull << target;
    }
    template <Kind K> void emit(const Record& r) { m_emitter.template emit<K>(r); }
    TimerId first(int cpu) const { return world().listAt(world().geometry().sortedList(cpu)).first; }

    Returned modify(int cpu, Site site, TimerId timer, Jiffies expires)
    {
        const bool wasPending = world().item(timer).isPending();
        const Returned returned = wasPending ? Returned::One : Returned::Zero;
        if (wasPending) detach(cpu, site, timer, returned, true);
        insert(cpu, site, timer, cpu, expires, returned);
        return returned;
    }
    Returned remove(int cpu, Site site, TimerId timer)
    {
        if (!world().item(timer).isPending()) return unchanged(cpu, site, timer, 0, Returned::Zero);
        detach(cpu, site, timer, Returned::One, false);
        return Returned::One;
    }
    void insert(int cpu, Site site, TimerId timer, int target, Jiffies expires, Returned returned)
    {
        const auto ahead = word().signedDistance(expires, world().clock().jiffies);
        const SortedIndex::Found place = m_index.find(target, ahead);
        if (place.comparisons != 0) count(cpu, site, timer, place.comparisons, returned);
        Record r = record(cpu, site, timer);
        r.kind = Kind::Queued;
        r.slot = world().geometry().sortedList(target).value;
        r.value = expires;
        r.before = world().item(timer).expires;
        r.link = place.behind.value;
        r.flags = flags(returned, false);
        emit<Kind::Queued>(r);
        m_index.added(target, timer, ahead);
    }
    void count(int cpu, Site call, TimerId timer, std::uint64_t comparisons, Returned returned)
    {
        Record r = record(cpu, Site::Insert, timer);
        r.kind = Kind::Counted;
        r.value = comparisons;
        r.link = static_cast<std::uint32_t>(call);
        r.flags = flags(returned, true);
        emit<Kind::Counted>(r);
    }
    void detach(int cpu, Site site, TimerId timer, Returned returned, bool more)
    {
        const Item& item = world().item(timer);
        m_index.removing(static_cast<int>(item.cpu), timer);
        Record r = record(cpu, site, timer);
        r.kind = Kind::Unqueued;
        r.slot = world().slotOf(timer).value;
        r.link = world().next(timer).value;
        r.before = item.expires;
        r.flags = flags(returned, more);
        emit<Kind::Unqueued>(r);
    }

    SortedIndex m_index;
};

} // namespace jiffy::core
