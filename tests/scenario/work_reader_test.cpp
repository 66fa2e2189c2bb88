// SPDX-License-Identifier: GPL-3.0-or-later
// Scenarios about tgtd: what they become, and what they are told when they are wrong.
#include "core/run/run.h"
#include "core/scenario/draft.h"
#include "core/scenario/edit_text.h"
#include "core/scenario/reader.h"
#include "core/scenario/work_notation.h"
#include "core/scenario/writer.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

std::string with(const std::string& parts)
{
    return "{\"format\": \"jiffyscope-scenario\", \"version\": 1,\n" + parts + "}\n";
}

Inputs good(const std::string& parts)
{
    auto r = readScenario(with(parts), "x");
    EXPECT_TRUE(r.has_value()) << toText(r.error());
    return r ? *r : Inputs{};
}

/// The messages alone.
std::string faults(const std::string& parts)
{
    const auto r = readScenario(with(parts), "x");
    std::string out;
    if (!r)
        for (const auto& d : r.error())
            out += d.message + "\n";
    return out;
}

const std::string one = R"("daemon": {}, "items": [{"name": "isns_poll"}], )";

} // namespace

TEST(WorkReader, ReadsEveryPart)
{
    const auto in = good(R"("title": "T", "opening": "time=4.75s",
"daemon": {"scheduler": "old", "interval": "100ms", "timeout": "1s", "tick": 3, "start": "50ms", "batch": 7,
  "costs": {"syscall": "1us", "pipe": "2us", "close": "3us", "signal": "4us", "flag": "5us", "io": "6us", "func": "7us"},
  "fail": {"pipe": true, "write": 3}, "files": [{"name": "iSCSI login", "fd": 9}, {"name": "slow disk", "fd": 11}]},
"items": [{"name": "A", "on": [{"do": "burn", "for": "100ms"}, {"do": "rearm", "seconds": 1}, {"do": "add", "work": "B", "seconds": 0}, {"do": "del", "work": "B"}]},
          {"name": "B"}],
"actions": [{"at": "2s", "do": "slow_call", "for": "600ms"}, {"at": "100ms", "do": "add_work", "work": "B", "seconds": 4, "file": "slow disk"},
  {"at": "1s", "do": "settime", "by": "-3600s"}, {"at": "100ms", "do": "del_work", "work": "A", "file": "iSCSI login"},
  {"at": "3s", "do": "event_sched", "passes": 4}, {"at": "9s", "do": "shutdown"}, {"at": "250us", "every": "1.5s", "times": 3, "do": "burn", "for": "1us"}],
"until": "16s", "limit": 1000)");
    EXPECT_EQ(in.driver, Driver::Daemon);
    EXPECT_TRUE(in.machine.isDaemon && in.machine.mayFault);
    EXPECT_EQ(in.machine.hz.value, 1'000'000u);
    EXPECT_EQ(in.opening, (PositionSpec{PositionSpec::Kind::Time, 4'750'000'000}));
    EXPECT_EQ(in.eventLimit, 1000u);
    const auto& d = in.daemon;
    EXPECT_EQ(d.scheduler, WorkScheduler::Old);
    EXPECT_EQ(d.interval, 100'000u);
    EXPECT_EQ(d.epollTimeout, 1'000'000u);
    EXPECT_EQ(d.tick, 3u);
    EXPECT_EQ(d.start, 50'000u);
    EXPECT_EQ(d.until, 16'000'000u);
    EXPECT_FALSE(d.endsWhenDone);
    EXPECT_EQ(d.batch, 7u);
    EXPECT_EQ(d.costs, (DaemonCosts{1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(d.fail, (DaemonFailures{true, 3}));
    EXPECT_EQ(d.files, (std::vector<DaemonFile>{{"iSCSI login", 9}, {"slow disk", 11}}));
    using What = CallbackStep::What;
    const TimerId a(0), b(1);
    EXPECT_EQ(in.steps, (std::vector<CallbackStep>{{What::Burn, TimerId::none(), 100'000},
                                                   {What::Rearm, TimerId::none(), 1},
                                                   {What::Add, b, 0},
                                                   {What::Del, b, 0}}));
    // Work, the pipe, then sources in the order of the file.
    EXPECT_EQ(d.pipe, TimerId(2));
    EXPECT_EQ(d.firstSource, 3u);
    std::string names;
    for (std::uint32_t t = 0; t < in.timers.size(); ++t)
        names += in.timerName(TimerId(t)) + ",";
    EXPECT_EQ(names, "A,B,pipe,io#1,slow disk,iSCSI login,io#4,io#5,io#6,io#7,io#8,");
    const std::vector<Action> actions = {
        {250, 1, 0, 8, {}, Call::BurnTime, 0, 0},
        {100'000, 4, 0, 4, b, Call::AddWork, 0, 2},
        {100'000, 0, 0, 5, a, Call::DelWork, 0, 1},
        {1'000'000, static_cast<std::uint64_t>(-3'600'000'000), 0, 0, {}, Call::StepWall, 0, 0},
        {1'500'250, 1, 0, 9, {}, Call::BurnTime, 0, 0},
        {2'000'000, 600'000, 0, 3, {}, Call::SlowCall, 0, 0},
        {3'000'000, 4, 0, 6, {}, Call::EventSched, 0, 0},
        {3'000'250, 1, 0, 10, {}, Call::BurnTime, 0, 0},
        {9'000'000, 0, 0, 7, {}, Call::Shutdown, 0, 0},
    };
    EXPECT_EQ(in.actions, actions);
    EXPECT_EQ(d.sources, (std::vector<std::uint32_t>{5, 1, 2, 6, 8, 0, 4, 7}));
}

TEST(WorkReader, GivesEachSchedulerItsOwnTimes)
{
    EXPECT_EQ(good(R"("daemon": {})").daemon.interval, 250'000u);
    const auto today = good(R"("daemon": {"scheduler": "timerfd"})").daemon;
    EXPECT_EQ(today.interval, 500'000u);
    EXPECT_EQ(today.epollTimeout, ~0ull);
    EXPECT_EQ(good(R"("daemon": {"scheduler": "timerfd", "timeout": "3s"})").daemon.epollTimeout, 3'000'000u);
    // The same items whatever the scheduler, so that two runs can be compared item by item.
    const std::string rest =
        R"(}, "items": [{"name": "A"}], "actions": [{"at": "0s", "do": "add_work", "work": "A", "seconds": 1}])";
    EXPECT_EQ(good(R"("daemon": {"scheduler": "old")" + rest).timers,
              good(R"("daemon": {"scheduler": "new")" + rest).timers);
}

TEST(WorkReader, OnlyFaultsThatAreAskedForBreakRules)
{
    for (const char* harmless :
         {R"({})", R"({"costs": {"syscall": "5us", "signal": "9us", "io": "1ms", "func": "1ms"}})"})
        EXPECT_FALSE(good(std::string("\"daemon\": ") + harmless).machine.mayFault) << harmless;
    for (const char* faulty :
         {R"({"fail": {"pipe": true}})", R"({"fail": {"write": 1}})", R"({"costs": {"flag": "1us"}})",
          R"({"costs": {"pipe": "1us"}})", R"({"costs": {"close": "1us"}})"})
        EXPECT_TRUE(good(std::string("\"daemon\": ") + faulty).machine.mayFault) << faulty;
}

TEST(WorkReader, RepeatsUntilTheEndWhereNoNumberIsSaid)
{
    EXPECT_EQ(
        good(
            R"("daemon": {}, "actions": [{"at": "1s", "every": "1.5s", "do": "burn", "for": "0s"}], "until": "4s")")
            .actions.size(),
        3u);
    EXPECT_EQ(
        good(
            R"("daemon": {}, "actions": [{"at": "5s", "every": "1.5s", "do": "burn", "for": "0s"}], "until": "4s")")
            .actions.size(),
        0u);
}

TEST(WorkReader, EndsAfterTheLastWorkWhereNoEndIsSaid)
{
    const auto end = [](const std::string& parts) {
        return runAll(std::make_shared<const Inputs>(good(parts))).endTicks;
    };
    EXPECT_EQ(
        end(one + R"("actions": [{"at": "100ms", "do": "add_work", "work": "isns_poll", "seconds": 4}])"),
        4'250'000u);
    // As soon as no action is to come, either.
    EXPECT_EQ(
        end(one +
            R"("actions": [{"at": "100ms", "do": "add_work", "work": "isns_poll", "seconds": 1}, {"at": "7s", "do": "burn", "for": "1s"}])"),
        8'000'000u);
    // What comes again and again ends as well.
    EXPECT_EQ(
        end(R"("daemon": {}, "items": [{"name": "A", "on": [{"do": "rearm", "seconds": 5}]}], "actions": [{"at": "1s", "do": "add_work", "work": "A", "seconds": 1}])"),
        81'000'000u);
    EXPECT_EQ(end(R"("daemon": {})"), 10'000'000u);
}

TEST(WorkReader, DrawsPopulations)
{
    const std::string parts =
        R"("daemon": {"files": [{"name": "net", "fd": 9}]}, "generate": {"seed": 3, "populations": [
        {"name": "s", "count": 100, "at": "1s", "every": "10ms", "file": "net", "seconds": {"uniform": [1, 9]}, "burn": "5us",
         "rearm": {"percent": 50, "seconds": 4}, "cancel": {"percent": 30, "after": "500ms"}}, {"name": "lone", "seconds": 2}]},
        "items": [{"name": "A"}], "actions": [{"at": "2s", "do": "del_work", "work": "s.7"}, {"at": "2s", "do": "del_work", "work": "lone"}], "until": "20s")";
    const auto in = good(parts);
    EXPECT_EQ(in.timerName(TimerId(0)), "s.1");
    EXPECT_EQ(in.timerName(TimerId(99)), "s.100");
    EXPECT_EQ(in.timerName(TimerId(100)), "lone");
    EXPECT_EQ(in.timerName(TimerId(101)), "A");
    EXPECT_EQ(in.daemon.pipe, TimerId(102));
    std::uint64_t added = 0, cancelled = 0, rearms = 0;
    for (const auto& a : in.actions) {
        if (a.call == Call::AddWork && a.timer.value < 100) {
            ++added;
            EXPECT_EQ(a.tick, 1'000'000u + a.timer.value * 10'000u);
            EXPECT_TRUE(a.expires >= 1 && a.expires <= 9);
        }
        cancelled += a.call == Call::DelWork;
    }
    for (const auto& s : in.steps)
        rearms += s.what == CallbackStep::What::Rearm;
    EXPECT_EQ(added, 100u);
    EXPECT_TRUE(cancelled > 12 && cancelled < 52) << cancelled; // two of them by hand
    EXPECT_TRUE(rearms > 30 && rearms < 70) << rearms;
    EXPECT_EQ(good(parts), in); // the same seed, the same work
}

TEST(WorkReader, SaysWhatIsWrong)
{
    const auto action = [](const std::string& a) { return faults(one + "\"actions\": [" + a + "]"); };
    EXPECT_EQ(action(R"({"at": "1s", "do": "add_work", "work": "isns_pol", "seconds": 1})"),
              "there is no work \"isns_pol\" (did you mean \"isns_poll\"?)\n");
    EXPECT_EQ(action(R"({"at": "1s", "do": "add_wrok", "work": "isns_poll", "seconds": 1})"),
              "\"do\" cannot be \"add_wrok\" (did you mean \"add_work\"?); expected one of add_work, "
              "del_work, burn, settime, slow_call, event_sched, shutdown\n");
    EXPECT_EQ(action(R"({"at": "-1s", "do": "del_work", "work": "isns_poll"})"),
              "\"-1s\" is negative; a time counts from the start\n");
    EXPECT_EQ(action(R"({"at": 4, "do": "del_work", "work": "isns_poll"})"),
              "\"at\" must be a time with a unit, like \"250ms\", not a number alone\n");
    EXPECT_EQ(action(R"({"at": "4", "do": "del_work", "work": "isns_poll"})"),
              "\"4\" is not a time; expected one with a unit, like \"4.25s\", \"250ms\" or \"5us\"\n");
    EXPECT_EQ(action(R"({"at": "1.5us", "do": "del_work", "work": "isns_poll"})"),
              "\"1.5us\" is finer than a microsecond, the step of this clock\n");
    EXPECT_EQ(action(R"({"at": "1s", "do": "settime", "by": "1h"})"),
              "\"1h\" is not a time, forward or back; expected one like \"+500ms\" or \"-3600s\", in whole "
              "microseconds and of at most 1000000000 s\n");
    EXPECT_EQ(action(R"({"at": "1s", "do": "settime", "by": "1s", "file": "x"})"),
              "\"settime\" steps the wall clock, which is no event of a file: it takes no \"file\"\n");
    EXPECT_EQ(action(R"({"at": "1s", "do": "burn", "for": "1s", "file": "x"})"),
              "there is no file \"x\"; files are declared in \"daemon\", as \"files\"\n");
    EXPECT_EQ(action(R"({"at": "1s", "do": "burn"})"), "an action needs \"for\"\n");
    EXPECT_EQ(action(R"({"at": "1s", "do": "burn", "for": "1s", "work": "isns_poll"})"),
              "\"burn\" takes no \"work\"\n");
    EXPECT_EQ(
        action(R"({"at": "1s", "every": "1s", "do": "burn", "for": "1s"})"),
        "\"every\" repeats until the end of the run, so this needs \"times\" or the scenario \"until\"\n");
    EXPECT_EQ(action(R"({"at": "1s", "every": "0s", "times": 2, "do": "burn", "for": "1s"})"),
              "\"every\" must be longer than 0 s\n");
    EXPECT_EQ(faults(R"("machine": {}, "daemon": {})"),
              "a scenario is about a machine with its timer wheel or about a daemon with its work: it has "
              "\"machine\" or \"daemon\", not both\n");
    EXPECT_EQ(faults(R"("daemon": {"scheduler": "timefd"})"),
              "there is no scheduler \"timefd\" (did you mean \"timerfd\"?); expected old (before January "
              "2011), new (the patch) or timerfd (today's)\n");
    EXPECT_EQ(faults(R"("daemon": {"files": [{"name": "x", "fd": 8}]})"),
              "fds 7 and 8 are those of the scheduler's pipe\n");
    EXPECT_EQ(faults(one + R"("expect": [{"timer": "isns_poll", "fires": []}])"),
              "a daemon has no timers and no ticks; this expects something of \"work\", of an \"order\" or "
              "of a \"total\"\n");
    EXPECT_EQ(faults(R"("items": [{"name": "A"}], "expect": [{"work": "A", "runs": []}])"),
              "only a daemon has work; what is expected of a timer is said of a \"timer\"\n");
}

TEST(WorkReader, PointsAtWhatIsWrong)
{
    const auto r = readScenario(
        with(one + "\n\"actions\": [{\"at\": \"1s\", \"do\": \"del_work\", \"work\": \"B\"}]"), "x.json");
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(toText(r.error()),
              "x.json:3:52: error: there is no work \"B\"; work is declared in \"items\" or \"generate\"\n"
              "\"actions\": [{\"at\": \"1s\", \"do\": \"del_work\", \"work\": \"B\"}]}\n"
              "                                                   ^\n");
    const auto draft = readDraft(
        with(one + "\n\"actions\": [{\"at\": \"1s\", \"do\": \"del_work\", \"work\": \"B\"}]"), "x");
    ASSERT_EQ(draft.places.size(), 1u);
    EXPECT_EQ(draft.places[0], (DocumentPlace{"actions", 0, "work"}));
    EXPECT_TRUE(draft.isShapely);
}

TEST(WorkNotation, TimesAreReadBack)
{
    for (const std::uint64_t us : {0ull, 1ull, 250'000ull, 4'750'001ull, 1'000'000'000'000'000ull})
        EXPECT_EQ(parseMicroseconds(microsecondsText(us)), us);
    for (const std::int64_t us : {0ll, -1ll, 500'000ll, -3'600'000'000ll})
        EXPECT_EQ(parseClockStep(clockStepText(us)), us);
    EXPECT_EQ(microsecondsText(4'250'000), "4.25s");
    EXPECT_EQ(clockStepText(-150'000), "-0.15s");
    EXPECT_EQ(clockStepText(150'000), "+0.15s");
}

/// Comments, layout and what is not understood here stay when the document changes.
TEST(WorkText, IsEditedInPlace)
{
    const std::string text = R"({
  // tgtd
  "format": "jiffyscope-scenario", "version": 1,
  "daemon": {"scheduler": "new"}, // the patch
  "items": [
    {"name": "A"}, // first
    {"name": "B"}
  ],
  "actions": [
    {"at": "1s", "do": "add_work", "work": "A", "seconds": 4} // a comment
  ]
}
)";
    auto document = readDocument(text, "x");
    ASSERT_TRUE(document.has_value());
    auto changed = *document;
    changed.daemon->scheduler = WorkScheduler::Old;
    changed.daemon->actions[0].seconds = 5;
    WorkItem c;
    c.name.text = "C";
    changed.daemon->items.push_back(c);
    const auto edited = editText(text, changed);
    EXPECT_TRUE(edited.isInPlace);
    EXPECT_EQ(edited.text, R"({
  // tgtd
  "format": "jiffyscope-scenario", "version": 1,
  "daemon": {"scheduler": "old"}, // the patch
  "items": [
    {"name": "A"}, // first
    {"name": "B"},
    {"name": "C"}
  ],
  "actions": [
    {"at": "1s", "do": "add_work", "work": "A", "seconds": 5} // a comment
  ]
}
)");
}
