// SPDX-License-Identifier: GPL-3.0-or-later
// What each process of a machine of CPUs was in when: on a CPU, ready for one, asleep; what each msleep() asked for and
// got; and who woke whom. A fold over the log that extends as it does. One thread at a time.
#pragma once

#include "core/event/log.h"
#include "core/insight/clock_fold.h"
#include "core/scenario/inputs.h"

#include <vector>

namespace jiffy::core
{

/// TaskState, and TASK_RUNNING told apart by whether the process has a CPU.
enum class ProcessIs : std::uint8_t
{
    OnCpu,
    Ready, ///< TASK_RUNNING, in a run queue
    Interruptible,
    Uninterruptible,
    Dead,
};

struct ProcessSpan
{
    static constexpr std::uint64_t open = ~0ull;
    ProcessIs is = ProcessIs::Ready;
    std::uint8_t cpu = 0;     ///< OnCpu: on which
    std::uint64_t begin = 0;  ///< ns since the start
    std::uint64_t end = open; ///< ns; open: not over yet
    std::uint64_t event = 0;  ///< the record that began it
    bool operator==(const ProcessSpan&) const = default;
};

/// One call of msleep() or msleep_interruptible().
struct ProcessSleep
{
    static constexpr std::uint64_t open = ~0ull;
    std::uint64_t ms = 0;       ///< asked for
    std::uint64_t jiffies = 0;  ///< what schedule_timeout() is asked for: msecs_to_jiffies() + 1
    std::uint64_t begin = 0;    ///< ns: the call
    std::uint64_t event = 0;    ///< ... its record
    std::uint64_t woken = open; ///< ns: it was made TASK_RUNNING again
    std::uint64_t end = open;   ///< ns: the call returned
    std::uint64_t left = 0;     ///< ms that msleep_interruptible() returned
    bool isInterruptible = false;
    bool operator==(const ProcessSleep&) const = default;

    /// ns after the call between which the original wakes it, where nothing keeps the timer's function waiting.
    std::uint64_t earliest(Hz hz) const { return jiffies == 0 ? 0 : (jiffies - 1) * 1'000'000'000u / hz.value; }
    std::uint64_t latest(Hz hz) const { return jiffies * 1'000'000'000u / hz.value; }
};

/// Something made a process look again.
struct ProcessWake
{
    std::uint64_t at = 0; ///< ns
    std::uint64_t event = 0;
    TimerId by;           ///< the timer in whose function it happened; none: other code
    std::uint8_t cpu = 0; ///< that executes it
    bool isSignal = false;
    bool operator==(const ProcessWake&) const = default;
};

class ProcessStates
{
  public:
    explicit ProcessStates(const Inputs& inputs);

    /// log: a longer prefix of the same log. O(what is new).
    void extend(const LogView& log);
    std::size_t processCount() const { return m_processes.size(); }
    /// In order, without gaps, from when it began; the last one is open.
    const std::vector<ProcessSpan>& spans(std::size_t process) const { return m_processes[process].spans; }
    const std::vector<ProcessSleep>& sleeps(std::size_t process) const { return m_processes[process].sleeps; }
    /// wake_up_process() that found it asleep, and signals sent to it, in order.
    const std::vector<ProcessWake>& wakes(std::size_t process) const { return m_processes[process].wakes; }
    /// ns since the start, behind the records read.
    std::uint64_t time() const { return static_cast<std::uint64_t>(m_clock.now()); }

  private:
    struct Process
    {
        TaskState state = TaskState::New;
        std::uint32_t cpu = 0; ///< 1 + that which executes it
        std::vector<ProcessSpan> spans;
        std::vector<ProcessSleep> sleeps;
        std::vector<ProcessWake> wakes;
    };
    void read(const Record& r);
    void readFunction(const Record& r);
    void readRegister(const Record& r);
    void show(Process& p);
    Process* processOf(std::uint32_t onePlus) { return onePlus == 0 || onePlus > m_processes.size() ? nullptr : &m_processes[onePlus - 1]; }

    ClockFold m_clock;
    std::vector<Process> m_processes;
    std::vector<TimerId> m_running; ///< by CPU: the timer whose function runs
    std::uint64_t m_read = 0;
};

/// Index of the span that a process is in at an instant, or of the first one behind it.
std::size_t spanAt(const std::vector<ProcessSpan>& spans, std::uint64_t ns);

} // namespace jiffy::core
