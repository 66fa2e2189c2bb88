// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "ui/events/event_model.h"
#include "ui/events/event_table.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;

namespace
{

core::InputsPtr inputsOf(std::uint64_t ticks)
{
    auto in = std::make_shared<core::Inputs>();
    in->machine.jiffies = 0xFFFFFF00;
    in->names = {"beat"};
    in->untilTicks = ticks;
    core::TimerSpec t;
    t.slack = 0;
    t.stepCount = 1;
    in->timers.push_back(t);
    core::CallbackStep again;
    again.delta = 2;
    in->steps.push_back(again);
    core::Action a;
    a.expires = in->machine.word.add(in->machine.jiffies, 5);
    a.timer = core::TimerId(0);
    in->actions.push_back(a);
    return in;
}

} // namespace

TEST(EventModel, IsASoundModelWhileItGrows)
{
    ui::EventModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    const auto in = inputsOf(100);
    core::Run run(in);
    model.reset(in, run.snapshot());
    while (run.advance(20)) model.extend(run.snapshot());
    model.extend(run.snapshot());
    EXPECT_EQ(static_cast<std::uint64_t>(model.rowCount()), run.snapshot().log.size());
    model.reset(inputsOf(3), core::runAll(inputsOf(3)));
}

TEST(EventModel, KnowsTheJiffiesOfAnyRow)
{
    const auto in = inputsOf(60'000); // several chunks of the log
    const auto run = core::runAll(in);
    ASSERT_GT(run.log.size(), 2 * core::Chunk::capacity);
    std::vector<core::Jiffies> expected;
    core::Jiffies now = in->machine.jiffies;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        now = in->machine.word.add(now, core::ticksOf(run.log[i]));
        expected.push_back(now);
    }
    ui::EventModel model;
    model.reset(in, run);
    const auto jiffiesOf = [&](std::uint64_t row) {
        return model.data(model.index(static_cast<int>(row), ui::EventModel::Jiffies)).toString().toULongLong();
    };
    // The end first: each row stands for itself, whatever was asked before.
    for (std::uint64_t row = run.log.size(); row > 0; row -= std::min<std::uint64_t>(row, 997)) ASSERT_EQ(jiffiesOf(row - 1), expected[row - 1]);
    for (const std::uint64_t row : {0ull, 1ull, 1023ull, 1024ull, 65'535ull, 65'536ull}) EXPECT_EQ(jiffiesOf(row), expected[row]);
}

TEST(EventTable, FollowsThePlayheadAndAsksForAnother)
{
    ui::ThemeProvider theme;
    ui::EventTable view(theme, nullptr);
    view.resize(400, 500);
    const auto in = inputsOf(2000);
    const auto run = core::runAll(in);
    view.reset(in, run);
    view.setPlayhead(1000);
    EXPECT_EQ(view.currentRow(), 999);
    QSignalSpy chosen(&view, &ui::EventTable::eventChosen);
    // Up and Down move the focus, never time; Enter goes there.
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(view.cursorRow(), 1000);
    EXPECT_EQ(view.currentRow(), 999);
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {200, 58 + 24 + 12});
    ASSERT_EQ(chosen.size(), 3);
    EXPECT_EQ(chosen[0][0].toULongLong(), 1000u);
    EXPECT_EQ(chosen[1][0].toULongLong(), 998u);
    view.setPlayhead(0);
    EXPECT_EQ(view.currentRow(), -1);
}
