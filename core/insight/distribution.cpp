// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/distribution.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// Rounded down, below 0 too.
std::int64_t floorDivided(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

/// The value that `percent` of 100 do not exceed: the nearest rank. Reorders the values.
std::int64_t rank(std::vector<std::int64_t>& values, std::uint64_t percent)
{
    const std::uint64_t n = values.size();
    const std::uint64_t place = (n * percent + 99) / 100;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(place == 0 ? 0 : place - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

Statistics statisticsOf(std::vector<std::int64_t> values)
{
    Statistics s;
    if (values.empty()) return s;
    s.count = values.size();
    s.min = s.max = values.front();
    for (const std::int64_t v : values) {
        s.min = std::min(s.min, v);
        s.max = std::max(s.max, v);
        s.sum += v;
        if (v < 0) ++s.early;
    }
    s.median = rank(values, 50);
    s.p95 = rank(values, 95);
    return s;
}

std::uint64_t Buckets::largest() const
{
    return counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
}

Buckets bucketsFor(std::int64_t min, std::int64_t max, std::size_t most, std::int64_t finest)
{
    Buckets b;
    const auto room = static_cast<std::int64_t>(most);
    for (std::int64_t power = 1; b.counts.empty(); power *= 10) {
        for (const std::int64_t digit : {1, 2, 5}) {
            b.width = digit * power;
            if (b.width < finest) continue;
            const std::int64_t first = floorDivided(min, b.width);
            const std::int64_t count = floorDivided(max, b.width) - first + 1;
            // Beyond these nothing can be ten times as wide.
            if (count > room && b.width <= 1'000'000'000'000'000'000) continue;
            b.from = first * b.width;
            b.counts.assign(static_cast<std::size_t>(std::min(count, room)), 0);
            break;
        }
    }
    return b;
}

Buckets counted(Buckets buckets, const std::vector<std::int64_t>& values)
{
    const auto size = static_cast<std::int64_t>(buckets.counts.size());
    for (const std::int64_t v : values) {
        const std::int64_t k = floorDivided(v - buckets.from, buckets.width);
        if (k >= 0 && k < size) ++buckets.counts[static_cast<std::size_t>(k)];
    }
    return buckets;
}

} // namespace jiffy::core
