// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline of a run of tgtd: what stands where, what a click finds, and that it stays cheap.
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "tests/ui/support/test_desk.h"
#include "ui/timeline/daemon_hover.h"
#include "ui/timeline/daemon_time.h"
#include "ui/timeline/scene.h"
#include "ui/timeline/timeline_view.h"

#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace jiffy;

namespace
{

constexpr double second = 1e6;

core::InputsPtr inputsOf(const std::string& ops)
{
    return std::make_shared<const core::Inputs>(core::readOps(ops, "test.ops").value());
}

core::Lateness latenessOf(const std::string& ops)
{
    const auto inputs = inputsOf(ops);
    core::Lateness run(*inputs);
    run.extend(core::runAll(inputs).log);
    return run;
}

/// The workload of the design: a handler of 1.05 s over four alarms.
const std::string workload =
    "work isns_poll\nwork keepalive\nwork nop_in\nwork cleanup\n"
    "at 100 add isns_poll 4\nat 400 add keepalive 4\nat 1300 add nop_in 2\nat 2600 add cleanup 5\n"
    "at 4050 burn 1050\nat 6200 burn 0\nat 6900 burn 0\nuntil 16000\n";

const ui::TimeScale sixteen{100, 1700, {0, 16 * second}}; // 10 ms a pixel

class DaemonTimeline : public testing::Test
{
  protected:
    void start(const std::string& ops)
    {
        desk.session.start({inputsOf(ops), {}}, QStringLiteral("test.ops"));
        while (desk.session.isRunning())
            QTest::qWait(2);
        while (!desk.session.twin().isThere() ||
               desk.session.twin().snapshot().status == core::RunStatus::Running)
            QTest::qWait(2);
        view.resize(1440, 334);
        view.reset(desk.session.history().inputsPtr(), desk.session.snapshot());
        view.setPlayhead({}, 0);
    }
    QPointF inRow(double us, int row) const
    {
        const auto s = view.scene();
        return {s.scale.leftOf(us), s.rows.lives.middleOf(row)};
    }
    QPointF inLane(double us, int row) const
    {
        const auto s = view.scene();
        return {s.scale.leftOf(us), s.rows.lanes.middleOf(row)};
    }
    void click(QPointF at)
    {
        QTest::mouseClick(&view, Qt::LeftButton, {}, at.toPoint());
        QTest::qWait(2);
    }

    test::TestDesk desk;
    ui::TimelineView view{desk.desk, nullptr};
};

} // namespace

TEST(DaemonTime, IsInSeconds)
{
    EXPECT_EQ(ui::instantText(4'750'000), QStringLiteral("4.750"));
    EXPECT_EQ(ui::instantText(4'750'013), QStringLiteral("4.750\u2009013"));
    EXPECT_EQ(ui::durationUsText(0), QStringLiteral("0 s"));
    EXPECT_EQ(ui::durationUsText(13), QStringLiteral("13 µs"));
    EXPECT_EQ(ui::durationUsText(2'540), QStringLiteral("2.5 ms"));
    EXPECT_EQ(ui::durationUsText(48'000), QStringLiteral("48 ms"));
    EXPECT_EQ(ui::durationUsText(150'000), QStringLiteral("0.15 s"));
    EXPECT_EQ(ui::durationUsText(10'800'000), QStringLiteral("10.8 s"));
    EXPECT_EQ(ui::durationUsText(-200'000), QStringLiteral("\u22120.20 s"));
    EXPECT_EQ(ui::latenessText(-200'000), QStringLiteral("0.20 s early"));
}

TEST(DaemonTime, TheRulerHasRoundSecondsAtAnyZoom)
{
    for (const double size : {20.0, 1e3, 7e4, 16e6, 3.6e9}) {
        const ui::TimeScale scale{132, 1412, {size / 3, size / 3 + size}};
        const auto marks = ui::secondMarks(scale, 72);
        std::vector<double> majors;
        for (const auto& m : marks)
            if (m.isMajor) majors.push_back(m.x);
        ASSERT_GE(majors.size(), 3u) << size;
        EXPECT_LE(marks.size(), 110u);
        for (std::size_t i = 1; i < majors.size(); ++i)
            EXPECT_GE(majors[i] - majors[i - 1], 71.9);
    }
    const auto marks = ui::secondMarks(sixteen, 72);
    EXPECT_EQ(marks.front().label, QStringLiteral("0"));
    EXPECT_NEAR(marks.front().x, 100, .01);
}

TEST(DaemonLanes, ShowWhichAlarmsWereSwallowed)
{
    const auto run = latenessOf("scheduler new\n" + workload);
    const auto bars = ui::alarmBars(run.alarms(), sixteen);
    ASSERT_EQ(bars.size(), 64u);
    EXPECT_NEAR(bars[0].x, 125, .01);
    for (std::size_t i = 0; i < bars.size(); ++i)
        EXPECT_EQ(bars[i].swallowed, i == 17 || i == 18 || i == 19 ? 1u : 0u) << i;
}

TEST(DaemonLanes, JoinWhatIsNarrowerThanAPixelAndLoseNothing)
{
    std::string ops = "scheduler new\nuntil 3600000\n";
    const auto run = latenessOf(ops); // 14,400 alarms
    const ui::TimeScale hour{100, 1380, {0, 3600 * second}};
    const auto alarms = ui::alarmBars(run.alarms(), hour);
    EXPECT_LE(alarms.size(), 1281u);
    std::uint64_t sum = 0;
    for (const auto& a : alarms)
        sum += a.count;
    EXPECT_EQ(sum, run.alarms().size());
    const auto passes = ui::spanBars(run.passes(), hour, run.ticks());
    EXPECT_LE(passes.size(), 1281u);
    sum = 0;
    for (const auto& b : passes)
        sum += b.count;
    EXPECT_EQ(sum, run.passes().size());
}

TEST(DaemonLanes, ARowHoldsWhenItWasDueAndWhenItRan)
{
    const auto run = latenessOf("scheduler new\n" + workload);
    const auto row = ui::lateRow(run, core::TimerId(0), sixteen, run.ticks(), 9);
    ASSERT_EQ(row.bars.size(), 1u);
    EXPECT_FALSE(row.isDense);
    EXPECT_NEAR(row.bars[0].added, 110, .01);
    EXPECT_NEAR(row.bars[0].due, 510, .01);
    EXPECT_NEAR(row.bars[0].end, 610, .01);
    const auto items = ui::itemsByDue(run);
    EXPECT_EQ(items, (std::vector<core::TimerId>{core::TimerId(2), core::TimerId(0), core::TimerId(1),
                                                 core::TimerId(3)}));
}

TEST(DaemonLanes, ADenseRowIsAtMostABarAPixel)
{
    const auto run = latenessOf("scheduler new\nwork A\non A rearm 1\nat 100 add A 1\nuntil 7200000\n");
    const ui::TimeScale all{100, 1380, {0, 7200 * second}};
    const auto row = ui::lateRow(run, core::TimerId(0), all, run.ticks(), 9);
    EXPECT_TRUE(row.isDense);
    EXPECT_TRUE(row.bars.empty());
    EXPECT_LE(row.merged.size(), 1281u);
    ASSERT_FALSE(row.merged.empty());
    for (std::size_t i = 1; i < row.merged.size(); ++i)
        EXPECT_GT(row.merged[i].from, row.merged[i - 1].to);
    // Near by, each has its own.
    const ui::TimeScale some{100, 1380, {7000 * second, 7010 * second}};
    EXPECT_FALSE(ui::lateRow(run, core::TimerId(0), some, run.ticks(), 9).isDense);
}

TEST(DaemonRows, KeepLanesAndItemsInSight)
{
    for (const double height : {140.0, 194.0, 274.0, 334.0, 900.0})
        for (const int items : {0, 1, 4, 10'000}) {
            const auto rows = ui::daemonRows(height, 4, items, 1);
            SCOPED_TRACE(testing::Message() << height << ' ' << items);
            EXPECT_LE(rows.lives.top + rows.lives.height, height + .01);
            EXPECT_GE(rows.lanes.height, 20);
            EXPECT_GE(rows.lives.top, rows.lanes.top + rows.lanes.height);
            if (items == 0) {
                EXPECT_EQ(rows.livesTitle, 0);
            }
            if (items > 0 && height >= 194) {
                EXPECT_GE(rows.lives.height, std::min(items, 2) * 18 - .01);
            }
        }
    EXPECT_EQ(ui::daemonRows(274, 4, 4, 1).lives.maxScroll(), 0);
}

TEST(DaemonRows, NeverCutALaneOrAnItem)
{
    for (int height = 90; height <= 400; ++height)
        for (const int lanes : {3, 4})
            for (const int items : {0, 1, 2, 4, 9, 10'000})
                for (const double scale : {1.0, 1.25}) {
                    auto rows = ui::daemonRows(height * scale, lanes, items, scale);
                    SCOPED_TRACE(testing::Message() << height << ' ' << lanes << ' ' << items << ' ' << scale);
                    EXPECT_EQ(rows.lanes.maxScroll(), 0);
                    EXPECT_EQ(rows.lanes.endInSight() - rows.lanes.firstInSight(), lanes);
                    EXPECT_LE(rows.lanes.top + rows.lanes.height, height * scale + .01);
                    if (height >= 120) {
                        EXPECT_GE(rows.lanes.rowHeight, 14 * scale - .01);
                    }
                    if (height >= 140 && items > 0) {
                        EXPECT_GE(rows.lives.height, 18 * scale - .01);
                    }
                    // Wherever it is scrolled to, whole rows are in sight.
                    for (const double offset : {0.0, 7.0, 100.0, 1e9}) {
                        rows.lives.scrollTo(offset);
                        EXPECT_LE(rows.lives.top + rows.lives.height, height * scale + .01);
                        const double shown = rows.lives.height / rows.lives.rowHeight,
                                     above = rows.lives.scroll / rows.lives.rowHeight;
                        EXPECT_NEAR(shown, std::round(shown), .001);
                        EXPECT_NEAR(above, std::round(above), .001);
                    }
                }
}

TEST_F(DaemonTimeline, DraggingThePlayheadMovesItAndSelectsNothing)
{
    start("scheduler new\n" + workload);
    view.setPlayhead(desk.session.history().lastOfTick(4'000'000), 4'000'000);
    const auto s = view.scene();
    const auto from = ui::playheadPill(s).center().toPoint();
    QTest::mousePress(&view, Qt::LeftButton, {}, from);
    for (int x = 0; x <= 200; x += 20) {
        QTest::mouseMove(&view, from + QPoint(x, 0));
        QTest::qWait(2);
    }
    QTest::mouseRelease(&view, Qt::LeftButton, {}, from + QPoint(200, 0));
    EXPECT_TRUE(view.note().isEmpty());
    EXPECT_NEAR(static_cast<double>(desk.session.ticks()), 4e6 + 200 * s.scale.ticksPerPixel(),
                300'000); // events are up to 0.25 s apart
}

TEST_F(DaemonTimeline, ShowsAllOfAShortRun)
{
    start("scheduler new\n" + workload);
    EXPECT_NEAR(view.range().size(), 16 * second, 2);
    EXPECT_EQ(view.scene().rows.lives.count, 4);
}

TEST_F(DaemonTimeline, SaysWhatIsThere)
{
    start("scheduler new\n" + workload);
    EXPECT_TRUE(view.wordsAt(inLane(4'500'000, 0)).contains(QStringLiteral("swallowed")))
        << view.wordsAt(inLane(4'500'000, 0)).toStdString();
    EXPECT_TRUE(view.wordsAt(inLane(4'250'000, 0)).startsWith(QStringLiteral("Alarm 17, 4.250 s")));
    EXPECT_TRUE(view.wordsAt(inLane(4'700'000, 1)).contains(QStringLiteral("4 bytes in the pipe")));
    EXPECT_TRUE(view.wordsAt(inLane(4'500'000, 2)).contains(QStringLiteral("io#5")));
    EXPECT_TRUE(view.wordsAt(inLane(3'000'000, 2)).contains(QStringLiteral("epoll_wait()")));
    EXPECT_TRUE(view.wordsAt(inLane(5'100'000, 3)).contains(QStringLiteral("isns_poll, keepalive")));
    const auto words = view.wordsAt(inRow(4'500'000, 1));
    EXPECT_TRUE(words.contains(QStringLiteral("asked for 4 s at 0.100 s, due at 4.100 s")))
        << words.toStdString();
    EXPECT_TRUE(words.contains(QStringLiteral("runs at 5.100 s, 1.00 s late")));
    EXPECT_TRUE(words.contains(QStringLiteral("old: runs at 14.900 s, 10.8 s late")));
}

TEST_F(DaemonTimeline, AClickFindsTheEvent)
{
    start("scheduler new\n" + workload);
    click(inLane(4'500'000, 0));
    EXPECT_EQ(desk.session.record()->kind, core::Kind::Raised);
    EXPECT_EQ(desk.session.ticks(), 4'500'000u);
    click(inRow(7'750'000, 3));
    EXPECT_EQ(desk.session.record()->kind, core::Kind::Fired);
    EXPECT_EQ(desk.session.record()->item, core::TimerId(3));
    EXPECT_EQ(desk.selection.timer(), core::TimerId(3));
}

TEST_F(DaemonTimeline, KeysGoFromRunToRun)
{
    start("scheduler new\n" + workload);
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(desk.selection.timer(), core::TimerId(2)); // the first that is due
    view.setPlayhead(desk.session.position(), desk.session.ticks());
    QTest::keyClick(&view, Qt::Key_Period);
    EXPECT_EQ(desk.session.ticks(), 1'300'000u);
}

TEST_F(DaemonTimeline, ItsTableTellsEveryRun)
{
    start("scheduler new\n" + workload);
    auto* table = view.table();
    const QAbstractItemModelTester tester(table, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_EQ(table->rowCount(), 4);
    EXPECT_EQ(table->index(0, 0).data().toString(), QStringLiteral("isns_poll"));
    EXPECT_EQ(table->index(0, 4).data().toString(), QStringLiteral("5.100000"));
    EXPECT_EQ(table->index(0, 5).data().toLongLong(), 1'000'000);
}

TEST_F(DaemonTimeline, OfTheOldSchedulerHasACountdownInsteadOfAlarms)
{
    start("scheduler old\n" + workload);
    EXPECT_EQ(view.scene().rows.lanes.count, 3);
    EXPECT_TRUE(view.wordsAt(inLane(2'000'000, 0)).contains(QStringLiteral("countdown begins anew")));
}

TEST_F(DaemonTimeline, PaintsTenThousandItemsQuickly)
{
    std::string ops = "scheduler new\n";
    for (int i = 0; i < 10'000; ++i) {
        const auto n = std::to_string(i);
        ops += "work w" + n + "\non w" + n + " rearm 3\nat " + n + " add w" + n + " 2\n";
    }
    start(ops + "until 60000\n");
    EXPECT_EQ(view.scene().rows.lives.count, 10'000);
    view.fit();
    QImage image(view.size(), QImage::Format_RGB32);
    view.render(&image);
    QElapsedTimer clock;
    clock.start();
    constexpr int frames = 20;
    for (int i = 0; i < frames; ++i) {
        view.setPlayhead({}, static_cast<std::uint64_t>(i) * 1'000'000);
        view.render(&image);
    }
    EXPECT_LT(clock.elapsed() / frames, 40); // a few ms on a quiet machine
}
