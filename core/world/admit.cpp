// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/world/admit.h"

#include "core/world/admit_daemon.h"
#include "core/world/admit_kernel.h"

namespace jiffy::core
{

namespace
{

class Check
{
  public:
    Check(const Record& r, const World& world, std::size_t timers) : m_r(r), m_w(world), m_timers(timers) {}

    const char* run() const
    {
        if (m_r.cpu >= m_w.cpuCount()) return "there is no such CPU";
        if (m_r.item.isValid() && m_r.item.value >= m_timers) return "there is no such timer";
        if (m_w.geometry().isDaemon) return whyNotApplicableToDaemon(m_r, m_w);
        switch (m_r.kind) {
        case Kind::Passed: return passed();
        case Kind::ClockSet: return clockSet();
        case Kind::Entered:
        case Kind::Left: return enteredOrLeft();
        case Kind::Raised:
            if (isOfKernel(m_r.site)) return whyNotApplicableToKernel(m_r, m_w);
            return m_r.link >= cpus() ? "there is no such CPU to wake" : nullptr;
        case Kind::Defined: return defined();
        case Kind::Queued: return queued();
        case Kind::Unqueued: return unqueued();
        case Kind::Moved: return moved();
        case Kind::Spliced: return spliced();
        case Kind::Fired: return fired();
        case Kind::RegisterSet: return registerSet();
        case Kind::ItemSet: return itemSet();
        case Kind::Counted: return known();
        default: return nullptr;
        }
    }

  private:
    std::uint32_t cpus() const { return static_cast<std::uint32_t>(m_w.cpuCount()); }
    bool fits(Jiffies j) const { return m_w.geometry().word.reduce(j) == j; }
    const CpuState& cpu() const { return m_w.cpu(m_r.cpu); }
    const Item& item() const { return m_w.item(m_r.item); }
    bool is(TimerAlgorithm a) const { return m_w.geometry().is(a); }
    /// Where timers are filed.
    bool isWheelSlot(SlotId s) const
    {
        const Place::List list = m_w.geometry().place(s).list;
        return list == Place::List::Slot || list == Place::List::Sorted;
    }
    /// 6.1: a slot of the wheel that the timer is for.
    bool isOfItsWheel(SlotId s) const
    {
        return !is(TimerAlgorithm::Wheel61) || m_w.geometry().place(s).wheel == (item().isDeferrable() ? 1 : 0);
    }

    const char* passed() const
    {
        if (m_r.site == Site::Asleep && (!m_w.kernel().isThere() || m_r.before != 0)) return "no machine can sleep here";
        if (m_w.kernel().isThere() && m_r.site != Site::RunTimers) {
            if (const char* why = whyNoTicksPass(m_r.value, m_w)) return why;
        }
        if (m_r.site == Site::Asleep) return m_r.value == 0 ? "no tick passed" : nullptr;
        if (m_r.site != Site::Tick && m_r.site != Site::RunTimers) return "only ticks and turns can pass";
        if (m_r.value == 0) return "no tick passed";
        if (cpus() < 64 && m_r.before >> cpus() != 0) return "there is no such CPU";
        if (m_r.site != Site::Tick) return nullptr;
        if (m_w.clock().ticks + m_r.value < m_r.value) return "too many ticks";
        const Jiffies due = m_w.geometry().word.add(m_w.clock().jiffies, 1);
        for (std::uint64_t rest = m_r.before; rest != 0; rest &= rest - 1) {
            if (m_w.cpu(__builtin_ctzll(rest)).timerJiffies != due) return "a CPU is not at the next jiffy";
        }
        return nullptr;
    }
    const char* clockSet() const
    {
        if (m_r.site == Site::SubTick && m_w.kernel().isThere()) return "time passes otherwise here";
        if (m_r.site == Site::SubTick) return m_r.before != m_w.clock().offset ? "the offset was another" : nullptr;
        if (m_w.kernel().isThere()) return kernelClockSet();
        if (m_r.before != m_w.clock().jiffies) return "jiffies had another value";
        if (m_w.geometry().word.add(m_r.before, m_r.ticks()) != m_r.value) return "the clock moved by another number of ticks";
        if (m_w.clock().ticks + m_r.ticks() < m_r.ticks()) return "too many ticks";
        return nullptr;
    }
    const char* kernelClockSet() const
    {
        if (m_r.site == Site::TimePasses) {
            if (m_r.before != static_cast<std::uint64_t>(m_w.now())) return "it was another time";
            if (m_r.value < m_r.before || m_r.value > static_cast<std::uint64_t>(INT64_MAX)) return "time cannot go there";
            const auto ticks = m_w.hz().ticksUntil(static_cast<Nanoseconds>(m_r.value));
            return ticks - m_w.clock().ticks != m_r.ticks() ? "another number of ticks passed" : nullptr;
        }
        if (m_r.before != m_w.clock().jiffies) return "jiffies had another value";
        if (m_r.site != Site::Tick && m_r.site != Site::UpdateJiffies) return "only a tick moves jiffies";
        if (m_r.ticks() > (m_r.site == Site::Tick ? 1u : 0u)) return "the clock moved by another number of ticks";
        if (const char* why = whyNoTicksPass(m_r.ticks(), m_w)) return why;
        return fits(m_r.value) ? nullptr : "jiffies do not fit into the word";
    }
    const char* enteredOrLeft() const
    {
        const bool entered = m_r.kind == Kind::Entered;
        if (isOfDaemon(m_r.site)) return "this is tgtd's";
        if (isOfKernel(m_r.site)) return whyNotApplicableToKernel(m_r, m_w);
        if (m_r.site == Site::RunTimerSoftirq && entered && m_w.kernel().isThere() && !m_w.kernel().cpu(m_r.cpu).isSoftirqPending)
            return "the softirq was not raised";
        if (m_r.site == Site::RunTimerSoftirq && cpu().inSoftirq == entered) {
            return entered ? "the softirq runs already" : "the softirq does not run";
        }
        if (!entered && m_r.site == Site::Callback && (!m_r.item.isValid() || cpu().running != m_r.item)) {
            return "the timer's function does not run";
        }
        return nullptr;
    }
    const char* defined() const
    {
        if (!m_r.item.isValid()) return "a timer is missing";
        if (m_w.isDefined(m_r.item)) return "the timer is defined already";
        return nullptr;
    }
    const char* known() const
    {
        if (!m_r.item.isValid()) return "a timer is missing";
        return m_w.isDefined(m_r.item) ? nullptr : "the timer is not defined";
    }
    /// A timer that stands in a list, with the values that taking it off overwrites.
    const char* pending(SlotId where) const
    {
        if (const char* why = known()) return why;
        if (!item().isPending()) return "the timer is not pending";
        if (m_w.slotOf(m_r.item) != where) return "the timer stands elsewhere";
        if (m_r.value != item().filedAt) return "the timer was filed at another position";
        if (m_r.before != item().expires) return "the timer had another expiry";
        return nullptr;
    }
    const char* queued() const
    {
        if (const char* why = known()) return why;
        if (item().isPending()) return "the timer is pending already";
        if (!isWheelSlot(m_r.slotId())) return "there is no such slot";
        if (!isOfItsWheel(m_r.slotId())) return "the timer is not for this wheel";
        if (m_r.before != item().expires) return "the timer had another expiry";
        if (is(TimerAlgorithm::SortedList)) {
            const TimerId behind(m_r.link);
            if (behind.isValid() && (!m_w.isDefined(behind) || m_w.slotOf(behind) != m_r.slotId()))
                return "the timer that it goes before is not in the list";
        } else if (m_r.oldCpu() != item().cpu) {
            return "the timer belonged to another CPU";
        }
        return fits(m_r.value) ? nullptr : "the expiry does not fit into the word";
    }
    const char* itemSet() const
    {
        if (!is(TimerAlgorithm::Wheel61)) return "only the wheel of 6.1 changes an expiry in its place";
        if (const char* why = known()) return why;
        if (!item().isPending() || m_w.slotOf(m_r.item) != m_r.slotId()) return "the timer stands elsewhere";
        if (m_r.before != item().expires) return "the timer had another expiry";
        if (m_r.link != item().filedAt) return "the timer was filed at another position";
        return fits(m_r.value) ? nullptr : "the expiry does not fit into the word";
    }
    const char* unqueued() const
    {
        if (const char* why = pending(m_r.slotId())) return why;
        return m_r.link != m_w.next(m_r.item).value ? "another timer stands behind it" : nullptr;
    }
    const char* firstOf(SlotId list) const
    {
        if (const char* why = pending(list)) return why;
        return m_w.listAt(list).first != m_r.item ? "the timer is not the first of its list" : nullptr;
    }
    const char* moved() const
    {
        if (!m_w.geometry().hasCascades()) return "this wheel has no cascades";
        if (!isWheelSlot(m_r.slotId()) || !isWheelSlot(SlotId(m_r.link))) return "there is no such slot";
        return firstOf(m_w.geometry().cascadeList(m_r.cpu));
    }
    const char* fired() const
    {
        if (!isWheelSlot(m_r.slotId())) return "there is no such slot";
        if (cpu().running.isValid()) return "another timer's function runs";
        const Geometry& g = m_w.geometry();
        if (!is(TimerAlgorithm::Wheel61)) return firstOf(g.runList(m_r.cpu));
        return firstOf(g.runList(m_r.cpu, g.place(m_r.slotId()).level));
    }
    const char* spliced() const
    {
        if (m_r.site != Site::Cascade && m_r.site != Site::RunTimers) return "only cascades and turns take a slot";
        const Geometry& g = m_w.geometry();
        if (m_r.site == Site::Cascade && !g.hasCascades()) return "this wheel has no cascades";
        const Place from = g.place(m_r.slotId());
        if (from.list != Place::List::Slot || from.cpu != m_r.cpu) return "there is no such slot";
        const SlotId runList = is(TimerAlgorithm::Wheel61) ? g.runList(m_r.cpu, from.level) : g.runList(m_r.cpu);
        const SlotId into = m_r.site == Site::Cascade ? g.cascadeList(m_r.cpu) : runList;
        if (m_w.listAt(into).count != 0) return "the list that it goes into is not empty";
        return m_w.listAt(m_r.slotId()).count != m_r.link ? "the slot holds another number of timers" : nullptr;
    }
    const char* registerSet() const
    {
        if (m_r.slot >= static_cast<std::uint32_t>(registerCount)) return "there is no such register";
        if (isOfKernel(static_cast<Register>(m_r.slot))) return whyNotApplicableToKernel(m_r, m_w);
        if (!fits(m_r.value)) return "the value does not fit into the word";
        const bool isModern = m_r.slot >= static_cast<std::uint32_t>(Register::Clk);
        const bool isOfWheel = static_cast<Register>(m_r.slot) != Register::Idle;
        if (isModern != is(TimerAlgorithm::Wheel61) && isOfWheel) return "there is no such register";
        if (m_r.site == Site::ForwardTimerBase) {
            if (const char* why = known()) return why;
            if ((m_r.link >> 8 & 0xff) >= cpus()) return "there is no such CPU";
        }
        switch (static_cast<Register>(m_r.slot)) {
        case Register::TimerJiffies: return m_r.before != cpu().timerJiffies ? "timer_jiffies had another value" : nullptr;
        case Register::NextTimer: return m_r.before != cpu().nextTimer ? "next_timer had another value" : nullptr;
        case Register::Idle:
            if (m_r.value > 1) return "idle is 0 or 1";
            return (m_r.before != 0) != cpu().idle ? "idle had another value" : nullptr;
        case Register::Clk: return m_r.before != cpu().timerJiffies ? "clk had another value" : nullptr;
        case Register::DefClk: return m_r.before != cpu().defClk ? "clk had another value" : nullptr;
        case Register::NextExpiry: return nextExpiry(0);
        case Register::DefNextExpiry: return nextExpiry(1);
        case Register::IsIdle:
            if (m_r.value > 1) return "is_idle is 0 or 1";
            return (m_r.before != 0) != cpu().isWheelIdle ? "is_idle had another value" : nullptr;
        default: break;
        }
        return "there is no such register";
    }

    const char* nextExpiry(int wheel) const
    {
        constexpr std::uint32_t all = Record::recalcBit | Record::timersPendingBit;
        if (m_r.before != cpu().nextExpiry(wheel)) return "next_expiry had another value";
        if (m_r.expiryFlagsBefore() != cpu().expiryFlags(wheel)) return "its flags had other values";
        return (m_r.expiryFlags() & ~all) != 0 || m_r.link >> 16 != 0 ? "there are no such flags" : nullptr;
    }

    const Record& m_r;
    const World& m_w;
    std::size_t m_timers;
};

} // namespace

const char* whyNotApplicable(const Record& r, const World& world, std::size_t timers)
{
    return Check(r, world, timers).run();
}

} // namespace jiffy::core
