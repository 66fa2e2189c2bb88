// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/merge.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

template <class T> T value(const T& base, const T& ours, const T& theirs)
{
    return ours == base ? theirs : ours;
}

template <class T>
std::vector<T> list(const std::vector<T>& base, const std::vector<T>& ours, const std::vector<T>& theirs)
{
    if (ours == base) return theirs;
    if (theirs == base) return ours;
    auto out = ours;
    const auto in = [](std::vector<T>& l, const T& e) { return std::find(l.begin(), l.end(), e); };
    // As often as a row is in one list more than in the other.
    auto gone = base, fresh = theirs;
    for (const auto& e : theirs)
        if (const auto at = in(gone, e); at != gone.end()) gone.erase(at);
    for (const auto& e : base)
        if (const auto at = in(fresh, e); at != fresh.end()) fresh.erase(at);
    for (const auto& e : gone)
        if (const auto at = in(out, e); at != out.end()) out.erase(at);
    for (std::size_t i = 0; i < theirs.size() && !fresh.empty(); ++i) {
        const auto at = in(fresh, theirs[i]);
        if (at == fresh.end()) continue;
        fresh.erase(at);
        auto place = i + 1 < theirs.size() ? in(out, theirs[i + 1]) : out.end();
        if (const auto before = i > 0 ? in(out, theirs[i - 1]) : out.end(); before != out.end()) place = before + 1;
        out.insert(place, theirs[i]);
    }
    return out;
}

std::optional<ScenarioDaemon> daemon(const Scenario& base, const Scenario& ours, const Scenario& theirs)
{
    if (!base.daemon || !ours.daemon || !theirs.daemon) return value(base.daemon, ours.daemon, theirs.daemon);
    const auto one = [&](auto member) { return value((*base.daemon).*member, (*ours.daemon).*member, (*theirs.daemon).*member); };
    const auto all = [&](auto member) { return list((*base.daemon).*member, (*ours.daemon).*member, (*theirs.daemon).*member); };
    ScenarioDaemon out;
    out.scheduler = one(&ScenarioDaemon::scheduler);
    out.interval = one(&ScenarioDaemon::interval);
    out.timeout = one(&ScenarioDaemon::timeout);
    out.tick = one(&ScenarioDaemon::tick);
    out.start = one(&ScenarioDaemon::start);
    out.batch = one(&ScenarioDaemon::batch);
    for (std::size_t i = 0; i < out.costs.size(); ++i) out.costs[i] = value(base.daemon->costs[i], ours.daemon->costs[i], theirs.daemon->costs[i]);
    out.failPipe = one(&ScenarioDaemon::failPipe);
    out.failWrite = one(&ScenarioDaemon::failWrite);
    out.files = all(&ScenarioDaemon::files);
    out.items = all(&ScenarioDaemon::items);
    out.seed = one(&ScenarioDaemon::seed);
    out.populations = all(&ScenarioDaemon::populations);
    out.actions = all(&ScenarioDaemon::actions);
    return out;
}

} // namespace

Scenario mergeDocuments(const Scenario& base, const Scenario& ours, const Scenario& theirs)
{
    const auto one = [&](auto member) { return value(base.*member, ours.*member, theirs.*member); };
    const auto all = [&](auto member) { return list(base.*member, ours.*member, theirs.*member); };
    const auto machine = [&](auto member) {
        return value(base.machine.*member, ours.machine.*member, theirs.machine.*member);
    };
    Scenario out;
    out.title = one(&Scenario::title);
    out.watch = one(&Scenario::watch);
    out.notes = all(&Scenario::notes);
    out.opening = one(&Scenario::opening);
    out.machine.cpus = machine(&ScenarioMachine::cpus);
    out.machine.bits = machine(&ScenarioMachine::bits);
    out.machine.timers = machine(&ScenarioMachine::timers);
    out.machine.small = machine(&ScenarioMachine::small);
    out.machine.hz = machine(&ScenarioMachine::hz);
    out.machine.jiffies = machine(&ScenarioMachine::jiffies);
    out.machine.interrupts = machine(&ScenarioMachine::interrupts);
    out.machine.nohz = machine(&ScenarioMachine::nohz);
    out.machine.smp = machine(&ScenarioMachine::smp);
    out.machine.skew = machine(&ScenarioMachine::skew);
    out.machine.idle = machine(&ScenarioMachine::idle);
    out.machine.slice = machine(&ScenarioMachine::slice);
    out.machine.callbackTakes = machine(&ScenarioMachine::callbackTakes);
    out.machine.moveTakes = machine(&ScenarioMachine::moveTakes);
    out.daemon = daemon(base, ours, theirs);
    out.items = all(&Scenario::items);
    out.seed = one(&Scenario::seed);
    out.populations = all(&Scenario::populations);
    out.processes = all(&Scenario::processes);
    out.actions = all(&Scenario::actions);
    out.choices = all(&Scenario::choices);
    out.until = one(&Scenario::until);
    out.limit = one(&Scenario::limit);
    out.compare = one(&Scenario::compare);
    out.expect = all(&Scenario::expect);
    return out;
}

} // namespace jiffy::core
