// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/branch.h"

#include "core/history/walk.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// The last checkpoint from which the past of p can be told again: not behind p, nor beyond its tick in a run, and with
/// at most so many actions begun.
const Checkpoint& checkpointBefore(const Snapshot& snapshot, Position p, std::uint64_t ticks, std::uint64_t actions = ~0ull)
{
    const auto& table = *snapshot.checkpoints;
    std::size_t i = table.size();
    while (i > 1) {
        const Checkpoint& c = *table[i - 1];
        if (c.event <= p.event && c.world.clock().ticks <= ticks && c.machine.action <= actions) break;
        --i;
    }
    return *table[i - 1];
}

using CheckpointPtr = std::shared_ptr<const Checkpoint>;

/// At the last position of the tick before `tick`, made of the history's world there. Null where that is not all that a
/// machine is.
CheckpointPtr endOfTickBefore(History& history, std::uint64_t tick)
{
    const Inputs& inputs = history.inputs();
    const auto isEarlier = [](const Action& a, const Action& b) { return a.tick < b.tick; };
    if (inputs.driver != Driver::Kernel || inputs.machine.kernel.isThere || tick == 0 ||
        !std::is_sorted(inputs.actions.begin(), inputs.actions.end(), isEarlier))
        return nullptr;
    const Position q = history.lastOfTick(tick - 1);
    if (history.ticksAt(q) != tick - 1) return nullptr;
    auto c = std::make_shared<Checkpoint>();
    c->event = q.event;
    c->world = history.at(q);
    if (q.tick != 0) {
        const auto& s = history.snapshot();
        c->open = s.open;
        if (q.event < s.log.size()) c->open = OpenRun{0, s.log[q.event].before, s.log[q.event].site};
        c->open.count = q.tick;
    }
    const auto begun = std::partition_point(inputs.actions.begin(), inputs.actions.end(),
                                            [&](const Action& a) { return a.tick < tick; });
    c->machine.action = static_cast<std::uint64_t>(begun - inputs.actions.begin());
    return c;
}

/// A machine of CPUs: the last checkpoint of an earlier instant than p's.
CheckpointPtr beforeInstant(History& history, Position p)
{
    const auto& table = *history.snapshot().checkpoints;
    const Clock now = history.at(p).clock();
    std::size_t i = table.size() - 1;
    for (; i > 0; --i) {
        const Clock& clock = table[i]->world.clock();
        if (table[i]->event <= p.event && (clock.ticks < now.ticks || (clock.ticks == now.ticks && clock.offset < now.offset))) break;
    }
    if (i != 0) return table[i];
    // The machine that was kept has taken up what comes with the start.
    auto start = std::make_shared<Checkpoint>(*table[0]);
    start->machine = {};
    return start;
}

} // namespace

CheckpointPtr startFor(History& history, Position p, std::uint64_t tick, std::uint64_t actions)
{
    const Snapshot& s = history.snapshot();
    if (history.inputs().machine.kernel.isThere) return beforeInstant(history, p);
    const Checkpoint& kept = checkpointBefore(s, p, tick, actions);
    // Copying a world costs about as much as a record for every four items.
    const std::uint64_t far = 2000 + kept.world.itemCount() / 4;
    if (p.event - kept.event > far) {
        auto made = endOfTickBefore(history, tick);
        if (made && made->event > kept.event && made->event <= p.event && made->machine.action <= actions) return made;
    }
    for (const auto& c : *s.checkpoints)
        if (c.get() == &kept) return c;
    return nullptr;
}

namespace
{

/// As startFor(), for changed inputs: a tick action that is split must begin anew, with its own number of ticks.
CheckpointPtr startFor(History& history, Position p, const InterventionPoint& point)
{
    return startFor(history, p, point.tick, point.actionIndex - (point.behind != 0 ? 1 : 0));
}

/// The checkpoints before `last` and it, for a run that goes on from there.
std::shared_ptr<CheckpointTable> upTo(const CheckpointTable& table, const CheckpointPtr& last)
{
    auto earlier = std::make_shared<CheckpointTable>();
    for (const auto& c : table) {
        if (c == last || c->event >= last->event) break;
        earlier->push_back(c);
    }
    earlier->push_back(last);
    return earlier;
}

/// A program's name is a number that a new item in front of it shifts.
bool sameProgram(const Inputs& a, const Inputs& b, std::size_t index)
{
    if (index >= a.programs.size() || index >= b.programs.size()) return false;
    const Program &one = a.programs[index], &other = b.programs[index];
    Program named = other;
    named.name = one.name;
    return named == one && a.names[one.name] == b.names[other.name];
}

/// Processes, and the interrupts that come before `point`.
bool samePrograms(const Inputs& a, const Inputs& b, std::uint64_t actions)
{
    for (std::size_t p = 0; p < a.machine.kernel.processes; ++p) {
        if (!sameProgram(a, b, p)) return false;
    }
    for (std::uint64_t i = 0; i < actions; ++i) {
        if (a.actions[i].call == Call::Interrupt && !sameProgram(a, b, a.actions[i].nanoseconds)) return false;
    }
    return true;
}

bool samePast(const Inputs& a, const Inputs& b, const InterventionPoint& point)
{
    // The tick action that is split says another number; the records tell whether they agree.
    const auto actions = point.actionIndex - (point.behind != 0 ? 1 : 0);
    return a.driver == b.driver && a.machine == b.machine && a.timers.size() <= b.timers.size() &&
           std::equal(a.timers.begin(), a.timers.end(), b.timers.begin()) && a.actions.size() >= actions && b.actions.size() >= actions &&
           std::equal(a.actions.begin(), a.actions.begin() + static_cast<std::ptrdiff_t>(actions), b.actions.begin()) &&
           samePrograms(a, b, actions);
}

/// p stands behind at least one tick of a run of ticks, or right behind all of them.
bool isInTickRun(const History& history, Position p)
{
    const auto& s = history.snapshot();
    if (p.tick != 0) return (p.event < s.log.size() ? s.log[p.event].site : s.open.site) != Site::RunTimers;
    return p.event > 0 && s.log[p.event - 1].kind == Kind::Passed && s.log[p.event - 1].site != Site::RunTimers;
}

/// By hand, ticks are actions: how many of them begin within so many ticks, and what is left of the last.
void countTicks(const Inputs& inputs, const MachineState& state, std::uint64_t ticks, InterventionPoint& point)
{
    auto repeats = state.repeats;
    auto action = state.action;
    while (repeats < ticks && action < inputs.actions.size()) {
        ticks -= repeats;
        const Action& a = inputs.actions[action++];
        repeats = a.call == Call::Tick ? a.expires : 0;
    }
    point.actionIndex = action;
    point.behind = repeats > ticks ? repeats - ticks : 0;
}

} // namespace

Position forkPosition(const History& history, Position p)
{
    p = std::min(p, history.end());
    if (p.line != 0) return {p.event + 1, 0, 0};
    if (p.tick == 0 && p.event > 0) {
        const Record& before = history.log()[p.event - 1];
        if (before.kind == Kind::ClockSet && before.site == Site::SubTick && before.value == 0) return {p.event - 1, 0, 0};
    }
    return p;
}

namespace
{

/// tgtd: what happens by itself at an instant comes before all that the thread does at it, so something new can come at the
/// next instant at the earliest.
InterventionPoint workPointAt(const History& history, Position p)
{
    InterventionPoint point;
    point.tick = history.ticksAt(p) + (p.event == 0 ? 0 : 1);
    const auto& actions = history.inputs().actions;
    const auto behind = std::partition_point(actions.begin(), actions.end(), [&](const Action& a) { return a.tick <= point.tick; });
    point.actionIndex = static_cast<std::uint64_t>(behind - actions.begin());
    return point;
}

/// A machine of CPUs: behind all that comes by p's instant, whether its CPU has taken it up or not.
InterventionPoint cpuPointAt(History& history, Position p)
{
    const Clock now = history.at(p).clock();
    InterventionPoint point;
    point.tick = now.ticks;
    point.offset = static_cast<std::uint32_t>(now.offset);
    const auto& actions = history.inputs().actions;
    const auto behind = std::partition_point(actions.begin(), actions.end(), [&](const Action& a) {
        return a.tick < point.tick || (a.tick == point.tick && a.offset <= point.offset);
    });
    point.actionIndex = static_cast<std::uint64_t>(behind - actions.begin());
    return point;
}

} // namespace

InterventionPoint interventionAt(History& history, Position p)
{
    p = forkPosition(history, p);
    const Snapshot& s = history.snapshot();
    InterventionPoint point;
    point.tick = history.ticksAt(p);
    if (history.inputs().driver == Driver::Daemon) return workPointAt(history, p);
    if (history.inputs().machine.kernel.isThere) return cpuPointAt(history, p);
    const auto from = startFor(history, p, point.tick);
    Walk walk(history.inputs(), s.log, *from);
    // A run stands in the log only when the next record, or another run, has closed it: stop in front of it.
    const bool closesRun = p.event > 0 && s.log[p.event - 1].kind == Kind::Passed;
    walk.toRecord(closesRun ? p.event - 1 : p.event);
    const auto& world = walk.recorder().world();
    if (!isInTickRun(history, p) && world.clock().ticks == point.tick)
        point.offset = static_cast<std::uint32_t>(world.clock().offset);
    if (history.inputs().driver == Driver::ByHand) {
        walk.toInputs();
        countTicks(history.inputs(), walk.state(), point.tick - walk.ticks(), point);
    } else {
        point.actionIndex = walk.state().action;
    }
    return point;
}

namespace
{

/// The machine of a walk stands at `at` if it has emitted no more; a run that it has not closed yet stands in the log there.
bool standsAt(const Walk& walk, const Snapshot& s, Position at)
{
    const auto size = walk.recorder().log().size();
    const auto& open = walk.recorder().open();
    return size == at.event ? open.count == at.tick : size + 1 == at.event && at.tick == 0 && s.log[size] == open.asRecord();
}

} // namespace

Standing standingAt(History& history, Position p, const InterventionPoint& point)
{
    if (history.inputs().driver == Driver::Daemon) return {history.at(forkPosition(history, p)), true};
    // What would be carried out there is a word that changes nothing.
    Action word;
    word.call = Call::Dump;
    const Inputs inputs = withAction(history.inputs(), point, word);
    const Snapshot& s = history.snapshot();
    const auto at = forkPosition(history, p);
    const auto from = startFor(history, at, point);
    Walk walk(inputs, s.log, *from);
    walk.toAction(point);
    return {walk.recorder().world(), p.line != 0 || !standsAt(walk, s, at)};
}

Standing standingOn(History& history, Position p, const InterventionPoint& point, int cpu, bool isInterrupt)
{
    Action word;
    word.call = isInterrupt ? Call::Interrupt : Call::Dump;
    word.cpu = static_cast<std::uint8_t>(cpu);
    Inputs inputs = withAction(history.inputs(), point, word);
    if (isInterrupt) {
        auto& action = inputs.actions[point.actionIndex];
        action.nanoseconds = static_cast<std::uint32_t>(inputs.programs.size());
        inputs.programs.emplace_back();
    }
    const Snapshot& s = history.snapshot();
    const auto at = forkPosition(history, p);
    const auto from = startFor(history, at, point);
    Walk walk(inputs, s.log, *from);
    constexpr std::uint64_t patience = 2'000'000; // records
    Standing standing;
    standing.isNever = !walk.toAction(point, at.event + patience);
    const bool isHere = standsAt(walk, s, at);
    standing.isLater = p.line != 0 || !isHere;
    const Position stands{walk.recorder().log().size(), walk.recorder().open().count, 0};
    standing.isTooEarly = !isHere && stands < at;
    // That it waits there may change who could be chosen before p, too.
    const LogView again = walk.recorder().log().view();
    for (std::uint64_t e = from->event; e < std::min(at.event, again.size()) && !standing.isTooEarly; ++e)
        standing.isTooEarly = !(again[e] == s.log[e]);
    standing.world = walk.recorder().world();
    return standing;
}

InterventionPoint nextInstant(const History& history, const InterventionPoint& point)
{
    const Hz hz = history.inputs().machine.hz;
    InterventionPoint next = point;
    ++next.offset;
    if (hz.tickInstant(next.tick) + static_cast<Nanoseconds>(next.offset) >= hz.tickInstant(next.tick + 1)) {
        ++next.tick;
        next.offset = 0;
    }
    const auto& actions = history.inputs().actions;
    while (next.actionIndex < actions.size()) {
        const Action& a = actions[next.actionIndex];
        if (a.tick > next.tick || (a.tick == next.tick && a.offset > next.offset)) break;
        ++next.actionIndex;
    }
    return next;
}

Inputs withAction(const Inputs& inputs, const InterventionPoint& point, Action action)
{
    Inputs changed = inputs;
    if (changed.driver == Driver::Kernel) {
        action.tick = point.tick;
        action.offset = point.offset;
    }
    auto at = changed.actions.begin() + static_cast<std::ptrdiff_t>(point.actionIndex);
    std::uint64_t added = 1;
    if (point.behind != 0) {
        Action rest = *(at - 1);
        (at - 1)->expires -= point.behind;
        rest.expires = point.behind;
        at = changed.actions.insert(at, rest);
        added = 2;
    }
    changed.actions.insert(at, action);
    // What holds from some action on still does.
    for (auto& step : changed.steps) {
        if (step.since != 0 && step.since >= point.actionIndex) step.since += added;
    }
    return changed;
}

Result<Run> fork(History& history, Position p, const InterventionPoint& point, InputsPtr changed)
{
    if (!samePast(history.inputs(), *changed, point))
        return fail(Fault::Input, "the changed inputs differ before the instant of the fork");
    p = forkPosition(history, p);
    const Snapshot& s = history.snapshot();
    const auto from = startFor(history, p, point);
    Run run(std::move(changed), s.log.prefix(from->event), from, upTo(*s.checkpoints, from));
    if (p.event > from->event) run.advance(p.event - from->event);
    const LogView again = run.snapshot().log;
    for (std::uint64_t e = from->event; e < p.event; ++e) {
        if (e >= again.size() || !(again[e] == s.log[e]))
            return fail(Fault::Input, "the branch tells another past: record " + std::to_string(e) + " differs");
    }
    return run;
}

Run resume(InputsPtr inputs, const Snapshot& snapshot)
{
    const auto& from = snapshot.checkpoints->back();
    return Run(std::move(inputs), snapshot.log.prefix(from->event), from, snapshot.checkpoints);
}

} // namespace jiffy::core
