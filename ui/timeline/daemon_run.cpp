// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/daemon_run.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

DaemonRun::DaemonRun(core::InputsPtr inputs) : m_inputs(std::move(inputs)), m_lead(*m_inputs) {}

void DaemonRun::extend(const core::LogView& log)
{
    if (log.size() < m_lead.eventsSeen()) m_lead = core::Lateness(*m_inputs);
    m_lead.extend(log);
}

void DaemonRun::followTwin(Twin& twin)
{
    if (!twin.isThere()) {
        m_twin.reset();
        m_twinInputs.reset();
        return;
    }
    const auto& inputs = twin.history().inputsPtr();
    if (inputs != m_twinInputs || !m_twin || twin.snapshot().log.size() < m_twin->eventsSeen()) {
        m_twinInputs = inputs;
        m_twin = core::Lateness(*inputs);
        m_twinName = shortName(inputs->daemon.scheduler);
    }
    m_twin->extend(twin.snapshot().log);
    m_twinEnd = twin.snapshot().endTicks;
}

void DaemonRun::showGhosts(const std::vector<Ghost>& ghosts)
{
    std::list<Branch> branches;
    m_ghosts.clear();
    for (auto i = ghosts.size() > mostGhosts ? ghosts.size() - mostGhosts : 0; i < ghosts.size(); ++i) {
        const auto& ghost = ghosts[i];
        if (ghost.inputs->driver != core::Driver::Daemon) continue;
        const auto it = std::find_if(m_branches.begin(), m_branches.end(), [&](const Branch& b) {
            return b.id == ghost.id && b.inputs == ghost.inputs &&
                   b.run.eventsSeen() <= ghost.snapshot.log.size();
        });
        if (it != m_branches.end())
            branches.splice(branches.end(), m_branches, it);
        else
            branches.push_back({ghost.id, ghost.inputs, core::Lateness(*ghost.inputs), 0});
        auto& branch = branches.back();
        branch.run.extend(ghost.snapshot.log);
        m_ghosts.push_back({ghost.name, &branch.run, ghost.forkTick, ghost.snapshot.endTicks});
    }
    m_branches = std::move(branches);
}

const std::vector<core::TimerId>& DaemonRun::items(const std::vector<core::TimerId>& pinned)
{
    if (m_sortedFor == m_lead.totals().added && m_pinned == pinned) return m_items;
    m_sortedFor = m_lead.totals().added;
    m_pinned = pinned;
    m_items.clear();
    m_rows.assign(m_inputs->timers.size(), -1);
    const auto take = [&](core::TimerId item) {
        if (item.value >= m_rows.size() || m_rows[item.value] >= 0) return;
        m_rows[item.value] = static_cast<int>(m_items.size());
        m_items.push_back(item);
    };
    const auto isWork = [&](core::TimerId item) {
        return item != m_inputs->daemon.pipe && !m_inputs->daemon.isSource(item);
    };
    for (const auto item : pinned)
        if (isWork(item)) take(item);
    for (const auto item : itemsByDue(m_lead))
        take(item);
    return m_items;
}

int DaemonRun::rowOf(core::TimerId item) const
{
    return item.isValid() && item.value < m_rows.size() ? m_rows[item.value] : -1;
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> DaemonRun::lifeOf(core::TimerId item) const
{
    if (!item.isValid() || item.value >= m_lead.itemCount() || m_lead.item(item).runs.empty()) return {};
    const auto& runs = m_lead.item(item).runs;
    const auto& last = m_lead.runs()[runs.back()];
    return std::pair(m_lead.runs()[runs.front()].addedAt,
                     last.endedAt == core::notYet ? last.due : std::max(last.due, last.endedAt));
}

namespace
{

const core::DaemonFile* fileOf(const core::Inputs& inputs, core::TimerId source)
{
    if (!inputs.daemon.isSource(source)) return nullptr;
    const auto action = inputs.daemon.sources[source.value - inputs.daemon.firstSource];
    if (action >= inputs.actions.size()) return nullptr;
    const auto file = inputs.actions[action].target;
    return file == 0 || file > inputs.daemon.files.size() ? nullptr : &inputs.daemon.files[file - 1];
}

} // namespace

QString DaemonRun::sourceName(core::TimerId source) const
{
    if (const auto* file = fileOf(*m_inputs, source)) return QStringLiteral("fd %1").arg(file->fd);
    return itemName(source);
}

QString DaemonRun::fileName(core::TimerId source) const
{
    const auto* file = fileOf(*m_inputs, source);
    return file != nullptr ? QString::fromStdString(file->name) : QString();
}

QString shortName(core::WorkScheduler scheduler)
{
    switch (scheduler) {
    case core::WorkScheduler::Old:
        return QCoreApplication::translate("Timeline", "old");
    case core::WorkScheduler::New:
        return QCoreApplication::translate("Timeline", "new");
    case core::WorkScheduler::TimerFd:
        return QCoreApplication::translate("Timeline", "today's");
    }
    return {};
}

} // namespace jiffy::ui
