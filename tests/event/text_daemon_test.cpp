// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/event/text.h"
#include "core/event/text_daemon.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

InputsPtr daemon(const std::string& parts)
{
    auto r = readScenario("{\"format\": \"jiffyscope-scenario\", \"version\": 1, " + parts + "}", "x");
    EXPECT_TRUE(r.has_value()) << toText(r.error());
    return std::make_shared<const Inputs>(r ? *r : Inputs{});
}

/// The texts of a run, a line each.
std::string told(const std::string& parts)
{
    const auto inputs = daemon(parts);
    const auto run = runAll(inputs);
    std::string out;
    const auto geometry = daemonGeometry();
    for (std::uint64_t i = 0; i < run.log.size(); ++i)
        out += toText(run.log[i], geometry, *inputs) + '\n';
    return out;
}

bool has(const std::string& text, const std::string& line)
{
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

} // namespace

TEST(DaemonText, TellsAPassInTheDaemonsWords)
{
    const auto text = told(
        R"("daemon": {"files": [{"name": "iSCSI login", "fd": 9}]}, "items": [{"name": "A"}, {"name": "B"}],
        "actions": [{"at": "100ms", "do": "add_work", "work": "A", "seconds": 1, "file": "iSCSI login"},
                    {"at": "1100ms", "do": "add_work", "work": "B", "seconds": 0}, {"at": "1100ms", "do": "settime", "by": "-1500us"},
                    {"at": "1200ms", "do": "add_work", "work": "A", "seconds": 1}], "until": "1500ms")");
    for (const char* line :
         {"Entered epoll_wait timeout=2000 ms", "ClockSet t=100.000 ms +100 ms by wait",
          "Queued iSCSI login fd=9 ready list by io_ready",
          "Spliced ready list into returned list items=1 by epoll_wait", "Left epoll_wait returned 1",
          "Left epoll_wait returned -1 EINTR", "Unqueued iSCSI login fd=9 returned list by io_handler",
          "Entered io_handler iSCSI login fd=9", "Entered add_work A seconds=1",
          "Queued A inactive list deadline=1294588941.100000 by add_work", "Raised SIGALRM",
          "RegisterSet wall_step=-1.500 ms was=+0 ms by wall_step",
          "RegisterSet pipe_bytes=4 was=0 write 4 bytes by work_timer_schedule_evt",
          "Queued B active list deadline=immediate by add_work",
          "RegisterSet alarm_since=0 ms was=never by setitimer",
          "Refused A seconds=1 by add_work: it is on a list already",
          "Moved A active list from inactive list deadline=1294588941.100000 by execute_work",
          "Fired B active list deadline=immediate by execute_work"})
        EXPECT_TRUE(has(text, line)) << line << "\n" << text;
    // Nothing of the wheel's words.
    for (const char* word : {"cpu", "tv1", "slack", "jiffies="})
        EXPECT_EQ(text.find(word), std::string::npos) << word;
}

TEST(DaemonText, TellsWhatTheOldSchedulerCounts)
{
    const auto text = told(R"("daemon": {"scheduler": "old"}, "items": [{"name": "A"}],
        "actions": [{"at": "0s", "do": "add_work", "work": "A", "seconds": 4}, {"at": "1s", "do": "del_work", "work": "A"}, {"at": "1s", "do": "del_work", "work": "A"}],
        "until": "9s")");
    for (const char* line :
         {"Queued A inactive list deadline=2 by add_work", "Unqueued A inactive list deadline=2 by del_work",
          "Entered del_work A: it is on no list", "Left epoll_wait returned 0 timeout",
          "Entered schedule jiffies=0", "RegisterSet jiffies=1 was=0 by schedule"})
        EXPECT_TRUE(has(text, line)) << line << "\n" << text;
}

TEST(DaemonText, TellsWhatFails)
{
    auto text = told(
        R"("daemon": {"fail": {"write": 1}}, "actions": [{"at": "300ms", "do": "slow_call", "for": "400ms"}], "until": "1s")");
    for (const char* line : {"Noted write fd=8 failed: EIO",
                             "Noted work_timer_schedule_evt: timer_pending is set, nothing is written",
                             "Entered slow_call for 400 ms", "Left slow_call returned -1 EINTR"})
        EXPECT_TRUE(has(text, line)) << line << "\n" << text;
    text = told(R"("daemon": {"fail": {"pipe": true}}, "until": "1s")");
    for (const char* line : {"Noted pipe failed: EMFILE", "Noted tgt_event_del: there is no event with fd=0",
                             "Left work_timer_start returned 24 EMFILE"})
        EXPECT_TRUE(has(text, line)) << line << "\n" << text;
}

TEST(DaemonText, GivesInstantsInMilliseconds)
{
    EXPECT_EQ(millisecondsText(0), "0.000");
    EXPECT_EQ(millisecondsText(4'750'001), "4750.001");
}
