// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history.h"

#include "core/kernel/lines.h"

#include <algorithm>

namespace jiffy::core
{

History::History(InputsPtr inputs, Snapshot snapshot)
    : m_inputs(std::move(inputs)), m_snapshot(std::move(snapshot)), m_world(m_inputs->machine)
{
}

void History::extend(Snapshot snapshot)
{
    const Position at = m_cursor;
    leaveInside();
    m_snapshot = std::move(snapshot);
    this->at(at);
}

Position History::end() const { return {m_snapshot.log.size(), m_snapshot.open.count, 0}; }

std::optional<OpenRun> History::runAt(std::uint64_t event) const
{
    if (event == m_snapshot.log.size()) {
        if (m_snapshot.open.count == 0) return std::nullopt;
        return m_snapshot.open;
    }
    const Record& r = m_snapshot.log[event];
    if (r.kind != Kind::Passed) return std::nullopt;
    return OpenRun{r.value, r.before, r.site};
}

Position History::clamp(Position p) const
{
    if (p >= end()) return end();
    if (p.event == m_snapshot.log.size()) return {p.event, p.tick, 0};
    const auto run = runAt(p.event);
    if (!run) return {p.event, 0, p.line};
    if (p.tick >= run->count) return {p.event + 1, 0, 0};
    return {p.event, p.tick, 0};
}

const World& History::at(Position p)
{
    p = clamp(p);
    if (p == m_cursor) return m_world;
    leaveInside();
    toEvent(p.event);
    enterInside(p);
    return m_world;
}

void History::leaveInside()
{
    if (m_cursor.tick != 0) {
        OpenRun run = *runAt(m_cursor.event);
        run.count = m_cursor.tick;
        m_world.unpass(run);
    }
    if (m_cursor.line != 0 && m_lineApplied) m_world.unapply(m_snapshot.log[m_cursor.event]);
    m_lineApplied = false;
    m_cursor = {m_cursor.event, 0, 0};
}

void History::enterInside(Position p)
{
    if (p.tick != 0) {
        OpenRun run = *runAt(p.event);
        run.count = p.tick;
        m_world.pass(run);
    }
    if (p.line != 0) {
        const Record& r = m_snapshot.log[p.event];
        const LineList lines = linesOf(r, m_world, p.event == 0 ? nullptr : &m_snapshot.log[p.event - 1], &m_inputs->daemon);
        if (p.line >= lines.count) p.line = lines.count - 1;
        m_lineApplied = p.line > lines.effect;
        if (m_lineApplied) m_world.apply(r);
    }
    m_cursor = p;
}

namespace
{

std::uint64_t distance(std::uint64_t a, std::uint64_t b) { return a < b ? b - a : a - b; }

} // namespace

/// REQUIRES: the cursor stands between records.
void History::toEvent(std::uint64_t event)
{
    const auto& table = m_snapshot.checkpoints;
    std::uint64_t best = distance(event, m_cursor.event);
    const Checkpoint* from = nullptr;
    if (table && !table->empty()) {
        // Taking a checkpoint costs a copy of its world: about a record's apply for every four items.
        auto above = std::upper_bound(table->begin(), table->end(), event,
                                      [](std::uint64_t e, const auto& c) { return e < c->event; });
        for (auto it = above == table->begin() ? above : above - 1; it != table->end() && it <= above; ++it) {
            if ((*it)->event > m_snapshot.log.size()) continue;
            const std::uint64_t cost = distance(event, (*it)->event) + (*it)->world.itemCount() / 4 + 1000;
            if (cost < best) {
                best = cost;
                from = it->get();
            }
        }
    }
    if (from != nullptr) {
        m_world = from->world;
        m_world.unpass(from->open);
        m_cursor = {from->event, 0, 0};
    }
    const LogView& log = m_snapshot.log;
    std::uint64_t e = m_cursor.event;
    for (; e < event; ++e) m_world.apply(log[e]);
    for (; e > event; --e) m_world.unapply(log[e - 1]);
    m_cursor = {event, 0, 0};
}

const Record* History::recordBefore(Position p) const
{
    p = clamp(p);
    if (p.tick != 0 || p.event == 0) return nullptr;
    return &m_snapshot.log[p.line != 0 ? p.event : p.event - 1];
}

LineList History::linesAt(std::uint64_t event)
{
    const LogView& log = m_snapshot.log;
    return linesOf(log[event], at({event, 0, 0}), event == 0 ? nullptr : &log[event - 1], &m_inputs->daemon);
}

std::optional<History::LineThere> History::lineAt(Position p)
{
    p = clamp(p);
    if (p.tick != 0) {
        return LineThere{lineOfRun(runAt(p.event)->site, m_world.kernel().isThere()), 0, 1};
    }
    if (p == start()) return std::nullopt;
    const std::uint64_t event = p.line != 0 ? p.event : p.event - 1;
    const LineList lines = linesAt(event);
    at(p);
    const std::uint32_t index = p.line != 0 ? std::min(p.line, lines.count) - 1 : lines.count - 1;
    return LineThere{lines.line[index], index, lines.count};
}

std::uint64_t History::ticksAt(Position p) const
{
    p = clamp(p);
    if (p == m_cursor) return m_world.clock().ticks;
    const LogView& log = m_snapshot.log;
    std::uint64_t ticks = 0;
    const std::uint64_t chunk = p.event == 0 ? 0 : (p.event - 1) >> Chunk::bits;
    if (log.size() != 0) ticks = log.chunkStartTicks(chunk);
    for (std::uint64_t e = chunk << Chunk::bits; e < p.event; ++e) ticks += ticksOf(log[e]);
    if (p.tick != 0 && runAt(p.event)->site != Site::RunTimers) ticks += p.tick;
    if (p.line != 0) {
        const Record& r = log[p.event];
        if (r.kind == Kind::ClockSet && r.site != Site::SubTick) ticks += r.ticks();
    }
    return ticks;
}

Position History::lastOfTick(std::uint64_t ticks) { return lastOf(ticks, ~0ull); }

Position History::lastOf(std::uint64_t ticks, std::uint64_t offset) const
{
    const LogView& log = m_snapshot.log;
    std::size_t low = 0, high = log.chunkCount();
    while (low + 1 < high) {
        const std::size_t middle = (low + high) / 2;
        if (log.chunkStartTicks(middle) <= ticks) low = middle;
        else high = middle;
    }
    std::uint64_t now = log.size() == 0 ? 0 : log.chunkStartTicks(low);
    for (std::uint64_t e = static_cast<std::uint64_t>(low) << Chunk::bits; e < log.size(); ++e) {
        const Record& r = log[e];
        const bool resets = r.kind == Kind::ClockSet && r.site == Site::SubTick;
        // A wheel's clock leaves the tick with an offset of 0; that of tgtd's recordings comes to it with one.
        const bool isPast = r.value > offset || (r.value == 0 && !m_world.geometry().isDaemon);
        if (resets && now == ticks && isPast) return {e, 0, 0};
        const std::uint64_t by = ticksOf(r);
        // A machine of CPUs says the time itself; within the tick a later one is past.
        if (r.kind == Kind::ClockSet && r.site == Site::TimePasses && by == 0 && now == ticks && offset != ~0ull &&
            r.value > static_cast<std::uint64_t>(m_inputs->machine.hz.tickInstant(ticks)) + offset)
            return {e, 0, 0};
        if (now + by > ticks) return {e, r.kind == Kind::Passed ? ticks - now : 0, 0};
        now += by;
    }
    if (m_snapshot.open.site != Site::RunTimers && ticks - now < m_snapshot.open.count) return {log.size(), ticks - now, 0};
    return end();
}

Position History::resolve(const PositionSpec& spec)
{
    switch (spec.kind) {
    case PositionSpec::Kind::Start: return start();
    case PositionSpec::Kind::End: return end();
    case PositionSpec::Kind::Event: return clamp({spec.value, 0, 0});
    case PositionSpec::Kind::AtJiffies: {
        const Word word = m_inputs->machine.word;
        return lastOfTick(word.distance(word.reduce(spec.value), word.reduce(m_inputs->machine.jiffies)));
    }
    case PositionSpec::Kind::Time: {
        const auto t = static_cast<Nanoseconds>(spec.value);
        const std::uint64_t ticks = m_inputs->machine.hz.ticksUntil(t);
        return lastOf(ticks, static_cast<std::uint64_t>(t - m_inputs->machine.hz.tickInstant(ticks)));
    }
    }
    return start();
}

} // namespace jiffy::core
