// SPDX-License-Identifier: GPL-3.0-or-later
// How late the work of tgtd was: numbers, words, table and picture.
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "tests/ui/support/test_desk.h"
#include "ui/lateness/cost_table.h"
#include "ui/lateness/lateness_view.h"

#include <gtest/gtest.h>
#include <numeric>
#include <QAbstractItemModelTester>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace jiffy;

namespace
{

const std::string workload =
    "work isns_poll\nwork keepalive\nwork nop_in\nwork cleanup\n"
    "at 100 add isns_poll 4\nat 400 add keepalive 4\nat 1300 add nop_in 2\nat 2600 add cleanup 5\n"
    "at 4050 burn 1050\nat 6200 burn 0\nat 6900 burn 0\nuntil 16000\n";

core::InputsPtr inputsOf(const std::string& ops)
{
    return std::make_shared<const core::Inputs>(core::readOps(ops, "test.ops").value());
}

class LatenessOfARun : public testing::Test
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
        view.resize(1200, 260);
        view.reset(desk.session.history().inputsPtr(), desk.session.snapshot());
        view.show();
    }

    test::TestDesk desk;
    ui::LatenessView view{desk.desk, nullptr};
};

} // namespace

TEST_F(LatenessOfARun, StandsBesideThatOfTheOtherScheduler)
{
    start("scheduler new\n" + workload);
    const auto& p = view.picture();
    EXPECT_EQ(p.lead.count, 4u);
    EXPECT_EQ(p.lead.median, 200'000);
    EXPECT_EQ(p.lead.max, 1'000'000);
    EXPECT_EQ(p.twin.count, 4u);
    EXPECT_EQ(p.twin.max, 10'800'000);
    EXPECT_EQ(p.leadName, QStringLiteral("new"));
    EXPECT_EQ(p.twinName, QStringLiteral("old"));
    EXPECT_TRUE(p.isInSeconds);
    EXPECT_EQ(std::accumulate(p.leadBars.counts.begin(), p.leadBars.counts.end(), std::uint64_t{0}), 4u);
    EXPECT_EQ(std::accumulate(p.twinBars.counts.begin(), p.twinBars.counts.end(), std::uint64_t{0}), 4u);
}

TEST_F(LatenessOfARun, IsSaidInWords)
{
    start("scheduler new\n" + workload);
    const auto words = view.words();
    EXPECT_TRUE(words.contains(QStringLiteral("4 runs: median 0.20 s"))) << words.toStdString();
    EXPECT_TRUE(words.contains(QStringLiteral("worst 1.00 s")));
    EXPECT_TRUE(words.contains(QStringLiteral("Of 64 alarms 3 were swallowed")));
}

TEST_F(LatenessOfARun, IsATableOfTheWorkItems)
{
    start("scheduler new\n" + workload);
    auto* table = view.table();
    const QAbstractItemModelTester tester(table, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_EQ(table->rowCount(), 4);
    EXPECT_EQ(table->index(0, ui::CostTable::Item).data().toString(),
              QStringLiteral("isns_poll")); // the latest first
    EXPECT_EQ(table->index(0, ui::CostTable::Worst).data().toString(), QStringLiteral("1.00 s"));
    EXPECT_EQ(table->index(0, ui::CostTable::TwinWorst).data().toString(), QStringLiteral("10.8 s"));
    EXPECT_EQ(table->index(0, ui::CostTable::Runs).data().toString(), QStringLiteral("1"));
}

TEST_F(LatenessOfARun, WithoutWorkSaysSo)
{
    start("scheduler new\nuntil 1000\n");
    EXPECT_TRUE(view.picture().isEmpty());
    QImage image(800, 200, QImage::Format_RGB32);
    QPainter p(&image);
    view.paintView(p, QRectF(0, 0, 800, 200), true);
    EXPECT_EQ(view.table()->rowCount(), 0);
}

TEST_F(LatenessOfARun, PaintsBarsIntoAnyBox)
{
    start("scheduler new\n" + workload);
    QImage image(1000, 300, QImage::Format_RGB32);
    QPainter p(&image);
    view.paintView(p, QRectF(0, 0, 1000, 300), true);
    p.end();
    const auto late = desk.theme.theme().late.rgb();
    int pixels = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            pixels += image.pixel(x, y) == late;
    EXPECT_GT(pixels, 500);
}
