// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/work_series.h"

namespace jiffy::core
{

WorkSeries::WorkSeries(const MachineConfig& machine)
    : m_word(machine.word), m_jiffies(machine.word.reduce(machine.jiffies))
{
}

int WorkSeries::levelFor(double ticks)
{
    int level = 0;
    while (level + 1 < levels && static_cast<double>(width(level + 1)) <= ticks)
        ++level;
    return level;
}

/// The last busy tick has grown: every bucket above it must name it where it is now the worst.
void WorkSeries::raise()
{
    const auto index = static_cast<std::uint32_t>(m_busy.size() - 1);
    const WorkTick& now = m_busy.back();
    for (int level = 0; level < levels; ++level) {
        auto& buckets = m_levels[static_cast<std::size_t>(level)];
        const std::uint64_t number = now.tick >> (levelBits * level);
        if (buckets.empty() || buckets.back().number != number) buckets.push_back({number, index, index});
        Bucket& b = buckets.back();
        if (now.work() > m_busy[b.worst].work()) b.worst = index;
        if (now.comparisonsOutside > m_busy[b.outside].comparisonsOutside) b.outside = index;
        // A tick that is not the worst of a bucket is not that of the coarser ones, which are there already.
        if (b.worst != index && b.outside != index) return;
    }
}

WorkTick& WorkSeries::present(std::uint64_t event)
{
    if (m_busy.empty() || m_busy.back().tick != m_ticks) {
        WorkTick tick;
        tick.tick = m_ticks;
        tick.event = event;
        m_busy.push_back(tick);
        m_workBefore.push_back(m_work);
    }
    return m_busy.back();
}

void WorkSeries::extend(const LogView& log)
{
    bool hasGrown = false;
    for (; m_events < log.size(); ++m_events) {
        const Record& r = log[m_events];
        switch (r.kind) {
        case Kind::Passed:
        case Kind::ClockSet:
            if (hasGrown && ticksOf(r) != 0) {
                raise();
                hasGrown = false;
            }
            m_ticks += ticksOf(r);
            m_jiffies = m_word.add(m_jiffies, ticksOf(r));
            continue;
        case Kind::Entered:
        case Kind::Left:
            if (r.site == Site::RunTimerSoftirq) m_isInSoftirq = r.kind == Kind::Entered;
            continue;
        case Kind::Counted: {
            WorkTick& tick = present(m_events);
            (m_isInSoftirq ? tick.comparisonsInside : tick.comparisonsOutside) += r.value;
            break;
        }
        case Kind::Moved:
        case Kind::Fired: {
            WorkTick& tick = present(m_events);
            if (tick.work() == 0) tick.event = m_events;
            ++m_work;
            if (r.kind == Kind::Moved) {
                ++tick.moves;
                break;
            }
            const std::int64_t late = m_word.signedDistance(m_jiffies, r.before);
            tick.latest = tick.handlers == 0 ? late : std::max(tick.latest, late);
            ++tick.handlers;
            break;
        }
        default:
            continue;
        }
        hasGrown = true;
    }
    if (hasGrown) raise();
}

const WorkTick* WorkSeries::at(std::uint64_t tick) const
{
    const auto it = std::lower_bound(m_busy.begin(), m_busy.end(), tick,
                                     [](const WorkTick& w, std::uint64_t t) { return w.tick < t; });
    return it != m_busy.end() && it->tick == tick ? &*it : nullptr;
}

const WorkTick* WorkSeries::tickOfWork(std::uint64_t nth) const
{
    if (nth >= m_work) return nullptr;
    // The last tick that begins at or before it: behind it stand ticks without work, if any, that begin
    // later.
    const auto next = std::upper_bound(m_workBefore.begin(), m_workBefore.end(), nth);
    return &m_busy[static_cast<std::size_t>(next - m_workBefore.begin()) - 1];
}

/// The stretch is covered by whole buckets, as coarse as they fit, and a few of the finest at its ends.
template <class Better>
const WorkTick* WorkSeries::bestWithin(std::uint64_t from, std::uint64_t to, Better better) const
{
    if (m_busy.empty()) return nullptr;
    to = std::min(to, m_busy.back().tick + 1);
    const WorkTick* best = nullptr;
    const auto take = [&](const WorkTick& worst, const WorkTick& outside) {
        if (const WorkTick* w = better(best, worst, outside); w != nullptr) best = w;
    };
    while (from < to) {
        int level = 0;
        while (level + 1 < levels && from % width(level + 1) == 0 && to - from >= width(level + 1))
            ++level;
        visit(level, from, from + width(level), take);
        from += width(level);
    }
    return best;
}

const WorkTick* WorkSeries::worstWithin(std::uint64_t from, std::uint64_t to) const
{
    return bestWithin(from, to,
                      [](const WorkTick* best, const WorkTick& worst, const WorkTick&) -> const WorkTick* {
                          return worst.work() > (best == nullptr ? 0 : best->work()) ? &worst : nullptr;
                      });
}

const WorkTick* WorkSeries::mostOutsideWithin(std::uint64_t from, std::uint64_t to) const
{
    return bestWithin(
        from, to, [](const WorkTick* best, const WorkTick&, const WorkTick& outside) -> const WorkTick* {
            return outside.comparisonsOutside > (best == nullptr ? 0 : best->comparisonsOutside) ? &outside
                                                                                                 : nullptr;
        });
}

} // namespace jiffy::core
