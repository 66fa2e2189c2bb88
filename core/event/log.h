// SPDX-License-Identifier: GPL-3.0-or-later
// The append-only log: chunks of records that never move and never shrink, and views of its prefixes.
//
// One writer appends. A LogView is one reference count and a size: records below its size are immutable, so a view may
// be read on any thread once it was handed over with the usual synchronisation (run/mailbox.h). A fork never edits
// a log: Log::continuing() starts a new one that shares the whole chunks of a prefix.
#pragma once

#include "core/event/event.h"

#include <memory>
#include <vector>

namespace jiffy::core
{

/// 65,536 records, 2 MiB, and what a search needs to know without reading them.
struct Chunk
{
    static constexpr int bits = 16;
    static constexpr std::uint64_t capacity = 1ull << bits;

    Chunk();
    ~Chunk();
    Chunk(const Chunk&) = delete;
    Chunk& operator=(const Chunk&) = delete;

    Record* records = nullptr;      ///< capacity of them, uninitialised behind the log's end
    std::uint64_t startTicks = 0;   ///< ticks since the start of the run, before the first record
};

using ChunkTable = std::vector<std::shared_ptr<Chunk>>;

/// A prefix of a log. Copying costs one reference count.
class LogView
{
  public:
    LogView() = default;
    LogView(std::shared_ptr<const ChunkTable> table, std::uint64_t size) : m_table(std::move(table)), m_size(size) {}

    std::uint64_t size() const { return m_size; }
    const Record& operator[](std::uint64_t i) const { return (*m_table)[i >> Chunk::bits]->records[i & (Chunk::capacity - 1)]; }
    const Record& operator[](EventIndex i) const { return (*this)[i.value]; }
    std::size_t chunkCount() const { return static_cast<std::size_t>((m_size + Chunk::capacity - 1) >> Chunk::bits); }
    /// Ticks since the start of the run before record chunk * Chunk::capacity.
    std::uint64_t chunkStartTicks(std::size_t chunk) const { return (*m_table)[chunk]->startTicks; }
    const std::shared_ptr<Chunk>& chunk(std::size_t c) const { return (*m_table)[c]; }
    LogView prefix(std::uint64_t size) const { return LogView(m_table, size < m_size ? size : m_size); }

  private:
    std::shared_ptr<const ChunkTable> m_table;
    std::uint64_t m_size = 0;
};

class Log
{
  public:
    Log();
    /// A new log that begins with the records of `prefix`; whole chunks are shared, the last one is copied.
    static Log continuing(const LogView& prefix);

    std::uint64_t size() const { return m_size; }
    LogView view() const { return LogView(m_table, m_size); }

    void append(const Record& r)
    {
        if (m_next == m_end) [[unlikely]] roll();
        *m_next++ = r;
        ++m_size;
        m_ticks += ticksOf(r);
    }
    std::uint64_t ticks() const { return m_ticks; } ///< since the start, after the last record

  private:
    void roll();
    std::shared_ptr<const ChunkTable> m_table;
    Record* m_next = nullptr;
    Record* m_end = nullptr;
    std::uint64_t m_size = 0;
    std::uint64_t m_ticks = 0;
};

} // namespace jiffy::core
