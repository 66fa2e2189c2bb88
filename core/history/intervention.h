// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions at a position: what one would do (Trial), and the doing of it (intervene()).
//
// An intervention takes effect at the first instant at which its CPU could carry it out: at the playhead, or
// behind the call or the tick in whose middle the playhead stands; where the run comes from a document, also
// behind what the document's populations do at that instant. Standing::isLater says so. On a machine of CPUs each CPU has
// its own such instant: one that is in a softirq, or spins, comes to it later.
#pragma once

#include "core/history/branch.h"
#include "core/scenario/live.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace jiffy::core
{

using DocumentPtr = std::shared_ptr<const Scenario>;

/// What a call would do.
struct Outcome
{
    std::vector<Record> records; ///< that it would emit, Defined of a new timer included
    Returned returned = Returned::Nothing;
    bool wasPending = false;
    bool isPending = false;  ///< afterwards
    bool isRefused = false;  ///< the original stops with BUG_ON
    SlotId from, to;         ///< where it stood, and where it is filed; none: nowhere
    Jiffies asked = 0;       ///< the expiry asked for
    Jiffies effective = 0;   ///< after slack
    Jiffies position = 0;    ///< timer_jiffies of the CPU it is filed on, then; 6.1: clk of its wheel
    int cpu = 0;             ///< whose wheel it is filed on
};

/// What keeps a CPU from a call: it comes to it when that is over.
enum class Occupied : std::uint8_t
{
    No,
    Interrupt, ///< a hard one
    Softirq,
    Spin,      ///< for a lock, or for a timer's function
    Code,      ///< another call, or a process's code that takes time
};
Occupied occupied(const World& world, int cpu);

/// A machine of CPUs: where a call goes, and the state in which its CPU takes it up.
struct CpuStanding
{
    InterventionPoint point;
    Standing standing;
};
/// document: of the history's inputs; null if there is none. REQUIRES: a machine of CPUs.
CpuStanding standFor(History& history, Position p, const Scenario* document, const Intervention& what);

/// Tries calls on the state in which they would take effect, without running anything: for previews. Making one
/// costs what interventionAt() does and copies of inputs and world; each call O(1).
class Trial
{
  public:
    /// document: of the history's inputs; null if there is none.
    Trial(History& history, Position p, const Scenario* document);

    const InterventionPoint& point() const { return m_point; }
    bool isLater() const { return m_standing.isLater; }
    // a machine of CPUs:
    bool isNever() const { return m_standing.isNever; }
    std::uint64_t waits() const { return m_waits; } ///< ns from the playhead until it takes effect
    Occupied occupied() const { return m_occupied; } ///< its CPU at the playhead
    /// A machine of CPUs: from now on the state is that in which such a call would be carried out, on its CPU. of() does it.
    void standOn(const Intervention& what);
    /// In which the call would be carried out.
    const World& world() const { return m_standing.world; }
    /// REQUIRES: what.cpu, target and timer exist (Add needs no timer). Of what only a machine of CPUs can be told to there
    /// is no more to be said than when.
    Outcome of(const Intervention& what);

  private:
    InputsPtr m_inputs;
    InterventionPoint m_point;
    Standing m_standing;
    // a machine of CPUs:
    History* m_history = nullptr;
    Position m_position;
    const Scenario* m_document = nullptr;
    std::uint64_t m_waits = 0;
    Occupied m_occupied = Occupied::No;
    std::map<std::pair<int, bool>, CpuStanding> m_standings; ///< by CPU, and whether it is an interrupt
};

/// Why nothing can be done at p, in one sentence; none if something can.
std::optional<std::string> whyNoIntervention(const History& history, Position p);

/// A run with one more call. It stands right behind that call.
struct Intervened
{
    Run run;
    DocumentPtr document; ///< null if there was none
    InterventionPoint point;
    TimerId timer;  ///< Add: the new one
    Position after; ///< behind the last record of the call
};

/// Forks the history's run at p and carries out the call. Fault::Input when that cannot be done, saying why.
Result<Intervened> intervene(History& history, Position p, const DocumentPtr& document,
                             const Intervention& what);

} // namespace jiffy::core
