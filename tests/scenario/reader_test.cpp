// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/reader.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

/// A scenario with the given parts behind the head.
std::string with(const std::string& parts)
{
    return "{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"machine\": {\"hz\": 1000, \"jiffies\": "
           "1000},\n" +
           parts + "}\n";
}

std::string faultsOf(const std::string& text)
{
    const auto r = readScenario(text, "x.jiffy.json");
    return r ? "no fault" : toText(r.error());
}

Inputs good(const std::string& text)
{
    auto r = readScenario(text, "x.jiffy.json");
    EXPECT_TRUE(r.has_value()) << toText(r.error());
    return r ? *r : Inputs{};
}

} // namespace

TEST(Reader, ReadsEveryPart)
{
    const auto in = good(R"({
  // A comment.
  "format": "jiffyscope-scenario", "version": 1,
  "title": "Title", "watch": "One sentence.", "opening": "jiffies=1100",
  "machine": {"cpus": 2, "bits": 64, "small": false, "hz": 1000, "jiffies": 1000, "nohz": false, "smp": true, "skew": 0, "timers": "wheel-3.9"},
  "items": [
    {"name": "A", "slack": 0, "deferrable": true, "on": [{"do": "rearm", "by": "+10"}, {"do": "add", "timer": "B", "by": 5}]},
    {"name": "B", "irqsafe": true, "on": [{"do": "del", "timer": "A"}, {"do": "try_del", "timer": "A"}]}
  ],
  "actions": [
    {"at": "+0", "cpu": 1, "do": "add_timer", "timer": "A", "expires": "+200"},
    {"at": "1.5ms", "do": "add_timer_on", "timer": "B", "expires": 1300, "target": 1},
    {"at": "1002", "do": "mod_timer_pending", "timer": "B", "expires": "-5"},
    {"at": "+3", "do": "idle"}, {"at": "+4", "do": "busy"},
    {"at": "+4", "do": "del_timer", "timer": "A"}, {"at": "+4", "do": "try_to_del_timer_sync", "timer": "A"}
  ],
  "until": "+500", "limit": 1000,
  "expect": [{"timer": "A", "fires": [], "at": "+4", "slot": "none"}]
})");
    EXPECT_EQ(in.title, "Title");
    EXPECT_EQ(in.watch, "One sentence.");
    EXPECT_EQ(in.opening, (PositionSpec{PositionSpec::Kind::AtJiffies, 1100}));
    EXPECT_EQ(in.machine, (MachineConfig{2, Word(64), TimerAlgorithm::Wheel39, false, Hz{1000}, 1000, true, false, false, {}}));
    ASSERT_EQ(in.timers.size(), 2u);
    EXPECT_EQ(in.timers[0], (TimerSpec{0, 0, 0, Deferrable, 0, 2}));
    EXPECT_EQ(in.timers[1], (TimerSpec{1, 0, -1, IrqSafe, 2, 2}));
    using What = CallbackStep::What;
    const std::vector<CallbackStep> steps = {{What::Rearm, TimerId::none(), 10},
                                             {What::Add, TimerId(1), 5},
                                             {What::Del, TimerId(0), 0},
                                             {What::TryDel, TimerId(0), 0}};
    EXPECT_EQ(in.steps, steps);
    const TimerId a(0), b(1);
    const std::vector<Action> actions = {
        {0, 1200, 0, 0, a, Call::AddTimer, 1, 0},       {1, 1300, 500'000, 0, b, Call::AddTimerOn, 0, 1},
        {2, 997, 0, 0, b, Call::ModTimerPending, 0, 0}, {3, 1, 0, 0, {}, Call::SetIdle, 0, 0},
        {4, 0, 0, 0, {}, Call::SetIdle, 0, 0},          {4, 0, 0, 0, a, Call::DelTimer, 0, 0},
        {4, 0, 0, 0, a, Call::TryToDelTimerSync, 0, 0},
    };
    EXPECT_EQ(in.actions, actions);
    EXPECT_EQ(in.untilTicks, 500u);
    EXPECT_EQ(in.eventLimit, 1000u);
    ASSERT_EQ(in.expect.size(), 2u);
    EXPECT_EQ(in.expect[0].what, Expectation::What::Slot);
    EXPECT_EQ(in.expect[0].tick, 4u);
    EXPECT_EQ(in.expect[0].level, -1);
    EXPECT_EQ(in.expect[0].line, 18);
    EXPECT_EQ(in.expect[0].column, 14);
    EXPECT_EQ(in.expect[1].what, Expectation::What::FiresAt);
}

TEST(Reader, ReportsAllFaultsAtOnce)
{
    EXPECT_EQ(faultsOf(R"({
  "format": "jiffyscope-scenario",
  "version": 2,
  "titel": "x",
  "machine": {"cpus": 65, "bits": 16, "hz": 60, "jiffies": -1, "nohz": 1},
  "items": [{"name": "A", "slack": "0"}, {"name": "A"}, {"slack": 1.5, "name": "B"}],
  "actions": [
    {"at": "+5", "do": "mod_timer", "timer": "A", "expires": "+1"},
    {"at": "+4", "do": "mod_tmer", "timer": "A", "expires": "+1"},
    {"at": "+3", "do": "mod_timer", "timer": "a", "expires": "+1"},
    {"at": "+6", "cpu": 1, "do": "del_timer", "timer": "A", "expires": "+1"},
    {"at": "soon", "do": "add_timer", "timer": "A"}
  ],
  "until": "999999999999999999999",
  "expect": [{"timer": "A", "slot": "tv6[1]"}, {"total": "fired"}, {"timer": "A"}]
})"),
              R"(x.jiffy.json:3:14: error: "version" must be 1: this program reads no other
  "version": 2,
             ^
x.jiffy.json:4:3: error: unknown key "titel" in a scenario (did you mean "title"?); expected one of format, version, $schema, title, watch, notes, opening, machine, daemon, items, generate, processes, actions, choices, until, limit, compare, expect
  "titel": "x",
  ^
x.jiffy.json:5:23: error: "cpus" must be between 1 and 64
  "machine": {"cpus": 65, "bits": 16, "hz": 60, "jiffies": -1, "nohz": 1},
                      ^
x.jiffy.json:5:35: error: "bits" must be 32 or 64
  "machine": {"cpus": 65, "bits": 16, "hz": 60, "jiffies": -1, "nohz": 1},
                                  ^
x.jiffy.json:5:45: error: "hz" must be 100, 250, 300 or 1000
  "machine": {"cpus": 65, "bits": 16, "hz": 60, "jiffies": -1, "nohz": 1},
                                            ^
x.jiffy.json:5:60: error: "jiffies" must not be negative; what is relative is a string, like "-5"
  "machine": {"cpus": 65, "bits": 16, "hz": 60, "jiffies": -1, "nohz": 1},
                                                           ^
x.jiffy.json:5:72: error: "nohz" must be true or false, not a number
  "machine": {"cpus": 65, "bits": 16, "hz": 60, "jiffies": -1, "nohz": 1},
                                                                       ^
x.jiffy.json:6:36: error: "slack" must be a whole number, not a string
  "items": [{"name": "A", "slack": "0"}, {"name": "A"}, {"slack": 1.5, "name": "B"}],
                                   ^
x.jiffy.json:6:51: error: the name "A" is taken already
  "items": [{"name": "A", "slack": "0"}, {"name": "A"}, {"slack": 1.5, "name": "B"}],
                                                  ^
x.jiffy.json:6:67: error: "slack" must be a whole number, without a point or an exponent
  "items": [{"name": "A", "slack": "0"}, {"name": "A"}, {"slack": 1.5, "name": "B"}],
                                                                  ^
x.jiffy.json:9:24: error: "do" cannot be "mod_tmer" (did you mean "mod_timer"?); expected one of add_timer, add_timer_on, mod_timer, mod_timer_pending, mod_timer_pinned, timer_reduce, del_timer, try_to_del_timer_sync, idle, busy, get_next_timer_interrupt, del_timer_sync, kfree, spin_lock, spin_unlock, interrupt, burn, wake_up_process, send_sig
    {"at": "+4", "do": "mod_tmer", "timer": "A", "expires": "+1"},
                       ^
x.jiffy.json:10:12: error: "+3" is earlier than "+5" of the action before it; actions stand in the order of time
    {"at": "+3", "do": "mod_timer", "timer": "a", "expires": "+1"},
           ^
x.jiffy.json:10:46: error: there is no timer "a" (did you mean "A"?)
    {"at": "+3", "do": "mod_timer", "timer": "a", "expires": "+1"},
                                             ^
x.jiffy.json:11:5: error: there is no CPU 1: the machine has 1 (from 0)
    {"at": "+6", "cpu": 1, "do": "del_timer", "timer": "A", "expires": "+1"},
    ^
x.jiffy.json:11:72: error: "del_timer" takes no "expires"
    {"at": "+6", "cpu": 1, "do": "del_timer", "timer": "A", "expires": "+1"},
                                                                       ^
x.jiffy.json:12:5: error: an action needs "expires"
    {"at": "soon", "do": "add_timer", "timer": "A"}
    ^
x.jiffy.json:12:12: error: "soon" is not an instant; expected jiffies ("1100"), jiffies after the start ("+12") or a time after the start ("1.0ms")
    {"at": "soon", "do": "add_timer", "timer": "A"}
           ^
x.jiffy.json:14:12: error: "999999999999999999999" is not an instant; expected jiffies ("1100"), jiffies after the start ("+12") or a time after the start ("1.0ms")
  "until": "999999999999999999999",
           ^
x.jiffy.json:15:37: error: "tv6[1]" is not a slot; expected one like "tv2[5]", or "none"
  "expect": [{"timer": "A", "slot": "tv6[1]"}, {"total": "fired"}, {"timer": "A"}]
                                    ^
x.jiffy.json:15:48: error: an expected total needs "is"
  "expect": [{"timer": "A", "slot": "tv6[1]"}, {"total": "fired"}, {"timer": "A"}]
                                               ^
x.jiffy.json:15:68: error: this expects nothing of the timer; say fires, fire_count, slot, expires, moves, moved_at, returns, position or waited
  "expect": [{"timer": "A", "slot": "tv6[1]"}, {"total": "fired"}, {"timer": "A"}]
                                                                   ^
)");
}

TEST(Reader, SaysWhereTheSyntaxEnds)
{
    EXPECT_EQ(faultsOf(""), "x.jiffy.json: error: the file is empty; a scenario is a JSON object\n");
    EXPECT_EQ(faultsOf(" \n\n"), "x.jiffy.json: error: the file is empty; a scenario is a JSON object\n");
    EXPECT_EQ(faultsOf("[]"), "x.jiffy.json:1:1: error: a scenario must be an object, not a list\n[]\n^\n");
    EXPECT_EQ(faultsOf("{\"title\": \"a\",\n}"),
              "x.jiffy.json:2:1: error: not valid JSON: syntax error while parsing object key - unexpected "
              "'}'; expected string literal "
              "(no comma may stand before it)\n}\n^\n");
    EXPECT_EQ(faultsOf("{\"title\": \"a\" \"watch\": 1}"),
              "x.jiffy.json:1:15: error: not valid JSON: syntax error while parsing object - unexpected "
              "string literal; expected '}'\n"
              "{\"title\": \"a\" \"watch\": 1}\n              ^\n");
    EXPECT_EQ(faultsOf("{\"title\": "), "x.jiffy.json:1:11: error: not valid JSON: syntax error while "
                                        "parsing value - unexpected end of input; expected '[', '{', or a "
                                        "literal\n{\"title\": \n          ^\n");
    EXPECT_EQ(faultsOf("{\"title\": tru}"),
              "x.jiffy.json:1:14: error: not valid JSON: syntax error while parsing value - invalid "
              "literal\n{\"title\": tru}\n             ^\n");
    EXPECT_EQ(faultsOf("{\"a\": 1} x").substr(0, 42), "x.jiffy.json:1:10: error: not valid JSON: ");
    EXPECT_EQ(faultsOf(std::string("{\"a\": \0}", 8)).substr(0, 41),
              "x.jiffy.json:1:7: error: not valid JSON: ");
    EXPECT_EQ(faultsOf("{\"title\": \"\xFF\"}").substr(0, 42), "x.jiffy.json:1:12: error: not valid JSON: ");
    EXPECT_EQ(faultsOf("{\"limit\": 1e999}"), "x.jiffy.json:1:11: error: not valid JSON: this number is too "
                                              "large\n{\"limit\": 1e999}\n          ^\n");
}

TEST(Reader, RefusesWhatIsSaidTwice)
{
    EXPECT_EQ(
        faultsOf("{\"title\": \"a\",\n \"ti\\u0074le\": \"b\"}"),
        "x.jiffy.json:2:2: error: \"title\" is said twice in this object\n \"ti\\u0074le\": \"b\"}\n ^\n");
}

TEST(Reader, LimitsDepthAndSize)
{
    EXPECT_NE(faultsOf(std::string(100'000, '[')).find("x.jiffy.json:1:65: error: nested more than 64 deep"),
              std::string::npos);
    EXPECT_EQ(faultsOf(std::string((64u << 20) + 1, ' ') + "{"),
              "x.jiffy.json: error: the file has 67108866 bytes; a scenario has at most 67108864 (64 MB)\n");
}

TEST(Reader, ListsFiftyFaultsAndCountsTheRest)
{
    std::string items;
    for (int i = 0; i < 70; ++i)
        items += std::string(i ? "," : "") + "\n{\"nam\": 1}";
    const auto r = readScenario(with("\"items\": [" + items + "]"), "x");
    ASSERT_FALSE(r.has_value());
    ASSERT_EQ(r.error().size(), 51u);
    EXPECT_EQ(r.error().back().message, "90 more faults are not listed");
}

TEST(Reader, ColumnsOfALongLineAreTrue)
{
    std::string items;
    for (int i = 0; i < 1000; ++i)
        items += "{\"name\": \"\u00fc" + std::to_string(i) + "\"},";
    const auto line = "\"items\": [" + items + "{\"nam\": 1}]";
    const auto r = readScenario(with(line), "x");
    ASSERT_FALSE(r.has_value());
    const auto& d = r.error().front();
    EXPECT_EQ(d.line, 2);
    EXPECT_EQ(d.column, static_cast<int>(line.find("{\"nam\"")) + 1 - 1000);
    EXPECT_LE(d.sourceLine.size(), 4096u);
    const auto text = toText(d);
    const auto caret = text.rfind('^') - text.rfind('\n', text.rfind('^')) - 1;
    const auto shown = text.substr(text.find('\n') + 1);
    EXPECT_EQ(shown.find("{\"nam\"") -
                  static_cast<std::size_t>(std::count(shown.begin(), shown.end(), '\xC3')),
              caret);
}

TEST(Reader, SpotsStandBehindCommentsAndEscapes)
{
    const auto text = with("/* \"x\": 1, */ \"title\" // \" }\n : \"\\\"\\\\\", \"limit\": /**/ -1 ");
    EXPECT_EQ(faultsOf(text), "x.jiffy.json:3:26: error: \"limit\" must be between 1 and 1000000000\n : "
                              "\"\\\"\\\\\", \"limit\": /**/ -1 }\n"
                              "                         ^\n");
}

TEST(Reader, IntegersAreExact)
{
    const auto in = good(
        R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"bits": 64, "jiffies": 18446744073709551615},
      "items": [{"name": "A"}],
      "actions": [{"at": "+0", "do": "add_timer", "timer": "A", "expires": 9007199254740993},
                  {"at": "+1", "do": "mod_timer", "timer": "A", "expires": "0xFFFFFFFFFFFFFFFF"},
                  {"at": "+1", "do": "mod_timer", "timer": "A", "expires": "-300*HZ"}]})");
    EXPECT_EQ(in.machine.jiffies, ~0ull);
    EXPECT_EQ(in.actions[0].expires, 9007199254740993u);
    EXPECT_EQ(in.actions[1].expires, ~0ull);
    EXPECT_EQ(in.actions[2].expires, 0xFFFEDB08u);
    EXPECT_NE(faultsOf(with("\"items\": [{\"name\": \"A\"}], \"actions\": [{\"at\": \"+0\", \"do\": "
                            "\"add_timer\", \"timer\": \"A\", \"expires\": "
                            "4294967296}]"))
                  .find("\"4294967296\" does not fit into jiffies of 32 bits"),
              std::string::npos);
    EXPECT_NE(faultsOf(with("\"items\": [{\"name\": \"A\"}], \"actions\": [{\"at\": \"+0\", \"do\": "
                            "\"add_timer\", \"timer\": \"A\", \"expires\": "
                            "18446744073709551616}]"))
                  .find("\"18446744073709551616\" is not an expiry"),
              std::string::npos);
}

TEST(Reader, StartsFiveMinutesBeforeTheWrap)
{
    const auto start = [](int bits, int hz) {
        return good("{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"machine\": {\"bits\": " +
                    std::to_string(bits) + ", \"hz\": " + std::to_string(hz) + "}}")
            .machine.jiffies;
    };
    EXPECT_EQ(start(32, 250), 0xFFFEDB08u);
    EXPECT_EQ(start(64, 250), 0xFFFEDB08u);
    EXPECT_EQ(start(64, 1000), 0xFFFB6C20u);
}

TEST(Reader, InstantsAreAfterTheStartAcrossTheWrap)
{
    const auto head = std::string(
        "{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"machine\": {\"jiffies\": \"0xFFFFFFF0\"}, ");
    EXPECT_EQ(good(head + "\"until\": \"0x10\"}").untilTicks, 32u);
    EXPECT_NE(faultsOf(head + "\"until\": \"0xFFFFFFEF\"}")
                  .find("\"0xFFFFFFEF\" is before the start, which is at jiffies 4294967280"),
              std::string::npos);
}

TEST(Reader, TimesFallIntoTheirTick)
{
    // HZ 300: tick 1 is at 3,333,333 ns.
    const auto until = [](const std::string& at) {
        const auto in = good("{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"machine\": {\"hz\": "
                             "300}, \"items\": [{\"name\": \"A\"}], "
                             "\"actions\": [{\"at\": \"" +
                             at + "\", \"do\": \"del_timer\", \"timer\": \"A\"}]}");
        return std::pair(in.actions.at(0).tick, in.actions.at(0).offset);
    };
    EXPECT_EQ(until("3333332ns"), std::pair(std::uint64_t{0}, 3333332u));
    EXPECT_EQ(until("3333333ns"), std::pair(std::uint64_t{1}, 0u));
    EXPECT_EQ(until("1.250s"), std::pair(std::uint64_t{375}, 0u));
    EXPECT_EQ(until("10.5ms"), std::pair(std::uint64_t{3}, 500'000u));
    EXPECT_EQ(until("30us"), std::pair(std::uint64_t{0}, 30'000u));
    EXPECT_NE(
        faultsOf(with("\"until\": \"1.0001us\"")).find("\"1.0001us\" is not a time down to the nanosecond"),
        std::string::npos);
    EXPECT_NE(faultsOf(with("\"until\": \"99999999999s\"")).find("\"99999999999s\" is not a time"),
              std::string::npos);
    EXPECT_NE(
        faultsOf(with("\"until\": \"+9999999999999999\"")).find("is more than 9000000000 s after the start"),
        std::string::npos);
    EXPECT_NE(faultsOf(with("\"until\": \"1.s\"")).find("is not a time"), std::string::npos);
}

TEST(Reader, PositionsOfTheOpening)
{
    const auto opening = [](const std::string& text) {
        return good(with("\"opening\": \"" + text + "\"")).opening;
    };
    using Kind = PositionSpec::Kind;
    EXPECT_EQ(opening("start"), (PositionSpec{Kind::Start, 0}));
    EXPECT_EQ(opening("end"), (PositionSpec{Kind::End, 0}));
    EXPECT_EQ(opening("event=17"), (PositionSpec{Kind::Event, 17}));
    EXPECT_EQ(opening("jiffies=0x10"), (PositionSpec{Kind::AtJiffies, 16}));
    EXPECT_EQ(opening("time=1.250s"), (PositionSpec{Kind::Time, 1'250'000'000}));
    EXPECT_NE(faultsOf(with("\"opening\": \"evnt=1\""))
                  .find("\"evnt=1\" is not a position: start, end, event=N, jiffies=N or time=1.250s"),
              std::string::npos);
}

TEST(Reader, EveryTruncationIsAFault)
{
    const auto text = with(
        R"("title": "ü \u00fc", /* c */ "items": [{"name": "A", "slack": 0, "on": [{"do": "rearm", "by": "+10"}]}],
  "generate": {"seed": 3, "populations": [{"name": "p", "count": 3, "delay": {"uniform": [1, 2]}}]},
  "actions": [{"at": "+1", "do": "mod_timer", "timer": "A", "expires": "+1"}], // end
  "expect": [{"timer": "A", "fires": [1002, 1012]}, {"total": "fired", "is": 1}])");
    ASSERT_EQ(faultsOf(text), "no fault");
    for (std::size_t n = 0; n + 2 < text.size(); ++n) {
        const auto r = readScenario(text.substr(0, n), "x");
        ASSERT_FALSE(r.has_value()) << n;
        ASSERT_FALSE(r.error().empty()) << n;
        ASSERT_FALSE(toText(r.error()).empty()) << n;
    }
}

TEST(Reader, EveryChangedByteIsReadOrRefused)
{
    const auto text = with(R"("items": [{"name": "A", "on": [{"do": "rearm", "by": "+10"}]}],
  "generate": {"seed": 3, "populations": [{"name": "p", "count": 3, "start": {"at": "+1", "spread": 3}, "delay": {"log2": [1, 2]}, "cancel": {"percent": 5, "after": 1}}]},
  "actions": [{"at": "+1", "do": "mod_timer", "timer": "p.2", "expires": "+1"}],
  "expect": [{"timer": "A", "fires": [1002, 1012], "slot": "tv2[5]"}, {"tick": 1000, "moves": 1}])");
    ASSERT_EQ(faultsOf(text), "no fault");
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char c : {'\0', '"', '{', ']', ',', '9', '-', 'x', '\xFF', '/'}) {
            auto changed = text;
            changed[i] = c;
            const auto r = readScenario(changed, "x");
            ASSERT_TRUE(r.has_value() || !r.error().empty());
        }
    }
}
