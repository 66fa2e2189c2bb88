// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/instant.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

bool isTick(const Record& r)
{
    return (r.kind == Kind::Passed || r.kind == Kind::ClockSet) && r.site == Site::Tick;
}
bool leavesSoftirq(const Record& r)
{
    return r.kind == Kind::Left && r.site == Site::RunTimerSoftirq;
}
bool entersSoftirq(const Record& r)
{
    return r.kind == Kind::Entered && r.site == Site::RunTimerSoftirq;
}
/// The offset within the tick goes back to its beginning, which leads to the next tick.
bool leavesTick(const Record& r)
{
    return r.kind == Kind::ClockSet && r.site == Site::SubTick && r.value == 0;
}
/// Words at the end of a run.
bool endsRun(const Record& r)
{
    return r.kind == Kind::Noted && (r.site == Site::Limit || r.site == Site::Spin);
}

} // namespace

/// As the history finds it, from the nearest block on instead of the nearest chunk.
Position InstantIndex::lastOfTick(History& history, std::uint64_t ticks) const
{
    const LogView& log = history.log();
    // What comes in the middle of a tick may have its end before it.
    const auto block = std::lower_bound(m_blockTicks.begin(), m_blockTicks.end(), ticks);
    if (block == m_blockTicks.begin() || history.world().geometry().isDaemon) return history.lastOfTick(ticks);
    std::uint64_t now = *(block - 1);
    const std::uint64_t last = std::min(m_read, log.size());
    for (auto e = static_cast<std::uint64_t>(block - 1 - m_blockTicks.begin()) * blockSize; e < last; ++e) {
        const Record& r = log[e];
        if (now == ticks && leavesTick(r)) return {e, 0, 0};
        const std::uint64_t by = ticksOf(r);
        if (now + by > ticks) return {e, r.kind == Kind::Passed ? ticks - now : 0, 0};
        now += by;
    }
    return history.lastOfTick(ticks);
}

/// Right behind the record, or the tick of a run, that brings the clock to so many ticks.
Position InstantIndex::firstOfTick(History& history, std::uint64_t ticks) const
{
    if (ticks == 0) return history.start();
    const LogView& log = history.log();
    Position q = lastOfTick(history, ticks - 1);
    while (q.event < log.size() && ticksOf(log[q.event]) == 0)
        ++q.event;
    if (q.event >= log.size()) return {log.size(), std::min(q.tick + 1, history.snapshot().open.count), 0};
    const Record& r = log[q.event];
    if (r.kind == Kind::Passed && q.tick + 1 < r.value) return {q.event, q.tick + 1, 0};
    return {q.event + 1, 0, 0};
}

void InstantIndex::extend(const LogView& log)
{
    if (isOfKernel()) return m_times.extend(log);
    for (; m_read < log.size(); m_ticks += ticksOf(log[m_read]), ++m_read) {
        const Record& r = log[m_read];
        if (m_read == m_blockTicks.size() * blockSize) m_blockTicks.push_back(m_ticks);
        if (m_isInSoftirq) {
            if (!leavesSoftirq(r)) continue;
            m_isInSoftirq = false;
            if (m_isInCall) m_calls.push_back({m_begin, m_read + 1});
            m_isInCall = false;
        } else if (m_isInCall) {
            if (r.hasMore()) continue;
            m_calls.push_back({m_begin, m_read + 1});
            m_isInCall = false;
        } else {
            // Whether a softirq by hand is a tick's shows in the record behind it.
            if (m_inputs->driver == Driver::ByHand && entersSoftirq(r) && m_read + 1 == log.size()) return;
            readOutside(log, m_read);
        }
    }
}

/// A record that is neither within a call nor within a softirq.
void InstantIndex::readOutside(const LogView& log, std::uint64_t e)
{
    const Record& r = log[e];
    if (r.kind == Kind::Passed && r.site != Site::Tick) return; // turns of CPUs that find nothing
    if (isTick(r)) {
        m_isBehindTick = true;
    } else if (entersSoftirq(r)) {
        m_isInSoftirq = true;
        if (isOfTick(log, e)) return;
        m_isInCall = true;
        begin(r, e);
    } else if (r.site == Site::ClearIdle && !m_calls.empty() && m_calls.back().end == e) {
        m_calls.back().end = e + 1; // leaving idle is a second operation of the same call
    } else if (!leavesTick(r) && !endsRun(r)) {
        begin(r, e);
        m_isInCall = r.hasMore();
        if (!m_isInCall) m_calls.push_back({e, e + 1});
    }
}

/// By hand a softirq can be a call. A tick's finds something, and comes before any call.
bool InstantIndex::isOfTick(const LogView& log, std::uint64_t e) const
{
    return m_inputs->driver != Driver::ByHand || (m_isBehindTick && !leavesSoftirq(log[e + 1]));
}

void InstantIndex::begin(const Record& r, std::uint64_t e)
{
    const auto& actions = m_inputs->actions;
    for (; m_action < actions.size(); ++m_action) {
        const Call call = actions[m_action].call;
        if (call == Call::Tick) continue;
        // One that defines what is defined already leaves no record.
        const bool isSilent =
            call == Call::Define && (r.kind != Kind::Defined || r.item != actions[m_action].timer);
        if (!isSilent) break;
        m_calls.push_back({e, e});
    }
    ++m_action;
    m_begin = e;
    m_isBehindTick = false;
}

bool InstantIndex::isInCall(std::uint64_t event) const
{
    const auto behind = std::upper_bound(m_calls.begin(), m_calls.end(), event,
                                         [](std::uint64_t e, const Span& s) { return e < s.begin; });
    const bool isInOne = behind != m_calls.begin() && event < (behind - 1)->end;
    return isInOne || (m_isInCall && event >= m_begin);
}

RunInstant InstantIndex::instantAt(const History& history, Position p) const
{
    const Snapshot& s = history.snapshot();
    p = std::min(p, history.end());
    RunInstant instant;
    instant.ticks = history.ticksAt(p);
    if (isOfKernel()) {
        instant.nanoseconds = m_times.timeAt(history, p);
        instant.isEnd = s.status != RunStatus::Running && p >= history.end();
        return instant;
    }
    const auto done =
        std::partition_point(m_calls.begin(), m_calls.end(), [&](const Span& c) { return c.end <= p.event; });
    instant.calls = static_cast<std::uint64_t>(done - m_calls.begin());
    instant.isEnd = s.status != RunStatus::Running && p >= history.end();
    if (p.event >= s.log.size()) {
        instant.isHandling = s.status == RunStatus::Running &&
                             (s.open.count != 0 ? s.open.site != Site::Tick : m_isInSoftirq && !m_isInCall);
        return instant;
    }
    const Record& r = s.log[p.event];
    if (p.tick != 0)
        instant.isHandling = r.site != Site::Tick;
    else if (ticksOf(r) != 0)
        instant.isHandling = p.line != 0; // within its lines the clock counts as moved
    else
        instant.isHandling = !leavesTick(r) && !endsRun(r) && !isInCall(p.event);
    return instant;
}

Position InstantIndex::positionOf(History& history, const RunInstant& instant) const
{
    if (isOfKernel()) {
        const Position last = m_times.lastAt(history, instant.nanoseconds);
        return instant.isEnd && last.event == history.log().size() ? history.end() : last;
    }
    // What a run has behind its last tick and its last call has no instant of its own: it comes with the end.
    if (instant.isEnd && m_calls.size() <= instant.calls && history.ticksAt(history.end()) <= instant.ticks)
        return history.end();
    Position q = std::min(lastOfTick(history, instant.ticks), history.end());
    if (instant.calls < m_calls.size())
        q = std::min(q, Position{m_calls[instant.calls].begin, 0, 0});
    else if (m_isInCall && instant.calls == m_calls.size())
        q = std::min(q, Position{m_begin, 0, 0});
    if (instant.isHandling) q = std::min(q, firstOfTick(history, instant.ticks));
    return q;
}

} // namespace jiffy::core
