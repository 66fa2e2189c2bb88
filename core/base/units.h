// SPDX-License-Identifier: GPL-3.0-or-later
// Units: jiffies in a 32- or 64-bit word, HZ, virtual nanoseconds.
//
// A jiffies value is always stored reduced to its word, in 64 bits. "Before" and "after" mean the sign of the
// difference taken as a signed word, as time_after() and time_before(), include/linux/jiffies.h, 3.9.
#pragma once

#include <compare>
#include <cstdint>

namespace jiffy::core
{

using Jiffies = std::uint64_t;    ///< reduced to the word of the run
using Nanoseconds = std::int64_t; ///< virtual time since the start of the run

/// The machine word in which jiffies, expiries and wheel positions wrap: 32 or 64 bits.
class Word
{
  public:
    constexpr Word() = default;
    /// REQUIRES: bits is 32 or 64.
    constexpr explicit Word(int bits) : m_mask(~0ull >> (64 - bits)), m_sign(1ull << (bits - 1)) {}

    constexpr int bits() const { return m_mask == ~0ull ? 64 : 32; }
    constexpr Jiffies reduce(std::uint64_t v) const { return v & m_mask; }
    constexpr Jiffies add(Jiffies a, std::uint64_t b) const { return reduce(a + b); }
    /// a - b as an unsigned word.
    constexpr std::uint64_t distance(Jiffies a, Jiffies b) const { return reduce(a - b); }
    /// a - b as a signed word.
    constexpr std::int64_t signedDistance(Jiffies a, Jiffies b) const
    {
        // Flipping the sign bit and subtracting it again extends it.
        return static_cast<std::int64_t>((reduce(a - b) ^ m_sign) - m_sign);
    }
    constexpr bool isBefore(Jiffies a, Jiffies b) const { return ((a - b) & m_sign) != 0; }
    constexpr bool isAfter(Jiffies a, Jiffies b) const { return isBefore(b, a); }
    constexpr bool isAfterOrEqual(Jiffies a, Jiffies b) const { return !isBefore(a, b); }
    constexpr bool operator==(const Word&) const = default;

  private:
    std::uint64_t m_mask = ~0ull;
    std::uint64_t m_sign = 1ull << 63;
};

/// Ticks a second.
struct Hz
{
    std::uint32_t value = 250;
    constexpr auto operator<=>(const Hz&) const = default;

    /// Instant of tick k after the start: floor(k * 10^9 / HZ). REQUIRES: k below 2^63 / 10^9 * HZ
    /// (about 9.2e9 s).
    constexpr Nanoseconds tickInstant(std::uint64_t k) const
    {
        // k / HZ whole seconds and the rest apart, so that the product stays within 64 bits.
        return static_cast<Nanoseconds>(k / value * 1'000'000'000u + k % value * 1'000'000'000u / value);
    }
    /// Number of ticks at or before the instant: the largest k with tickInstant(k) <= t. REQUIRES: t >= 0.
    constexpr std::uint64_t ticksUntil(Nanoseconds t) const
    {
        const auto u = static_cast<std::uint64_t>(t);
        const auto rest = u % 1'000'000'000u;
        // Smallest k with k*1e9 >= (rest)*HZ ... floor(k*1e9/HZ) <= rest  <=>  k*1e9 < (rest+1)*HZ.
        return u / 1'000'000'000u * value + ((rest + 1) * value - 1) / 1'000'000'000u;
    }
};

} // namespace jiffy::core
