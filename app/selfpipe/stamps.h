// SPDX-License-Identifier: GPL-3.0-or-later
// What the signal's handler leaves behind: stamps in a fixed ring. The handler writes, the loop that it interrupts
// reads; both on one thread, and nothing is allocated, locked or called that a signal's handler may not.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <ctime>

namespace jiffy::selfpipe
{

/// CLOCK_MONOTONIC, ns. May be called in a signal's handler.
inline std::uint64_t monotonicNow()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(t.tv_nsec);
}

/// One SIGALRM.
struct Stamp
{
    enum class Outcome : std::uint8_t { Wrote, Skipped, Failed };
    std::uint64_t begin = 0, end = 0; ///< of the handler, CLOCK_MONOTONIC ns
    Outcome outcome = Outcome::Skipped;
    std::int32_t error = 0; ///< Failed: errno of its write()
};

class StampRing
{
  public:
    static constexpr std::uint32_t size = 1024;

    /// In the handler. Without room the stamp is counted, not kept.
    void put(const Stamp& stamp)
    {
        const std::uint32_t at = m_written.load(std::memory_order_relaxed);
        if (at - m_read.load(std::memory_order_acquire) == size) {
            m_lost.fetch_add(1, std::memory_order_relaxed);
            return;
        }
        m_stamps[at % size] = stamp;
        m_written.store(at + 1, std::memory_order_release);
    }

    /// How many were put so far; wraps.
    std::uint32_t written() const { return m_written.load(std::memory_order_acquire); }
    std::uint32_t taken() const { return m_read.load(std::memory_order_relaxed); }
    bool isEmpty() const { return written() == taken(); }
    /// REQUIRES: !isEmpty().
    const Stamp& first() const { return m_stamps[taken() % size]; }
    void take() { m_read.store(taken() + 1, std::memory_order_release); }
    std::uint32_t lost() const { return m_lost.load(std::memory_order_relaxed); }

  private:
    std::array<Stamp, size> m_stamps{};
    std::atomic<std::uint32_t> m_written{0}, m_read{0}, m_lost{0};
    static_assert(std::atomic<std::uint32_t>::is_always_lock_free);
};

} // namespace jiffy::selfpipe
