// SPDX-License-Identifier: GPL-3.0-or-later
// Where in a log a timer is spoken of, without reading the whole log: an insight that only ever extends.
//
// The log is cut into blocks of 4,096 records. Of each block a small set of bits says which items may occur
// in it (a Bloom filter: it may say yes for one that does not, never no for one that does), and the ticks
// before its first record are kept. Finding all records of one timer among ten million looks at some thousand
// blocks and reads a few dozen of them. Costs 3 % of the log's memory and about 2 ns a record. One thread at
// a time.
#pragma once

#include "core/event/log.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>

namespace jiffy::core
{

class ItemIndex
{
  public:
    static constexpr int blockBits = 12;
    static constexpr std::uint64_t blockSize = 1ull << blockBits;

    /// Takes the records that are new since the last call. REQUIRES: log is a longer prefix of the same log.
    void extend(const LogView& log);
    /// Records taken so far; what follows is not found.
    std::uint64_t eventsSeen() const { return m_events; }
    /// Ticks since the start after the last record taken.
    std::uint64_t ticksSeen() const { return m_ticks; }
    /// Ticks since the start before a record. O(block). REQUIRES: event <= eventsSeen().
    std::uint64_t ticksBefore(const LogView& log, std::uint64_t event) const;

    /// Calls f(event, ticks, record) for the records about `item` in [from, to), in order; ticks since the
    /// start.
    template <class F>
    void visit(const LogView& log, TimerId item, std::uint64_t from, std::uint64_t to, F f) const
    {
        to = std::min(to, m_events);
        for (std::uint64_t b = from >> blockBits; b << blockBits < to; ++b)
            if (mayHold(b, item)) visitBlock(log, b, item, from, to, f);
    }
    /// The same block by block from the last one back, in order within a block, until f's block is done and
    /// `enough()` says so. f is called as by visit().
    template <class F, class Enough, class Block>
    void visitBack(const LogView& log, TimerId item, std::uint64_t to, F f, Block blockDone,
                   Enough enough) const
    {
        to = std::min(to, m_events);
        for (std::uint64_t b = (to + blockSize - 1) >> blockBits; b > 0 && !enough(); --b) {
            if (!mayHold(b - 1, item)) continue;
            visitBlock(log, b - 1, item, 0, to, f);
            blockDone();
        }
    }

  private:
    struct Block
    {
        static constexpr int filterBits = 15;
        std::uint64_t startTicks = 0;
        std::array<std::uint64_t, (1u << filterBits) / 64> bits{};
    };
    /// Two bits of the filter.
    struct Probe
    {
        std::uint32_t a, b;
        explicit Probe(TimerId item)
        {
            const std::uint64_t h = (item.value + 1ull) * 0x9E37'79B9'7F4A'7C15ull;
            a = static_cast<std::uint32_t>(h >> (64 - Block::filterBits));
            b = static_cast<std::uint32_t>(h >> (64 - 2 * Block::filterBits)) &
                ((1u << Block::filterBits) - 1);
        }
    };
    bool mayHold(std::uint64_t block, TimerId item) const
    {
        const auto& bits = m_blocks[block].bits;
        const Probe p(item);
        return (bits[p.a >> 6] >> (p.a & 63) & bits[p.b >> 6] >> (p.b & 63) & 1) != 0;
    }
    template <class F>
    void visitBlock(const LogView& log, std::uint64_t block, TimerId item, std::uint64_t from,
                    std::uint64_t to, F& f) const
    {
        std::uint64_t ticks = m_blocks[block].startTicks;
        const std::uint64_t end = std::min(to, (block + 1) << blockBits);
        // Blocks do not cross chunks: the records lie in one piece.
        const std::uint64_t first = block << blockBits;
        const Record* r = &log[first];
        for (std::uint64_t e = first; e < end; ++e, ++r) {
            if (r->item == item) {
                if (e >= from) f(e, ticks, *r);
            } else {
                ticks += ticksOf(*r);
            }
        }
    }

    std::deque<Block> m_blocks;
    std::uint64_t m_events = 0;
    std::uint64_t m_ticks = 0;
};
static_assert(ItemIndex::blockSize <= Chunk::capacity);

} // namespace jiffy::core
