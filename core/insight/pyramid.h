// SPDX-License-Identifier: GPL-3.0-or-later
// How busy each CPU was, at any magnification: an insight over the whole log that only ever extends.
//
// For every tick and CPU in which something happened it keeps how many timers fired and how many a cascade moved, and
// above that coarser and coarser buckets with the busiest tick inside each. So what a picture needs for a stretch of
// time costs about as much as the picture is wide, however long the log. Empty ticks take no memory.
#pragma once

#include "core/event/log.h"
#include "core/world/geometry.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace jiffy::core
{

/// One bucket that is not empty.
struct BusyBucket
{
    std::uint64_t number = 0;  ///< the bucket's first tick, divided by the bucket's width
    std::uint32_t fires = 0;   ///< timers called in its busiest tick
    std::uint32_t moves = 0;   ///< timers moved by cascades in the tick that moved most; of a sorted list: expiries compared
    std::uint32_t cascades = 0;///< bit n set: a slot of level n was taken apart in it (level 1 is tv2); 6.1: it was due
    bool operator==(const BusyBucket&) const = default;
};

/// Ticks [from, to): jiffies that were moved over them by hand, without a timer interrupt.
struct SkippedTicks
{
    std::uint64_t from = 0, to = 0;
    bool operator==(const SkippedTicks&) const = default;
};

class CountPyramid
{
  public:
    static constexpr int levelBits = 2; ///< a bucket is 4 of the next finer level
    static constexpr int levels = 19;   ///< the coarsest bucket is 4^18 ticks wide

    CountPyramid() = default;
    explicit CountPyramid(const Geometry& geometry);

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);
    std::uint64_t eventsSeen() const { return m_events; }
    /// Ticks since the start after the last record seen.
    std::uint64_t ticks() const { return m_ticks; }
    int cpus() const { return static_cast<int>(m_cpus.size()); }

    /// The ticks of a CPU in which something happened, in order of time.
    const std::vector<BusyBucket>& busyTicks(int cpu) const { return m_cpus[static_cast<std::size_t>(cpu)][0]; }

    static constexpr std::uint64_t width(int level) { return 1ull << (levelBits * level); }
    /// The coarsest level whose buckets are at most that many ticks wide.
    static int levelFor(double ticks);

    /// Calls f(bucket) for the buckets of a level that touch the ticks [from, to), in order of time.
    template <class F> void visit(int cpu, int level, std::uint64_t from, std::uint64_t to, F f) const
    {
        const auto& buckets = m_cpus[static_cast<std::size_t>(cpu)][static_cast<std::size_t>(level)];
        const int shift = levelBits * level;
        auto it = std::lower_bound(buckets.begin(), buckets.end(), from >> shift,
                                   [](const BusyBucket& b, std::uint64_t n) { return b.number < n; });
        for (; it != buckets.end() && it->number << shift < to; ++it) f(*it);
    }
    /// The bucket of one tick; null when nothing was found in it.
    const BusyBucket* busyAt(int cpu, std::uint64_t tick) const;
    /// The first busy tick after, and the last one before, a tick; none at the ends.
    std::optional<std::uint64_t> nextBusy(int cpu, std::uint64_t tick) const;
    std::optional<std::uint64_t> previousBusy(int cpu, std::uint64_t tick) const;
    /// Ticks in which a call woke this CPU, in order; each once.
    const std::vector<std::uint64_t>& wakes(int cpu) const { return m_wakes[static_cast<std::size_t>(cpu)]; }
    const Geometry& geometry() const { return m_geometry; }
    /// In order of time; only inputs by hand have any.
    const std::vector<SkippedTicks>& skipped() const { return m_skipped; }
    bool operator==(const CountPyramid&) const = default;

  private:
    using CpuLevels = std::array<std::vector<BusyBucket>, levels>;
    void raise(int cpu, const BusyBucket& tick);
    bool takesApart(const Record& r) const;

    Geometry m_geometry;
    std::vector<CpuLevels> m_cpus;
    std::vector<std::vector<std::uint64_t>> m_wakes;
    std::vector<SkippedTicks> m_skipped;
    std::uint64_t m_events = 0;
    std::uint64_t m_ticks = 0;
};

} // namespace jiffy::core
