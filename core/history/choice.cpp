// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/choice.h"

#include "core/history/walk.h"

namespace jiffy::core
{

namespace
{

/// A machine in front of a step.
struct Front
{
    std::uint64_t size = 0; ///< of its log
    OpenRun open;
    Crossroads roads;
};

Front frontOf(const Walk& walk)
{
    const Clock& clock = walk.recorder().world().clock();
    Front front;
    front.size = walk.recorder().log().size();
    front.open = walk.recorder().open();
    front.roads.able = walk.machine().able();
    front.roads.place.tick = clock.ticks;
    front.roads.place.offset = static_cast<std::uint32_t>(clock.offset);
    front.roads.place.step = walk.state().kernel.stepsNow;
    return front;
}

/// Behind the step: who did it; the record of a choice names the CPU of the rules, too.
void sayWhoGoes(Crossroads& roads, const Walk& walk, std::uint64_t event)
{
    roads.next = walk.state().kernel.last;
    roads.usual = roads.next;
    roads.place.cpu = static_cast<std::uint8_t>(roads.next);
    const LogView log = walk.recorder().log().view();
    const Record& first = log[event];
    if (first.kind == Kind::Chosen) roads.usual = static_cast<int>(first.before);
}

} // namespace

Crossroads ableAt(History& history, Position p)
{
    using Where = Crossroads::Where;
    const Inputs& inputs = history.inputs();
    const Snapshot& s = history.snapshot();
    p = std::min(p, history.end());
    Crossroads roads;
    if (!inputs.machine.kernel.isThere || !s.checkpoints || s.checkpoints->empty() || p == history.end() || p.event >= s.log.size()) return roads;
    roads.where = Where::Within;
    if (p.line != 0 || p.tick != 0) return roads;
    const auto from = startFor(history, p, history.ticksAt(p));
    Walk walk(inputs, s.log, *from);
    // In front of the step that emits the next record; steps that emit nothing may come before it.
    Front front;
    do {
        front = frontOf(walk);
        if (!walk.step()) return roads;
    } while (walk.recorder().log().size() <= p.event);
    const bool closesRun = front.size + 1 == p.event && s.log[front.size] == front.open.asRecord();
    if (!closesRun && (front.size != p.event || front.open.count != 0)) return roads;
    const Record& first = s.log[p.event];
    roads.where = Where::Quiet;
    // A choice that could not be made has taken the place; another one there would change what was noted of it.
    const auto isMissed = [](const Record& r) { return r.kind == Kind::Noted && r.site == Site::Choice; };
    if (front.roads.able == 0 || isMissed(first) || (p.event > 0 && isMissed(s.log[p.event - 1]))) return roads;
    roads = front.roads;
    roads.where = Where::Turn;
    sayWhoGoes(roads, walk, p.event);
    return roads;
}

Result<Intervened> choose(History& history, Position p, const DocumentPtr& document, int cpu)
{
    if (const auto why = whyNoIntervention(history, p)) return fail(Fault::Input, *why);
    const Inputs& inputs = history.inputs();
    const Crossroads roads = ableAt(history, p);
    if (roads.where != Crossroads::Where::Turn) return fail(Fault::Input, "nobody's turn begins here");
    if (!roads.canGo(cpu)) return fail(Fault::Input, "CPU " + std::to_string(cpu) + " has nothing that it could do here");
    Choice choice = roads.place;
    choice.cpu = static_cast<std::uint8_t>(cpu);
    const bool takesBack = cpu == roads.usual && roads.isChosen();

    Inputs changed = inputs;
    changed.choices = withChoice(inputs.choices, choice, takesBack);
    DocumentPtr changedDocument;
    if (document) {
        auto edited = withChoice(*document, inputs.machine, choice, takesBack);
        if (!edited) return fail(Fault::Input, "scenarios end 285 years after the start");
        changedDocument = std::make_shared<const Scenario>(std::move(*edited));
    }
    InterventionPoint point;
    point.actionIndex = inputs.actions.size();
    point.tick = choice.tick;
    point.offset = choice.offset;
    auto run = fork(history, p, point, std::make_shared<const Inputs>(std::move(changed)));
    if (!run) return tl::unexpected(std::move(run.error()));
    while (run->snapshot().log.size() <= p.event && run->advance(1)) {
    }
    const Position after{run->snapshot().log.size(), 0, 0};
    return Intervened{std::move(*run), std::move(changedDocument), point, TimerId(), after};
}

} // namespace jiffy::core
