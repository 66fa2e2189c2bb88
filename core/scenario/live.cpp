// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/live.h"

#include "core/scenario/position_spec.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace jiffy::core
{

Jiffies expiresAt(const Intervention& what, const MachineConfig& machine, std::uint64_t tick)
{
    if (!what.isRelative) return machine.word.reduce(what.expires);
    return machine.word.add(machine.word.add(machine.jiffies, tick), what.expires);
}

namespace
{

Action cpuActionOf(const Intervention& what, Action a)
{
    using What = Intervention::What;
    switch (what.what) {
    case What::DeleteSync: a.call = Call::DelTimerSync; return a;
    case What::Free: a.call = Call::FreeTimer; return a;
    case What::GoIdle:
    case What::GoBusy:
        a.call = Call::SetIdle;
        a.expires = what.what == What::GoIdle ? 1 : 0;
        break;
    case What::Delay:
        a.call = Call::Burn;
        a.expires = what.nanoseconds;
        break;
    case What::Interrupt: a.call = Call::Interrupt; break;
    default:
        a.call = what.what == What::Wake ? Call::WakeProcess : Call::SendSignal;
        a.nanoseconds = what.process;
        break;
    }
    a.timer = TimerId();
    return a;
}

} // namespace

Action actionOf(const Intervention& what, TimerId timer, const MachineConfig& machine, Instant at)
{
    Action a;
    a.tick = at.tick;
    a.offset = at.offset;
    a.timer = timer;
    a.cpu = static_cast<std::uint8_t>(what.cpu);
    if (what.what == Intervention::What::Delete) {
        a.call = Call::DelTimer;
        return a;
    }
    if (isOfCpus(what)) return cpuActionOf(what, a);
    a.expires = expiresAt(what, machine, at.tick);
    if (what.what == Intervention::What::Modify) {
        a.call = what.isReduce ? Call::TimerReduce : what.isPinned ? Call::ModTimerPinned : Call::ModTimer;
    } else if (what.target) {
        a.call = Call::AddTimerOn;
        a.target = static_cast<std::uint8_t>(*what.target);
    } else {
        a.call = Call::AddTimer;
    }
    return a;
}

namespace
{

/// Of a timer's name in pieces, without making it: most of a million are asked in vain.
bool isNamed(const Inputs& inputs, const TimerSpec& spec, std::string_view name)
{
    if (spec.name >= inputs.names.size()) return false;
    const std::string& base = inputs.names[spec.name];
    if (base.empty() || !name.starts_with(base)) return false;
    // The name of a whole population is taken, too.
    return name.size() == base.size() ||
           (spec.number != 0 && name.substr(base.size()) == "." + std::to_string(spec.number));
}

} // namespace

std::optional<std::string> nameFault(const Inputs& inputs, std::string_view name)
{
    const bool blank = std::any_of(name.begin(), name.end(),
                                   [](char c) { return (c >= 0 && c <= ' ') || c == '\x7F'; });
    const auto length = std::count_if(name.begin(), name.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    if (name.empty() || blank || length > 64)
        return "a name has 1 to 64 characters and no white space";
    const bool taken = std::any_of(inputs.timers.begin(), inputs.timers.end(),
                                   [&](const TimerSpec& t) { return isNamed(inputs, t, name); });
    if (taken) return "the name \"" + std::string(name) + "\" is taken already";
    return std::nullopt;
}

std::string freeName(const Inputs& inputs, std::string_view stem)
{
    const std::unordered_set<std::string_view> names(inputs.names.begin(), inputs.names.end());
    for (std::uint64_t n = 1;; ++n) {
        auto name = std::string(stem) + std::to_string(n);
        if (names.count(name) == 0) return name;
    }
}

TimerId addTimer(Inputs& inputs, const Intervention& add)
{
    TimerSpec spec;
    spec.name = static_cast<std::uint32_t>(inputs.names.size());
    spec.slack = add.slack;
    spec.flags = add.flags;
    spec.firstStep = static_cast<std::uint32_t>(inputs.steps.size());
    inputs.names.push_back(add.name);
    inputs.timers.push_back(spec);
    return TimerId(static_cast<std::uint32_t>(inputs.timers.size() - 1));
}

std::uint32_t addProgram(Inputs& inputs, const Intervention& interrupt)
{
    Program p;
    p.name = static_cast<std::uint32_t>(inputs.names.size());
    p.firstStep = static_cast<std::uint32_t>(inputs.steps.size());
    p.cpu = static_cast<std::uint8_t>(interrupt.cpu);
    inputs.names.push_back(interrupt.name);
    CallbackStep step;
    if (interrupt.nanoseconds != 0) {
        step.what = CallbackStep::What::Burn;
        step.delta = static_cast<std::int64_t>(interrupt.nanoseconds);
        inputs.steps.push_back(step);
    }
    if (interrupt.timer.isValid()) {
        step.what = CallbackStep::What::Add;
        step.other = interrupt.timer;
        step.delta = inputs.machine.word.signedDistance(interrupt.expires, 0);
        inputs.steps.push_back(step);
    }
    p.stepCount = static_cast<std::uint32_t>(inputs.steps.size()) - p.firstStep;
    inputs.programs.push_back(p);
    return static_cast<std::uint32_t>(inputs.programs.size() - 1);
}

ActionPlace placeOf(const Scenario& document, const Inputs& inputs, Instant at, std::uint64_t begun)
{
    const auto instantOf = [](const Action& a) { return Instant{a.tick, a.offset}; };
    const auto& all = inputs.actions;
    const auto low = std::partition_point(all.begin(), all.end(),
                                          [&](const Action& a) { return instantOf(a) < at; });
    const auto high =
        std::partition_point(low, all.end(), [&](const Action& a) { return instantOf(a) <= at; });

    // The document's own actions stand in the order of time, too.
    const auto& own = document.actions;
    const auto isBefore = [&](const ScenarioAction& a) {
        return parseInstant(a.at.text, inputs.machine).value_or(Instant{}) < at;
    };
    const auto isNotAfter = [&](const ScenarioAction& a) {
        return parseInstant(a.at.text, inputs.machine).value_or(Instant{}) <= at;
    };
    const auto ownLow = std::partition_point(own.begin(), own.end(), isBefore);
    const auto ownHigh = std::partition_point(ownLow, own.end(), isNotAfter);

    const auto firstOwn = static_cast<std::uint64_t>((high - all.begin()) - (ownHigh - ownLow));
    ActionPlace place;
    place.inInputs = std::clamp(begun, firstOwn, static_cast<std::uint64_t>(high - all.begin()));
    place.inDocument = static_cast<std::size_t>(ownLow - own.begin()) + (place.inInputs - firstOwn);
    return place;
}

std::string instantText(Instant at, const MachineConfig& machine)
{
    if (at.offset != 0)
        return timeText(machine.hz.tickInstant(at.tick) + static_cast<Nanoseconds>(at.offset));
    const auto jiffies = std::to_string(machine.word.add(machine.jiffies, at.tick));
    const auto read = parseInstant(jiffies, machine);
    return read && *read == at ? jiffies : "+" + std::to_string(at.tick);
}

namespace
{

std::string expiryText(const Intervention& what, Word word)
{
    if (!what.isRelative) return std::to_string(what.expires);
    const auto by = word.signedDistance(what.expires, 0);
    if (by >= 0) return "+" + std::to_string(by);
    return "-" + std::to_string(static_cast<std::uint64_t>(-(by + 1)) + 1);
}

} // namespace

namespace
{

/// What the handler of an interrupt does.
std::vector<ScenarioStep> stepsOf(const Intervention& interrupt, const std::string& timer, Word word)
{
    std::vector<ScenarioStep> steps;
    if (interrupt.nanoseconds != 0) {
        ScenarioStep& burn = steps.emplace_back();
        burn.what = CallbackStep::What::Burn;
        burn.duration.text = timeText(static_cast<Nanoseconds>(interrupt.nanoseconds));
    }
    if (interrupt.timer.isValid()) {
        ScenarioStep& mod = steps.emplace_back();
        mod.what = CallbackStep::What::Add;
        mod.timer.text = timer;
        Intervention relative = interrupt;
        relative.isRelative = true;
        mod.by.text = expiryText(relative, word);
    }
    return steps;
}

} // namespace

std::optional<Scenario> withIntervention(const Scenario& document, const MachineConfig& machine,
                                         const Intervention& what, const std::string& timer, Instant at,
                                         std::size_t index)
{
    using What = Intervention::What;
    ScenarioAction action;
    action.at.text = instantText(at, machine);
    if (const auto read = parseInstant(action.at.text, machine); !read || *read != at) return std::nullopt;
    action.cpu = what.cpu;
    action.call.call = actionOf(what, TimerId(), machine, at).call;
    switch (what.what) {
    case What::Wake:
    case What::Signal: action.process.text = timer; break;
    case What::GoIdle:
    case What::GoBusy: action.call.idle = what.what == What::GoIdle; break;
    case What::Delay: action.duration.text = timeText(static_cast<Nanoseconds>(what.nanoseconds)); break;
    case What::Interrupt:
        action.name.text = what.name;
        action.does = stepsOf(what, timer, machine.word);
        break;
    default:
        action.timer.text = timer;
        if (what.what == What::Add || what.what == What::Modify) action.expires.text = expiryText(what, machine.word);
        break;
    }
    action.target = what.target.value_or(0);

    Scenario changed = document;
    changed.actions.insert(changed.actions.begin() + static_cast<std::ptrdiff_t>(index), std::move(action));
    if (what.what == Intervention::What::Add) {
        auto& item = changed.items.emplace_back();
        item.name.text = what.name;
        item.slack = what.slack;
        item.deferrable = (what.flags & Deferrable) != 0;
        item.irqSafe = (what.flags & IrqSafe) != 0;
        item.pinned = (what.flags & Pinned) != 0;
    }
    return changed;
}

std::vector<Choice> withChoice(std::vector<Choice> choices, const Choice& choice, bool isUsual)
{
    const auto isReplaced = [&](const Choice& c) { return c.tick == choice.tick && c.offset == choice.offset && c.step >= choice.step; };
    std::erase_if(choices, isReplaced);
    if (isUsual) return choices;
    const auto key = [](const Choice& c) { return std::tuple(c.tick, c.offset, c.step); };
    const auto at = std::partition_point(choices.begin(), choices.end(), [&](const Choice& c) { return key(c) < key(choice); });
    choices.insert(at, choice);
    return choices;
}

std::optional<Scenario> withChoice(const Scenario& document, const MachineConfig& machine, const Choice& choice, bool isUsual)
{
    const Instant at{choice.tick, choice.offset};
    ScenarioChoice added;
    added.at.text = instantText(at, machine);
    if (const auto read = parseInstant(added.at.text, machine); !read || *read != at) return std::nullopt;
    added.step = choice.step;
    added.cpu = choice.cpu;
    const auto instantOf = [&](const ScenarioChoice& c) { return parseInstant(c.at.text, machine).value_or(Instant{}); };

    Scenario changed = document;
    auto& all = changed.choices;
    std::erase_if(all, [&](const ScenarioChoice& c) { return instantOf(c) == at && c.step >= choice.step; });
    if (isUsual) return changed;
    const auto place = std::partition_point(all.begin(), all.end(), [&](const ScenarioChoice& c) {
        const auto when = instantOf(c);
        return when < at || (when == at && c.step < choice.step);
    });
    all.insert(place, std::move(added));
    return changed;
}

} // namespace jiffy::core
