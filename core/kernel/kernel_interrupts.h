// SPDX-License-Identifier: GPL-3.0-or-later
// What interrupts a machine of CPUs: its ticks, interrupts of the scenario and of other CPUs, and behind them the softirq
// with the timers' functions. Each is a frame on the CPU's stack that goes on step by step. As tick_sched_timer() and
// __do_softirq() with what they call, 3.9. Base of KernelIdle.
#pragma once

#include "core/kernel/kernel_code.h"
#include "core/timers/sorted_list.h"

#include <type_traits>
#include <utility>

namespace jiffy::core
{

template <class Emitter, class Timers> class KernelInterrupts : protected KernelCode<Emitter, Timers>
{
    using Base = KernelCode<Emitter, Timers>;

  protected:
    using FrameCode = KernelFrame::Code;
    using typename Base::Stage;
    using typename Base::What;
    using Base::cpuOf;
    using Base::enter;
    using Base::execute;
    using Base::kernel;
    using Base::leave;
    using Base::m_emitter;
    using Base::m_inputs;
    using Base::m_state;
    using Base::m_timers;
    using Base::m_world;
    using Base::machineOf;
    using Base::now;
    using Base::record;
    using Base::set;
    using Base::Base;

    // ---- the frames of a CPU

    KernelFrame& push(int cpu, FrameCode code)
    {
        KernelCpuMachine& m = machineOf(cpu);
        KernelFrame& f = m.interrupts[m.depth++];
        f = KernelFrame{};
        f.code = code;
        f.since = now();
        m.hasLookedIdle = false;
        return f;
    }
    /// What lies beneath has waited meanwhile.
    void pop(int cpu)
    {
        KernelCpuMachine& m = machineOf(cpu);
        const std::uint64_t took = now() - m.interrupts[--m.depth].since;
        m.interrupts[m.depth] = KernelFrame{};
        if (cpuOf(cpu).spinning != 0) this->sayIfDeadlocked(cpu, TimerId::none());
        if (took == 0) return;
        if (m.depth != 0) return shift(m.interrupts[m.depth - 1], took);
        if (m.isCalling) return shift(m.call, took);
        if (const std::uint32_t current = cpuOf(cpu).current; current != 0) shift(kernel().processes[current - 1], took);
    }
    static void shift(KernelFrame& f, std::uint64_t by)
    {
        if (f.stage == Stage::Delay) f.until += by;
    }
    void stepInterrupt(int cpu, KernelFrame& f)
    {
        switch (f.code) {
        case FrameCode::Tick: return stepTick(cpu, f);
        case FrameCode::Device: return stepDevice(cpu, f);
        case FrameCode::Ipi: leave(cpu, Site::Ipi); return pop(cpu);
        case FrameCode::Softirq: return stepSoftirq(cpu, f);
        default: return stepCallback(cpu, f);
        }
    }
    KernelOperation operation(const CallbackStep& s, TimerId self) const
    {
        KernelOperation op;
        op.what = s.what == What::Rearm ? What::Add : s.what;
        op.timer = s.what == What::Rearm ? self : s.other;
        op.expires = m_world.geometry().word.add(m_world.clock().jiffies, static_cast<std::uint64_t>(s.delta));
        op.target = s.target;
        op.amount = static_cast<std::uint64_t>(s.delta);
        return op;
    }

    // ---- ticks

    bool isOnDuty(int cpu) const
    {
        const std::uint64_t duty = m_world.kernel().dutyCpu;
        return duty == static_cast<std::uint64_t>(cpu) || duty == ~0ull;
    }
    /// Nothing is under way that its softirq would wait for.
    bool isPlain(int cpu) const
    {
        return machineOf(cpu).depth == 0 && !cpuOf(cpu).isSoftirqPending && !cpuOf(cpu).isTickStopped;
    }
    void beginTick(int cpu)
    {
        KernelCpuMachine& m = machineOf(cpu);
        const bool isOfNote = (isOnDuty(cpu) && !m.isDutyDone) || m.lostTicks != 0;
        if (!isOfNote && isPlain(cpu) && !m_timers.isBusy(cpu)) return passQuietTicks(cpu);
        if (!isOfNote && !isPlain(cpu) && !cpuOf(cpu).isTickStopped && cpuOf(cpu).isSoftirqPending) {
            m.isTickDue = false; // raised already: the tick changes nothing
            return;
        }
        push(cpu, FrameCode::Tick);
        Record r = record(cpu, Site::TickInterrupt);
        r.kind = Kind::Entered;
        r.value = cpuOf(cpu).isTickStopped ? 1 : 0;
        r.before = std::exchange(m.lostTicks, 0u);
        m_emitter.template emit<Kind::Entered>(r);
    }
    /// CPUs whose tick finds nothing to do: they are passed together.
    void passQuietTicks(int cpu)
    {
        std::uint64_t mask = 0;
        for (int c = cpu; c < m_world.cpuCount(); ++c) {
            if (machineOf(c).isTickDue && machineOf(c).lostTicks == 0 && isPlain(c) && (!isOnDuty(c) || machineOf(c).isDutyDone)) mask |= 1ull << c;
        }
        const int busy = m_timers.nextBusyCpu(cpu, mask);
        for (int c = cpu; c < busy; ++c) {
            if ((mask >> c & 1) == 0) continue;
            machineOf(c).isTickDue = false;
            machineOf(c).hasLookedIdle = false;
        }
    }
    void stepTick(int cpu, KernelFrame& f)
    {
        KernelCpuMachine& m = machineOf(cpu);
        switch (f.stage) {
        case Stage::Begin:
            f.stage = Stage::Turn;
            if (isOnDuty(cpu) && !m.isDutyDone) {
                m.isDutyDone = true;
                if (m_world.kernel().dutyCpu == ~0ull)
                    set(cpu, Site::Duty, {Register::DutyCpu, static_cast<std::uint64_t>(cpu), ~0ull});
                return countJiffies(cpu);
            }
            if (cpuOf(cpu).isTickStopped) return countJiffies(cpu);
            [[fallthrough]];
        case Stage::Turn: return raise(cpu, f);
        default:
            leave(cpu, Site::TickInterrupt);
            return pop(cpu);
        }
    }
    /// run_local_timers(): a tick that finds nothing due has no record of it, except where it waked the CPU.
    void raise(int cpu, KernelFrame& f)
    {
        KernelCpuMachine& m = machineOf(cpu);
        f.stage = Stage::End;
        const bool isInSoftirq = m.depth > 1;
        const bool raises = isInSoftirq || cpuOf(cpu).isTickStopped || m_timers.isBusy(cpu);
        // Its share of what finds nothing is passed together with that of the other CPUs.
        m.isTickDue = !raises;
        if (!raises || cpuOf(cpu).isSoftirqPending) return;
        Record r = record(cpu, Site::RunLocalTimers);
        r.kind = Kind::Raised;
        r.link = static_cast<std::uint32_t>(cpu);
        m_emitter.template emit<Kind::Raised>(r);
    }
    /// tick_do_update_jiffies64(): as many as periods have gone by.
    void countJiffies(int cpu)
    {
        const std::uint64_t by = m_world.clock().ticks - kernel().jiffiesTick;
        if (by == 0) return;
        Record r = record(cpu, by == 1 && !cpuOf(cpu).isTickStopped ? Site::Tick : Site::UpdateJiffies);
        r.kind = Kind::ClockSet;
        r.before = m_world.clock().jiffies;
        r.value = m_world.geometry().word.add(r.before, by);
        r.setTicks(0);
        m_emitter.template emit<Kind::ClockSet>(r);
        kernel().jiffiesTick = m_world.clock().ticks;
    }

    // ---- other interrupts

    void beginIpi(int cpu)
    {
        machineOf(cpu).isIpiDue = false;
        push(cpu, FrameCode::Ipi);
        enter(cpu, Site::Ipi);
        if (cpuOf(cpu).isTickStopped) countJiffies(cpu);
        if (m_world.cpu(cpu).idle) m_timers.leaveIdle(cpu);
    }
    void stepDevice(int cpu, KernelFrame& f)
    {
        const Program& p = m_inputs.programs[f.value];
        if (f.step < p.stepCount) {
            if (execute(cpu, f, operation(m_inputs.steps[p.firstStep + f.step], TimerId::none()))) ++f.step;
            return;
        }
        leave(cpu, Site::DeviceInterrupt, TimerId::none(), f.value);
        pop(cpu);
    }

    // ---- the softirq

    void enterSoftirq(int cpu)
    {
        push(cpu, FrameCode::Softirq).stage = Stage::Turn;
        enter(cpu, Site::RunTimerSoftirq);
    }
    void stepSoftirq(int cpu, KernelFrame& f)
    {
        switch (f.stage) {
        case Stage::Fire: return stepFire(cpu, f);
        case Stage::Delay:
            this->delay(cpu, f, 0);
            f.stage = Stage::Unlock;
            return;
        case Stage::Unlock:
            set(cpu, Site::RunTimers, {Register::BaseLock, 0, cpuOf(cpu).baseLock});
            f.stage = Stage::Fire;
            return;
        default: return stepTurn(cpu, f);
        }
    }
    void stepTurn(int cpu, KernelFrame& f)
    {
        const std::uint64_t cost = m_inputs.machine.kernel.moveCost;
        const std::uint64_t moves = cost == 0 ? 0 : m_timers.movesAhead(cpu);
        if (moves != 0) set(cpu, Site::RunTimers, {Register::BaseLock, static_cast<std::uint64_t>(1 + cpu), cpuOf(cpu).baseLock});
        int wheel = f.wheel;
        const bool hasBegun = m_timers.beginTurn(cpu, wheel);
        f.wheel = static_cast<std::uint8_t>(wheel);
        if (!hasBegun) {
            leave(cpu, Site::RunTimerSoftirq);
            return pop(cpu);
        }
        f.stage = Stage::Fire;
        if (moves != 0) this->delay(cpu, f, moves * cost);
    }
    void stepFire(int cpu, KernelFrame& f)
    {
        if (!m_timers.hasDue(cpu)) {
            f.stage = Stage::Turn;
            return;
        }
        if (spins(f)) return endSpinning(cpu, f);
        const TimerId timer = m_timers.fire(cpu);
        if (m_inputs.timers[timer.value].stepCount == 0 && m_inputs.machine.kernel.callbackCost == 0 &&
            (m_world.item(timer).flags & Freed) == 0)
            return m_timers.leaveCallback(cpu);
        push(cpu, FrameCode::Callback).item = timer;
    }
    /// A sorted list is looked at from its head until nothing more is due, so a timer that arms itself for now is called
    /// without an end.
    bool spins(KernelFrame& f)
    {
        if constexpr (!std::is_same_v<Timers, SortedList<Emitter>>) return false;
        return ++f.count > 1000 + 4 * m_world.itemCount();
    }
    void endSpinning(int cpu, const KernelFrame& f)
    {
        this->note(cpu, Site::Spin, m_world.listAt(m_world.geometry().runList(cpu)).first, f.count - 1);
        kernel().isEnded = true;
    }
    void stepCallback(int cpu, KernelFrame& f)
    {
        const TimerSpec& spec = m_inputs.timers[f.item.value];
        this->noteUseAfterFree(cpu, f);
        // Its own time comes first, then what it does.
        if (!f.isCharged) {
            if (!this->delay(cpu, f, m_inputs.machine.kernel.callbackCost)) return;
            f.isCharged = true;
        }
        if (f.step < spec.stepCount) {
            const CallbackStep& s = m_inputs.steps[spec.firstStep + f.step];
            if ((s.since != 0 && s.since >= m_state.action) || execute(cpu, f, operation(s, f.item))) ++f.step;
            return;
        }
        m_timers.leaveCallback(cpu);
        pop(cpu);
    }
};

} // namespace jiffy::core
