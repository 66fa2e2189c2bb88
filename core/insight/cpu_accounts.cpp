// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/cpu_accounts.h"

#include <algorithm>

namespace jiffy::core
{

void CpuAccounts::count(const Geometry& geometry, const Record& r, std::vector<CpuAccount>& into)
{
    switch (r.kind) {
    case Kind::Queued: {
        auto& account = into[static_cast<std::size_t>(geometry.cpuOf(r.slot))];
        ++(r.returned() == Returned::One ? account.rearmed : account.armed);
        return;
    }
    case Kind::Unqueued:
        if (r.site == Site::DelTimer || r.site == Site::TryToDelTimerSync)
            ++into[static_cast<std::size_t>(geometry.cpuOf(r.slot))].deleted;
        return;
    case Kind::Fired:
        ++into[r.cpu].fired;
        return;
    case Kind::Moved:
        ++into[r.cpu].moved;
        return;
    default:
        return;
    }
}

void CpuAccounts::extend(const LogView& log)
{
    for (; m_events < log.size(); ++m_events) {
        if ((m_events & ((1u << blockBits) - 1)) == 0)
            m_sums.insert(m_sums.end(), m_now.begin(), m_now.end());
        count(m_geometry, log[m_events], m_now);
    }
}

CpuAccount CpuAccounts::upTo(const LogView& log, int cpu, std::uint64_t events) const
{
    events = std::min(events, m_events);
    const auto c = static_cast<std::size_t>(cpu);
    if (events == m_events) return m_now[c];
    const std::uint64_t block = events >> blockBits;
    std::vector<CpuAccount> sums(m_now.size());
    sums[c] = m_sums[block * m_now.size() + c];
    for (std::uint64_t e = block << blockBits; e < events; ++e)
        count(m_geometry, log[e], sums);
    return sums[c];
}

} // namespace jiffy::core
