// SPDX-License-Identifier: GPL-3.0-or-later
// What lectures say of the three algorithms, by number: computed here by hand, apart from the scenarios that show it.
#include "core/insight/costs.h"
#include "core/run/run.h"
#include "core/timers/registry.h"
#include "core/world/geometry.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

using namespace jiffy::core;

namespace
{

struct Added
{
    std::uint64_t at = 0; ///< ticks since the start
    Jiffies expires = 0;
};

/// HZ 1000, one CPU of 32 bits, slack 0; timer i is the i-th added.
InputsPtr machine(const std::vector<Added>& added, std::string_view algorithm, Jiffies jiffies = 1000)
{
    Inputs in;
    in.machine.hz = Hz{1000};
    in.machine.jiffies = jiffies;
    in.names = {"", "t"};
    for (std::uint32_t i = 0; i < added.size(); ++i) {
        in.timers.push_back({.name = 1, .number = i + 1, .slack = 0});
        Action a;
        a.call = Call::AddTimer;
        a.timer = TimerId(i);
        a.tick = added[i].at;
        a.expires = added[i].expires;
        in.actions.push_back(a);
    }
    return inputsOn(in, *timersNamed(algorithm));
}

struct Seen
{
    std::vector<std::uint32_t> order;         ///< of calls
    std::map<std::uint32_t, Jiffies> calledAt;
    std::map<Jiffies, int> handlers, moves;   ///< by jiffies
    std::uint64_t comparisons = 0;
};

Seen seen(const InputsPtr& inputs)
{
    const auto run = runAll(inputs);
    Seen s;
    Jiffies now = inputs->machine.jiffies;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        const Record& r = run.log[i];
        now += ticksOf(r);
        if (r.kind == Kind::Counted) s.comparisons += r.value;
        if (r.kind == Kind::Moved) ++s.moves[now];
        if (r.kind != Kind::Fired) continue;
        ++s.handlers[now];
        s.order.push_back(r.item.value);
        s.calledAt[r.item.value] = now;
    }
    return s;
}

std::vector<Added> each(std::initializer_list<Jiffies> expiries)
{
    std::vector<Added> out;
    for (const auto e : expiries) out.push_back({0, e});
    return out;
}

std::vector<Added> hundred()
{
    std::vector<Added> out;
    for (Jiffies e = 1536; e < 1636; ++e) out.push_back({0, e});
    return out;
}

} // namespace

TEST(Lesson3, ASortedListComparesWithAllThatAreEarlier)
{
    std::vector<Added> rising, falling, thousand;
    for (Jiffies i = 0; i < 8; ++i) rising.push_back({0, 1100 + i});
    for (Jiffies i = 0; i < 8; ++i) falling.push_back({0, 1200 - i});
    for (Jiffies i = 0; i < 1000; ++i) thousand.push_back({0, 1100 + i});
    EXPECT_EQ(seen(machine(rising, "sorted-list")).comparisons, 28u);
    EXPECT_EQ(seen(machine(falling, "sorted-list")).comparisons, 7u);
    EXPECT_EQ(seen(machine(thousand, "sorted-list")).comparisons, 499'500u);
    EXPECT_EQ(seen(machine(thousand, "wheel-3.9")).comparisons, 0u);
    EXPECT_EQ(seen(machine(thousand, "wheel-6.1")).comparisons, 0u);
}

TEST(Lesson8, TheExpensiveTickOfOneIsTwoBatchesOfTheOther)
{
    const auto old = seen(machine(hundred(), "wheel-3.9"));
    EXPECT_EQ(old.moves, (std::map<Jiffies, int>{{1536, 100}}));
    EXPECT_EQ(old.handlers.size(), 100u);
    const auto modern = seen(machine(hundred(), "wheel-6.1"));
    EXPECT_TRUE(modern.moves.empty());
    EXPECT_EQ(modern.handlers, (std::map<Jiffies, int>{{1600, 64}, {1664, 36}}));
}

TEST(Lesson12, OrderIsKeptOnTheListOnly)
{
    const std::vector<Added> both = {{0, 1300}, {0, 1200}, {100, 1300}, {100, 1200}}; // A, C, B, D
    EXPECT_EQ(seen(machine(both, "sorted-list")).order, (std::vector<std::uint32_t>{1, 3, 0, 2}));
    EXPECT_EQ(seen(machine(both, "wheel-3.9")).order, (std::vector<std::uint32_t>{1, 3, 2, 0}));
    EXPECT_EQ(seen(machine(both, "wheel-6.1")).order, (std::vector<std::uint32_t>{3, 1, 2, 0}));
}

TEST(Lesson16, TheWheelOf61RoundsUp)
{
    const auto asked = each({1010, 1100, 1504, 2000, 6000, 11000});
    EXPECT_EQ(seen(machine(asked, "wheel-6.1")).calledAt,
              (std::map<std::uint32_t, Jiffies>{{0, 1011}, {1, 1104}, {2, 1536}, {3, 2048}, {4, 6144}, {5, 11264}}));
    const auto old = seen(machine(asked, "wheel-3.9"));
    EXPECT_EQ(old.calledAt, (std::map<std::uint32_t, Jiffies>{{0, 1010}, {1, 1100}, {2, 1504}, {3, 2000}, {4, 6000}, {5, 11000}}));
    EXPECT_EQ(old.moves, (std::map<Jiffies, int>{{1280, 1}, {1792, 1}, {5888, 1}, {10752, 1}}));
}

/// 12.5 % would be 8/64. The levels begin at 63, so a timer 63 jiffies ahead that is due at a multiple of 8 is 8 late.
TEST(Lesson16, TheWorstLatenessIsEightSixtyThirds)
{
    EXPECT_EQ(seen(machine(each({1064}), "wheel-6.1", 1001)).calledAt[0], 1072u);
    EXPECT_EQ(1064 - 1001, 63);
    const auto g = wheel61Geometry(1, Word(64), Hz{1000});
    std::uint64_t worst = 0, of = 1;
    for (Jiffies ahead = 63; ahead < 40'000; ++ahead) {
        for (Jiffies clk = 0; clk < 64; ++clk) {
            const auto late = bucketFor(g, clk + ahead, clk).due - (clk + ahead);
            if (late * of > worst * ahead) {
                worst = late;
                of = ahead;
            }
        }
    }
    EXPECT_EQ(worst * 63, of * 8);
}

TEST(ThreeWays, CostWhatTheBoardSays)
{
    auto work = each({1010, 1100, 2000, 6000, 11000});
    const auto more = hundred();
    work.insert(work.end(), more.begin(), more.end());
    const auto until = [&](std::string_view algorithm, Jiffies jiffies) {
        auto in = *machine(work, algorithm);
        in.untilTicks = jiffies - 1000;
        const auto run = runAll(std::make_shared<const Inputs>(in));
        Costs costs(in.machine);
        costs.extend(run.log);
        return costs.totals();
    };
    const auto list = until("sorted-list", 1600), old = until("wheel-3.9", 1600), modern = until("wheel-6.1", 1600);
    EXPECT_EQ(list.comparisons, 5260u);
    EXPECT_EQ(old.comparisons + modern.comparisons, 0u);
    EXPECT_EQ(list.moves + modern.moves, 0u);
    EXPECT_EQ(old.moves, 100u);
    EXPECT_EQ(list.latest.jiffies, 0);
    EXPECT_EQ(old.latest.jiffies, 0);
    EXPECT_EQ(modern.latest.jiffies, 64);
    EXPECT_EQ(list.wakeUps, 67u);
    EXPECT_EQ(old.wakeUps, 67u);
    EXPECT_EQ(modern.wakeUps, 3u);
    EXPECT_EQ(list.mostWork.value, 1u);
    EXPECT_EQ(old.mostWork.value, 101u);
    EXPECT_EQ(modern.mostWork.value, 64u);
}
