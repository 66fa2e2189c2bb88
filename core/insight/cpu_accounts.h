// SPDX-License-Identifier: GPL-3.0-or-later
// What each CPU's wheel has seen up to any event: timers armed, re-armed, deleted, fired and moved. An
// insight that only ever extends: sums at every 4,096th record, so that an answer reads one block and no
// more. One thread at a time.
#pragma once

#include "core/event/log.h"
#include "core/world/geometry.h"

#include <cstdint>
#include <vector>

namespace jiffy::core
{

/// Counted for the CPU whose wheel the timer was filed on, taken from or run by.
struct CpuAccount
{
    std::uint64_t armed = 0;   ///< filed that were not pending
    std::uint64_t rearmed = 0; ///< filed anew while pending
    std::uint64_t deleted = 0; ///< taken off by del_timer() or try_to_del_timer_sync(), before their expiry
    std::uint64_t fired = 0;   ///< called
    std::uint64_t moved = 0;   ///< by cascades
    bool operator==(const CpuAccount&) const = default;
};

class CpuAccounts
{
  public:
    CpuAccounts() = default;
    explicit CpuAccounts(const Geometry& geometry)
        : m_geometry(geometry), m_now(static_cast<std::size_t>(geometry.cpus))
    {
    }

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);
    std::uint64_t eventsSeen() const { return m_events; }

    /// What CPU `cpu` saw in the first `events` records (at most those seen). O(1 block).
    CpuAccount upTo(const LogView& log, int cpu, std::uint64_t events) const;

  private:
    static constexpr int blockBits = 12;
    static void count(const Geometry& geometry, const Record& r, std::vector<CpuAccount>& into);

    Geometry m_geometry;
    std::vector<CpuAccount> m_sums; ///< per block and CPU: before its first record
    std::vector<CpuAccount> m_now;  ///< per CPU: after the last record
    std::uint64_t m_events = 0;
};

} // namespace jiffy::core
