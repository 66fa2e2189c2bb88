// SPDX-License-Identifier: GPL-3.0-or-later
// From the events of a trace to what its CPUs did: see recorded_machine.h. One pass; a few hash look-ups for an event of an
// hrtimer, none for others.
#pragma once

#include "core/trace/line.h"
#include "core/trace/recorded_machine.h"
#include "core/trace/trace_clock.h"

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jiffy::core
{

class MachineRecorder
{
  public:
    /// Any event of the trace, in the order of the file. timer: of an ExpireEntry, as the replay numbers it, or
    /// ActivitySpan::none. REQUIRES: event.cpu < 64.
    void take(const TraceEvent& event, std::uint64_t line, std::uint32_t timer);
    /// The recorder lost events on a CPU; -1: it does not say.
    void lose(std::uint64_t line, int cpu);

    /// jiffies: at the start of the replay; cpus: that it has. Null: nothing was recorded but timers' functions, or nothing
    /// tells the time. The object is spent.
    std::shared_ptr<const RecordedMachine> finish(Hz hz, Word word, Jiffies jiffies, int cpus);

    /// There is something to show, and no clock to place it by.
    bool lacksTime() const { return m_clock.isEmpty() && m_counts.isAny(); }

  private:
    static constexpr std::uint32_t none = ActivitySpan::none;
    using Kind = Recorded;
    struct Running
    {
        std::uint64_t address = 0;
        std::uint32_t span = none;
    };
    struct Mark
    {
        std::uint64_t time = 0;
        std::uint32_t name = RecordedMark::noName;
        RecordedMark::What what = RecordedMark::What::Lost;
    };
    struct Cpu
    {
        std::array<std::vector<ActivitySpan>, recordedCount> spans; ///< times of the trace
        std::array<std::vector<Running>, recordedCount> running;    ///< the innermost last
        std::array<bool, recordedCount> isKnown{}; ///< one of it began since the recording did, or since events were lost

        std::vector<ActivitySpan>& spansOf(Kind what) { return spans[static_cast<std::size_t>(what)]; }
        std::vector<Running>& runningOf(Kind what) { return running[static_cast<std::size_t>(what)]; }
        std::vector<Mark> marks;
        std::uint64_t turn = 0, since = 0; ///< events seen; when its recording began, anew after a loss
        std::uint64_t stopTurn = ~0ull - 1, leftTurn = ~0ull - 1; ///< of its last tick_stop, and hrtimer_expire_exit
        std::uint64_t leftAddress = 0, namedAddress = 0;
        std::uint32_t name = none; ///< of the hrtimer at namedAddress, as it was last
        bool isStopOfIdle = true;
    };

    void begin(Cpu& cpu, Kind what, const TraceEvent& event, std::uint64_t line, std::uint32_t id, std::uint64_t address = 0);
    void finishSpan(Cpu& cpu, Kind what, const TraceEvent& event, std::uint64_t line, std::uint64_t address = 0);
    void close(Cpu& cpu, Kind what, std::uint64_t time, std::uint64_t line, RecordedEnd why);
    void seeSigns(Cpu& cpu, const TraceEvent& event, std::uint64_t line);
    void takeHrtimer(Cpu& cpu, const TraceEvent& event, std::uint64_t line);
    void takeStop(Cpu& cpu, const TraceEvent& event, std::uint64_t line);
    std::uint32_t nameOf(Cpu& cpu, const TraceEvent& event);
    bool isTick(std::uint32_t name) const { return name < m_isOfTick.size() && m_isOfTick[name]; }
    void sortOutTicks(Cpu& cpu) const;
    void settle(Cpu& from, RecordedMachine::Cpu* to);
    void settleSpans(std::vector<ActivitySpan>& spans);
    bool settleSpan(ActivitySpan& span) const;

    TraceClock m_clock;
    RecordedCounts m_counts;
    std::vector<Cpu> m_cpus;
    std::vector<std::string> m_names;
    std::vector<bool> m_isOfTick; ///< by name
    std::unordered_map<std::string, std::uint32_t> m_nameIds;
    std::unordered_map<std::uint64_t, std::uint32_t> m_hrtimers; ///< address to name
    std::uint64_t m_lastTime = 0, m_firstTime = 0;
    bool m_hasEvents = false;
};

} // namespace jiffy::core
