// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/band_layout.h"

#include "ui/wheel/band_names.h"

#include <gtest/gtest.h>

#include <cmath>

namespace jiffy::ui
{
namespace
{

const QRectF designCanvas(0, 0, 826, 580);

BandLayout bands(bool isSmall = false, const QRectF& canvas = designCanvas, double column = 110)
{
    return BandLayout(core::wheelGeometry(1, core::Word(32), isSmall), canvas, column, 1);
}

TEST(BandLayout, standsWhereTheDesignPutsIt)
{
    const BandLayout w = bands();
    EXPECT_NEAR(w.left(), 204, .01);
    EXPECT_NEAR(w.right(), 806, .01);
    struct Row
    {
        int level;
        double top, height;
    };
    for (const Row& r : {Row{4, 64, 20}, Row{3, 104, 20}, Row{2, 144, 24}, Row{1, 192, 44}, Row{0, 318, 181}}) {
        EXPECT_NEAR(w.band(r.level).top(), r.top, .1) << r.level;
        EXPECT_NEAR(w.band(r.level).height(), r.height, .1) << r.level;
    }
    EXPECT_NEAR(w.tray().top(), 511, .1);
    EXPECT_NEAR(w.tray().height(), 46, .1);
}

TEST(BandLayout, aColumnIsEquallyWideInEveryLevelAndTv1HasFourRows)
{
    for (const bool isSmall : {false, true}) {
        const BandLayout w = bands(isSmall);
        EXPECT_EQ(w.columns(), isSmall ? 16u : 64u);
        EXPECT_EQ(w.rows(0), 4);
        for (int l = 0; l < w.levels(); ++l) {
            EXPECT_DOUBLE_EQ(w.box({l, 0}).width(), w.columnWidth());
            EXPECT_EQ(w.rows(l), l == 0 ? 4 : 1);
        }
        EXPECT_LT(w.box({0, w.columns()}).left(), w.box({0, w.columns() - 1}).left()) << "the next row begins";
    }
}

TEST(BandLayout, pickingIsTheInverseOfPlacing)
{
    for (const bool isSmall : {false, true})
        for (const QRectF& canvas : {designCanvas, QRectF(0, 0, 936, 480), QRectF(30, 10, 1240, 760)}) {
            const BandLayout w = bands(isSmall, canvas);
            ASSERT_FALSE(w.isMini());
            for (int l = 0; l < w.levels(); ++l)
                for (std::uint32_t i = 0; i < w.slots(l); ++i) {
                    const SlotPlace place{l, i};
                    EXPECT_EQ(w.slotAt(w.middle(place)), place);
                    EXPECT_EQ(w.distance(place, w.middle(place)), 0);
                    for (int n = 1; n <= w.dotLimit(l); ++n)
                        for (int k = 0; k < n; ++k)
                            EXPECT_EQ(w.slotAt(w.dot(place, k, n)), place);
                }
        }
}

TEST(BandLayout, theWideGapAboveTv1BelongsToNoSlot)
{
    const BandLayout w = bands();
    EXPECT_FALSE(w.slotAt({500, (w.band(1).bottom() + w.band(0).top()) / 2}));
    EXPECT_FALSE(w.slotAt({w.left() - 1, w.band(1).center().y()}));
    EXPECT_EQ(w.slotAt({w.left() + 1, w.band(1).bottom() + 4}), (SlotPlace{1, 0})) << "a little room round a band";
}

TEST(BandLayout, dotsOfASlotStayInItAndApart)
{
    for (const bool isSmall : {false, true}) {
        const BandLayout w = bands(isSmall);
        for (int l = 0; l < w.levels(); ++l)
            for (int n = 1; n <= w.dotLimit(l); ++n)
                for (int k = 0; k < n; ++k) {
                    const QPointF at = w.dot({l, 7}, k, n);
                    EXPECT_TRUE(w.box({l, 7}).contains(at));
                    if (k > 0) {
                        EXPECT_GE(std::abs(at.y() - w.dot({l, 7}, k - 1, n).y()), 2 * w.dotRadius(l, false) - .01);
                    }
                }
    }
}

TEST(BandLayout, numbersFromTenOnAreTurned)
{
    const BandLayout w = bands();
    ASSERT_TRUE(w.count({1, 3}, 9));
    EXPECT_FALSE(w.count({1, 3}, 9)->isTurned);
    ASSERT_TRUE(w.count({1, 3}, 38));
    EXPECT_TRUE(w.count({1, 3}, 38)->isTurned);
    EXPECT_FALSE(w.count({4, 3}, 12'345)) << "no room in a band of 20 pixels";
    EXPECT_FALSE(bands(true).count({1, 3}, 38)->isTurned) << "columns of the small wheel are wide";
}

TEST(BandLayout, aConeJoinsASlotWithTheWholeBandBelow)
{
    const BandLayout w = bands();
    const QPolygonF cone = w.cone(0, 5);
    const QRectF slot = w.box({1, 5}), band = w.band(0);
    EXPECT_NEAR(cone[0].x(), slot.left(), .01);
    EXPECT_NEAR(cone[1].x(), slot.right(), .01);
    EXPECT_NEAR(cone[2].x(), band.right(), .01);
    EXPECT_NEAR(cone[3].x(), band.left(), .01);
    EXPECT_GT(cone[0].y(), slot.bottom());
    EXPECT_LT(cone[2].y(), band.top());
}

TEST(BandLayout, fallsLeaveAndArriveUpright)
{
    const BandLayout w = bands();
    const std::vector<FlightRequest> requests{{{1, 5}, {0, 180}, w.dot({0, 180}, 0, 1)},
                                              {{0, 10}, {2, 40}, w.dot({2, 40}, 0, 1)},
                                              {{0, 10}, {0, 100}, w.dot({0, 100}, 0, 1)}};
    const auto paths = w.flightPaths(requests);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const FlightPath& path = paths[i];
        EXPECT_LT(std::hypot(path.back().x() - requests[i].end.x(), path.back().y() - requests[i].end.y()), .01);
        EXPECT_NEAR(path.front().x(), w.middle(requests[i].from).x(), .01);
        for (const auto& [a, b] : {std::pair(path[0], path[1]), std::pair(path[59], path[60])})
            EXPECT_LT(std::abs(a.x() - b.x()), .35 * std::abs(a.y() - b.y())) << i;
    }
    EXPECT_LT(paths[0][0].y(), paths[0][30].y()) << "falls";
    EXPECT_GT(paths[1][0].y(), paths[1][30].y()) << "rises";
    EXPECT_LT(paths[2][30].y(), w.band(0).top()) << "over the top";
}

TEST(BandLayout, theHandKeepsWithinARow)
{
    const BandLayout w = bands();
    EXPECT_NEAR(w.handFrame(0, 64).boundingRect().left(), w.left() - .5, .01);
    EXPECT_NEAR(w.handFrame(0, 64).boundingRect().center().y(), w.rowBox(0, 1).center().y(), .01);
    EXPECT_NEAR(w.handFrame(0, 255).boundingRect().right(), w.right() + .5, .01);
    EXPECT_LT(w.handMark(0, 64).boundingRect().bottom(), w.rowBox(0, 1).top());
}

TEST(BandLayout, isMiniWhereColumnsOrRowsAreTooSmall)
{
    EXPECT_TRUE(bands(false, {0, 0, 500, 580}).isMini());
    EXPECT_TRUE(bands(false, {0, 0, 826, 300}).isMini());
    EXPECT_FALSE(bands(false, {0, 0, 936, 478}).isMini()) << "1024x768 with both sides closed";
    EXPECT_FALSE(bands(true, {0, 0, 500, 580}).isMini()) << "16 columns";
}

TEST(BandLayout, anyNumberOfLevelsHasItsBands)
{
    core::Geometry g = core::wheelGeometry(1, core::Word(64), false);
    g.levels = 9;
    for (std::size_t l = 0; l < 9; ++l)
        g.level[l].slots = 64;
    const BandLayout w(g, designCanvas, 0, 1);
    for (int l = 0; l + 1 < 9; ++l)
        EXPECT_LT(w.band(l + 1).bottom(), w.band(l).top());
    EXPECT_LE(w.band(0).bottom(), w.tray().top());
}

TEST(BandNames, avoidEachOtherAndOtherDots)
{
    const QRectF room(0, 0, 400, 100);
    const std::vector<QRectF> dots{{38, 36, 8, 8}, {52, 36, 8, 8}};
    const auto places = namePlaces({{1, {42, 40}, 4, 60, 0}, {2, {56, 40}, 4, 60, 0}}, dots, room, 17);
    ASSERT_EQ(places.size(), 2u);
    for (const NamePlace& p : places) {
        EXPECT_TRUE(room.contains(p.box));
        for (const QRectF& d : dots)
            EXPECT_FALSE(p.box.intersects(d)) << p.key;
    }
    EXPECT_FALSE(places[0].box.intersects(places[1].box));
}

TEST(BandNames, theSelectedOneMayCoverDotsOthersAreLeftOut)
{
    const QRectF room(0, 30, 120, 20);
    std::vector<QRectF> dots;
    for (int i = 0; i < 12; ++i)
        dots.push_back({i * 10.0, 36, 8, 8});
    EXPECT_TRUE(namePlaces({{1, {44, 40}, 4, 40, 0}}, dots, room, 17).empty());
    EXPECT_EQ(namePlaces({{1, {44, 40}, 4, 40, 4}}, dots, room, 17).size(), 1u);
    EXPECT_TRUE(namePlaces({{1, {44, 40}, 4, 400, 4}}, dots, room, 17).empty()) << "wider than the room";
}

} // namespace
} // namespace jiffy::ui
