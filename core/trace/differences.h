// SPDX-License-Identifier: GPL-3.0-or-later
// Where the replay differs from what the recorded machine did: a fold over the log of a replay.
//
// The model's runs (Fired) and the machine's (Noted, MachineFired) of one arming are brought together, in
// whichever order they come. Compare on jiffies. On the machine's own wheel a replay differs where the machine's
// tick was late, or slept through (deferrable timers). Wheels since 4.8 round up and run a timer at least one jiffy
// after its expiry, that of 3.9 at it: there a replay is a jiffy early or more. A mod_timer() that stays within its
// slot prints nothing there, so a machine may also run a timer much later than the last expiry that its trace shows.
#pragma once

#include "core/event/log.h"
#include "core/insight/clock_fold.h"
#include "core/insight/summary.h"
#include "core/scenario/inputs.h"
#include "core/trace/placements.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace jiffy::core
{

/// What became of one arming. "Model" is the replay.
enum class Verdict : std::uint8_t
{
    Same,             ///< both ran it, on the same jiffy
    ModelEarlier,     ///< both ran it, the model first
    ModelLater,       ///< both ran it, the machine first
    MachineCancelled, ///< the model had run it when the machine cancelled it
    MachineRearmed,   ///< the model had run it when the machine armed it anew, still pending there
    ModelNever,       ///< only the machine ran it: the model was re-armed, cancelled or ended before
    NotArmed,         ///< the machine ran it, the recording does not show it armed
    Lost,             ///< the model ran it, then the recording lost events: what the machine did is not known
    Unfinished,       ///< the model ran it, and the recording ended before the machine did anything
};
constexpr int verdictCount = 9;
std::string_view name(Verdict v); ///< as the summary calls it: "run on the same jiffy"

/// One arming that the model or the machine brought to its call.
struct MachineRun
{
    static constexpr std::uint64_t noEvent = ~0ull;

    std::uint64_t modelEvent = noEvent;   ///< index of the model's Fired
    std::uint64_t machineEvent = noEvent; ///< index of the Noted, or of the call that told the verdict
    Jiffies modelJiffies = 0;             ///< when the model ran it; 0 without modelEvent
    Jiffies machineJiffies = 0;    ///< when the machine ran (cancelled, re-armed) it; 0 without machineEvent
    std::int64_t lag = 0;          ///< machine's jiffies - model's; 0 unless both ran it
    std::uint32_t nanoseconds = 0; ///< how long the machine's callback took; 0: not known
    TimerId timer;
    Verdict verdict = Verdict::Unfinished;
    std::uint8_t modelCpu = 0;
    std::uint8_t machineCpu = 0;

    bool operator==(const MachineRun&) const = default;
    bool isModelRun() const { return modelEvent != noEvent; }
    /// The machine called its function (machineEvent is then the Noted).
    bool isMachineRun() const
    {
        return verdict <= Verdict::ModelLater || verdict == Verdict::ModelNever ||
               verdict == Verdict::NotArmed;
    }
    bool isOnOtherCpu() const { return verdict <= Verdict::ModelLater && modelCpu != machineCpu; }
};

/// Extends record by record and costs nothing for inputs that hold no recording. One thread at a time.
class Differences
{
  public:
    explicit Differences(const Inputs& inputs);

    void add(const Record& r);
    void addOpen(const OpenRun& run) { m_clock.pass(run); }

    bool isNeeded() const { return m_isNeeded; }        ///< the inputs hold a recording; else add() may be left out
    /// The log holds no run of a machine, and nothing that it filed.
    bool isEmpty() const { return m_machineRuns == 0 && m_placements.all().empty(); }
    /// Where the machine filed, and where the model does; only on the wheel that such machines have.
    const Placements& placements() const { return m_placements; }
    /// Totals for the end of a run, digits but for "largest difference of"; none if isEmpty().
    std::vector<SummaryLine> lines(const Inputs& inputs) const;
    std::uint64_t count(Verdict v) const { return m_counts[static_cast<std::size_t>(v)]; }

    /// All armings that came to a call, in the order in which that was first seen.
    std::span<const MachineRun> runs() const { return m_runs; }
    /// Indices into runs() of one timer, in order.
    std::span<const std::uint32_t> runsOf(TimerId timer) const;
    /// The run that an event of this timer is about (its Fired, its Noted, its cancel); null if there is
    /// none.
    const MachineRun* at(std::uint64_t event, TimerId timer) const;

  private:
    static constexpr std::uint32_t none = ~0u;
    struct Timer
    {
        std::vector<std::uint32_t> runs;
        std::uint32_t open = none;  ///< the model ran it, the machine's part is awaited
        std::uint32_t ahead = none; ///< the machine ran it, the model's part is awaited
        std::uint64_t lossesAtOpen = 0;
        bool isPending = false; ///< in the model
    };

    Timer& timer(TimerId id);
    MachineRun& newRun(Timer& t, TimerId id, Verdict v);
    void judge(MachineRun& run, Verdict v);
    void judgeByJiffies(MachineRun& run);
    void closeOpen(Timer& t, const Record& r, Verdict v);
    void follow(const Record& r);
    void modelRan(const Record& r);
    void machineRan(const Record& r);
    void addRuns(std::vector<SummaryLine>& out, const Inputs& inputs) const;

    ClockFold m_clock;
    Placements m_placements;
    std::vector<Timer> m_timers;
    std::vector<MachineRun> m_runs;
    std::array<std::uint64_t, verdictCount> m_counts{};
    std::uint64_t m_event = 0; ///< records taken, the present one included
    std::uint64_t m_machineRuns = 0;
    std::uint64_t m_losses = 0;
    bool m_isNeeded = true;
    bool m_hasRuns = true; ///< the inputs hold runs of the machine, or it is not known
};

/// Folds a whole replay.
Differences compareWithMachine(const Inputs& inputs, const LogView& log, const OpenRun& open);

/// "process_timeout.3: model at 4294896467, machine at 4294896468, 1 jiffy later, on CPU 1": for lists and
/// tests.
std::string toText(const MachineRun& run, const Inputs& inputs);

} // namespace jiffy::core
