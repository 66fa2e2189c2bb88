// SPDX-License-Identifier: GPL-3.0-or-later
// What moves on the wheel and for how long: drains, outlines, bursts, timers from other CPUs; and that at rest nothing
// ticks.
#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"
#include "ui/wheel/minis.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/wheel_view.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

namespace jiffy::ui
{
namespace
{

using core::Kind;
using core::Position;

struct WheelMotionTest : testing::Test
{
    test::CascadeRun run{4};
    test::TestDesk desk;
    WheelView view{desk.desk};

    void SetUp() override
    {
        run.finish();
        desk.theme.setMotion(MotionSetting::Full);
        view.resize(826, 580);
        view.show();
    }
    void show(test::SmallRun& r, Position from, Position to, MotionStyle style)
    {
        view.showPosition(r.history().at(to), r.inputsPtr(), effects(r.log(), from, to), style);
    }
    Position moved() { return *run.after(Kind::Moved, run.dnsTtl); }
    Position before(Position p) { return {p.event - 1, 0, 0}; }
};

TEST_F(WheelMotionTest, atRestNothingTicks)
{
    show(run, moved(), moved(), MotionStyle::Jump);
    EXPECT_FALSE(view.isTicking());
    show(run, before(moved()), moved(), MotionStyle::Full);
    EXPECT_TRUE(view.isTicking());
    EXPECT_TRUE(QTest::qWaitFor([this] { return !view.isTicking(); }, 5'000));
}

TEST_F(WheelMotionTest, onlyFlightsHoldPlay)
{
    show(run, before(moved()), before(moved()), MotionStyle::Jump);
    QSignalSpy held(&view, &WheelView::flightsStarted);
    show(run, before(moved()), moved(), MotionStyle::Full);
    ASSERT_EQ(held.count(), 1);
    EXPECT_LE(held[0][0].toInt(), 900);
    show(run, moved(), *run.after(Kind::Moved, run.keepalive), MotionStyle::Trails);
    EXPECT_EQ(held.count(), 1) << "trails wait for nothing";
}

TEST_F(WheelMotionTest, manyStepsOutlineTheChangedSlotsAndReducedMotionHoldsThem)
{
    show(run, before(moved()), before(moved()), MotionStyle::Jump);
    const QImage plain = view.grab().toImage();
    show(run, before(moved()), moved(), MotionStyle::Outline);
    EXPECT_FALSE(view.isAnimating());
    const auto changed = changedSlots(view.scene());
    EXPECT_EQ(changed, (std::vector<SlotPlace>{{0, 180}, {1, 5}}));
    const auto border = [&] {
        const QPolygonF cell = view.layoutOfWheel().cell({0, 180});
        const QRgb seen = view.grab().toImage().pixel(((cell[0] + cell.back()) / 2).toPoint());
        return qGray(seen);
    };
    const int outlined = border();
    show(run, moved(), moved(), MotionStyle::Jump);
    EXPECT_LT(outlined, border() - 40) << "a dark frame";
    desk.theme.setMotion(MotionSetting::Reduced);
    show(run, before(moved()), moved(), MotionStyle::Full);
    EXPECT_FALSE(view.isAnimating());
    EXPECT_TRUE(view.isTicking()) << "the frame waits a second";
    EXPECT_TRUE(QTest::qWaitFor([this] { return !view.isTicking(); }, 5'000));
}

TEST_F(WheelMotionTest, aFourthBurstWithinASecondIsSteady)
{
    const Position fired = *run.after(Kind::Fired, run.lease);
    show(run, before(fired), before(fired), MotionStyle::Jump);
    for (int i = 0; i < 3; ++i) {
        show(run, before(fired), fired, MotionStyle::Full);
        EXPECT_GE(view.animationMs(), static_cast<int>(StepMotion::raysMs + StepMotion::fadeMs)) << i;
    }
    show(run, before(fired), fired, MotionStyle::Full);
    EXPECT_LT(view.animationMs(), static_cast<int>(StepMotion::raysMs));
}

TEST_F(WheelMotionTest, aTimerThatChangesItsCpuFliesToTheOtherWheel)
{
    test::SmallRun two;
    two.inputs().machine.cpus = 2;
    const core::TimerId t = two.timer("t");
    two.at(1, core::Call::ModTimer, t, 100, 1);
    two.at(2, core::Call::ModTimer, t, 400, 0);
    two.inputs().untilTicks = 10;
    two.finish();
    const Position from = *two.after(Kind::Queued, t), to = *two.after(Kind::Queued, t, 2);
    show(two, from, from, MotionStyle::Jump);
    view.setCpu(0, two.history().at(from));
    show(two, from, to, MotionStyle::Full);
    const Flights arriving = makeFlights(view.scene(), view.layoutOfWheel(), 1, true);
    ASSERT_EQ(arriving.moves.size(), 1u);
    EXPECT_EQ(arriving.away[0], 1);
    const auto minis = miniPlaces(2, QRectF(view.rect()), 1);
    EXPECT_EQ(arriving.paths[0].front(), minis[1].centre);
    EXPECT_EQ(arriving.paths[0].back(), *dotOf(view.scene(), view.layoutOfWheel(), t));
    EXPECT_FALSE(view.grab().isNull());
    view.setCpu(1, two.history().at(to));
    const Flights leaving = makeFlights(view.scene(), view.layoutOfWheel(), 1, true);
    ASSERT_EQ(leaving.moves.size(), 1u);
    EXPECT_EQ(leaving.away[0], 0);
    EXPECT_EQ(leaving.paths[0].back(), minis[0].centre);
}

TEST_F(WheelMotionTest, heatDrainsIntoItsTargets)
{
    test::SmallRun many;
    for (std::uint32_t i = 0; i < 6'000; ++i)
        many.at(1, core::Call::ModTimer, many.timer("p", i + 1), 512 + i % 200);
    many.inputs().untilTicks = 800;
    many.finish();
    const Position from = many.history().lastOfTick(511), to = *many.after(Kind::Moved, core::TimerId::none(), 6'000);
    for (const WheelForm form : {WheelForm::Rings, WheelForm::Bands}) {
        view.setForm(form, false);
        show(many, from, from, MotionStyle::Jump);
        show(many, from, to, MotionStyle::Full);
        EXPECT_EQ(view.animationMs(), static_cast<int>(StepMotion::drainMs));
        const Theme& t = desk.theme.theme();
        const auto colourOf = [&](SlotPlace p) {
            return QColor(view.grab().toImage().pixel(view.layoutOfWheel().middle(p).toPoint()));
        };
        view.showInstant(5);
        const QColor full = colourOf({1, 2}), empty = colourOf({0, 64});
        view.showInstant(150);
        const QColor half = colourOf({1, 2}), filling = colourOf({0, 64});
        view.showInstant(1'000);
        EXPECT_GT(qGray(half.rgb()), qGray(full.rgb())) << "the source fades";
        EXPECT_LT(qGray(filling.rgb()), qGray(empty.rgb())) << "the target fills";
        EXPECT_EQ(colourOf({0, 64}), slotHeat(t, 0, 30, view.scene().fullest));
    }
}

TEST_F(WheelMotionTest, theClockHasAHandOfItsOwnWhileThisCpuLags)
{
    test::SmallRun lagging;
    const core::TimerId t = lagging.timer("t");
    lagging.inputs().driver = core::Driver::ByHand;
    lagging.inputs().machine.settled = false;
    lagging.at(0, core::Call::ModTimer, t, 300);
    lagging.at(0, core::Call::Advance, core::TimerId::none(), 40);
    lagging.finish();
    const Position end = lagging.history().end();
    show(lagging, end, end, MotionStyle::Jump);
    EXPECT_GE(view.scene().lag, 39u);
    const RingLayout& w = *view.layoutOfWheel().rings();
    const auto clock = view.scene().geometry.level[0].indexOf(view.scene().clock.jiffies);
    const QImage image = view.grab().toImage();
    int dark = 0;
    for (double r = w.ring(0).inner; r < w.ring(0).outer; r += .5)
        dark += qGray(image.pixel(w.polar(r, clock * w.step(0)).toPoint())) < 150 ? 1 : 0;
    EXPECT_GT(dark, 10) << "a dashed frame";
}

} // namespace
} // namespace jiffy::ui
