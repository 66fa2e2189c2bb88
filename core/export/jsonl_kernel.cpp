// SPDX-License-Identifier: GPL-3.0-or-later
// What a log of a machine of CPUs has before its events: its locks, the code of processes and interrupts, and what all code
// does. None of it is needed to walk the log; it is what the log's names and lines are about.
#include "core/export/jsonl_columns.h"
#include "core/export/jsonl_parser.h"
#include "core/scenario/step_words.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t mostThings = 100'000; ///< processes, programs, locks
constexpr std::uint64_t longest = 1ull << 60; ///< ns

/// What a step has to say besides its name.
const char* wrongStep(const StepWord& word, bool hasTimer, std::int64_t value, std::uint64_t target, const Inputs& inputs)
{
    if (word.timer != hasTimer) return word.timer ? "this needs a timer" : "this takes no timer";
    const bool isLength = word.duration || word.ms;
    if (isLength && value < 0) return "a length of time is 0 or more";
    if (!isLength && !word.by && value != 0) return "this takes no value";
    if (word.target && target >= static_cast<std::uint64_t>(inputs.machine.cpus)) return "there is no such CPU";
    if (word.lock && target >= inputs.locks.size()) return "there is no such lock";
    if (word.process && target >= inputs.machine.kernel.processes) return "there is no such process";
    if (!word.target && !word.lock && !word.process && target != 0) return "this takes no target";
    return nullptr;
}

} // namespace

bool JsonLogParser::kernelHeader(JsonScanner& in, const std::uint64_t* v, const std::size_t* offsets)
{
    const auto demand = [&](bool holds, std::size_t i, const char* message) {
        if (!holds) in.fail(offsets[i], message);
    };
    demand(v[0] <= 1, 0, "expected 0 or 1");
    demand(v[1] <= 1, 1, "expected 0 or 1");
    demand(v[3] <= longest, 3, "the skew is too long");
    demand(v[4] <= 0xFFFF'FFFFu, 4, "the number does not fit into 32 bits");
    demand(v[5] <= longest, 5, "this takes too long");
    demand(v[6] <= longest, 6, "this takes too long");
    demand(v[7] <= mostThings, 7, "too many processes");
    demand(v[8] <= mostThings, 8, "too many programs");
    demand(v[7] <= v[8], 7, "each process has a program");
    demand(v[9] <= mostThings, 9, "too many locks");
    KernelConfig& k = m_inputs->machine.kernel;
    k.isThere = true;
    k.nohz = v[0] == 1;
    k.smp = v[1] == 1;
    k.load = v[2];
    k.skew = v[3];
    k.slice = static_cast<std::uint32_t>(v[4]);
    k.callbackCost = v[5];
    k.moveCost = v[6];
    k.processes = static_cast<std::uint32_t>(v[7]);
    m_programCount = v[8];
    m_lockCount = v[9];
    k.locks = static_cast<std::uint32_t>(v[9]);
    return !in.failed();
}

bool JsonLogParser::lock(JsonScanner& in, std::size_t length)
{
    static constexpr std::array<std::string_view, 2> names = {"lock", "name"};
    if (!stands(in, true)) return false;
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    std::string text;
    auto& locks = m_inputs->locks;
    if (readColumns(in, columns, v, "lock", 1, text)) {
        if (columns.seen != (1ull << names.size()) - 1) in.fail(length, "a lock needs a name");
        else if (v[0] != locks.size()) in.fail(columns.offsets[0], outOfOrder("lock", locks.size()));
        else if (v[0] >= m_lockCount) in.fail(columns.offsets[0], "more locks than the first line says");
    }
    if (in.failed()) return remember(in);
    locks.push_back(std::move(text));
    return true;
}

bool JsonLogParser::program(JsonScanner& in, std::size_t length)
{
    static constexpr std::array<std::string_view, 7> names = {"program", "name", "repeats", "tick", "offset", "cpu", "timer"};
    if (!stands(in, true)) return false;
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    auto& programs = m_inputs->programs;
    if (readColumns(in, columns, v, "program", 1, m_name)) {
        const bool isProcess = v[0] < m_inputs->machine.kernel.processes;
        if ((columns.seen & 0b111111u) != 0b111111u) in.fail(length, "a program needs name, repeats, tick, offset and cpu");
        else if (v[0] != programs.size()) in.fail(columns.offsets[0], outOfOrder("program", programs.size()));
        else if (v[0] >= m_programCount) in.fail(columns.offsets[0], "more programs than the first line says");
        else if (v[4] > 0xFFFF'FFFFu) in.fail(columns.offsets[4], "the number does not fit into 32 bits");
        else if (v[5] >= static_cast<std::uint64_t>(m_inputs->machine.cpus)) in.fail(columns.offsets[5], "there is no such CPU");
        else if (isProcess != columns.has(6)) in.fail(columns.offsets[0], "a process has a timer to sleep by, an interrupt has none");
        else if (columns.has(6) && v[6] >= m_inputs->timers.size()) in.fail(columns.offsets[6], "there is no such timer");
    }
    if (in.failed()) return remember(in);
    Program p;
    p.name = nameIndex();
    p.repeats = v[2];
    p.tick = v[3];
    p.offset = static_cast<std::uint32_t>(v[4]);
    p.cpu = static_cast<std::uint8_t>(v[5]);
    if (columns.has(6)) p.timer = TimerId(static_cast<std::uint32_t>(v[6]));
    programs.push_back(p);
    return true;
}

bool JsonLogParser::kernelStep(JsonScanner& in, std::size_t length, bool isOfTimer)
{
    static constexpr std::array<std::string_view, 6> names = {"step", "code", "do", "timer", "value", "target"};
    if (!stands(in, true)) return false;
    Columns columns(names);
    std::array<std::uint64_t, names.size()> v{};
    std::int64_t value = 0;
    std::string_view key = isOfTimer ? names[0] : names[1], text;
    std::string word;
    do {
        const auto i = columns.find(key, in);
        if (!i) break;
        const bool good = *i == 2 ? in.text(text) : *i == 4 ? in.signedNumber(value) : in.number(v[*i]);
        if (!good) break;
        if (*i == 2) word = text;
        columns.offsets[*i] = in.valueOffset();
    } while (in.nextKey(key));
    auto& inputs = *m_inputs;
    const std::size_t owner = isOfTimer ? 0 : 1;
    const std::uint64_t owners = isOfTimer ? inputs.timers.size() : inputs.programs.size();
    std::uint32_t& last = isOfTimer ? m_stepTimer : m_stepProgram;
    const StepWord* what = stepNamed(word);
    if (!in.failed()) {
        if (!columns.has(2)) in.fail(length, "a step needs do");
        else if (columns.has(1 - owner)) in.fail(columns.offsets[1 - owner], "a step is of a timer or of a program");
        else if (v[owner] < last) in.fail(columns.offsets[owner], "steps stand in the order of their timers and programs");
        else if (v[owner] >= owners) in.fail(columns.offsets[owner], isOfTimer ? "there is no such timer" : "there is no such program");
        else if (what == nullptr) in.fail(columns.offsets[2], "no code does this");
        else if (columns.has(3) && v[3] >= inputs.timers.size()) in.fail(columns.offsets[3], "there is no such timer");
        else if (v[5] > 0xFFFF'FFFFu) in.fail(columns.offsets[5], "the number does not fit into 32 bits");
        else if (const char* why = wrongStep(*what, columns.has(3), value, v[5], inputs)) in.fail(columns.offsets[2], why);
        else if (isOfTimer && m_hasCode) in.fail(columns.offsets[0], "steps of timers stand before those of programs");
    }
    if (in.failed()) return remember(in);
    last = static_cast<std::uint32_t>(v[owner]);
    m_hasCode = m_hasCode || !isOfTimer;
    CallbackStep s;
    s.what = what->what;
    if (columns.has(3)) s.other = TimerId(static_cast<std::uint32_t>(v[3]));
    s.delta = value;
    s.target = static_cast<std::uint32_t>(v[5]);
    const auto add = [&](auto& spec) {
        if (spec.stepCount == 0) spec.firstStep = static_cast<std::uint32_t>(inputs.steps.size());
        ++spec.stepCount;
    };
    if (isOfTimer) add(inputs.timers[last]);
    else add(inputs.programs[last]);
    inputs.steps.push_back(s);
    return true;
}

} // namespace jiffy::core
