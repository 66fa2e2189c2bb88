// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector as a widget: follows selection and playhead, links, keys, buttons, its table.
#include "ui/inspector/inspector_view.h"

#include "core/base/random.h"
#include "ui/inspector/action_button.h"
#include "ui/inspector/timer_list.h"
#include "ui/window/actions.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace jiffy;

namespace
{

/// n timers in two neighbouring slots of tv2, one of them deleted later.
core::Opened crowd(std::uint32_t n)
{
    auto in = std::make_shared<core::Inputs>();
    in->title = "Crowd";
    in->machine.jiffies = 1000;
    in->names = {"t"};
    for (std::uint32_t i = 0; i < n; ++i) {
        core::TimerSpec t;
        t.number = i + 1;
        t.slack = 0;
        in->timers.push_back(t);
        core::Action a;
        a.expires = i % 2 == 0 ? 1'300 : 1'600;
        a.timer = core::TimerId(i);
        in->actions.push_back(a);
    }
    core::Action del;
    del.tick = 10;
    del.call = core::Call::DelTimer;
    del.timer = core::TimerId(1);
    in->actions.push_back(del);
    in->untilTicks = 700;
    return {in, {}};
}

class Inspector : public testing::Test
{
  protected:
    Inspector() : window({}, theme, ui::Settings::Off)
    {
        window.resize(1440, 900);
        window.show();
    }
    void start(std::uint32_t n = 6)
    {
        window.session().start(crowd(n), QStringLiteral("crowd.jiffy.json"));
        while (window.session().isRunning())
            QTest::qWait(5);
        window.session().seekTick(5);
    }
    ui::InspectorView& view()
    {
        auto* v = window.findChild<ui::InspectorView*>();
        return *v;
    }
    core::SlotId slot(int level, std::uint32_t index)
    {
        return window.session().world().geometry().slot(0, level, index);
    }
    ui::Selection& selection() { return window.selection(); }

    ui::ThemeProvider theme;
    ui::MainWindow window;
};

} // namespace

TEST_F(Inspector, ShowsTheTimerOfTheLastEventUntilOneIsChosen)
{
    start();
    EXPECT_EQ(view().page().caption, QStringLiteral("Timer of the last event"));
    selection().selectTimer(core::TimerId(2));
    EXPECT_EQ(view().page().caption, QStringLiteral("Timer"));
    EXPECT_EQ(view().page().name, QStringLiteral("t.3"));
    selection().selectCpu(0);
    EXPECT_EQ(view().page().about, ui::Page::About::Cpu);
    selection().clear();
    EXPECT_EQ(view().page().about, ui::Page::About::Timer);
}

TEST_F(Inspector, KeepsATimerThatIsGoneAndTurnsItsButtonsOff)
{
    start();
    const auto button = [&](const char* text) -> QAbstractButton* {
        for (auto* b : view().findChildren<ui::ActionButton*>())
            if (b->text() == QString::fromUtf8(text)) return b;
        return nullptr;
    };
    ASSERT_NE(button("Delete"), nullptr);
    selection().selectTimer(core::TimerId(1));
    EXPECT_TRUE(button("Delete")->isEnabled());
    window.session().seekTick(20);
    EXPECT_EQ(view().page().state, QStringLiteral("deleted"));
    EXPECT_FALSE(button("Delete")->isEnabled());
    EXPECT_FALSE(button("Move to…")->isEnabled());
    EXPECT_TRUE(button("Delete")->toolTip().contains(QStringLiteral("deleted")));
    selection().selectTimer(core::TimerId(0));
    window.session().seekTick(400);
    EXPECT_EQ(view().page().state, QStringLiteral("fired"));
    ASSERT_GE(view().page().sections.size(), 3u);
}

TEST_F(Inspector, ARowOfTheLifeLeadsToItsEvent)
{
    start();
    window.session().seekTick(400);
    selection().selectTimer(core::TimerId(0));
    auto& body = view().body();
    const ui::PlacedLink* first = nullptr;
    for (const auto& l : body.layoutOfPage().links)
        if (l.link.to == ui::Link::To::Event && !first) first = &l;
    ASSERT_NE(first, nullptr);
    const auto event = first->link.value;
    const QPoint at = (first->box.center() - QPointF(0, body.verticalScrollBar()->value())).toPoint();
    QTest::mouseClick(body.viewport(), Qt::LeftButton, {}, at);
    EXPECT_EQ(window.session().position(), (core::Position{event + 1, 0, 0}));
    EXPECT_EQ(selection().timer(), core::TimerId(0));
}

TEST_F(Inspector, KeysReachLinksAndRowsOfTheList)
{
    start(200);
    selection().selectSlot(slot(1, 5));
    auto& body = view().body();
    ASSERT_EQ(view().page().listCount, 100u);
    QTest::keyClick(&body, Qt::Key_Up); // from the end
    QTest::keyClick(&body, Qt::Key_Return);
    EXPECT_EQ(selection().timer(), core::TimerId(198)); // the tail
    selection().selectSlot(slot(1, 5));
    const auto links = body.layoutOfPage().links.size();
    for (std::size_t i = 0; i <= links + 2; ++i)
        QTest::keyClick(&body, Qt::Key_Down);
    QTest::keyClick(&body, Qt::Key_Return);
    EXPECT_EQ(selection().timer(), core::TimerId(4)); // the third row
    // Left and Right are always time.
    const auto before = window.session().position();
    body.setFocus();
    QTest::keyClick(&body, Qt::Key_Left);
    QTest::qWait(1);
    EXPECT_NE(window.session().position(), before);
}

TEST_F(Inspector, AsksOnlyForTheRowsInSight)
{
    start(20'000);
    selection().selectSlot(slot(1, 5));
    auto& body = view().body();
    EXPECT_EQ(view().page().listCount, 10'000u);
    EXPECT_LE(body.rowsInSight().size(), 60u);
    body.verticalScrollBar()->setValue(body.verticalScrollBar()->maximum());
    ASSERT_FALSE(body.rowsInSight().empty());
    EXPECT_EQ(body.rowsInSight().back().name, QStringLiteral("t.19999"));
    body.verticalScrollBar()->setValue(body.verticalScrollBar()->maximum() / 2);
    const auto middle = body.firstRow();
    EXPECT_EQ(body.rowsInSight().front().name, QStringLiteral("t.%1").arg(2 * middle + 1));
}

TEST_F(Inspector, ThePinKeepsALifeline)
{
    start();
    selection().selectTimer(core::TimerId(3));
    QAction* pin = nullptr;
    for (auto* a : window.actions())
        if (a->shortcut() == QKeySequence(QStringLiteral("Ctrl+L"))) pin = a;
    ASSERT_NE(pin, nullptr);
    pin->trigger();
    EXPECT_TRUE(selection().isPinned(core::TimerId(3)));
    EXPECT_TRUE(pin->isChecked());
    pin->trigger();
    EXPECT_FALSE(selection().isPinned(core::TimerId(3)));
    selection().selectCpu(0);
    EXPECT_FALSE(pin->isEnabled());
}

TEST_F(Inspector, ItsTableSaysTheSame)
{
    start(40);
    auto* model = view().table();
    ASSERT_NE(model, nullptr);
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto find = [&](const char* name) {
        for (int r = 0; r < model->rowCount(); ++r)
            if (model->index(r, 0).data().toString() == QLatin1String(name))
                return model->index(r, 1).data().toString();
        return QString();
    };
    selection().selectTimer(core::TimerId(0));
    EXPECT_EQ(find("Timer"), QStringLiteral("t.1"));
    EXPECT_EQ(find("expires").remove(QChar(0x2009)), QStringLiteral("1300 (0x0000 0514)"));
    selection().selectSlot(slot(1, 5));
    EXPECT_EQ(model->index(model->rowCount() - 1, 0).data().toString(), QStringLiteral("timer 20"));
    EXPECT_TRUE(model->index(model->rowCount() - 1, 1).data().toString().startsWith(QStringLiteral("t.39")));
    window.session().stepForward(core::Rung::Tick);
    selection().selectCpu(0);
    EXPECT_EQ(find("active_timers"), QStringLiteral("40"));
}

TEST(TimerList, FindsEveryRowFromAnySide)
{
    auto in = crowd(5'000).inputs;
    core::History history(in, core::runAll(in));
    const auto& world = history.at(history.lastOfTick(5));
    ui::TimerList all(world, 0);
    ASSERT_EQ(all.size(), 5'000u);
    const auto whole = all.range(world, 0, 6'000);
    ASSERT_EQ(whole.size(), 5'000u);
    core::Random random{3};
    ui::TimerList other(world, 0);
    for (int i = 0; i < 400; ++i) {
        const auto row = random.between(0, 4'999);
        ASSERT_EQ(other.at(world, row), whole[static_cast<std::size_t>(row)]);
        const auto part = other.range(world, row, 7);
        for (std::size_t k = 0; k < part.size(); ++k)
            ASSERT_EQ(part[k], whole[static_cast<std::size_t>(row) + k]);
    }
    // In the order in which the hand comes: tv2[5] before tv2[6].
    EXPECT_EQ(whole.front(), core::TimerId(0));
    EXPECT_EQ(whole[2'500], core::TimerId(1));
}
