// SPDX-License-Identifier: GPL-3.0-or-later
// The step ladder of tgtd: what each rung stops at, and that back mirrors forward over every run there is.
#include "core/history/daemon_rungs.h"
#include "core/history/history.h"
#include "core/run/run.h"
#include "tests/property/daemon_runs.h"

#include "core/base/random.h"

#include <gtest/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

History historyOf(const InputsPtr& inputs)
{
    return History(inputs, runAll(inputs));
}

/// The stops of a rung in the whole run, and how many of them are in the first `until` us.
std::vector<std::uint64_t> instants(History& h, Rung rung, std::uint64_t until = ~0ull)
{
    std::vector<std::uint64_t> at;
    for (auto p = h.next(h.start(), rung); p && *p != h.end(); p = h.next(*p, rung))
        if (h.ticksAt(*p) <= until) at.push_back(h.ticksAt(*p) / 1000);
    return at;
}

InputsPtr shared(std::string_view ops)
{
    return std::make_shared<const Inputs>(tests::daemonInputs(ops));
}

using Instants = std::vector<std::uint64_t>;

} // namespace

TEST(DaemonRungs, BackMirrorsForwardFromAnyStopOfEveryRun)
{
    std::uint64_t seed = 7;
    for (const auto& run : tests::daemonRuns()) {
        History history = historyOf(run.inputs);
        Random random{++seed};
        for (int r = 0; r < rungCount; ++r) {
            const auto rung = static_cast<Rung>(r);
            const auto where = [&] { return run.name + ", " + std::string(name(rung, Driver::Daemon)); };
            Position p{random.between(0, history.log().size()), 0, 0};
            if (!history.isStop(p, rung)) p = history.next(p, rung).value_or(history.end());
            std::vector<Position> stops{p};
            std::vector<World> worlds{history.at(p)};
            for (int k = 0; k < 25; ++k) {
                const auto next = history.next(stops.back(), rung);
                if (!next) break;
                ASSERT_LT(stops.back(), *next) << where();
                ASSERT_TRUE(history.isStop(*next, rung)) << where();
                stops.push_back(*next);
                worlds.push_back(history.at(*next));
            }
            for (std::size_t k = stops.size(); k-- > 1;) {
                const auto back = history.previous(stops[k], rung);
                ASSERT_TRUE(back.has_value()) << where();
                ASSERT_EQ(*back, stops[k - 1]) << where();
                ASSERT_TRUE(history.at(*back) == worlds[k - 1]) << where();
            }
        }
    }
}

TEST(DaemonRungs, HaveNamesOfTheirOwn)
{
    EXPECT_EQ(name(Rung::Operation, Driver::Daemon), "call");
    EXPECT_EQ(name(Rung::Tick, Driver::Daemon), "loop pass");
    EXPECT_EQ(name(Rung::NextExpiry, Driver::Daemon), "next due");
    EXPECT_EQ(name(Rung::NextExpiry), "next expiry");
}

TEST(DaemonRungs, StopAtEveryAlarmAlsoInsideAHandler)
{
    // The handler burns from 600 to 1400: alarms at 750, 1000, 1250 fall into it.
    History h = historyOf(shared("scheduler new\nwork a\nat 100 add a 1\nat 600 burn 800\nuntil 2100\n"));
    EXPECT_EQ(instants(h, Rung::Cascade), (Instants{250, 500, 750, 1000, 1250, 1500, 1750, 2000}));
    // In front of the stop stands what the alarm did: it wrote, or found the flag set.
    int swallowed = 0;
    for (auto p = h.next(h.start(), Rung::Cascade); p && *p != h.end(); p = h.next(*p, Rung::Cascade)) {
        if (isSwallowedAlarm(h.log(), p->event - 1)) ++swallowed;
        EXPECT_TRUE(h.at(*p).daemon().isInSignal);
        EXPECT_TRUE(h.at(*p).daemon().timerPending);
    }
    EXPECT_EQ(swallowed, 2) << "750 wrote; 1000 and 1250 found the word still there";
}

TEST(DaemonRungs, StopAtFuncsLoopPassesAndHandlers)
{
    History h =
        historyOf(shared("scheduler new\nwork a\nwork b\nat 100 add a 1\nat 110 add b 1\nuntil 1300\n"));
    EXPECT_EQ(instants(h, Rung::NextExpiry), (Instants{1250})) << "both run in one pass";
    // At 0, behind each handler of I/O, and twice an alarm: after EINTR and after the pipe.
    EXPECT_EQ(instants(h, Rung::Tick),
              (Instants{0, 100, 110, 250, 250, 500, 500, 750, 750, 1000, 1000, 1250, 1250}));
    // Two handlers of I/O; five signals and five reads of the pipe; two funcs.
    EXPECT_EQ(instants(h, Rung::Timer).size(), 2u + 5 + 5 + 2);
    for (auto p = h.next(h.start(), Rung::Operation); p && *p != h.end(); p = h.next(*p, Rung::Operation)) {
        const Record& r = *h.recordBefore(*p);
        EXPECT_FALSE(r.hasMore());
        EXPECT_NE(r.kind, Kind::ClockSet);
    }
}

TEST(DaemonRungs, CountTheOldSchedulersTimeoutsAndTheTimerFdsExpiries)
{
    History old = historyOf(shared("scheduler old\nwork a\nat 100 add a 1\nuntil 9000\n"));
    EXPECT_EQ(instants(old, Rung::Cascade), (Instants{2100, 4100, 6100, 8100}));
    EXPECT_EQ(instants(old, Rung::NextExpiry), (Instants{6100}));
    EXPECT_EQ(instants(old, Rung::Timer), (Instants{100, 2100, 4100, 6100, 6100, 8100}));
    Inputs inputs = tests::daemonInputs("scheduler new\nwork a\nat 100 add a 1\nuntil 1700\n");
    inputs.daemon.scheduler = WorkScheduler::TimerFd;
    inputs.daemon.interval = 500'000;
    inputs.daemon.epollTimeout = ~0ull;
    History today = historyOf(std::make_shared<const Inputs>(inputs));
    EXPECT_EQ(instants(today, Rung::Cascade), (Instants{500, 1000, 1500}));
}

TEST(DaemonWorld, EveryRecordIsTakenBackExactly)
{
    for (const auto& run : tests::daemonRuns()) {
        const Snapshot snapshot = runAll(run.inputs);
        World world(run.inputs->machine);
        for (std::uint64_t e = 0; e < snapshot.log.size(); ++e) {
            const World before = world;
            const Record& r = snapshot.log[e];
            world.apply(r);
            World back = world;
            back.unapply(r);
            ASSERT_TRUE(back == before) << run.name << ", record " << e << " " << name(r.kind) << "/" << name(r.site);
        }
    }
}
