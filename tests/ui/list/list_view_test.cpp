// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/list_view.h"

#include "tests/ui/support/structure_run.h"
#include "tests/ui/support/test_desk.h"

#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

namespace jiffy::ui
{
namespace
{

using core::Kind;
using core::TimerAlgorithm;

struct ListViewTest : testing::Test
{
    test::StructureRun run{TimerAlgorithm::SortedList};
    test::TestDesk desk;
    ListView view{desk.desk};

    void SetUp() override
    {
        desk.theme.setMotion(MotionSetting::Full);
        view.resize(826, 580);
    }
    void show(core::Position from, core::Position to, Motion motion = Motion::Forward)
    {
        const StepEffects e = effects(run.log(), from, to);
        const Sentence sentence;
        const core::InputsPtr inputs = run.inputsPtr();
        view.showMoment({run.history().at(to), inputs, from, to, motion, MotionStyle::Full, e, sentence, 0});
    }
};

TEST_F(ListViewTest, showsTheHeadFirstAndTheRestInOrder)
{
    show(run.atJiffies(1001), run.atJiffies(1001), Motion::Jump);
    const ListScene& s = view.scene();
    EXPECT_EQ(s.count, 105u);
    ASSERT_EQ(s.head.size(), 105u);
    EXPECT_EQ(s.head.front().id, run.near1010);
    EXPECT_EQ(s.head.back().expires, 11'000u);
    EXPECT_TRUE(std::is_sorted(s.head.begin(), s.head.end(),
                               [](const ListTimer& a, const ListTimer& b) { return a.expires < b.expires; }));
    EXPECT_EQ(s.placeOf(run.far6000), 103u);
    EXPECT_TRUE(view.titleText().contains(QStringLiteral("105")));
}

TEST_F(ListViewTest, theHeadThatFiresStandsInFront)
{
    show(run.atJiffies(1599), run.atJiffies(1600));
    const auto firing = view.scene().firing();
    ASSERT_TRUE(firing);
    EXPECT_EQ(firing->expires, 1600u);
    EXPECT_EQ(view.layoutOfList().suns.size(), 1u);
    EXPECT_EQ(view.scene().head.front().expires, 1601u);
    EXPECT_EQ(view.scene().count, 38u);
    // At rest nothing stands there.
    show(run.atJiffies(1700), run.atJiffies(1701));
    EXPECT_FALSE(view.scene().firing());
    EXPECT_TRUE(view.layoutOfList().suns.empty());
}

TEST_F(ListViewTest, saysWhatAnInsertionWalkedPast)
{
    // The third timer of all walks past two.
    const auto at = run.after(Kind::Queued, core::TimerId::none(), 3);
    ASSERT_TRUE(at);
    show(*run.after(Kind::Queued, core::TimerId::none(), 2), *at);
    EXPECT_EQ(view.scene().newcomers.size(), 1u);
    EXPECT_EQ(view.scene().comparisons, 2u);
    EXPECT_TRUE(view.noteText().contains(QStringLiteral("2"))) << view.noteText().toStdString();
    const QString whole = view.noteText();
    // From behind the walk, which is a record of its own, it is told by the place.
    show(core::Position{at->event - 1, 0, 0}, *at);
    EXPECT_EQ(view.noteText(), whole);
}

TEST_F(ListViewTest, keysWalkOverTheListAndEnterSelects)
{
    show(run.atJiffies(1001), run.atJiffies(1001), Motion::Jump);
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(view.focusPlace(), 0u);
    EXPECT_TRUE(view.accessibleDescription().contains(QStringLiteral("1010")));
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(desk.selection.timer(), view.scene().head[1].id);
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(view.focusPlace(), 0u);
}

TEST_F(ListViewTest, aClickSelectsAndADoubleClickAsksForItsLife)
{
    show(run.atJiffies(1001), run.atJiffies(1001), Motion::Jump);
    const QPoint at = view.layoutOfList().spots[3].at.toPoint();
    QTest::mouseClick(&view, Qt::LeftButton, {}, at);
    EXPECT_EQ(desk.selection.timer(), view.scene().head[3].id);
    QSignalSpy asked(&view, &ListView::centreRequested);
    QTest::mouseDClick(&view, Qt::LeftButton, {}, at);
    EXPECT_EQ(asked.count(), 1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(2, 570));
    EXPECT_FALSE(desk.selection.timer().isValid());
}

TEST_F(ListViewTest, theTableListsTheTimersInOrder)
{
    show(run.atJiffies(1001), run.atJiffies(1001), Motion::Jump);
    QAbstractItemModel* table = view.table();
    ASSERT_EQ(table->rowCount(), 105);
    EXPECT_EQ(table->index(0, 0).data().toString(), QStringLiteral("1"));
    EXPECT_EQ(table->index(0, 2).data().toString(), QStringLiteral("1010"));
    EXPECT_EQ(table->index(0, 3).data().toString(), QStringLiteral("9"));
    EXPECT_EQ(table->index(104, 2).data().toString(), QStringLiteral("11000"));
}

TEST_F(ListViewTest, paintsAnyBoxInEveryTheme)
{
    show(run.atJiffies(1599), run.atJiffies(1600));
    for (const auto name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast}) {
        desk.theme.setTheme(name);
        QImage image(640, 400, QImage::Format_RGB32);
        image.fill(Qt::magenta);
        QPainter p(&image);
        view.paintView(p, image.rect(), false);
        p.end();
        EXPECT_EQ(image.pixelColor(1, 1), desk.theme.theme().canvas);
        bool hasNow = false;
        for (int y = 0; y < image.height() && !hasNow; ++y)
            for (int x = 0; x < image.width() && !hasNow; ++x)
                hasNow = image.pixelColor(x, y) == desk.theme.theme().now;
        EXPECT_TRUE(hasNow) << "the firing sun";
    }
}

TEST(ListScene, costsNoMoreForALongList)
{
    test::StructureRun run(TimerAlgorithm::SortedList, 2'000);
    const core::World& world = run.history().at(run.atJiffies(1001));
    const ListScene s = makeListScene(world, run.inputsPtr(), {}, 0);
    EXPECT_EQ(s.count, 2'005u);
    EXPECT_EQ(s.head.size(), ListScene::headLimit);
    EXPECT_EQ(s.tail.size(), ListScene::tailLimit);
    EXPECT_EQ(s.at(0)->expires, 1010u);
    EXPECT_EQ(s.at(2'004)->expires, 11'000u);
    EXPECT_FALSE(s.at(1'000)) << "nothing is known of the middle";
    EXPECT_EQ(s.placeOf(s.tail.front().id), 2'005u - ListScene::tailLimit);
}

TEST(ListFrame, hasChipsOnlyWhereAllOfThemFit)
{
    const QRectF box(0, 0, 826, 580);
    EXPECT_TRUE(listFrame(box, 1, 1).chips.empty());
    EXPECT_EQ(listFrame(box, 4, 1).chips.size(), 4u);
    EXPECT_TRUE(listFrame(box, 64, 1).chips.empty());
    for (const auto& chip : listFrame(box, 4, 1).chips) {
        EXPECT_TRUE(box.contains(chip.box));
        EXPECT_FALSE(chip.box.intersects(listFrame(box, 4, 1).list));
    }
}

} // namespace
} // namespace jiffy::ui
