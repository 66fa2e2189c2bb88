// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files, part 6: what a machine of CPUs has besides its wheels, and what code does, with every fault of shape.
#include "core/scenario/document.h"
#include "core/scenario/step_words.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// A fault when a key that is needed is missing, or when one is there that is not taken.
JsonValue argument(Fields& f, Faults& faults, std::string_view key, bool isTaken, std::string_view what)
{
    if (isTaken) return f.need(key);
    if (f.has(key))
        faults.add(f.spot(key), "\"" + std::string(what) + "\" takes no \"" + std::string(key) + "\"");
    return {};
}

Spelling nameOf(Faults& faults, JsonValue v, std::string_view key)
{
    if (!v.exists()) return {};
    auto name = readName(faults, v, "\"" + std::string(key) + "\"");
    return name ? std::move(*name) : Spelling{"", Spot{v.begin()}};
}

std::optional<ScenarioStep> readStep(JsonValue v, Faults& faults)
{
    Fields f(faults, v, "what code does", {"do", "timer", "by", "for", "target", "lock", "ms", "process"});
    const auto what = f.need("do");
    if (!what.exists()) return std::nullopt;
    const auto text = readText(faults, what, "\"do\"");
    if (!text) return std::nullopt;
    const StepWord* word = stepNamed(*text);
    if (word == nullptr) {
        std::vector<std::string_view> names;
        for (const StepWord& w : stepWords()) names.push_back(w.name);
        faults.add(what, "code cannot \"" + text->substr(0, 60) + "\"" + didYouMean(*text, names) + "; expected one of " + stepNames());
        return std::nullopt;
    }
    ScenarioStep s;
    s.spot = f.spot();
    s.what = word->what;
    if (s.what == CallbackStep::What::Rearm && f.has("timer"))
        faults.add(f.spot("timer"), "\"rearm\" is about the timer itself and takes no \"timer\"");
    else s.timer = nameOf(faults, argument(f, faults, "timer", word->timer, *text), "timer");
    if (const auto by = argument(f, faults, "by", word->by, *text); by.exists())
        s.by = {readSpelling(faults, by, "\"by\"").value_or(""), Spot{by.begin()}};
    if (const auto d = argument(f, faults, "for", word->duration, *text); d.exists()) s.duration = readDuration(d, faults, "for");
    s.lock = nameOf(faults, argument(f, faults, "lock", word->lock, *text), "lock");
    s.process = nameOf(faults, argument(f, faults, "process", word->process, *text), "process");
    if (argument(f, faults, "target", word->target, *text).exists())
        s.target = static_cast<int>(f.integer("target", 0, 63).value_or(0));
    if (argument(f, faults, "ms", word->ms, *text).exists())
        s.ms = static_cast<std::uint64_t>(f.integer("ms", 0, 1'000'000'000).value_or(0));
    return s;
}

ScenarioProcess readProcess(JsonValue v, Faults& faults)
{
    Fields f(faults, v, "a process", {"name", "cpu", "at", "repeat", "does"});
    ScenarioProcess p;
    p.spot = f.spot();
    p.name = nameOf(faults, f.need("name"), "name");
    p.cpu = static_cast<int>(f.integer("cpu", 0, 63).value_or(0));
    if (const auto at = f.find("at"); at.exists()) p.at = {readSpelling(faults, at, "\"at\"").value_or(""), Spot{at.begin()}};
    if (const auto r = f.find("repeat"); r.type() == JsonType::String) {
        if (r.text() == "forever") p.repeat = std::nullopt;
        else faults.add(r, "\"repeat\" must be a number or \"forever\"");
    } else if (const auto n = f.integer("repeat", 1, 1'000'000'000)) {
        p.repeat = static_cast<std::uint64_t>(*n);
    }
    if (const auto d = f.need("does"); d.exists()) p.does = readSteps(d, faults, "does");
    return p;
}

bool isList(JsonValue v, Faults& faults, std::string_view key)
{
    if (v.type() == JsonType::Array) return true;
    faults.add(v, wrongType("\"" + std::string(key) + "\"", "a list", v));
    return false;
}

} // namespace

Spelling readDuration(JsonValue v, Faults& faults, std::string_view key)
{
    if (v.type() == JsonType::Number) {
        faults.add(v, "\"" + std::string(key) + "\" must be a time with a unit, like \"250us\" or \"3 jiffies\", not a number alone");
        return {"", Spot{v.begin()}};
    }
    return {readText(faults, v, "\"" + std::string(key) + "\"").value_or(""), Spot{v.begin()}};
}

std::vector<ScenarioStep> readSteps(JsonValue list, Faults& faults, std::string_view key)
{
    std::vector<ScenarioStep> steps;
    if (!isList(list, faults, key)) return steps;
    for (auto v = list.first(); v.exists(); v = v.next()) {
        if (auto step = readStep(v, faults)) steps.push_back(std::move(*step));
    }
    return steps;
}

std::vector<ScenarioProcess> readProcesses(JsonValue list, Faults& faults)
{
    constexpr std::size_t most = 10'000;
    std::vector<ScenarioProcess> processes;
    if (!isList(list, faults, "processes")) return processes;
    for (auto v = list.first(); v.exists(); v = v.next()) {
        if (processes.size() == most) return faults.add(v, "more than " + std::to_string(most) + " processes"), processes;
        processes.push_back(readProcess(v, faults));
    }
    return processes;
}

std::vector<ScenarioChoice> readChoices(JsonValue list, Faults& faults)
{
    std::vector<ScenarioChoice> choices;
    if (!isList(list, faults, "choices")) return choices;
    for (auto v = list.first(); v.exists(); v = v.next()) {
        Fields f(faults, v, "a choice", {"at", "step", "cpu"});
        ScenarioChoice c;
        c.spot = f.spot();
        if (const auto at = f.need("at"); at.exists()) c.at = {readSpelling(faults, at, "\"at\"").value_or(""), Spot{at.begin()}};
        if (f.need("step").exists()) c.step = static_cast<std::uint64_t>(f.integer("step", 0, INT64_MAX).value_or(0));
        if (f.need("cpu").exists()) c.cpu = static_cast<int>(f.integer("cpu", 0, 63).value_or(0));
        choices.push_back(std::move(c));
    }
    return choices;
}

void readKernelMachine(Fields& f, Faults& faults, ScenarioMachine& m)
{
    m.interrupts = f.flag("interrupts");
    m.nohz = f.flag("nohz");
    m.smp = f.flag("smp");
    if (m.smp == false && m.cpus > 1)
        faults.add(f.spot("smp"), "without \"smp\" there is one CPU; the machine has " + std::to_string(m.cpus));
    if (const auto skew = f.find("skew"); skew.type() == JsonType::Number && skew.text() == "0") m.skew = {"0s", Spot{skew.begin()}};
    else if (skew.exists()) m.skew = readDuration(skew, faults, "skew");
    if (const auto list = f.find("idle"); list.exists() && isList(list, faults, "idle")) {
        m.idle.emplace();
        m.idleSpot = Spot{list.begin()};
        for (auto v = list.first(); v.exists(); v = v.next()) {
            if (const auto cpu = readInteger(faults, v, "a CPU", 0, 63)) m.idle->push_back(static_cast<int>(*cpu));
        }
    }
    if (const auto n = f.integer("slice", 0, 1'000'000)) m.slice = static_cast<std::uint64_t>(*n);
    if (const auto takes = f.find("takes"); takes.exists()) {
        Fields t(faults, takes, "\"takes\"", {"callback", "move"});
        if (const auto v = t.find("callback"); v.exists()) m.callbackTakes = readDuration(v, faults, "callback");
        if (const auto v = t.find("move"); v.exists()) m.moveTakes = readDuration(v, faults, "move");
    }
}

} // namespace jiffy::core
