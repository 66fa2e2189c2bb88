// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/log.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <sys/mman.h>

namespace jiffy::core
{

Chunk::Chunk()
{
    // Aligned to its own size, so that the kernel can back it with one huge page.
    const std::size_t bytes = capacity * sizeof(Record);
    records = static_cast<Record*>(std::aligned_alloc(bytes, bytes));
    if (records == nullptr) throw std::bad_alloc();
}

Chunk::~Chunk() { std::free(records); }

Log::Log() : m_table(std::make_shared<const ChunkTable>()) {}

void Log::roll()
{
    auto chunk = std::make_shared<Chunk>();
    chunk->startTicks = m_ticks;
    // A long log is worth huge pages; a short one should take only the pages that it touches.
    if (!m_table->empty()) ::madvise(chunk->records, Chunk::capacity * sizeof(Record), MADV_HUGEPAGE);
    auto table = std::make_shared<ChunkTable>(*m_table);
    m_next = chunk->records;
    m_end = m_next + Chunk::capacity;
    table->push_back(std::move(chunk));
    m_table = std::move(table);
}

Log Log::continuing(const LogView& prefix)
{
    Log log;
    const std::uint64_t whole = prefix.size() >> Chunk::bits;
    auto table = std::make_shared<ChunkTable>();
    for (std::uint64_t c = 0; c < whole; ++c) table->push_back(prefix.chunk(c));
    log.m_table = std::move(table);
    log.m_size = whole << Chunk::bits;
    log.m_ticks = prefix.chunkCount() > whole ? prefix.chunkStartTicks(whole) : 0;
    if (whole > 0 && prefix.chunkCount() == whole) {
        log.m_ticks = prefix.chunkStartTicks(whole - 1);
        for (std::uint64_t i = log.m_size - Chunk::capacity; i < log.m_size; ++i) log.m_ticks += ticksOf(prefix[i]);
    }
    for (std::uint64_t i = log.m_size; i < prefix.size(); ++i) log.append(prefix[i]);
    return log;
}

} // namespace jiffy::core
