// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/motion/motion.h"

#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

StepMotion::Plan flights(std::size_t n)
{
    StepMotion::Plan p;
    p.flights = n;
    return p;
}

TEST(StepMotion, oneFlightTakes260MsAndIsSmooth)
{
    StepMotion m;
    m.begin(flights(1), 1'000);
    EXPECT_DOUBLE_EQ(m.length(), 260);
    EXPECT_DOUBLE_EQ(m.flight(0), 0);
    m.advanceTo(1'130);
    EXPECT_DOUBLE_EQ(m.flight(0), .5);
    EXPECT_TRUE(m.isFlying(0));
    m.advanceTo(1'065);
    EXPECT_DOUBLE_EQ(m.elapsed(), 130) << "the clock never goes back";
    m.advanceTo(1'195);
    EXPECT_DOUBLE_EQ(m.flight(0), smoothstep(.75));
    m.advanceTo(1'260);
    EXPECT_DOUBLE_EQ(m.flight(0), 1);
    EXPECT_FALSE(m.isRunning());
}

TEST(StepMotion, manyFlightsAreStaggeredWithin900Ms)
{
    for (const std::size_t n : {2u, 9u, 25u, 200u, 5'000u}) {
        StepMotion m;
        m.begin(flights(n), 0);
        EXPECT_LE(m.length(), 900) << n;
        m.advanceTo(m.length() / 2);
        EXPECT_GE(m.flight(0), m.flight(n - 1)) << "the first leads";
        m.finish();
        EXPECT_DOUBLE_EQ(m.flight(n - 1), 1);
    }
}

TEST(StepMotion, backwardsIsTheMirrorImage)
{
    for (const double at : {0.0, 40.0, 130.0, 200.0, 299.0}) {
        StepMotion forward, back;
        StepMotion::Plan plan = flights(3);
        forward.begin(plan, 0);
        plan.backwards = true;
        back.begin(plan, 0);
        forward.advanceTo(forward.length() - at);
        back.advanceTo(at);
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_NEAR(forward.flight(i), back.flight(i), 1e-9) << at << ' ' << i;
    }
}

TEST(StepMotion, withTrailsOnlyTheHandGlides)
{
    StepMotion m;
    StepMotion::Plan plan = flights(4);
    plan.handMoves = plan.fires = plan.drains = true;
    plan.style = MotionStyle::Trails;
    m.begin(plan, 0);
    EXPECT_DOUBLE_EQ(m.length(), StepMotion::handMs);
    m.advanceTo(60);
    EXPECT_NEAR(m.hand(), .875, 1e-9);
    EXPECT_DOUBLE_EQ(m.flight(2), 1);
    EXPECT_DOUBLE_EQ(m.fade(), 1);
    EXPECT_DOUBLE_EQ(m.rays(), 1);
    EXPECT_DOUBLE_EQ(m.drain(), 1);
}

TEST(StepMotion, steadyDiscsHaveNoRaysAndTakeNoTime)
{
    StepMotion m;
    StepMotion::Plan plan;
    plan.fires = plan.steady = true;
    m.begin(plan, 0);
    EXPECT_DOUBLE_EQ(m.length(), 0);
    EXPECT_DOUBLE_EQ(m.rays(), 0);
    EXPECT_DOUBLE_EQ(m.fade(), 1);
}

TEST(StepMotion, reducedMotionAndManyStepsJump)
{
    for (const MotionStyle style : {MotionStyle::Jump, MotionStyle::Outline}) {
        StepMotion m;
        StepMotion::Plan plan = flights(4);
        plan.handMoves = plan.fires = true;
        plan.style = style;
        m.begin(plan, 50);
        EXPECT_FALSE(m.isRunning());
        EXPECT_DOUBLE_EQ(m.length(), 0);
        EXPECT_DOUBLE_EQ(m.flight(2), 1);
        EXPECT_DOUBLE_EQ(m.hand(), 1);
        EXPECT_DOUBLE_EQ(m.fade(), 1);
    }
}

TEST(StepMotion, aNewStepEndsTheOldOneAtOnce)
{
    StepMotion m;
    m.begin(flights(9), 0);
    m.advanceTo(100);
    StepMotion::Plan hand;
    hand.handMoves = true;
    m.begin(hand, 100);
    EXPECT_DOUBLE_EQ(m.length(), 120);
    EXPECT_DOUBLE_EQ(m.hand(), 0);
    m.advanceTo(160);
    EXPECT_DOUBLE_EQ(m.hand(), outCubic(.5));
    m.advanceTo(220);
    EXPECT_FALSE(m.isRunning());
}

TEST(StepMotion, firesBurstThenFade)
{
    StepMotion m;
    StepMotion::Plan plan;
    plan.fires = true;
    m.begin(plan, 0);
    EXPECT_DOUBLE_EQ(m.length(), 580);
    m.advanceTo(90);
    EXPECT_DOUBLE_EQ(m.rays(), outQuad(.5));
    EXPECT_DOUBLE_EQ(m.fade(), 0);
    m.advanceTo(380);
    EXPECT_DOUBLE_EQ(m.rays(), 1);
    EXPECT_DOUBLE_EQ(m.fade(), outQuad(.5));
}

TEST(StepMotion, nothingToShowTakesNoTime)
{
    StepMotion m;
    m.begin({}, 7);
    EXPECT_FALSE(m.isRunning());
    EXPECT_DOUBLE_EQ(m.length(), 0);
}

} // namespace
} // namespace jiffy::ui
