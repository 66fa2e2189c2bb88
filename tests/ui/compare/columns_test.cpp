// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/columns/column.h"
#include "ui/list/list_painter.h"
#include "ui/compare/columns/column_bands.h"
#include "ui/wheel/fan_painter.h"

#include "tests/ui/support/structure_run.h"

#include <gtest/gtest.h>

#include <QImage>

namespace jiffy::ui
{
namespace
{

using core::TimerAlgorithm;

constexpr std::array algorithms = {TimerAlgorithm::SortedList, TimerAlgorithm::Wheel39, TimerAlgorithm::Wheel61};
const QRectF box(30, 20, 440, 300);

ColumnScene sceneAt(test::StructureRun& run, core::Jiffies jiffies)
{
    const StepEffects e = run.tickBefore(jiffies);
    return columnScene(run.history().at(run.atJiffies(jiffies)), run.inputsPtr(), e, 0);
}

TEST(Column, countsWhatEachStructureHolds)
{
    for (const auto timers : algorithms) {
        test::StructureRun run(timers);
        const ColumnScene s = sceneAt(run, 1600);
        EXPECT_EQ(s.isList(), timers == TimerAlgorithm::SortedList);
        // 1536 to 1600 have run on the first two; the wheel of 6.1 runs 1536 to 1599 at 1600.
        EXPECT_EQ(s.pending(), timers == TimerAlgorithm::Wheel61 ? 39u : 38u);
    }
}

TEST(Column, fillsItsBoxAndNothingElse)
{
    for (const auto timers : algorithms)
        for (const auto name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast}) {
            test::StructureRun run(timers);
            const ColumnScene s = sceneAt(run, 1600);
            const Look look(name);
            QImage image(500, 340, QImage::Format_RGB32);
            image.fill(look.t().canvas);
            const QImage before = image;
            QPainter p(&image);
            paintColumn(p, box, s, look);
            p.end();
            EXPECT_NE(image, before);
            // A few pixels for glows and frames.
            const QRect room = box.toRect().adjusted(-12, -14, 12, 12);
            int outside = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    outside += !room.contains(x, y) && image.pixel(x, y) != before.pixel(x, y) ? 1 : 0;
            EXPECT_EQ(outside, 0) << static_cast<int>(timers);
        }
}

TEST(Column, aTimerIsFoundWhereItIsDrawn)
{
    for (const auto timers : algorithms) {
        test::StructureRun run(timers, 20);
        const ColumnScene s = sceneAt(run, 1002);
        int found = 0;
        for (double y = box.top(); y < box.bottom(); y += 2)
            for (double x = box.left(); x < box.right(); x += 2)
                found += timerInColumn({x, y}, box, s, Look()) == run.far6000 ? 1 : 0;
        EXPECT_GT(found, 3) << static_cast<int>(timers);
        EXPECT_FALSE(timerInColumn({0, 0}, box, s, Look()).isValid());
    }
}

TEST(ColumnBands, standBelowEachOtherCoarseOnTop)
{
    for (const auto timers : {TimerAlgorithm::Wheel39, TimerAlgorithm::Wheel61}) {
        test::StructureRun run(timers);
        const Scene scene = sceneAt(run, 1002).wheel;
        const ColumnBands b = columnBands(scene, box, 1);
        ASSERT_EQ(b.bands.size(), 5u) << "levels that hold nothing are left out";
        EXPECT_EQ(b.bands[0].rows, timers == TimerAlgorithm::Wheel39 ? 4 : 1);
        for (int l = 0; l + 1 < 5; ++l)
            EXPECT_LT(b.band(l + 1).bottom(), b.band(l).top());
        EXPECT_GE(b.band(4).top(), box.top());
        EXPECT_LE(b.band(0).bottom(), box.bottom());
        EXPECT_LE(b.right(), box.right() + .001);
        EXPECT_EQ(b.fan.isEmpty(), timers == TimerAlgorithm::Wheel39);
        if (!b.fan.isEmpty()) {
            EXPECT_LE(b.fan.bottom(), box.bottom() + .001);
        }
        const SlotPlace place{1, 17};
        EXPECT_EQ(b.slotAt(b.slot(place.level, place.index).center()), place);
    }
}

TEST(ColumnBands, fillAHighColumnWithinLimits)
{
    for (const auto timers : {TimerAlgorithm::Wheel39, TimerAlgorithm::Wheel61}) {
        test::StructureRun run(timers);
        const Scene scene = sceneAt(run, 1002).wheel;
        const auto end = [&](double height) {
            const ColumnBands b = columnBands(scene, QRectF(0, 0, 600, height), 1);
            return b.fan.isEmpty() ? b.band(0).bottom() : b.fan.bottom();
        };
        EXPECT_GT(end(430), 410);
        EXPECT_LE(end(430), 430.001);
        EXPECT_LT(end(3000), 1000) << "no bars without end";
    }
}

TEST(Fan, isWhatTheTimersOfABucketAskedFor)
{
    test::StructureRun run(TimerAlgorithm::Wheel61);
    const Scene s = sceneAt(run, 1600).wheel;
    ASSERT_EQ(s.fans.size(), 2u);
    const Fan& now = s.fans[0];
    EXPECT_TRUE(now.isNow);
    EXPECT_EQ(now.count, 64u);
    EXPECT_EQ(now.bucket.level, 2);
    EXPECT_EQ(now.due, 1600u);
    EXPECT_EQ(now.granularity(), 64u);
    EXPECT_EQ(now.asked.front(), 1536u);
    EXPECT_EQ(now.asked.back(), 1599u);
    const Fan& next = s.fans[1];
    EXPECT_FALSE(next.isNow);
    EXPECT_EQ(next.count, 36u);
    EXPECT_EQ(next.due, 1664u);
    EXPECT_EQ(next.asked.front(), 1600u);
    EXPECT_EQ(next.asked.back(), 1635u);
    EXPECT_EQ(fansDrawn(s, 5).size(), 2u);
}

TEST(Fan, ofTheWaitingAndTheRunningBeforeTheTickEnds)
{
    test::StructureRun run(TimerAlgorithm::Wheel61);
    // In the tenth call of that bucket; two timers were called before.
    int calls = 0;
    core::Position at;
    for (std::uint64_t i = 0; i < run.log().size(); ++i)
        if (run.log()[i].kind == core::Kind::Fired && ++calls == 12) at = {i + 1, 0, 0};
    const StepEffects e = effects(run.log(), at, at);
    const Scene s = makeScene(run.history().at(at), run.inputsPtr(), e, 0);
    ASSERT_FALSE(s.fans.empty());
    EXPECT_TRUE(s.fans[0].isNow);
    EXPECT_EQ(s.fans[0].due, 1600u);
    EXPECT_EQ(s.fans[0].count, 55u) << "the one that runs and those that wait";
    ASSERT_TRUE(s.runningFrom);
    EXPECT_EQ(s.runningFrom->level, 2);
    EXPECT_EQ(s.position, 1600u) << "the jiffy that is processed, though the clock has moved on";
    EXPECT_EQ(s.effects.turn.fireTotal, 64u);
    EXPECT_EQ(s.effects.turn.fired, 10u);
    EXPECT_EQ(s.slot(2, s.runningFrom->index).count, 54u) << "what waits is shown where it was taken from";
}

TEST(Fan, ofEachBucketThatIsDueInTheSameTick)
{
    test::SmallRun run;
    run.inputs().machine.timers = TimerAlgorithm::Wheel61;
    run.inputs().machine.jiffies = 1000;
    // lvl1 and lvl0, both due at 1104; five and two of them.
    for (std::uint32_t i = 0; i < 5; ++i)
        run.at(0, core::Call::AddTimer, run.timer("far", i + 1), 1098 + i);
    for (std::uint32_t i = 0; i < 2; ++i)
        run.at(100, core::Call::AddTimer, run.timer("near", i + 1), 1103);
    run.inputs().untilTicks = 200;
    run.finish();
    const auto from = run.history().lastOfTick(103), to = run.history().lastOfTick(104);
    const Scene s = makeScene(run.history().at(to), run.inputsPtr(), effects(run.log(), from, to), 0);
    ASSERT_EQ(s.fans.size(), 2u);
    EXPECT_EQ(s.fans[0].count, 5u);
    EXPECT_EQ(s.fans[0].bucket.level, 1);
    EXPECT_EQ(s.fans[1].count, 2u);
    EXPECT_EQ(s.fans[1].bucket.level, 0);
    for (const Fan& fan : s.fans) {
        EXPECT_TRUE(fan.isNow);
        EXPECT_EQ(fan.due, 1104u);
    }
}

TEST(Column, ofAListShowsEachOfAFewCallsAndOfManyOneForAll)
{
    for (const std::uint32_t calls : {1u, 3u, 9u}) {
        test::SmallRun run;
        run.inputs().machine.timers = TimerAlgorithm::SortedList;
        run.inputs().machine.jiffies = 1000;
        std::vector<core::TimerId> timers;
        for (std::uint32_t i = 0; i < calls; ++i)
            run.at(0, core::Call::AddTimer, timers.emplace_back(run.timer("t", i + 1)), 1100);
        run.at(0, core::Call::AddTimer, run.timer("later"), 1300);
        // The first is armed again by the second one's time.
        core::CallbackStep again;
        again.delta = 150;
        run.inputs().steps.push_back(again);
        run.inputs().timers[timers[0].value].stepCount = 1;
        run.inputs().untilTicks = 200;
        run.finish();
        const auto from = run.history().lastOfTick(99), to = run.history().lastOfTick(100);
        const ColumnScene s = columnScene(run.history().at(to), run.inputsPtr(), effects(run.log(), from, to), 0);
        const auto inFront = s.list.inFront();
        ASSERT_EQ(inFront.size(), calls == 3 ? 3u : 1u);
        EXPECT_EQ(s.list.firedCount, calls);
        for (const ListTimer& t : inFront)
            EXPECT_EQ(t.expires, 1100u) << "what it was due at, though it may be armed again";
        const ListLayout layout = layoutOf(s.list, box, Look(), false);
        ASSERT_EQ(layout.suns.size(), inFront.size());
        for (std::size_t i = 0; i < inFront.size(); ++i)
            EXPECT_EQ(timerInColumn(layout.suns[i], box, s, Look()), inFront[i].id);
    }
}

TEST(Fan, costsNoMoreForAFullBucket)
{
    test::SmallRun run;
    run.inputs().machine.timers = TimerAlgorithm::Wheel61;
    run.inputs().machine.hz = core::Hz{1000};
    run.inputs().machine.jiffies = 1000;
    for (std::uint32_t i = 0; i < 3'000; ++i)
        run.at(0, core::Call::AddTimer, run.timer("t", i + 1), 5'000 + i % 60);
    run.inputs().untilTicks = 10;
    run.finish();
    const auto at = run.history().lastOfTick(5);
    const Scene s = makeScene(run.history().at(at), run.inputsPtr(), {}, 0);
    ASSERT_EQ(s.fans.size(), 1u);
    EXPECT_GT(s.fans[0].count, 1'000u);
    EXPECT_LE(s.fans[0].asked.size(), Fan::limit);
}

} // namespace
} // namespace jiffy::ui
