// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/reader.h"
#include "tests/ui/support/small_run.h"
#include "ui/session/companions.h"
#include "ui/session/session.h"

#include <gtest/gtest.h>
#include <QSignalSpy>
#include <QTest>

using namespace jiffy;
using ui::Companions;
using ui::Session;

namespace
{

/// The hundred timers of one bucket and some others, added one after the other.
core::InputsPtr hundred(const std::vector<std::string>& compare = {})
{
    test::SmallRun run;
    auto& in = run.inputs();
    in.machine.hz = core::Hz{1000};
    in.machine.jiffies = 1000;
    in.untilTicks = 800;
    in.compare = compare;
    for (std::uint32_t i = 0; i < 100; ++i)
        run.at(0, core::Call::AddTimer, run.timer("t", i + 1), 1536 + i);
    const auto late = run.timer("late");
    run.at(100, core::Call::ModTimer, late, 1300);
    run.at(200, core::Call::DelTimer, late);
    return run.inputsPtr();
}

void start(Session& session, const core::InputsPtr& inputs)
{
    session.start({inputs, {}}, QStringLiteral("hundred"));
    while (session.isRunning() || session.isWaiting())
        QTest::qWait(5);
}

void awaitAll(const Companions& companions)
{
    for (std::size_t c = 0; c < companions.count(); ++c)
        while (companions.isRunning(c))
            QTest::qWait(5);
}

core::World fold(const core::Inputs& inputs, const core::Snapshot& snapshot, core::Position p)
{
    core::World world(inputs.machine);
    for (std::uint64_t e = 0; e < p.event; ++e)
        world.apply(snapshot.log[e]);
    if (p.tick == 0) return world;
    auto run = snapshot.open;
    if (p.event < snapshot.log.size())
        run = {snapshot.log[p.event].value, snapshot.log[p.event].before, snapshot.log[p.event].site};
    run.count = p.tick;
    world.pass(run);
    return world;
}

std::vector<std::string_view> names(const Companions& companions)
{
    std::vector<std::string_view> all;
    for (std::size_t c = 0; c < companions.count(); ++c)
        all.push_back(companions.algorithm(c).name);
    return all;
}

using Names = std::vector<std::string_view>;

} // namespace

TEST(Companions, NothingIsRunUntilSomebodyLooks)
{
    Session session({});
    Companions companions(session);
    QSignalSpy reset(&companions, &Companions::reset);
    start(session, hundred());
    EXPECT_FALSE(companions.isThere());
    EXPECT_EQ(reset.count(), 0);
    companions.setWanted(true);
    EXPECT_TRUE(companions.isThere());
    EXPECT_EQ(names(companions), (Names{"sorted-list", "wheel-3.9", "wheel-6.1"}));
    EXPECT_EQ(companions.leading(), 1u);
    EXPECT_EQ(&companions.history(1), &session.history());
    // Another file while nobody looks: nothing is left, nothing is made.
    companions.setWanted(false);
    start(session, hundred());
    EXPECT_FALSE(companions.isThere());
}

TEST(Companions, ColumnsAreWhatTheInputsAskFor)
{
    Session session({});
    Companions companions(session);
    companions.setWanted(true);
    start(session, hundred({"wheel-6.1", "sorted-list"}));
    EXPECT_EQ(names(companions), (Names{"wheel-6.1", "sorted-list", "wheel-3.9"})) << "with their own";
    start(session, hundred({"wheel-3.9", "wheel-3.9-small"}));
    EXPECT_EQ(names(companions), (Names{"wheel-3.9", "wheel-3.9-small"}));
    auto small = std::make_shared<core::Inputs>(*hundred());
    small->machine.small = true;
    start(session, small);
    EXPECT_EQ(names(companions), (Names{"sorted-list", "wheel-3.9-small", "wheel-6.1"}));
}

TEST(Companions, EveryRungShowsTheFoldOfTheOtherLogAtTheSameInstant)
{
    Session session({});
    Companions companions(session);
    companions.setWanted(true);
    start(session, hundred());
    awaitAll(companions);
    for (int r = 0; r < core::rungCount; ++r) {
        session.toStart();
        int steps = 0;
        while (!session.atEnd() && ++steps < 400) {
            session.stepForward(static_cast<core::Rung>(r));
            for (std::size_t c = 0; c < companions.count(); ++c) {
                const auto p = companions.positionIn(c);
                const auto& world = companions.worldIn(c);
                if (c == companions.leading()) continue; // a line is not a whole record
                ASSERT_TRUE(world == fold(companions.history(c).inputs(), companions.snapshot(c), p));
                ASSERT_EQ(world.clock().ticks, session.ticks()) << "rung " << r << " column " << c;
            }
        }
    }
}

TEST(Companions, SteppingByOperationShowsEachAddInAllColumns)
{
    Session session({});
    Companions companions(session);
    companions.setWanted(true);
    start(session, hundred());
    session.toStart();
    for (std::uint64_t n = 1; n <= 100; ++n) {
        session.stepForward(core::Rung::Operation);
        for (std::size_t c = 0; c < companions.count(); ++c)
            ASSERT_EQ(companions.worldIn(c).pendingCount(), n) << c;
    }
}

TEST(Companions, WhatIsDoneByHandIsDoneInAllColumnsAndUndone)
{
    Session session({});
    Companions companions(session);
    companions.setWanted(true);
    start(session, hundred());
    session.seekTick(50);
    const auto before = companions.history(0).inputsPtr();
    core::Intervention del;
    del.what = core::Intervention::What::Delete;
    del.timer = core::TimerId(7);
    ASSERT_TRUE(session.intervene(del));
    for (std::size_t c = 0; c < companions.count(); ++c) {
        EXPECT_EQ(companions.history(c).inputs().actions, session.inputs().actions) << c;
        EXPECT_FALSE(companions.worldIn(c).item(core::TimerId(7)).isPending()) << c;
        EXPECT_EQ(companions.worldIn(c).pendingCount(), 99u) << c;
    }
    session.undoStack().undo();
    for (std::size_t c = 0; c < companions.count(); ++c) {
        EXPECT_EQ(companions.history(c).inputs().actions, before->actions) << c;
        EXPECT_TRUE(companions.worldIn(c).item(core::TimerId(7)).isPending()) << c;
    }
}

TEST(Companions, AnotherAlgorithmLeadsAtTheSameInstantAndInItsPlace)
{
    Session session({});
    Companions companions(session);
    companions.setWanted(true);
    start(session, hundred());
    session.toStart();
    for (int i = 0; i < 5; ++i)
        session.stepForward(core::Rung::Operation);
    ASSERT_TRUE(session.useTimers(*core::timersNamed("wheel-6.1")));
    EXPECT_EQ(session.inputs().machine.timers, core::TimerAlgorithm::Wheel61);
    EXPECT_EQ(names(companions), (Names{"sorted-list", "wheel-3.9", "wheel-6.1"}));
    EXPECT_EQ(companions.leading(), 2u);
    for (std::size_t c = 0; c < companions.count(); ++c)
        EXPECT_EQ(companions.worldIn(c).pendingCount(), 5u) << c;
    session.undoStack().undo();
    EXPECT_EQ(session.inputs().machine.timers, core::TimerAlgorithm::Wheel39);
    EXPECT_EQ(companions.leading(), 1u);
    EXPECT_EQ(session.world().pendingCount(), 5u);
}

TEST(Companions, AnEventOfAColumnLeadsBehindItsCallOrItsTick)
{
    Session session({});
    Companions companions(session);
    companions.setWanted(true);
    start(session, hundred());
    awaitAll(companions);
    const auto& log = companions.snapshot(0).log;
    std::uint64_t add = 0, fired = 0;
    for (std::uint64_t e = 0; e < log.size(); ++e) {
        if (log[e].kind == core::Kind::Queued && log[e].item == core::TimerId(9)) add = e;
        if (log[e].kind == core::Kind::Fired && log[e].item == core::TimerId(9)) fired = e;
    }
    session.seek(companions.leadPositionOf(0, add));
    EXPECT_EQ(session.world().pendingCount(), 10u);
    session.seek(companions.leadPositionOf(0, fired));
    EXPECT_EQ(session.world().clock().jiffies, 1545u);
    EXPECT_EQ(session.world().pendingCount(), 90u);
}

TEST(Companions, WhatADocumentExpectsStaysSaidOfItsOwnAlgorithm)
{
    const std::string text =
        R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"hz": 1000, "jiffies": 1000},
        "items": [{"name": "a", "slack": 0}],
        "actions": [{"at": "+0", "do": "add_timer", "timer": "a", "expires": "1536"}],
        "expect": [{"timer": "a", "slot": "tv2[6]"}]})";
    auto document = core::readDocument(text, "a.jiffy.json");
    ASSERT_TRUE(document);
    core::Opened opened;
    opened.document = std::make_shared<const core::Scenario>(*document);
    opened.inputs = std::make_shared<const core::Inputs>(core::compile(*document).value());
    Session session({});
    session.start(opened, QStringLiteral("a.jiffy.json"));
    while (session.isRunning() || session.isWaiting())
        QTest::qWait(5);
    ASSERT_TRUE(session.useTimers(*core::timersNamed("sorted-list")));
    EXPECT_EQ(session.inputs().machine.timers, core::TimerAlgorithm::SortedList);
    ASSERT_TRUE(session.document());
    EXPECT_EQ(session.document()->machine.timers, core::TimerAlgorithm::SortedList);
    EXPECT_EQ(session.document()->expect.front().algorithm.text, "wheel-3.9");
    session.undoStack().undo();
    EXPECT_FALSE(session.document()->expect.front().algorithm.isSaid());
}

TEST(Companions, ChoosesTwoToFour)
{
    Session session({});
    Companions companions(session);
    companions.setWanted(true);
    start(session, hundred());
    Companions::Algorithms all;
    for (const auto& t : core::timerAlgorithms())
        all.push_back(&t);
    companions.choose(all);
    EXPECT_EQ(names(companions), (Names{"wheel-3.9", "wheel-3.9-small", "wheel-6.1", "sorted-list"}));
    const auto* kept = &companions.history(3);
    companions.choose({core::timersNamed("sorted-list")});
    EXPECT_EQ(names(companions), (Names{"sorted-list", "wheel-3.9"})) << "the leading run's stays";
    EXPECT_EQ(kept, &companions.history(0)) << "what was run is not run again";
    start(session, hundred());
    EXPECT_EQ(names(companions), (Names{"sorted-list", "wheel-3.9", "wheel-6.1"}))
        << "another file, another choice";
}
