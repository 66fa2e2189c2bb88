// SPDX-License-Identifier: GPL-3.0-or-later
// Between rings and bands: dots travel, and may be called back.
#include "ui/wheel/wheel_view.h"

#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

namespace jiffy::ui
{
namespace
{

using core::Kind;

struct TravelTest : testing::Test
{
    test::CascadeRun run;
    test::TestDesk desk;
    ThemeProvider& provider = desk.theme;
    WheelView view{desk.desk};

    void SetUp() override
    {
        run.finish();
        provider.setMotion(MotionSetting::Full);
        view.resize(826, 580);
        view.show();
        const core::Position p = *run.after(Kind::Moved, run.dnsTtl);
        view.showPosition(run.history().at(p), run.inputsPtr(), effects(run.log(), p, p), MotionStyle::Jump);
    }
    QPointF placeOf(core::TimerId id) { return *dotOf(view.scene(), view.layoutOfWheel(), id); }
};

TEST_F(TravelTest, everyDotGoesFromItsPlaceToItsPlace)
{
    const QPointF before = placeOf(run.far);
    view.setForm(WheelForm::Bands);
    ASSERT_TRUE(view.isTravelling());
    EXPECT_EQ(view.layoutOfWheel().form(), WheelForm::Bands) << "the pointer already means the bands";
    const QPointF after = placeOf(run.far);
    FormTravel travel = view.travel();
    std::size_t found = 0;
    for (const auto& t : travel.travellers())
        if (t.timer == run.far) {
            ++found;
            EXPECT_EQ(t.from, before);
            EXPECT_EQ(t.to, after);
            EXPECT_GT(t.fromRadius, 0);
            travel.advance(0);
            EXPECT_EQ(travel.positionOf(t), before);
            travel.advance(FormTravel::durationMs / 2);
            EXPECT_NEAR(travel.share(), .875, 1e-9) << "out-cubic";
            travel.advance(FormTravel::durationMs);
            EXPECT_EQ(travel.positionOf(t), after);
        }
    EXPECT_EQ(found, 1u);
    EXPECT_EQ(travel.travellers().size(), 6u);
    EXPECT_TRUE(QTest::qWaitFor([this] { return !view.isTravelling(); }, 5'000));
    view.grab();
}

TEST_F(TravelTest, maybeTurnedRoundOnTheWay)
{
    view.setForm(WheelForm::Bands);
    FormTravel travel = view.travel();
    travel.advance(100);
    const auto at = travel.positionOf(travel.travellers()[0]);
    const double share = travel.share();
    travel.turnRound();
    EXPECT_NEAR(travel.share(), 1 - share, 1e-9);
    EXPECT_NEAR(travel.positionOf(travel.travellers()[0]).x(), at.x(), 1e-6);
    EXPECT_NEAR(travel.positionOf(travel.travellers()[0]).y(), at.y(), 1e-6);
    travel.advance(FormTravel::durationMs);
    EXPECT_FALSE(travel.isRunning());
    EXPECT_EQ(travel.share(), 1);
}

TEST_F(TravelTest, aStepEndsIt)
{
    view.setForm(WheelForm::Bands);
    const core::Position from = *run.after(Kind::Moved, run.dnsTtl), to = *run.after(Kind::Moved, run.keepalive);
    view.showPosition(run.history().at(to), run.inputsPtr(), effects(run.log(), from, to));
    EXPECT_FALSE(view.isTravelling());
    EXPECT_TRUE(view.isAnimating());
}

TEST_F(TravelTest, reducedMotionJumps)
{
    provider.setMotion(MotionSetting::Reduced);
    QSignalSpy changed(&view, &WheelView::formChanged);
    view.toggleForm();
    EXPECT_FALSE(view.isTravelling());
    EXPECT_EQ(view.form(), WheelForm::Bands);
    EXPECT_EQ(changed.count(), 1);
}

TEST_F(TravelTest, theSwitchIsAButtonForPointerAndKeys)
{
    auto* control = view.findChild<FormSwitch*>();
    ASSERT_TRUE(control);
    EXPECT_TRUE(control->isVisible());
    EXPECT_FALSE(control->accessibleName().isEmpty());
    EXPECT_GE(control->height(), 44);
    QTest::mouseClick(control, Qt::LeftButton, {}, {control->width() - 20, control->height() / 2});
    EXPECT_EQ(view.form(), WheelForm::Bands);
    control->setFocus();
    QTest::keyClick(control, Qt::Key_Space);
    EXPECT_EQ(view.form(), WheelForm::Rings);
}

TEST_F(TravelTest, whereOneGeometryHasNoRoomTheOtherStepsIn)
{
    view.resize(640, 350); // too low for rings
    EXPECT_EQ(view.form(), WheelForm::Rings);
    EXPECT_EQ(view.layoutOfWheel().form(), WheelForm::Bands);
    EXPECT_FALSE(view.layoutOfWheel().isMini());
    view.resize(826, 580);
    EXPECT_EQ(view.layoutOfWheel().form(), WheelForm::Rings);
    view.resize(330, 320); // too small for either
    EXPECT_TRUE(view.layoutOfWheel().isMini());
}

} // namespace
} // namespace jiffy::ui
