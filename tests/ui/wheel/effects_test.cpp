// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel/effects.h"

#include "core/world/geometry.h"
#include "tests/ui/support/small_run.h"

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

using core::Kind;
using core::Position;
using core::SlotId;

struct Cascade : testing::Test
{
    test::CascadeRun run;
    core::Geometry g;
    SlotId source, target;

    void SetUp() override
    {
        run.finish();
        g = core::wheelGeometry(1, core::Word(32), false);
        source = g.slot(0, 1, 5);
        target = g.slot(0, 0, 180);
    }
};

TEST_F(Cascade, aMoveIsAMove)
{
    const Position to = *run.after(Kind::Moved, run.dnsTtl);
    const StepEffects e = effects(run.log(), {to.event - 1, 0, 0}, to);
    ASSERT_EQ(e.moves.size(), 1u);
    EXPECT_EQ(e.moves[0], (TimerMove{run.dnsTtl, source, target}));
    EXPECT_FALSE(e.backwards);
    EXPECT_EQ(e.moveCount, 1u);
}

TEST_F(Cascade, aJumpShowsWhatTheLastRecordDid)
{
    const Position to = *run.after(Kind::Moved, run.dnsTtl);
    EXPECT_EQ(effects(run.log(), to, to).moves, effects(run.log(), {to.event - 1, 0, 0}, to).moves);
}

TEST_F(Cascade, goingBackGivesTheSameMovesBackwards)
{
    const Position to = *run.after(Kind::Moved, run.dnsTtl);
    const StepEffects e = effects(run.log(), to, {to.event - 1, 0, 0});
    EXPECT_TRUE(e.backwards);
    ASSERT_EQ(e.moves.size(), 1u);
    EXPECT_EQ(e.moves[0], (TimerMove{run.dnsTtl, source, target}));
    EXPECT_EQ(e.turn.cascadeDone, 2u) << "the turn is that of the position shown";
}

TEST_F(Cascade, theTurnCountsItsMoves)
{
    for (const auto& [timer, done] :
         {std::pair{run.lease, 1u}, {run.routeGc, 2u}, {run.dnsTtl, 3u}, {run.keepalive, 4u}}) {
        const Turn t = turnAt(run.log(), *run.after(Kind::Moved, timer));
        EXPECT_EQ(t.cpu, 0);
        EXPECT_FALSE(t.isServing);
        EXPECT_EQ(t.cascading, source);
        EXPECT_EQ(t.cascadeDone, done);
        EXPECT_EQ(t.cascadeTotal, 5u);
        EXPECT_EQ(t.moved.size(), done);
        EXPECT_EQ(t.moved.back().timer, timer);
    }
    EXPECT_FALSE(turnAt(run.log(), *run.after(Kind::Moved, run.tcpRto)).cascading.isValid())
        << "all five are down";
}

TEST_F(Cascade, theTurnGoesOnUntilTheFunctionsHaveRun)
{
    const Turn t = turnAt(run.log(), *run.after(Kind::Fired, run.lease));
    EXPECT_TRUE(t.isServing);
    EXPECT_EQ(t.serving, test::CascadeRun::turn);
    EXPECT_EQ(t.moved.size(), 5u);
    EXPECT_EQ(t.fired, 1u);
    EXPECT_EQ(t.fireTotal, 1u);
    EXPECT_EQ(t.cascadeDone, 5u);
}

TEST_F(Cascade, thereIsNoTurnOutsideTheSoftirq)
{
    EXPECT_EQ(turnAt(run.log(), {}).cpu, -1);
    const Position queued = *run.after(Kind::Queued, run.dnsTtl);
    EXPECT_EQ(turnAt(run.log(), queued).cpu, -1);
    for (std::uint64_t i = 0; i < run.log().size(); ++i) {
        if (run.log()[i].kind != Kind::Left || run.log()[i].site != core::Site::RunTimerSoftirq) continue;
        EXPECT_EQ(turnAt(run.log(), {i + 1, 0, 0}).cpu, -1);
    }
}

TEST_F(Cascade, aWholeTickShowsWhoFiredAndWhoMoved)
{
    const Position from{run.after(Kind::Moved, run.lease)->event - 4, 0, 0};
    const Position to{run.after(Kind::Left, run.lease)->event, 0, 0};
    const StepEffects e = effects(run.log(), from, to);
    ASSERT_EQ(e.fired.size(), 1u);
    EXPECT_EQ(e.fired[0], (TimerAt{run.lease, g.slot(0, 0, 0), run.history().at(to).item(run.lease).expires}));
    EXPECT_EQ(e.moves.size(), 4u) << "lease came down and fired: no flight";
}

TEST_F(Cascade, filingAndDeletingAreMarked)
{
    const Position to = *run.after(Kind::Queued, run.far);
    const StepEffects e = effects(run.log(), {to.event - 1, 0, 0}, to);
    ASSERT_EQ(e.queued.size(), 1u);
    EXPECT_EQ(e.queued[0].timer, run.far);
    const StepEffects back = effects(run.log(), to, {to.event - 1, 0, 0});
    EXPECT_TRUE(back.queued.empty());
    ASSERT_EQ(back.unqueued.size(), 1u);
}

TEST(Effects, aModifiedTimerFliesFromItsOldSlot)
{
    test::SmallRun run;
    const core::TimerId t = run.timer("t");
    run.at(1, core::Call::ModTimer, t, 100);
    run.at(2, core::Call::ModTimer, t, 1'000);
    run.at(3, core::Call::DelTimer, t);
    run.inputs().untilTicks = 10;
    run.finish();
    const Position first = *run.after(Kind::Queued, t), second = *run.after(Kind::Queued, t, 2),
                   gone = *run.after(Kind::Unqueued, t, 2);
    const core::Geometry g = core::wheelGeometry(1, core::Word(32), false);
    const StepEffects e = effects(run.log(), first, second);
    ASSERT_EQ(e.moves.size(), 1u);
    EXPECT_EQ(e.moves[0], (TimerMove{t, g.slot(0, 0, 100), g.slot(0, 1, 3)}));
    const StepEffects d = effects(run.log(), second, gone);
    ASSERT_EQ(d.unqueued.size(), 1u);
    EXPECT_TRUE(effects(run.log(), {}, gone).moves.empty()) << "came and went";
}

TEST(Effects, manyMovesBecomeDrains)
{
    test::SmallRun run;
    for (std::uint32_t i = 0; i < 6'000; ++i)
        run.at(1, core::Call::ModTimer, run.timer("p", i + 1), 512 + i % 200);
    run.inputs().untilTicks = 800;
    run.finish();
    const Position first = *run.after(Kind::Moved),
                   last = *run.after(Kind::Moved, core::TimerId::none(), 6'000);
    const StepEffects e = effects(run.log(), {first.event - 1, 0, 0}, last);
    EXPECT_TRUE(e.moves.empty());
    EXPECT_EQ(e.moveCount, 6'000u);
    EXPECT_EQ(e.drains.size(), 200u);
    std::uint64_t sum = 0;
    for (const Drain& d : e.drains)
        sum += d.count;
    EXPECT_EQ(sum, 6'000u);
    EXPECT_EQ(e.turn.moved.size(), Turn::trailLimit) << "only the latest are kept for trails";
    EXPECT_EQ(e.turn.cascadeDone, 6'000u);
}

TEST(Effects, hugeStepsCountDrainsWithoutLookingAtTimers)
{
    test::SmallRun run;
    constexpr std::uint32_t n = 410'000; // more records than single timers are looked at in
    for (std::uint32_t i = 0; i < n; ++i)
        run.at(1, core::Call::ModTimer, run.timer("p", i + 1), 512 + i % 200);
    run.inputs().untilTicks = 514;
    run.finish();
    const Position before = run.history().lastOfTick(511), after = run.history().lastOfTick(512);
    const StepEffects e = effects(run.log(), before, after);
    EXPECT_TRUE(e.moves.empty());
    EXPECT_EQ(e.moveCount, n);
    EXPECT_EQ(e.drains.size(), 200u);
    const StepEffects back = effects(run.log(), after, before);
    EXPECT_TRUE(back.backwards);
    EXPECT_EQ(back.drains, e.drains);
}

} // namespace
} // namespace jiffy::ui
