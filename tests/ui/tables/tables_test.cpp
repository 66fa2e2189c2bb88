// SPDX-License-Identifier: GPL-3.0-or-later
// The table twins: they say what the pictures show, row by row, and keep nothing for each timer.
#include "ui/tables/csv.h"
#include "ui/tables/slot_table.h"
#include "ui/tables/tick_table.h"

#include "core/base/random.h"
#include "tests/ui/support/small_run.h"
#include "ui/timeline/timeline_view.h"
#include "ui/wheel/wheel_view.h"
#include "ui/window/main_window.h"

#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QStandardItemModel>
#include <QTest>

using namespace jiffy;

namespace
{

QStringList rowOf(const QAbstractItemModel& model, int row)
{
    QStringList out;
    for (int c = 0; c < model.columnCount(); ++c)
        out.append(model.index(row, c).data().toString());
    return out;
}

QAbstractItemModelTester fatal(QAbstractItemModel* model)
{
    return {model, QAbstractItemModelTester::FailureReportingMode::Fatal};
}

/// Random buckets for some CPUs, as a log makes them: a timer that fires is armed, spliced and called.
core::LogView busyLog(int cpus, std::uint64_t ticks, std::uint64_t seed)
{
    core::Log log;
    core::Random random{seed};
    for (std::uint64_t t = 0; t < ticks; ++t) {
        core::Record tick;
        tick.kind = core::Kind::ClockSet;
        tick.site = core::Site::Tick;
        tick.setTicks(random.between(1, 3));
        log.append(tick);
        for (int cpu = 0; cpu < cpus; ++cpu) {
            if (random.between(0, 2) != 0) continue;
            core::Record fired;
            fired.kind = random.between(0, 1) != 0 ? core::Kind::Fired : core::Kind::Moved;
            fired.cpu = static_cast<std::uint8_t>(cpu);
            fired.item = core::TimerId(0);
            for (auto n = random.between(1, 3); n > 0; --n)
                log.append(fired);
        }
    }
    return log.view();
}

} // namespace

TEST(BusyTicks, AreTheSameFromAnyRow)
{
    const auto geometry = core::wheelGeometry(3, core::Word(32), false);
    core::CountPyramid pyramid(geometry);
    pyramid.extend(busyLog(3, 900, 5));
    ui::BusyTicks inOrder;
    const auto count = inOrder.count(pyramid);
    std::vector<ui::BusyTicks::Row> rows;
    for (std::uint64_t r = 0; r < count; ++r)
        rows.push_back(inOrder.at(pyramid, r));
    for (std::size_t i = 1; i < rows.size(); ++i)
        ASSERT_LT(std::pair(rows[i - 1].bucket.number, rows[i - 1].cpu),
                  std::pair(rows[i].bucket.number, rows[i].cpu));
    core::Random random{8};
    ui::BusyTicks anyhow;
    for (int i = 0; i < 500; ++i) {
        const auto row = random.between(0, count - 1);
        const auto found = anyhow.at(pyramid, row);
        ASSERT_EQ(found.bucket, rows[static_cast<std::size_t>(row)].bucket);
        ASSERT_EQ(found.cpu, rows[static_cast<std::size_t>(row)].cpu);
    }
}

TEST(TickTable, GrowsWithTheRunAndFetchesAsItIsRead)
{
    const auto log = busyLog(2, 3'000, 7);
    auto inputs = std::make_shared<core::Inputs>();
    inputs->machine.cpus = 2;
    inputs->machine.jiffies = 0xFFFF'FFF0;
    core::CountPyramid pyramid(core::wheelGeometry(2, core::Word(32), false));
    ui::TickTable table(pyramid, nullptr);
    const auto tester = fatal(&table);
    table.reset(inputs);
    EXPECT_EQ(table.rowCount(), 0);
    for (std::uint64_t n = 100; n < log.size(); n += log.size() / 7) {
        pyramid.extend(log.prefix(n));
        table.extend();
    }
    pyramid.extend(log);
    table.extend();
    ui::TickTable lazy(pyramid, nullptr); // nobody asks this one for more
    lazy.reset(inputs);
    EXPECT_EQ(lazy.rowCount(), 512);
    while (table.canFetchMore({}))
        table.fetchMore({});
    ui::BusyTicks all;
    EXPECT_EQ(static_cast<std::uint64_t>(table.rowCount()), all.count(pyramid));
    const auto row = all.at(pyramid, 700);
    EXPECT_EQ(rowOf(table, 700)[ui::TickTable::Tick], QString::number(row.bucket.number));
    EXPECT_EQ(rowOf(table, 700)[ui::TickTable::Jiffies],
              QString::number((0xFFFF'FFF0 + row.bucket.number) & 0xFFFF'FFFF));
}

TEST(Csv, QuotesWhatNeedsIt)
{
    QStandardItemModel model(2, 3);
    model.setHorizontalHeaderLabels({QStringLiteral("a"), QStringLiteral("b, c"), QStringLiteral("d")});
    model.setItem(0, 0, new QStandardItem(QStringLiteral("plain")));
    model.setItem(0, 1, new QStandardItem(QStringLiteral("with, comma")));
    model.setItem(0, 2, new QStandardItem(QStringLiteral("say \"no\"")));
    model.setItem(1, 0, new QStandardItem(QStringLiteral("two\nlines")));
    model.setItem(1, 2, new QStandardItem(QString()));
    ui::CsvResult result;
    EXPECT_EQ(
        ui::toCsv(model, 10, &result),
        QStringLiteral("a,\"b, c\",d\r\nplain,\"with, comma\",\"say \"\"no\"\"\"\r\n\"two\nlines\",,\r\n"));
    EXPECT_EQ(result, (ui::CsvResult{2, false, true}));
    const auto cut = ui::toCsv(model, 1, &result);
    EXPECT_TRUE(result.isCut);
    EXPECT_EQ(result.rows, 1);
    EXPECT_TRUE(cut.endsWith(QStringLiteral("(more rows follow; 1 are listed)\r\n"))) << qPrintable(cut);
}

TEST(Csv, FetchesWhatTheModelHoldsBackAndSaysWhenItCannotWrite)
{
    const auto log = busyLog(1, 4'000, 7);
    auto inputs = std::make_shared<core::Inputs>();
    core::CountPyramid pyramid(core::wheelGeometry(1, core::Word(32), false));
    pyramid.extend(log);
    ui::TickTable table(pyramid, nullptr);
    table.reset(inputs);
    ui::CsvResult result;
    const auto text = ui::toCsv(table, 100'000, &result);
    EXPECT_EQ(static_cast<std::uint64_t>(result.rows), ui::BusyTicks().count(pyramid));
    EXPECT_GT(result.rows, 512);
    EXPECT_EQ(text.count(QStringLiteral("\r\n")), result.rows + 1);
    QBuffer closed;
    closed.open(QIODevice::ReadOnly);
    EXPECT_FALSE(ui::writeCsv(table, closed, 10).isGood);
}

namespace
{

class Twins : public testing::Test
{
  protected:
    Twins() : window({}, theme, ui::Settings::Off)
    {
        window.resize(1280, 800);
        window.show();
        test::CascadeRun run(2);
        window.session().start({run.inputsPtr(), {}}, QStringLiteral("cascade"));
        while (window.session().isRunning())
            QTest::qWait(5);
    }
    ui::ThemeProvider theme;
    ui::MainWindow window;
};

} // namespace

TEST_F(Twins, TheWheelsTableListsSlotsThatHoldTimers)
{
    auto* table = window.wheel().table();
    const auto tester = fatal(table);
    window.session().seekTick(1'000);
    ASSERT_EQ(table->rowCount(), 2); // tv2[5] and tv3
    EXPECT_EQ(rowOf(*table, 0),
              (QStringList{QStringLiteral("tv2"), QStringLiteral("5"), QStringLiteral("4294919424"),
                           QStringLiteral("4294919679"), QStringLiteral("5"),
                           QStringLiteral("lease, route_gc, dns_ttl, keepalive, tcp_rto")}));
    window.session().seekTick(2'000);
    ASSERT_EQ(table->rowCount(), 5); // lease has fired, four wait in tv1, one in tv3
    EXPECT_EQ(rowOf(*table, 0)[ui::SlotTable::First], QStringLiteral("route_gc"));
    EXPECT_EQ(rowOf(*table, 0)[ui::SlotTable::From], rowOf(*table, 0)[ui::SlotTable::To]);
    window.session().toStart();
    EXPECT_EQ(table->rowCount(), 0);
}

TEST_F(Twins, TheTimelinesTableListsBusyTicks)
{
    auto* table = window.timeline().table();
    const auto tester = fatal(table);
    ASSERT_GE(table->rowCount(), 1);
    EXPECT_EQ(rowOf(*table, 0),
              (QStringList{QStringLiteral("2000"), QStringLiteral("4294919424"), QStringLiteral("0"),
                           QStringLiteral("1"), QStringLiteral("5"), QStringLiteral("tv2")}));
}
