// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/sleep_accounts.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

SleepAccounts::SleepAccounts(InputsPtr inputs)
    : m_inputs(std::move(inputs)), m_geometry(geometryOf(m_inputs->machine)), m_clock(m_inputs->machine),
      m_cpus(static_cast<std::size_t>(m_inputs->machine.cpus))
{
}

void SleepAccounts::extend(const LogView& log)
{
    for (; m_read < log.size(); ++m_read) {
        const Record& r = log[m_read];
        if (r.kind == Kind::Passed) readPassed(r); // counts from the positions before it
        m_clock.apply(r);
        read(r);
    }
}

const Sleep* SleepAccounts::sleepBefore(int cpu, std::uint64_t event) const
{
    const auto& all = sleeps(cpu);
    const auto end = std::partition_point(all.begin(), all.end(), [&](const Sleep& s) { return s.event < event; });
    return end == all.begin() ? nullptr : &*std::prev(end);
}

const CatchUp* SleepAccounts::catchUpBefore(int cpu, std::uint64_t event) const
{
    const auto& all = catchUps(cpu);
    const auto end = std::partition_point(all.begin(), all.end(), [&](const CatchUp& c) { return c.event < event; });
    return end == all.begin() ? nullptr : &*std::prev(end);
}

std::vector<SleptOver> SleepAccounts::sleptOver(int cpu, std::uint64_t from, std::uint64_t to, std::size_t atMost) const
{
    const Cpu& c = m_cpus[static_cast<std::size_t>(cpu)];
    std::vector<SleptOver> found;
    auto o = std::partition_point(c.over.begin(), c.over.end(), [&](const SleptOver& s) { return s.tick < from; });
    for (; o != c.over.end() && o->tick < to && found.size() < atMost; ++o) found.push_back(*o);
    // Of the sleep that is not over: those that are due by now.
    if (!c.sleeps.empty() && !c.sleeps.back().isOver()) {
        const std::uint64_t first = std::max(from, c.sleeps.back().beginTick + 1);
        const std::uint64_t last = std::min(to, m_clock.ticks + 1);
        for (auto p = c.pending.lower_bound({first, 0}); p != c.pending.end() && p->first.first < last && found.size() < atMost; ++p)
            found.push_back({p->first.first, TimerId(p->first.second)});
    }
    return found;
}

void SleepAccounts::read(const Record& r)
{
    switch (r.kind) {
    case Kind::Entered:
    case Kind::Left: return readFunction(r);
    case Kind::RegisterSet: return readRegister(r);
    case Kind::Noted:
        // It looks again behind an interrupt, and sleeps on.
        if (r.site == Site::NextInterrupt && at(r.cpu).isStopped) fall(r.cpu);
        return;
    case Kind::Spliced:
        if (CatchUp* c = current(r.cpu)) {
            if (r.site == Site::Cascade) {
                ++c->cascades;
                if (r.link == 0) ++c->emptyCascades;
            } else if (r.site == Site::RunTimers && r.link != 0) {
                ++c->held;
            }
        }
        return;
    case Kind::Fired:
        disarm(r.item);
        if (CatchUp* c = current(r.cpu)) {
            ++c->fired;
            if (isDeferrable(r.item)) ++c->deferrables;
            const auto late = m_geometry.word.signedDistance(m_clock.jiffies, r.before);
            if (late > 0) c->worstLate = std::max(c->worstLate, static_cast<std::uint64_t>(late));
        }
        return;
    case Kind::Queued:
    case Kind::ItemSet:
        disarm(r.item);
        return arm(r.item, m_geometry.cpuOf(r.slot), r.value);
    case Kind::Unqueued: return disarm(r.item);
    default: return;
    }
}

void SleepAccounts::readFunction(const Record& r)
{
    const bool isEntered = r.kind == Kind::Entered;
    switch (r.site) {
    case Site::TickInterrupt:
        if (isEntered && r.value != 0) wake(r.cpu, WokenBy::Timer);
        return;
    case Site::DeviceInterrupt:
        if (isEntered) wake(r.cpu, WokenBy::Interrupt);
        return;
    case Site::Ipi:
        if (isEntered) wake(r.cpu, WokenBy::Ipi);
        return;
    case Site::RunTimerSoftirq:
        if (isEntered) return beginCatchUp(r.cpu);
        if (CatchUp* c = current(r.cpu)) {
            c->endEvent = m_read;
            at(r.cpu).isCatchingUp = false;
        }
        return;
    default: return;
    }
}

void SleepAccounts::readRegister(const Record& r)
{
    Cpu& c = at(r.cpu);
    switch (static_cast<Register>(r.slot)) {
    case Register::TickStopped:
        c.isStopped = r.value != 0;
        if (c.isStopped) {
            m_stopped |= 1ull << r.cpu;
            fall(r.cpu);
        } else {
            wake(r.cpu, WokenBy::Work);
            m_stopped &= ~(1ull << r.cpu);
        }
        return;
    case Register::SleepUntil:
        c.until = r.value;
        if (!c.sleeps.empty() && !c.sleeps.back().isOver()) c.sleeps.back().until = r.value;
        return;
    case Register::TimerJiffies:
        if (CatchUp* u = current(r.cpu); u != nullptr && r.site == Site::RunTimers) ++u->turns;
        return;
    case Register::Clk:
    case Register::DefClk:
        if (CatchUp* u = current(r.cpu)) {
            const bool isStd = static_cast<Register>(r.slot) == Register::Clk;
            if (r.site == Site::RunTimers) ++u->turns;
            else if (isStd && r.site == Site::CollectExpired) u->jumped += m_geometry.word.distance(r.value, r.before);
        }
        return;
    default: return;
    }
}

/// The clock is still the one before it.
void SleepAccounts::readPassed(const Record& r)
{
    if (r.site == Site::Asleep) return;
    if (r.site == Site::Tick) {
        // A CPU that ticks has nothing to catch up with: its position would not let a quiet tick pass.
        for (std::uint64_t rest = m_owing & ~m_stopped; rest != 0; rest &= rest - 1) at(std::countr_zero(rest)).owes = 0;
        m_owing &= m_stopped;
        return;
    }
    for (std::uint64_t rest = r.before; rest != 0; rest &= rest - 1) {
        const int cpu = std::countr_zero(rest);
        const bool isInside = at(cpu).isCatchingUp;
        if (!isInside) {
            if (at(cpu).owes == 0) continue;
            beginCatchUp(cpu);
        }
        CatchUp& c = at(cpu).catchUps.back();
        const std::uint64_t met = m_geometry.hasCascades() ? cascadesWithin(m_geometry, m_clock.positions[static_cast<std::size_t>(cpu)], r.value) : 0;
        c.turns += r.value;
        c.cascades += met;
        c.emptyCascades += met;
        if (isInside) continue;
        c.endEvent = m_read + 1;
        at(cpu).isCatchingUp = false;
    }
}

void SleepAccounts::fall(int cpu)
{
    Cpu& c = at(cpu);
    if (!c.sleeps.empty() && !c.sleeps.back().isOver()) return;
    Sleep s;
    s.begin = static_cast<std::uint64_t>(m_clock.now());
    s.beginTick = m_clock.ticks;
    s.event = m_read;
    s.until = c.until;
    if (c.owes != 0) s.owed = c.sleeps.back().owed + c.sleeps.back().saved();
    c.sleeps.push_back(s);
}

void SleepAccounts::wake(int cpu, WokenBy by)
{
    Cpu& c = at(cpu);
    if (!c.isStopped && by != WokenBy::Work) return;
    if (c.sleeps.empty() || c.sleeps.back().isOver()) return;
    Sleep& s = c.sleeps.back();
    s.end = static_cast<std::uint64_t>(m_clock.now());
    s.endTick = m_clock.ticks;
    s.endEvent = m_read;
    s.by = by;
    ++c.owes;
    m_owing |= 1ull << cpu;
    for (auto p = c.pending.lower_bound({s.beginTick + 1, 0}); p != c.pending.end() && p->first.first < s.endTick; ++p)
        c.over.push_back({p->first.first, TimerId(p->first.second)});
}

void SleepAccounts::beginCatchUp(int cpu)
{
    Cpu& c = at(cpu);
    if (c.owes == 0) return;
    CatchUp u;
    u.begin = static_cast<std::uint64_t>(m_clock.now());
    u.beginTick = m_clock.ticks;
    u.event = m_read;
    u.from = m_clock.positions[static_cast<std::size_t>(cpu)];
    u.jiffies = m_clock.jiffies;
    u.sleeps = c.owes;
    // A softirq may run while the CPU, tick still stopped, counts as asleep no more: all sleeps are over.
    u.firstSleep = static_cast<std::uint32_t>(c.sleeps.size()) - c.owes;
    for (std::uint32_t i = 0; i < c.owes; ++i) {
        Sleep& s = c.sleeps[u.firstSleep + i];
        u.saved += s.saved();
        s.catchUp = static_cast<std::uint32_t>(c.catchUps.size());
    }
    c.owes = 0;
    m_owing &= ~(1ull << cpu);
    c.catchUps.push_back(u);
    c.isCatchingUp = true;
}

bool SleepAccounts::isDeferrable(TimerId timer) const
{
    return timer.value < m_inputs->timers.size() && (m_inputs->timers[timer.value].flags & Deferrable) != 0;
}

void SleepAccounts::arm(TimerId timer, int cpu, Jiffies expires)
{
    if (!isDeferrable(timer)) return;
    // When it is due by the clock, which goes on while jiffies stand.
    const Jiffies now = m_geometry.word.add(m_inputs->machine.jiffies, m_clock.ticks);
    const auto ahead = m_geometry.word.signedDistance(expires, now);
    if (ahead <= 0) return;
    const std::uint64_t due = m_clock.ticks + static_cast<std::uint64_t>(ahead);
    m_deferrables[timer.value] = {cpu, due};
    at(cpu).pending[{due, timer.value}] = 1;
}

void SleepAccounts::disarm(TimerId timer)
{
    if (m_deferrables.empty() || !isDeferrable(timer)) return;
    const auto found = m_deferrables.find(timer.value);
    if (found == m_deferrables.end()) return;
    at(found->second.first).pending.erase({found->second.second, timer.value});
    m_deferrables.erase(found);
}

} // namespace jiffy::core
