// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/distribution.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

using namespace jiffy::core;

TEST(Distribution, OfNothingIsNothing)
{
    EXPECT_EQ(statisticsOf({}), Statistics{});
}

TEST(Distribution, NamesTheMiddleAndTheTail)
{
    std::vector<std::int64_t> values(100);
    std::iota(values.rbegin(), values.rend(), 1); // 1..100
    values[0] = -7;                               // instead of 100
    const Statistics s = statisticsOf(values);
    EXPECT_EQ(s.count, 100u);
    EXPECT_EQ(s.early, 1u);
    EXPECT_EQ(s.min, -7);
    EXPECT_EQ(s.max, 99);
    EXPECT_EQ(s.median, 49);
    EXPECT_EQ(s.p95, 94);
    EXPECT_EQ(s.sum, 99 * 100 / 2 - 7);
    EXPECT_EQ(s.mean(), 49);
}

TEST(Distribution, BucketsAreOfARoundWidth)
{
    const Buckets b = bucketsFor(-3, 96, 20);
    EXPECT_EQ(b.width, 10);
    EXPECT_EQ(b.from, -10);
    EXPECT_EQ(b.counts.size(), 11u);
    EXPECT_EQ(bucketsFor(150, 150, 20, 1000).width, 1000);
    EXPECT_EQ(bucketsFor(150, 150, 20, 1000).counts.size(), 1u);
}

RC_GTEST_PROP(Distribution, AgreesWithTheSortedValues, (std::vector<std::int32_t> raw))
{
    RC_PRE(!raw.empty());
    std::vector<std::int64_t> values(raw.begin(), raw.end());
    const Statistics s = statisticsOf(values);
    std::vector<std::int64_t> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const auto notAbove = [&](std::int64_t v) {
        return static_cast<std::uint64_t>(std::upper_bound(sorted.begin(), sorted.end(), v) - sorted.begin());
    };
    RC_ASSERT(s.min == sorted.front());
    RC_ASSERT(s.max == sorted.back());
    RC_ASSERT(notAbove(s.median) * 2 >= s.count);
    RC_ASSERT(notAbove(s.median - 1) * 2 < s.count);
    RC_ASSERT(notAbove(s.p95) * 100 >= s.count * 95);
    RC_ASSERT(notAbove(s.p95 - 1) * 100 < s.count * 95);
}

RC_GTEST_PROP(Distribution, EveryValueFallsIntoABucket, (std::vector<std::int32_t> raw))
{
    RC_PRE(!raw.empty());
    const std::size_t most = *rc::gen::inRange<std::size_t>(2, 200);
    std::vector<std::int64_t> values(raw.begin(), raw.end());
    const Statistics s = statisticsOf(values);
    const Buckets b = counted(bucketsFor(s.min, s.max, most), values);
    RC_ASSERT(b.counts.size() <= most);
    RC_ASSERT(b.from % b.width == 0);
    RC_ASSERT(std::accumulate(b.counts.begin(), b.counts.end(), std::uint64_t{0}) == s.count);
    RC_ASSERT(b.counts.front() != 0u);
    RC_ASSERT(b.counts.back() != 0u);
    RC_ASSERT(b.largest() <= s.count);
}
