// SPDX-License-Identifier: GPL-3.0-or-later
// The writer's part of what a machine of CPUs has besides its wheels, and of what code does.
#include "core/scenario/step_words.h"
#include "core/scenario/write_line.h"

namespace jiffy::core
{

using namespace writing;

void writeKernelMachine(Line& l, const ScenarioMachine& m)
{
    const auto flag = [&l](std::string_view key, const std::optional<bool>& said) {
        if (said) l.raw(key, *said ? "true" : "false");
    };
    flag("interrupts", m.interrupts);
    flag("nohz", m.nohz);
    flag("smp", m.smp);
    l.named("skew", m.skew);
    if (m.idle) l.raw("idle", inLine(*m.idle, [](int c) { return std::to_string(c); }));
    l.counted("slice", m.slice);
    if (!m.callbackTakes.isSaid() && !m.moveTakes.isSaid()) return;
    l.raw("takes", Line().named("callback", m.callbackTakes).named("move", m.moveTakes).end());
}

std::string stepText(const ScenarioStep& s)
{
    const StepWord& word = stepWordOf(s.what);
    Line l;
    l.text("do", std::string(word.name));
    l.named("timer", s.timer).said("by", s.by).named("for", s.duration);
    if (word.target) l.number("target", static_cast<std::uint64_t>(s.target));
    l.named("lock", s.lock);
    if (word.ms) l.number("ms", s.ms);
    return l.named("process", s.process).end();
}

void writeKernelAction(Line& l, const ScenarioAction& a)
{
    l.named("for", a.duration).named("lock", a.lock).named("process", a.process).named("name", a.name);
    if (!a.does.empty()) l.raw("does", inLine(a.does, stepText));
}

std::string processText(const ScenarioProcess& p)
{
    Line l;
    l.named("name", p.name).number("cpu", static_cast<std::uint64_t>(p.cpu));
    if (p.at.isSaid()) l.text("at", p.at.text);
    if (!p.repeat) l.text("repeat", "forever");
    else if (*p.repeat != 1) l.number("repeat", *p.repeat);
    return l.raw("does", inLine(p.does, stepText)).end();
}

std::string choiceText(const ScenarioChoice& c)
{
    return Line().text("at", c.at.text).number("step", c.step).number("cpu", static_cast<std::uint64_t>(c.cpu)).end();
}

} // namespace jiffy::core
