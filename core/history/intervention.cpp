// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/intervention.h"

#include "core/history/choice.h"
#include "core/history/work_intervention.h"
#include "core/scenario/reader.h"
#include "core/timers/sorted_list.h"
#include "core/timers/wheel_3_9.h"
#include "core/timers/wheel_6_1.h"

#include <algorithm>

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

namespace
{

bool isInterrupt(const Intervention& what)
{
    return what.what == Intervention::What::Interrupt;
}

} // namespace

Occupied occupied(const World& world, int cpu)
{
    const KernelCpu& k = world.kernel().cpu(cpu);
    if (k.interrupt != Interrupt::None) return Occupied::Interrupt;
    if (k.spinning != 0) return Occupied::Spin;
    if (world.cpu(cpu).inSoftirq) return Occupied::Softirq;
    return k.delays != 0 ? Occupied::Code : Occupied::No;
}

CpuStanding standFor(History& history, Position p, const Scenario* document, const Intervention& what)
{
    const Inputs& inputs = history.inputs();
    CpuStanding to;
    to.point = placed(interventionAt(history, p), document, inputs);
    to.standing = standingOn(history, p, to.point, what.cpu, isInterrupt(what));
    if (!to.standing.isTooEarly) return to;
    // What its CPU has begun at this instant would not have begun: it comes behind that.
    to.point = placed(nextInstant(history, to.point), document, inputs);
    to.standing = standingOn(history, p, to.point, what.cpu, isInterrupt(what));
    to.standing.isLater = true;
    return to;
}

Trial::Trial(History& history, Position p, const Scenario* document) : m_inputs(history.inputsPtr())
{
    if (m_inputs->machine.kernel.isThere) {
        m_history = &history;
        m_position = p;
        m_document = document;
        standOn({});
        return;
    }
    m_point = placed(interventionAt(history, p), document, *m_inputs);
    m_standing = standingAt(history, p, m_point);
}

void Trial::standOn(const Intervention& what)
{
    if (m_history == nullptr) return;
    const auto key = std::pair(what.cpu, isInterrupt(what));
    auto found = m_standings.find(key);
    if (found == m_standings.end()) found = m_standings.emplace(key, standFor(*m_history, m_position, m_document, what)).first;
    m_point = found->second.point;
    m_standing = found->second.standing;
    const auto timeOf = [](const World& world) {
        return static_cast<std::uint64_t>(world.hz().tickInstant(world.clock().ticks)) + world.clock().offset;
    };
    const World& here = m_history->at(m_position);
    m_occupied = jiffy::core::occupied(here, what.cpu);
    m_waits = timeOf(m_standing.world) - std::min(timeOf(here), timeOf(m_standing.world));
}

Outcome Trial::of(const Intervention& what)
{
    const bool isNew = what.what == Intervention::What::Add;
    standOn(what);
    if (isOfCpus(what)) return {};
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

namespace
{

/// Carries on until the action at a point has begun.
Result<Intervened> carriedOut(Run run, const InterventionPoint& point, DocumentPtr document, TimerId timer)
{
    while (!run.hasBegun(point.actionIndex)) {
        const bool goesOn = run.advance(1);
        if (!goesOn && !run.hasBegun(point.actionIndex))
            return fail(Fault::Input, "the run ends before anything can be done here");
    }
    const Position after{run.snapshot().log.size(), 0, 0};
    return Intervened{std::move(run), std::move(document), point, timer, after};
}

std::string objectOf(const Inputs& inputs, const Intervention& what)
{
    using What = Intervention::What;
    if (what.what == What::Add) return what.name;
    if (what.what == What::Wake || what.what == What::Signal) return inputs.names[inputs.programs[what.process].name];
    return what.timer.isValid() ? inputs.timerName(what.timer) : std::string();
}

/// The inputs with the call, and the document that compiles to them.
Result<std::pair<Inputs, DocumentPtr>> withCall(const Inputs& inputs, const DocumentPtr& document, const InterventionPoint& point,
                                                const Intervention& what)
{
    if (document) {
        const auto place = placeOf(*document, inputs, instantOf(point), point.actionIndex);
        auto changed = withIntervention(*document, inputs.machine, what, objectOf(inputs, what), instantOf(point), place.inDocument);
        if (!changed) return fail(Fault::Input, "scenarios end 285 years after the start");
        auto compiled = compile(*changed, inputs.file);
        if (!compiled) return tl::unexpected(std::move(compiled.error()));
        return std::pair(std::move(*compiled), std::make_shared<const Scenario>(std::move(*changed)));
    }
    const auto timer = what.what == Intervention::What::Add ? TimerId(static_cast<std::uint32_t>(inputs.timers.size())) : what.timer;
    auto action = actionOf(what, timer, inputs.machine, instantOf(point));
    Inputs changed = inputs;
    if (what.what == Intervention::What::Interrupt) action.nanoseconds = addProgram(changed, what);
    changed = withAction(changed, point, action);
    if (what.what == Intervention::What::Add) addTimer(changed, what);
    return std::pair(std::move(changed), DocumentPtr());
}

/// As intervene(). REQUIRES: a machine of CPUs; what it is about exists.
Result<Intervened> interveneOnCpu(History& history, Position p, const DocumentPtr& document, const Intervention& what)
{
    const Inputs& inputs = history.inputs();
    const auto stand = standFor(history, p, document.get(), what);
    if (stand.standing.isNever)
        return fail(Fault::Input, "CPU " + std::to_string(what.cpu) + " does not come to it before the run ends");
    auto changed = withCall(inputs, document, stand.point, what);
    if (!changed) return tl::unexpected(std::move(changed.error()));
    const auto timer = what.what == Intervention::What::Add ? TimerId(static_cast<std::uint32_t>(inputs.timers.size())) : what.timer;
    auto run = fork(history, p, stand.point, std::make_shared<const Inputs>(std::move(changed->first)));
    if (!run) return tl::unexpected(std::move(run.error()));
    return carriedOut(std::move(*run), stand.point, std::move(changed->second), timer);
}

} // namespace

Result<Intervened> intervene(History& history, Position p, const DocumentPtr& document,
                             const Intervention& what)
{
    if (const auto why = whyNoIntervention(history, p)) return fail(Fault::Input, *why);
    const Inputs& inputs = history.inputs();
    if ((inputs.driver == Driver::Daemon) != isOfWork(what)) return fail(Fault::Input, "this cannot be done to what is open");
    if (isOfWork(what)) return interveneWork(history, p, document, what);
    if (what.what == Intervention::What::GoFirst) return choose(history, p, document, what.cpu);
    if (isOfCpus(what) && !inputs.machine.kernel.isThere) return fail(Fault::Input, "this can be done to a machine of CPUs only");
    const bool isNew = what.what == Intervention::What::Add;
    if (isNew) {
        if (const auto why = nameFault(inputs, what.name)) return fail(Fault::Input, *why);
    } else if (isAboutTimer(what) || what.timer.isValid()) {
        if (!what.timer.isValid() || what.timer.value >= inputs.timers.size()) return fail(Fault::Input, "there is no such timer");
    }
    if ((what.what == Intervention::What::Wake || what.what == Intervention::What::Signal) && what.process >= inputs.machine.kernel.processes)
        return fail(Fault::Input, "there is no such process");
    if (what.cpu < 0 || what.cpu >= inputs.machine.cpus || what.target.value_or(0) < 0 ||
        what.target.value_or(0) >= inputs.machine.cpus)
        return fail(Fault::Input, "there is no such CPU");

    if (inputs.machine.kernel.isThere) return interveneOnCpu(history, p, document, what);
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
    return carriedOut(std::move(*run), point, std::move(changedDocument), timer);
}

} // namespace jiffy::core
