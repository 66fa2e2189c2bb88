// SPDX-License-Identifier: GPL-3.0-or-later
// From events to actions: who armed, re-armed, cancelled which timer, and where the machine ran it.
//
// timer_cancel stands before every expiry and within every mod_timer of a pending timer, so it means nothing
// alone:
//   cancel, then timer_expire_entry of that timer on that CPU      the machine ran it   -> MachineFired
//   cancel, then at once timer_start of that timer on that CPU     mod_timer            -> ModTimer
//   cancel, then anything else                                     del_timer            -> DelTimer
//   timer_start that tells its bucket: besides, where the machine filed the timer                -> MachineFiled
// A cancel is therefore put down as del_timer at its place and taken back when the next event says otherwise.
// "At once": no other event on that CPU between, because mod_timer does both with interrupts off.
//
// Jiffies stay raw until finish(): the word in which they wrap and HZ are known only when the trace has
// ended. An action whose event prints no jiffies keeps the last jiffies printed and the time that passed
// since.
#pragma once

#include "core/scenario/inputs.h"
#include "core/trace/line.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jiffy::core
{

struct TraceCounts
{
    std::uint64_t starts = 0;          ///< timer_start, re-arms included
    std::uint64_t rearms = 0;          ///< of a timer that was pending
    std::uint64_t startsByOwn = 0;     ///< a callback started its own timer again
    std::uint64_t startsByOther = 0;   ///< a callback started another timer
    std::uint64_t startsElsewhere = 0; ///< filed on another CPU's wheel than that of the caller
    std::uint64_t modern = 0;          ///< events with fields of the wheel of 4.8 and later
    std::uint64_t cancels = 0;         ///< real ones
    std::uint64_t fires = 0;
    std::uint64_t timedFires = 0;     ///< with a duration
    std::uint64_t duration = 0;       ///< ns, over the timed ones
    std::uint64_t pendingAtStart = 0; ///< cancelled or run without having been seen started
    std::uint64_t pendingAtEnd = 0;
    std::uint64_t nameless = 0;  ///< events of timers that print as (____ptrval____)
    std::uint64_t outOfLine = 0; ///< actions left out: jiffies that cannot follow those before
    std::uint64_t losses = 0;    ///< places where the recorder lost events
    std::uint64_t lost = 0;      ///< events lost, as far as the recorder counted them
};

class Lifetimes
{
  public:
    /// Any event of the trace; others than timer_* only tell what happened "at once". REQUIRES: event.cpu
    /// < 64.
    void take(const TraceEvent& event);
    /// The recorder lost `count` events (0: it does not say) on a CPU (-1: it does not say).
    void lose(std::uint64_t count, int cpu);

    /// Hands over names, timers, actions, the first jiffies and the end. The object is spent.
    void finish(Inputs& inputs);

    /// The timer whose function runs on a CPU; ~0: none that is known.
    std::uint32_t runningOn(int cpu) const
    {
        const auto at = m_cpus[static_cast<std::size_t>(cpu)].running;
        return at == none ? none : m_addresses[at].timer;
    }

    const TraceCounts& counts() const { return m_counts; }
    bool hasJiffies() const { return m_hasJiffies; } ///< an event printed jiffies
    int highestCpu() const { return m_highestCpu; }  ///< of the actions; -1: none
    std::size_t functionCount() const { return m_names.size(); }
    std::size_t timerCount() const { return m_timers.size(); }

  private:
    static constexpr std::uint32_t none = ~0u;
    struct Address ///< one struct timer_list, as far as an address tells
    {
        std::uint32_t timer = none; ///< index into m_timers: as it was last started or run
        std::uint32_t cancelAction = none;
        std::uint64_t cancelTurn = 0; ///< the CPU's turn at the cancel
        std::uint8_t cancelCpu = 0;
        bool isCancelOpen = false; ///< what the last cancel meant is not known yet
        bool isPending = false;    ///< started in the recording, and not finished
    };
    struct Cpu
    {
        std::uint64_t turn = 0;       ///< events seen on it
        std::uint32_t running = none; ///< index into m_addresses: the timer whose function runs
        std::uint32_t runAction = none;
        std::uint64_t runSince = 0;
    };
    struct Timer
    {
        std::uint32_t function = 0;
        std::uint8_t flags = 0;
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
    };

    std::uint32_t addressIndex(std::uint64_t address);
    std::uint32_t timerFor(std::uint32_t address, std::string_view function);
    void start(const TraceEvent& event, std::uint32_t address);
    void pushFiled(Action action, const TraceEvent& event);
    void cancel(const TraceEvent& event, std::uint32_t address);
    void enter(const TraceEvent& event, std::uint32_t address);
    void leave(const TraceEvent& event, std::uint32_t address);
    void takeBack(Address& address);
    void push(Action action, const TraceEvent& event, bool hasJiffies);
    void settleTicks(Inputs& inputs);
    void nameTimers(Inputs& inputs) const;

    TraceCounts m_counts;
    std::vector<Action> m_actions;
    std::vector<Timer> m_timers;
    std::vector<std::string> m_names;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> m_functions;
    std::vector<Address> m_addresses;
    std::unordered_map<std::uint64_t, std::uint32_t> m_addressIndex;
    std::unordered_map<std::uint64_t, std::uint32_t> m_timerIndex; ///< by address << 32 | function
    std::vector<Cpu> m_cpus;
    Jiffies m_lastJiffies = 0;
    std::uint64_t m_lastTime = 0;
    bool m_hasJiffies = false;
    int m_highestCpu = -1;
};

} // namespace jiffy::core
