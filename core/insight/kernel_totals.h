// SPDX-License-Identifier: GPL-3.0-or-later
// What a machine of CPUs did, as totals: interrupts, saved ticks, turns, sleeps. A fold over the log that keeps no more
// than the machine has parts, and a number for each sleep. Part of Summary.
#pragma once

#include "core/insight/clock_fold.h"
#include "core/scenario/inputs.h"

#include <optional>
#include <string>
#include <vector>

namespace jiffy::core
{

class KernelTotals
{
  public:
    struct Cpu
    {
        std::uint64_t tickInterrupts = 0;
        std::uint64_t lostTicks = 0; ///< that came while interrupts were off
        std::uint64_t otherInterrupts = 0;
        std::uint64_t mostTurns = 0; ///< of the loop in __run_timers(), in one softirq
        std::uint64_t turns = 0;     ///< ... in the one under way
        bool isTickStopped = false;
        bool isInSoftirq = false;
    };
    struct Sleep
    {
        std::uint64_t begin = 0; ///< ns since the start, when it was called
        std::uint64_t took = 0;  ///< ns until it returned
        std::uint64_t left = 0;  ///< ms that msleep_interruptible() returned
    };

    explicit KernelTotals(const Inputs& inputs);

    /// clock: as it stands before the record.
    void add(const Record& r, const ClockFold& clock);
    void addOpen(const OpenRun& run);

    const std::vector<Cpu>& cpus() const { return m_cpus; }
    /// Over all CPUs: a member of Cpu, added up.
    std::uint64_t sum(std::uint64_t Cpu::* member) const;
    std::uint64_t mostTurns() const;
    /// Tick interrupts that did not happen, of the periods that have gone by.
    std::uint64_t savedTicks(int cpu) const;
    std::uint64_t savedTicks() const;
    /// Ended ones of a process, in order.
    const std::vector<Sleep>& sleeps(std::uint32_t process) const { return m_processes[process].ended; }
    std::uint64_t sleepCount() const;
    std::uint64_t shortestSleep() const; ///< ns; 0: none has ended
    std::uint64_t longestSleep() const;
    std::uint64_t deadlocks = 0, usesAfterFree = 0;

    /// What one of its parts amounts to, by a name: "tick interrupts of CPU 2", "saved ticks of CPU 2", "other interrupts of
    /// CPU 2", "most turns of CPU 2", "sleeps of P", "ms left of P". None: there is no such part.
    std::optional<std::string> named(const std::string& name, const Inputs& inputs) const;

  private:
    struct Process
    {
        std::vector<Sleep> ended;
        std::optional<std::uint64_t> since;
    };
    void countTicks(std::uint64_t ticks);
    void countTurns(std::uint64_t cpus, std::uint64_t turns);
    void enter(const Record& r, std::uint64_t now);
    void leave(const Record& r, std::uint64_t now);

    std::vector<Cpu> m_cpus;
    std::vector<Process> m_processes;
    std::uint64_t m_periods = 0;
};

/// "5ms", "6.667ms": exact to the nanosecond.
std::string sleepText(std::uint64_t nanoseconds);
/// "5ms, 10ms"; "none" for an empty list.
std::string sleepsText(const std::vector<std::uint64_t>& nanoseconds);
std::string sleepsName(const std::string& process);
std::string leftName(const std::string& process);

} // namespace jiffy::core
