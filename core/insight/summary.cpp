// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/summary.h"

#include "core/scenario/work_notation.h"

namespace jiffy::core
{

Summary::Summary(const Inputs& inputs)
    : m_geometry(geometryOf(inputs.machine)),
      m_clock(inputs.machine), m_beingRefiled(inputs.timers.size())
{
    if (inputs.driver == Driver::Daemon)
        m_work.emplace(inputs);
    else
        m_costs.emplace(inputs.machine);
    if (inputs.machine.kernel.isThere) m_kernel.emplace(inputs);
}

void Summary::add(const Record& r)
{
    ++events;
    if (m_work) return addWork(r);
    if (m_kernel) m_kernel->add(r, m_clock);
    m_wakers.apply(m_geometry, r);
    m_costs->apply(m_geometry, r, events - 1, m_wakers);
    switch (r.kind) {
    case Kind::Passed: countPassed(OpenRun{r.value, r.before, r.site}); break;
    case Kind::Queued: countQueued(r); break;
    case Kind::Unqueued: countUnqueued(r); break;
    case Kind::Moved: ++moves; break;
    case Kind::Fired: countFired(r); break;
    case Kind::Refused: ++refused; break;
    case Kind::Spliced:
        if (r.site == Site::Cascade) {
            ++cascades;
            if (r.link == 0) ++emptyCascades;
        }
        break;
    case Kind::Noted:
        if (r.site == Site::MachineFired) ++machineFired;
        if (r.site == Site::MachineLost) ++machineLost;
        break;
    default: break;
    }
    m_clock.apply(r);
}

void Summary::addOpen(const OpenRun& run)
{
    if (run.count == 0) return;
    if (m_kernel) m_kernel->addOpen(run);
    countPassed(run);
    m_clock.pass(run);
}

void Summary::countPassed(const OpenRun& run)
{
    // Every masked CPU goes through `count` positions and finds each slot empty, cascaded ones included.
    for (std::uint64_t rest = run.cpus; rest != 0; rest &= rest - 1) {
        const auto cpu = static_cast<std::size_t>(__builtin_ctzll(rest));
        const std::uint64_t n = cascadesWithin(m_geometry, m_clock.positions[cpu], run.count);
        cascades += n;
        emptyCascades += n;
    }
}

void Summary::countUnqueued(const Record& r)
{
    if (r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync) {
        ++deleted;
        return;
    }
    if (r.item.value >= m_beingRefiled.size()) m_beingRefiled.resize(r.item.value + 1);
    m_beingRefiled[r.item.value] = true;
}

void Summary::countQueued(const Record& r)
{
    if (r.item.value < m_beingRefiled.size() && m_beingRefiled[r.item.value]) {
        m_beingRefiled[r.item.value] = false;
        ++rearmed;
    } else {
        ++armed;
    }
}

void Summary::countFired(const Record& r)
{
    const std::int64_t lateness = m_clock.word.signedDistance(m_clock.jiffies, r.before);
    // What ran early was not late: "earliest" tells it.
    if (lateness >= 0 && (!worstTimer.isValid() || lateness > worstLateness)) {
        worstLateness = lateness;
        worstTimer = r.item;
        worstAt = m_clock.jiffies;
    }
    ++fired;
}

void Summary::addWork(const Record& r)
{
    m_work->add(r);
    m_clock.apply(r);
    if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::PipeBytes && r.value > r.before) ++m_writes;
    if (r.kind == Kind::Noted && r.site == Site::Write) ++m_lostWrites;
    if (r.kind == Kind::Noted && r.site == Site::EventDel) ++m_unknownEvents;
    if (r.kind == Kind::Left && r.site == Site::SlowCall && r.value == ~0ull) ++m_callsCutShort;
    if (r.kind == Kind::Noted && r.site == Site::Spin) m_spinning = r.item;
}

std::vector<SummaryLine> Summary::workLines(const Inputs& inputs) const
{
    const auto digits = [](auto v) { return std::to_string(v); };
    const DaemonTotals& t = m_work->totals();
    const WorkRun* worst = nullptr;
    const WorkRun* earliest = nullptr;
    std::uint64_t early = 0, overdue = 0;
    for (const auto& run : m_work->runs()) {
        if (run.fate == WorkRun::Fate::Waiting && run.due <= ticks()) ++overdue;
        if (!run.hasRun()) continue;
        if (earliest == nullptr || run.lateness() < earliest->lateness()) earliest = &run;
        if (run.lateness() < 0) ++early;
        if (worst == nullptr || run.lateness() > worst->lateness()) worst = &run;
    }
    std::vector<SummaryLine> out = {
        {"virtual time", microsecondsText(ticks())},
        {"events", digits(events)},
        {"added", digits(t.added)},
        {"deleted", digits(t.deleted)},
        {"run", digits(t.ran)},
        {"run early", digits(early)},
        {"alarms", digits(t.alarms)},
        {"alarms skipped", digits(t.swallowed)},
        {"writes", digits(m_writes)},
        {"lost writes", digits(m_lostWrites)},
        {"passes", digits(t.passes)},
        {"passes for nothing", digits(t.idlePasses)},
        {"epoll_wait calls", digits(m_work->waits().size())},
        {"interrupted", digits(t.interrupted)},
        {"woken for nothing", digits(t.wokenForNothing)},
        {"worst lateness", worst == nullptr ? "0s" : worst->lateness() < 0 ? "none, all ran early" : clockStepText(worst->lateness(), true)},
    };
    if (worst != nullptr && worst->lateness() >= 0) out.push_back({"worst lateness of", inputs.timerName(worst->item) + " at " + microsecondsText(worst->endedAt)});
    if (earliest != nullptr && earliest->lateness() < 0) {
        out.push_back({"earliest", clockStepText(-earliest->lateness(), true) + " early"});
        out.push_back({"earliest of", inputs.timerName(earliest->item) + " at " + microsecondsText(earliest->endedAt)});
    }
    if (overdue != 0) out.push_back({"due, never ran", digits(overdue)});
    if (m_callsCutShort != 0) out.push_back({"calls cut short", digits(m_callsCutShort)});
    if (m_unknownEvents != 0) out.push_back({"events not found", digits(m_unknownEvents)});
    if (m_spinning.isValid()) out.push_back({"drain without an end", inputs.timerName(m_spinning)});
    out.push_back({"refused", digits(t.refused)});
    out.push_back({"waiting at the end", digits(t.added - t.deleted - t.ran)});
    return out;
}

void Summary::addKernelLines(std::vector<SummaryLine>& out) const
{
    const auto digits = [](auto v) { return std::to_string(v); };
    using Cpu = KernelTotals::Cpu;
    out.push_back({"tick interrupts", digits(m_kernel->sum(&Cpu::tickInterrupts))});
    out.push_back({"saved ticks", digits(m_kernel->savedTicks())});
    out.push_back({"other interrupts", digits(m_kernel->sum(&Cpu::otherInterrupts))});
    out.push_back({"most turns in one softirq", digits(m_kernel->mostTurns()), !m_geometry.is(TimerAlgorithm::SortedList)});
    out.push_back({"deadlocks", digits(m_kernel->deadlocks)});
    out.push_back({"uses after free", digits(m_kernel->usesAfterFree)});
    const std::uint64_t sleeps = m_kernel->sleepCount();
    if (sleeps == 0) return;
    out.push_back({"sleeps", digits(sleeps)});
    out.push_back({"shortest sleep", sleepText(m_kernel->shortestSleep())});
    out.push_back({"longest sleep", sleepText(m_kernel->longestSleep())});
}

std::optional<std::string> Summary::valueOf(const std::string& name, const Inputs& inputs) const
{
    for (const auto& line : lines(inputs)) {
        if (line.name == name) return line.value;
    }
    return m_kernel ? m_kernel->named(name, inputs) : std::nullopt;
}

std::vector<SummaryLine> Summary::lines(const Inputs& inputs) const
{
    if (m_work) return workLines(inputs);
    const auto digits = [](auto v) { return std::to_string(v); };
    const CostTotals& costs = m_costs->totals();
    const auto jiffiesAt = [&](std::uint64_t tick) { return "jiffies " + digits(m_clock.word.add(inputs.machine.jiffies, tick)); };
    const bool moving = m_geometry.hasCascades(), comparing = m_geometry.is(TimerAlgorithm::SortedList);
    std::vector<SummaryLine> out = {
        {"ticks", digits(ticks())},
        {"events", digits(events)},
        {"armed", digits(armed)},
        {"re-armed", digits(rearmed)},
        {"deleted before expiry", digits(deleted)},
        {"fired", digits(fired)},
        {"cascades", digits(cascades), moving},
        {"empty cascades", digits(emptyCascades), moving},
        {"moves", digits(moves), moving},
        {"comparisons", digits(costs.comparisons), comparing},
        {"wake-ups", digits(costs.wakeUps)},
        {"most work in one tick", digits(costs.mostWork.value)},
    };
    if (costs.mostWork.isAny())
        out.push_back({"most work at", jiffiesAt(costs.mostWork.tick) + ": " +
                                           (moving ? "moves " + digits(costs.mostWorkMoves) + ", " : std::string()) +
                                           "handlers " + digits(costs.mostWorkHandlers)});
    out.push_back({"worst lateness", digits(worstLateness)});
    if (worstTimer.isValid()) {
        out.push_back({"worst lateness of", inputs.timerName(worstTimer) + " at jiffies " + digits(worstAt)});
    }
    if (costs.earliest.isAny() && costs.earliest.jiffies < 0) {
        out.push_back({"earliest", digits(-costs.earliest.jiffies) + " early"});
        out.push_back({"earliest of", inputs.timerName(costs.earliest.timer) + " at " + jiffiesAt(costs.earliest.tick)});
    }
    if (m_kernel) addKernelLines(out);
    out.push_back({"refused", digits(refused)});
    out.push_back({"pending at the end", digits(pending())});
    if (machineFired != 0) out.push_back({"machine fired", digits(machineFired)});
    if (machineLost != 0) out.push_back({"machine lost events", digits(machineLost)});
    return out;
}

Summary summarise(const Inputs& inputs, const LogView& log, const OpenRun& open)
{
    Summary summary(inputs);
    for (std::uint64_t i = 0; i < log.size(); ++i) summary.add(log[i]);
    summary.addOpen(open);
    return summary;
}

} // namespace jiffy::core
