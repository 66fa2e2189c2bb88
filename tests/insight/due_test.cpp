// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/due.h"

#include "core/base/random.h"
#include "core/insight/clock_fold.h"
#include "core/insight/lifeline.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"
#include "core/world/rules.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

InputsPtr compiled(const std::string& text, const char* timers)
{
    return inputsOn(*compile(*readDocument(text, "x")), *timersNamed(timers));
}

/// What the timer of item 0 is planned for behind the first n records.
std::optional<Jiffies> dueBehind(const InputsPtr& inputs, const Snapshot& run, Kind kind)
{
    ItemIndex index;
    index.extend(run.log);
    Lifeline life(TimerId(0), inputs->machine);
    life.extend(index, run.log);
    for (std::size_t n = 0; n < life.joints().size(); ++n)
        if (run.log[life.joints()[n].event].kind == kind) return life.dueAfter(n + 1);
    return std::nullopt;
}

} // namespace

/// Every bucket is reached by the expiries that are said, and by no others.
TEST(Due, ExpiriesOfABucketAreAllOfThem)
{
    Random random{7};
    for (const int bits : {32, 64}) {
        for (const std::uint32_t hz : {100u, 250u}) {
            const auto g = wheel61Geometry(1, Word(bits), Hz{hz});
            for (int round = 0; round < 40; ++round) {
                const Jiffies clk = g.word.reduce(random.between(0, ~0ull - 1));
                for (int l = 0; l < g.levels; ++l) {
                    int reached = 0;
                    for (std::uint32_t i = 0; i < 64; ++i) {
                        const auto all = expiriesInBucket(g, l, i, clk);
                        if (!all) continue;
                        ++reached;
                        const auto within = static_cast<std::uint32_t>(l) * 64 + i;
                        ASSERT_EQ(bucketFor(g, all->earliest, clk).within, within) << l << ' ' << i << ' ' << clk;
                        ASSERT_EQ(bucketFor(g, all->latest, clk).within, within) << l << ' ' << i << ' ' << clk;
                        ASSERT_EQ(bucketFor(g, all->latest, clk).due, all->due);
                        if (l == 0 && all->due == clk) continue; // the past: all of it is there
                        ASSERT_NE(bucketFor(g, g.word.reduce(all->earliest - 1), clk).within, within) << l << ' ' << i << ' ' << clk;
                        if (l + 1 == g.levels && g.word.distance(all->latest, clk) + 1 >= reachOfLevel(l)) continue; // the end
                        ASSERT_NE(bucketFor(g, g.word.add(all->latest, 1), clk).within, within) << l << ' ' << i << ' ' << clk;
                    }
                    EXPECT_GE(reached, l == 0 ? 64 : 55) << "the rest is too near for the level";
                }
            }
        }
    }
}

TEST(Due, OfABucketIsWhenItIsDue)
{
    Random random{9};
    for (const int bits : {32, 64}) {
        const auto g = wheel61Geometry(1, Word(bits), Hz{250});
        for (int round = 0; round < 20'000; ++round) {
            const Jiffies clk = g.word.reduce(random.between(0, ~0ull - 1));
            const auto by = random.between(0, ~0ull - 1) >> random.between(34, 63);
            const Jiffies expires = random.between(0, 9) == 0 ? g.word.reduce(clk - by % 1000) : g.word.add(clk, by);
            const auto bucket = bucketFor(g, expires, clk);
            ASSERT_EQ(dueOf(g, SlotId(bucket.within), expires, clk), bucket.due) << clk << " +" << by;
        }
        EXPECT_EQ(dueOf(g, g.runList(0), 5, 3), 3u) << "taken already: it is called now, whatever its expiry";
    }
}

TEST(Due, IsWhatHappens)
{
    const std::string text = R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"cpus": 1, "bits": 32, "hz": 250, "jiffies": 0},
      "items": [{"name": "a", "slack": 0}], "actions": [{"at": "+1", "do": "mod_timer", "timer": "a", "expires": "+1000"}], "until": "+2000"})";
    for (const auto& [timers, due] : {std::pair("wheel-3.9", 1001u), {"wheel-6.1", 1024u}, {"sorted-list", 1001u}}) {
        const auto inputs = compiled(text, timers);
        const auto run = runAll(inputs);
        EXPECT_EQ(dueBehind(inputs, run, Kind::Queued), due) << timers;
        EXPECT_EQ(dueBehind(inputs, run, Kind::Fired), std::nullopt) << timers;
        ClockFold clock(inputs->machine);
        for (std::uint64_t i = 0; i < run.log.size(); ++i) {
            clock.apply(run.log[i]);
            if (run.log[i].kind != Kind::Fired) continue;
            EXPECT_EQ(clock.jiffies, due) << timers;
        }
    }
}

/// A wheel that has nothing due lags behind jiffies; filing brings it forward, but not past what is due.
TEST(Due, IsReckonedFromWhereTheClockWillStand)
{
    const std::string text = R"({"format": "jiffyscope-scenario", "version": 1, "machine": {"cpus": 1, "bits": 32, "hz": 250, "jiffies": 0},
      "items": [{"name": "a", "slack": 0}], "actions": [{"at": "+400", "do": "mod_timer", "timer": "a", "expires": "+100"}], "until": "+410"})";
    const auto inputs = compiled(text, "wheel-6.1");
    const auto run = runAll(inputs);
    World world(inputs->machine);
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        if (run.log[i].kind == Kind::RegisterSet && run.log[i].site == Site::ForwardTimerBase) {
            EXPECT_EQ(world.cpu(0).clk(0), 0u);
            EXPECT_EQ(clockWhenFiling(world, 0, 0), run.log[i].value);
            EXPECT_EQ(run.log[i].value, 400u);
            EXPECT_EQ(clockWhenFiling(world, 0, 1), 400u);
            return;
        }
        world.apply(run.log[i]);
    }
    ADD_FAILURE() << "the clock was not brought forward";
}
