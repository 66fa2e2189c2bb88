// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/list_layout.h"

#include <gtest/gtest.h>

#include <QLineF>

namespace jiffy::ui
{
namespace
{

const QRectF box(20, 40, 440, 300);

TEST(ListLayout, runsToAndFroWithTheHeadAtTheUpperLeft)
{
    const ListLayout l = listLayout(box, 30, 0, {});
    ASSERT_EQ(l.spots.size(), 30u);
    EXPECT_TRUE(l.suns.empty());
    EXPECT_EQ(l.hidden, 0u);
    EXPECT_EQ(l.spots.front().at, QPointF(box.left() + 24, box.top() + 22));
    const auto n = l.columns;
    ASSERT_GT(n, 4u);
    // The way turns below the end of a row.
    EXPECT_DOUBLE_EQ(l.spots[n - 1].at.x(), l.spots[n].at.x());
    EXPECT_DOUBLE_EQ(l.spots[n - 1].at.x(), box.right() - 24);
    EXPECT_DOUBLE_EQ(l.spots[n].at.y() - l.spots[n - 1].at.y(), 54);
    EXPECT_LT(l.spots[n + 1].at.x(), l.spots[n].at.x());
    EXPECT_DOUBLE_EQ(l.spots[2 * n].at.x(), l.spots[0].at.x());
    for (const ListSpot& s : l.spots)
        EXPECT_TRUE(box.contains(s.at));
}

TEST(ListLayout, findsATimerByTheWordsBelowIt)
{
    const ListLayout l = listLayout(box, 30, 0, {});
    const ListSpot& third = l.spots[2];
    EXPECT_EQ(l.spotOfWords(third.at + QPointF(8, 20), 27), &third);
    EXPECT_EQ(l.spotOfWords(third.at + QPointF(l.pitch * .7, 20), 27), &l.spots[3]);
    EXPECT_EQ(l.spotOfWords(third.at + QPointF(0, 28), 27), nullptr) << "below the words";
    EXPECT_EQ(l.spotOfWords(third.at - QPointF(0, 4), 27), nullptr) << "above the dot";
}

TEST(ListLayout, putsTheOneThatIsCalledInFrontOfTheHead)
{
    const ListLayout l = listLayout(box, 3, 1, {});
    ASSERT_EQ(l.suns.size(), 1u);
    EXPECT_EQ(l.suns[0], l.cellAt(0));
    ASSERT_EQ(l.spots.size(), 3u);
    EXPECT_EQ(l.spots.front().place, 0u);
    EXPECT_EQ(l.spots.front().at, l.cellAt(1));
    EXPECT_EQ(l.spotOf(2)->at, l.cellAt(3));
    EXPECT_EQ(l.spotOf(3), nullptr);
}

TEST(ListLayout, putsAsManyInFrontAsLeaveTheHeadInItsRow)
{
    const ListLayout l = listLayout(box, 3, 4, {});
    ASSERT_EQ(l.suns.size(), 4u);
    EXPECT_EQ(l.suns[3], l.cellAt(3));
    EXPECT_EQ(l.spots.front().at, l.cellAt(4));
    const ListLayout narrow = listLayout({0, 0, 140, 200}, 3, 4, {});
    ASSERT_EQ(narrow.columns, 3u);
    EXPECT_EQ(narrow.suns.size(), 2u);
    EXPECT_EQ(narrow.spots.front().at, narrow.cellAt(2));
}

TEST(ListLayout, leavesOutTheMiddleAndSaysHowMany)
{
    for (const std::size_t hasSun : {0, 1, 4})
        for (const std::uint64_t count : {61ull, 100ull, 100'000ull}) {
            const ListLayout l = listLayout(box, count, hasSun, {});
            EXPECT_EQ(l.spots.size() + l.hidden, count);
            EXPECT_GT(l.hidden, 0u);
            EXPECT_EQ(l.spots.front().place, 0u);
            EXPECT_EQ(l.spots.back().place, count - 1) << "the tail is in sight";
            EXPECT_EQ(l.spotOf(l.firstHidden), nullptr);
            EXPECT_NE(l.spotOf(l.firstHidden - 1), nullptr);
            EXPECT_NE(l.spotOf(l.firstHidden + l.hidden), nullptr);
            EXPECT_TRUE(box.contains(l.gap));
            for (const ListSpot& s : l.spots) {
                EXPECT_FALSE(l.gap.contains(s.at));
                EXPECT_TRUE(box.contains(s.at));
            }
        }
}

TEST(ListLayout, neverNeedsMoreThanIsKnown)
{
    ListMeasures m;
    m.head = 50;
    m.tail = 4;
    const ListLayout l = listLayout({0, 0, 2000, 1500}, 10'000, 0, m);
    std::size_t inHead = 0;
    while (inHead < l.spots.size() && l.spots[inHead].place == inHead)
        ++inHead;
    EXPECT_LE(inHead, 50u);
    EXPECT_LE(l.spots.size() - inHead, 4u);
    EXPECT_EQ(l.spots.back().place, 9'999u);
}

TEST(ListLayout, staysWholeInBoxesWithoutRoom)
{
    for (const QRectF& tiny : {QRectF(0, 0, 0, 0), QRectF(0, 0, 60, 20), QRectF(0, 0, 300, 30)}) {
        const ListLayout l = listLayout(tiny, 1'000, 1, {});
        EXPECT_EQ(l.spots.size() + l.hidden, 1'000u);
        EXPECT_GE(l.columns, 1u);
    }
}

TEST(ListLayout, findsTheTimerUnderThePointer)
{
    const ListLayout l = listLayout(box, 12, 0, {});
    const ListSpot* spot = l.spotNear(l.spots[7].at + QPointF(5, -4), 16);
    ASSERT_NE(spot, nullptr);
    EXPECT_EQ(spot->place, 7u);
    EXPECT_EQ(l.spotNear(l.spots[7].at + QPointF(0, 40), 10), nullptr);
}

TEST(ListLayout, theWayPassesTheCellsBetween)
{
    const ListLayout l = listLayout(box, 30, 0, {});
    const QPainterPath way = l.way(0, l.columns + 1);
    EXPECT_EQ(way.pointAtPercent(0), l.cellAt(0));
    EXPECT_LT(QLineF(way.pointAtPercent(1), l.cellAt(l.columns + 1)).length(), .01);
    EXPECT_GT(way.boundingRect().right(), l.cellAt(l.columns).x()) << "a bow at the end of the row";
    EXPECT_LE(way.boundingRect().right(), box.right() + .01);
}

} // namespace
} // namespace jiffy::ui
