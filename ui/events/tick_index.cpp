// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/tick_index.h"

namespace jiffy::ui
{

std::uint64_t TickIndex::ticksAfter(const core::LogView& log, std::uint64_t event)
{
    const auto chunk = static_cast<std::size_t>(event >> core::Chunk::bits);
    const auto base = static_cast<std::uint64_t>(chunk) << core::Chunk::bits;
    const auto within = event - base;
    if (chunk >= m_chunks.size()) m_chunks.resize(chunk + 1);
    auto& samples = m_chunks[chunk];
    if (samples.empty()) samples.push_back(log.chunkStartTicks(chunk));
    while (samples.size() <= within / stride) {
        auto ticks = samples.back();
        const auto from = base + (samples.size() - 1) * stride;
        for (auto i = from; i < from + stride; ++i) ticks += core::ticksOf(log[i]);
        samples.push_back(ticks);
    }
    auto ticks = samples[within / stride];
    for (auto i = base + within / stride * stride; i <= event; ++i) ticks += core::ticksOf(log[i]);
    return ticks;
}

} // namespace jiffy::ui
