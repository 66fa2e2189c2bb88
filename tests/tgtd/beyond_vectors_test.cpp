// SPDX-License-Identifier: GPL-3.0-or-later
// What the vectors leave out: costs, failing and slow calls, scheduled events, the batch, items added twice.
#include "tests/tgtd/told.h"

#include <algorithm>
#include <tuple>

using namespace jiffy::tests;

namespace
{

std::string one(const std::string& daemon, const std::string& actions, const std::string& on = {})
{
    return "\"daemon\": {" + daemon + "}, \"items\": [{\"name\": \"A\", \"on\": [" + on +
           "]}, {\"name\": \"B\"}], \"actions\": [" + actions + "], \"until\": \"3s\"";
}

} // namespace

TEST(Costs, EachCallTakesItsTime)
{
    const auto lines = told(one(R"("costs": {"syscall": "10us", "io": "100us", "func": "1ms"})",
                                R"({"at": "100ms", "do": "add_work", "work": "A", "seconds": 0})"));
    // sigaction, setitimer's place in between, tgt_event_add: 10 us each before the loop.
    EXPECT_EQ(
        missing(lines, {"100.000 Queued io#1 ready list by io_ready", "100.010 Left epoll_wait returned 1",
                        "100.010 Entered io_handler io#1", "100.110 Entered add_work A seconds=0",
                        "100.120 RegisterSet pipe_bytes=4 was=0 write 4 bytes by work_timer_schedule_evt",
                        "100.120 Left io_handler io#1", "100.130 Left epoll_wait returned 1",
                        "100.130 Entered io_handler pipe",
                        "100.240 RegisterSet pipe_bytes=0 was=4 read 4 bytes by work_timer_evt_handler",
                        "100.250 Fired A active list deadline=immediate by execute_work",
                        "101.250 Left callback A"}),
        "");
}

TEST(Costs, AnAlarmInsideAHandlerIsNestedAndDoesNotProlongIt)
{
    const auto lines = told(one({}, R"({"at": "200ms", "do": "burn", "for": "100ms"})"));
    EXPECT_EQ(missing(lines, {"200.000 Entered io_handler io#1", "250.000 Raised SIGALRM",
                              "250.000 Entered work_timer_sig_handler", "250.000 Left work_timer_sig_handler",
                              "300.000 Left io_handler io#1", "300.000 Entered io_handler pipe"}),
              "");
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "250.000 Left epoll_wait returned -1 EINTR"), 0);
}

/// The handler blocks its own signal: one more is remembered, and delivered as soon as it returns; a third is
/// lost.
TEST(Costs, AnAlarmThatComesInTheSignalsHandlerIsBlocked)
{
    const auto lines = told(R"("daemon": {"costs": {"signal": "600ms"}}, "until": "1s")");
    EXPECT_EQ(
        missing(lines, {"250.000 Raised SIGALRM", "500.000 RegisterSet alarm_blocked=1 was=0 by sigalrm",
                        "750.000 RegisterSet alarm_blocked=1 was=1 by sigalrm",
                        "850.000 Left work_timer_sig_handler",
                        "850.000 RegisterSet alarm_blocked=0 was=1 by sigalrm", "850.000 Raised SIGALRM"}),
        "");
}

TEST(Flag, AnAlarmBetweenItsTestAndItsSettingWritesEightBytes)
{
    const auto lines = told(one(R"("costs": {"flag": "2ms"})",
                                R"({"at": "249ms", "do": "add_work", "work": "A", "seconds": 0})"));
    EXPECT_EQ(
        missing(lines, {"249.000 Entered work_timer_schedule_evt",
                        "250.000 RegisterSet pipe_bytes=4 was=0 write 4 bytes by work_timer_schedule_evt",
                        "251.000 RegisterSet timer_pending=1 was=1 by work_timer_schedule_evt",
                        "251.000 RegisterSet pipe_bytes=8 was=4 write 4 bytes by work_timer_schedule_evt",
                        "251.000 RegisterSet pipe_bytes=4 was=8 read 4 bytes by work_timer_evt_handler",
                        "251.000 Fired A active list deadline=immediate by execute_work",
                        "251.000 RegisterSet pipe_bytes=0 was=4 read 4 bytes by work_timer_evt_handler"}),
        "");
}

TEST(Write, OneFailureIsTheEndOfAllWork)
{
    const auto lines = told(
        one(R"("fail": {"write": 2})", R"({"at": "100ms", "do": "add_work", "work": "A", "seconds": 1})"));
    EXPECT_EQ(
        missing(lines, {"250.000 RegisterSet pipe_bytes=4 was=0 write 4 bytes by work_timer_schedule_evt",
                        "500.000 RegisterSet timer_pending=1 was=0 by work_timer_schedule_evt",
                        "500.000 Noted write fd=8 failed: EIO",
                        "750.000 Noted work_timer_schedule_evt: timer_pending is set, nothing is written"}),
        "");
    EXPECT_EQ(count(lines, "Fired"), 0u);
    EXPECT_EQ(count(lines, "Raised SIGALRM"), 12u); // delivered all the same
}

TEST(SlowCall, IsEndedByASignal)
{
    const auto lines = told(one(
        {},
        R"({"at": "100ms", "do": "slow_call", "for": "600ms"}, {"at": "1s", "do": "slow_call", "for": "100ms"})"));
    EXPECT_EQ(
        missing(lines, {"100.000 Entered slow_call for 600 ms", "250.000 Raised SIGALRM",
                        "250.000 Left work_timer_sig_handler", "250.000 Left slow_call returned -1 EINTR",
                        "1000.000 Entered slow_call for 100 ms", "1100.000 Left slow_call returned 0"}),
        "");
    // Nothing interrupts it in the old scheduler.
    EXPECT_EQ(
        missing(told(one(R"("scheduler": "old")", R"({"at": "100ms", "do": "slow_call", "for": "600ms"})")),
                {"700.000 Left slow_call returned 0"}),
        "");
}

TEST(ScheduledEvents, MakeTheLoopGoRoundWithoutWaiting)
{
    const auto lines =
        told(one(R"("scheduler": "old")", R"({"at": "1s", "do": "event_sched", "passes": 3})"));
    EXPECT_EQ(count(lines, "1000.000 Entered epoll_wait timeout=0 ms"), 3u);
    EXPECT_EQ(count(lines, "1000.000 Entered schedule"), 3u); // and each counts as a tick
    EXPECT_EQ(
        missing(lines,
                {"1000.000 Entered tgt_exec_scheduled left=4", "1000.000 Entered tgt_exec_scheduled left=1",
                 "1000.000 Entered epoll_wait timeout=2000 ms", "3000.000 Left epoll_wait returned 0 timeout",
                 "3000.000 Entered schedule jiffies=3"}),
        "");
    const auto patch = told(one({}, R"({"at": "1s", "do": "event_sched", "passes": 3})"));
    EXPECT_EQ(count(patch, "1000.000 Left epoll_wait returned 0 timeout"), 3u);
    EXPECT_EQ(count(patch, "Entered execute_work"), 12u); // of the alarms alone
}

TEST(Batch, WhatDoesNotFitWaitsForTheNextCall)
{
    const auto lines = told(one(
        R"("batch": 2)",
        R"({"at": "100ms", "every": "1us", "times": 1, "do": "burn", "for": "1ms"}, {"at": "100ms", "do": "burn", "for": "1ms"},
        {"at": "100ms", "do": "add_work", "work": "B", "seconds": 0}, {"at": "100ms", "do": "burn", "for": "1ms"}, {"at": "100ms", "do": "burn", "for": "1ms"})"));
    EXPECT_EQ(missing(lines, {"100.000 Left epoll_wait returned 2", "102.000 Left io_handler io#2",
                              "102.000 Left epoll_wait returned 2", "102.000 Entered add_work B seconds=0",
                              "103.000 Left epoll_wait returned 2", "103.000 Entered io_handler io#5",
                              "104.000 Entered io_handler pipe",
                              "104.000 Fired B active list deadline=immediate by execute_work"}),
              "");
}

TEST(AddWork, AnItemThatIsQueuedIsRefusedAndStaysWhereItIs)
{
    const auto lines = told(one(
        {},
        R"({"at": "100ms", "do": "add_work", "work": "A", "seconds": 1}, {"at": "200ms", "do": "add_work", "work": "A", "seconds": 0})"));
    EXPECT_EQ(missing(lines, {"200.000 Refused A seconds=0 by add_work: it is on a list already",
                              "1250.000 Fired A active list deadline=1294588941.100000 by execute_work"}),
              "");
    EXPECT_EQ(count(lines, "Queued A"), 1u);
    EXPECT_EQ(count(lines, "200.000 RegisterSet timer_pending"), 0u); // nothing is written for it
}

TEST(Drain, AnEndlessOneIsBrokenOff)
{
    const auto lines = told(one({}, R"({"at": "100ms", "do": "add_work", "work": "A", "seconds": 0})",
                                R"({"do": "rearm", "seconds": 0})"));
    EXPECT_NE(lines.back().find("100.000 Noted spin A:"), std::string::npos) << lines.back();
    // With time in it, it goes on: alarms are delivered, nothing else is.
    const auto slow = told(one(
        {},
        R"({"at": "100ms", "do": "add_work", "work": "A", "seconds": 0}, {"at": "500ms", "do": "add_work", "work": "B", "seconds": 0})",
        R"({"do": "burn", "for": "10ms"}, {"do": "rearm", "seconds": 0})"));
    EXPECT_EQ(count(slow, "Raised SIGALRM"), 12u);
    EXPECT_EQ(count(slow, "Fired A"), 291u); // from 100 ms to 3 s, both included
    EXPECT_EQ(count(slow, "Fired B"), 0u);
}

TEST(Today, ItemsRunUpToHalfASecondEarly)
{
    for (const auto& [start, earliest, latest] :
         {std::tuple{"551ms", -60'000, 449'000}, {"750ms", -250'000, 250'000}, {"950ms", -450'000, 50'000}}) {
        const auto inputs = work(
            "\"daemon\": {\"scheduler\": \"timerfd\", \"start\": \"" + std::string(start) +
            R"("}, "generate": {"populations": [{"name": "w", "count": 24, "at": "2s", "every": "21ms", "seconds": 1}]}, "until": "9s")");
        const auto run = jiffy::core::runAll(inputs);
        std::vector<std::int64_t> due(24), late;
        std::uint64_t now = 0;
        for (std::uint64_t i = 0; i < run.log.size(); ++i) {
            const auto& r = run.log[i];
            now += jiffy::core::ticksOf(r);
            if (r.kind == jiffy::core::Kind::Queued && r.site == jiffy::core::Site::AddWork)
                due[r.item.value] = static_cast<std::int64_t>(now) + 1'000'000;
            if (r.kind == jiffy::core::Kind::Fired)
                late.push_back(static_cast<std::int64_t>(now) - due[r.item.value]);
        }
        ASSERT_EQ(late.size(), 24u);
        const auto [least, most] = std::minmax_element(late.begin(), late.end());
        EXPECT_GE(*least, earliest - 1000) << start;
        EXPECT_LE(*least, earliest + 30'000) << start;
        EXPECT_LE(*most, latest + 1000) << start;
        EXPECT_GE(*most, latest - 30'000) << start;
    }
}

TEST(Today, ABackwardStepStallsAllWork)
{
    const auto lines = told(
        R"("daemon": {"scheduler": "timerfd"}, "items": [{"name": "A"}], "actions": [{"at": "100ms", "do": "add_work", "work": "A", "seconds": 1},
        {"at": "600ms", "do": "settime", "by": "-3s"}], "until": "9s")");
    // Expirations at .5, and then not before the wall clock is at its second half second again.
    EXPECT_EQ(count(lines, "600.000 RegisterSet expirations"), 0u);
    EXPECT_EQ(missing(lines, {"500.000 RegisterSet expirations=1 was=0 by timerfd",
                              "4000.000 RegisterSet expirations=1 was=0 by timerfd",
                              "4500.000 Fired A active list deadline=1294588941.100000 by execute_work"}),
              "");
}

TEST(Today, AForwardStepIsCountedAtOnce)
{
    const auto lines = told(
        R"("daemon": {"scheduler": "timerfd"}, "items": [{"name": "A"}], "actions": [{"at": "100ms", "do": "add_work", "work": "A", "seconds": 5},
        {"at": "600ms", "do": "settime", "by": "+10s"}], "until": "2s")");
    EXPECT_EQ(missing(lines, {"600.000 RegisterSet expirations=20 was=0 by timerfd",
                              "600.000 Fired A active list deadline=1294588945.100000 by execute_work"}),
              "");
}
