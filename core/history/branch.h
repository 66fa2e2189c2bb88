// SPDX-License-Identifier: GPL-3.0-or-later
// Forks: changing the inputs at an instant of the past makes a second future; the first is kept.
//
// A branch is replayed from a checkpoint before the fork with the changed inputs, and shares the whole chunks of the
// log before it. What it emits again of the common past is compared with what stands there. Where the next checkpoint
// is far, one is made of the end of the tick before: between two ticks a machine that is driven by ticks is nothing but
// its world and the number of actions that have begun.
#pragma once

#include "core/base/result.h"
#include "core/history/history.h"
#include "core/run/run.h"

#include <memory>

namespace jiffy::core
{

/// Where a new action goes when somebody intervenes at a position. A call is atomic and so is the handling of a tick:
/// inside one, the new action waits for its end.
struct InterventionPoint
{
    std::uint64_t actionIndex = 0; ///< in Inputs::actions: behind all that have begun by then
    std::uint64_t tick = 0;        ///< of the clock then
    std::uint32_t offset = 0;      ///< ns since that tick
    std::uint64_t behind = 0;      ///< by hand: ticks of the action before it that come after it; that one is split
    bool operator==(const InterventionPoint&) const = default;
};

/// The state in which an action at a point is carried out.
struct Standing
{
    World world;
    bool isLater = false; ///< not at the playhead itself: the end of a call, of a tick, or other actions came first
    // a machine of CPUs:
    bool isNever = false;    ///< its CPU does not come to it: the world is that at the end
    bool isTooEarly = false; ///< at that instant it would be taken up before p
};

/// The position whose records are the common past of a fork at p: behind the record in whose lines p stands, and in
/// front of the one that leads to the next tick.
Position forkPosition(const History& history, Position p);

/// O(records of p's tick), by hand O(distance to the checkpoint before p). The history's cursor may move.
InterventionPoint interventionAt(History& history, Position p);
/// point: of p, or behind more actions of the same instant.
Standing standingAt(History& history, Position p, const InterventionPoint& point);

/// A machine of CPUs: where an action on that CPU would be taken up; an interrupt comes between what other actions wait for.
Standing standingOn(History& history, Position p, const InterventionPoint& point, int cpu, bool isInterrupt);
/// The nanosecond behind a point.
InterventionPoint nextInstant(const History& history, const InterventionPoint& point);

/// inputs with one more action at that point; action's tick and offset are set.
Inputs withAction(const Inputs& inputs, const InterventionPoint& point, Action action);

/// A run of `changed` that has the history's records before forkPosition(p). changed must agree with the history's
/// inputs in the machine, in the timers that those have, and in all actions before `point`. If it does not, or emits
/// another past: Fault::Input, saying which.
Result<Run> fork(History& history, Position p, const InterventionPoint& point, InputsPtr changed);

/// Goes on with a run that was stopped: its log begins with the snapshot's records, but for those behind the last
/// checkpoint, which it emits again. REQUIRES: the snapshot is of a run of these inputs.
Run resume(InputsPtr inputs, const Snapshot& snapshot);

} // namespace jiffy::core
