// SPDX-License-Identifier: GPL-3.0-or-later
// The one generator of the program: splitmix64. Its state is a value, so it can be part of an input.
#pragma once

#include <cstdint>

namespace jiffy::core
{

struct Random
{
    std::uint64_t state = 0;

    constexpr std::uint64_t next()
    {
        state += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        return z ^ z >> 31;
    }
    /// Uniform in [low, high], both ends included. REQUIRES: low <= high.
    constexpr std::uint64_t between(std::uint64_t low, std::uint64_t high)
    {
        const std::uint64_t span = high - low + 1;
        return span == 0 ? next() : low + next() % span;
    }
    constexpr bool operator==(const Random&) const = default;
};

} // namespace jiffy::core
