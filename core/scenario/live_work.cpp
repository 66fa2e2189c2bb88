// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody does by hand to a run of tgtd, as one more action of its document or inputs.
#include "core/scenario/live.h"
#include "core/scenario/work_notation.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

Call callOf(Intervention::What what)
{
    switch (what) {
    case Intervention::What::AddWork:
        return Call::AddWork;
    case Intervention::What::DelWork:
        return Call::DelWork;
    case Intervention::What::StepWall:
        return Call::StepWall;
    default:
        return Call::BurnTime;
    }
}

} // namespace

Scenario withWork(const Scenario& document, const Inputs& inputs, const Intervention& what, std::uint64_t at)
{
    WorkAction action;
    action.at.text = microsecondsText(at);
    action.call = callOf(what.what);
    switch (what.what) {
    case Intervention::What::AddWork:
        action.seconds = what.seconds;
        [[fallthrough]];
    case Intervention::What::DelWork:
        action.work.text = inputs.timerName(what.timer);
        break;
    case Intervention::What::StepWall:
        action.by.text = clockStepText(what.microseconds);
        break;
    default:
        action.duration.text =
            microsecondsText(static_cast<std::uint64_t>(std::max<std::int64_t>(0, what.microseconds)));
    }
    if (what.what != Intervention::What::StepWall && what.file != 0)
        action.file.text = inputs.daemon.files[what.file - 1u].name;
    Scenario changed = document;
    // Events are numbered as they stand: at the end it changes the number of no other.
    changed.daemon->actions.push_back(std::move(action));
    return changed;
}

Inputs withWork(const Inputs& inputs, const Intervention& what, std::uint64_t at)
{
    Inputs changed = inputs;
    DaemonConfig& daemon = changed.daemon;
    Action action;
    action.tick = at;
    action.call = callOf(what.what);
    action.timer = what.timer;
    action.target = what.file;
    action.expires = what.what == Intervention::What::AddWork ? what.seconds
                                                              : static_cast<std::uint64_t>(what.microseconds);
    if (what.what == Intervention::What::DelWork) action.expires = 0;
    auto& actions = changed.actions;
    const auto place =
        std::partition_point(actions.begin(), actions.end(), [&](const Action& a) { return a.tick <= at; });
    const auto index = static_cast<std::uint32_t>(place - actions.begin());
    for (auto& source : daemon.sources)
        if (source >= index) ++source;
    if (action.call != Call::StepWall) {
        const auto number = static_cast<std::uint32_t>(daemon.sources.size());
        action.nanoseconds = daemon.firstSource + number;
        daemon.sources.push_back(index);
        TimerSpec spec;
        spec.name = static_cast<std::uint32_t>(changed.names.size());
        spec.firstStep = static_cast<std::uint32_t>(changed.steps.size());
        changed.names.push_back("io#" + std::to_string(number + 1));
        changed.timers.push_back(spec);
    }
    actions.insert(place, action);
    return changed;
}

} // namespace jiffy::core
