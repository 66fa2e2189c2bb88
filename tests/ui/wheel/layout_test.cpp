// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/minis.h"
#include "ui/wheel/painter.h"
#include "ui/wheel/ring_layout.h"

#include <gtest/gtest.h>

#include <cmath>

namespace jiffy::ui
{
namespace
{

const QPointF centre(400, 300);

RingLayout large(double radius = 250)
{
    return RingLayout(core::wheelGeometry(1, core::Word(32), false), QRectF(0, 0, 826, 580), centre, radius);
}
RingLayout small(double radius = 250)
{
    return RingLayout(core::wheelGeometry(1, core::Word(32), true), QRectF(0, 0, 826, 580), centre, radius);
}

double distance(QPointF a, QPointF b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

TEST(RingLayout, ringsAreFractionsOfTheRadius)
{
    struct Row
    {
        int level;
        double inner, outer;
    };
    for (const Row& row :
         {Row{0, 219, 250}, Row{1, 149, 179}, Row{2, 115, 138}, Row{3, 87, 107}, Row{4, 63, 79}}) {
        EXPECT_NEAR(large().ring(row.level).inner, row.inner, .1);
        EXPECT_NEAR(large().ring(row.level).outer, row.outer, .1);
        EXPECT_NEAR(large(500).ring(row.level).outer, 2 * row.outer, .2);
    }
}

TEST(RingLayout, anyNumberOfLevelsHasRingsOutsideEachOther)
{
    core::Geometry g = core::wheelGeometry(1, core::Word(64), false);
    g.levels = 9;
    const RingLayout layout(g, QRectF(0, 0, 826, 580), centre, 250);
    for (int l = 0; l + 1 < 9; ++l) {
        EXPECT_GT(layout.ring(l).inner, layout.ring(l + 1).outer);
        EXPECT_GT(layout.ring(l + 1).inner, 0);
    }
}

TEST(RingLayout, slotZeroIsAtTwelveAndSlotsGoClockwise)
{
    const RingLayout w = large();
    const QPointF first = w.polar(240, w.angleOf({0, 0})), quarter = w.polar(240, w.angleOf({0, 64}));
    EXPECT_NEAR(first.x(), centre.x() + 2.9, .1);
    EXPECT_LT(first.y(), centre.y() - 239);
    EXPECT_GT(quarter.x(), centre.x() + 239);
}

TEST(RingLayout, theMiddleOfEverySlotPicksThatSlot)
{
    for (const RingLayout& w : {large(), small(), large(195)})
        for (int l = 0; l < w.levels(); ++l)
            for (std::uint32_t i = 0; i < w.slots(l); ++i) {
                const SlotPlace place{l, i};
                EXPECT_EQ(w.slotAt(w.polar(w.ring(l).middle(), w.angleOf(place))), place);
            }
}

TEST(RingLayout, gapsAreSplitInHalf)
{
    const RingLayout w = large();
    const double border = (w.ring(0).inner + w.ring(1).outer) / 2;
    EXPECT_EQ(w.slotAt(centre + QPointF(0, border + 1))->level, 0);
    EXPECT_EQ(w.slotAt(centre + QPointF(0, border - 1))->level, 1);
    EXPECT_FALSE(w.slotAt(centre));
    EXPECT_FALSE(w.slotAt(centre + QPointF(0, 260)));
}

TEST(RingLayout, everyDotLiesInItsOwnSlotAndApartFromTheOthers)
{
    for (const RingLayout& w : {large(), small(), large(200), large(340)})
        for (int l = 0; l < w.levels(); ++l)
            for (std::uint32_t i = 0; i < w.slots(l); i += 5)
                for (int n = 1; n <= w.dotLimit(l); ++n)
                    for (int k = 0; k < n; ++k) {
                        const QPointF dot = w.dot({l, i}, k, n);
                        const double r = distance(dot, centre);
                        EXPECT_GE(r, w.ring(l).inner) << l << ' ' << k << '/' << n;
                        EXPECT_LE(r, w.ring(l).outer);
                        EXPECT_EQ(w.slotAt(dot), (SlotPlace{l, i})) << l << ' ' << i << ' ' << k << '/' << n;
                        for (int other = 0; other < k; ++other)
                            EXPECT_GT(distance(dot, w.dot({l, i}, other, n)), 5 * w.marks());
                    }
}

struct StyleRow
{
    int level;
    std::uint64_t count, fullest, pending;
    bool fits;
    SlotStyle style;
};

class SlotStyles : public testing::TestWithParam<StyleRow>
{
};

TEST_P(SlotStyles, followTheRules)
{
    const StyleRow& r = GetParam();
    EXPECT_EQ(slotStyle(large().dotLimit(r.level), r.count, r.fullest, r.pending, r.fits), r.style);
}

INSTANTIATE_TEST_SUITE_P(
    DotCountHeat, SlotStyles,
    testing::Values(
        StyleRow{0, 4, 4, 100, false, SlotStyle::Dots}, StyleRow{0, 5, 5, 100, false, SlotStyle::Heat},
        StyleRow{1, 6, 6, 100, true, SlotStyle::Dots}, StyleRow{1, 7, 7, 100, true, SlotStyle::Count},
        StyleRow{2, 4, 9, 100, true, SlotStyle::Dots}, StyleRow{2, 5, 9, 100, true, SlotStyle::Count},
        StyleRow{3, 3, 9, 100, true, SlotStyle::Count}, StyleRow{4, 2, 9, 100, true, SlotStyle::Count},
        StyleRow{4, 1, 9, 100, true, SlotStyle::Dots}, StyleRow{4, 2, 9, 100, false, SlotStyle::Heat},
        // over 64 in the fullest slot: heat first
        StyleRow{1, 4, 65, 500, true, SlotStyle::Count}, StyleRow{1, 3, 65, 500, true, SlotStyle::Dots},
        // over 2,000 timers: no dots at all
        StyleRow{1, 1, 3, 2'001, true, SlotStyle::Heat}, StyleRow{1, 1, 3, 2'000, true, SlotStyle::Dots}));

TEST(Flights, beginInTheirSourceAndEndAtTheirTarget)
{
    const RingLayout w = large();
    const std::vector<FlightRequest> requests{{{1, 5}, {0, 180}, w.dot({0, 180}, 0, 1)},
                                              {{1, 5}, {0, 20}, w.dot({0, 20}, 0, 1)},
                                              {{3, 0}, {0, 100}, w.dot({0, 100}, 0, 1)},
                                              {{0, 10}, {2, 40}, w.dot({2, 40}, 0, 1)}};
    const auto paths = w.flightPaths(requests);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const Ring source = w.ring(requests[i].from.level);
        EXPECT_LT(distance(paths[i].front(), w.polar(source.middle(), w.angleOf(requests[i].from))), .01);
        EXPECT_LT(distance(paths[i].back(), requests[i].end), .01);
        for (std::size_t k = 1; k < paths[i].size(); ++k)
            EXPECT_LT(distance(paths[i][k - 1], paths[i][k]), 40) << "no leaps";
    }
}

TEST(Flights, goTheShorterWay)
{
    const RingLayout w = large();
    const auto paths =
        w.flightPaths({{{1, 5}, {0, 250}, w.dot({0, 250}, 0, 1)}, {{1, 5}, {0, 60}, w.dot({0, 60}, 0, 1)}});
    for (const QPointF& p : paths[0])
        EXPECT_LT(p.y(), centre.y()) << "from 28 to 352 degrees over the top";
    for (const QPointF& p : paths[1])
        EXPECT_GT(p.x(), centre.x());
}

TEST(Flights, lanesNestWithTheFarthestTargetInnermostAndStayInTheGap)
{
    const RingLayout w = large();
    std::vector<FlightRequest> requests;
    for (std::uint32_t i = 30; i < 140; i += 10)
        requests.push_back({{1, 5}, {0, i}, w.dot({0, i}, 0, 1)});
    const auto paths = w.flightPaths(requests);
    double outside = w.ring(0).inner;
    for (const FlightPath& path : paths) { // targets come in order of distance
        const double lane = distance(path[30], centre);
        EXPECT_LT(lane, outside);
        EXPECT_GT(lane, .735 * 250);
        EXPECT_LT(lane, .853 * 250);
        outside = lane;
    }
}

TEST(Flights, pointOnInterpolates)
{
    FlightPath path;
    for (int i = 0; i < flightPoints; ++i)
        path[static_cast<std::size_t>(i)] = QPointF(i, 0);
    EXPECT_DOUBLE_EQ(pointOn(path, 0).x(), 0);
    EXPECT_DOUBLE_EQ(pointOn(path, 1).x(), 60);
    EXPECT_NEAR(pointOn(path, .505).x(), 30.3, 1e-9);
    EXPECT_DOUBLE_EQ(pointOn(path, 7).x(), 60);
}

TEST(Labels, areApartOutsideTheRimAndWithinTheCanvas)
{
    const RingLayout w = large();
    std::vector<LabelRequest> requests;
    for (int i = 0; i < 40; ++i)
        requests.push_back({i, 60 + i * 2.0, i == 3 ? 1 : 0});
    const Labels labels = labelPlaces(w, requests, 19, {12, 588}, {12, 588});
    ASSERT_EQ(labels.places.size(), 12u);
    EXPECT_EQ(labels.moreRight, 28);
    EXPECT_EQ(labels.moreLeft, 0);
    bool hasImportant = false;
    for (std::size_t i = 0; i < labels.places.size(); ++i) {
        const LabelPlace& p = labels.places[i];
        hasImportant = hasImportant || p.key == 3;
        EXPECT_TRUE(p.isRight);
        EXPECT_GE(p.end.y(), 12);
        EXPECT_LE(p.end.y(), 588);
        EXPECT_GT(distance(p.end, centre), 250);
        if (i > 0) {
            EXPECT_GE(p.end.y() - labels.places[i - 1].end.y(), 18.999);
        }
    }
    EXPECT_TRUE(hasImportant) << "the higher priority stays";
}

TEST(Labels, sidesAreByAngle)
{
    const Labels labels = labelPlaces(large(), {{1, 90, 0}, {2, 270, 0}}, 19, {0, 600}, {0, 600});
    ASSERT_EQ(labels.places.size(), 2u);
    for (const LabelPlace& p : labels.places)
        EXPECT_EQ(p.isRight, p.key == 1);
}

TEST(RimDigits, keepClearOfLabels)
{
    EXPECT_EQ(large().rimDigits({}), (std::vector<std::uint32_t>{0, 32, 64, 96, 128, 160, 192, 224}));
    EXPECT_EQ(large().rimDigits({90}), (std::vector<std::uint32_t>{0, 32, 96, 128, 160, 192, 224}));
    EXPECT_EQ(large().rimDigits({357}), (std::vector<std::uint32_t>{32, 64, 96, 128, 160, 192, 224}));
    EXPECT_EQ(small().rimDigits({}).size(), 8u);
}

TEST(Minis, neverOverlapAndStayOnTheCanvas)
{
    for (const QRectF& canvas : {QRectF(0, 0, 936, 480), QRectF(0, 0, 1240, 760)})
        for (int cpus = 2; cpus <= 64; ++cpus) {
            const auto places = miniPlaces(cpus, canvas, 1);
            ASSERT_EQ(places.size(), static_cast<std::size_t>(cpus));
            for (std::size_t i = 0; i < places.size(); ++i) {
                EXPECT_TRUE(canvas.contains(places[i].card)) << cpus;
                EXPECT_LE(places[i].card.right(), miniColumnWidth(cpus, 1) + 8);
                for (std::size_t k = 0; k < i; ++k)
                    EXPECT_FALSE(places[k].card.adjusted(.1, .1, -.1, -.1).intersects(places[i].card))
                        << cpus;
            }
            EXPECT_EQ(places.front().radius > 0, cpus <= 24);
        }
    EXPECT_TRUE(miniPlaces(1, QRectF(0, 0, 900, 500), 1).empty());
    EXPECT_DOUBLE_EQ(miniPlaces(4, QRectF(0, 0, 826, 580), 1).front().radius, 33);
}

TEST(RingLayout, radiusFollowsTheCanvas)
{
    EXPECT_NEAR(RingLayout::radiusFor({826, 580}, 110, 1), 250, 1);
    EXPECT_NEAR(RingLayout::radiusFor({936, 480}, 110, 1), 200, 1);
    EXPECT_NEAR(RingLayout::radiusFor({1240, 760}, 110, 1), 340, 1);
    EXPECT_LT(RingLayout::radiusFor({700, 580}, 110, 1), RingLayout::radiusFor({700, 580}, 0, 1))
        << "room for labels beside the column";
    EXPECT_GE(RingLayout::radiusFor({936, 640}, 110, 2), RingLayout::smallestRadius)
        << "large text leaves the wheel its rings";
}

struct DurationRow
{
    double seconds;
    const char* text;
};

void PrintTo(const DurationRow& row, std::ostream* out) { *out << row.text; }

class Durations : public testing::TestWithParam<DurationRow>
{
};

TEST_P(Durations, haveThreeDigits)
{
    QLocale::setDefault(QLocale::c());
    EXPECT_EQ(durationText(GetParam().seconds), QString::fromUtf8(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(OneSlot, Durations,
                         testing::Values(DurationRow{.001, "1 ms"}, DurationRow{.004, "4 ms"},
                                         DurationRow{1 / 300.0, "3.33 ms"}, DurationRow{1.024, "1.02 s"},
                                         DurationRow{65.536, "65.5 s"}, DurationRow{4194.304, "69.9 min"},
                                         DurationRow{268435.456, "74.6 h"}, DurationRow{163.84, "2.73 min"},
                                         DurationRow{671088.64, "186 h"}, DurationRow{.000'25, "250 µs"},
                                         DurationRow{.01, "10 ms"}));

} // namespace
} // namespace jiffy::ui
