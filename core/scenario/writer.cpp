// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/writer.h"

#include "core/scenario/notation.h"
#include "core/scenario/write_line.h"
#include "core/timers/registry.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

using namespace writing;

std::string nameOf(const ScenarioMachine& m)
{
    MachineConfig config;
    config.timers = m.timers;
    config.small = m.small;
    return std::string(timersOf(config).name);
}

std::string machine(const ScenarioMachine& m)
{
    Line l;
    l.number("cpus", static_cast<std::uint64_t>(m.cpus)).number("bits", static_cast<std::uint64_t>(m.bits));
    if (m.timers != TimerAlgorithm::Wheel39) l.text("timers", nameOf(m));
    if (m.small) l.raw("small", "true");
    l.number("hz", m.hz).said("jiffies", m.jiffies);
    writeKernelMachine(l, m);
    return l.end();
}

std::string item(const ScenarioItem& i)
{
    Line l;
    l.named("name", i.name);
    if (i.slack != -1) l.raw("slack", std::to_string(i.slack));
    if (i.deferrable) l.raw("deferrable", "true");
    if (i.irqSafe) l.raw("irqsafe", "true");
    if (i.pinned) l.raw("pinned", "true");
    if (!i.on.empty()) l.raw("on", inLine(i.on, stepText));
    return l.end();
}

std::string population(const Population& p)
{
    Line l;
    l.named("name", p.name);
    if (p.cpus.empty())
        l.text("cpu", "all");
    else if (p.cpus.size() == 1)
        l.raw("cpu", std::to_string(p.cpus[0]));
    else
        l.raw("cpu", inLine(p.cpus, [](int c) { return std::to_string(c); }));
    l.number("count", p.count);
    if (p.at.isSaid() || p.startSpread != Spread{}) {
        Line start;
        start.said("at", p.at);
        if (p.startSpread != Spread{}) start.raw("spread", spread(p.startSpread));
        l.raw("start", start.end());
    }
    if (p.call.call != Call::ModTimer) l.raw("do", quoted(name(p.call.call)));
    l.raw("delay", spread(p.delay));
    if (p.avoid) l.raw("avoid", inLine(*p.avoid, spelt));
    if (p.slack != -1) l.raw("slack", std::to_string(p.slack));
    if (p.deferrablePercent == 100)
        l.raw("deferrable", "true");
    else if (p.deferrablePercent != 0)
        l.raw("deferrable", Line().number("percent", static_cast<std::uint64_t>(p.deferrablePercent)).end());
    const auto share = [&l](std::string_view key, int percent, std::string_view how, const Spread& s) {
        if (percent == 0) return;
        l.raw(key, Line().number("percent", static_cast<std::uint64_t>(percent)).raw(how, spread(s)).end());
    };
    share("cancel", p.cancelPercent, "after", p.cancelAfter);
    share("rearm", p.rearmPercent, "by", p.rearmBy);
    return l.end();
}

std::string action(const ScenarioAction& a)
{
    Line l;
    l.raw("at", quoted(a.at.text))
        .number("cpu", static_cast<std::uint64_t>(a.cpu))
        .raw("do", quoted(name(a.call.call, a.call.idle)));
    l.named("timer", a.timer).said("expires", a.expires);
    if (a.call.call == Call::AddTimerOn) l.number("target", static_cast<std::uint64_t>(a.target));
    writeKernelAction(l, a);
    return l.end();
}

std::string expectation(const ScenarioExpectation& e)
{
    Line l;
    if (e.algorithm.isSaid()) l.text("timers", e.algorithm.text);
    l.named("timer", e.timer).said("at", e.at);
    if (e.slot.isSaid()) l.text("slot", e.slot.text);
    l.said("expires", e.expires);
    if (e.fires) l.raw("fires", oneOrList(*e.fires));
    l.counted("fire_count", e.fireCount).counted("moves", e.moves);
    if (e.movedAt) l.raw("moved_at", oneOrList(*e.movedAt));
    if (e.returns) l.raw("returns", inLine(*e.returns, [](int r) { return std::to_string(r); }));
    if (e.position) l.raw("position", oneOrList(*e.position));
    if (e.waited) l.raw("waited", oneOrList(*e.waited));
    if (e.cpu) l.number("cpu", static_cast<std::uint64_t>(*e.cpu));
    l.counted("ticks", e.ticks).counted("saved", e.saved).counted("interrupts", e.interrupts).counted("turns", e.turns);
    l.named("process", e.process);
    if (e.sleeps) l.raw("sleeps", oneOrList(*e.sleeps));
    if (e.left) l.raw("left", inLine(*e.left, [](std::uint64_t ms) { return std::to_string(ms); }));
    if (!e.order.empty()) l.raw("order", inLine(e.order, [](const Spelling& s) { return quoted(s.text); }));
    l.named("work", e.work);
    if (e.runs) l.raw("runs", oneOrList(*e.runs));
    l.counted("run_count", e.runCount);
    if (e.late) l.raw("late", oneOrList(*e.late));
    l.named("total", e.total);
    if (e.total.isSaid()) l.raw("is", spelt(Spelling{e.is, {}}));
    return l.said("tick", e.tick).counted("moves", e.tickMoves).counted("fires", e.tickFires).end();
}

/// What stands behind the actions.
void end(std::string& out, const Scenario& s)
{
    if (s.until.isSaid()) out += ",\n  \"until\": " + quoted(s.until.text);
    if (s.limit) out += ",\n  \"limit\": " + std::to_string(*s.limit);
    if (!s.compare.empty()) out += ",\n  \"compare\": " + inLine(s.compare, quoted);
    lines(out, "  ", "expect", s.expect, expectation);
    out += "\n}\n";
}

} // namespace

std::string writeScenario(const Scenario& s)
{
    std::string out = "{\n  \"format\": \"jiffyscope-scenario\",\n  \"version\": 1";
    const auto member = [&out](std::string_view key, const std::string& json) {
        out += ",\n  " + quoted(key) + ": " + json;
    };
    if (!s.title.empty()) member("title", quoted(s.title));
    if (!s.watch.empty()) member("watch", quoted(s.watch));
    lines(out, "  ", "notes", s.notes, quoted);
    if (s.opening.isSaid()) member("opening", quoted(s.opening.text));
    if (s.daemon) {
        member("daemon", daemonText(*s.daemon));
        writeWork(out, *s.daemon);
        end(out, s);
        return out;
    }
    member("machine", machine(s.machine));
    lines(out, "  ", "items", s.items, item);
    if (s.seed != 0 || !s.populations.empty()) {
        out += ",\n  \"generate\": {\n    \"seed\": " + std::to_string(s.seed);
        if (s.populations.empty()) out += ",\n    \"populations\": []";
        lines(out, "    ", "populations", s.populations, population);
        out += "\n  }";
    }
    lines(out, "  ", "processes", s.processes, processText);
    lines(out, "  ", "actions", s.actions, action);
    lines(out, "  ", "choices", s.choices, choiceText);
    end(out, s);
    return out;
}

} // namespace jiffy::core
