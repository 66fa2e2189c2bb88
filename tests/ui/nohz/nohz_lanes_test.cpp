// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/lanes.h"

#include "tests/ui/nohz/nohz_run.h"

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

struct NohzLanesTest : testing::Test
{
    test::NohzRun run;
    NohzLane lane(int cpu, const TimeScale& scale) const { return laneOf(*run.activity, *run.accounts, cpu, run.inputs->machine.hz, scale, 500); }
};

const TimeScale wide{100, 1100, {0, 501}}, narrow{100, 300, {0, 501}};

TEST_F(NohzLanesTest, everyTickThatHappenedIsABarAndEveryOtherAMark)
{
    for (int cpu = 0; cpu < 4; ++cpu) {
        const NohzLane l = lane(cpu, wide);
        EXPECT_EQ(l.ticks.size(), run.activity->ticksWithin(cpu, 1, 501)) << cpu;
        EXPECT_EQ(l.missed.size(), run.activity->ticksSaved(cpu, 1, 501)) << cpu;
        EXPECT_TRUE(l.stretches.empty());
    }
    EXPECT_EQ(lane(0, wide).ticks.size(), 500u);
    EXPECT_EQ(lane(2, wide).missed.size(), 499u);
    EXPECT_EQ(lane(3, wide).ticks.size(), 4u);
}

TEST_F(NohzLanesTest, wakingsStandWhereTheyWere)
{
    const NohzLane l = lane(3, wide);
    ASSERT_EQ(l.bars.size(), 4u);
    const std::uint64_t at[] = {60, 190, 192, 400};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(l.bars[i].tick, at[i]);
        EXPECT_DOUBLE_EQ(l.bars[i].x, wide.xOf(static_cast<double>(at[i])));
        EXPECT_EQ(run.history->log()[l.bars[i].event].site, core::Site::TickInterrupt);
    }
    EXPECT_EQ(l.bars[1].saved, 129u);
    EXPECT_TRUE(lane(0, wide).bars.empty()) << "ordinary ticks";
    ASSERT_EQ(lane(2, wide).circles.size(), 1u);
    EXPECT_EQ(lane(2, wide).circles[0].tick, 100u);
    EXPECT_TRUE(lane(3, wide).circles.empty());
}

TEST_F(NohzLanesTest, ticksThatSharePixelsAreCountedTogether)
{
    for (int cpu = 0; cpu < 4; ++cpu) {
        const NohzLane l = lane(cpu, narrow);
        EXPECT_TRUE(l.ticks.empty());
        ASSERT_FALSE(l.stretches.empty());
        double pixels = 0, happened = 0;
        for (const auto& s : l.stretches) {
            EXPECT_GE(s.share, 0);
            EXPECT_LE(s.share, 1);
            pixels += s.to - s.from;
            happened += (s.to - s.from) * s.share;
        }
        EXPECT_NEAR(pixels, 200, 2);
        EXPECT_NEAR(happened * 501 / 200, static_cast<double>(run.activity->ticksWithin(cpu, 1, 501)), 6) << cpu;
    }
    EXPECT_EQ(lane(0, narrow).stretches.size(), 1u) << "all the same is one";
    EXPECT_EQ(lane(3, narrow).bars.size(), 3u) << "two of them share a pixel";
}

TEST_F(NohzLanesTest, onlyWhatIsInSightIsMade)
{
    const NohzLane l = lane(0, TimeScale{100, 900, {100, 150}});
    EXPECT_EQ(l.ticks.size(), 50u);
    const NohzLane asleep = lane(2, TimeScale{100, 900, {110, 150}});
    ASSERT_EQ(asleep.voids.size(), 1u);
    EXPECT_DOUBLE_EQ(asleep.voids[0].from, 100);
    EXPECT_DOUBLE_EQ(asleep.voids[0].to, 900);
    EXPECT_TRUE(asleep.circles.empty());
}

} // namespace
} // namespace jiffy::ui
