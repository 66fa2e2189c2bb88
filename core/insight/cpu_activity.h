// SPDX-License-Identifier: GPL-3.0-or-later
// What each CPU of a machine of CPUs was doing when: spans of time, by kind, for lanes and strips. A fold over the log
// that extends as it does. Ticks that find nothing are no spans: they come with each period in which the CPU's tick is
// not stopped (isTicking()). One thread at a time.
#pragma once

#include "core/event/log.h"
#include "core/insight/clock_fold.h"
#include "core/scenario/inputs.h"

#include <array>
#include <vector>

namespace jiffy::core
{

enum class Activity : std::uint8_t
{
    Stopped,   ///< its tick is stopped; asleep, but for the interrupts within
    Idle,      ///< it has nothing to do
    Interrupt, ///< a hard interrupt: site TickInterrupt, DeviceInterrupt, Ipi; a tick that finds nothing has none
    Softirq,   ///< run_timer_softirq()
    Handler,   ///< a timer's function; id: the timer
    Delay,     ///< code takes its time (mdelay()); id: 1 + the process in whose code; 0: other code
    Spin,      ///< cpu_relax() until something is over; id: spinId(), word: all of it
    Lock,      ///< it holds a lock of the scenario; id: which
    BaseLock,  ///< it holds the lock of its wheel while cascades take time
    Process,   ///< executes a process; id: which
};
constexpr int activityCount = 10;

struct ActivitySpan
{
    static constexpr std::uint64_t open = ~0ull;
    std::uint64_t begin = 0;     ///< ns since the start
    std::uint64_t end = open;    ///< ns; open: not over yet
    std::uint64_t event = 0;     ///< the record that began it
    std::uint64_t endEvent = open; ///< the record that ended it
    std::uint64_t word = 0;      ///< Spin: spinWord(); Stopped: jiffies that it is to sleep until; Interrupt: the record's value
    std::uint32_t id = 0;
    Site site = Site::None;
    std::uint32_t outer = none;    ///< index of the last one of its kind that was not over when this one began
    static constexpr std::uint32_t none = ~0u;
    bool isOpen() const { return end == open; }
    bool operator==(const ActivitySpan&) const = default;
};

/// A CPU makes another one, or itself, look again: Raised, but of softirqs.
struct WakeUp
{
    std::uint64_t at = 0;    ///< ns since the start
    std::uint64_t event = 0;
    std::uint8_t from = 0, to = 0; ///< CPUs
    Site site = Site::None;
    bool operator==(const WakeUp&) const = default;
};

/// Index of the first one that begins at an instant or behind it.
std::size_t firstFrom(const std::vector<ActivitySpan>& spans, std::uint64_t ns);
/// Those that began before an instant and end behind it, the outermost first. O(log n + how deep they lie).
std::vector<std::size_t> lastingAt(const std::vector<ActivitySpan>& spans, std::uint64_t ns);

class CpuActivity
{
  public:
    explicit CpuActivity(const Inputs& inputs);

    /// log: a longer prefix of the same log. O(what is new).
    void extend(const LogView& log);
    /// In order of their begin; at most one of a kind is open, and Handlers, Delays and Locks may lie within others.
    const std::vector<ActivitySpan>& spans(int cpu, Activity what) const
    {
        return m_cpus[static_cast<std::size_t>(cpu)].spans[static_cast<std::size_t>(what)];
    }
    /// In order of time.
    const std::vector<WakeUp>& wakeUps() const { return m_wakeUps; }
    int cpuCount() const { return static_cast<int>(m_cpus.size()); }
    /// The CPU has an interrupt at the begin of that period: its tick is not stopped then.
    bool isTicking(int cpu, std::uint64_t period) const;
    /// Tick interrupts in the periods [from, to), those that found nothing and those that woke it included.
    std::uint64_t ticksWithin(int cpu, std::uint64_t from, std::uint64_t to) const;
    /// Tick interrupts of the periods [from, to) that did not happen.
    std::uint64_t ticksSaved(int cpu, std::uint64_t from, std::uint64_t to) const { return to - from - ticksWithin(cpu, from, to); }
    /// ns since the start, behind the records read.
    std::uint64_t time() const { return static_cast<std::uint64_t>(m_clock.now()); }

  private:
    struct Cpu
    {
        std::array<std::vector<ActivitySpan>, activityCount> spans;
        std::array<std::vector<std::size_t>, activityCount> openOnes; ///< indices of spans, the innermost last
        std::vector<std::uint64_t> wakes; ///< periods at whose begin a stopped CPU was woken by its timer
    };
    void read(const Record& r);
    void readFunction(const Record& r);
    void readRegister(const Record& r);
    void begin(int cpu, Activity what, const Record& r, std::uint32_t id = 0, std::uint64_t word = 0);
    /// The innermost one with that id.
    void finish(int cpu, Activity what, std::uint32_t id = 0);

    ClockFold m_clock;
    std::vector<Cpu> m_cpus;
    std::vector<WakeUp> m_wakeUps;
    std::uint64_t m_read = 0;
};

} // namespace jiffy::core
