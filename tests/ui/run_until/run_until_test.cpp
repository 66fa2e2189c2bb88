// SPDX-License-Identifier: GPL-3.0-or-later
// The debugger's verbs on the real window: lines, breakpoints, cursor, find, visited moments.
#include "tests/ui/support/small_run.h"
#include "ui/code/code_panel.h"
#include "ui/code/code_view.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/find/find_bar.h"
#include "ui/find/finder.h"
#include "ui/run_until/breakpoint_bar.h"
#include "ui/run_until/run_until.h"
#include "ui/window/main_window.h"
#include "ui/window/workspace.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace jiffy::ui
{
namespace
{

using core::Condition;
using core::Kind;
using core::Line;
using core::Position;

constexpr int patience = 30'000;

class Verbs : public testing::Test
{
  protected:
    Verbs() : window({}, theme, Settings::Off)
    {
        window.resize(1440, 900);
        window.show();
        run.inputs().title = "verbs";
        window.session().start({run.inputsPtr(), {}}, QStringLiteral("verbs"));
        window.runUntil().visited().setOneDragMs(0);
        EXPECT_TRUE(QTest::qWaitFor([&] { return !session().isRunning(); }, patience));
        run.finish();
    }
    Session& session() { return window.session(); }
    CodeView& code() { return window.workspace().get<CodeView>(); }
    Line line() { return code().code()->line; }
    Position at() { return session().position(); }
    void trigger(Act act)
    {
        auto* action = window.action(act);
        EXPECT_TRUE(action->isEnabled()) << action->text().toStdString();
        action->trigger();
        EXPECT_TRUE(QTest::qWaitFor([&] { return !window.runUntil().seeker().isSeeking(); }, patience));
    }
    void bring(const char* id) { window.workspace().bring(window.workspace().host(QString::fromLatin1(id))); }
    Breakpoints& breaks() { return window.runUntil().breakpoints(); }
    static Condition lineIs(Line l)
    {
        Condition c;
        c.what = Condition::What::Line;
        c.line = l;
        return c;
    }
    static Condition fires(core::TimerId t)
    {
        Condition c;
        c.what = Condition::What::Fire;
        c.timer = t;
        return c;
    }

    test::CascadeRun run;
    ThemeProvider theme;
    MainWindow window;
};

TEST_F(Verbs, IntoIsALineOverSkipsCallsOutReturns)
{
    session().seek(*run.after(Kind::Spliced)); // the slot that cascades has been taken
    trigger(Act::StepInto);
    EXPECT_EQ(line(), Line::CascadeEach);
    trigger(Act::StepInto);
    EXPECT_EQ(line(), Line::AddDelta);
    EXPECT_EQ(code().code()->stack.size(), 4u);
    trigger(Act::StepIntoBack);
    EXPECT_EQ(line(), Line::CascadeEach);
    trigger(Act::StepOver);
    EXPECT_EQ(line(), Line::CascadeEach) << "the next timer: filing the first was stepped over";
    EXPECT_EQ(code().code()->of(Line::CascadeEach).value, (core::LineValue{core::LineValue::Is::Of, 2, 5}));
    trigger(Act::StepInto);
    trigger(Act::StepOut);
    EXPECT_EQ(line(), Line::CascadeEach);
    trigger(Act::StepOut);
    EXPECT_EQ(line(), Line::RunAdvance) << "the cascade has returned";
    trigger(Act::StepOut);
    EXPECT_EQ(line(), Line::SoftirqLeave);
    EXPECT_EQ(session().rung(), core::Rung::Operation) << "the rung stays as it was chosen";
}

TEST_F(Verbs, AClickRunsToTheNextOrTheLastTimeOfALine)
{
    session().seek(*run.after(Kind::Moved, run.routeGc));
    const auto row = [&](Line l) {
        const auto& rows = code().panel().picture().rows;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].line == l) return code().panel().layoutNow().rows[i].center().toPoint();
        ADD_FAILURE();
        return QPoint();
    };
    QTest::mouseClick(code().panel().viewport(), Qt::LeftButton, {}, row(Line::AddTail));
    EXPECT_EQ(at(), *run.after(Kind::Moved, run.dnsTtl));
    QTest::mouseClick(code().panel().viewport(), Qt::LeftButton, Qt::ShiftModifier, row(Line::AddTail));
    EXPECT_EQ(at(), *run.after(Kind::Moved, run.routeGc));
    const auto before = at();
    QTest::mouseClick(code().panel().viewport(), Qt::LeftButton, {}, row(Line::AddTv5));
    EXPECT_EQ(at(), before) << "no timer of this run goes to tv5";
    EXPECT_TRUE(window.runUntil().said().contains(QStringLiteral("not done again"))) << window.runUntil().said().toStdString();
}

TEST_F(Verbs, RunsUntilABreakpointForwardsAndBackwards)
{
    QSignalSpy told(&window.runUntil(), &RunUntil::told);
    trigger(Act::RunUntil);
    ASSERT_EQ(told.size(), 1) << "no breakpoint is set: it says so";
    EXPECT_EQ(at(), session().history().start());

    breaks().toggle(fires(run.dnsTtl));
    breaks().toggle(lineIs(Line::AddTail));
    session().seek(*run.after(Kind::Moved, run.tcpRto));
    trigger(Act::RunUntil);
    EXPECT_EQ(at(), *run.after(Kind::Fired, run.dnsTtl));
    EXPECT_TRUE(window.runUntil().said().contains(QStringLiteral("dns_ttl fires"))) << window.runUntil().said().toStdString();
    trigger(Act::RunBackUntil);
    EXPECT_EQ(at(), *run.after(Kind::Moved, run.tcpRto));
    breaks().setOn(1, false);
    trigger(Act::RunBackUntil);
    EXPECT_TRUE(window.runUntil().said().contains(QStringLiteral("held before")));
    breaks().setOn(0, false);
    trigger(Act::RunUntil);
    EXPECT_EQ(told.size(), 2) << "all are off";
    breaks().clear();
}

TEST_F(Verbs, ABreakpointComesFromWhatIsInUse)
{
    session().seek(*run.after(Kind::Moved, run.dnsTtl));
    bring("code");
    trigger(Act::Breakpoint);
    EXPECT_TRUE(breaks().contains(lineIs(Line::AddTail)));
    const auto& rows = code().panel().picture().rows;
    EXPECT_TRUE(rows.back().hasBreak);
    trigger(Act::Breakpoint);
    EXPECT_TRUE(breaks().isEmpty());
    bring("wheel");
    window.selection().selectTimer(run.lease);
    trigger(Act::Breakpoint);
    ASSERT_EQ(breaks().all().size(), 1u);
    EXPECT_EQ(breaks().all()[0].condition.what, Condition::What::Timer);
    window.selection().selectSlot(session().world().geometry().slot(0, 1, 5));
    trigger(Act::Breakpoint);
    bring("events");
    trigger(Act::Breakpoint);
    ASSERT_EQ(breaks().all().size(), 3u);
    EXPECT_EQ(breaks().all()[2].condition.kind, Kind::Moved);
}

TEST_F(Verbs, RunsToTheCursorWhereverItLies)
{
    bring("wheel");
    window.selection().selectTimer(run.dnsTtl);
    session().seek(*run.after(Kind::Moved, run.tcpRto));
    trigger(Act::RunToCursor);
    EXPECT_EQ(at(), *run.after(Kind::Fired, run.dnsTtl));
    trigger(Act::RunToCursor);
    EXPECT_EQ(at(), *run.after(Kind::Moved, run.dnsTtl)) << "nothing more comes, so it goes back";
    bring("events");
    auto& table = window.events().events();
    for (int i = 0; i < 3; ++i) QTest::keyClick(&table, Qt::Key_Up);
    const auto row = table.cursorRow();
    EXPECT_EQ(row, table.currentRow() - 3);
    trigger(Act::RunToCursor);
    EXPECT_EQ(at(), (Position{static_cast<std::uint64_t>(row) + 1, 0, 0}));
}

TEST_F(Verbs, GoesBackAndForwardThroughVisitedMoments)
{
    auto& visited = window.runUntil().visited();
    EXPECT_FALSE(visited.canGoBack());
    const Position a = *run.after(Kind::Moved, run.dnsTtl), b = *run.after(Kind::Fired, run.lease);
    session().seek(a);
    session().stepForward(core::Rung::Operation); // no moment of its own
    const Position stepped = at();
    session().seek(b);
    trigger(Act::VisitedBack);
    EXPECT_EQ(at(), stepped);
    trigger(Act::VisitedBack);
    EXPECT_EQ(at(), session().history().start());
    EXPECT_FALSE(window.action(Act::VisitedBack)->isEnabled());
    trigger(Act::VisitedForward);
    trigger(Act::VisitedForward);
    EXPECT_EQ(at(), b);
    EXPECT_FALSE(visited.canGoForward());
    trigger(Act::VisitedBack);
    session().seek(a); // another way: the old future is forgotten
    EXPECT_FALSE(visited.canGoForward());
}

TEST_F(Verbs, FindsEventsAndCountsThem)
{
    session().seek(session().history().start());
    trigger(Act::Find);
    auto& view = window.events();
    auto& bar = view.findBar();
    EXPECT_TRUE(bar.isVisible());
    auto* line = bar.findChild<QLineEdit*>();
    QTest::keyClicks(line, QStringLiteral("dns_ttl"));
    QTest::keyClick(line, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.finder().isComplete(); }, patience));
    const auto total = view.finder().total();
    EXPECT_GE(total, 4u); // defined, queued, moved, fired, returned
    std::vector<Position> places{at()};
    while (places.size() < total) {
        trigger(Act::FindNext);
        places.push_back(at());
        EXPECT_EQ(session().history().log()[at().event - 1].item, run.dnsTtl);
    }
    trigger(Act::FindNext);
    EXPECT_EQ(at(), places.back()) << "none further on";
    for (std::size_t i = places.size() - 1; i-- > 0;) {
        trigger(Act::FindPrevious);
        EXPECT_EQ(at(), places[i]);
    }
    QTest::keyClick(line, Qt::Key_Escape);
    EXPECT_FALSE(bar.isVisible());
}

TEST_F(Verbs, ChipsAreSwitchedAndTakenAway)
{
    breaks().toggle(fires(run.dnsTtl));
    breaks().toggle(lineIs(Line::RunCascade));
    auto* bar = code().findChild<BreakpointBar*>();
    ASSERT_NE(bar, nullptr);
    EXPECT_TRUE(bar->isVisible());
    QTest::qWait(1);
    const auto chips = layoutChips({QStringLiteral("dns_ttl fires"), QStringLiteral("if index = 0: cascade tv2…")}, theme.look(), bar->width(), nullptr);
    QTest::mouseClick(bar, Qt::LeftButton, {}, chips[1].box.topLeft().toPoint() + QPoint(12, 8));
    EXPECT_FALSE(breaks().all()[1].isOn);
    QTest::mouseClick(bar, Qt::LeftButton, {}, chips[1].cross.center().toPoint());
    ASSERT_EQ(breaks().all().size(), 1u);
    bar->setFocus();
    QTest::keyClick(bar, Qt::Key_Return);
    EXPECT_FALSE(breaks().all()[0].isOn);
    QTest::keyClick(bar, Qt::Key_Delete);
    EXPECT_TRUE(breaks().isEmpty());
    EXPECT_FALSE(bar->isVisible());
}

TEST(FindBar, NamesALevelOfTheStructureIfItHasAny)
{
    using core::TimerAlgorithm;
    const ThemeProvider theme;
    FindBar bar(theme, nullptr);
    const auto* line = bar.findChild<QLineEdit*>();
    ASSERT_NE(line, nullptr);
    core::Inputs in;
    bar.setRun(in);
    EXPECT_TRUE(line->placeholderText().contains(QStringLiteral(" tv2[5],")));
    in.machine.timers = TimerAlgorithm::Wheel61;
    bar.setRun(in);
    EXPECT_TRUE(line->placeholderText().contains(QStringLiteral(" lvl1[5],")));
    EXPECT_TRUE(line->toolTip().contains(QStringLiteral("lvl1 or lvl1[5];")));
    in.machine.timers = TimerAlgorithm::SortedList;
    bar.setRun(in);
    EXPECT_FALSE(line->placeholderText().contains(u'['));
    EXPECT_FALSE(line->toolTip().contains(u'['));
}

TEST(ConditionText, SaysWhatTheStructureDoes)
{
    core::Inputs in;
    const auto text = [&](Kind kind, core::Site site) {
        Condition c;
        c.what = Condition::What::Event;
        c.kind = kind;
        c.site = site;
        return conditionText(c, in);
    };
    EXPECT_EQ(text(Kind::Spliced, core::Site::RunTimers), QStringLiteral("any slot is served"));
    in.machine.timers = core::TimerAlgorithm::Wheel61;
    EXPECT_EQ(text(Kind::Spliced, core::Site::RunTimers), QStringLiteral("any bucket is taken"));
    in.machine.timers = core::TimerAlgorithm::SortedList;
    EXPECT_EQ(text(Kind::Counted, core::Site::Insert), QStringLiteral("any walk along the list"));
}

TEST(ChipLayout, KeepsAllChipsInTheirBarAndApart)
{
    const std::vector<QString> texts{QStringLiteral("dns_ttl fires"), QStringLiteral("a very long line of pseudocode that does not fit into any dock at all, by CPU 12"),
                                     QStringLiteral("tv2[5]"), QStringLiteral("x"), QStringLiteral("any slot is cascaded")};
    for (const double scale : {.8, 1.0, 3.0}) {
        const Look look(ThemeName::Light, scale);
        for (const double width : {300.0, 324.0, 900.0}) {
            double height = 0;
            const auto chips = layoutChips(texts, look, width, &height);
            for (std::size_t i = 0; i < chips.size(); ++i) {
                EXPECT_GE(chips[i].box.left(), 0);
                EXPECT_LE(chips[i].box.bottom(), height);
                EXPECT_GE(chips[i].box.height(), look.px(24));
                if (look.px(100) < width) { EXPECT_LE(chips[i].box.right(), width); }
                for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(chips[i].box.intersects(chips[k].box));
            }
        }
    }
}

// ---- a long run: nobody waits

/// Two beats that re-arm themselves, a million events; the rare one is called once at the end.
core::InputsPtr longRun()
{
    auto in = std::make_shared<core::Inputs>();
    in->title = "long";
    in->names = {"", "beat", "rare"};
    in->untilTicks = 200'000;
    for (std::uint32_t i = 0; i < 2; ++i) {
        core::TimerSpec t;
        t.name = i + 1;
        t.slack = 0;
        core::Action a;
        a.timer = core::TimerId(i);
        a.expires = i == 0 ? 1 : 199'000;
        if (i == 0) {
            t.stepCount = 1;
            core::CallbackStep step;
            step.delta = 1;
            in->steps.push_back(step);
        }
        in->timers.push_back(t);
        in->actions.push_back(a);
    }
    return in;
}

TEST(LongRun, ASearchNeverHoldsUpTheWindow)
{
    ThemeProvider theme;
    MainWindow window({}, theme, Settings::Off);
    window.show();
    window.session().start({longRun(), {}}, QStringLiteral("long"));
    // At once, while the run is still being computed: the search waits for it.
    Condition c;
    c.what = Condition::What::Fire;
    c.timer = core::TimerId(1);
    window.runUntil().breakpoints().toggle(c);
    window.session().seek(window.session().history().start());
    QElapsedTimer clock;
    clock.start();
    window.action(Act::RunUntil)->trigger();
    EXPECT_LT(clock.elapsed(), 500);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.runUntil().seeker().isSeeking(); }, patience));
    const auto* r = window.session().record();
    ASSERT_NE(r, nullptr);
    EXPECT_EQ(r->kind, Kind::Fired);
    EXPECT_EQ(r->item, core::TimerId(1));
    // A line that comes nowhere: looked for in slices, and given up at Esc.
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.session().isRunning(); }, patience));
    window.runUntil().breakpoints().clear();
    c = {};
    c.what = Condition::What::Line;
    c.line = Line::AddTv5;
    window.runUntil().breakpoints().toggle(c);
    window.session().seek(window.session().history().start());
    clock.restart();
    window.action(Act::RunUntil)->trigger();
    EXPECT_LT(clock.elapsed(), 500);
    if (window.runUntil().seeker().isSeeking()) {
        EXPECT_TRUE(window.runUntil().said().contains(QStringLiteral("Esc"))) << window.runUntil().said().toStdString();
        QTest::keyClick(&window, Qt::Key_Escape);
    }
    EXPECT_FALSE(window.runUntil().seeker().isSeeking());
    EXPECT_EQ(window.session().position(), window.session().history().start());
}

} // namespace
} // namespace jiffy::ui
