// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/work_notation.h"
#include "core/scenario/write_line.h"

namespace jiffy::core
{

namespace
{

using namespace writing;

std::string file(const WorkFile& f)
{
    return Line().named("name", f.name).number("fd", f.fd).end();
}

std::string step(const WorkStep& s)
{
    using What = CallbackStep::What;
    Line l;
    l.text("do", s.what == What::Burn    ? "burn"
                 : s.what == What::Rearm ? "rearm"
                 : s.what == What::Add   ? "add"
                                         : "del");
    l.named("for", s.duration).named("work", s.work);
    if (s.what == What::Rearm || s.what == What::Add) l.number("seconds", s.seconds);
    return l.end();
}

std::string item(const WorkItem& i)
{
    Line l;
    l.named("name", i.name);
    if (!i.on.empty()) l.raw("on", inLine(i.on, step));
    return l.end();
}

std::string population(const WorkPopulation& p)
{
    Line l;
    l.named("name", p.name)
        .number("count", p.count)
        .named("at", p.at)
        .named("every", p.every)
        .named("file", p.file);
    l.raw("seconds", spread(p.seconds)).named("burn", p.duration);
    if (p.rearmPercent != 0)
        l.raw("rearm", Line()
                           .number("percent", static_cast<std::uint64_t>(p.rearmPercent))
                           .raw("seconds", spread(p.rearm))
                           .end());
    if (p.cancelPercent != 0)
        l.raw("cancel", Line()
                            .number("percent", static_cast<std::uint64_t>(p.cancelPercent))
                            .named("after", p.cancelAfter)
                            .end());
    return l.end();
}

std::string action(const WorkAction& a)
{
    Line l;
    l.named("at", a.at)
        .named("every", a.every)
        .counted("times", a.times)
        .raw("do", quoted(workCallName(a.call)));
    l.named("work", a.work);
    if (a.call == Call::AddWork) l.number("seconds", a.seconds);
    l.named("for", a.duration).named("by", a.by);
    if (a.call == Call::EventSched) l.number("passes", a.passes);
    return l.named("file", a.file).end();
}

} // namespace

std::string daemonText(const ScenarioDaemon& d)
{
    Line l;
    l.raw("scheduler", quoted(name(d.scheduler))).named("interval", d.interval).named("timeout", d.timeout);
    l.counted("tick", d.tick).named("start", d.start).counted("batch", d.batch);
    Line costs;
    for (std::size_t i = 0; i < d.costs.size(); ++i)
        costs.named(ScenarioDaemon::costNames[i], d.costs[i]);
    if (costs.end() != "{}") l.raw("costs", costs.end());
    Line fail;
    if (d.failPipe) fail.raw("pipe", "true");
    if (d.failWrite != 0) fail.number("write", d.failWrite);
    if (fail.end() != "{}") l.raw("fail", fail.end());
    if (!d.files.empty()) l.raw("files", inLine(d.files, file));
    return l.end();
}

void writeWork(std::string& out, const ScenarioDaemon& d)
{
    lines(out, "  ", "items", d.items, item);
    if (d.seed != 0 || !d.populations.empty()) {
        out += ",\n  \"generate\": {\n    \"seed\": " + std::to_string(d.seed);
        if (d.populations.empty()) out += ",\n    \"populations\": []";
        lines(out, "    ", "populations", d.populations, population);
        out += "\n  }";
    }
    lines(out, "  ", "actions", d.actions, action);
}

} // namespace jiffy::core
