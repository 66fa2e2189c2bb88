// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/generate.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

std::string with(const std::string& populations, const std::string& rest = {},
                 const std::string& machine = "\"cpus\": 4, \"hz\": 1000, \"jiffies\": 1000")
{
    return "{\"format\": \"jiffyscope-scenario\", \"version\": 1, \"machine\": {" + machine +
           "},\n\"generate\": {\"seed\": 7, \"populations\": [\n" + populations + "]}" + rest + "}";
}

Inputs good(const std::string& text)
{
    auto r = readScenario(text, "x");
    EXPECT_TRUE(r.has_value()) << toText(r.error());
    return r ? *r : Inputs{};
}

std::string faultsOf(const std::string& text)
{
    const auto r = readScenario(text, "x");
    return r ? "no fault" : toText(r.error());
}

} // namespace

TEST(Generate, AHundredTimersInARow)
{
    const auto in = good(with(R"({"name": "h", "count": 100, "delay": {"sequence": [536, 1]}, "slack": 0})"));
    ASSERT_EQ(in.timers.size(), 100u);
    ASSERT_EQ(in.actions.size(), 100u);
    EXPECT_EQ(in.timerName(TimerId(0)), "h.1");
    EXPECT_EQ(in.timerName(TimerId(99)), "h.100");
    for (std::size_t i = 0; i < 100; ++i) {
        EXPECT_EQ(in.actions[i],
                  (Action{0, 1536 + i, 0, 0, TimerId(static_cast<std::uint32_t>(i)), Call::ModTimer, 0, 0}));
        EXPECT_EQ(in.timers[i].slack, 0);
    }
}

TEST(Generate, SameSeedSameTimers)
{
    const auto text = with(
        R"({"name": "p", "cpu": "all", "count": 500, "start": {"at": "+10", "spread": {"uniform": [0, 900]}}, "delay": {"log2": [5, 13]},
  "deferrable": {"percent": 8}, "cancel": {"percent": 90, "after": {"uniform": [1, 40]}}, "rearm": {"percent": 20, "by": {"bell": [10, 20]}}})");
    const auto a = good(text);
    EXPECT_EQ(a, good(text));
    ASSERT_EQ(a.timers.size(), 2000u);
    int deferrable = 0, rearming = 0;
    for (const auto& t : a.timers) {
        deferrable += (t.flags & Deferrable) != 0;
        rearming += t.stepCount;
    }
    EXPECT_NEAR(deferrable, 160, 60);
    EXPECT_NEAR(rearming, 400, 90);
    int cancelled = 0;
    for (std::size_t i = 0; i < a.actions.size(); ++i) {
        const auto& x = a.actions[i];
        EXPECT_LE(a.actions[i == 0 ? 0 : i - 1].tick, x.tick);
        if (x.call == Call::DelTimer) {
            ++cancelled;
            continue;
        }
        EXPECT_GE(x.tick, 10u);
        EXPECT_LE(x.tick, 910u);
        const auto delay = x.expires - 1000 - x.tick;
        EXPECT_GE(delay, 32u);
        EXPECT_LT(delay, 8192u);
    }
    EXPECT_NEAR(cancelled, 1800, 70);
    for (const auto& s : a.steps) {
        EXPECT_GE(s.delta, 10);
        EXPECT_LE(s.delta, 20);
    }
}

TEST(Generate, DoesNotDependOnNeighbours)
{
    const std::string p = R"({"name": "p", "count": 50, "delay": {"uniform": [1, 1000]}})";
    const std::string q = R"({"name": "q", "count": 50, "delay": {"uniform": [1, 1000]}})";
    const auto alone = good(with(p));
    const auto both = good(with(q + "," + p));
    std::vector<Jiffies> a, b;
    for (const auto& x : alone.actions)
        a.push_back(x.expires);
    for (const auto& x : both.actions)
        if (x.timer.value >= 50) b.push_back(x.expires);
    EXPECT_EQ(a, b);
}

TEST(Generate, AvoidsARangeOfExpiries)
{
    const auto in =
        good(with(R"({"name": "p", "count": 300, "delay": {"uniform": [100, 200]}, "avoid": [1110, 1190]})"));
    for (const auto& x : in.actions)
        EXPECT_TRUE(x.expires < 1110 || x.expires > 1190) << x.expires;
    EXPECT_NE(faultsOf(with(R"({"name": "p", "delay": 150, "avoid": ["+1", "+500"]})"))
                  .find("\"avoid\" leaves no expiry to a timer of this population"),
              std::string::npos);
}

TEST(Generate, ActionsOfTheFileStandBehindGeneratedOnesAndKnowTheirTimers)
{
    const auto in = good(with(
        R"({"name": "p", "count": 3, "delay": 10}, {"name": "one", "delay": 5})",
        R"(, "items": [{"name": "A"}], "actions": [{"at": "+0", "do": "del_timer", "timer": "p.2"}, {"at": "+1", "do": "del_timer", "timer": "one"}])"));
    ASSERT_EQ(in.actions.size(), 6u);
    EXPECT_EQ(in.timerName(TimerId(1)), "p.2");
    EXPECT_EQ(in.timerName(TimerId(3)), "one");
    EXPECT_EQ(in.timerName(TimerId(4)), "A") << "items stand behind populations";
    EXPECT_EQ(in.actions[4], (Action{0, 0, 0, 0, TimerId(1), Call::DelTimer, 0, 0}));
    EXPECT_EQ(in.actions[5].timer, TimerId(3));
}

TEST(Generate, RefusesWhatCannotBe)
{
    EXPECT_EQ(faultsOf(with(R"({"name": "p", "count": 1000000000, "delay": 10})")),
              "x:3:1: error: 1,000,000,000 timers would take about 200 GB of memory; at most 16,777,216 are "
              "modelled\n"
              "{\"name\": \"p\", \"count\": 1000000000, \"delay\": 10}]}}\n^\n");
    EXPECT_NE(faultsOf(with(R"({"name": "p", "cpu": "all", "count": 9223372036854775807, "delay": 10})"))
                  .find("18,446,744,073,709,551,615 timers"),
              std::string::npos);
    EXPECT_NE(faultsOf(with(R"({"name": "p", "cpu": [0, 4], "delay": 10})"))
                  .find("there is no CPU 4: the machine has 4 (from 0)"),
              std::string::npos);
    EXPECT_NE(faultsOf(with(R"({"name": "p", "delay": {"uniform": [5, 4]}})"))
                  .find("\"uniform\" must go from a smaller to a larger number"),
              std::string::npos);
    EXPECT_NE(faultsOf(with(R"({"name": "p", "delay": 4294967296})"))
                  .find("the largest of these delays does not fit into jiffies of 32 bits"),
              std::string::npos);
    EXPECT_NE(faultsOf(with(R"({"name": "p", "count": 9, "delay": {"sequence": [1, 4611686018427387904]}})"))
                  .find("does not fit into jiffies"),
              std::string::npos);
    EXPECT_NE(faultsOf(with(R"({"name": "p"})")).find("a population needs \"delay\""), std::string::npos);
    EXPECT_NE(faultsOf(with(R"({"name": "p", "count": 2, "delay": 1})",
                            R"(, "actions": [{"at": "+0", "do": "del_timer", "timer": "p"}])"))
                  .find("\"p\" is a population; one of its timers is named p.1 to p.2"),
              std::string::npos);
    EXPECT_NE(faultsOf(with(R"({"name": "p", "count": 2, "delay": 1})", R"(, "items": [{"name": "p.2"}])"))
                  .find("\"p.2\" is also the name of a timer of a population"),
              std::string::npos);
}

TEST(Generate, DrawsStayInTheirRange)
{
    Random r{1};
    for (int i = 0; i < 2000; ++i) {
        const auto wide = draw(r, {Spread::Shape::Bell, 5, ~0ull, {}}, 0);
        EXPECT_GE(wide, 5u);
        const auto bell = draw(r, {Spread::Shape::Bell, 1000, 2000, {}}, 0);
        EXPECT_TRUE(bell >= 1000 && bell <= 2000);
        const auto power = draw(r, {Spread::Shape::Log2, 0, 62, {}}, 0);
        EXPECT_TRUE(power >= 1 && power < 1ull << 62);
    }
}
