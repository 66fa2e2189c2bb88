// SPDX-License-Identifier: GPL-3.0-or-later
// Expectations must be able to fail: each kind once as it is and once as it is not.
#include "core/run/run.h"
#include "core/scenario/expect.h"
#include "core/scenario/reader.h"

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
