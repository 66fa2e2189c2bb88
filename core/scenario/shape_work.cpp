// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files, part 5: tgtd, its work and what happens to it, with every fault of shape.
#include "core/scenario/document.h"
#include "core/scenario/work_notation.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr auto mostSeconds = static_cast<std::int64_t>(mostWorkSeconds);

/// A time, a step or a position: always a string, as numbers have no unit.
Spelling timed(Faults& faults, JsonValue v, std::string_view key)
{
    if (!v.exists()) return {};
    if (v.type() == JsonType::Number) {
        faults.add(v, "\"" + std::string(key) +
                          "\" must be a time with a unit, like \"250ms\", not a number alone");
        return {"", Spot{v.begin()}};
    }
    auto text = readText(faults, v, "\"" + std::string(key) + "\"").value_or("");
    if (text.empty() && v.type() == JsonType::String)
        faults.add(v, "\"" + std::string(key) + "\" must not be empty");
    return {std::move(text), Spot{v.begin()}};
}

std::optional<std::uint64_t> counted(Fields& f, std::string_view key, std::int64_t least, std::int64_t most)
{
    const auto n = f.integer(key, least, most);
    return n ? std::optional(static_cast<std::uint64_t>(*n)) : std::nullopt;
}

/// A key that `what` does not take.
void refuse(Fields& f, Faults& faults, std::string_view key, std::string_view what)
{
    if (f.has(key))
        faults.add(f.spot(key), "\"" + std::string(what) + "\" takes no \"" + std::string(key) + "\"");
}
JsonValue argument(Fields& f, Faults& faults, std::string_view key, bool isTaken, std::string_view what)
{
    if (isTaken) return f.need(key);
    refuse(f, faults, key, what);
    return {};
}

Spelling readFileName(Faults& faults, JsonValue v, std::string_view what)
{
    if (!v.exists()) return {};
    auto text = readText(faults, v, what);
    if (!text) return {"", Spot{v.begin()}};
    const bool isOdd =
        std::any_of(text->begin(), text->end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; });
    const auto length = std::count_if(text->begin(), text->end(),
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    if (!text->empty() && !isOdd && length <= 64 && text->front() != ' ' && text->back() != ' ')
        return {std::move(*text), Spot{v.begin()}};
    faults.add(v, std::string(what) + " must be the name of a file, 1 to 64 characters");
    return {"", Spot{v.begin()}};
}

std::vector<WorkFile> readFiles(JsonValue list, Faults& faults)
{
    std::vector<WorkFile> files;
    if (list.type() != JsonType::Array) {
        faults.add(list, wrongType("\"files\"", "a list", list));
        return files;
    }
    for (auto v = list.first(); v.exists(); v = v.next()) {
        Fields f(faults, v, "a file", {"name", "fd"});
        if (!f.isObject()) continue;
        WorkFile file;
        file.spot = f.spot();
        file.name = readFileName(faults, f.need("name"), "\"name\"");
        if (f.need("fd").exists())
            file.fd = static_cast<std::uint32_t>(f.integer("fd", 3, 1'048'575).value_or(0));
        files.push_back(std::move(file));
        if (files.size() == 256) faults.add(v, "more than 255 files");
    }
    return files;
}

std::optional<WorkStep> readStep(JsonValue v, Faults& faults)
{
    using What = CallbackStep::What;
    Fields f(faults, v, "what a work func does", {"do", "for", "work", "seconds"});
    const auto what = f.need("do");
    if (!what.exists()) return std::nullopt;
    const auto text = readText(faults, what, "\"do\"");
    if (!text) return std::nullopt;
    WorkStep s;
    s.spot = f.spot();
    if (*text == "burn")
        s.what = What::Burn;
    else if (*text == "rearm")
        s.what = What::Rearm;
    else if (*text == "add")
        s.what = What::Add;
    else if (*text == "del")
        s.what = What::Del;
    else {
        faults.add(what, "a work func cannot \"" + text->substr(0, 60) + "\"" +
                             didYouMean(*text, {"burn", "rearm", "add", "del"}) +
                             "; expected one of burn, rearm, add, del");
        return std::nullopt;
    }
    s.duration = timed(faults, argument(f, faults, "for", s.what == What::Burn, *text), "for");
    if (argument(f, faults, "seconds", s.what == What::Rearm || s.what == What::Add, *text).exists())
        s.seconds = counted(f, "seconds", 0, mostSeconds).value_or(0);
    if (s.what == What::Rearm && f.has("work")) {
        faults.add(f.spot("work"), "\"rearm\" is about the item itself and takes no \"work\"");
    } else if (const auto w = argument(f, faults, "work", s.what == What::Add || s.what == What::Del, *text);
               w.exists()) {
        s.work = readName(faults, w, "\"work\"").value_or(Spelling{});
    }
    return s;
}

WorkItem readItem(JsonValue v, Faults& faults)
{
    Fields f(faults, v, "a work item", {"name", "on"});
    WorkItem i;
    if (const auto n = f.need("name"); n.exists())
        i.name = readName(faults, n, "\"name\"").value_or(Spelling{});
    i.name.spot = f.spot("name");
    const auto on = f.find("on");
    if (on.exists() && on.type() != JsonType::Array) faults.add(on, wrongType("\"on\"", "a list", on));
    if (on.type() != JsonType::Array) return i;
    for (auto s = on.first(); s.exists(); s = s.next())
        if (auto step = readStep(s, faults)) i.on.push_back(std::move(*step));
    return i;
}

WorkPopulation readPopulation(JsonValue v, Faults& faults)
{
    WorkPopulation p;
    Fields f(faults, v, "a population of work",
             {"name", "count", "at", "every", "file", "seconds", "burn", "rearm", "cancel"});
    p.spot = f.spot();
    if (!f.isObject()) return p;
    if (const auto n = f.need("name"); n.exists())
        p.name = readName(faults, n, "\"name\"").value_or(Spelling{});
    p.name.spot = f.spot("name");
    p.count = counted(f, "count", 1, INT64_MAX).value_or(1);
    p.at = timed(faults, f.find("at"), "at");
    p.every = timed(faults, f.find("every"), "every");
    p.file = readFileName(faults, f.find("file"), "\"file\"");
    if (const auto s = f.need("seconds"); s.exists()) p.seconds = readSpread(faults, s, "seconds");
    p.duration = timed(faults, f.find("burn"), "burn");
    if (const auto r = f.find("rearm"); r.exists()) {
        Fields rf(faults, r, "\"rearm\"", {"percent", "seconds"});
        p.rearmPercent = static_cast<int>(rf.integer("percent", 1, 100).value_or(100));
        if (const auto s = rf.need("seconds"); s.exists()) p.rearm = readSpread(faults, s, "seconds");
    }
    if (const auto c = f.find("cancel"); c.exists()) {
        Fields cf(faults, c, "\"cancel\"", {"percent", "after"});
        p.cancelPercent = static_cast<int>(cf.integer("percent", 1, 100).value_or(100));
        p.cancelAfter = timed(faults, cf.need("after"), "after");
    }
    return p;
}

std::optional<WorkAction> readAction(JsonValue v, Faults& faults)
{
    Fields f(faults, v, "an action",
             {"at", "every", "times", "do", "work", "seconds", "for", "by", "passes", "file"});
    if (!f.isObject()) return std::nullopt;
    WorkAction a;
    a.spot = f.spot();
    a.at = timed(faults, f.need("at"), "at");
    a.every = timed(faults, f.find("every"), "every");
    a.times = counted(f, "times", 1, INT64_MAX);
    if (f.has("times") && !f.has("every"))
        faults.add(f.spot("times"), "\"times\" says how often \"every\" repeats: it needs \"every\"");
    const auto call = f.need("do");
    if (!call.exists()) return std::nullopt;
    const auto text = readText(faults, call, "\"do\"");
    if (!text) return std::nullopt;
    if (!workCallNamed(*text, a.call)) {
        faults.add(call, "\"do\" cannot be \"" + text->substr(0, 60) + "\"" +
                             didYouMean(*text, {"add_work", "del_work", "burn", "settime", "slow_call",
                                                "event_sched", "shutdown"}) +
                             "; expected one of " + workCallNames());
        return std::nullopt;
    }
    const auto is = [&a](auto... calls) { return ((a.call == calls) || ...); };
    if (const auto w = argument(f, faults, "work", is(Call::AddWork, Call::DelWork), *text); w.exists())
        a.work = readName(faults, w, "\"work\"").value_or(Spelling{});
    if (argument(f, faults, "seconds", is(Call::AddWork), *text).exists())
        a.seconds = counted(f, "seconds", 0, mostSeconds).value_or(0);
    a.duration = timed(faults, argument(f, faults, "for", is(Call::BurnTime, Call::SlowCall), *text), "for");
    a.by = timed(faults, argument(f, faults, "by", is(Call::StepWall), *text), "by");
    if (argument(f, faults, "passes", is(Call::EventSched), *text).exists())
        a.passes = counted(f, "passes", 1, 1'000'000).value_or(1);
    if (is(Call::StepWall) && f.has("file"))
        faults.add(f.spot("file"),
                   "\"settime\" steps the wall clock, which is no event of a file: it takes no \"file\"");
    else
        a.file = readFileName(faults, f.find("file"), "\"file\"");
    return a;
}

void readCosts(JsonValue v, Faults& faults, ScenarioDaemon& d)
{
    Fields f(faults, v, "\"costs\"", {"syscall", "pipe", "close", "signal", "flag", "io", "func"});
    for (std::size_t i = 0; i < d.costs.size(); ++i)
        d.costs[i] = timed(faults, f.find(ScenarioDaemon::costNames[i]), ScenarioDaemon::costNames[i]);
}

} // namespace

ScenarioDaemon readDaemon(JsonValue v, Faults& faults)
{
    ScenarioDaemon d;
    Fields f(faults, v, "\"daemon\"",
             {"scheduler", "interval", "timeout", "tick", "start", "batch", "costs", "fail", "files"});
    if (const auto s = f.text("scheduler"); s && !schedulerNamed(*s, d.scheduler))
        faults.add(f.spot("scheduler"),
                   "there is no scheduler \"" + s->substr(0, 60) + "\"" +
                       didYouMean(*s, {"old", "new", "timerfd"}) +
                       "; expected old (before January 2011), new (the patch) or timerfd (today's)");
    d.interval = timed(faults, f.find("interval"), "interval");
    d.timeout = timed(faults, f.find("timeout"), "timeout");
    d.tick = counted(f, "tick", 1, mostSeconds);
    d.start = timed(faults, f.find("start"), "start");
    d.batch = counted(f, "batch", 1, 1'000'000'000);
    if (const auto c = f.find("costs"); c.exists()) readCosts(c, faults, d);
    if (const auto x = f.find("fail"); x.exists()) {
        Fields ff(faults, x, "\"fail\"", {"pipe", "write"});
        d.failPipe = ff.flag("pipe").value_or(false);
        d.failWrite = counted(ff, "write", 1, 1'000'000'000).value_or(0);
    }
    if (const auto x = f.find("files"); x.exists()) d.files = readFiles(x, faults);
    return d;
}

void readWork(Fields& f, Faults& faults, ScenarioDaemon& d)
{
    const auto eachOf = [&](JsonValue list, std::string_view key, auto read) {
        if (!list.exists()) return;
        if (list.type() != JsonType::Array)
            return faults.add(list, wrongType("\"" + std::string(key) + "\"", "a list", list));
        for (auto v = list.first(); v.exists(); v = v.next())
            read(v);
    };
    eachOf(f.find("items"), "items", [&](JsonValue v) { d.items.push_back(readItem(v, faults)); });
    if (const auto g = f.find("generate"); g.exists()) {
        Fields gf(faults, g, "\"generate\"", {"seed", "populations"});
        d.seed = static_cast<std::uint64_t>(gf.integer("seed", 0, INT64_MAX).value_or(0));
        eachOf(gf.need("populations"), "populations",
               [&](JsonValue v) { d.populations.push_back(readPopulation(v, faults)); });
    }
    eachOf(f.find("actions"), "actions", [&](JsonValue v) {
        if (auto a = readAction(v, faults)) d.actions.push_back(std::move(*a));
    });
}

} // namespace jiffy::core
