// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/differences.h"

#include "core/trace/words.h"

#include <algorithm>
#include <fmt/format.h>

namespace jiffy::core
{

namespace
{

/// A log that was read back has no actions to tell by.
bool has(const Inputs& inputs, Call call)
{
    return inputs.actions.empty() ||
           std::any_of(inputs.actions.begin(), inputs.actions.end(), [&](const Action& a) { return a.call == call; });
}

} // namespace

std::string_view name(Verdict v)
{
    static constexpr std::string_view names[verdictCount] = {"run on the same jiffy",
                                                             "run earlier by the model",
                                                             "run later by the model",
                                                             "run by the model, cancelled by the machine",
                                                             "run by the model, re-armed by the machine",
                                                             "run by the machine alone",
                                                             "run by the machine, not seen armed",
                                                             "run by the model, then events were lost",
                                                             "run by the model, then the recording ended"};
    return names[static_cast<std::size_t>(v)];
}

Differences::Differences(const Inputs& inputs)
    : m_clock(inputs.machine), m_placements(inputs), m_hasRuns(has(inputs, Call::MachineFired))
{
    m_isNeeded = m_hasRuns || has(inputs, Call::MachineFiled);
    if (m_isNeeded) m_timers.resize(inputs.timers.size());
}

void Differences::add(const Record& r)
{
    ++m_event;
    if (!m_isNeeded) return;
    m_clock.apply(r);
    m_placements.add(r, m_clock, m_event - 1);
    if (m_hasRuns) follow(r);
}

void Differences::follow(const Record& r)
{
    switch (r.kind) {
    case Kind::Queued: {
        auto& t = timer(r.item);
        if (!t.isPending) closeOpen(t, r, Verdict::MachineRearmed);
        t.ahead = none;
        t.isPending = true;
        break;
    }
    case Kind::Entered: // a call that changed nothing
        if (!r.item.isValid()) break;
        if (r.site == Site::DelTimer) closeOpen(timer(r.item), r, Verdict::MachineCancelled);
        timer(r.item).ahead = none;
        break;
    case Kind::Unqueued:
        timer(r.item).ahead = none;
        timer(r.item).isPending = false;
        break;
    case Kind::Fired:
        modelRan(r);
        break;
    case Kind::Noted:
        if (r.site == Site::MachineFired) machineRan(r);
        if (r.site == Site::MachineLost) ++m_losses;
        break;
    default:
        break;
    }
}

Differences::Timer& Differences::timer(TimerId id)
{
    if (id.value >= m_timers.size()) m_timers.resize(id.value + 1);
    return m_timers[id.value];
}

MachineRun& Differences::newRun(Timer& t, TimerId id, Verdict v)
{
    t.runs.push_back(static_cast<std::uint32_t>(m_runs.size()));
    auto& run = m_runs.emplace_back();
    run.timer = id;
    run.verdict = v;
    ++m_counts[static_cast<std::size_t>(v)];
    return run;
}

void Differences::judge(MachineRun& run, Verdict v)
{
    --m_counts[static_cast<std::size_t>(run.verdict)];
    run.verdict = v;
    ++m_counts[static_cast<std::size_t>(v)];
}

void Differences::judgeByJiffies(MachineRun& run)
{
    run.lag = m_clock.word.signedDistance(run.machineJiffies, run.modelJiffies);
    judge(run, run.lag == 0 ? Verdict::Same : run.lag > 0 ? Verdict::ModelEarlier : Verdict::ModelLater);
}

/// The machine's part of an arming that the model has run is known now; it was no run.
void Differences::closeOpen(Timer& t, const Record& r, Verdict v)
{
    if (t.open == none) return;
    auto& run = m_runs[t.open];
    t.open = none;
    run.machineEvent = m_event - 1;
    run.machineJiffies = m_clock.jiffies;
    run.machineCpu = r.cpu;
    judge(run, t.lossesAtOpen == m_losses ? v : Verdict::Lost);
}

void Differences::modelRan(const Record& r)
{
    auto& t = timer(r.item);
    t.isPending = false;
    auto& run = t.ahead != none ? m_runs[t.ahead] : newRun(t, r.item, Verdict::Unfinished);
    run.modelEvent = m_event - 1;
    run.modelJiffies = m_clock.jiffies;
    run.modelCpu = r.cpu;
    if (t.ahead != none) {
        judgeByJiffies(run);
        t.ahead = none;
        return;
    }
    t.open = t.runs.back();
    t.lossesAtOpen = m_losses;
}

void Differences::machineRan(const Record& r)
{
    ++m_machineRuns;
    auto& t = timer(r.item);
    const bool isMet = t.open != none;
    auto& run =
        isMet ? m_runs[t.open] : newRun(t, r.item, t.isPending ? Verdict::ModelNever : Verdict::NotArmed);
    run.machineEvent = m_event - 1;
    run.machineJiffies = r.value;
    run.machineCpu = r.cpu;
    run.nanoseconds =
        static_cast<std::uint32_t>(r.before == ~0ull ? 0 : std::min<std::uint64_t>(r.before, 0xFFFFFFFFu));
    if (isMet)
        judgeByJiffies(run);
    else if (t.isPending)
        t.ahead = t.runs.back();
    t.open = none;
}

std::vector<SummaryLine> Differences::lines(const Inputs& inputs) const
{
    std::vector<SummaryLine> out;
    if (m_machineRuns != 0) addRuns(out, inputs);
    for (auto& line : m_placements.lines()) out.push_back(std::move(line));
    return out;
}

void Differences::addRuns(std::vector<SummaryLine>& out, const Inputs& inputs) const
{
    std::uint64_t byOne = 0, elsewhere = 0;
    const MachineRun* farthest = nullptr;
    const auto size = [](const MachineRun& run) { return run.lag < 0 ? -run.lag : run.lag; };
    for (const auto& run : m_runs) {
        if (run.lag == 1) ++byOne;
        if (run.isOnOtherCpu()) ++elsewhere;
        if (run.verdict <= Verdict::ModelLater && (farthest == nullptr || size(run) > size(*farthest)))
            farthest = &run;
    }
    out.push_back({"run by the machine", std::to_string(m_machineRuns)});
    for (int v = 0; v < verdictCount; ++v) {
        const auto verdict = static_cast<Verdict>(v);
        if (verdict != Verdict::Same && verdict != Verdict::ModelEarlier && count(verdict) == 0) continue;
        out.push_back({std::string(name(verdict)), std::to_string(count(verdict))});
        if (verdict == Verdict::ModelEarlier)
            out.push_back({"run one jiffy earlier by the model", std::to_string(byOne)});
    }
    out.push_back({"run on another CPU", std::to_string(elsewhere)});
    if (farthest != nullptr) {
        out.push_back({"largest difference", std::to_string(size(*farthest))});
        out.push_back({"largest difference of", toText(*farthest, inputs)});
    }
}

std::span<const std::uint32_t> Differences::runsOf(TimerId id) const
{
    if (id.value >= m_timers.size()) return {};
    return m_timers[id.value].runs;
}

const MachineRun* Differences::at(std::uint64_t event, TimerId id) const
{
    for (const auto i : runsOf(id))
        if (m_runs[i].modelEvent == event || m_runs[i].machineEvent == event) return &m_runs[i];
    return nullptr;
}

Differences compareWithMachine(const Inputs& inputs, const LogView& log, const OpenRun& open)
{
    Differences out(inputs);
    for (std::uint64_t i = 0; i < log.size(); ++i)
        out.add(log[i]);
    out.addOpen(open);
    return out;
}

std::string toText(const MachineRun& run, const Inputs& inputs)
{
    const auto timer = inputs.timerName(run.timer);
    switch (run.verdict) {
    case Verdict::Same:
        return fmt::format("{}: both at {}", timer, run.modelJiffies);
    case Verdict::ModelEarlier:
    case Verdict::ModelLater:
        return fmt::format(
            "{}: model at {} on CPU {}, machine at {} on CPU {}, {} {}", timer, run.modelJiffies,
            run.modelCpu, run.machineJiffies, run.machineCpu,
            counted(static_cast<std::uint64_t>(run.lag < 0 ? -run.lag : run.lag), "jiffy", "jiffies"),
            run.lag < 0 ? "earlier" : "later");
    case Verdict::MachineCancelled:
        return fmt::format("{}: model at {}, the machine cancelled it at {}", timer, run.modelJiffies,
                           run.machineJiffies);
    case Verdict::MachineRearmed:
        return fmt::format("{}: model at {}, the machine armed it anew at {}", timer, run.modelJiffies,
                           run.machineJiffies);
    case Verdict::ModelNever:
        return fmt::format("{}: the machine alone at {}", timer, run.machineJiffies);
    case Verdict::NotArmed:
        return fmt::format("{}: machine at {}, not seen armed in the recording", timer, run.machineJiffies);
    case Verdict::Lost:
        return fmt::format("{}: model at {}, then events were lost", timer, run.modelJiffies);
    case Verdict::Unfinished:
        return fmt::format("{}: model at {}, then the recording ended", timer, run.modelJiffies);
    }
    return timer;
}

} // namespace jiffy::core
