// SPDX-License-Identifier: GPL-3.0-or-later
// Pointer and keys on the wheel: loupe, selection, menu, dragging.
#include "ui/wheel/wheel_input.h"

#include "tests/ui/support/small_run.h"
#include "tests/ui/support/test_desk.h"
#include "ui/wheel/add_handle.h"
#include "ui/wheel/filing.h"
#include "ui/wheel/loupe.h"
#include "ui/wheel/ring_layout.h"
#include "ui/wheel/wheel_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

namespace jiffy::ui
{
namespace
{

using core::Jiffies;
using core::Kind;

TEST(Filing, anExpiryForEverySlotThatCanBeReachedFilesIntoIt)
{
    for (const bool isSmall : {false, true})
        for (const int bits : {32, 64}) {
            const core::Geometry g = core::wheelGeometry(1, core::Word(bits), isSmall);
            for (const Jiffies position : {Jiffies{0}, Jiffies{1}, Jiffies{255}, Jiffies{0xFFFF'4500u}, Jiffies{0xFFFF'FFFFu}}) {
                int unreached = 0;
                for (int l = 0; l < g.levels; ++l)
                    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots); ++i) {
                        const auto expires = expiryFor(g, position, {l, i});
                        unreached += expires ? 0 : 1;
                        if (!expires) continue;
                        EXPECT_EQ(core::slotWithin(g, *expires, position), g.level[static_cast<std::size_t>(l)].first + i);
                        EXPECT_GE(g.word.signedDistance(*expires, position), l < 4 ? 0 : INT64_MIN);
                        if (*expires == position) continue;
                        // The nearest: one jiffy earlier leads elsewhere.
                        EXPECT_NE(core::slotWithin(g, g.word.add(*expires, ~0ull), position),
                                  l == 0 ? ~0u : g.level[static_cast<std::size_t>(l)].first + i)
                            << l << ' ' << i;
                    }
                // The slots that the hands have just entered; with 32 bits more than half a turn of tv5 is the past.
                EXPECT_LE(unreached, bits == 32 && !isSmall ? 32 + 4 : 4);
            }
        }
}

struct WheelInputTest : testing::Test
{
    test::CascadeRun run{4};
    test::TestDesk desk;
    WheelView view{desk.desk};

    void SetUp() override
    {
        run.finish();
        view.resize(826, 580);
        view.show();
        show(*run.after(Kind::Moved, run.dnsTtl));
    }
    void show(core::Position p)
    {
        view.showPosition(run.history().at(p), run.inputsPtr(), effects(run.log(), p, p), MotionStyle::Jump);
    }
    Loupe& loupe() { return *view.findChild<Loupe*>(); }
    QPointF dot(core::TimerId id) { return *dotOf(view.scene(), view.layoutOfWheel(), id); }
    void moveTo(QPointF at, Qt::MouseButtons buttons = Qt::NoButton)
    {
        QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, buttons, Qt::NoModifier);
        QApplication::sendEvent(&view, &move);
    }
};

TEST_F(WheelInputTest, theLoupeComesAfterAWhileAndNamesTimersInListOrder)
{
    moveTo(view.layoutOfWheel().middle({1, 5}));
    EXPECT_FALSE(loupe().isVisible());
    ASSERT_TRUE(QTest::qWaitFor([this] { return loupe().isVisible(); }, 5'000));
    const LoupeContent& c = loupe().content();
    EXPECT_EQ(c.cells.size(), 16u);
    EXPECT_EQ(c.title, QStringLiteral("tv2[5]"));
    EXPECT_EQ(c.names, (QStringList{QStringLiteral("keepalive"), QStringLiteral("tcp_rto")}));
    EXPECT_EQ(std::count_if(c.cells.begin(), c.cells.end(), [](const LoupeCell& cell) { return cell.isMeant; }), 1);
    EXPECT_FALSE(loupe().grab().isNull());
    EXPECT_FALSE(loupe().geometry().contains(view.layoutOfWheel().middle({1, 5}).toPoint()));
    moveTo(view.layoutOfWheel().rings()->centre());
    EXPECT_FALSE(loupe().isVisible());
}

TEST(LoupeCorner, keepsWithinTheRoomAndOffThePointer)
{
    const QRectF room(0, 0, 826, 580);
    for (const QPointF at : {QPointF(10, 10), QPointF(820, 10), QPointF(10, 570), QPointF(820, 570), QPointF(400, 300)}) {
        const QRectF box(loupeCorner(at, {380, 150}, room), QSizeF(380, 150));
        EXPECT_TRUE(room.contains(box)) << at.x() << ' ' << at.y();
        EXPECT_FALSE(box.contains(at));
    }
}

TEST_F(WheelInputTest, aClickSelectsTheTimerOrTheSlotOrNothing)
{
    QTest::mouseClick(&view, Qt::LeftButton, {}, dot(run.routeGc).toPoint());
    EXPECT_EQ(desk.selection.timer(), run.routeGc);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.layoutOfWheel().middle({3, 20}).toPoint());
    EXPECT_EQ(desk.selection.slot(), view.slotId({3, 20}));
    EXPECT_FALSE(view.grab().isNull());
    QTest::mouseClick(&view, Qt::LeftButton, {}, {790, 400});
    EXPECT_EQ(desk.selection.what(), Selection::What::Nothing);
}

TEST_F(WheelInputTest, aDoubleClickAsksForTheLifeOfTheTimer)
{
    QSignalSpy spy(&view, &WheelView::centreRequested);
    QTest::mouseDClick(&view, Qt::LeftButton, {}, dot(run.routeGc).toPoint());
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy[0][0].value<core::TimerId>(), run.routeGc);
}

TEST_F(WheelInputTest, draggingADotPreviewsAndDropsAnExpiryOfThatSlot)
{
    view.setEditable(true);
    QSignalSpy preview(&view, &WheelView::dragPreview), dropped(&view, &WheelView::timerDropped),
        ended(&view, &WheelView::dragEnded);
    const QPointF from = dot(run.routeGc), to = view.layoutOfWheel().middle({1, 40});
    QTest::mousePress(&view, Qt::LeftButton, {}, from.toPoint());
    moveTo((from + to) / 2, Qt::LeftButton);
    moveTo(to, Qt::LeftButton);
    ASSERT_TRUE(view.drag());
    EXPECT_EQ(view.drag()->target, (SlotPlace{1, 40}));
    EXPECT_TRUE(view.drag()->isAllowed);
    EXPECT_TRUE(view.drag()->text.startsWith(QStringLiteral("tv2[40]")));
    EXPECT_FALSE(view.grab().isNull());
    const Jiffies expected = *expiryFor(view.scene().geometry, view.scene().filing, {1, 40});
    EXPECT_EQ(preview.last()[1].value<Jiffies>(), expected);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to.toPoint());
    ASSERT_EQ(dropped.count(), 1);
    EXPECT_EQ(dropped[0][0].value<core::TimerId>(), run.routeGc);
    EXPECT_EQ(dropped[0][1].value<Jiffies>(), expected);
    EXPECT_EQ(ended.count(), 1);
    EXPECT_FALSE(view.drag());
}

TEST_F(WheelInputTest, escapeCancelsADragAndReadOnlyWheelsHaveNone)
{
    QSignalSpy dropped(&view, &WheelView::timerDropped);
    const QPointF from = dot(run.routeGc), to = view.layoutOfWheel().middle({1, 40});
    QTest::mousePress(&view, Qt::LeftButton, {}, from.toPoint());
    moveTo(to, Qt::LeftButton);
    EXPECT_FALSE(view.drag()) << "nobody answers";
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to.toPoint());
    view.setEditable(true);
    QTest::mousePress(&view, Qt::LeftButton, {}, from.toPoint());
    moveTo(to, Qt::LeftButton);
    ASSERT_TRUE(view.drag());
    QTest::keyClick(&view, Qt::Key_Escape);
    EXPECT_FALSE(view.drag());
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to.toPoint());
    EXPECT_EQ(dropped.count(), 0);
}

TEST_F(WheelInputTest, theHandleAddsByDragAndByKey)
{
    auto* handle = view.findChild<AddHandle*>();
    EXPECT_FALSE(handle->isVisible());
    view.setEditable(true);
    ASSERT_TRUE(handle->isVisible());
    QSignalSpy add(&view, &WheelView::addRequested);
    QTest::keyClick(handle, Qt::Key_Space);
    ASSERT_EQ(add.count(), 1);
    EXPECT_FALSE(add[0][0].value<core::SlotId>().isValid());
    const QPoint to = handle->mapFromParent(view.layoutOfWheel().middle({2, 10}).toPoint());
    QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
    QMouseEvent move(QEvent::MouseMove, to, handle->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(handle, &move);
    EXPECT_TRUE(view.drag());
    QTest::mouseRelease(handle, Qt::LeftButton, {}, to);
    ASSERT_EQ(add.count(), 2);
    EXPECT_EQ(add[1][0].value<core::SlotId>(), view.slotId({2, 10}));
}

TEST_F(WheelInputTest, theMenuHoldsTheActionsAndWhatTheWheelCanDo)
{
    QAction shown(QStringLiteral("Shown")), hidden(QStringLiteral("Hidden"));
    hidden.setVisible(false);
    view.setTimerActions({&shown, &hidden});
    view.setEditable(true);
    auto* input = view.findChild<WheelInput*>();
    QMenu menu;
    input->fillMenu(menu, SlotPlace{0, 64}, run.routeGc);
    QStringList texts;
    for (const QAction* a : menu.actions())
        if (!a->isSeparator()) texts += a->text();
    EXPECT_EQ(texts, (QStringList{QStringLiteral("Add a timer to tv1[64]…"), QStringLiteral("Shown"),
                                  QStringLiteral("Show its life in the timeline"), QStringLiteral("Select the slot")}));
    QSignalSpy add(&view, &WheelView::addRequested);
    menu.actions().front()->trigger();
    EXPECT_EQ(add[0][0].value<core::SlotId>(), view.slotId({0, 64}));
}

TEST_F(WheelInputTest, enterGoesThroughTheTimersOfASlot)
{
    show(*run.after(Kind::Queued, run.far));
    view.setFocusPlace(SlotPlace{1, 5});
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(desk.selection.timer(), run.lease);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(desk.selection.timer(), run.routeGc);
    view.setFocusPlace(SlotPlace{1, 6});
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(desk.selection.slot(), view.slotId({1, 6}));
}

TEST(WheelHeat, theChipSelectsTheFullestSlot)
{
    test::SmallRun run;
    for (std::uint32_t i = 0; i < 3'000; ++i)
        run.at(1, core::Call::ModTimer, run.timer("p", i + 1), i < 600 ? 120 : 300 + i);
    run.inputs().untilTicks = 20;
    run.finish();
    test::TestDesk desk;
    WheelView view(desk.desk);
    view.resize(826, 580);
    view.show();
    const core::Position p = *run.after(Kind::Queued, core::TimerId::none(), 3'000);
    view.showPosition(run.history().at(p), run.inputsPtr(), effects(run.log(), p, p), MotionStyle::Jump);
    ASSERT_FALSE(view.heatChip().isEmpty());
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.heatChip().center().toPoint());
    EXPECT_EQ(desk.selection.slot(), view.slotId({0, 120}));
}

} // namespace
} // namespace jiffy::ui
