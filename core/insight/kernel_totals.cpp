// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/kernel_totals.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

KernelTotals::KernelTotals(const Inputs& inputs)
    : m_cpus(static_cast<std::size_t>(inputs.machine.cpus)), m_processes(inputs.machine.kernel.processes)
{
}

void KernelTotals::add(const Record& r, const ClockFold& clock)
{
    countTicks(ticksOf(r));
    Cpu& c = m_cpus[r.cpu];
    switch (r.kind) {
    case Kind::Passed:
        if (r.site != Site::Asleep) countTurns(r.before, r.site == Site::RunTimers ? r.value : 1);
        break;
    case Kind::Entered: enter(r, static_cast<std::uint64_t>(clock.now())); break;
    case Kind::Left: leave(r, static_cast<std::uint64_t>(clock.now())); break;
    case Kind::RegisterSet: {
        const auto which = static_cast<Register>(r.slot);
        if (which == Register::TickStopped) c.isTickStopped = r.value != 0;
        const bool isPosition = which == Register::TimerJiffies || which == Register::Clk || which == Register::DefClk;
        if (isPosition && r.site == Site::RunTimers) countTurns(1ull << r.cpu, 1);
        break;
    }
    case Kind::Noted:
        if (r.site == Site::Deadlock) ++deadlocks;
        if (r.site == Site::UseAfterFree) ++usesAfterFree;
        break;
    default: break;
    }
}

void KernelTotals::addOpen(const OpenRun& run)
{
    if (run.count == 0) return;
    if (run.site != Site::Asleep) countTurns(run.cpus, run.site == Site::RunTimers ? run.count : 1);
    if (run.site != Site::RunTimers) countTicks(run.count);
}

void KernelTotals::countTicks(std::uint64_t ticks)
{
    m_periods += ticks;
    if (ticks == 0) return;
    for (Cpu& c : m_cpus) {
        if (!c.isTickStopped) c.tickInterrupts += ticks;
    }
}

void KernelTotals::countTurns(std::uint64_t cpus, std::uint64_t turns)
{
    for (; cpus != 0; cpus &= cpus - 1) {
        Cpu& c = m_cpus[static_cast<std::size_t>(std::countr_zero(cpus))];
        // Outside of one they are those of a softirq that found nothing.
        c.turns = c.isInSoftirq ? c.turns + turns : turns;
        c.mostTurns = std::max(c.mostTurns, c.turns);
    }
}

void KernelTotals::enter(const Record& r, std::uint64_t now)
{
    Cpu& c = m_cpus[r.cpu];
    switch (r.site) {
    case Site::TickInterrupt:
        // The tick of a CPU that has none is what it was woken for.
        if (r.value != 0) ++c.tickInterrupts;
        // Interrupts were off: one interrupt stands for several ticks.
        c.tickInterrupts -= r.before;
        c.lostTicks += r.before;
        return;
    case Site::DeviceInterrupt:
    case Site::Ipi: ++c.otherInterrupts; return;
    case Site::RunTimerSoftirq:
        c.isInSoftirq = true;
        c.turns = 0;
        return;
    case Site::Msleep:
    case Site::MsleepInterruptible:
        if (r.link != 0 && r.link <= m_processes.size()) m_processes[r.link - 1].since = now;
        return;
    default: return;
    }
}

void KernelTotals::leave(const Record& r, std::uint64_t now)
{
    if (r.site == Site::RunTimerSoftirq) m_cpus[r.cpu].isInSoftirq = false;
    if (r.site != Site::Msleep && r.site != Site::MsleepInterruptible) return;
    if (r.link == 0 || r.link > m_processes.size()) return;
    Process& p = m_processes[r.link - 1];
    if (!p.since) return;
    p.ended.push_back({*p.since, now - *p.since, r.value});
    p.since.reset();
}

std::uint64_t KernelTotals::sum(std::uint64_t Cpu::* member) const
{
    std::uint64_t n = 0;
    for (const Cpu& c : m_cpus) n += c.*member;
    return n;
}

std::uint64_t KernelTotals::mostTurns() const
{
    std::uint64_t most = 0;
    for (const Cpu& c : m_cpus) most = std::max(most, c.mostTurns);
    return most;
}

std::uint64_t KernelTotals::savedTicks(int cpu) const
{
    const Cpu& c = m_cpus[static_cast<std::size_t>(cpu)];
    return m_periods - c.tickInterrupts - c.lostTicks;
}

std::uint64_t KernelTotals::savedTicks() const
{
    return m_periods * m_cpus.size() - sum(&Cpu::tickInterrupts) - sum(&Cpu::lostTicks);
}

std::uint64_t KernelTotals::sleepCount() const
{
    std::uint64_t n = 0;
    for (const Process& p : m_processes) n += p.ended.size();
    return n;
}

std::uint64_t KernelTotals::shortestSleep() const
{
    std::uint64_t least = ~0ull;
    for (const Process& p : m_processes)
        for (const Sleep& s : p.ended) least = std::min(least, s.took);
    return least == ~0ull ? 0 : least;
}

std::uint64_t KernelTotals::longestSleep() const
{
    std::uint64_t most = 0;
    for (const Process& p : m_processes)
        for (const Sleep& s : p.ended) most = std::max(most, s.took);
    return most;
}

std::optional<std::string> KernelTotals::named(const std::string& name, const Inputs& inputs) const
{
    for (std::size_t c = 0; c < m_cpus.size(); ++c) {
        const std::string of = " of CPU " + std::to_string(c);
        if (!name.ends_with(of)) continue;
        const auto what = name.substr(0, name.size() - of.size());
        if (what == "tick interrupts") return std::to_string(m_cpus[c].tickInterrupts);
        if (what == "saved ticks") return std::to_string(savedTicks(static_cast<int>(c)));
        if (what == "lost ticks") return std::to_string(m_cpus[c].lostTicks);
        if (what == "other interrupts") return std::to_string(m_cpus[c].otherInterrupts);
        if (what == "most turns") return std::to_string(m_cpus[c].mostTurns);
    }
    for (std::size_t p = 0; p < m_processes.size(); ++p) {
        const std::string& process = inputs.names[inputs.programs[p].name];
        if (name == sleepsName(process)) {
            std::vector<std::uint64_t> took;
            for (const Sleep& s : m_processes[p].ended) took.push_back(s.took);
            return sleepsText(took);
        }
        if (name != leftName(process)) continue;
        std::string out;
        for (const Sleep& s : m_processes[p].ended) out += (out.empty() ? "" : ", ") + std::to_string(s.left);
        return out.empty() ? "none" : out;
    }
    return std::nullopt;
}

std::string sleepText(std::uint64_t nanoseconds)
{
    std::string out = std::to_string(nanoseconds / 1'000'000);
    std::string decimals = std::to_string(nanoseconds % 1'000'000);
    decimals.insert(0, 6 - decimals.size(), '0');
    decimals.resize(decimals.find_last_not_of('0') + 1);
    if (!decimals.empty()) out += '.' + decimals;
    return out + "ms";
}

std::string sleepsText(const std::vector<std::uint64_t>& nanoseconds)
{
    std::string out;
    for (const std::uint64_t t : nanoseconds) out += (out.empty() ? "" : ", ") + sleepText(t);
    return out.empty() ? "none" : out;
}

std::string sleepsName(const std::string& process) { return "sleeps of " + process; }
std::string leftName(const std::string& process) { return "ms left of " + process; }

} // namespace jiffy::core
