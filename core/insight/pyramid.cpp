// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/pyramid.h"

namespace jiffy::core
{

CountPyramid::CountPyramid(const Geometry& geometry)
    : m_geometry(geometry), m_cpus(static_cast<std::size_t>(geometry.cpus)), m_wakes(m_cpus.size())
{
}

int CountPyramid::levelFor(double ticks)
{
    int level = 0;
    while (level + 1 < levels && static_cast<double>(width(level + 1)) <= ticks) ++level;
    return level;
}

/// A tick's counts have grown to these: every bucket above it must show at least as much.
void CountPyramid::raise(int cpu, const BusyBucket& tick)
{
    auto& all = m_cpus[static_cast<std::size_t>(cpu)];
    for (int level = 1; level < levels; ++level) {
        auto& buckets = all[static_cast<std::size_t>(level)];
        const auto number = tick.number >> (levelBits * level);
        if (buckets.empty() || buckets.back().number != number) buckets.push_back({number, 0, 0, 0});
        auto& b = buckets.back();
        const auto before = b;
        b.fires = std::max(b.fires, tick.fires);
        b.moves = std::max(b.moves, tick.moves);
        b.cascades |= tick.cascades;
        if (b == before) return; // and so all above it
    }
}

/// A slot of a level above the lowest: by a cascade, or (6.1) because it is due.
bool CountPyramid::takesApart(const Record& r) const
{
    if (r.site == Site::Cascade) return true;
    return m_geometry.is(TimerAlgorithm::Wheel61) && m_geometry.place(r.slotId()).level > 0;
}

void CountPyramid::extend(const LogView& log)
{
    std::uint64_t touched = 0; // CPUs whose present tick has grown since it was raised
    const auto raiseTouched = [&] {
        for (int cpu = 0; touched != 0; ++cpu, touched >>= 1)
            if ((touched & 1) != 0) raise(cpu, m_cpus[static_cast<std::size_t>(cpu)][0].back());
    };
    for (; m_events < log.size(); ++m_events) {
        const Record& r = log[m_events];
        if (r.kind == Kind::Passed || r.kind == Kind::ClockSet) {
            const auto passed = ticksOf(r);
            if (passed == 0) continue;
            raiseTouched();
            if (r.site == Site::Advance) m_skipped.push_back({m_ticks + 1, m_ticks + passed + 1});
            m_ticks += passed;
            continue;
        }
        if (r.kind == Kind::Raised && !m_geometry.isDaemon && r.site != Site::RunLocalTimers && r.link < m_wakes.size()) {
            auto& wakes = m_wakes[r.link];
            if (wakes.empty() || wakes.back() != m_ticks) wakes.push_back(m_ticks);
            continue;
        }
        const bool fired = r.kind == Kind::Fired, moved = r.kind == Kind::Moved, compared = r.kind == Kind::Counted;
        const bool cascaded = r.kind == Kind::Spliced && takesApart(r);
        if (!fired && !moved && !cascaded && !(compared && r.value != 0)) continue;
        auto& ticks = m_cpus[r.cpu][0];
        if (ticks.empty() || ticks.back().number != m_ticks) ticks.push_back({m_ticks, 0, 0, 0});
        auto& now = ticks.back();
        now.fires += fired ? 1 : 0;
        now.moves += moved ? 1u : compared ? static_cast<std::uint32_t>(r.value) : 0u;
        if (cascaded) now.cascades |= 1u << m_geometry.place(r.slotId()).level;
        touched |= 1ull << r.cpu;
    }
    raiseTouched();
}

namespace
{

auto firstAt(const std::vector<BusyBucket>& ticks, std::uint64_t tick)
{
    return std::lower_bound(ticks.begin(), ticks.end(), tick, [](const BusyBucket& b, std::uint64_t n) { return b.number < n; });
}

} // namespace

const BusyBucket* CountPyramid::busyAt(int cpu, std::uint64_t tick) const
{
    const auto& ticks = m_cpus[static_cast<std::size_t>(cpu)][0];
    const auto it = firstAt(ticks, tick);
    return it != ticks.end() && it->number == tick ? &*it : nullptr;
}

std::optional<std::uint64_t> CountPyramid::nextBusy(int cpu, std::uint64_t tick) const
{
    const auto& ticks = m_cpus[static_cast<std::size_t>(cpu)][0];
    const auto it = firstAt(ticks, tick + 1);
    if (it == ticks.end()) return {};
    return it->number;
}

std::optional<std::uint64_t> CountPyramid::previousBusy(int cpu, std::uint64_t tick) const
{
    const auto& ticks = m_cpus[static_cast<std::size_t>(cpu)][0];
    const auto it = firstAt(ticks, tick);
    if (it == ticks.begin()) return {};
    return std::prev(it)->number;
}

} // namespace jiffy::core
