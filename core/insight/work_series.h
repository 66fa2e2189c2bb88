// SPDX-License-Identifier: GPL-3.0-or-later
// Work tick by tick, at any magnification: what handlers, cascades and comparisons each tick took, and above
// that coarser and coarser buckets that name the worst tick inside each. What a picture needs for a stretch
// of time costs about as much as the picture is wide. Ticks without work take no memory. An insight over the
// whole log that only ever extends; one thread at a time. REQUIRES everywhere: the log is not tgtd's.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace jiffy::core
{

/// A tick in which something was done, on all CPUs.
struct WorkTick
{
    std::uint64_t tick = 0;               ///< since the start
    std::uint64_t event = 0;              ///< the first record of its work; else of its comparisons
    std::uint64_t comparisonsOutside = 0; ///< when timers were filed from outside, and not by a handler
    std::uint64_t comparisonsInside = 0;  ///< by handlers, within the tick
    std::int64_t latest = 0;              ///< jiffies that its latest handler was late; early if negative
    std::uint32_t handlers = 0;
    std::uint32_t moves = 0;
    bool operator==(const WorkTick&) const = default;
    std::uint64_t work() const { return std::uint64_t{handlers} + moves; }
};

class WorkSeries
{
  public:
    static constexpr int levelBits = 2; ///< a bucket is 4 of the next finer level
    static constexpr int levels = 19;   ///< the coarsest bucket is 4^18 ticks wide

    explicit WorkSeries(const MachineConfig& machine);

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);
    std::uint64_t eventsSeen() const { return m_events; }
    /// Ticks since the start after the last record seen.
    std::uint64_t ticks() const { return m_ticks; }

    /// Those in which something was done, in order of time.
    const std::vector<WorkTick>& busyTicks() const { return m_busy; }
    const WorkTick* at(std::uint64_t tick) const; ///< null: nothing was done in it

    /// Handlers and moves in all.
    std::uint64_t totalWork() const { return m_work; }
    /// The tick in which the nth of them, from 0, was done; null: there are not so many. O(log).
    const WorkTick* tickOfWork(std::uint64_t nth) const;

    static constexpr std::uint64_t width(int level) { return 1ull << (levelBits * level); }
    /// The coarsest level whose buckets are at most that many ticks wide.
    static int levelFor(double ticks);

    /// Calls f(worst, outside) for the buckets of a level that touch the ticks [from, to), in order of time:
    /// the tick of each with the most work, and that with the most comparisons outside ticks.
    template <class F> void visit(int level, std::uint64_t from, std::uint64_t to, F f) const
    {
        const auto& buckets = m_levels[static_cast<std::size_t>(level)];
        const int shift = levelBits * level;
        auto it = std::lower_bound(buckets.begin(), buckets.end(), from >> shift,
                                   [](const Bucket& b, std::uint64_t n) { return b.number < n; });
        for (; it != buckets.end() && it->number << shift < to; ++it)
            f(m_busy[it->worst], m_busy[it->outside]);
    }
    /// The first tick with the most work among [from, to), and that with the most comparisons outside ticks.
    /// Null where there is none. O(levels).
    const WorkTick* worstWithin(std::uint64_t from, std::uint64_t to) const;
    const WorkTick* mostOutsideWithin(std::uint64_t from, std::uint64_t to) const;
    bool operator==(const WorkSeries&) const = default;

  private:
    struct Bucket
    {
        std::uint64_t number = 0; ///< its first tick, divided by its width
        std::uint32_t worst = 0;  ///< indices into m_busy
        std::uint32_t outside = 0;
        bool operator==(const Bucket&) const = default;
    };
    WorkTick& present(std::uint64_t event);
    void raise();
    template <class Better>
    const WorkTick* bestWithin(std::uint64_t from, std::uint64_t to, Better better) const;

    Word m_word;
    Jiffies m_jiffies = 0;
    std::vector<WorkTick> m_busy;
    std::vector<std::uint64_t> m_workBefore; ///< for each of them: handlers and moves of all before it
    std::uint64_t m_work = 0;
    std::array<std::vector<Bucket>, levels> m_levels;
    std::uint64_t m_events = 0;
    std::uint64_t m_ticks = 0;
    bool m_isInSoftirq = false;
};

} // namespace jiffy::core
