// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/nohz_view.h"

#include "tests/ui/nohz/nohz_run.h"
#include "tests/ui/support/test_desk.h"
#include "ui/nohz/words.h"
#include "ui/window/jiffies_block.h"

#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

namespace jiffy::ui
{
namespace
{

struct NohzViewTest : testing::Test
{
    test::NohzRun run;
    test::TestDesk desk;
    NohzView view{desk.desk};

    void open(test::NohzRun other)
    {
        run = std::move(other);
        view.resize(1116, 774);
        view.show();
        view.reset(run.inputs, run.history->snapshot());
    }
    void SetUp() override { open(test::NohzRun()); }
    void show(core::Position at, int cpu = 2)
    {
        const StepEffects e;
        const Sentence sentence;
        view.showMoment({run.history->at(at), run.inputs, at, at, Motion::Jump, MotionStyle::Jump, e, sentence, cpu});
    }
    core::Position atTick(std::uint64_t tick) { return run.history->lastOfTick(tick); }
    QStringList prices() const
    {
        QStringList all;
        for (const Price& p : pricesOf(view.scene())) all += QStringLiteral("%1 %2").arg(p.text).arg(p.value);
        return all;
    }
};

TEST_F(NohzViewTest, saysWhatTheCpusDo)
{
    show(atTick(250));
    const auto& cpus = view.scene().cpus;
    ASSERT_EQ(cpus.size(), 4u);
    EXPECT_EQ(cpus[0].caption, QStringLiteral("keeps jiffies"));
    EXPECT_EQ(cpus[1].caption, QStringLiteral("busy"));
    EXPECT_EQ(cpus[2].caption, QStringLiteral("asleep"));
    EXPECT_EQ(cpus[3].caption, QStringLiteral("naps"));
    EXPECT_EQ(cpus[0].interrupts, 250u);
    EXPECT_EQ(cpus[2].interrupts, 0u);
    EXPECT_EQ(cpus[3].interrupts, 3u);
    EXPECT_FALSE(view.scene().isStale());
}

TEST_F(NohzViewTest, namesThoseThatHaveSleptWhereThereIsNothingToOpen)
{
    show(atTick(0), 0);
    show(atTick(250), 0);
    EXPECT_EQ(nothingOpened(view.scene()), QStringLiteral("nothing to open; CPU 2, CPU 3 have slept: click a name"));
    show(atTick(250), 2);
    EXPECT_EQ(nothingOpened(view.scene()), QStringLiteral("opens when it wakes"));
}

TEST_F(NohzViewTest, aSleepSoFarIsOwed)
{
    show(atTick(250));
    const NohzScene& s = view.scene();
    EXPECT_EQ(s.cpu, 2);
    EXPECT_FALSE(s.story);
    ASSERT_TRUE(s.sleep);
    EXPECT_EQ(s.behind, 249u);
    EXPECT_EQ(prices(), QStringList({QStringLiteral("tick interrupts saved so far 250"), QStringLiteral("turns of the loop owed 250")}));
}

TEST_F(NohzViewTest, opensTheCatchUpTurnByTurn)
{
    show(run.fired(1));
    const NohzScene& s = view.scene();
    ASSERT_TRUE(s.story);
    EXPECT_TRUE(s.isInside);
    EXPECT_EQ(s.turnsDone, 100u);
    EXPECT_EQ(s.behind, 399u);
    EXPECT_EQ(openedTitle(s), QStringLiteral("CPU 2 at 1500, opened"));
    EXPECT_EQ(openedText(s), QStringLiteral("one softirq walks 500 turns"));
    EXPECT_EQ(handText(s), QStringLiteral("serves 76"));
    EXPECT_EQ(jiffiesHandText(s), QStringLiteral("jiffies 220"));
    const auto& items = view.opened().items;
    ASSERT_EQ(items.size(), 4u);
    const QStringList expected = {QStringLiteral("1024 cascade tv2[4], empty"), QStringLiteral("1100 D fires 400 late"), QStringLiteral("1280 cascade N to tv1[220]"),
                                  QStringLiteral("1500 N fires on time")};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(QStringLiteral("%1 %2 %3").arg(items[i].number, items[i].name, items[i].detail), expected[static_cast<qsizetype>(i)]);
        EXPECT_EQ(items[i].isPast, i < 2);
        EXPECT_EQ(items[i].isCurrent, i == 1);
        EXPECT_FALSE(items[i].label.isEmpty());
    }
    // The hand goes on turn by turn: the call's return, then quiet turns.
    auto at = run.history->next(run.fired(1), core::Rung::Operation).value();
    for (int i = 0; i < 3; ++i) at = run.history->next(at, core::Rung::Operation).value();
    show(at);
    EXPECT_EQ(view.scene().turnsDone, 103u);
    EXPECT_EQ(view.scene().behind, 396u);
}

TEST_F(NohzViewTest, tellsThePricesOfTheSleep)
{
    show(atTick(500));
    EXPECT_FALSE(view.scene().isInside);
    EXPECT_EQ(view.scene().turnsDone, 500u);
    EXPECT_EQ(prices(), QStringList({QStringLiteral("tick interrupts saved 499"), QStringLiteral("loop turns in one softirq 500"), QStringLiteral("slots that held a timer 2"),
                                     QStringLiteral("cascades met, one of them empty 2"), QStringLiteral("lateness of D, jiffies 400"), QStringLiteral("lateness of N, jiffies 0")}));
    show(atTick(500), 1);
    EXPECT_TRUE(prices().isEmpty());
    EXPECT_FALSE(pricesNote(view.scene()).isEmpty());
}

TEST_F(NohzViewTest, theModernWheelHasNoTurns)
{
    open(test::NohzRun("wheel-6.1"));
    show(atTick(504));
    const NohzScene& s = view.scene();
    ASSERT_TRUE(s.story);
    EXPECT_EQ(view.opened().perTurn, 0);
    ASSERT_EQ(view.opened().arcs.size(), 2u);
    EXPECT_FALSE(view.opened().arcs[0].isDeferrable);
    EXPECT_TRUE(view.opened().arcs[1].isDeferrable);
    EXPECT_GT(view.opened().arcs[0].to, view.opened().arcs[1].to);
    EXPECT_TRUE(prices().contains(QStringLiteral("jiffies that clk jumped over 504"))) << prices().join(QLatin1Char('\n')).toStdString();
    EXPECT_TRUE(prices().contains(QStringLiteral("lateness of D, jiffies 404")));
    EXPECT_TRUE(pricesNote(s).contains(QStringLiteral("next_expiry")));
}

TEST_F(NohzViewTest, aSortedListHasNoHands)
{
    open(test::NohzRun("sorted-list"));
    show(atTick(500));
    EXPECT_TRUE(view.opened().arcs.empty());
    EXPECT_EQ(view.scene().behind, 0u);
    EXPECT_TRUE(pricesNote(view.scene()).contains(QStringLiteral("head")));
}

TEST_F(NohzViewTest, aClickOnALaneChoosesItsCpu)
{
    show(atTick(500));
    QSignalSpy picked(&view, &NohzView::cpuPicked);
    const auto& row = view.layoutInSight().rows[3];
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(static_cast<int>(view.layoutInSight().labelX) + 4, static_cast<int>(row.base)));
    EXPECT_EQ(desk.selection.cpu(), 3);
    ASSERT_EQ(picked.count(), 1);
    EXPECT_EQ(picked[0][0].toInt(), 3);
}

TEST_F(NohzViewTest, aClickOnAMarkSeeks)
{
    core::Opened opened;
    opened.inputs = run.inputs;
    desk.session.start(opened, QString());
    QTRY_VERIFY(!desk.session.isRunning());
    show(atTick(500));
    const auto click = [&](QPointF at) { QTest::mouseClick(&view, Qt::LeftButton, {}, at.toPoint()); };
    const auto& row = view.layoutInSight().rows[3];
    click({view.lanes()[3].bars[0].x, row.barTop + 6});
    EXPECT_EQ(desk.session.ticks(), 60u);
    EXPECT_EQ(desk.session.record()->site, core::Site::TickInterrupt);
    desk.selection.clear();
    show(atTick(500));
    const OpenedItem cascade = view.opened().items[2];
    click(cascade.label.center());
    EXPECT_EQ(desk.session.position(), cascade.seek);
    EXPECT_EQ(desk.session.record()->kind, core::Kind::Moved);
    click({view.opened().xOfTurn(41), view.layoutInSight().band.bottom() - 4});
    EXPECT_EQ(desk.session.world().cpu(2).timerJiffies, 1001u + 42u);
    click({view.scale().xOf(333), view.layoutInSight().rulerY - 4});
    EXPECT_EQ(desk.session.ticks(), 333u);
}

TEST_F(NohzViewTest, whatStandsThereIsSaid)
{
    show(atTick(500));
    const auto& row = view.layoutInSight().rows[2];
    const double y = (row.base + row.barTop) / 2;
    EXPECT_TRUE(view.tipAt({view.scale().xOf(100), y}).startsWith(QStringLiteral("D was due at 1100")));
    EXPECT_TRUE(view.tipAt({view.scale().xOf(300), y}).startsWith(QStringLiteral("Asleep from 1000 to 1500")));
    EXPECT_TRUE(view.tipAt({view.scale().xOf(500), y}).contains(QStringLiteral("499")));
    EXPECT_EQ(view.tipAt(view.opened().items[2].label.center()), QStringLiteral("1280: cascade, N to tv1[220]"));
    EXPECT_TRUE(view.accessibleDescription().contains(QStringLiteral("loop turns in one softirq: 500")));
}

TEST_F(NohzViewTest, keysGoFromCpuToCpuAndZoom)
{
    show(atTick(500));
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(desk.selection.cpu(), 1);
    const double all = view.scale().range.size();
    QTest::keyClick(&view, Qt::Key_W);
    EXPECT_LT(view.scale().range.size(), all);
    QTest::keyClick(&view, Qt::Key_Z);
    EXPECT_DOUBLE_EQ(view.scale().range.size(), all);
}

TEST_F(NohzViewTest, theTableHasEverySleepSoFar)
{
    const QAbstractItemModel* table = view.table();
    show(run.history->end());
    ASSERT_EQ(table->rowCount(), 7) << "two of CPU 2, five of CPU 3";
    const auto cell = [&](int row, int column) { return table->index(row, column).data().toString(); };
    EXPECT_EQ(cell(0, 0), QStringLiteral("2"));
    EXPECT_EQ(cell(0, 1), QStringLiteral("1000"));
    EXPECT_EQ(cell(0, 2), QStringLiteral("1500"));
    EXPECT_EQ(cell(0, 4), QStringLiteral("its timer"));
    EXPECT_EQ(cell(0, 5), QStringLiteral("499"));
    EXPECT_EQ(cell(0, 6), QStringLiteral("500"));
    EXPECT_EQ(cell(0, 11), QStringLiteral("400"));
    EXPECT_EQ(cell(1, 3), QStringLiteral("nothing"));
    EXPECT_EQ(cell(2, 0), QStringLiteral("3"));
    EXPECT_EQ(cell(6, 4), QStringLiteral("still asleep"));
    // What has not happened is not counted.
    show(atTick(50));
    ASSERT_EQ(table->rowCount(), 2);
    EXPECT_EQ(cell(0, 2), QString());
    EXPECT_EQ(cell(0, 4), QStringLiteral("still asleep"));
    EXPECT_EQ(cell(0, 5), QStringLiteral("50"));
    EXPECT_EQ(cell(0, 6), QString());
    show(run.fired(1));
    EXPECT_EQ(cell(0, 5), QStringLiteral("499"));
    EXPECT_EQ(cell(0, 6), QString()) << "it is catching up";
}

TEST_F(NohzViewTest, countsNothingWhileNobodyLooks)
{
    core::Opened opened;
    opened.inputs = run.inputs;
    desk.session.start(opened, QString());
    QTRY_VERIFY(!desk.session.isRunning());
    desk.session.seekTick(500);
    NohzView hidden(desk.desk);
    hidden.resize(1116, 774);
    hidden.reset(run.inputs, run.history->snapshot());
    const StepEffects e;
    const Sentence sentence;
    hidden.showMoment({run.history->at(atTick(500)), run.inputs, atTick(500), atTick(500), Motion::Jump, MotionStyle::Jump, e, sentence, 2});
    EXPECT_TRUE(hidden.scene().isEmpty());
    // A picture of it is whole nevertheless.
    QImage image(hidden.size(), QImage::Format_ARGB32_Premultiplied);
    QPainter p(&image);
    hidden.paintView(p, QRectF(hidden.rect()), false);
    EXPECT_EQ(hidden.scene().tick, 500u);
    EXPECT_EQ(hidden.scene().cpu, 2);
    ASSERT_EQ(hidden.lanes().size(), 4u);
    EXPECT_EQ(hidden.lanes()[3].bars.size(), 4u);
}

TEST_F(NohzViewTest, drawsTheTicksThatTheActivityTells)
{
    show(atTick(500));
    view.setRange({180, 240});
    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    QPainter p(&image);
    view.paintView(p, QRectF(view.rect()), false);
    p.end();
    const Theme& t = desk.theme.look().t();
    const auto& rows = view.layoutInSight().rows;
    for (int cpu = 0; cpu < 4; ++cpu)
        for (std::uint64_t tick = 182; tick < 238; ++tick) {
            // Above the short marks of ticks that did not happen; a hatch is never as dark as a bar.
            const auto& row = rows[static_cast<std::size_t>(cpu)];
            const QPoint at(static_cast<int>(view.scale().xOf(static_cast<double>(tick))), static_cast<int>(row.barTop + 5));
            const QRectF text = voidTextOf(view.lanes()[static_cast<std::size_t>(cpu)], row, view.scene(), *run.accounts, view.scale().xOf(static_cast<double>(view.scene().tick)), desk.theme.look()).box;
            if (text.contains(at)) continue;
            const bool isDark = contrast(image.pixelColor(at), t.canvas) > 4;
            EXPECT_EQ(isDark, run.activity->isTicking(cpu, tick)) << cpu << " at " << tick;
        }
}

TEST_F(NohzViewTest, theHeaderSaysWhatTimeItIsWhileJiffiesStand)
{
    const auto shown = [&](bool isAlone) {
        auto inputs = std::make_shared<core::Inputs>(*run.inputs);
        if (isAlone) inputs->machine.kernel.load = 0; // nobody is busy
        core::History history(inputs, core::runAll(inputs));
        JiffiesBlock block(desk.theme, nullptr);
        block.show(*inputs, history.at(history.lastOfTick(30)), 30);
        return block.accessibleDescription();
    };
    EXPECT_FALSE(shown(false).contains(QStringLiteral("by the clock"))) << shown(false).toStdString();
    EXPECT_TRUE(shown(true).contains(grouped(1030) + QStringLiteral(" by the clock"))) << shown(true).toStdString();
}

TEST_F(NohzViewTest, anOrdinaryRunIsNotItsBusiness)
{
    auto plain = std::make_shared<core::Inputs>(*run.inputs);
    plain->machine.kernel.isThere = false;
    view.reset(plain, core::Snapshot());
    EXPECT_TRUE(view.scene().isEmpty());
    EXPECT_TRUE(view.lanes().empty());
    EXPECT_TRUE(view.tipAt({200, 200}).isEmpty());
    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    QPainter p(&image);
    view.paintView(p, QRectF(view.rect()), false);
}

} // namespace
} // namespace jiffy::ui
