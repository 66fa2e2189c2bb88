// SPDX-License-Identifier: GPL-3.0-or-later
// The timers that have a line in the timeline: the selected one, those that were pinned, or, where nobody has chosen, the
// next ones that a CPU will call. Their lives are read from the log when they are first shown.
#pragma once

#include "core/insight/lifeline.h"
#include "core/world/world.h"

#include <deque>
#include <vector>

namespace jiffy::ui
{

/// Timers in the order in which a wheel will call them, as far as it has sorted them: those of tv1 slot by slot, then the
/// next slots of the levels above by expiry; of 6.1's bucket by bucket; of a sorted list from its head. Of n, those with a name of their own are taken before members of a
/// population. Looks at a few hundred timers at most, however many are pending.
std::vector<core::TimerId> nextToFire(const core::World& world, const core::Inputs& inputs, int cpu, std::size_t n);

/// Keeps its places from step to step: a timer stays until it is gone for good, and its place goes to the next one.
class NextTimers
{
  public:
    void reset() { m_timers.clear(); }
    /// isFresh: the playhead jumped; all are chosen anew. recent: what the last event or step was about; the first of
    /// them has a place in any case, and those that have just fired keep theirs.
    void update(const core::World& world, const core::Inputs& inputs, int cpu, std::size_t n, bool isFresh,
                const std::vector<core::TimerId>& recent);
    const std::vector<core::TimerId>& timers() const { return m_timers; }

  private:
    std::vector<core::TimerId> m_timers;
    int m_cpu = -1;
};

class Lives
{
  public:
    void reset(core::InputsPtr inputs);
    void extend(const core::LogView& log);
    /// Which timers are shown, in order. Lives that stay are kept.
    void show(const std::vector<core::TimerId>& timers);
    std::size_t size() const { return m_shown.size(); }
    const core::Lifeline& operator[](std::size_t i) const { return m_shown[i]; }
    const core::ItemIndex& index() const { return m_index; }

  private:
    core::InputsPtr m_inputs;
    core::LogView m_log;
    core::ItemIndex m_index;
    std::vector<core::Lifeline> m_shown;
};

} // namespace jiffy::ui
