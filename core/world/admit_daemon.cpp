// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/world/admit_daemon.h"

namespace jiffy::core
{

namespace
{

class DaemonCheck
{
  public:
    DaemonCheck(const Record& r, const World& world) : m_r(r), m_w(world), m_d(world.daemon()) {}

    const char* run() const
    {
        if (m_r.kind == Kind::Defined) return defined();
        if (m_r.item.isValid() && !m_w.isDefined(m_r.item)) return "the timer is not defined";
        switch (m_r.kind) {
        case Kind::ClockSet: return clockSet();
        case Kind::Entered: return entered();
        case Kind::Left: return left();
        case Kind::Raised: return m_r.site == Site::Alarm && m_r.link == 0 ? nullptr : "only the alarm is raised here";
        case Kind::Queued: return queued();
        case Kind::Unqueued: return unqueued();
        case Kind::Moved: return moved();
        case Kind::Spliced: return spliced();
        case Kind::Fired: return fired();
        case Kind::RegisterSet: return registerSet();
        case Kind::Refused: return m_r.item.isValid() ? nullptr : "a timer is missing";
        case Kind::Noted: return nullptr;
        default: return "tgtd has no such events";
        }
    }

  private:
    const Item& item() const { return m_w.item(m_r.item); }
    bool isList(SlotId s) const { return m_w.geometry().place(s).list != Place::List::None; }

    const char* defined() const
    {
        if (!m_r.item.isValid()) return "a timer is missing";
        return m_w.isDefined(m_r.item) ? "the timer is defined already" : nullptr;
    }
    const char* clockSet() const
    {
        if (m_r.site == Site::SubTick) {
            if (m_r.value >= 1000) return "a microsecond has 1000 ns";
            return m_r.before != m_w.clock().offset ? "the offset was another" : nullptr;
        }
        if (m_r.site != Site::Wait && m_r.site != Site::Burn) return "time passes in epoll_wait or while something runs";
        if (m_r.before != m_w.clock().jiffies) return "the clock had another value";
        if (m_r.value < m_r.before || m_r.value - m_r.before != m_r.ticks()) return "the clock moved by another number of ticks";
        return nullptr;
    }

    // ---- where the thread stands: what is entered was not, and the other way round

    const char* entered() const
    {
        switch (m_r.site) {
        case Site::RunTimerSoftirq: return "tgtd has no softirq";
        case Site::IoHandler:
            if (!m_r.item.isValid()) return "a timer is missing";
            return m_d.source.isValid() ? "another handler runs" : nullptr;
        case Site::AddWork:
            if (!m_r.item.isValid()) return "a timer is missing";
            return m_d.adding.isValid() ? "another item is being added" : nullptr;
        default: break;
        }
        const bool* flag = flagOf(m_r.site);
        return flag != nullptr && *flag ? "this has been entered already" : nullptr;
    }
    const char* left() const
    {
        switch (m_r.site) {
        case Site::RunTimerSoftirq: return "tgtd has no softirq";
        case Site::Callback:
            return !m_r.item.isValid() || m_w.cpu(m_r.cpu).running != m_r.item ? "the timer's function does not run" : nullptr;
        case Site::IoHandler: return !m_r.item.isValid() || m_d.source != m_r.item ? "its handler does not run" : nullptr;
        case Site::AddWork: return !m_r.item.isValid() || m_d.adding != m_r.item ? "it is not being added" : nullptr;
        default: break;
        }
        const bool* flag = flagOf(m_r.site);
        return flag != nullptr && !*flag ? "this was not entered" : nullptr;
    }
    /// What World::apply() keeps of a function that is entered and left; null: nothing.
    const bool* flagOf(Site site) const
    {
        switch (site) {
        case Site::EpollWait: return &m_d.isWaiting;
        case Site::WorkTimerSigHandler: return &m_d.isInSignal;
        case Site::ExecuteWork:
        case Site::Schedule: return &m_d.isInPass;
        case Site::WorkTimerScheduleEvt: return &m_d.isNotifying;
        case Site::WorkTimerStart: return &m_d.isStarting;
        case Site::WorkTimerStop: return &m_d.isStopping;
        case Site::SlowCall: return &m_d.isInSlowCall;
        case Site::ExecScheduled: return &m_d.isInScheduled;
        default: return nullptr;
        }
    }

    // ---- lists

    const char* pendingIn(SlotId list) const
    {
        if (!m_r.item.isValid()) return "a timer is missing";
        if (!item().isPending()) return "the timer is not pending";
        if (m_w.slotOf(m_r.item) != list) return "the timer stands elsewhere";
        return m_r.before != item().expires ? "the timer had another expiry" : nullptr;
    }
    const char* firstOf(SlotId list) const
    {
        if (const char* why = pendingIn(list)) return why;
        if (m_r.value != 0) return "tgtd's lists know no position of filing";
        return m_w.listAt(list).first != m_r.item ? "the timer is not the first of its list" : nullptr;
    }
    const char* queued() const
    {
        if (!m_r.item.isValid()) return "a timer is missing";
        if (!isList(m_r.slotId())) return "there is no such list";
        if (item().isPending()) return "the timer is pending already";
        if (m_r.before != item().expires) return "the timer had another expiry";
        const TimerId behind(m_r.link);
        if (!behind.isValid()) return nullptr;
        if (!m_w.isDefined(behind) || !m_w.item(behind).isPending()) return "the timer that it stands before is not pending";
        return m_w.slotOf(behind) != m_r.slotId() ? "the timer that it stands before is in another list" : nullptr;
    }
    const char* unqueued() const
    {
        if (!isList(m_r.slotId())) return "there is no such list";
        if (const char* why = pendingIn(m_r.slotId())) return why;
        if (m_r.value != 0) return "tgtd's lists know no position of filing";
        return m_r.link != m_w.next(m_r.item).value ? "another timer stands behind it" : nullptr;
    }
    const char* moved() const
    {
        if (!isList(m_r.slotId()) || !isList(SlotId(m_r.link))) return "there is no such list";
        return firstOf(SlotId(m_r.link));
    }
    const char* spliced() const
    {
        const Geometry& g = m_w.geometry();
        if (m_r.site != Site::EpollWait || m_r.slotId() != g.readyList()) return "only epoll_wait takes a list, that of what is ready";
        if (m_w.listAt(g.returnedList()).count != 0) return "the list that it goes into is not empty";
        return m_w.listAt(m_r.slotId()).count != m_r.link ? "the list holds another number of timers" : nullptr;
    }
    const char* fired() const
    {
        const SlotId list = m_w.geometry().activeList();
        if (m_r.slotId() != list) return "funcs are called off the active list";
        if (m_w.cpu(m_r.cpu).running.isValid()) return "another timer's function runs";
        return firstOf(list);
    }

    // ---- registers

    /// A register that holds `present`.
    const char* was(std::uint64_t present, std::uint64_t largest = ~0ull) const
    {
        if (m_r.value > largest) return "the value is too large for the register";
        return m_r.before != present ? "the register had another value" : nullptr;
    }
    const char* registerSet() const
    {
        if (m_r.slot >= static_cast<std::uint32_t>(Register::Clk)) return "there is no such register";
        switch (static_cast<Register>(m_r.slot)) {
        case Register::WallStep: return was(m_d.wallStep);
        case Register::TimerPending: return was(m_d.timerPending, 1);
        case Register::PipeBytes: return was(m_d.pipeBytes);
        case Register::WorkJiffies: return was(m_d.jiffies);
        case Register::AlarmSince: return was(m_d.alarmSince);
        case Register::AlarmBlocked: return was(m_d.isAlarmBlocked, 1);
        case Register::ReadFd: return was(m_d.readFd, 0x7FFF'FFFFu);
        case Register::WriteFd: return was(m_d.writeFd, 0x7FFF'FFFFu);
        case Register::PipeEnds: return was(m_d.pipeEnds, 3);
        case Register::PipePolled: return was(m_d.isPipePolled, 1);
        case Register::TimerStarted: return was(m_d.isTimerStarted, 1);
        case Register::SchedLeft: return was(m_d.schedLeft);
        case Register::SystemActive: return was(m_d.isShuttingDown ? 0 : 1, 1);
        case Register::Expirations: return was(m_d.expirations);
        case Register::TimerNow: return was(m_d.timerNow);
        default: return "tgtd has no such register";
        }
    }

    const Record& m_r;
    const World& m_w;
    const DaemonState& m_d;
};

} // namespace

const char* whyNotApplicableToDaemon(const Record& r, const World& world) { return DaemonCheck(r, world).run(); }

} // namespace jiffy::core
