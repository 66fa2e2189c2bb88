// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files, part 3: assertions.
#include "core/scenario/document.h"

namespace jiffy::core
{

namespace
{

std::optional<std::vector<int>> readReturns(Faults& faults, JsonValue v)
{
    std::vector<int> out;
    const auto one = [&](JsonValue e) {
        if (const auto n = readInteger(faults, e, "\"returns\"", -1, 1)) out.push_back(static_cast<int>(*n));
    };
    if (v.type() != JsonType::Array)
        one(v);
    else
        for (auto e = v.first(); e.exists(); e = e.next())
            one(e);
    return out;
}

Spelling said(Fields& f, Faults& faults, std::string_view key)
{
    const auto v = f.find(key);
    if (!v.exists()) return {};
    return {readSpelling(faults, v, "\"" + std::string(key) + "\"").value_or(""), Spot{v.begin()}};
}

std::optional<std::uint64_t> counted(Fields& f, std::string_view key)
{
    const auto n = f.integer(key, 0, INT64_MAX);
    return n ? std::optional(static_cast<std::uint64_t>(*n)) : std::nullopt;
}

/// "timers": on which algorithm.
Spelling algorithm(Fields& f, Faults& faults)
{
    const auto v = f.find("timers");
    if (!v.exists()) return {};
    return {readAlgorithm(faults, v).value_or(""), Spot{v.begin()}};
}

ScenarioExpectation ofTimer(JsonValue v, Faults& faults)
{
    ScenarioExpectation e;
    Fields f(faults, v, "what is expected of a timer",
             {"timer", "at", "fires", "fire_count", "slot", "expires", "moves", "moved_at", "returns",
              "position", "waited", "timers"});
    e.spot = f.spot();
    e.timer = readName(faults, f.find("timer"), "\"timer\"").value_or(Spelling{});
    e.algorithm = algorithm(f, faults);
    e.at = said(f, faults, "at");
    if (const auto x = f.find("fires"); x.exists()) e.fires = readSpellings(faults, x, "\"fires\"");
    e.fireCount = counted(f, "fire_count");
    if (const auto slot = f.text("slot")) {
        e.slot = {*slot, f.spot("slot")};
        if (slot->empty()) faults.add(e.slot.spot, "\"\" is not a slot; expected one like \"tv2[5]\" or \"lvl1[5]\", or \"none\"");
    }
    e.expires = said(f, faults, "expires");
    e.moves = counted(f, "moves");
    if (const auto x = f.find("moved_at"); x.exists()) e.movedAt = readSpellings(faults, x, "\"moved_at\"");
    if (const auto x = f.find("returns"); x.exists()) e.returns = readReturns(faults, x);
    if (const auto x = f.find("position"); x.exists()) e.position = readSpellings(faults, x, "\"position\"");
    if (const auto x = f.find("waited"); x.exists()) e.waited = readSpellings(faults, x, "\"waited\"");
    bool isEmpty = true;
    for (auto k = v.first(); k.exists(); k = k.next()) isEmpty &= k.key() == "timer" || k.key() == "timers";
    if (isEmpty)
        faults.add(v, "this expects nothing of the timer; say fires, fire_count, slot, expires, moves, "
                      "moved_at, returns, position or waited");
    if (e.at.isSaid() && !f.has("slot") && !f.has("expires"))
        faults.add(e.at.spot, "\"at\" is for slot and expires only");
    return e;
}

ScenarioExpectation ofCpu(JsonValue v, Faults& faults)
{
    ScenarioExpectation e;
    Fields f(faults, v, "what is expected of a CPU", {"cpu", "ticks", "saved", "interrupts", "turns", "timers"});
    e.spot = f.spot();
    if (const auto n = f.integer("cpu", 0, 63)) e.cpu = static_cast<int>(*n);
    e.algorithm = algorithm(f, faults);
    e.ticks = counted(f, "ticks");
    e.saved = counted(f, "saved");
    e.interrupts = counted(f, "interrupts");
    e.turns = counted(f, "turns");
    if (!f.has("ticks") && !f.has("saved") && !f.has("interrupts") && !f.has("turns"))
        faults.add(v, "this expects nothing of the CPU; say ticks, saved, interrupts or turns");
    return e;
}

ScenarioExpectation ofProcess(JsonValue v, Faults& faults)
{
    ScenarioExpectation e;
    Fields f(faults, v, "what is expected of a process", {"process", "sleeps", "left", "timers"});
    e.spot = f.spot();
    e.process = readName(faults, f.find("process"), "\"process\"").value_or(Spelling{});
    e.algorithm = algorithm(f, faults);
    if (const auto x = f.find("sleeps"); x.exists()) e.sleeps = readSpellings(faults, x, "\"sleeps\"");
    if (const auto x = f.find("left"); x.exists()) {
        auto& left = e.left.emplace();
        const auto one = [&](JsonValue n) {
            if (const auto ms = readInteger(faults, n, "\"left\"", 0, INT64_MAX)) left.push_back(static_cast<std::uint64_t>(*ms));
        };
        if (x.type() != JsonType::Array) one(x);
        else for (auto n = x.first(); n.exists(); n = n.next()) one(n);
    }
    if (!f.has("sleeps") && !f.has("left")) faults.add(v, "this expects nothing of the process; say sleeps or left");
    return e;
}

ScenarioExpectation ofWork(JsonValue v, Faults& faults)
{
    ScenarioExpectation e;
    Fields f(faults, v, "what is expected of work", {"work", "runs", "run_count", "late"});
    e.spot = f.spot();
    e.work = readName(faults, f.find("work"), "\"work\"").value_or(Spelling{});
    if (const auto x = f.find("runs"); x.exists()) e.runs = readSpellings(faults, x, "\"runs\"");
    e.runCount = counted(f, "run_count");
    if (const auto x = f.find("late"); x.exists()) e.late = readSpellings(faults, x, "\"late\"");
    if (!v.first().next().exists()) faults.add(v, "this expects nothing of the work; say runs, run_count or late");
    return e;
}

ScenarioExpectation ofOrder(JsonValue v, Faults& faults)
{
    ScenarioExpectation e;
    Fields f(faults, v, "an expected order", {"order", "timers"});
    e.spot = f.spot();
    e.algorithm = algorithm(f, faults);
    const auto list = f.find("order");
    if (list.type() != JsonType::Array) {
        faults.add(list, wrongType("\"order\"", "a list of timers", list));
        return e;
    }
    for (auto n = list.first(); n.exists(); n = n.next()) {
        if (auto name = readName(faults, n, "\"order\"")) e.order.push_back(std::move(*name));
    }
    for (std::size_t i = 0; i < e.order.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (e.order[i].text == e.order[k].text) {
                faults.add(list, "\"order\" names \"" + e.order[i].text + "\" twice; a timer cannot run before itself");
                k = i;
            }
    if (!list.first().next().exists()) faults.add(list, "\"order\" must name two timers at least");
    return e;
}

ScenarioExpectation ofTotal(JsonValue v, Faults& faults)
{
    ScenarioExpectation e;
    Fields f(faults, v, "an expected total", {"total", "is", "timers"});
    e.spot = f.spot();
    e.algorithm = algorithm(f, faults);
    e.total = {f.text("total").value_or(""), f.spot("total")};
    if (const auto is = f.need("is"); is.exists()) e.is = readSpelling(faults, is, "\"is\"").value_or("");
    return e;
}

ScenarioExpectation ofTick(JsonValue v, Faults& faults)
{
    ScenarioExpectation e;
    Fields f(faults, v, "what is expected of a tick", {"tick", "moves", "fires", "timers"});
    e.spot = f.spot();
    e.algorithm = algorithm(f, faults);
    e.tick = said(f, faults, "tick");
    e.tickMoves = counted(f, "moves");
    e.tickFires = counted(f, "fires");
    if (!f.has("moves") && !f.has("fires"))
        faults.add(v, "this expects nothing of the tick; say moves or fires");
    return e;
}

} // namespace

std::vector<ScenarioExpectation> readExpectations(JsonValue list, Faults& faults)
{
    constexpr std::size_t most = 10'000;
    std::vector<ScenarioExpectation> out;
    if (list.type() != JsonType::Array) {
        faults.add(list, wrongType("\"expect\"", "a list", list));
        return out;
    }
    for (auto v = list.first(); v.exists(); v = v.next()) {
        if (out.size() == most) {
            faults.add(v, "more than " + std::to_string(most) + " expectations");
            break;
        }
        if (v.member("timer").exists())
            out.push_back(ofTimer(v, faults));
        else if (v.member("process").exists())
            out.push_back(ofProcess(v, faults));
        else if (v.member("cpu").exists())
            out.push_back(ofCpu(v, faults));
        else if (v.member("work").exists())
            out.push_back(ofWork(v, faults));
        else if (v.member("order").exists())
            out.push_back(ofOrder(v, faults));
        else if (v.member("total").exists())
            out.push_back(ofTotal(v, faults));
        else if (v.member("tick").exists())
            out.push_back(ofTick(v, faults));
        else if (v.type() != JsonType::Object)
            faults.add(v, wrongType("an expectation", "an object", v));
        else
            faults.add(v, "an expectation is about one of timer, cpu, process, work, order, total, tick");
    }
    return out;
}

} // namespace jiffy::core
