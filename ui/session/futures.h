// SPDX-License-Identifier: GPL-3.0-or-later
// The futures of an open file: the branches, the leading one's history, and the runs that are still being
// computed, each on a worker of its own. Changed as a whole, from one state to another, so that every edit can
// be taken back. Part of Session. GUI thread.
#pragma once

#include "core/history/branches.h"
#include "core/history/compare.h"
#include "core/run/runner.h"

#include <functional>
#include <map>
#include <memory>

namespace jiffy::ui
{

class Futures
{
  public:
    /// All that an edit can change: a value; copying it costs a few reference counts a branch.
    struct State
    {
        core::Branches branches;
        int leading = 0; ///< id
    };
    /// Runs that were begun in place, by the id of their branch.
    using Runs = std::map<int, core::Run>;

    /// wake is called on the workers' threads when there is something to take.
    explicit Futures(std::function<void()> wake) : m_wake(std::move(wake)) {}

    bool isOpen() const { return m_history != nullptr; }
    const State& state() const { return m_state; }
    const core::Branches& branches() const { return m_state.branches; }
    /// REQUIRES for all below: isOpen().
    const core::Branch& lead() const { return *m_state.branches.find(m_state.leading); }
    core::History& history() { return *m_history; }
    const core::History& history() const { return *m_history; }

    /// Another file. A recording is not computed: grow() is how it gets longer.
    void open(core::Branch first, std::optional<core::Run> run, bool isRecording = false);
    /// A longer snapshot of the recording that leads.
    void grow(core::Snapshot snapshot);
    /// Branches that are in both states keep what was computed of them meanwhile; those that were not computed to
    /// their end go on. Returns the history that led before if another run leads now, else null.
    std::unique_ptr<core::History> change(State state, Runs runs = {});

    struct Grown
    {
        bool lead = false, others = false;
    };
    /// Takes what the workers have computed.
    Grown take();

    /// Where a branch parts from the leading one. Remembered; the first time costs a look at both logs.
    core::Parting partingFromLead(const core::Branch& branch) const;

  private:
    void startMissing(Runs runs);

    std::function<void()> m_wake;
    State m_state;
    bool m_isRecording = false;
    std::unique_ptr<core::History> m_history;
    std::map<int, std::unique_ptr<core::Runner>> m_runners; ///< by branch
    /// Of inputs that do part, whatever is computed further.
    mutable std::map<std::pair<core::InputsPtr, core::InputsPtr>, core::Parting> m_partings;
};

} // namespace jiffy::ui
