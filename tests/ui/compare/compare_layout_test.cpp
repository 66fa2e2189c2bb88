// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_layout.h"

#include <gtest/gtest.h>

using namespace jiffy::ui;

namespace
{

struct Case
{
    QSizeF size;
    double scale = 1;
    std::size_t columns = 3;
};

const Case cases[] = {{{1440, 742}, 1, 3}, {{1280, 642}, 1, 4},   {{1920, 922}, 1, 2},
                      {{1024, 610}, 1, 4}, {{1440, 742}, 1.5, 3}, {{900, 400}, 1, 2}};

} // namespace

TEST(CompareLayout, PartsStandBelowEachOtherAndWithinTheBox)
{
    for (const auto& c : cases) {
        const auto layout = compareLayout(c.size, c.scale, c.columns);
        ASSERT_EQ(layout.columns.size(), c.columns);
        double left = 0;
        for (std::size_t i = 0; i < c.columns; ++i) {
            const auto& column = layout.columns[i];
            EXPECT_NEAR(column.box.left(), left, .01);
            left = column.box.right();
            EXPECT_LE(column.title.bottom(), column.sentence.top() + .01);
            EXPECT_LE(column.sentence.bottom(), column.structure.top() + .01);
            EXPECT_LE(column.structure.bottom(), column.insertion.top() + .01);
            EXPECT_LE(column.insertion.bottom(), layout.countersTop + .01);
            EXPECT_LE(layout.countersTop, column.counters.top());
            EXPECT_LE(column.counters.bottom(), column.box.bottom() + .01);
            for (int row = 0; row < counterCount; ++row) {
                const auto bar = layout.counterBar(i, row);
                EXPECT_LE(layout.counterValueEnd(i), column.counters.right() + .01);
                if (!bar.isEmpty()) {
                    EXPECT_TRUE(layout.counterRow(i, row).contains(bar.center()));
                    EXPECT_GT(bar.left(), layout.counterValueEnd(i));
                    EXPECT_LE(bar.right(), column.box.right());
                }
            }
        }
        EXPECT_NEAR(left, c.size.width(), .01);
        if (!layout.plots.isEmpty()) {
            EXPECT_GE(layout.plots.top(), layout.columns[0].box.bottom() - .01);
            EXPECT_NEAR(layout.plots.bottom(), c.size.height(), .01);
        }
    }
}

TEST(CompareLayout, TheDesignsWindowHasRoomForAll)
{
    const auto layout = compareLayout({1440, 742}, 1, 3);
    EXPECT_GT(layout.columns[0].structure.height(), 220);
    EXPECT_GT(layout.plots.height(), 200);
    EXPECT_DOUBLE_EQ(layout.rowHeight, 28.5);
    EXPECT_GT(layout.counterBar(0, 0).width(), 150);
}

TEST(CompareLayout, ASmallWindowKeepsTheStructuresAndLeavesThePlotsOut)
{
    const auto layout = compareLayout({900, 400}, 1, 2);
    EXPECT_TRUE(layout.plots.isEmpty());
    EXPECT_GE(layout.columns[0].structure.height(), 96);
    EXPECT_TRUE(compareLayout({900, 400}, 1, 0).columns.empty());
}

TEST(CompareLayout, FindsWhatIsUnderAPoint)
{
    const auto layout = compareLayout({1440, 742}, 1, 3);
    for (std::size_t c = 0; c < 3; ++c) {
        const auto& column = layout.columns[c];
        EXPECT_EQ(compareHit(layout, column.title.center()), (CompareHit{ComparePart::Title, c, 0}));
        EXPECT_EQ(compareHit(layout, column.structure.center()), (CompareHit{ComparePart::Structure, c, 0}));
        EXPECT_EQ(compareHit(layout, column.insertion.center()), (CompareHit{ComparePart::Insertion, c, 0}));
        for (int row = 0; row < counterCount; ++row)
            EXPECT_EQ(compareHit(layout, layout.counterRow(c, row).center()),
                      (CompareHit{ComparePart::Counter, c, row}));
    }
    EXPECT_EQ(compareHit(layout, layout.plots.center()).part, ComparePart::Plots);
    EXPECT_EQ(compareHit(layout, {-5, -5}), CompareHit{});
}
