// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files, part 2: populations.
#include "core/scenario/document.h"

namespace jiffy::core
{

namespace
{

constexpr std::int64_t maxTicks = 1ll << 62;

std::optional<std::pair<std::int64_t, std::int64_t>> readPair(Faults& faults, JsonValue v,
                                                              std::string_view what, std::int64_t highest)
{
    const auto a = v.first();
    const auto b = a.next();
    if (v.type() != JsonType::Array || !a.exists() || !b.exists() || b.next().exists()) {
        faults.add(v, std::string(what) + " must be a list of two whole numbers");
        return std::nullopt;
    }
    const auto low = readInteger(faults, a, what, 0, highest);
    const auto high = readInteger(faults, b, what, 0, highest);
    if (!low || !high) return std::nullopt;
    return std::pair{*low, *high};
}

std::vector<int> readCpus(Faults& faults, JsonValue v)
{
    if (v.type() == JsonType::String && v.text() == "all") return {};
    std::vector<int> cpus;
    if (v.type() == JsonType::Array) {
        for (auto e = v.first(); e.exists(); e = e.next()) {
            if (const auto n = readInteger(faults, e, "\"cpu\"", 0, 63)) cpus.push_back(static_cast<int>(*n));
        }
        if (!v.first().exists()) faults.add(v, "\"cpu\" must name one CPU at least");
    } else if (v.type() == JsonType::Number) {
        if (const auto n = readInteger(faults, v, "\"cpu\"", 0, 63)) cpus.push_back(static_cast<int>(*n));
    } else {
        faults.add(v, wrongType("\"cpu\"", "a CPU, a list of CPUs or \"all\"", v));
    }
    if (cpus.empty()) cpus.push_back(0);
    return cpus;
}

Population readPopulation(JsonValue v, Faults& faults)
{
    Population p;
    Fields f(
        faults, v, "a population",
        {"name", "cpu", "count", "start", "do", "delay", "avoid", "slack", "deferrable", "cancel", "rearm"});
    p.spot = f.spot();
    if (!f.isObject()) return p;
    if (const auto n = f.need("name"); n.exists())
        p.name = readName(faults, n, "\"name\"").value_or(Spelling{});
    p.name.spot = f.spot("name");
    if (const auto c = f.find("cpu"); c.exists()) p.cpus = readCpus(faults, c);
    p.count = static_cast<std::uint64_t>(f.integer("count", 1, INT64_MAX).value_or(1));
    if (const auto s = f.find("start"); s.exists()) {
        Fields sf(faults, s, "\"start\"", {"at", "spread"});
        if (const auto at = sf.find("at"); at.exists())
            p.at = {readSpelling(faults, at, "\"at\"").value_or(""), Spot{at.begin()}};
        if (const auto spread = sf.find("spread"); spread.exists())
            p.startSpread = readSpread(faults, spread, "spread");
    }
    if (const auto text = f.text("do")) {
        if (*text != "add_timer" && *text != "mod_timer" && *text != "mod_timer_pinned")
            faults.add(f.spot("do"), "a population is armed by add_timer, mod_timer or mod_timer_pinned");
        else
            callNamed(*text, p.call);
    }
    if (const auto d = f.need("delay"); d.exists()) p.delay = readSpread(faults, d, "delay");
    if (const auto a = f.find("avoid"); a.exists()) {
        if (auto two = readSpellings(faults, a, "\"avoid\""); two && two->size() == 2)
            p.avoid = {(*two)[0], (*two)[1]};
        else if (two)
            faults.add(a, "\"avoid\" must be a list of two expiries, the first and the last");
    }
    p.slack = static_cast<std::int32_t>(f.integer("slack", -1, 0x7FFF'FFFF).value_or(-1));
    if (const auto d = f.find("deferrable"); d.type() == JsonType::Object) {
        Fields df(faults, d, "\"deferrable\"", {"percent"});
        if (df.need("percent").exists())
            p.deferrablePercent = static_cast<int>(df.integer("percent", 0, 100).value_or(0));
    } else if (d.exists() && f.flag("deferrable").value_or(false)) {
        p.deferrablePercent = 100;
    }
    if (const auto c = f.find("cancel"); c.exists()) {
        Fields cf(faults, c, "\"cancel\"", {"percent", "after"});
        p.cancelPercent = static_cast<int>(cf.integer("percent", 1, 100).value_or(100));
        if (const auto after = cf.need("after"); after.exists())
            p.cancelAfter = readSpread(faults, after, "after");
    }
    if (const auto r = f.find("rearm"); r.exists()) {
        Fields rf(faults, r, "\"rearm\"", {"percent", "by"});
        p.rearmPercent = static_cast<int>(rf.integer("percent", 1, 100).value_or(100));
        if (const auto by = rf.need("by"); by.exists()) p.rearmBy = readSpread(faults, by, "by");
    }
    return p;
}

} // namespace

Spread readSpread(Faults& faults, JsonValue v, std::string_view key)
{
    const auto what = "\"" + std::string(key) + "\"";
    Spread s;
    s.spot = Spot{v.begin()};
    const auto take = [&s](Spread::Shape shape, std::int64_t low, std::int64_t high) {
        s.shape = shape;
        s.low = static_cast<std::uint64_t>(low);
        s.high = static_cast<std::uint64_t>(high);
    };
    if (v.type() == JsonType::Number) {
        if (const auto n = readInteger(faults, v, what, 0, maxTicks)) take(Spread::Shape::Uniform, *n, *n);
        return s;
    }
    if (v.type() != JsonType::Object) {
        faults.add(v, wrongType(what, "a whole number or an object", v));
        return s;
    }
    Fields f(faults, v, what, {"uniform", "log2", "bell", "sequence"});
    const auto shape = v.first();
    if (!shape.exists() || shape.next().exists()) {
        faults.add(v, what + " must say one of uniform, log2, bell, sequence");
        return s;
    }
    const auto name = shape.key();
    const bool log2 = name == "log2";
    const auto pair = readPair(faults, shape, "\"" + std::string(name) + "\"", log2 ? 62 : maxTicks);
    if (!pair) return s;
    const auto [low, high] = *pair;
    if (name != "sequence" && (low > high || (log2 && low == high))) {
        faults.add(shape, "\"" + std::string(name) + "\" must go from a smaller to a larger number");
        return s;
    }
    if (name == "uniform") take(Spread::Shape::Uniform, low, high);
    if (log2) take(Spread::Shape::Log2, low, high);
    if (name == "bell") take(Spread::Shape::Bell, low, high);
    if (name == "sequence") take(Spread::Shape::Sequence, low, high);
    return s;
}

std::vector<Population> readPopulations(JsonValue list, Faults& faults)
{
    std::vector<Population> out;
    if (list.type() != JsonType::Array) {
        faults.add(list, wrongType("\"populations\"", "a list", list));
        return out;
    }
    for (auto v = list.first(); v.exists(); v = v.next())
        out.push_back(readPopulation(v, faults));
    return out;
}

} // namespace jiffy::core
