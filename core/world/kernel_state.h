// SPDX-License-Identifier: GPL-3.0-or-later
// What a machine of CPUs (core/kernel/kernel_machine.h) has besides its wheels: for each CPU its tick, its softirq, what
// it executes and what it spins for; processes with their states and run queues; locks. Part of World.
#pragma once

#include "core/base/units.h"
#include "core/event/event.h"

#include <cstdint>
#include <vector>

namespace jiffy::core
{

/// The hard interrupt that a CPU is handling. They do not nest.
enum class Interrupt : std::uint8_t
{
    None,
    Tick,
    Device,
    Ipi,
};

struct KernelCpu
{
    bool isTickStopped = false;
    bool isSoftirqPending = false; ///< TIMER_SOFTIRQ
    bool hasLoad = true;           ///< other work than the scenario's: it is never idle
    Interrupt interrupt = Interrupt::None;
    std::uint8_t delays = 0;       ///< mdelay()s that it is in: one, and those that it was interrupted in
    std::uint8_t baseLock = 0;     ///< 1 + the CPU that holds the lock of this one's wheel; 0: free
    std::uint32_t current = 0;     ///< 1 + the process that it executes; 0: none
    std::uint64_t spinning = 0;    ///< spinWord()
    Jiffies sleepUntil = ~0ull;    ///< with a stopped tick: jiffies for which it is woken; ~0: for none
    std::uint64_t tickInterrupts = 0;  ///< so far; kept by apply
    std::uint64_t otherInterrupts = 0; ///< so far; kept by apply
    std::vector<std::uint32_t> runQueue; ///< processes that wait for the CPU, the next one first
    bool operator==(const KernelCpu&) const = default;
};

struct ProcessState
{
    TaskState state = TaskState::New;
    bool hasSignal = false; ///< signal_pending()
    bool operator==(const ProcessState&) const = default;
};

struct KernelState
{
    std::vector<KernelCpu> cpus;        ///< empty: the machine is not one of CPUs
    std::vector<ProcessState> processes;
    std::vector<std::uint8_t> lockOwners; ///< 1 + CPU; 0: free
    std::uint64_t dutyCpu = 0;          ///< tick_do_timer_cpu; ~0: none
    bool operator==(const KernelState&) const = default;

    bool isThere() const { return !cpus.empty(); }
    const KernelCpu& cpu(int c) const { return cpus[static_cast<std::size_t>(c)]; }
    /// Its tick is stopped and nothing is executed on it: no interrupt, softirq or process.
    bool isAsleep(int c) const
    {
        const KernelCpu& k = cpu(c);
        return k.isTickStopped && k.interrupt == Interrupt::None && !k.isSoftirqPending && k.current == 0 && k.delays == 0;
    }
};

} // namespace jiffy::core
