// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/trace_clock.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

constexpr std::int64_t mostJump = 1000;           ///< jiffies; more than that, besides what time allows, is a damaged value
constexpr std::uint64_t fastest = 10'000;         ///< ns a jiffy
constexpr std::int64_t mostAhead = 250'000'000;   ///< ns
constexpr std::uint64_t window = 50'000'000;      ///< ns: of the edges within, one is kept
constexpr std::int64_t driftShare = 5000;         ///< 200 ppm

} // namespace

void TraceClock::add(const TraceEvent& event)
{
    using What = TraceEvent::What;
    if ((event.what != What::Start && event.what != What::ExpireEntry) || event.isNameless) return;
    if (event.isCounter) m_isCounter = true;
    if (m_edges.empty()) {
        m_first = m_lastTime = event.time;
        m_firstJiffies = m_last = event.now;
        m_edges.push_back({event.time, 0});
        return;
    }
    // The low 32 bits carry the step between neighbours whatever the word is.
    const auto step = static_cast<std::int32_t>(static_cast<std::uint32_t>(event.now) - static_cast<std::uint32_t>(m_last));
    const auto passed = event.time > m_lastTime ? event.time - m_lastTime : 0;
    if (step < -mostJump || step > mostJump + static_cast<std::int64_t>(passed / fastest)) return;
    m_last = event.now;
    m_lastTime = std::max(m_lastTime, event.time);
    m_jiffies += step;
    if (m_jiffies > m_edges.back().jiffies && event.time >= m_edges.back().time) m_edges.push_back({event.time, m_jiffies});
}

void TraceClock::settle(Hz hz, Word word, Jiffies jiffies)
{
    if (isEmpty()) return;
    // What the replay calls tick 0 may be another event's jiffies.
    const auto shift = word.signedDistance(word.reduce(m_firstJiffies), jiffies);
    const auto instantOf = [&](std::int64_t tick) {
        return tick >= 0 ? hz.tickInstant(static_cast<std::uint64_t>(tick)) : -hz.tickInstant(static_cast<std::uint64_t>(-tick));
    };
    std::vector<Edge> kept;
    std::int64_t last = instantOf(m_edges.front().jiffies + shift);
    std::uint64_t lastTime = m_first;
    for (const Edge& e : m_edges) {
        const auto at = instantOf(e.jiffies + shift);
        if (at - last > static_cast<std::int64_t>(e.time - lastTime) + mostAhead) continue;
        last = at;
        lastTime = e.time;
        const Edge knot{e.time, static_cast<std::int64_t>(e.time - m_first) - at};
        const bool isSameWindow = !kept.empty() && e.time / window == kept.back().time / window;
        if (!isSameWindow) kept.push_back(knot);
        else if (knot.jiffies < kept.back().jiffies) kept.back() = knot;
    }
    const auto drift = [&](std::size_t a, std::size_t b) { return static_cast<std::int64_t>(kept[b].time - kept[a].time) / driftShare; };
    for (std::size_t i = 1; i < kept.size(); ++i) kept[i].jiffies = std::min(kept[i].jiffies, kept[i - 1].jiffies + drift(i - 1, i));
    for (std::size_t i = kept.size() - 1; i-- > 0;) kept[i].jiffies = std::min(kept[i].jiffies, kept[i + 1].jiffies + drift(i, i + 1));
    m_edges = std::move(kept);
}

std::int64_t TraceClock::instant(std::uint64_t time) const
{
    const auto since = static_cast<std::int64_t>(time - m_first);
    const auto behind = std::partition_point(m_edges.begin(), m_edges.end(), [&](const Edge& e) { return e.time <= time; });
    if (behind == m_edges.begin()) return since - behind->jiffies;
    const Edge& before = *std::prev(behind);
    if (behind == m_edges.end()) return since - before.jiffies;
    // Between two knots in a straight line. They lie no more than a drift apart, so that the product fits.
    constexpr std::int64_t anHour = 3'600'000'000'000;
    const auto whole = static_cast<std::int64_t>(behind->time - before.time), part = static_cast<std::int64_t>(time - before.time);
    const auto unit = whole <= anHour ? 1'000 : 1'000'000;
    return since - before.jiffies - (behind->jiffies - before.jiffies) * (part / unit) / std::max<std::int64_t>(1, whole / unit);
}

} // namespace jiffy::core
