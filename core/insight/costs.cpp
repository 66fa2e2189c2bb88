// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/costs.h"

#include <algorithm>

namespace jiffy::core
{

void Wakers::apply(const Geometry& geometry, const Record& r)
{
    if (r.kind != Kind::Defined || (r.value & Deferrable) == 0 || geometry.is(TimerAlgorithm::SortedList)) return;
    if (r.item.value >= m_deferrable.size()) m_deferrable.resize(std::size_t{r.item.value} + 1);
    m_deferrable[r.item.value] = true;
}

CostFold::CostFold(const MachineConfig& machine) : m_clock(machine) {}

void CostFold::raise(Extreme& most, std::uint64_t value, std::uint64_t event) const
{
    // What makes it up grows record by record: an extreme that is the present one grows with it.
    if (value > most.value) most = {value, event, m_clock.ticks};
}

void CostFold::apply(const Geometry& geometry, const Record& r, std::uint64_t event, const Wakers& wakers)
{
    const StepCost cost = costOf(geometry, m_clock, r);
    m_clock.apply(r);
    if (ticksOf(r) != 0) m_tick = {};
    if (r.kind == Kind::Entered && r.site == Site::RunTimerSoftirq) {
        m_isInSoftirq = true;
        m_go = {};
    }
    count(cost, r, event);
    switch (r.kind) {
    case Kind::Counted:
        return compared(r, event);
    case Kind::Moved:
        ++m_totals.moves;
        ++m_tick.moves;
        worked(event);
        return raise(m_totals.mostMoves, m_tick.moves, m_tick.event);
    case Kind::Fired:
        return called(r, event, wakers.wakes(r.item));
    case Kind::Queued:
        if (geometry.hasCascades()) raise(m_totals.mostSlack, r.slackAdded(), event);
        return;
    case Kind::Left:
        if (r.site == Site::RunTimerSoftirq) m_isInSoftirq = false;
        return;
    default:
        return;
    }
}

void CostFold::count(const StepCost& cost, const Record& r, std::uint64_t event)
{
    m_totals.links += cost.links;
    m_totals.lines += cost.lines;
    if (r.kind == Kind::Passed) {
        m_go = {};
        return;
    }
    if (m_go.event == Extreme::never) m_go.event = event;
    m_go.links += cost.links;
    m_go.lines += cost.lines;
    raise(m_totals.mostLinks, m_go.links, m_go.event);
    raise(m_totals.mostLines, m_go.lines, m_go.event);
    const bool isSoftirqOver = r.kind == Kind::Left && r.site == Site::RunTimerSoftirq;
    if (isSoftirqOver || (!m_isInSoftirq && !r.hasMore())) m_go = {};
}

void CostFold::compared(const Record& r, std::uint64_t event)
{
    m_totals.comparisons += r.value;
    raise(m_totals.worstInsertion, r.value, event);
    if (!m_isInSoftirq) return;
    m_totals.comparisonsInTick += r.value;
    m_tick.comparisons += r.value;
    if (m_tick.comparisonsEvent == Extreme::never) m_tick.comparisonsEvent = event;
    raise(m_totals.worstComparisonsInTick, m_tick.comparisons, m_tick.comparisonsEvent);
}

void CostFold::called(const Record& r, std::uint64_t event, bool wakes)
{
    const std::int64_t late = m_clock.word.signedDistance(m_clock.jiffies, r.before);
    const LateCall call{late, event, m_clock.ticks, r.item, r.slotId()};
    if (!m_totals.latest.isAny() || late > m_totals.latest.jiffies) m_totals.latest = call;
    if (!m_totals.earliest.isAny() || late < m_totals.earliest.jiffies) m_totals.earliest = call;
    if (late < 0) ++m_totals.early;

    ++m_totals.handlers;
    ++m_tick.handlers;
    worked(event);
    raise(m_totals.mostHandlers, m_tick.handlers, m_tick.event);

    if (!wakes) return;
    const std::uint64_t cpu = 1ull << (r.cpu & 63);
    if ((m_tick.woken & cpu) != 0) return;
    m_tick.woken |= cpu;
    ++m_totals.wakeUps;
    m_totals.lastWakeUp = {m_totals.wakeUps, event, m_clock.ticks};
}

void CostFold::worked(std::uint64_t event)
{
    if (m_tick.event == Extreme::never) m_tick.event = event;
    const std::uint64_t work = m_tick.moves + m_tick.handlers;
    if (work <= m_totals.mostWork.value) return;
    m_totals.mostWork = {work, m_tick.event, m_clock.ticks};
    m_totals.mostWorkMoves = m_tick.moves;
    m_totals.mostWorkHandlers = m_tick.handlers;
}

Costs::Costs(const MachineConfig& machine) : m_geometry(geometryOf(machine)), m_now(machine) {}

void Costs::extend(const LogView& log)
{
    for (; m_events < log.size(); ++m_events) {
        if ((m_events & ((1u << markBits) - 1)) == 0) m_marks.push_back(m_now);
        m_wakers.apply(m_geometry, log[m_events]);
        m_now.apply(m_geometry, log[m_events], m_events, m_wakers);
    }
}

CostTotals Costs::upTo(const LogView& log, std::uint64_t events) const
{
    events = std::min(events, m_events);
    if (events == m_events) return m_now.totals();
    const std::uint64_t mark = events >> markBits;
    CostFold fold = m_marks[static_cast<std::size_t>(mark)];
    for (std::uint64_t e = mark << markBits; e < events; ++e)
        fold.apply(m_geometry, log[e], e, m_wakers);
    return fold.totals();
}

} // namespace jiffy::core
