// SPDX-License-Identifier: GPL-3.0-or-later
// What the CPUs of a recorded machine did when, besides what a replay does with their timers: spans as ActivitySpan has
// them, for strips below the model's lanes. Facts of the recording; nothing here is the model's.
//
//   softirq_entry .. softirq_exit vec=1            Softirq
//   timer_expire_entry .. timer_expire_exit        Handler
//   hrtimer_expire_entry .. hrtimer_expire_exit    Hrtimer, or Tick: of the hrtimer that is the tick's
//   local_timer_entry .. local_timer_exit          Interrupt: of the CPU's own timer, for the tick or for an hrtimer
//   tick_stop success=1 ..                         Stopped
//
// The tick's hrtimer is the one that is started right behind a tick_stop on its CPU, or is known by its function's name.
//
// No kernel prints when a stopped tick goes on. A stop ends here with the first sign of that: timer_base_idle is_idle=0
// (6.12) or a sched_switch of the idle task, which come with it; an event of another task than the idle one, or the tick's
// hrtimer started from its own function, by which it is over; or else the next tick_stop. RecordedEnd tells which.
#pragma once

#include "core/base/units.h"
#include "core/insight/cpu_activity.h"
#include "core/insight/summary.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace jiffy::core
{

enum class Recorded : std::uint8_t
{
    Stopped,   ///< the tick is stopped
    Interrupt, ///< of the CPU's timer
    Softirq,   ///< the timer softirq
    Handler,   ///< a timer's function; id: the timer, or ActivitySpan::none
    Hrtimer,   ///< an hrtimer's function; id: its name
    Tick,      ///< the tick; id: the name of its function
};
constexpr int recordedCount = 6;

/// By what the end of a span is known.
enum class RecordedEnd : std::uint8_t
{
    Said,       ///< an event says so
    ByThen,     ///< Stopped: it was over then, if not earlier
    NextStop,   ///< Stopped: all that is known is that it was over when the next one began
    Lost,       ///< the recorder lost events there
    Unfinished, ///< nothing: the recording ended, or the same began once more
};

struct RecordedMark
{
    enum class What : std::uint8_t
    {
        HrtimerStart, ///< other ones than the tick's
        HrtimerCancel,
        TickKept, ///< tick_stop success=0
        Lost,     ///< events were lost
    };
    std::uint64_t at = 0; ///< ns since the start of the replay
    std::uint32_t name = 0; ///< hrtimers: of the function; noName: not known
    What what = What::Lost;
    static constexpr std::uint32_t noName = ~0u;
    static constexpr int kinds = 4;
    bool operator==(const RecordedMark&) const = default;
};

/// Of all events, those outside of the replay's time too.
struct RecordedCounts
{
    std::uint64_t softirqs = 0, handlers = 0, hrtimers = 0, ticks = 0, interrupts = 0, stops = 0, kept = 0, starts = 0, cancels = 0;
    std::uint64_t stopsSaid = 0, stopsToNext = 0; ///< of whose end an event tells, and only the next one
    std::uint64_t before = 0;      ///< spans that were over before the first event that prints jiffies, and marks
    std::uint64_t elsewhere = 0;   ///< spans and marks of CPUs on which no timer was seen
    bool operator==(const RecordedCounts&) const = default;
    /// Anything besides timers' functions, of which the replay tells.
    bool isAny() const { return softirqs + hrtimers + ticks + interrupts + stops + kept + starts + cancels != 0; }
};

class RecordedMachine
{
  public:
    int cpuCount() const { return static_cast<int>(m_cpus.size()); }
    /// In order of their begin, ns since the start of the replay. event, endEvent: lines of the file, from 1.
    const std::vector<ActivitySpan>& spans(int cpu, Recorded what) const
    {
        return m_cpus[static_cast<std::size_t>(cpu)].spans[static_cast<std::size_t>(what)];
    }
    /// In order of time.
    const std::vector<RecordedMark>& marks(int cpu, RecordedMark::What what) const
    {
        return m_cpus[static_cast<std::size_t>(cpu)].marks[static_cast<std::size_t>(what)];
    }
    /// When the recording ended: what is open lasts until then.
    std::uint64_t end() const { return m_end; }
    const RecordedCounts& counts() const { return m_counts; }
    const std::string& name(std::uint32_t id) const { return m_names[id]; }

    static RecordedEnd endOf(const ActivitySpan& span) { return static_cast<RecordedEnd>(span.word & 0xFF); }
    /// The recording does not show its begin.
    static bool beganBefore(const ActivitySpan& span) { return (span.word & beganBeforeBit) != 0; }
    static constexpr std::uint64_t beganBeforeBit = 0x100;

    /// "recorded softirqs", "recorded ticks", "recorded tick stops", ...; those that there are.
    std::vector<SummaryLine> lines() const;

  private:
    friend class MachineRecorder;
    struct Cpu
    {
        std::array<std::vector<ActivitySpan>, recordedCount> spans;
        std::array<std::vector<RecordedMark>, RecordedMark::kinds> marks;
    };
    std::vector<Cpu> m_cpus;
    std::vector<std::string> m_names;
    RecordedCounts m_counts;
    std::uint64_t m_end = 0;
};

} // namespace jiffy::core
