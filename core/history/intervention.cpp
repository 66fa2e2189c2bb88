// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/intervention.h"

#include "core/history/work_intervention.h"
#include "core/timers/sorted_list.h"
#include "core/timers/wheel_3_9.h"
#include "core/timers/wheel_6_1.h"

namespace jiffy::core
{

namespace
{

/// Applies what a call emits and remembers it, so that it can be taken back.
class TryingEmitter
{
  public:
    TryingEmitter(World& world, std::vector<Record>& records) : m_world(world), m_records(records) {}

    const World& world() const { return m_world; }
    template <Kind K> void emit(const Record& r)
    {
        m_records.push_back(r);
        m_world.applyAs<K>(r);
    }
    void emitQueued(const Record& r, int target)
    {
        m_records.push_back(r);
        m_world.applyQueued(r, target);
    }
    void pass(const OpenRun& run) { m_world.pass(run); } ///< a call passes no time

  private:
    World& m_world;
    std::vector<Record>& m_records;
};

void define(TryingEmitter& emitter, const Action& a, const TimerSpec& spec)
{
    Record r;
    r.kind = Kind::Defined;
    r.site = Site::Start;
    r.cpu = a.cpu;
    r.item = a.timer;
    r.slot = a.timer.value;
    r.link = static_cast<std::uint32_t>(spec.slack);
    r.value = spec.flags;
    r.flags = Record::moreFlag;
    emitter.emit<Kind::Defined>(r);
}

template <class Timers> void performOn(Timers timers, const Action& a)
{
    switch (a.call) {
    case Call::AddTimer:
        return timers.addTimer(a.cpu, a.timer, a.expires);
    case Call::AddTimerOn:
        return timers.addTimerOn(a.cpu, a.timer, a.target, a.expires);
    case Call::ModTimer:
        timers.modTimer(a.cpu, a.timer, a.expires);
        return;
    case Call::ModTimerPinned:
        timers.modTimerPinned(a.cpu, a.timer, a.expires);
        return;
    case Call::TimerReduce:
        timers.reduceTimer(a.cpu, a.timer, a.expires);
        return;
    default:
        timers.delTimer(a.cpu, a.timer);
    }
}

void perform(TryingEmitter& emitter, const Action& a)
{
    switch (emitter.world().geometry().algorithm) {
    case TimerAlgorithm::Wheel39: return performOn(Wheel39<TryingEmitter>(emitter), a);
    case TimerAlgorithm::Wheel61: return performOn(Wheel61<TryingEmitter>(emitter), a);
    case TimerAlgorithm::SortedList: return performOn(SortedList<TryingEmitter>(emitter), a);
    }
}

Instant instantOf(const InterventionPoint& point)
{
    return {point.tick, point.offset};
}

/// Behind the document's own order, where there is a document.
InterventionPoint placed(InterventionPoint point, const Scenario* document, const Inputs& inputs)
{
    if (document != nullptr)
        point.actionIndex = placeOf(*document, inputs, instantOf(point), point.actionIndex).inInputs;
    return point;
}

} // namespace

Trial::Trial(History& history, Position p, const Scenario* document)
    : m_inputs(history.inputsPtr()), m_point(placed(interventionAt(history, p), document, *m_inputs)),
      m_standing(standingAt(history, p, m_point))
{
}

Outcome Trial::of(const Intervention& what)
{
    const bool isNew = what.what == Intervention::What::Add;
    World& world = m_standing.world;
    const auto timer = isNew ? TimerId(static_cast<std::uint32_t>(m_inputs->timers.size())) : what.timer;
    const auto action = actionOf(what, timer, m_inputs->machine, instantOf(m_point));

    Outcome outcome;
    outcome.asked = action.expires;
    outcome.wasPending = world.isDefined(timer) && world.item(timer).isPending();
    if (outcome.wasPending) outcome.from = world.slotOf(timer);
    TryingEmitter emitter(world, outcome.records);
    if (!world.isDefined(timer)) {
        TimerSpec spec;
        spec.slack = what.slack;
        spec.flags = what.flags;
        define(emitter, action, isNew ? spec : m_inputs->timers[timer.value]);
    }
    perform(emitter, action);

    const Item& item = world.item(timer);
    outcome.isPending = item.isPending();
    outcome.cpu = static_cast<int>(item.cpu);
    outcome.position = world.cpu(outcome.cpu).clk(world.geometry().wheels == 2 && item.isDeferrable() ? 1 : 0);
    if (outcome.isPending) {
        outcome.to = world.slotOf(timer);
        outcome.effective = item.expires;
    }
    for (const auto& r : outcome.records) {
        outcome.isRefused |= r.kind == Kind::Refused;
        if (r.returned() != Returned::Nothing) outcome.returned = r.returned();
    }
    for (auto i = outcome.records.size(); i-- > 0;)
        world.unapply(outcome.records[i]);
    return outcome;
}

std::optional<std::string> whyNoIntervention(const History& history, Position p)
{
    const auto& s = history.snapshot();
    if (!s.checkpoints || s.checkpoints->empty()) return "this log was recorded: there is nothing to run anew";
    if (s.status == RunStatus::Limit && forkPosition(history, p).event >= s.log.size())
        return "the run was stopped here at its limit of " + std::to_string(history.inputs().eventLimit) +
               " events";
    return std::nullopt;
}

Result<Intervened> intervene(History& history, Position p, const DocumentPtr& document,
                             const Intervention& what)
{
    if (const auto why = whyNoIntervention(history, p)) return fail(Fault::Input, *why);
    const Inputs& inputs = history.inputs();
    if ((inputs.driver == Driver::Daemon) != isOfWork(what)) return fail(Fault::Input, "this cannot be done to what is open");
    if (isOfWork(what)) return interveneWork(history, p, document, what);
    const bool isNew = what.what == Intervention::What::Add;
    if (isNew) {
        if (const auto why = nameFault(inputs, what.name)) return fail(Fault::Input, *why);
    } else if (!what.timer.isValid() || what.timer.value >= inputs.timers.size()) {
        return fail(Fault::Input, "there is no such timer");
    }
    if (what.cpu < 0 || what.cpu >= inputs.machine.cpus || what.target.value_or(0) < 0 ||
        what.target.value_or(0) >= inputs.machine.cpus)
        return fail(Fault::Input, "there is no such CPU");

    auto point = interventionAt(history, p);
    DocumentPtr changedDocument;
    if (document) {
        const auto place = placeOf(*document, inputs, instantOf(point), point.actionIndex);
        point.actionIndex = place.inInputs;
        auto changed = withIntervention(*document, inputs.machine, what,
                                        isNew ? what.name : inputs.timerName(what.timer), instantOf(point),
                                        place.inDocument);
        if (!changed) return fail(Fault::Input, "scenarios end 285 years after the start");
        changedDocument = std::make_shared<const Scenario>(std::move(*changed));
    }
    const auto newTimer = TimerId(static_cast<std::uint32_t>(inputs.timers.size()));
    const auto timer = isNew ? newTimer : what.timer;
    auto changed = withAction(inputs, point, actionOf(what, timer, inputs.machine, instantOf(point)));
    if (isNew) addTimer(changed, what);

    auto run = fork(history, p, point, std::make_shared<const Inputs>(std::move(changed)));
    if (!run) return tl::unexpected(std::move(run.error()));
    while (!run->hasBegun(point.actionIndex)) {
        const bool goesOn = run->advance(1);
        if (!goesOn && !run->hasBegun(point.actionIndex))
            return fail(Fault::Input, "the run ends before anything can be done here");
    }
    const Position after{run->snapshot().log.size(), 0, 0};
    return Intervened{std::move(*run), std::move(changedDocument), point, timer, after};
}

} // namespace jiffy::core
