// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/branch.h"

#include "core/kernel/machine.h"
#include "core/run/recorder.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// The last checkpoint from which the past of p can be told again: not behind p, nor beyond its tick in a run.
const Checkpoint& checkpointBefore(const Snapshot& snapshot, Position p, std::uint64_t ticks)
{
    const auto& table = *snapshot.checkpoints;
    std::size_t i = table.size();
    while (i > 1) {
        const Checkpoint& c = *table[i - 1];
        if (c.event <= p.event && c.world.clock().ticks <= ticks) break;
        --i;
    }
    return *table[i - 1];
}

bool samePast(const Inputs& a, const Inputs& b, const InterventionPoint& point)
{
    return a.driver == b.driver && a.machine == b.machine && a.timers.size() <= b.timers.size() &&
           std::equal(a.timers.begin(), a.timers.end(), b.timers.begin()) && a.actions.size() >= point.actionIndex &&
           b.actions.size() >= point.actionIndex &&
           std::equal(a.actions.begin(), a.actions.begin() + static_cast<std::ptrdiff_t>(point.actionIndex), b.actions.begin());
}

} // namespace

InterventionPoint interventionAt(const History& history, Position p)
{
    const Snapshot& s = history.snapshot();
    InterventionPoint point;
    point.tick = history.ticksAt(p);
    const Checkpoint& from = checkpointBefore(s, p, point.tick);
    Recorder recorder(s.log.prefix(from.event), from);
    Machine<Recorder> machine(history.inputs(), recorder.world(), recorder, from.machine);
    while (recorder.log().size() < p.event && machine.step()) {
    }
    point.actionIndex = machine.state().action;
    // Within a run the machine may already stand at its end; the offset of the clock is that of the last call.
    if (recorder.world().clock().ticks == point.tick) point.offset = static_cast<std::uint32_t>(recorder.world().clock().offset);
    return point;
}

Inputs withAction(const Inputs& inputs, const InterventionPoint& point, Action action)
{
    Inputs changed = inputs;
    action.tick = point.tick;
    action.offset = point.offset;
    changed.actions.insert(changed.actions.begin() + static_cast<std::ptrdiff_t>(point.actionIndex), action);
    return changed;
}

Result<Run> fork(const History& history, Position p, const InterventionPoint& point, InputsPtr changed)
{
    if (!samePast(history.inputs(), *changed, point))
        return fail(Fault::Input, "the changed inputs differ before the instant of the fork");
    const Snapshot& s = history.snapshot();
    const auto& table = *s.checkpoints;
    const Checkpoint& from = checkpointBefore(s, p, point.tick);
    auto earlier = std::make_shared<CheckpointTable>();
    for (const auto& c : table) {
        earlier->push_back(c);
        if (c.get() == &from) break;
    }
    Run run(std::move(changed), s.log.prefix(from.event), earlier->back(), earlier);
    if (p.event > from.event) run.advance(p.event - from.event);
    const LogView again = run.snapshot().log;
    for (std::uint64_t e = from.event; e < p.event; ++e) {
        if (e >= again.size() || !(again[e] == s.log[e]))
            return fail(Fault::Input, "the branch tells another past: record " + std::to_string(e) + " differs");
    }
    return run;
}

std::size_t Branches::add(int parent, Position forkedAt, std::string name, InputsPtr inputs, Snapshot snapshot)
{
    m_branches.push_back(Branch{std::move(name), std::move(inputs), std::move(snapshot), parent, forkedAt});
    return m_branches.size() - 1;
}

} // namespace jiffy::core
