// SPDX-License-Identifier: GPL-3.0-or-later
// work_timer_start() and work_timer_stop(), step by step, and each way in which they go wrong.
#include "tests/tgtd/told.h"

using namespace jiffy::tests;

TEST(StartStop, ArmsTheAlarmBeforeThereIsAPipe)
{
    const auto lines = told(R"("daemon": {}, "until": "0s")");
    EXPECT_EQ(missing(lines,
                      {"0.000 Entered work_timer_start",
                       "0.000 RegisterSet timer_started=1 was=0 by work_timer_start",
                       "0.000 Entered sigaction", "0.000 RegisterSet alarm_since=0 ms was=never by setitimer",
                       "0.000 RegisterSet timer_fd[0]=7 was=0 by pipe",
                       "0.000 RegisterSet timer_fd[1]=8 was=0 by pipe",
                       "0.000 RegisterSet pipe_polled=1 was=0 by tgt_event_add",
                       "0.000 Left work_timer_start returned 0", "0.000 Entered epoll_wait timeout=2000 ms"}),
              "");
}

/// The first notification goes to fd 0 and nobody will ever read it.
TEST(StartStop, AnAlarmBeforeThePipeWritesToStdinAndLeavesTheFlagSet)
{
    const auto lines = told(
        R"("daemon": {"costs": {"pipe": "300ms"}}, "items": [{"name": "A"}], "actions": [{"at": "1s", "do": "add_work", "work": "A", "seconds": 0}], "until": "3s")");
    EXPECT_EQ(
        missing(lines,
                {"250.000 Raised SIGALRM",
                 "250.000 RegisterSet timer_pending=1 was=0 by work_timer_schedule_evt",
                 "250.000 Noted write fd=0: not the pipe", "300.000 RegisterSet timer_fd[0]=7 was=0 by pipe",
                 "500.000 Noted work_timer_schedule_evt: timer_pending is set, nothing is written",
                 "1000.000 Queued A active list deadline=immediate by add_work",
                 "1000.000 Noted work_timer_schedule_evt: timer_pending is set, nothing is written"}),
        "");
    EXPECT_EQ(count(lines, "Fired"), 0u);
    EXPECT_EQ(count(lines, "write 4 bytes"), 0u);
}

TEST(StartStop, WithoutAPipeTheCleanUpFindsNoEventAndMainEnds)
{
    const auto lines = told(R"("daemon": {"fail": {"pipe": true}}, "until": "3s")");
    EXPECT_EQ(
        missing(lines, {"0.000 RegisterSet alarm_since=0 ms was=never by setitimer",
                        "0.000 Noted pipe failed: EMFILE", "0.000 Entered work_timer_stop",
                        "0.000 RegisterSet timer_started=0 was=1 by work_timer_stop",
                        "0.000 Noted tgt_event_del: there is no event with fd=0",
                        "0.000 RegisterSet alarm_since=never was=0 ms by setitimer",
                        "0.000 Left work_timer_stop", "0.000 Left work_timer_start returned 24 EMFILE"}),
        "");
    EXPECT_EQ(count(lines, "epoll_wait"), 0u);
    EXPECT_EQ(count(lines, "by close"), 0u); // fds of 0 are taken for none
}

TEST(StartStop, StopsThePipeFirstAndTheAlarmLast)
{
    const auto lines = told(R"("daemon": {}, "actions": [{"at": "1s", "do": "shutdown"}], "until": "3s")");
    EXPECT_EQ(missing(lines, {"1000.000 RegisterSet system_active=0 was=1 by shutdown",
                              "1000.000 Entered work_timer_stop",
                              "1000.000 RegisterSet timer_started=0 was=1 by work_timer_stop",
                              "1000.000 RegisterSet pipe_polled=0 was=1 by tgt_event_del",
                              "1000.000 RegisterSet pipe_ends=2 was=3 by close",
                              "1000.000 RegisterSet pipe_ends=0 was=2 by close",
                              "1000.000 RegisterSet alarm_since=never was=0 ms by setitimer",
                              "1000.000 Left work_timer_stop"}),
              "");
    EXPECT_EQ(lines.back(), "1000.000 Left work_timer_stop");
}

TEST(StartStop, AnAlarmWhileStoppingFindsHalfAPipe)
{
    const auto parts = [](const char* at) {
        return R"("daemon": {"costs": {"close": "200ms", "syscall": "10ms"}}, "actions": [{"at": ")" +
               std::string(at) + R"(", "do": "shutdown"}], "until": "9s")";
    };
    EXPECT_EQ(count(told(parts("1030ms")), "Noted write fd=8 failed: EPIPE"), 1u); // its read end is closed
    EXPECT_EQ(count(told(parts("1095ms")), "Noted write fd=8 failed: EPIPE"),
              0u); // in front of the first close: the pipe is whole
}

TEST(StartStop, AfterBothAreClosedAnAlarmWritesToABadFile)
{
    // The alarm falls into the time that setitimer() takes.
    const auto lines = told(
        R"("daemon": {"costs": {"close": "5ms", "syscall": "100ms"}}, "actions": [{"at": "0s", "do": "shutdown"}], "until": "9s")");
    EXPECT_EQ(count(lines, "failed: EBADF"), 1u);
}

TEST(StartStop, TheOldSchedulerStartsNothing)
{
    const auto lines = told(R"("daemon": {"scheduler": "old"}, "until": "4s")");
    EXPECT_EQ(lines.front(), "0.000 Entered epoll_wait timeout=2000 ms");
    EXPECT_EQ(
        missing(lines, {"2000.000 Left epoll_wait returned 0 timeout", "2000.000 Entered schedule jiffies=0",
                        "2000.000 RegisterSet jiffies=1 was=0 by schedule"}),
        "");
}
