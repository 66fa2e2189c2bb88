// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files, part 1: the machine, items and actions as values, with every fault of shape.
#include "core/scenario/document.h"
#include "core/scenario/step_words.h"
#include "core/timers/registry.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr std::int64_t maxInt32 = 0x7FFF'FFFF;

Spelling spelling(Faults& faults, JsonValue v, std::string_view what)
{
    const Spot spot{v.begin()};
    return {v.exists() ? readSpelling(faults, v, what).value_or("") : "", spot};
}

ScenarioMachine readMachine(JsonValue v, Faults& faults)
{
    ScenarioMachine m;
    Fields f(faults, v, "\"machine\"",
             {"cpus", "bits", "small", "hz", "jiffies", "nohz", "smp", "skew", "timers", "interrupts", "idle", "slice", "takes"});
    m.cpus = static_cast<int>(f.integer("cpus", 1, 64).value_or(m.cpus));
    if (const auto bits = f.integer("bits", 0, maxInt32)) {
        m.bits = static_cast<int>(*bits);
        if (m.bits != 32 && m.bits != 64) {
            faults.add(f.spot("bits"), "\"bits\" must be 32 or 64");
            m.bits = 32;
        }
    }
    m.small = f.flag("small").value_or(m.small);
    if (const auto hz = f.integer("hz", 0, maxInt32)) {
        m.hz = static_cast<std::uint32_t>(*hz);
        if (m.hz != 100 && m.hz != 250 && m.hz != 300 && m.hz != 1000) {
            faults.add(f.spot("hz"), "\"hz\" must be 100, 250, 300 or 1000");
            m.hz = 250;
        }
    }
    m.jiffies = spelling(faults, f.find("jiffies"), "\"jiffies\"");
    readKernelMachine(f, faults, m);
    const auto timers = f.find("timers");
    if (const auto text = timers.exists() ? readText(faults, timers, "\"timers\"") : std::nullopt) {
        if (const TimersInfo* found = timersNamed(*text)) {
            m.timers = found->algorithm;
            m.small |= found->isSmall;
        } else {
            faults.add(timers, "\"timers\" cannot be \"" + text->substr(0, 60) + "\"; expected one of " + timersNames());
        }
    }
    if (m.small && m.timers != TimerAlgorithm::Wheel39)
        faults.add(f.spot("small"), "\"small\" (CONFIG_BASE_SMALL) is a matter of \"wheel-3.9\" only");
    return m;
}

ScenarioItem readItem(JsonValue v, Faults& faults)
{
    Fields f(faults, v, "an item", {"name", "slack", "deferrable", "irqsafe", "pinned", "on"});
    ScenarioItem i;
    if (const auto n = f.need("name"); n.exists())
        i.name = readName(faults, n, "\"name\"").value_or(Spelling{});
    i.name.spot = f.spot("name");
    i.slack = static_cast<std::int32_t>(f.integer("slack", -1, maxInt32).value_or(-1));
    i.deferrable = f.flag("deferrable").value_or(false);
    i.irqSafe = f.flag("irqsafe").value_or(false);
    i.pinned = f.flag("pinned").value_or(false);
    const auto on = f.find("on");
    if (on.exists()) i.on = readSteps(on, faults, "on");
    return i;
}

std::vector<std::string> readCompared(JsonValue v, Faults& faults)
{
    std::vector<std::string> names;
    if (v.type() != JsonType::Array) {
        faults.add(v, wrongType("\"compare\"", "a list", v));
        return names;
    }
    std::size_t entries = 0;
    for (auto n = v.first(); n.exists(); n = n.next(), ++entries) {
        const auto text = readAlgorithm(faults, n);
        if (!text) continue;
        if (std::find(names.begin(), names.end(), *text) != names.end())
            faults.add(n, "\"" + *text + "\" stands here twice");
        else
            names.push_back(*text);
    }
    if (entries < 2 || entries > 4) faults.add(v, "\"compare\" names two to four algorithms");
    return names;
}

std::vector<std::string> readNotes(JsonValue v, Faults& faults)
{
    constexpr std::size_t most = 100;
    std::vector<std::string> notes;
    if (v.type() != JsonType::Array) {
        faults.add(v, wrongType("\"notes\"", "a list of sentences", v));
        return notes;
    }
    for (auto n = v.first(); n.exists(); n = n.next()) {
        auto text = readText(faults, n, "a note");
        if (!text) continue;
        if (text->empty()) faults.add(n, "a note says something");
        else if (notes.size() == most) return faults.add(n, "more than " + std::to_string(most) + " notes"), notes;
        else notes.push_back(std::move(*text));
    }
    return notes;
}

bool takesExpiry(Call c)
{
    return c == Call::AddTimer || c == Call::AddTimerOn || c == Call::ModTimer ||
           c == Call::ModTimerPending || c == Call::ModTimerPinned || c == Call::TimerReduce;
}

/// A fault when a key that the call needs is missing, or when one is there that it does not take.
JsonValue argument(Fields& f, Faults& faults, std::string_view key, bool wanted, std::string_view call)
{
    if (wanted) return f.need(key);
    if (f.has(key))
        faults.add(f.spot(key), "\"" + std::string(call) + "\" takes no \"" + std::string(key) + "\"");
    return {};
}

std::optional<ScenarioAction> readAction(JsonValue v, Faults& faults)
{
    Fields f(faults, v, "an action", {"at", "cpu", "do", "timer", "expires", "target", "for", "lock", "process", "name", "does"});
    if (!f.isObject()) return std::nullopt;
    ScenarioAction a;
    a.spot = f.spot();
    a.at = spelling(faults, f.need("at"), "\"at\"");
    a.cpu = static_cast<int>(f.integer("cpu", 0, 63).value_or(0));
    const auto call = f.need("do");
    if (!call.exists()) return std::nullopt;
    const auto text = readText(faults, call, "\"do\"");
    if (!text) return std::nullopt;
    if (!callNamed(*text, a.call)) {
        faults.add(call, "\"do\" cannot be \"" + text->substr(0, 60) + "\"" +
                             didYouMean(*text, {"add_timer", "add_timer_on", "mod_timer", "mod_timer_pending",
                                                "mod_timer_pinned", "timer_reduce", "del_timer", "try_to_del_timer_sync",
                                                "idle", "busy", "get_next_timer_interrupt", "del_timer_sync", "kfree",
                                                "spin_lock", "spin_unlock", "interrupt", "burn", "wake_up_process",
                                                "send_sig"}) +
                             "; expected one of " + callNames());
        return std::nullopt;
    }
    const Call what = a.call.call;
    const StepWord* operation = operationOf(what);
    const bool isOther = what == Call::SetIdle || what == Call::NextInterrupt || what == Call::Interrupt;
    const bool onTimer = operation != nullptr ? operation->timer : !isOther;
    if (const auto t = argument(f, faults, "timer", onTimer, *text); t.exists())
        a.timer = readName(faults, t, "\"timer\"").value_or(Spelling{});
    const auto named = [&](std::string_view key, bool wanted, Spelling& out) {
        if (const auto n = argument(f, faults, key, wanted, *text); n.exists())
            out = readName(faults, n, "\"" + std::string(key) + "\"").value_or(Spelling{});
    };
    named("lock", operation != nullptr && operation->lock, a.lock);
    named("process", operation != nullptr && operation->process, a.process);
    if (const auto d = argument(f, faults, "for", operation != nullptr && operation->duration, *text); d.exists())
        a.duration = readDuration(d, faults, "for");
    if (what == Call::Interrupt) {
        if (const auto n = f.find("name"); n.exists()) a.name = readName(faults, n, "\"name\"").value_or(Spelling{});
        if (const auto d = f.find("does"); d.exists()) a.does = readSteps(d, faults, "does");
    } else {
        argument(f, faults, "name", false, *text);
        argument(f, faults, "does", false, *text);
    }
    a.expires =
        spelling(faults, argument(f, faults, "expires", takesExpiry(a.call.call), *text), "\"expires\"");
    if (argument(f, faults, "target", a.call.call == Call::AddTimerOn, *text).exists())
        a.target = static_cast<int>(f.integer("target", 0, 63).value_or(0));
    return a;
}

void readHead(Fields& f, Faults& faults)
{
    const auto format = f.need("format");
    if (format.exists() && (format.type() != JsonType::String || format.text() != "jiffyscope-scenario"))
        faults.add(format, "\"format\" must be \"jiffyscope-scenario\"");
    const auto version = f.need("version");
    if (version.exists() && (version.type() != JsonType::Number || version.text() != "1"))
        faults.add(version, "\"version\" must be 1: this program reads no other");
}

/// The elements of an optional list.
template <class Read> void eachOf(Fields& f, Faults& faults, std::string_view key, Read read)
{
    const auto list = f.find(key);
    if (!list.exists()) return;
    if (list.type() != JsonType::Array) {
        faults.add(list, wrongType("\"" + std::string(key) + "\"", "a list", list));
        return;
    }
    for (auto v = list.first(); v.exists(); v = v.next())
        read(v);
}

/// The machine with its timers and what is done to them.
void readTimers(Fields& f, Faults& faults, Scenario& s)
{
    if (const auto m = f.find("machine"); m.exists()) s.machine = readMachine(m, faults);
    eachOf(f, faults, "items", [&](JsonValue v) { s.items.push_back(readItem(v, faults)); });
    if (const auto g = f.find("generate"); g.exists()) {
        Fields gf(faults, g, "\"generate\"", {"seed", "populations"});
        s.seed = static_cast<std::uint64_t>(gf.integer("seed", 0, INT64_MAX).value_or(0));
        if (const auto p = gf.need("populations"); p.exists()) s.populations = readPopulations(p, faults);
    }
    if (const auto p = f.find("processes"); p.exists()) s.processes = readProcesses(p, faults);
    eachOf(f, faults, "actions", [&](JsonValue v) {
        if (auto a = readAction(v, faults)) s.actions.push_back(std::move(*a));
    });
    if (const auto c = f.find("choices"); c.exists()) s.choices = readChoices(c, faults);
}

} // namespace

std::optional<Spelling> readName(Faults& faults, JsonValue v, std::string_view what)
{
    auto text = readText(faults, v, what);
    if (!text) return std::nullopt;
    const bool blank =
        std::any_of(text->begin(), text->end(), [](char c) { return (c >= 0 && c <= ' ') || c == '\x7F'; });
    const auto length = std::count_if(text->begin(), text->end(),
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    if (text->empty() || blank || length > 64) {
        faults.add(v, std::string(what) + " must be a name of 1 to 64 characters, without white space");
        return std::nullopt;
    }
    return Spelling{std::move(*text), Spot{v.begin()}};
}

std::optional<std::string> readAlgorithm(Faults& faults, JsonValue v)
{
    auto text = readText(faults, v, "an algorithm");
    if (text && timersNamed(*text) == nullptr) {
        faults.add(v, "there is no algorithm \"" + text->substr(0, 60) + "\"; expected one of " + timersNames());
        return std::nullopt;
    }
    return text;
}

std::optional<std::vector<Spelling>> readSpellings(Faults& faults, JsonValue v, std::string_view what)
{
    std::vector<Spelling> out;
    if (v.type() != JsonType::Array) {
        auto s = spelling(faults, v, what);
        if (!s.isSaid()) return std::nullopt;
        out.push_back(std::move(s));
        return out;
    }
    for (auto e = v.first(); e.exists(); e = e.next()) {
        if (auto s = spelling(faults, e, what); s.isSaid()) out.push_back(std::move(s));
    }
    return out;
}

Scenario readShape(JsonValue root, Faults& faults)
{
    Scenario s;
    Fields f(faults, root, "a scenario",
             {"format", "version", "$schema", "title", "watch", "notes", "opening", "machine", "daemon", "items", "generate",
              "processes", "actions", "choices", "until", "limit", "compare", "expect"});
    if (!f.isObject()) return s;
    readHead(f, faults);
    (void)f.text("$schema");
    s.title = f.text("title").value_or("");
    s.watch = f.text("watch").value_or("");
    if (const auto n = f.find("notes"); n.exists()) s.notes = readNotes(n, faults);
    s.opening = {f.text("opening").value_or(""), f.spot("opening")};
    const auto daemon = f.find("daemon");
    if (daemon.exists() && f.has("machine"))
        faults.add(daemon, "a scenario is about a machine with its timer wheel or about a daemon with its work: it has \"machine\" or \"daemon\", not both");
    for (const std::string_view key : {"processes", "choices"}) {
        if (daemon.exists() && f.has(key))
            faults.add(f.find(key), "\"" + std::string(key) + "\" is a matter of a machine of CPUs; a daemon is one thread");
    }
    if (daemon.exists()) {
        s.daemon = readDaemon(daemon, faults);
        readWork(f, faults, *s.daemon);
    } else {
        readTimers(f, faults, s);
    }
    s.until = spelling(faults, f.find("until"), "\"until\"");
    if (const auto n = f.integer("limit", 1, 1'000'000'000)) s.limit = static_cast<std::uint64_t>(*n);
    if (const auto c = f.find("compare"); c.exists()) {
        s.compare = readCompared(c, faults);
        if (daemon.exists()) faults.add(c, "\"compare\" is about algorithms of timers; a daemon has none of them");
    }
    if (const auto e = f.find("expect"); e.exists()) s.expect = readExpectations(e, faults);
    return s;
}

} // namespace jiffy::core
