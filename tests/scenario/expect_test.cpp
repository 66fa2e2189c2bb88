// SPDX-License-Identifier: GPL-3.0-or-later
// Expectations must be able to fail: each kind once as it is and once as it is not.
#include "core/run/run.h"
#include "core/scenario/expect.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

/// A re-arms itself once a jiffy from 1300 to 1302; B is never called, C waits for long.
std::string failuresOf(const std::string& expect)
{
    const auto r =
        readScenario(
            R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"hz": 1000, "jiffies": 1000},
"items": [{"name": "A", "slack": 0, "on": [{"do": "rearm", "by": "+1"}]}, {"name": "B"}, {"name": "C", "slack": 0}, {"name": "D"}],
"actions": [{"at": "+0", "do": "add_timer", "timer": "A", "expires": 1300},
  {"at": "+0", "do": "mod_timer", "timer": "B", "expires": 1100},
  {"at": "+0", "do": "mod_timer", "timer": "C", "expires": 1250},
  {"at": "+50", "do": "del_timer", "timer": "B"}, {"at": "+50", "do": "del_timer", "timer": "B"},
  {"at": "1302", "do": "del_timer", "timer": "A"}],
"until": "+400",
"expect": [
)" + expect + "\n]}",
            "x");
    if (!r) return toText(r.error());
    const auto inputs = std::make_shared<const Inputs>(*r);
    const auto run = runAll(inputs);
    std::string out;
    for (const auto& d : check(*inputs, run.log, run.open)) {
        EXPECT_EQ(d.file, "x");
        EXPECT_GE(d.line, 10);
        EXPECT_EQ(d.column, 1);
        EXPECT_FALSE(d.sourceLine.empty());
        out += d.message + "\n";
    }
    return out;
}

} // namespace

TEST(Expect, HoldsWhatIsTrue)
{
    EXPECT_EQ(
        failuresOf(
            R"({"timer": "A", "fires": [1300, 1301, "+302"], "fire_count": 3, "moves": 1, "moved_at": 1280, "position": [1301, 1302, 1303], "returns": [0, 0, 0, 1]},
{"timer": "A", "slot": "tv2[5]", "expires": 1300},
{"timer": "A", "at": "1279", "slot": "tv2[5]"},
{"timer": "A", "at": "1280", "slot": "tv1[20]"},
{"timer": "A", "at": "1301", "slot": "tv1[22]", "expires": 1302},
{"timer": "A", "at": "1302", "slot": "none"},
{"timer": "A", "at": "+400", "slot": "none"},
{"timer": "B", "fires": [], "returns": [0, 1, 0], "slot": "tv1[76]"},
{"timer": "D", "fires": [], "slot": "none"},
{"order": ["C", "A"]},
{"total": "fired", "is": 4}, {"total": "ticks", "is": 400},
{"tick": "1280", "moves": 1, "fires": 0}, {"tick": "1300", "moves": 0, "fires": 1}, {"tick": "1200", "moves": 0, "fires": 0})"),
        "");
}

TEST(Expect, SaysWhatIsNotTrue)
{
    EXPECT_EQ(
        failuresOf(
            R"({"timer": "A", "fires": 1300, "fire_count": 4, "moves": 2, "moved_at": [], "position": 1300, "returns": -1},
{"timer": "A", "slot": "tv2[4]", "expires": 1301},
{"timer": "A", "at": "+500", "slot": "none"},
{"timer": "D", "slot": "tv1[0]", "expires": 5},
{"order": ["A", "C"]},
{"order": ["C", "B"]},
{"total": "fired", "is": 5},
{"total": "worst lateness", "is": "two"},
{"tick": "1280", "moves": 0, "fires": 1})"),
        R"(expected calls of A: 1300; found: 1300, 1301, 1302
expected number of calls of A: 4; found: 3
expected number of moves of A: 2; found: 1
expected moves of A: none; found: 1280
expected timer_jiffies when A is called: 1300; found: 1301, 1302, 1303
expected what calls on A return: -1; found: 0, 0, 0, 1
expected slot of A at jiffies 1000: tv2[4]; found: tv2[5]
expected expiry of A at jiffies 1000: 1301; found: 1300
expected slot of A at jiffies 1500: not pending; found: nothing, as the run ended before
expected slot of D at jiffies 1000: tv1[0]; found: not pending
expected expiry of D at jiffies 1000: 5; found: not set
expected A to be called before C, but it is called behind it
B is never called, but was expected in an order
expected total "fired": 5; found: 4
expected total "worst lateness": two; found: 0
expected moves at jiffies 1280: 0; found: 1
expected calls at jiffies 1280: 1; found: 0
)");
    EXPECT_NE(failuresOf(R"({"total": "nonsense", "is": 5})")
                  .find("expected total \"nonsense\": 5; found: no such line, but ticks, events, armed"),
              std::string::npos);
}

namespace
{

/// X, Y and Z on a wheel of 6.1, added in the order of their expiries; D is deferrable.
std::string failuresOn61(const std::string& expect)
{
    const auto r = readScenario(
        R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"hz": 1000, "jiffies": 1000, "timers": "wheel-6.1"},
"items": [{"name": "X", "slack": 0}, {"name": "Y", "slack": 0}, {"name": "Z", "slack": 0}, {"name": "D", "slack": 0, "deferrable": true}],
"actions": [{"at": "+0", "do": "add_timer", "timer": "X", "expires": 1100}, {"at": "+0", "do": "add_timer", "timer": "Y", "expires": 1101},
  {"at": "+0", "do": "add_timer", "timer": "Z", "expires": 1300}, {"at": "+0", "do": "add_timer", "timer": "D", "expires": 1100}],
"expect": [
)" + expect + "\n]}",
        "x");
    if (!r) return toText(r.error());
    const auto inputs = std::make_shared<const Inputs>(*r);
    const auto run = runAll(inputs);
    std::string out;
    for (const auto& d : check(*inputs, run.log, run.open)) out += std::to_string(d.line - 5) + " " + d.message + "\n";
    return out;
}

} // namespace

TEST(Expect, IsAboutTheMachinesOwnAlgorithmOrAboutANamedOne)
{
    EXPECT_EQ(failuresOn61(R"({"timer": "X", "slot": "lvl1[10]", "fires": 1104}, {"timer": "D", "slot": "def lvl1[10]"},
{"timers": "wheel-6.1", "timer": "X", "slot": "lvl1[10]"}, {"order": ["Y", "X", "D", "Z"]},
{"timers": "wheel-3.9", "timer": "Z", "slot": "tv2[5]", "moved_at": 1280, "fires": 1300}, {"timers": "wheel-3.9", "order": ["X", "D", "Y", "Z"]},
{"timers": "wheel-3.9-small", "timer": "Z", "slot": "tv2[4]"},
{"timers": "sorted-list", "timer": "Z", "slot": "sorted list", "at": "1299"}, {"timers": "sorted-list", "total": "comparisons", "is": 5},
{"timers": "sorted-list", "tick": "1100", "fires": 2}, {"total": "comparisons", "is": 0}, {"total": "most work in one tick", "is": 3},
{"total": "wake-ups", "is": 2}, {"timers": "wheel-3.9", "total": "wake-ups", "is": 3})"),
              "");
}

/// In the order of the file, whatever algorithm each is about.
TEST(Expect, SaysOnWhichAlgorithmItIsNotTrue)
{
    EXPECT_EQ(failuresOn61(R"({"timers": "wheel-3.9", "timer": "X", "fires": 1104},
{"timer": "X", "slot": "lvl0[10]"},
{"timers": "sorted-list", "total": "comparisons", "is": 7},
{"timers": "wheel-6.1", "timer": "X", "fires": 1100},
{"timers": "wheel-3.9", "order": ["Y", "X"]})"),
              R"(1 on wheel-3.9: expected calls of X: 1104; found: 1100
2 expected slot of X at jiffies 1000: lvl0[10]; found: lvl1[10]
3 on sorted-list: expected total "comparisons": 7; found: 5
4 expected calls of X: 1100; found: 1104
5 on wheel-3.9: expected Y to be called before X, but it is called behind it
)");
}

TEST(Expect, NamesSlotsAsTheirAlgorithmDoes)
{
    const auto fault = [](const std::string& expect) {
        const auto text = failuresOn61(expect);
        const auto from = text.find("error: ");
        return from == std::string::npos ? text : text.substr(from + 7, text.find('\n', from) - from - 7);
    };
    EXPECT_EQ(fault(R"({"timer": "X", "slot": "tv1[3]"})"), R"("tv1[3]" is not a slot; expected one like "lvl1[5]", or "none")");
    EXPECT_EQ(fault(R"({"timer": "X", "slot": "lvl1[64]"})"), "lvl1 has only 64 slots, 0 to 63");
    EXPECT_EQ(fault(R"({"timers": "sorted-list", "timer": "X", "slot": "lvl1[6]"})"), R"("lvl1[6]" is not a slot; expected "sorted list", or "none")");
    EXPECT_EQ(fault(R"({"timers": "wheel-3.9-small", "timer": "X", "slot": "tv2[16]"})"), "tv2 has only 16 slots, 0 to 15");
    EXPECT_EQ(fault(R"({"timers": "wheel-5", "timer": "X", "slot": "none"})"),
              R"(there is no algorithm "wheel-5"; expected one of wheel-3.9, wheel-3.9-small, wheel-6.1, sorted-list)");
}

/// What is run on another algorithm takes along what is expected there.
TEST(Expect, GoesWithTheAlgorithm)
{
    const auto r = readScenario(R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"hz": 1000, "jiffies": 1000},
"items": [{"name": "X", "slack": 0}], "actions": [{"at": "+0", "do": "add_timer", "timer": "X", "expires": 1100}],
"expect": [{"timer": "X", "fires": 1100}, {"timers": "wheel-6.1", "timer": "X", "fires": 1105}, {"timers": "sorted-list", "timer": "X", "fires": 1001}]})",
                                "x");
    ASSERT_TRUE(r.has_value());
    const auto there = inputsOn(*r, *timersNamed("wheel-6.1"));
    ASSERT_EQ(there->expect.size(), 1u);
    const auto run = runAll(there);
    EXPECT_EQ(check(*there, run.log, run.open).at(0).message, "expected calls of X: 1105; found: 1104");
    EXPECT_EQ(inputsOn(*r, *timersNamed("wheel-3.9"))->expect, r->expect);
}
