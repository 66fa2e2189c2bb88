// SPDX-License-Identifier: GPL-3.0-or-later
// What CPUs of a machine of CPUs wait for: spinning, who could end it, and what nobody can end. What spins is a frame; one
// that is interrupted goes on behind the interrupt, so only the code that a CPU executes decides. Base of KernelTasks.
#pragma once

#include "core/kernel/kernel_words.h"

#include <bit>
#include <vector>

namespace jiffy::core
{

template <class Emitter> class KernelWaits : protected KernelWords<Emitter>
{
    using Words = KernelWords<Emitter>;

  protected:
    using Words::awaited;
    using Words::cpuOf;
    using Words::m_world;

    KernelWaits(const Inputs& inputs, const World& world, Emitter& emitter, MachineState& state)
        : Words(world, emitter), m_inputs(inputs), m_state(state), m_unlocks(inputs.locks.size(), 0)
    {
        if (m_unlocks.empty()) return;
        for (const CallbackStep& s : inputs.steps) {
            if (s.what == CallbackStep::What::Unlock) ++m_unlocks[s.target];
        }
    }

    KernelMachineState& kernel() { return m_state.kernel; }
    const KernelMachineState& kernel() const { return m_state.kernel; }
    KernelCpuMachine& machineOf(int cpu) { return m_state.kernel.cpus[static_cast<std::size_t>(cpu)]; }
    const KernelCpuMachine& machineOf(int cpu) const { return m_state.kernel.cpus[static_cast<std::size_t>(cpu)]; }

    /// The code that a CPU executes; null: none.
    const KernelFrame* running(int cpu) const
    {
        const KernelCpuMachine& m = machineOf(cpu);
        if (m.depth != 0) return &m.interrupts[m.depth - 1];
        if (m.isCalling) return &m.call;
        const std::uint32_t current = cpuOf(cpu).current;
        return current != 0 ? &kernel().processes[current - 1] : nullptr;
    }
    bool isSpinning(int cpu) const
    {
        const KernelFrame* f = running(cpu);
        if (f == nullptr || cpuOf(cpu).spinning == 0) return false;
        return f->stage == KernelFrame::Stage::Relax || f->stage == KernelFrame::Stage::AwakeRelax;
    }
    static bool isHard(const KernelFrame& f)
    {
        return f.code == KernelFrame::Code::Tick || f.code == KernelFrame::Code::Device || f.code == KernelFrame::Code::Ipi;
    }
    bool isInHardInterrupt(int cpu) const
    {
        const KernelCpuMachine& m = machineOf(cpu);
        return m.depth != 0 && isHard(m.interrupts[m.depth - 1]);
    }
    /// Nothing interrupts the CPU: it handles an interrupt, or holds or wants the lock of a wheel (spin_lock_irq()), or
    /// executes the function of a timer that is irqsafe.
    bool hasInterruptsOff(int cpu) const
    {
        if (isInHardInterrupt(cpu) || cpuOf(cpu).baseLock == 1 + cpu) return true;
        if (isSpinning(cpu) && spinsFor(cpuOf(cpu).spinning) == SpinFor::BaseLock) return true;
        const KernelCpuMachine& m = machineOf(cpu);
        if (m.depth == 0) return false;
        const KernelFrame& f = m.interrupts[m.depth - 1];
        return f.code == KernelFrame::Code::Callback && (m_world.item(f.item).flags & IrqSafe) != 0;
    }

    /// The frame begins to spin, and it is said if that will never end.
    void spin(int cpu, Site site, SpinFor what, std::uint32_t id, TimerId item)
    {
        this->setSpinning(cpu, site, spinWord(what, id), item);
        sayIfDeadlocked(cpu, item);
    }
    /// Once for each CPU.
    void sayIfDeadlocked(int cpu, TimerId item)
    {
        if (!isSpinning(cpu)) return;
        const std::uint64_t cpus = isForsaken(cpu) ? 1ull << cpu : deadlocked(cpu);
        if ((cpus & ~kernel().deadlocked) == 0) return;
        kernel().deadlocked |= cpus;
        this->note(cpu, Site::Deadlock, item, cpus);
    }

    const Inputs& m_inputs;
    MachineState& m_state;

  private:
    /// CPUs that wait for each other for ever, if that one is among them, as a mask.
    std::uint64_t deadlocked(int cpu) const
    {
        std::uint64_t seen = 0;
        for (int c = cpu; c >= 0 && isSpinning(c); c = awaited(c)) {
            if ((seen >> c & 1) != 0) return c == cpu ? seen : 0;
            seen |= 1ull << c;
        }
        return 0;
    }
    /// It spins for a lock that no code but its own, and no call that is still to come, ever releases.
    bool isForsaken(int cpu) const
    {
        const std::uint64_t word = cpuOf(cpu).spinning;
        if (spinsFor(word) != SpinFor::Lock) return false;
        const std::uint32_t lock = spinId(word);
        std::uint32_t unlocks = m_unlocks[lock];
        const auto isUnlock = [&](const CallbackStep& s) { return s.what == CallbackStep::What::Unlock && s.target == lock; };
        const auto forget = [&](std::uint32_t first, std::uint32_t count) {
            for (std::uint32_t i = first; i < first + count; ++i) unlocks -= isUnlock(m_inputs.steps[i]);
        };
        const KernelFrame& f = *running(cpu);
        if (f.code == KernelFrame::Code::Callback) forget(m_inputs.timers[f.item.value].firstStep, m_inputs.timers[f.item.value].stepCount);
        else if (f.code != KernelFrame::Code::Call) forget(m_inputs.programs[f.value].firstStep, m_inputs.programs[f.value].stepCount);
        for (std::uint32_t p = 0; p < kernel().processes.size(); ++p) {
            const bool isOwn = f.code == KernelFrame::Code::Program && f.value == p;
            if (!isOwn && m_world.kernel().processes[p].state == TaskState::Dead)
                forget(m_inputs.programs[p].firstStep, m_inputs.programs[p].stepCount);
        }
        if (unlocks != 0) return false;
        const auto releases = [&](std::uint64_t i) {
            const Action& a = m_inputs.actions[i];
            return a.call == Call::SpinUnlock && a.nanoseconds == lock;
        };
        for (const std::uint64_t i : kernel().waiting) {
            if (releases(i)) return false;
        }
        for (std::uint64_t i = kernel().fresh; i < m_inputs.actions.size(); ++i) {
            if (releases(i)) return false;
        }
        return true;
    }

    std::vector<std::uint32_t> m_unlocks; ///< of each lock: steps of any code that release it
};

} // namespace jiffy::core
