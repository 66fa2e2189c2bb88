// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/futures.h"

namespace jiffy::ui
{

using core::RunStatus;

namespace
{

/// Of two snapshots of one run.
bool isFurther(const core::Snapshot& a, const core::Snapshot& b)
{
    if (b.status != RunStatus::Running) return false;
    return a.status != RunStatus::Running || (a.endTicks >= b.endTicks && a.log.size() >= b.log.size());
}

} // namespace

void Futures::open(core::Branch first, std::optional<core::Run> run, bool isRecording)
{
    m_isRecording = isRecording;
    m_runners.clear();
    m_partings.clear();
    m_state.branches = core::Branches(std::move(first));
    m_state.leading = m_state.branches[0].id;
    m_history = std::make_unique<core::History>(lead().inputs, lead().snapshot);
    Runs runs;
    if (run) runs.emplace(m_state.leading, std::move(*run));
    startMissing(std::move(runs));
}

void Futures::grow(core::Snapshot snapshot)
{
    auto* branch = m_state.branches.find(m_state.leading);
    branch->snapshot = std::move(snapshot);
    m_history->extend(branch->snapshot);
}

std::unique_ptr<core::History> Futures::change(State state, Runs runs)
{
    // The same inputs give the same log: of two snapshots of them the longer one is good for both.
    for (const auto& now : m_state.branches.all()) {
        auto* then = state.branches.find(now.id);
        if (then != nullptr && then->inputs == now.inputs) {
            if (isFurther(now.snapshot, then->snapshot)) then->snapshot = now.snapshot;
        } else {
            m_runners.erase(now.id);
        }
    }
    m_state = std::move(state);
    std::unique_ptr<core::History> before;
    if (m_history->inputsPtr() != lead().inputs) {
        before = std::move(m_history);
        m_history = std::make_unique<core::History>(lead().inputs, lead().snapshot);
    } else {
        // Another branch with the same inputs (a fork in which nothing was done yet) leads on.
        auto& snapshot = m_state.branches.find(m_state.leading)->snapshot;
        if (isFurther(snapshot, m_history->snapshot()))
            m_history->extend(snapshot);
        else
            snapshot = m_history->snapshot();
    }
    startMissing(std::move(runs));
    return before;
}

void Futures::startMissing(Runs runs)
{
    if (m_isRecording) return;
    for (const auto& b : m_state.branches.all()) {
        if (b.snapshot.status != RunStatus::Running || m_runners.count(b.id) != 0) continue;
        auto begun = runs.find(b.id);
        m_runners[b.id] = std::make_unique<core::Runner>(
            begun != runs.end() ? std::move(begun->second) : core::resume(b.inputs, b.snapshot), m_wake);
    }
}

Futures::Grown Futures::take()
{
    Grown grown;
    for (auto it = m_runners.begin(); it != m_runners.end();) {
        const auto here = it++;
        auto newer = here->second->take();
        if (!newer) continue;
        const bool hasEnded = newer->status != RunStatus::Running;
        auto* branch = m_state.branches.find(here->first);
        // One that was resumed has to catch up first.
        if (isFurther(*newer, branch->snapshot)) {
            branch->snapshot = std::move(*newer);
            const bool leads = here->first == m_state.leading;
            if (leads) m_history->extend(branch->snapshot);
            (leads ? grown.lead : grown.others) = true;
        }
        if (hasEnded) m_runners.erase(here);
    }
    return grown;
}

core::Parting Futures::partingFromLead(const core::Branch& branch) const
{
    const auto& own = lead();
    const auto key = std::pair(own.inputs, branch.inputs);
    if (const auto found = m_partings.find(key); found != m_partings.end()) return found->second;
    const auto parting = core::partingOf(own.snapshot, branch.snapshot);
    const bool isFinal = parting.at.event < own.snapshot.log.size() &&
                         parting.at.event < branch.snapshot.log.size();
    if (isFinal) m_partings.emplace(key, parting);
    return parting;
}

} // namespace jiffy::ui
