// SPDX-License-Identifier: GPL-3.0-or-later
// Many measured values as a few numbers: smallest, middle, worst, how many in which range. In whole numbers
// throughout, so that the same values give the same answer everywhere. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jiffy::core
{

/// What a set of values comes to; all 0 where there is none.
struct Statistics
{
    std::uint64_t count = 0;
    std::uint64_t early = 0; ///< values below 0
    std::int64_t min = 0, max = 0;
    std::int64_t median = 0; ///< the smallest value that half of them do not exceed
    std::int64_t p95 = 0;    ///< the smallest value that 95 of 100 do not exceed
    std::int64_t sum = 0;
    bool operator==(const Statistics&) const = default;
    std::int64_t mean() const { return count == 0 ? 0 : sum / static_cast<std::int64_t>(count); }
};
Statistics statisticsOf(std::vector<std::int64_t> values);

/// Buckets of equal width, side by side: bucket k holds the values in [from + k * width, from + (k + 1) *
/// width).
struct Buckets
{
    std::int64_t from = 0, width = 1;
    std::vector<std::uint64_t> counts;
    bool operator==(const Buckets&) const = default;
    std::uint64_t largest() const;
};

/// A range of buckets that holds all values from min to max: at most `most` of them, of a width of 1, 2 or 5
/// times a power of ten that is at least `finest`, beginning at a multiple of the width. Counts are 0.
/// REQUIRES: most >= 2.
Buckets bucketsFor(std::int64_t min, std::int64_t max, std::size_t most, std::int64_t finest = 1);

/// The same buckets with the values counted; those outside are left out.
Buckets counted(Buckets buckets, const std::vector<std::int64_t>& values);

} // namespace jiffy::core
