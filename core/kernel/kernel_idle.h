// SPDX-License-Identifier: GPL-3.0-or-later
// How a CPU of a machine of CPUs falls asleep and comes back: idle, and with NO_HZ the tick that is stopped until the next
// timer interrupt. As kernel/time/tick-sched.c, 3.9. Base of KernelMachine.
#pragma once

#include "core/kernel/kernel_interrupts.h"

#include <algorithm>

namespace jiffy::core
{

template <class Emitter, class Timers> class KernelIdle : protected KernelInterrupts<Emitter, Timers>
{
    using Base = KernelInterrupts<Emitter, Timers>;

  protected:
    using Base::beginIpi;
    using Base::countJiffies;
    using Base::cpuOf;
    using Base::kernel;
    using Base::m_inputs;
    using Base::m_timers;
    using Base::m_world;
    using Base::machineOf;
    using Base::now;
    using Base::set;
    using Base::Base;

    bool isAway(int cpu) const { return m_world.cpu(cpu).idle || cpuOf(cpu).isTickStopped; }
    /// A step on the way out of idle: an interrupt, where the CPU sleeps; the tick; the flag.
    void comeBack(int cpu)
    {
        KernelCpuMachine& m = machineOf(cpu);
        if (cpuOf(cpu).isTickStopped) {
            if (m.hasLookedIdle) return beginIpi(cpu);
            return restartTick(cpu);
        }
        this->setIdle(cpu, false);
        m_timers.leaveIdle(cpu);
    }
    void restartTick(int cpu)
    {
        countJiffies(cpu);
        set(cpu, Site::RestartTick, {Register::TickStopped, 0, 1, 0, TimerId::none(), true});
        set(cpu, Site::RestartTick, {Register::SleepUntil, ~0ull, cpuOf(cpu).sleepUntil});
        machineOf(cpu).nextTick = nextPeriod(cpu);
    }
    /// The first period whose tick is still to come on that CPU.
    std::uint64_t nextPeriod(int cpu) const
    {
        const std::uint64_t period = m_world.clock().ticks;
        return tickInstant(cpu, period) > now() ? period : period + 1;
    }
    /// The CPU finds nothing to do: idle begins, and with NO_HZ its tick stops until the next timer interrupt.
    void lookIdle(int cpu)
    {
        if (!m_world.cpu(cpu).idle) return this->setIdle(cpu, true);
        machineOf(cpu).hasLookedIdle = true;
        if (!m_inputs.machine.kernel.nohz) return;
        const NextDue next = m_timers.nextInterrupt(cpu);
        const auto ahead = m_world.geometry().word.signedDistance(next.at, m_world.clock().jiffies);
        const bool isStopped = cpuOf(cpu).isTickStopped;
        if (!next.isNone && ahead <= 1 && !isStopped) return; // the next tick is wanted
        const Jiffies until = next.isNone ? ~0ull : next.at;
        const bool isOther = !isStopped || cpuOf(cpu).sleepUntil != until;
        if (!isStopped) set(cpu, Site::StopTick, {Register::TickStopped, 1, 0, 0, TimerId::none(), true});
        // One that was woken took the duty up with its tick, stopped as it is.
        if (m_world.kernel().dutyCpu == static_cast<std::uint64_t>(cpu))
            set(cpu, Site::StopTick, {Register::DutyCpu, ~0ull, static_cast<std::uint64_t>(cpu), 0, TimerId::none(), isOther});
        if (isOther) set(cpu, Site::StopTick, {Register::SleepUntil, until, cpuOf(cpu).sleepUntil});
        sleepFor(cpu, next, ahead);
    }
    void sleepFor(int cpu, const NextDue& next, std::int64_t ahead)
    {
        if (next.isNone) {
            machineOf(cpu).nextTick = ~0ull;
            return;
        }
        // What is due is called at its next tick: with skew that of this period may be still to come.
        const std::uint64_t period = kernel().jiffiesTick + static_cast<std::uint64_t>(std::max<std::int64_t>(ahead, 0));
        machineOf(cpu).nextTick = tickInstant(cpu, period) > now() ? period : nextPeriod(cpu);
    }

    std::uint64_t tickInstant(int cpu, std::uint64_t period) const
    {
        if (period == ~0ull) return ~0ull;
        return instantOf(period) + static_cast<std::uint64_t>(cpu) * m_inputs.machine.kernel.skew;
    }
    std::uint64_t instantOf(std::uint64_t tick) const
    {
        constexpr std::uint64_t far = 9'000'000'000; // seconds: what ns can count
        if (tick / m_world.hz().value >= far) return ~0ull;
        return static_cast<std::uint64_t>(m_world.hz().tickInstant(tick));
    }
};

} // namespace jiffy::core
