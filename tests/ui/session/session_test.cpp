// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/small_run.h"
#include "ui/session/play.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

using namespace jiffy;
using ui::Motion;
using ui::Play;
using ui::Session;

namespace
{

/// Three timers, one of which is cascaded, and a thousand ticks.
core::InputsPtr smallInputs()
{
    auto in = std::make_shared<core::Inputs>();
    in->title = "Small";
    in->machine.cpus = 2;
    in->machine.jiffies = 1000;
    in->names = {"a", "b", "c"};
    in->untilTicks = 1000;
    for (std::uint32_t i = 0; i < 3; ++i) {
        core::TimerSpec t;
        t.name = i;
        t.slack = 0;
        in->timers.push_back(t);
    }
    const auto arm = [&](std::uint32_t timer, std::uint64_t tick, core::Jiffies expires, std::uint8_t cpu) {
        core::Action a;
        a.tick = tick;
        a.expires = expires;
        a.timer = core::TimerId(timer);
        a.cpu = cpu;
        in->actions.push_back(a);
    };
    arm(0, 0, 1010, 0);
    arm(1, 0, 1400, 0);
    arm(2, 0, 1010, 1);
    arm(0, 500, 1900, 0);
    return in;
}

/// A session whose run has been computed to its end.
void startAndFinish(Session& session)
{
    session.start({smallInputs(), {}}, QStringLiteral("small"));
    while (session.isRunning()) QTest::qWait(5);
}

} // namespace

TEST(Session, StepsBackThroughTheSamePlaces)
{
    for (int r = 0; r < core::rungCount; ++r) {
        const auto rung = static_cast<core::Rung>(r);
        Session session({});
        startAndFinish(session);
        std::vector<std::pair<core::Position, core::World>> visited{{session.position(), session.world()}};
        while (!session.atEnd()) {
            session.stepForward(rung);
            ASSERT_GT(session.position(), visited.back().first) << r;
            visited.emplace_back(session.position(), session.world());
        }
        ASSERT_GT(visited.size(), 2u) << r;
        while (visited.size() > 1) {
            visited.pop_back();
            session.stepBack(rung);
            ASSERT_EQ(session.position(), visited.back().first) << r;
            ASSERT_EQ(session.world(), visited.back().second) << r;
        }
        EXPECT_TRUE(session.atStart());
    }
}

TEST(Session, SaysWhereThePlayheadCameFrom)
{
    Session session({});
    startAndFinish(session);
    QSignalSpy moved(&session, &Session::positionChanged);
    session.stepForward(core::Rung::Operation);
    session.stepBack(core::Rung::Operation);
    ASSERT_EQ(moved.size(), 2);
    EXPECT_EQ(moved[0][0].value<core::Position>(), core::Position());
    EXPECT_EQ(moved[0][1].value<core::Position>(), moved[1][0].value<core::Position>());
    EXPECT_EQ(moved[0][2].value<Motion>(), Motion::Forward);
    EXPECT_EQ(moved[1][2].value<Motion>(), Motion::Back);
}

TEST(Session, KeepsItsWorkWhenAFileCannotBeOpened)
{
    Session session({});
    startAndFinish(session);
    session.stepForward(core::Rung::Cascade);
    const auto position = session.position();
    const auto world = session.world();
    QSignalSpy opened(&session, &Session::opened), failed(&session, &Session::failed), moved(&session, &Session::positionChanged);
    session.open(QStringLiteral("/nonexistent/file.jiffy.json"));
    ASSERT_TRUE(failed.wait(5000));
    EXPECT_TRUE(failed[0][0].toString().startsWith(QLatin1String("/nonexistent/file.jiffy.json"))) << failed[0][0].toString().toStdString();
    EXPECT_TRUE(opened.isEmpty());
    EXPECT_TRUE(moved.isEmpty());
    EXPECT_EQ(session.title(), QStringLiteral("Small"));
    EXPECT_EQ(session.position(), position);
    EXPECT_EQ(session.world(), world);
}

TEST(Session, ForgetsAFileWhoseReadingWasCancelled)
{
    Session session({});
    QSignalSpy failed(&session, &Session::failed), opened(&session, &Session::opened);
    session.open(QStringLiteral("/nonexistent/file"));
    session.cancelOpening();
    EXPECT_FALSE(session.isOpening());
    EXPECT_FALSE(failed.wait(200));
    EXPECT_TRUE(opened.isEmpty());
}

TEST(Session, WaitsForTheRunToItsEnd)
{
    Session session({});
    session.start({smallInputs(), {}}, QStringLiteral("small"));
    session.toEnd();
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.atEnd(); }, 5000));
    EXPECT_EQ(session.ticks(), 1000u);
    EXPECT_FALSE(session.isWaiting());
}

TEST(Session, OpensAtTheScenariosPosition)
{
    auto in = std::make_shared<core::Inputs>(*smallInputs());
    in->opening = {core::PositionSpec::Kind::AtJiffies, 1400};
    Session session({});
    session.start({in, {}}, QStringLiteral("small"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.isWaiting(); }, 5000));
    EXPECT_EQ(session.ticks(), 400u);
}

TEST(Session, StopsAtFiresAndCascades)
{
    Session session({});
    startAndFinish(session);
    int stops = 0;
    std::vector<core::Position> visited{session.position()};
    while (!session.atEnd()) {
        session.toNextOfInterest();
        visited.push_back(session.position());
        const auto* r = session.record();
        ASSERT_TRUE(r);
        if (session.atEnd()) break;
        EXPECT_TRUE(r->kind == core::Kind::Fired || r->kind == core::Kind::Spliced);
        ++stops;
    }
    EXPECT_GE(stops, 4); // three fires, and at least the cascade of b
    for (visited.pop_back(); !visited.empty(); visited.pop_back()) {
        session.toPreviousOfInterest();
        EXPECT_EQ(session.position(), visited.back());
    }
}

TEST(Play, TakesAsManyStepsAsTimeHasBrought)
{
    Session session({});
    startAndFinish(session);
    Play play(session);
    session.setRung(core::Rung::Operation);
    QSignalSpy moved(&session, &Session::positionChanged);
    play.setSpeed(4);
    for (int i = 0; i < 8; ++i) play.advance(.125);
    EXPECT_EQ(moved.size(), 4);

    session.toStart();
    session.setRung(core::Rung::Tick);
    play.setSpeed(100);
    play.advance(.1);
    EXPECT_EQ(session.ticks(), 10u);
    play.setSpeed(Play::fastest);
    play.advance(.05);
    EXPECT_EQ(session.ticks(), 510u);
}

TEST(Play, ReachesTheEndAndStops)
{
    for (const auto rung : {core::Rung::Line, core::Rung::Tick, core::Rung::Cascade, core::Rung::NextExpiry}) {
        Session session({});
        startAndFinish(session);
        Play play(session);
        session.setRung(rung);
        play.setSpeed(Play::fastest);
        play.start();
        EXPECT_TRUE(play.isPlaying());
        for (int i = 0; i < 100 && play.isPlaying(); ++i) play.advance(.05);
        EXPECT_TRUE(session.atEnd());
        EXPECT_FALSE(play.isPlaying());
    }
}

TEST(Play, HoldsItsClockForFlightsWhenSlow)
{
    Session session({});
    startAndFinish(session);
    Play play(session);
    session.setRung(core::Rung::Operation);
    play.setSpeed(4);
    play.start();
    QSignalSpy moved(&session, &Session::positionChanged);
    play.advance(.01); // the first step comes at once
    ASSERT_EQ(moved.size(), 1);
    play.hold(5000); // at most 900 ms
    play.advance(.8);
    EXPECT_EQ(moved.size(), 1);
    play.advance(.1 + .25);
    EXPECT_EQ(moved.size(), 2);
    play.setSpeed(8);
    play.hold(900); // too fast for flights
    play.advance(.125);
    EXPECT_EQ(moved.size(), 3);
}

TEST(Play, StopsWhereTheKernelStopsWithABug)
{
    test::SmallRun run;
    const auto twice = run.timer("twice");
    run.at(0, core::Call::AddTimer, twice, run.inputs().machine.jiffies + 50);
    run.at(10, core::Call::AddTimer, twice, run.inputs().machine.jiffies + 60);
    run.inputs().untilTicks = 200;
    ui::Session session({});
    session.start({std::make_shared<const core::Inputs>(run.inputs()), {}}, QStringLiteral("bug"));
    while (session.isRunning()) QTest::qWait(2);
    ui::Play play(session);
    play.setSpeed(10'000);
    session.toStart();
    play.start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !play.isPlaying(); }, 5000));
    QTest::qWait(5);
    ASSERT_TRUE(session.record());
    EXPECT_EQ(session.record()->kind, core::Kind::Refused);
    play.start(); // and goes on from there
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.atEnd(); }, 5000));
}
