// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/log.h"
#include "ui/timeline/layout.h"
#include "ui/timeline/markers.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace jiffy;
using ui::TickRange;
using ui::TimeScale;

namespace
{

core::CountPyramid pyramidOf(const std::vector<std::pair<std::uint64_t, int>>& firesAtTick)
{
    core::Log log;
    std::uint64_t now = 0;
    for (const auto& [tick, fires] : firesAtTick) {
        core::Record r;
        r.kind = core::Kind::Passed;
        r.site = core::Site::Tick;
        r.value = tick - now;
        log.append(r);
        now = tick;
        r = {};
        r.kind = core::Kind::Fired;
        for (int i = 0; i < fires; ++i) log.append(r);
    }
    core::CountPyramid pyramid(core::wheelGeometry(1, core::Word(32), false));
    pyramid.extend(log.view());
    return pyramid;
}

} // namespace

TEST(TimeScale, FindsTheTickThatItDraws)
{
    for (const TimeScale scale : {TimeScale{132, 1412, {0, 256}}, TimeScale{100, 900, {1e6, 1e6 + 3}}, TimeScale{0, 800, {50, 450}}})
        for (auto tick = static_cast<std::uint64_t>(scale.range.from); static_cast<double>(tick) < scale.range.to; ++tick)
            EXPECT_EQ(scale.tickAt(scale.xOf(static_cast<double>(tick))), tick);
    EXPECT_EQ((TimeScale{100, 200, {0, 10}}).tickAt(0), 0u);
}

TEST(Zoom, KeepsTheTickUnderThePointer)
{
    const TimeScale scale{100, 1100, {5000, 7000}};
    for (const double x : {100.0, 333.0, 1100.0})
        for (const double factor : {1.25, 1 / 1.25, 4.0}) {
            const auto range = ui::zoomed(scale, x, factor, 1'000'000);
            const TimeScale after{scale.left, scale.right, range};
            EXPECT_NEAR(range.size(), scale.range.size() / factor, 1e-6);
            EXPECT_EQ(after.tickAt(x - .01), scale.tickAt(x - .01)) << x << ' ' << factor;
        }
}

TEST(Zoom, StaysWithinTheRun)
{
    const TimeScale scale{0, 1000, {0, 100}};
    EXPECT_EQ(ui::zoomed(scale, 0, .0001, 499), (TickRange{0, 500}));
    EXPECT_EQ(ui::zoomed(scale, 500, 1e9, 499).size(), ui::fewestTicks);
    EXPECT_EQ(ui::moved({100, 200}, 1e9, 499), (TickRange{400, 500}));
    EXPECT_EQ(ui::moved({100, 200}, -1e9, 499), (TickRange{0, 100}));
    EXPECT_EQ(ui::wholeRun(0), (TickRange{0, ui::fewestTicks}));
}

TEST(Following, MovesOnlyWhenThePlayheadIsOutOfSight)
{
    EXPECT_EQ(ui::following({100, 200}, 150, 10'000), (TickRange{100, 200}));
    EXPECT_EQ(ui::following({100, 200}, 199, 10'000), (TickRange{100, 200}));
    EXPECT_EQ(ui::following({100, 200}, 200, 10'000), (TickRange{175, 275}));
    EXPECT_EQ(ui::following({100, 200}, 5, 10'000), (TickRange{0, 100}));
    EXPECT_EQ(ui::following({100, 200}, 10'000, 10'000), (TickRange{9901, 10'001}));
}

struct RulerCase
{
    double ticks;
    core::Jiffies start;
    int bits;
    std::uint64_t firstMajorTick;
    const char* firstLabel;
    std::uint64_t majorStep;
};

class Ruler : public testing::TestWithParam<RulerCase>
{
};

TEST_P(Ruler, MarksRoundJiffies)
{
    const auto& c = GetParam();
    const TimeScale scale{0, 1280, {0, c.ticks}};
    const auto marks = ui::rulerMarks(scale, c.start, core::Word(c.bits));
    std::vector<const ui::RulerMark*> major;
    for (const auto& m : marks)
        if (m.isMajor) major.push_back(&m);
    ASSERT_GE(major.size(), 2u);
    EXPECT_EQ(scale.tickAt(major[0]->x), c.firstMajorTick);
    EXPECT_EQ(major[0]->label.toStdString(), c.firstLabel);
    EXPECT_EQ(scale.tickAt(major[1]->x) - scale.tickAt(major[0]->x), c.majorStep);
    for (std::size_t i = 1; i < major.size(); ++i) EXPECT_GE(major[i]->x - major[i - 1]->x, 99.9);
    for (std::size_t i = 1; i < marks.size(); ++i) EXPECT_GE(marks[i].x - marks[i - 1].x, 4.9);
}

INSTANTIATE_TEST_SUITE_P(Magnifications, Ruler,
                         testing::Values(RulerCase{256, 0xFFFF44C4, 32, 28, "…44E0", 32},
                                         RulerCase{256, 0xFFFFFFF0, 32, 16, "…0000", 32}, // across the wrap
                                         RulerCase{40, 1000, 32, 0, "…03E8", 4},
                                         RulerCase{1e6, 0, 64, 0, "0 0000", 0x20000},
                                         RulerCase{4e9, 0, 32, 0, "0 0000", 0x20000000}));

TEST(LaneBars, AreOnePerTickWhereThereIsRoom)
{
    const auto pyramid = pyramidOf({{3, 1}, {7, 40}, {300, 2}});
    const auto bars = ui::laneBars(pyramid, 0, {0, 1280, {0, 256}});
    ASSERT_EQ(bars.size(), 2u);
    EXPECT_EQ(bars[0].tick, 3u);
    EXPECT_EQ(bars[0].x, 17.5);
    EXPECT_EQ(bars[1].fires, 40u);
}

TEST(LaneBars, KeepTheBusiestTickOfAPixelHoweverFarAway)
{
    std::vector<std::pair<std::uint64_t, int>> fires;
    for (std::uint64_t t = 1; t < 200'000; t += 7) fires.push_back({t, t == 77'778 ? 9 : 1 + static_cast<int>(t % 3)});
    const auto pyramid = pyramidOf(fires);
    for (const double ticks : {3'000.0, 40'000.0, 200'000.0, 1e7}) {
        const TimeScale scale{10, 810, {0, ticks}};
        const auto bars = ui::laneBars(pyramid, 0, scale);
        EXPECT_LE(bars.size(), 1600u) << ticks;
        std::uint32_t most = 0, expected = 0;
        for (const auto& b : bars) most = std::max(most, b.fires);
        for (const auto& [t, n] : fires)
            if (static_cast<double>(t) < ticks) expected = std::max(expected, static_cast<std::uint32_t>(n));
        EXPECT_EQ(most, expected) << ticks;
        for (std::size_t i = 1; i < bars.size(); ++i) EXPECT_GT(bars[i].x, bars[i - 1].x);
    }
}

TEST(LaneBars, GrowWithTheLogarithmUpToALimit)
{
    EXPECT_EQ(ui::fireHeight(0), 0);
    EXPECT_EQ(ui::fireHeight(1), 5);
    EXPECT_NEAR(ui::fireHeight(4), 9.6, 1e-9);
    EXPECT_EQ(ui::fireHeight(1'000'000), 13);
    EXPECT_EQ(ui::moveHeight(1'000'000), 15);
}

TEST(Density, SaysWhatAPixelStandsFor)
{
    EXPECT_TRUE(ui::binText({0, 1000, {0, 1000}}).isEmpty());
    EXPECT_EQ(ui::binText({0, 1000, {0, 12'000}}), QStringLiteral("1 px = 12 ticks"));
}

TEST(Overview, MarksCascadesOncePerPixel)
{
    core::Log log;
    const auto geometry = core::wheelGeometry(1, core::Word(32), false);
    for (int i = 1; i <= 64; ++i) {
        core::Record r;
        r.kind = core::Kind::Passed;
        r.site = core::Site::Tick;
        r.value = 256;
        log.append(r);
        r = {};
        r.kind = core::Kind::Spliced;
        r.site = core::Site::Cascade;
        r.slot = geometry.slot(0, i == 64 ? 2 : 1, static_cast<std::uint32_t>(i & 63)).value;
        log.append(r);
    }
    core::CountPyramid pyramid(geometry);
    pyramid.extend(log.view());
    const auto marks = ui::overviewMarks(pyramid, {0, 1000, ui::wholeRun(64 * 256)});
    EXPECT_EQ(marks.size(), 64u);
    EXPECT_FALSE(marks.front().isDeep);
    EXPECT_TRUE(marks.back().isDeep);
    EXPECT_LE(ui::overviewMarks(pyramid, {0, 20, ui::wholeRun(64 * 256)}).size(), 20u);
}

TEST(EmptyStretches, AreOnePieceHoweverLong)
{
    const auto pyramid = pyramidOf({{100, 1}, {4'000'000'100, 2}, {4'000'000'101, 1}});
    const std::uint64_t end = 4'100'000'000;
    const auto stretchesIn = [&](ui::TickRange range, double atLeast) {
        const TimeScale scale{0, 1000, range};
        return ui::emptyStretches(pyramid, 0, ui::laneBars(pyramid, 0, scale), scale, end, atLeast);
    };
    const auto stretches = stretchesIn(ui::wholeRun(end), 200);
    ASSERT_EQ(stretches.size(), 1u);
    EXPECT_EQ(stretches[0].ticks, 3'999'999'999u);
    // Also from within it, where neither end is in sight.
    const auto inside = stretchesIn({1e9, 1e9 + 500}, 200);
    ASSERT_EQ(inside.size(), 1u);
    EXPECT_EQ(inside[0].ticks, 3'999'999'999u);
    EXPECT_EQ(inside[0].from, 0);
    EXPECT_EQ(inside[0].to, 1000);
    EXPECT_TRUE(stretchesIn({4e9 + 100, 4e9 + 102}, 600).empty());
}

TEST(Viewport, CanAlwaysBeTakenHoldOf)
{
    const TimeScale whole{100, 1100, ui::wholeRun(999'999)};
    const auto box = ui::viewportBox(whole, {500'000, 501'000}, 8);
    EXPECT_EQ(box.to - box.from, 8);
    EXPECT_FALSE(box.isWhole);
    EXPECT_EQ(ui::viewportBox(whole, {0, 16}, 8).from, 100);
    EXPECT_EQ(ui::viewportBox(whole, {999'900, 1e6}, 8).to, 1100);
    EXPECT_TRUE(ui::viewportBox(whole, whole.range, 8).isWhole);
    EXPECT_EQ(ui::viewportBox(whole, {250'000, 750'000}, 8).from, 350);
}

TEST(Markers, MeasureFromThePlayheadWithoutAnA)
{
    EXPECT_FALSE(ui::measured({}, 7));
    EXPECT_EQ(ui::measured({{}, 187}, 7), (ui::Measure{7, 187, true, false}));
    EXPECT_EQ(ui::measured({20, 187}, 7), (ui::Measure{20, 187, false, false}));
    EXPECT_EQ(ui::measured({20, {}}, 7), (ui::Measure{20, 7, false, true}));
    EXPECT_EQ(ui::measureText({7, 187, true, false}, core::Hz{250}), QStringLiteral("A to B   180 jiffies · 720 ms"));
    EXPECT_EQ(ui::measureText({187, 186, false, false}, core::Hz{1000}), QStringLiteral("B to A   1 jiffy · 1 ms"));
}

TEST(Markers, SnapToTheNearestEventWithinReach)
{
    const auto pyramid = pyramidOf({{100, 1}, {110, 1}});
    const TimeScale scale{0, 1000, {0, 1000}};
    const auto at = [&](double x) { return ui::snapped(scale, x, 6, ui::busyTicksNear(pyramid, scale, x)); };
    EXPECT_EQ(at(95), 100u);
    EXPECT_EQ(at(104), 100u);
    EXPECT_EQ(at(107), 110u);
    EXPECT_EQ(at(120), 120u);
    EXPECT_EQ(at(90), 90u);
    EXPECT_EQ(ui::snapped(scale, 104, 6, {}), 104u);
}
