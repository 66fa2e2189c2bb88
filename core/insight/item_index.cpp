// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/item_index.h"

namespace jiffy::core
{

void ItemIndex::extend(const LogView& log)
{
    TimerId last; // runs of records about one timer are common
    for (; m_events < log.size(); ++m_events) {
        if ((m_events & (blockSize - 1)) == 0) {
            m_blocks.emplace_back();
            m_blocks.back().startTicks = m_ticks;
            last = TimerId::none();
        }
        const Record& r = log[m_events];
        if (!r.item.isValid()) {
            m_ticks += ticksOf(r);
            continue;
        }
        if (r.item == last) continue;
        last = r.item;
        const Probe p(last);
        auto& bits = m_blocks.back().bits;
        bits[p.a >> 6] |= 1ull << (p.a & 63);
        bits[p.b >> 6] |= 1ull << (p.b & 63);
    }
}

std::uint64_t ItemIndex::ticksBefore(const LogView& log, std::uint64_t event) const
{
    if (event >= m_events) return m_ticks;
    std::uint64_t ticks = m_blocks[event >> blockBits].startTicks;
    for (std::uint64_t e = event & ~(blockSize - 1); e < event; ++e)
        ticks += ticksOf(log[e]);
    return ticks;
}

} // namespace jiffy::core
