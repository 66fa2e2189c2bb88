// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel of 6.1 in the wheel's views: levels that hold nothing are narrow, hands stand still, the second wheel is
// seen, an expiry leads into each bucket.
#include "ui/wheel/band_layout.h"
#include "ui/wheel/filing.h"
#include "ui/wheel/loupe.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/wheel_view.h"

#include "tests/ui/support/structure_run.h"
#include "tests/ui/support/test_desk.h"

#include <gtest/gtest.h>

#include <QImage>

namespace jiffy::ui
{
namespace
{

using core::TimerAlgorithm;

const QRectF canvas(0, 0, 826, 580);

TEST(ModernWheel, everyExpiryFoundLeadsIntoItsBucket)
{
    for (const std::uint32_t hz : {100u, 1000u}) {
        const core::Geometry g = core::wheel61Geometry(1, core::Word(32), core::Hz{hz});
        for (const core::Jiffies clk : {core::Jiffies{0}, core::Jiffies{1000}, core::Jiffies{0xFFFF'FF00u}, core::Jiffies{4096}}) {
            int found = 0;
            for (int l = 0; l < g.levels; ++l)
                for (std::uint32_t i = 0; i < 64; ++i) {
                    const auto expires = expiryFor(g, clk, {l, i});
                    if (!expires) continue;
                    ++found;
                    const core::Bucket bucket = core::bucketFor(g, *expires, clk);
                    EXPECT_EQ(bucket.within, g.level[static_cast<std::size_t>(l)].first + i);
                    EXPECT_EQ(servedNext(g, clk, {l, i}).first, bucket.due) << l << ' ' << i;
                    // Nothing nearer leads there.
                    if (g.word.isAfter(*expires, clk)) {
                        const auto before = core::bucketFor(g, g.word.distance(*expires, 1), clk);
                        EXPECT_NE(before.within, bucket.within) << l << ' ' << i;
                    }
                }
            // The slots right behind the hand of a level are the next lower one's.
            EXPECT_GT(found, g.levels * 50);
        }
    }
}

TEST(ModernWheel, longNumbersGetRoomBesideTheNamesOfTheLevels)
{
    const core::Geometry g = core::wheel61Geometry(1, core::Word(32), core::Hz{1000});
    const BandLayout five(g, canvas, 0, 1, 5), nine(g, canvas, 0, 1, 9);
    EXPECT_GE(nine.left() - five.left(), 20) << "16 777 216 and 4 096";
    EXPECT_EQ(nine.rowBox(0, 0).right(), five.rowBox(0, 0).right());
}

TEST(ModernWheel, eachOfTheTwoWheelsCountsItsOwn)
{
    Scene s;
    s.geometry = core::wheel61Geometry(1, core::Word(32), core::Hz{1000});
    s.pending = 12;
    s.deferrables = 5;
    EXPECT_EQ(s.pendingShown(), 7u);
    s.wheel = 1;
    EXPECT_EQ(s.pendingShown(), 5u);
    s.geometry = core::wheelGeometry(1, core::Word(32), false);
    s.wheel = 0;
    EXPECT_EQ(s.pendingShown(), 12u) << "the wheel of 3.9 has both kinds";
}

TEST(ModernWheel, emptyHighLevelsAreNarrowUntilTheyHoldSomething)
{
    const core::Geometry g = core::wheel61Geometry(1, core::Word(32), core::Hz{1000});
    const BandLayout five(g, canvas, 0, 1, 5), nine(g, canvas, 0, 1, 9);
    EXPECT_FALSE(five.isSameAs(nine));
    EXPECT_LT(five.rowBox(5, 0).height(), 8);
    EXPECT_GT(five.rowBox(4, 0).height(), 24);
    EXPECT_GT(nine.rowBox(8, 0).height(), 16);
    const RingLayout rings(g, canvas, canvas.center(), 250, 5), all(g, canvas, canvas.center(), 250, 9);
    EXPECT_FALSE(rings.isSameAs(all));
    for (const auto* r : {&rings, &all})
        for (int l = 0; l + 1 < 9; ++l)
            EXPECT_LT(r->ring(l + 1).outer, r->ring(l).inner);
    for (const auto* b : {&five, &nine}) {
        for (int l = 0; l + 1 < 9; ++l)
            EXPECT_LT(b->band(l + 1).bottom(), b->band(l).top());
        EXPECT_GT(b->fan().height(), 50);
        EXPECT_LE(b->fan().bottom(), b->tray().top());
        EXPECT_LE(b->tray().bottom(), canvas.bottom());
    }
    EXPECT_LT(rings.ring(5).width(), 4);
    EXPECT_GT(rings.ring(4).width(), 20);
}

TEST(ModernWheel, dotsStayInTheirCells)
{
    const core::Geometry g = core::wheel61Geometry(1, core::Word(32), core::Hz{1000});
    const RingLayout rings(g, canvas, canvas.center(), 250, 5);
    const BandLayout bands(g, canvas, 0, 1, 5), nine(g, canvas, 0, 1, 9);
    for (const WheelLayout* layout : {static_cast<const WheelLayout*>(&rings), static_cast<const WheelLayout*>(&bands), static_cast<const WheelLayout*>(&nine)})
        for (int l = 0; l < 5; ++l) {
            const SlotPlace place{l, 11};
            for (int n = 1; n <= layout->dotLimit(l); ++n)
                for (int k = 0; k < n; ++k)
                    EXPECT_EQ(layout->slotAt(layout->dot(place, k, n)), place) << l << ' ' << k << '/' << n;
        }
}

TEST(ModernWheel, aConeCoversTheEightSlotsThatASlotStandsFor)
{
    const core::Geometry g = core::wheel61Geometry(1, core::Word(32), core::Hz{1000});
    const BandLayout bands(g, canvas, 0, 1, 5);
    const core::Jiffies clk = 0x1234;
    for (int l = 0; l < 4; ++l) {
        const auto above = g.level[static_cast<std::size_t>(l) + 1].indexOf(clk);
        const QRectF cone = bands.cone(l, above).boundingRect();
        const QRectF hand = bands.box({l, g.level[static_cast<std::size_t>(l)].indexOf(clk)});
        EXPECT_LE(cone.left(), hand.left() + .01);
        EXPECT_GE(cone.right(), hand.right() - .01);
    }
}

TEST(ModernWheel, showsTheClockThatStandsStill)
{
    test::StructureRun run(TimerAlgorithm::Wheel61);
    // Between 1200 and 1300 nothing is due.
    const auto at = run.atJiffies(1300);
    const Scene s = makeScene(run.history().at(at), run.inputsPtr(), effects(run.log(), at, at), 0);
    EXPECT_LT(s.position, 1300u);
    EXPECT_EQ(s.lag, 1300 - s.position);
    EXPECT_EQ(s.nextDue, 1600u);
    EXPECT_EQ(s.filing, 1300u) << "filing brings the clock forward first";
    EXPECT_EQ(s.openLevels(), 5);
}

struct ModernView : testing::Test
{
    test::SmallRun run;
    core::TimerId usual, lazy;
    test::TestDesk desk;
    WheelView view{desk.desk};

    void SetUp() override
    {
        run.inputs().machine.timers = TimerAlgorithm::Wheel61;
        run.inputs().machine.hz = core::Hz{1000};
        run.inputs().machine.jiffies = 1000;
        usual = run.timer("usual");
        lazy = run.timer("lazy", 0, core::Deferrable);
        run.at(1, core::Call::AddTimer, usual, 1200);
        run.at(2, core::Call::AddTimer, lazy, 1300);
        run.inputs().untilTicks = 500;
        run.finish();
        view.resize(826, 580);
    }
    void show(core::Position from, core::Position to)
    {
        view.showPosition(run.history().at(to), run.inputsPtr(), effects(run.log(), from, to), MotionStyle::Jump);
    }
};

TEST_F(ModernView, followsAStepToTheWheelThatItIsAbout)
{
    show({}, *run.after(core::Kind::Queued, usual));
    EXPECT_EQ(view.wheel(), 0);
    EXPECT_TRUE(spotOf(view.scene(), view.layoutOfWheel(), usual));
    EXPECT_FALSE(hasTwoWheels(view.scene()));
    const auto before = *run.after(core::Kind::Queued, usual), after = *run.after(core::Kind::Queued, lazy);
    show({after.event - 1, 0, 0}, after);
    EXPECT_EQ(view.wheel(), 1);
    EXPECT_TRUE(spotOf(view.scene(), view.layoutOfWheel(), lazy));
    EXPECT_FALSE(spotOf(view.scene(), view.layoutOfWheel(), usual));
    EXPECT_TRUE(hasTwoWheels(view.scene()));
    EXPECT_EQ(view.scene().deferrables, 1u);
    EXPECT_EQ(view.scene().pending, 2u);
    const auto spot = spotOf(view.scene(), view.layoutOfWheel(), lazy);
    EXPECT_TRUE(view.slotText(spot->place).contains(QStringLiteral("def lvl")));
    EXPECT_EQ(view.scene().geometry.place(view.slotId(spot->place)).wheel, 1);
    show(before, before);
    EXPECT_EQ(view.wheel(), 0);
}

TEST_F(ModernView, theLoupeSaysWhenABucketIsDueAndHowLate)
{
    const auto at = *run.after(core::Kind::Queued, usual);
    show({}, at);
    const auto spot = spotOf(view.scene(), view.layoutOfWheel(), usual);
    ASSERT_TRUE(spot);
    EXPECT_EQ(spot->place.level, 1);
    const LoupeContent c = loupeContent(view.scene(), spot->place);
    EXPECT_TRUE(c.title.startsWith(QStringLiteral("lvl1["))) << c.title.toStdString();
    EXPECT_TRUE(c.detail.contains(grouped(1208))) << c.detail.toStdString();
    EXPECT_TRUE(c.detail.contains(QStringLiteral("8 late"))) << c.detail.toStdString();
}

TEST_F(ModernView, paintsBothFormsInEveryTheme)
{
    show({}, run.history().lastOfTick(100));
    for (const auto name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast})
        for (const auto form : {WheelForm::Rings, WheelForm::Bands}) {
            desk.theme.setTheme(name);
            QImage image(640, 480, QImage::Format_RGB32);
            image.fill(Qt::magenta);
            QPainter p(&image);
            view.paintForm(p, image.rect(), form, false);
            p.end();
            int magenta = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    magenta += image.pixelColor(x, y) == Qt::magenta ? 1 : 0;
            EXPECT_EQ(magenta, 0);
        }
}

} // namespace
} // namespace jiffy::ui
