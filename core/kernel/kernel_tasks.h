// SPDX-License-Identifier: GPL-3.0-or-later
// Processes of a machine of CPUs: their states, a run queue for each CPU, going to sleep and being woken; as
// __schedule(), try_to_wake_up() and friends in kernel/sched/core.c, 3.9, as far as timers meet them. A run queue is
// first in, first out; who is woken does not push aside who runs. Base of KernelCode.
#pragma once

#include "core/kernel/kernel_waits.h"
#include "core/timers/calls.h"

#include <algorithm>

namespace jiffy::core
{

template <class Emitter> class KernelTasks : protected KernelWaits<Emitter>
{
    using Waits = KernelWaits<Emitter>;

  protected:
    using Waits::cpuOf;
    using Waits::m_emitter;
    using Waits::m_inputs;
    using Waits::m_state;
    using Waits::m_world;
    using Waits::machineOf;
    using Waits::set;
    using Waits::Waits;

    const ProcessState& process(std::uint32_t p) const { return m_world.kernel().processes[p]; }
    int homeOf(std::uint32_t p) const { return m_inputs.programs[p].cpu; }
    KernelFrame& frameOf(std::uint32_t p) { return m_state.kernel.processes[p]; }

    void setState(int cpu, Site site, std::uint32_t p, TaskState state, bool more = false)
    {
        set(cpu, site,
            {Register::TaskState, static_cast<std::uint64_t>(state), static_cast<std::uint64_t>(process(p).state), p,
             TimerId::none(), more});
    }
    void enqueue(int cpu, Site site, std::uint32_t p)
    {
        set(cpu, site, {Register::RunQueuePlace, cpuOf(cpu).runQueue.size(), ~0ull, p});
    }
    void setCurrent(int cpu, std::uint32_t onePlusProcess, bool more = false)
    {
        set(cpu, Site::Reschedule,
            {Register::CurrentTask, onePlusProcess, cpuOf(cpu).current, 0, TimerId::none(), more});
    }

    /// wake_up_process(), called on `cpu`: a process that sleeps becomes runnable on its own CPU, at the end of the
    /// queue; one that has not given the CPU away yet just goes on.
    void wakeUp(int cpu, Site site, std::uint32_t p)
    {
        const TaskState state = process(p).state;
        if (state != TaskState::Interruptible && state != TaskState::Uninterruptible) {
            this->enter(cpu, site, TimerId::none(), 0, 1 + p); // nothing to do
            return;
        }
        const int home = homeOf(p);
        const bool isRunning = cpuOf(home).current == 1 + p;
        setState(home, site, p, TaskState::Running, !isRunning);
        if (isRunning) return;
        enqueue(home, site, p);
        if (home != cpu) kick(cpu, site, home);
        machineOf(home).hasLookedIdle = false;
    }
    /// wake_up_new_task()
    void start(std::uint32_t p)
    {
        const int cpu = homeOf(p);
        if (process(p).state != TaskState::New) return;
        setState(cpu, Site::NewTask, p, TaskState::Running, true);
        enqueue(cpu, Site::NewTask, p);
        machineOf(cpu).hasLookedIdle = false;
        if (cpuOf(cpu).isTickStopped) machineOf(cpu).isIpiDue = true;
    }
    /// Asks another CPU to look again what it has to do; only one that is idle has to be asked.
    void kick(int cpu, Site site, int target)
    {
        if (target == cpu || !m_world.cpu(target).idle) return;
        Record r = this->record(cpu, site);
        r.kind = Kind::Raised;
        r.link = static_cast<std::uint32_t>(target);
        m_emitter.template emit<Kind::Raised>(r);
        machineOf(target).isIpiDue = true;
    }
    /// send_sig(): a signal waits until its process is back in user mode.
    void signal(int cpu, std::uint32_t p)
    {
        const TaskState state = process(p).state;
        if (state == TaskState::New || state == TaskState::Dead) {
            Record r = this->record(cpu, Site::SendSignal);
            r.kind = Kind::Noted;
            r.link = 1 + p;
            r.value = static_cast<std::uint64_t>(state);
            m_emitter.template emit<Kind::Noted>(r);
            return;
        }
        if (!process(p).hasSignal) set(cpu, Site::SendSignal, {Register::SignalPending, 1, 0, p});
        if (state == TaskState::Interruptible) wakeUp(cpu, Site::SendSignal, p);
    }

    /// The process that waits first takes the CPU. REQUIRES: one does, and none runs.
    void takeUp(int cpu)
    {
        const std::uint32_t p = cpuOf(cpu).runQueue.front();
        set(cpu, Site::Reschedule, {Register::RunQueuePlace, ~0ull, 0, p, TimerId::none(), true});
        setCurrent(cpu, 1 + p);
        // What is left of a delay goes on.
        if (KernelFrame& f = frameOf(p); f.stage == KernelFrame::Stage::Delay) f.until += this->now();
        const auto slice = m_inputs.machine.kernel.slice;
        machineOf(cpu).sliceUntil = slice == 0 ? ~0ull : m_world.clock().ticks + slice;
    }
    /// The process that runs has had its time: it goes to the end of the queue.
    void giveWay(int cpu)
    {
        const std::uint32_t p = cpuOf(cpu).current - 1;
        if (KernelFrame& f = frameOf(p); f.stage == KernelFrame::Stage::Delay) f.until -= std::min(f.until, this->now());
        setCurrent(cpu, 0, true);
        enqueue(cpu, Site::Reschedule, p);
    }
    bool hasSliceEnded(int cpu) const { return m_world.clock().ticks >= sliceEnd(cpu); }
    /// The period at whose begin the process that runs is to give way; ~0: it need not. Who spins or holds a lock is not
    /// pushed aside.
    std::uint64_t sliceEnd(int cpu) const
    {
        const KernelCpu& c = cpuOf(cpu);
        const KernelCpuMachine& m = machineOf(cpu);
        if (c.current == 0 || c.runQueue.empty() || m.depth != 0 || m.isCalling) return ~0ull;
        return c.spinning != 0 || this->holdsLock(cpu) ? ~0ull : m.sliceUntil;
    }
};

} // namespace jiffy::core
