// SPDX-License-Identifier: GPL-3.0-or-later
// The rungs of the step ladder. Each is a set of positions; next() and previous() are its next and previous member, so
// back is the mirror of forward from any stop.
//
//   line          every line of pseudocode, and every tick of a run
//   operation     behind each whole call, move, fire, turn; every tick of a run
//   timer         behind each operation that concerned a timer
//   tick          the last position of each jiffy: every CPU has handled it and the calls of that jiffy are done
//   cascade       behind each cascade, empty ones too; 6.1, "bucket": behind each bucket taken; sorted list, "walk": where
//                 a timer has been put behind a walk along the list
//   next expiry   when the first timer of a jiffy has been taken for its call
//
// A run of tgtd has rungs of its own: core/history/daemon_rungs.h.
//
// "Inside" counts what lies between two records: ticks of a run, or lines of a record.
#include "core/history/daemon_rungs.h"
#include "core/history/history.h"
#include "core/kernel/lines.h"

#include <bit>

namespace jiffy::core
{

std::string_view name(Rung r, Driver driver, TimerAlgorithm timers)
{
    if (driver == Driver::Daemon) return daemonRungName(r);
    if (r == Rung::Cascade && timers == TimerAlgorithm::Wheel61) return "bucket";
    if (r == Rung::Cascade && timers == TimerAlgorithm::SortedList) return "walk";
    constexpr std::string_view names[] = {"line", "operation", "timer", "tick", "cascade", "next expiry"};
    return names[static_cast<std::size_t>(r)];
}

namespace
{

bool movesClock(const Record& r)
{
    if (r.kind == Kind::Passed) return r.site != Site::RunTimers;
    return r.kind == Kind::ClockSet && (r.site == Site::Advance || r.ticks() != 0) && r.site != Site::SubTick;
}
/// The clock is about to move: the record does it, or leads to the one that does.
bool endsJiffy(const Record& r)
{
    return movesClock(r) || (r.kind == Kind::ClockSet && r.site == Site::SubTick && r.value == 0);
}
bool concernsTimer(const Record& r)
{
    return r.item.isValid() && !r.hasMore() && r.kind != Kind::Left && r.kind != Kind::Noted && r.kind != Kind::Defined;
}

} // namespace

Position History::inside(std::uint64_t event, std::uint64_t inside) const
{
    if (runAt(event)) return {event, inside, 0};
    return {event, 0, static_cast<std::uint32_t>(inside)};
}

std::uint64_t History::linesInside(std::uint64_t event)
{
    return linesAt(event).count;
}

/// The first tick of a run behind which an (empty) cascade has been done: its position was a multiple of the tv1 size.
std::uint64_t History::firstCascade(const OpenRun& run, std::uint64_t event)
{
    const World& before = at({event, 0, 0});
    const Level& root = before.geometry().level[0];
    const Jiffies position = before.cpu(std::countr_zero(run.cpus)).timerJiffies;
    return ((0 - position) & root.mask()) + 1;
}

/// REQUIRES: 1 <= tick <= run.count.
bool History::isRunStop(const OpenRun& run, std::uint64_t event, std::uint64_t tick, Rung rung)
{
    switch (rung) {
    case Rung::Line:
    case Rung::Operation: return true;
    case Rung::Tick: return run.site != Site::RunTimers;
    case Rung::Cascade: {
        if (run.cpus == 0 || !m_world.geometry().hasCascades()) return false;
        const std::uint64_t first = firstCascade(run, event);
        return tick >= first && (tick - first) % static_cast<std::uint64_t>(m_world.geometry().level[0].slots) == 0;
    }
    case Rung::Timer:
    case Rung::NextExpiry: return false;
    }
    return false;
}

/// The record before `event` is the first Fired of its jiffy.
bool History::firesFirst(std::uint64_t event) const
{
    const LogView& log = m_snapshot.log;
    if (log[event - 1].kind != Kind::Fired) return false;
    for (std::uint64_t e = event - 1; e > 0 && !movesClock(log[e - 1]); --e) {
        if (log[e - 1].kind == Kind::Fired) return false;
    }
    return true;
}

bool History::isBoundaryStop(std::uint64_t event, Rung rung)
{
    const LogView& log = m_snapshot.log;
    if (event == 0 || Position{event, 0, 0} == end()) return true;
    if (m_inputs->driver == Driver::Daemon) return isDaemonStop(log, event, rung);
    const Record& last = log[event - 1];
    const bool behindRun = last.kind == Kind::Passed;
    switch (rung) {
    case Rung::Line: return true;
    case Rung::Operation: return !last.hasMore();
    case Rung::Timer: return concernsTimer(last);
    case Rung::Tick:
        if (last.hasMore()) return false;
        return event == log.size() ? m_snapshot.open.count != 0 && m_snapshot.open.site != Site::RunTimers : endsJiffy(log[event]);
    case Rung::Cascade:
        if (behindRun) return isRunStop(OpenRun{last.value, last.before, last.site}, event - 1, last.value, rung);
        if (m_world.geometry().is(TimerAlgorithm::SortedList))
            return last.kind == Kind::Queued && event > 1 && log[event - 2].kind == Kind::Counted;
        if (last.kind == Kind::Spliced) return !m_world.geometry().hasCascades() || (last.site == Site::Cascade && last.link == 0);
        return last.kind == Kind::Moved && (event == log.size() || log[event].kind != Kind::Moved);
    case Rung::NextExpiry: return firesFirst(event);
    }
    return false;
}

/// The first stop behind `inside` that is still inside the record or run at `event`.
std::optional<std::uint64_t> History::insideAfter(std::uint64_t event, std::uint64_t inside, Rung rung)
{
    const auto run = runAt(event);
    if (!run) {
        if (rung != Rung::Line || event == m_snapshot.log.size() || inside + 1 >= linesInside(event)) return std::nullopt;
        return inside + 1;
    }
    const std::uint64_t last = event == m_snapshot.log.size() ? run->count : run->count - 1;
    if (inside >= last || rung == Rung::Timer || rung == Rung::NextExpiry) return std::nullopt;
    if (rung == Rung::Tick && run->site == Site::RunTimers) return std::nullopt;
    if (rung == Rung::Cascade && (run->cpus == 0 || !m_world.geometry().hasCascades())) return std::nullopt;
    std::uint64_t stop = inside + 1;
    if (rung == Rung::Cascade) {
        const std::uint64_t first = firstCascade(*run, event);
        const auto size = static_cast<std::uint64_t>(m_world.geometry().level[0].slots);
        stop = inside < first ? first : first + ((inside - first) / size + 1) * size;
    }
    if (stop > last) return std::nullopt;
    return stop;
}

/// The last stop before `inside` that is inside (at least 1) the record or run at `event`.
std::optional<std::uint64_t> History::insideBefore(std::uint64_t event, std::uint64_t inside, Rung rung)
{
    const auto run = runAt(event);
    if (inside <= 1) return std::nullopt;
    if (!run) {
        if (rung != Rung::Line) return std::nullopt;
        return inside - 1;
    }
    if (rung == Rung::Timer || rung == Rung::NextExpiry) return std::nullopt;
    if (rung == Rung::Tick && run->site == Site::RunTimers) return std::nullopt;
    if (rung != Rung::Cascade) return inside - 1;
    if (run->cpus == 0 || !m_world.geometry().hasCascades()) return std::nullopt;
    const std::uint64_t first = firstCascade(*run, event);
    if (inside <= first) return std::nullopt;
    const auto size = static_cast<std::uint64_t>(m_world.geometry().level[0].slots);
    return first + (inside - 1 - first) / size * size;
}

bool History::isStop(Position p, Rung rung)
{
    p = clamp(p);
    if (p == start() || p == end()) return true;
    if (p.line != 0) return rung == Rung::Line;
    if (p.tick != 0) return isRunStop(*runAt(p.event), p.event, p.tick, rung);
    return isBoundaryStop(p.event, rung);
}

std::optional<Position> History::next(Position p, Rung rung)
{
    p = clamp(p);
    if (p == end()) return std::nullopt;
    std::uint64_t within = p.tick + p.line;
    for (std::uint64_t e = p.event;; ++e, within = 0) {
        if (const auto stop = insideAfter(e, within, rung)) return inside(e, *stop);
        if (e >= m_snapshot.log.size()) return end();
        if (isBoundaryStop(e + 1, rung)) return Position{e + 1, 0, 0};
    }
}

std::optional<Position> History::previous(Position p, Rung rung)
{
    p = clamp(p);
    if (p == start()) return std::nullopt;
    std::uint64_t within = p.tick + p.line;
    for (std::uint64_t e = p.event;;) {
        if (const auto stop = insideBefore(e, within, rung)) return inside(e, *stop);
        if (within != 0 && isBoundaryStop(e, rung)) return Position{e, 0, 0};
        if (e == 0) return start();
        --e;
        if (const auto run = runAt(e)) within = run->count;
        else within = rung == Rung::Line ? linesInside(e) : 1;
    }
}

} // namespace jiffy::core
