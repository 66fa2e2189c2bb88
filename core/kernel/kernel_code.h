// SPDX-License-Identifier: GPL-3.0-or-later
// What code on a machine of CPUs can do, in a timer's function, an interrupt, a process or a call: timer calls, taking
// time, locks, sleeping. Each operation is carried out in stages, and between two of them another CPU may act; where it
// stands is kept in the frame that carries it out. Base of KernelMachine.
//
// msleep() is as in kernel/timer.c, del_timer_sync() as there with CONFIG_SMP, 3.9.
#pragma once

#include "core/kernel/kernel_tasks.h"

namespace jiffy::core
{

/// One operation, with everything that it needs resolved.
struct KernelOperation
{
    CallbackStep::What what = CallbackStep::What::Burn;
    TimerId timer;
    Jiffies expires = 0;      ///< absolute
    std::uint32_t target = 0; ///< CPU, lock or process
    std::uint64_t amount = 0; ///< ns or ms
};

/// What a call of the scenario does; its expiry is absolute.
inline KernelOperation operationOf(const Action& a)
{
    KernelOperation op;
    op.timer = a.timer;
    op.expires = a.expires;
    op.amount = a.expires;
    op.target = a.call == Call::AddTimerOn ? a.target : a.nanoseconds;
    switch (a.call) {
    case Call::AddTimer: op.what = CallbackStep::What::AddTimer; break;
    case Call::AddTimerOn: op.what = CallbackStep::What::AddOn; break;
    case Call::ModTimerPending: op.what = CallbackStep::What::ModPending; break;
    case Call::ModTimerPinned: op.what = CallbackStep::What::ModPinned; break;
    case Call::TimerReduce: op.what = CallbackStep::What::Reduce; break;
    case Call::DelTimer: op.what = CallbackStep::What::Del; break;
    case Call::TryToDelTimerSync: op.what = CallbackStep::What::TryDel; break;
    case Call::DelTimerSync: op.what = CallbackStep::What::DelSync; break;
    case Call::FreeTimer: op.what = CallbackStep::What::Free; break;
    case Call::SpinLock: op.what = CallbackStep::What::Lock; break;
    case Call::SpinUnlock: op.what = CallbackStep::What::Unlock; break;
    case Call::WakeProcess: op.what = CallbackStep::What::Wake; break;
    case Call::SendSignal: op.what = CallbackStep::What::Signal; break;
    case Call::Burn: op.what = CallbackStep::What::Burn; break;
    default: op.what = CallbackStep::What::Add; break;
    }
    return op;
}

template <class Emitter, class Timers> class KernelCode : protected KernelTasks<Emitter>
{
    using Tasks = KernelTasks<Emitter>;

  protected:
    using Tasks::cpuOf;
    using Tasks::enter;
    using Tasks::leave;
    using Tasks::m_emitter;
    using Tasks::m_inputs;
    using Tasks::m_state;
    using Tasks::m_world;
    using Tasks::machineOf;
    using Tasks::now;
    using Tasks::process;
    using Tasks::record;
    using Tasks::set;
    using Stage = KernelFrame::Stage;
    using What = CallbackStep::What;

    KernelCode(const Inputs& inputs, const World& world, Emitter& emitter, MachineState& state)
        : Tasks(inputs, world, emitter, state), m_timers(emitter)
    {
    }

    /// Does the next stage of an operation. True: it is done.
    bool execute(int cpu, KernelFrame& frame, const KernelOperation& op)
    {
        switch (op.what) {
        case What::Burn: return delay(cpu, frame, op.amount);
        case What::DelSync: return delSync(cpu, frame, op.timer);
        case What::Lock: return lock(cpu, frame, op.target);
        case What::Unlock: return unlock(cpu, op.target);
        case What::Msleep: return sleep(cpu, frame, op.amount, false);
        case What::MsleepInterruptible: return sleep(cpu, frame, op.amount, true);
        case What::Wake: this->wakeUp(cpu, Site::TryToWakeUp, op.target); return true;
        case What::Signal: this->signal(cpu, op.target); return true;
        case What::Free: return free(cpu, op.timer);
        default: return timerCall(cpu, frame, op);
        }
    }

    /// Time passes in this frame. True: it has passed.
    bool delay(int cpu, KernelFrame& frame, std::uint64_t nanoseconds)
    {
        if (frame.stage == Stage::Delay) {
            leave(cpu, Site::Mdelay, TimerId::none(), 0, linkOf(frame));
            frame.stage = Stage::Begin;
            return true;
        }
        if (nanoseconds == 0) return true;
        enter(cpu, Site::Mdelay, TimerId::none(), nanoseconds, linkOf(frame));
        frame.stage = Stage::Delay;
        frame.until = now() + nanoseconds;
        return false;
    }
    /// The frame can go on.
    bool isReady(int cpu, const KernelFrame& frame) const
    {
        switch (frame.stage) {
        case Stage::Delay: return now() >= frame.until;
        case Stage::Relax:
        case Stage::AwakeRelax: return this->isReleased(cpu);
        default: return true;
        }
    }

    /// A timer comes to exist at its first use, so that timers added to a branch leave its past as it was.
    void define(int cpu, TimerId timer, bool more = true)
    {
        if (!timer.isValid() || m_world.isDefined(timer)) return;
        const TimerSpec& spec = m_inputs.timers[timer.value];
        Record r = record(cpu, Site::Start, timer);
        r.kind = Kind::Defined;
        r.slot = timer.value;
        r.link = static_cast<std::uint32_t>(spec.slack);
        r.value = spec.flags;
        r.flags = more ? Record::moreFlag : std::uint8_t{0};
        m_emitter.template emit<Kind::Defined>(r);
    }
    /// A function goes on that stands in memory that was given back.
    void noteUseAfterFree(int cpu, KernelFrame& frame)
    {
        if (frame.isReported || (m_world.item(frame.item).flags & Freed) == 0) return;
        frame.isReported = true;
        this->note(cpu, Site::UseAfterFree, frame.item, 0);
    }
    /// Wake-ups that calls of the algorithm have asked for reach their CPUs.
    void deliverWakes()
    {
        for (std::uint64_t rest = m_timers.takeWakes(); rest != 0; rest &= rest - 1) {
            const int target = std::countr_zero(rest);
            if (m_world.cpu(target).idle) machineOf(target).isIpiDue = true;
        }
    }
    static std::uint32_t linkOf(const KernelFrame& frame)
    {
        return frame.code == KernelFrame::Code::Program ? 1 + static_cast<std::uint32_t>(frame.value) : 0;
    }

    Timers m_timers;

  private:
    // ---- timers

    bool timerCall(int cpu, KernelFrame& frame, const KernelOperation& op)
    {
        define(cpu, op.timer);
        if (!holdsBases(cpu, frame, op)) return false;
        if ((m_world.item(op.timer).flags & Freed) != 0) this->note(cpu, Site::UseAfterFree, op.timer, 2);
        switch (op.what) {
        case What::AddTimer: m_timers.addTimer(cpu, op.timer, op.expires); break;
        case What::AddOn: m_timers.addTimerOn(cpu, op.timer, static_cast<int>(op.target), op.expires); break;
        case What::ModPending: m_timers.modTimerPending(cpu, op.timer, op.expires); break;
        case What::ModPinned: m_timers.modTimerPinned(cpu, op.timer, op.expires); break;
        case What::Reduce: m_timers.reduceTimer(cpu, op.timer, op.expires); break;
        case What::Del: m_timers.delTimer(cpu, op.timer); break;
        case What::TryDel: m_timers.tryToDelTimerSync(cpu, op.timer); break;
        default: m_timers.modTimer(cpu, op.timer, op.expires); break;
        }
        deliverWakes();
        return true;
    }
    /// as lock_timer_base(): no other CPU holds the lock of the wheel that the timer stands on, or is to go to. Else
    /// the CPU spins and tries again.
    bool holdsBases(int cpu, KernelFrame& frame, const KernelOperation& op)
    {
        if (m_inputs.machine.kernel.moveCost == 0) return true; // then no lock is held for any time
        if (frame.stage == Stage::Relax) {
            this->setSpinning(cpu, Site::CpuRelax, 0, op.timer);
            frame.stage = Stage::Begin;
        }
        const int to = op.what == What::AddOn ? static_cast<int>(op.target) : cpu;
        for (const int base : {static_cast<int>(m_world.item(op.timer).cpu), to}) {
            const int holder = cpuOf(base).baseLock;
            if (holder == 0 || holder == 1 + cpu) continue;
            wait(cpu, frame, Stage::Relax, SpinFor::BaseLock, static_cast<std::uint32_t>(base), op.timer);
            return false;
        }
        return true;
    }
    void wait(int cpu, KernelFrame& frame, Stage stage, SpinFor what, std::uint32_t id, TimerId timer)
    {
        frame.stage = stage;
        this->spin(cpu, Site::CpuRelax, what, id, timer);
    }

    /// del_timer_sync(): try_to_del_timer_sync() until the function no longer runs, with cpu_relax() between. Without
    /// other CPUs it is del_timer().
    bool delSync(int cpu, KernelFrame& frame, TimerId timer)
    {
        if (frame.stage == Stage::Begin) {
            define(cpu, timer);
            enter(cpu, Site::DelTimerSync, timer, 0, linkOf(frame));
            const bool isSafe = !m_inputs.machine.kernel.smp || (m_world.item(timer).flags & IrqSafe) != 0;
            if (this->isInHardInterrupt(cpu) && !isSafe) this->note(cpu, Site::DelTimerSync, timer, 1);
            if ((m_world.item(timer).flags & Freed) != 0) this->note(cpu, Site::UseAfterFree, timer, 2);
            frame.stage = Stage::Try;
            return false;
        }
        Returned returned = Returned::Nothing;
        if (!m_inputs.machine.kernel.smp) {
            returned = m_timers.delTimer(cpu, timer);
        } else {
            if (frame.stage == Stage::Relax) this->setSpinning(cpu, Site::CpuRelax, 0, timer);
            returned = m_timers.tryToDelTimerSync(cpu, timer);
        }
        if (returned == Returned::MinusOne) {
            wait(cpu, frame, Stage::Relax, SpinFor::Timer, timer.value, timer);
            return false;
        }
        leave(cpu, Site::DelTimerSync, timer, 0, linkOf(frame), returned);
        frame.stage = Stage::Begin;
        return true;
    }
    bool free(int cpu, TimerId timer)
    {
        define(cpu, timer);
        if ((m_world.item(timer).flags & Freed) == 0)
            set(cpu, Site::FreeTimer, {Register::Freed, 1, 0, 0, timer});
        if (m_world.item(timer).isPending()) this->note(cpu, Site::UseAfterFree, timer, 1);
        return true;
    }

    // ---- locks

    bool lock(int cpu, KernelFrame& frame, std::uint32_t id)
    {
        if (frame.stage == Stage::Relax) this->setSpinning(cpu, Site::CpuRelax, 0, TimerId::none());
        frame.stage = Stage::Begin;
        if (m_world.kernel().lockOwners[id] != 0) {
            wait(cpu, frame, Stage::Relax, SpinFor::Lock, id, TimerId::none());
            return false;
        }
        set(cpu, Site::SpinLock, {Register::LockOwner, static_cast<std::uint64_t>(1 + cpu), 0, id});
        return true;
    }
    bool unlock(int cpu, std::uint32_t id)
    {
        const auto owner = static_cast<std::uint64_t>(m_world.kernel().lockOwners[id]);
        if (owner != static_cast<std::uint64_t>(1 + cpu)) {
            Record r = record(cpu, Site::SpinUnlock);
            r.kind = Kind::Noted;
            r.link = id;
            r.value = owner;
            m_emitter.template emit<Kind::Noted>(r);
        }
        if (owner != 0) set(cpu, Site::SpinUnlock, {Register::LockOwner, 0, owner, id});
        return true;
    }

    // ---- sleep

    /// msleep() and msleep_interruptible(): schedule_timeout() until as many jiffies as the time is worth, and one more,
    /// are over. Where nobody may sleep, it is refused: the kernel says "scheduling while atomic" there.
    bool sleep(int cpu, KernelFrame& frame, std::uint64_t ms, bool isInterruptible)
    {
        const Site site = isInterruptible ? Site::MsleepInterruptible : Site::Msleep;
        if (frame.stage == Stage::Begin) {
            if (frame.code != KernelFrame::Code::Program || this->holdsLock(cpu)) return refuseSleep(cpu, site, frame, ms);
            enter(cpu, site, TimerId::none(), ms, linkOf(frame));
            frame.count = jiffiesOf(ms) + 1;
            frame.stage = Stage::Sleep;
            return false;
        }
        const auto p = static_cast<std::uint32_t>(frame.value);
        const TimerId timer = m_inputs.programs[p].timer;
        switch (frame.stage) {
        case Stage::Sleep:
            if (frame.count == 0 || (isInterruptible && process(p).hasSignal)) return endSleep(cpu, frame, site);
            this->setState(cpu, Site::SetCurrentState, p,
                           isInterruptible ? TaskState::Interruptible : TaskState::Uninterruptible);
            frame.stage = Stage::Arm;
            return false;
        case Stage::Arm:
            enter(cpu, Site::ScheduleTimeout, timer, frame.count, linkOf(frame));
            frame.until = m_world.geometry().word.add(m_world.clock().jiffies, frame.count);
            define(cpu, timer);
            m_timers.startTimer(cpu, timer, frame.until);
            deliverWakes();
            frame.stage = Stage::Leave;
            return false;
        case Stage::Leave:
            frame.stage = Stage::Awake;
            if (process(p).state != TaskState::Running) this->setCurrent(cpu, 0);
            return false;
        case Stage::AwakeRelax: this->setSpinning(cpu, Site::CpuRelax, 0, timer); [[fallthrough]];
        default: return awake(cpu, frame, timer);
        }
    }
    bool awake(int cpu, KernelFrame& frame, TimerId timer)
    {
        if (m_timers.tryToDelTimerSync(cpu, timer) == Returned::MinusOne) {
            wait(cpu, frame, Stage::AwakeRelax, SpinFor::Timer, timer.value, timer);
            return false;
        }
        const auto left = m_world.geometry().word.signedDistance(frame.until, m_world.clock().jiffies);
        frame.count = left < 0 ? 0 : static_cast<std::uint64_t>(left);
        leave(cpu, Site::ScheduleTimeout, timer, frame.count, linkOf(frame));
        frame.stage = Stage::Sleep;
        return false;
    }
    bool endSleep(int cpu, KernelFrame& frame, Site site)
    {
        const std::uint64_t left = frame.count * 1000 / m_world.hz().value;
        leave(cpu, site, TimerId::none(), site == Site::Msleep ? 0 : left, linkOf(frame));
        frame.stage = Stage::Begin;
        return true;
    }
    bool refuseSleep(int cpu, Site site, const KernelFrame& frame, std::uint64_t ms)
    {
        Record r = record(cpu, site, frame.code == KernelFrame::Code::Callback ? frame.item : TimerId::none());
        r.kind = Kind::Refused;
        r.value = ms;
        r.link = linkOf(frame);
        m_emitter.template emit<Kind::Refused>(r);
        return true;
    }
    /// msecs_to_jiffies(): rounded up.
    std::uint64_t jiffiesOf(std::uint64_t ms) const { return (ms * m_world.hz().value + 999) / 1000; }
};

} // namespace jiffy::core
