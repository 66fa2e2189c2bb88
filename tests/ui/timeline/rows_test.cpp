// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/rows.h"

#include <gtest/gtest.h>

using jiffy::ui::RowStack;
using jiffy::ui::timelineRows;

TEST(TimelineRows, HoldTheDesignedPictureWithoutScrolling)
{
    // 194 high, four CPUs, three timers.
    const auto rows = timelineRows(194, 4, 3, 1);
    EXPECT_EQ(rows.lanes.maxScroll(), 0);
    EXPECT_EQ(rows.lives.maxScroll(), 0);
    EXPECT_NEAR(rows.lanes.rowHeight, 19, .1);
    EXPECT_NEAR(rows.lives.rowHeight, 18, .1);
    EXPECT_LE(rows.lives.top + rows.lives.height, 194);
}

TEST(TimelineRows, GrowWithATallPaneUpToALimit)
{
    const auto rows = timelineRows(600, 2, 3, 1);
    EXPECT_EQ(rows.lanes.rowHeight, 26);
    EXPECT_EQ(rows.lives.rowHeight, 22);
    EXPECT_EQ(timelineRows(600, 2, 3, 2).lanes.rowHeight, 52);
}

TEST(TimelineRows, ScrollWhatDoesNotFitAndKeepBothInSight)
{
    for (const double height : {110.0, 120.0, 194.0, 300.0, 900.0})
        for (const int cpus : {1, 4, 8, 64})
            for (const int lives : {0, 1, 3, 40}) {
                auto rows = timelineRows(height, cpus, lives, 1);
                SCOPED_TRACE(testing::Message() << height << ' ' << cpus << ' ' << lives);
                EXPECT_LE(rows.lives.top + rows.lives.height, height + .01);
                EXPECT_GE(rows.lanes.height, 15);
                EXPECT_LE(rows.lanes.top + rows.lanes.height, rows.lives.top + .01);
                if (lives > 0 && height >= 120) {
                    EXPECT_GE(rows.lives.height, 15);
                }
                for (auto* stack : {&rows.lanes, &rows.lives})
                    for (const int row : {0, stack->count / 2, stack->count - 1}) {
                        if (row < 0) continue;
                        stack->show(row);
                        EXPECT_GE(stack->topOf(row), stack->top - .01);
                        EXPECT_LE(stack->topOf(row) + std::min(stack->rowHeight, stack->height), stack->top + stack->height + .01);
                    }
            }
}

TEST(RowStack, FindsTheRowUnderAPlace)
{
    RowStack stack{100, 50, 20, 6, 0};
    EXPECT_EQ(stack.rowAt(99), -1);
    EXPECT_EQ(stack.rowAt(100), 0);
    EXPECT_EQ(stack.rowAt(149), 2);
    EXPECT_EQ(stack.rowAt(150), -1);
    EXPECT_EQ(stack.firstInSight(), 0);
    EXPECT_EQ(stack.endInSight(), 3);
    stack.scrollTo(1000);
    EXPECT_EQ(stack.scroll, 70);
    EXPECT_EQ(stack.rowAt(149), 5);
    EXPECT_EQ(stack.firstInSight(), 3);
    EXPECT_EQ(stack.endInSight(), 6);
    stack.show(4); // in sight already
    EXPECT_EQ(stack.scroll, 70);
    stack.show(1);
    EXPECT_EQ(stack.scroll, 20);
}

TEST(TimelineRows, ShowAsManyLivesAsFit)
{
    EXPECT_EQ(jiffy::ui::livesThatFit(194, 4, 1), 3);
    EXPECT_EQ(jiffy::ui::livesThatFit(194, 1, 1), 6);
    EXPECT_EQ(jiffy::ui::livesThatFit(194, 64, 1), 3);
    EXPECT_EQ(jiffy::ui::livesThatFit(2000, 1, 1), 12);
}
