// SPDX-License-Identifier: GPL-3.0-or-later
// What NO_HZ saved and what it cost: for each CPU of a machine of CPUs its sleeps with a stopped tick, what ended each,
// and the softirq behind it that catches up with what was slept over. A fold over the log that extends as it does. What
// happened inside runs of quiet turns is arithmetic (clock_fold.h). One thread at a time.
#pragma once

#include "core/event/log.h"
#include "core/insight/clock_fold.h"
#include "core/scenario/inputs.h"

#include <map>
#include <vector>

namespace jiffy::core
{

enum class WokenBy : std::uint8_t
{
    Nothing,   ///< it sleeps on
    Timer,     ///< its tick device, programmed for the next timer
    Interrupt, ///< a device
    Ipi,       ///< another CPU
    Work,      ///< its tick was restarted: it has something to execute
};

/// From the look-up that finds nothing nearer to the interrupt that ends it.
struct Sleep
{
    static constexpr std::uint64_t open = ~0ull;
    static constexpr std::uint32_t none = ~0u;
    std::uint64_t begin = 0;       ///< ns since the start
    std::uint64_t end = open;      ///< ns; open: not over yet
    std::uint64_t beginTick = 0;   ///< periods since the start
    std::uint64_t endTick = open;
    std::uint64_t event = 0;       ///< the record that began it
    std::uint64_t endEvent = open; ///< the record that ended it
    Jiffies until = ~0ull;         ///< jiffies that the tick device was set to; ~0: to none
    std::uint64_t owed = 0;        ///< ticks that did not happen in sleeps before it, since the last catch-up
    std::uint32_t catchUp = none;  ///< index of the catch-up behind it; none: there is none (yet)
    WokenBy by = WokenBy::Nothing;

    bool isOver() const { return end != open; }
    /// Tick interrupts of its CPU that did not happen, up to the end or to that period within it.
    std::uint64_t saved(std::uint64_t tick = open) const
    {
        if (tick >= endTick) return endTick - beginTick - (by == WokenBy::Timer ? 1 : 0);
        return tick < beginTick ? 0 : tick - beginTick;
    }
    bool operator==(const Sleep&) const = default;
};

/// The first softirq behind one sleep or several, or a tick whose turns found nothing.
struct CatchUp
{
    std::uint64_t begin = 0;        ///< ns since the start
    std::uint64_t beginTick = 0;    ///< periods since the start
    std::uint64_t event = 0;        ///< the record that began it: Entered, or Passed if no turn finds anything
    std::uint64_t endEvent = ~0ull; ///< the record that ended it; ~0: it is not over
    Jiffies from = 0;               ///< the first position that it processes (6.1: clk of the std wheel)
    Jiffies jiffies = 0;            ///< when it began
    std::uint32_t firstSleep = 0;   ///< of its CPU
    std::uint32_t sleeps = 0;
    std::uint64_t saved = 0;        ///< tick interrupts, in all of them
    std::uint64_t turns = 0;        ///< of the loop in __run_timers(); 6.1: of both wheels
    std::uint64_t held = 0;         ///< slots (6.1: buckets) that held a timer
    std::uint64_t cascades = 0;     ///< calls of cascade()
    std::uint64_t emptyCascades = 0;///< of slots without a timer
    std::uint64_t fired = 0;
    std::uint64_t deferrables = 0;  ///< of those
    std::uint64_t worstLate = 0;    ///< jiffies
    std::uint64_t jumped = 0;       ///< 6.1: jiffies that the clk of the std wheel jumped over

    bool isOver() const { return endEvent != ~0ull; }
    bool operator==(const CatchUp&) const = default;
};

/// A deferrable timer that became due while its CPU slept.
struct SleptOver
{
    std::uint64_t tick = 0; ///< when it was due, periods since the start
    TimerId timer;
    bool operator==(const SleptOver&) const = default;
};

class SleepAccounts
{
  public:
    explicit SleepAccounts(InputsPtr inputs);

    /// log: a longer prefix of the same log. O(what is new).
    void extend(const LogView& log);
    int cpuCount() const { return static_cast<int>(m_cpus.size()); }
    /// In order of their begin; only the last one can be open.
    const std::vector<Sleep>& sleeps(int cpu) const { return m_cpus[static_cast<std::size_t>(cpu)].sleeps; }
    const std::vector<CatchUp>& catchUps(int cpu) const { return m_cpus[static_cast<std::size_t>(cpu)].catchUps; }
    /// The last sleep that began, the last catch-up that began, before that many records; null: there is none.
    const Sleep* sleepBefore(int cpu, std::uint64_t event) const;
    const CatchUp* catchUpBefore(int cpu, std::uint64_t event) const;
    /// Deferrable timers that became due in sleeps, in the periods [from, to), by when; the first ones of many.
    std::vector<SleptOver> sleptOver(int cpu, std::uint64_t from, std::uint64_t to, std::size_t atMost = 10'000) const;

  private:
    struct Cpu
    {
        std::vector<Sleep> sleeps;
        std::vector<CatchUp> catchUps;
        std::vector<SleptOver> over;
        std::map<std::pair<std::uint64_t, std::uint32_t>, char> pending; ///< deferrable timers: due, timer
        Jiffies until = ~0ull;
        std::uint32_t owes = 0; ///< sleeps whose turns have not been done
        bool isStopped = false;
        bool isCatchingUp = false;
    };
    void read(const Record& r);
    void readRegister(const Record& r);
    void readPassed(const Record& r);
    void readFunction(const Record& r);
    void fall(int cpu);
    void wake(int cpu, WokenBy by);
    void beginCatchUp(int cpu);
    void arm(TimerId timer, int cpu, Jiffies expires);
    void disarm(TimerId timer);
    bool isDeferrable(TimerId timer) const;
    Cpu& at(int cpu) { return m_cpus[static_cast<std::size_t>(cpu)]; }
    CatchUp* current(int cpu) { return at(cpu).isCatchingUp ? &at(cpu).catchUps.back() : nullptr; }

    InputsPtr m_inputs;
    Geometry m_geometry;
    ClockFold m_clock;
    std::vector<Cpu> m_cpus;
    std::map<std::uint32_t, std::pair<int, std::uint64_t>> m_deferrables; ///< pending: CPU and when due
    std::uint64_t m_owing = 0;   ///< mask: CPUs that owe turns
    std::uint64_t m_stopped = 0; ///< mask
    std::uint64_t m_read = 0;
};

} // namespace jiffy::core
