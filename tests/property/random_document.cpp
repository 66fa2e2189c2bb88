// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/property/random_document.h"

#include "core/kernel/lines.h"

#include <algorithm>

namespace jiffy::tests
{

using namespace jiffy::core;

namespace
{

std::string plus(std::uint64_t n)
{
    return "+" + std::to_string(n);
}

ScenarioItem randomItem(Random& random, int number, int items)
{
    ScenarioItem item;
    item.name.text = "item" + std::to_string(number);
    item.slack = random.between(0, 2) == 0 ? 0 : -1;
    item.deferrable = random.between(0, 5) == 0;
    for (auto n = random.between(0, 3); n > 2; --n) {
        ScenarioStep step;
        step.what = static_cast<CallbackStep::What>(random.between(0, 3));
        if (step.what != CallbackStep::What::Rearm)
            step.timer.text = "item" + std::to_string(random.between(0, static_cast<std::uint64_t>(items) - 1));
        if (step.what == CallbackStep::What::Rearm || step.what == CallbackStep::What::Add)
            step.by.text = plus(random.between(1, 400));
        item.on.push_back(step);
    }
    return item;
}

Population randomPopulation(Random& random, int number)
{
    Population p;
    p.name.text = "many" + std::to_string(number);
    p.count = random.between(1, 12);
    p.at.text = plus(random.between(0, 20));
    // Few different instants, so that populations and actions meet.
    p.startSpread = {Spread::Shape::Uniform, 0, random.between(0, 8), {}};
    p.delay = {Spread::Shape::Uniform, 1, random.between(1, 900), {}};
    p.cancelPercent = static_cast<int>(random.between(0, 50));
    if (p.cancelPercent != 0) p.cancelAfter = {Spread::Shape::Uniform, 0, random.between(0, 12), {}};
    return p;
}

} // namespace

Scenario randomDocument(Random& random)
{
    Scenario s;
    s.title = "random";
    s.machine.cpus = static_cast<int>(random.between(1, 3));
    s.machine.bits = random.between(0, 1) == 0 ? 32 : 64;
    s.machine.small = random.between(0, 3) == 0;
    s.machine.jiffies.text = random.between(0, 1) == 0 ? "-300*HZ" : std::to_string(random.between(0, 5000));
    const auto cpu = [&] { return static_cast<int>(random.between(0, static_cast<std::uint64_t>(s.machine.cpus) - 1)); };
    const auto items = static_cast<int>(random.between(1, 6));
    for (int i = 0; i < items; ++i)
        s.items.push_back(randomItem(random, i, items));
    s.seed = random.between(0, 1000);
    for (auto n = random.between(0, 3); n > 0; --n)
        s.populations.push_back(randomPopulation(random, static_cast<int>(n)));

    MachineConfig machine;
    machine.hz = Hz{s.machine.hz};
    Instant at;
    for (auto n = random.between(0, 25); n > 0; --n) {
        if (random.between(0, 2) != 0) {
            at.tick += random.between(0, 9) == 0 ? random.between(0, 700) : random.between(0, 4);
            if (random.between(0, 4) == 0) at.offset = 0;
        }
        if (random.between(0, 6) == 0) at.offset += static_cast<std::uint32_t>(random.between(1, 50'000));
        ScenarioAction a;
        a.at.text = plus(at.tick);
        if (at.offset != 0) a.at.text = std::to_string(machine.hz.tickInstant(at.tick) + at.offset) + "ns";
        a.cpu = cpu();
        a.timer.text = "item" + std::to_string(random.between(0, static_cast<std::uint64_t>(items) - 1));
        switch (random.between(0, 5)) {
        case 0:
            a.call.call = Call::DelTimer;
            break;
        case 1:
            a.call.call = Call::ModTimerPinned;
            break;
        case 2:
            a.call = {Call::SetIdle, random.between(0, 1) == 0};
            a.timer = {};
            break;
        default:
            a.call.call = Call::ModTimer;
        }
        if (a.call.call == Call::ModTimer || a.call.call == Call::ModTimerPinned)
            a.expires.text = plus(random.between(0, 3) == 0 ? random.between(0, 20'000) : random.between(0, 300));
        s.actions.push_back(a);
        // Times within a tick must not go back when the next action says whole ticks.
        if (at.offset != 0 && random.between(0, 1) == 0) at = {at.tick + 1, 0};
    }
    // An action at "+n" behind one within tick n would go back in time.
    for (std::size_t i = 1; i < s.actions.size();) {
        MachineConfig m;
        m.hz = machine.hz;
        const auto before = parseInstant(s.actions[i - 1].at.text, m), here = parseInstant(s.actions[i].at.text, m);
        if (*here < *before)
            s.actions.erase(s.actions.begin() + static_cast<std::ptrdiff_t>(i));
        else
            ++i;
    }
    if (random.between(0, 1) == 0) s.until.text = plus(at.tick + random.between(0, 3000));
    else s.limit = 20'000;
    return s;
}

Position randomPosition(Random& random, History& history)
{
    const auto& log = history.log();
    Position p{random.between(0, log.size()), 0, 0};
    if (p.event == log.size()) return p;
    const Record& r = log[p.event];
    if (r.kind == Kind::Passed)
        p.tick = random.between(0, r.value - 1);
    else if (random.between(0, 3) == 0) {
        const Record* previous = p.event == 0 ? nullptr : &log[p.event - 1];
        p.line = static_cast<std::uint32_t>(random.between(0, linesOf(r, history.at(p), previous).count - 1));
    }
    return p;
}

Intervention randomIntervention(Random& random, const Inputs& inputs)
{
    const auto cpu = [&] {
        return static_cast<int>(random.between(0, static_cast<std::uint64_t>(inputs.machine.cpus) - 1));
    };
    Intervention what;
    what.what = static_cast<Intervention::What>(random.between(0, 2));
    what.cpu = cpu();
    if (what.what == Intervention::What::Add) {
        what.name = freeName(inputs, "new");
        if (random.between(0, 2) == 0) what.slack = static_cast<std::int32_t>(random.between(0, 40));
        if (random.between(0, 3) == 0) what.flags = Deferrable;
        if (random.between(0, 2) == 0) what.target = cpu();
    } else {
        what.timer = TimerId(static_cast<std::uint32_t>(random.between(0, inputs.timers.size() - 1)));
        what.isPinned = random.between(0, 3) == 0;
        what.isReduce = random.between(0, 5) == 0;
    }
    what.isRelative = random.between(0, 1) == 0;
    const auto word = inputs.machine.word;
    const auto by = random.between(0, 3) == 0 ? random.between(0, 40'000) : random.between(0, 400);
    if (what.isRelative)
        what.expires = random.between(0, 9) == 0 ? word.reduce(0 - by) : by;
    else
        what.expires = word.add(inputs.machine.jiffies, by);
    return what;
}

bool sameLog(const Snapshot& a, const Snapshot& b)
{
    if (a.log.size() != b.log.size() || !(a.open == b.open) || a.endTicks != b.endTicks) return false;
    for (std::uint64_t e = 0; e < a.log.size(); ++e) {
        if (!(a.log[e] == b.log[e])) return false;
    }
    return true;
}

} // namespace jiffy::tests
