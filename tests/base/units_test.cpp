// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

TEST(Word, ComparesAcrossTheWrap)
{
    const Word w(32);
    EXPECT_TRUE(w.isBefore(0xFFFFFFF0u, 0x10));
    EXPECT_TRUE(w.isAfter(0x10, 0xFFFFFFF0u));
    EXPECT_EQ(w.add(0xFFFFFFFFu, 1), 0u);
    EXPECT_EQ(w.signedDistance(0x10, 0xFFFFFFF0u), 32);
    EXPECT_TRUE(Word(64).isAfter(0x1'0000'0010u, 0xFFFFFFF0u));
}

TEST(Hz, TickInstantsAreFlooredAndInvertible)
{
    EXPECT_EQ(Hz{300}.tickInstant(1), 3'333'333);
    EXPECT_EQ(Hz{300}.tickInstant(3), 10'000'000);
    for (const std::uint32_t hz : {100u, 250u, 300u, 1000u}) {
        for (std::uint64_t k = 0; k < 2000; ++k) {
            const auto t = Hz{hz}.tickInstant(k);
            EXPECT_EQ(Hz{hz}.ticksUntil(t), k);
            if (t > 0) {
                EXPECT_EQ(Hz{hz}.ticksUntil(t - 1), k - 1);
            }
        }
    }
}
