// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/compile_kernel.h"

#include "core/scenario/position_spec.h"
#include "core/scenario/step_words.h"

#include <algorithm>
#include <charconv>

namespace jiffy::core
{

namespace
{

/// "3 jiffies", "1 jiffy".
std::optional<std::uint64_t> jiffiesIn(std::string_view text)
{
    for (const std::string_view unit : {" jiffies", " jiffy"}) {
        if (!text.ends_with(unit)) continue;
        const auto digits = text.substr(0, text.size() - unit.size());
        std::uint64_t n = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
        if (error == std::errc() && end == digits.data() + digits.size()) return n;
    }
    return std::nullopt;
}

} // namespace

void KernelCompiler::machine()
{
    const ScenarioMachine& from = m_scenario.machine;
    KernelConfig& k = m_inputs.machine.kernel;
    k.nohz = from.nohz.value_or(false);
    k.smp = from.smp.value_or(true);
    k.skew = from.skew.isSaid() ? duration(from.skew) : 0;
    k.slice = static_cast<std::uint32_t>(from.slice.value_or(0));
    k.callbackCost = from.callbackTakes.isSaid() ? duration(from.callbackTakes) : 0;
    k.moveCost = from.moveTakes.isSaid() ? duration(from.moveTakes) : 0;
    need(from.interrupts.value_or(false) || k.nohz || k.skew != 0 || k.slice != 0 || k.callbackCost != 0 || k.moveCost != 0);
    if (from.idle) {
        need(true);
        for (const int c : *from.idle) k.load &= ~(1ull << cpu(c, from.idleSpot));
    }
    const auto period = 1'000'000'000u / m_inputs.machine.hz.value;
    if (k.skew * static_cast<std::uint64_t>(m_inputs.machine.cpus - 1) >= period)
        m_faults.add(from.skew.spot, "\"skew\" puts the tick of the last CPU behind the next tick of the first");
}

void KernelCompiler::declareProcesses()
{
    for (const ScenarioProcess& from : m_scenario.processes) {
        need(true);
        const auto number = static_cast<std::uint32_t>(m_inputs.programs.size());
        Program p;
        p.cpu = cpu(from.cpu, from.spot);
        p.name = static_cast<std::uint32_t>(m_inputs.names.size());
        p.repeats = from.repeat.value_or(~0ull);
        m_inputs.names.push_back(from.name.text);
        p.timer = TimerId(static_cast<std::uint32_t>(m_inputs.timers.size()));
        if (from.name.isSaid() && !m_processes.emplace(from.name.text, number).second)
            m_faults.add(from.name.spot, "there is a process \"" + from.name.text + "\" already");
        TimerSpec timer;
        timer.name = static_cast<std::uint32_t>(m_inputs.names.size());
        timer.firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
        timer.stepCount = 1;
        m_inputs.names.push_back(from.name.text + "/timeout");
        CallbackStep wake; // process_timeout()
        wake.what = CallbackStep::What::Wake;
        wake.target = number;
        m_inputs.steps.push_back(wake);
        m_inputs.timers.push_back(timer);
        m_inputs.programs.push_back(p);
    }
    m_inputs.machine.kernel.processes = static_cast<std::uint32_t>(m_inputs.programs.size());
}

CallbackStep KernelCompiler::step(const ScenarioStep& from)
{
    const StepWord& word = stepWordOf(from.what);
    need(word.isOfKernel);
    CallbackStep to;
    to.what = from.what;
    if (word.timer) to.other = m_timerNamed(from.timer);
    if (word.by && (from.by.isSaid() || m_isWhole)) {
        if (const auto by = parseDelta(from.by.text)) to.delta = *by;
        else m_faults.add(from.by.spot, from.by.isSaid() ? by.error() : "\"by\" is missing");
    }
    if (word.duration && from.duration.isSaid()) to.delta = static_cast<std::int64_t>(duration(from.duration));
    if (word.ms) to.delta = static_cast<std::int64_t>(from.ms);
    if (word.lock) to.target = lock(from.lock);
    if (word.process) to.target = process(from.process);
    if (word.target) to.target = cpu(from.target, from.spot);
    return to;
}

void KernelCompiler::steps(const std::vector<ScenarioStep>& from, Program& to)
{
    to.firstStep = static_cast<std::uint32_t>(m_inputs.steps.size());
    for (const ScenarioStep& s : from) {
        const CallbackStep one = step(s);
        if (one.what == CallbackStep::What::Rearm)
            m_faults.add(s.spot, "\"rearm\" is for the function of a timer: here say \"add\", \"mod\" or \"add_on\" with a \"timer\"");
        m_inputs.steps.push_back(one);
    }
    to.stepCount = static_cast<std::uint32_t>(m_inputs.steps.size()) - to.firstStep;
}

void KernelCompiler::finish()
{
    for (std::size_t p = 0; p < m_scenario.processes.size(); ++p) {
        const ScenarioProcess& from = m_scenario.processes[p];
        Program program = m_inputs.programs[p];
        steps(from.does, program);
        if (from.at.isSaid()) {
            if (const auto at = parseInstant(from.at.text, m_inputs.machine)) {
                program.tick = at->tick;
                program.offset = at->offset;
            } else {
                m_faults.add(from.at.spot, at.error());
            }
        }
        m_inputs.programs[p] = program;
        Action start;
        start.call = Call::StartProcess;
        start.tick = program.tick;
        start.offset = program.offset;
        start.cpu = program.cpu;
        start.nanoseconds = static_cast<std::uint32_t>(p);
        m_inputs.actions.push_back(start);
    }
    for (const ScenarioChoice& from : m_scenario.choices) {
        need(true);
        const auto at = parseInstant(from.at.text, m_inputs.machine);
        if (!at) {
            if (from.at.isSaid()) m_faults.add(from.at.spot, at.error());
            continue;
        }
        const Choice choice{at->tick, at->offset, from.step, cpu(from.cpu, from.spot)};
        const auto& all = m_inputs.choices;
        if (!all.empty() && std::tuple(choice.tick, choice.offset, choice.step) <= std::tuple(all.back().tick, all.back().offset, all.back().step))
            m_faults.add(from.spot, "choices stand in the order of time");
        m_inputs.choices.push_back(choice);
    }
}

void KernelCompiler::action(const ScenarioAction& from, Action& to)
{
    if (to.call == Call::Interrupt) {
        need(true);
        Program p;
        p.name = static_cast<std::uint32_t>(m_inputs.names.size());
        m_inputs.names.push_back(from.name.text);
        p.cpu = to.cpu;
        steps(from.does, p);
        to.nanoseconds = static_cast<std::uint32_t>(m_inputs.programs.size());
        m_inputs.programs.push_back(p);
        return;
    }
    const StepWord* word = operationOf(to.call);
    if (word == nullptr) return;
    need(true);
    if (word->duration && from.duration.isSaid()) to.expires = duration(from.duration);
    if (word->lock) to.nanoseconds = lock(from.lock);
    if (word->process) to.nanoseconds = process(from.process);
}

std::uint64_t KernelCompiler::duration(const Spelling& s)
{
    constexpr std::uint64_t mostSeconds = 1'000'000;
    if (!s.isSaid()) return 0;
    const Hz hz = m_inputs.machine.hz;
    std::optional<std::uint64_t> ns;
    if (const auto jiffies = jiffiesIn(s.text))
        ns = static_cast<std::uint64_t>(hz.tickInstant(std::min(*jiffies, (mostSeconds + 1) * hz.value)));
    else if (const auto t = parseTime(s.text)) ns = static_cast<std::uint64_t>(*t);
    const std::string quoted = "\"" + s.text.substr(0, 60) + "\"";
    if (!ns) {
        m_faults.add(s.spot, quoted + " is not a duration; expected one like \"250us\", \"3ms\" or \"3 jiffies\"");
        return 0;
    }
    if (*ns <= mostSeconds * 1'000'000'000) return *ns;
    m_faults.add(s.spot, quoted + " is more than " + std::to_string(mostSeconds) + " s");
    return 0;
}

std::uint32_t KernelCompiler::lock(const Spelling& s)
{
    if (!s.isSaid()) return 0;
    const auto [at, isNew] = m_locks.emplace(s.text, static_cast<std::uint32_t>(m_inputs.locks.size()));
    if (isNew) m_inputs.locks.push_back(s.text);
    return at->second;
}

std::uint32_t KernelCompiler::process(const Spelling& s)
{
    const auto found = m_processes.find(s.text);
    if (found != m_processes.end()) return found->second;
    std::vector<std::string_view> names;
    for (const ScenarioProcess& p : m_scenario.processes) names.push_back(p.name.text);
    if (s.isSaid()) m_faults.add(s.spot, "there is no process \"" + s.text + "\"" + didYouMean(s.text, names));
    return 0;
}

std::uint8_t KernelCompiler::cpu(int number, Spot spot)
{
    if (number >= 0 && number < m_inputs.machine.cpus) return static_cast<std::uint8_t>(number);
    m_faults.add(spot, "there is no CPU " + std::to_string(number) + ": the machine has " + std::to_string(m_inputs.machine.cpus) + " (from 0)");
    return 0;
}

} // namespace jiffy::core
