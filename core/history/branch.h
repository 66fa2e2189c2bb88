// SPDX-License-Identifier: GPL-3.0-or-later
// Branches: changing the inputs at an instant of the past makes a second future; the first is kept.
//
// A branch is replayed from the checkpoint before the fork with the changed inputs, and shares the whole chunks of the
// log before it. What it emits again of the common past is compared with what stands there.
#pragma once

#include "core/base/result.h"
#include "core/history/history.h"
#include "core/run/run.h"

#include <string>
#include <vector>

namespace jiffy::core
{

/// Where a new action goes when somebody intervenes at a position.
struct InterventionPoint
{
    std::uint64_t actionIndex = 0; ///< in Inputs::actions: behind all that have begun by then
    std::uint64_t tick = 0;        ///< the action's tick: inside a tick, it waits until all CPUs have handled it
    std::uint32_t offset = 0;      ///< ns since that tick
};

/// O(distance to the checkpoint before p).
InterventionPoint interventionAt(const History& history, Position p);

/// inputs with one more action at that point; action's tick and offset are set. Kernel inputs only.
Inputs withAction(const Inputs& inputs, const InterventionPoint& point, Action action);

/// A run of `changed` that has the history's records before p.event. changed must agree with the history's inputs in
/// the machine, in the timers that those have, and in all actions before `point`. If it does not, or emits another
/// past: Fault::Input, saying which.
Result<Run> fork(const History& history, Position p, const InterventionPoint& point, InputsPtr changed);

/// One future among several. The first has no parent.
struct Branch
{
    std::string name;
    InputsPtr inputs;
    Snapshot snapshot;
    int parent = -1;
    Position forkedAt;
};

/// All futures of a session: values, so that keeping the old one costs a reference count.
class Branches
{
  public:
    explicit Branches(Branch first) { m_branches.push_back(std::move(first)); }

    const std::vector<Branch>& all() const { return m_branches; }
    const Branch& operator[](std::size_t i) const { return m_branches[i]; }
    std::size_t size() const { return m_branches.size(); }
    /// Index of the new branch. REQUIRES: parent is an index.
    std::size_t add(int parent, Position forkedAt, std::string name, InputsPtr inputs, Snapshot snapshot);
    void update(std::size_t i, Snapshot snapshot) { m_branches[i].snapshot = std::move(snapshot); }

  private:
    std::vector<Branch> m_branches;
};

} // namespace jiffy::core
