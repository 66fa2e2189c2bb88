// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/catch_up_story.h"
#include "core/insight/cpu_activity.h"
#include "core/insight/sleep_accounts.h"

#include "core/history/history.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>

#include <string>

using namespace jiffy::core;

namespace
{

/// A run of a machine of CPUs with HZ 1000 that begins at jiffies 1000.
struct SleepRun
{
    InputsPtr inputs;
    Snapshot snapshot;
    SleepAccounts accounts;

    SleepRun(const std::string& machine, const std::string& items, const std::string& actions)
        : inputs(std::make_shared<const Inputs>(
              readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"t","machine":{"hz":1000,"jiffies":1000,"nohz":true,)" + machine +
                               R"(},"items":[)" + items + R"(],"actions":[)" + actions + "]}",
                           "test.jiffy.json")
                  .value())),
          snapshot(runAll(inputs)), accounts(inputs)
    {
        accounts.extend(snapshot.log);
    }
    CatchUpStory story(int cpu, std::size_t which = 0) const { return storyOf(snapshot.log, *inputs, cpu, accounts.catchUps(cpu)[which]); }
};

const std::string timerN = R"({"name":"N","slack":0})";
const std::string timerD = R"({"name":"D","slack":0,"deferrable":true})";
const std::string timerE = R"({"name":"E","slack":0})";
const std::string addN = R"({"at":"+0","do":"add_timer","timer":"N","expires":"1500"})";
const std::string addD = R"({"at":"+0","do":"add_timer","timer":"D","expires":"1100"})";

} // namespace

TEST(SleepAccounts, aSleepUntilATimerSavesItsTicksAndCostsATurnForEach)
{
    const SleepRun run(R"("idle":[0])", timerN, addN);
    const auto& sleeps = run.accounts.sleeps(0);
    ASSERT_EQ(sleeps.size(), 2u);
    EXPECT_EQ(sleeps[0].beginTick, 0u);
    EXPECT_EQ(sleeps[0].endTick, 500u);
    EXPECT_EQ(sleeps[0].end, 500'000'000u);
    EXPECT_EQ(sleeps[0].until, 1500u);
    EXPECT_EQ(sleeps[0].by, WokenBy::Timer);
    EXPECT_EQ(sleeps[0].saved(), 499u);
    EXPECT_EQ(sleeps[0].saved(250), 250u);
    EXPECT_EQ(sleeps[0].catchUp, 0u);
    EXPECT_FALSE(sleeps[1].isOver()) << "nothing is pending: it sleeps on";
    EXPECT_EQ(sleeps[1].until, ~0ull);

    ASSERT_EQ(run.accounts.catchUps(0).size(), 1u);
    const CatchUp& c = run.accounts.catchUps(0)[0];
    EXPECT_EQ(c.from, 1001u);
    EXPECT_EQ(c.jiffies, 1500u);
    EXPECT_EQ(c.turns, 500u);
    EXPECT_EQ(c.saved, 499u);
    EXPECT_EQ(c.held, 1u);
    EXPECT_EQ(c.cascades, 2u);
    EXPECT_EQ(c.emptyCascades, 1u);
    EXPECT_EQ(c.fired, 1u);
    EXPECT_EQ(c.worstLate, 0u);
    EXPECT_TRUE(c.isOver());
}

TEST(SleepAccounts, aDeferrableTimerIsSleptOverAndCalledFirst)
{
    const SleepRun run(R"("idle":[0])", timerN + "," + timerD, addN + "," + addD);
    const CatchUp& c = run.accounts.catchUps(0)[0];
    EXPECT_EQ(c.turns, 500u);
    EXPECT_EQ(c.held, 2u);
    EXPECT_EQ(c.fired, 2u);
    EXPECT_EQ(c.deferrables, 1u);
    EXPECT_EQ(c.worstLate, 400u);
    EXPECT_EQ(run.accounts.sleptOver(0, 0, 501), (std::vector<SleptOver>{{100, TimerId(1)}}));
    EXPECT_TRUE(run.accounts.sleptOver(0, 101, 501).empty());

    const CatchUpStory story = run.story(0);
    ASSERT_EQ(story.calls.size(), 2u);
    EXPECT_EQ(story.calls[0].timer, TimerId(1));
    EXPECT_EQ(story.calls[0].turn, 99u);
    EXPECT_EQ(story.calls[0].late, 400);
    EXPECT_TRUE(story.calls[0].isDeferrable);
    EXPECT_EQ(story.calls[1].turn, 499u);
    EXPECT_EQ(story.calls[1].late, 0);
    ASSERT_EQ(story.cascades.size(), 1u);
    EXPECT_EQ(story.cascades[0].turn, 279u) << "at 1280";
    EXPECT_EQ(story.cascades[0].moved, 1u);
    EXPECT_EQ(story.cascades[0].timer, TimerId(0));
    EXPECT_EQ(geometryOf(run.inputs->machine).slotName(story.cascades[0].to), "tv1[220]");
    const auto quiet = quietCascades(story, geometryOf(run.inputs->machine), c.from, 10);
    ASSERT_EQ(quiet.size(), 1u);
    EXPECT_EQ(quiet[0].turn, 23u) << "at 1024";
    EXPECT_EQ(quiet[0].index, 4u);
}

TEST(SleepAccounts, findsTheStateBehindEachTurn)
{
    const SleepRun run(R"("idle":[0])", timerN + "," + timerD, addN + "," + addD);
    const CatchUpStory story = run.story(0);
    ASSERT_EQ(story.turns, 500u);
    History history(run.inputs, run.snapshot);
    for (const std::uint64_t turn : {0u, 1u, 24u, 99u, 100u, 101u, 279u, 280u, 281u, 499u, 500u})
        EXPECT_EQ(history.at(story.afterTurns(turn)).cpu(0).timerJiffies, 1001u + turn) << turn;
}

TEST(SleepAccounts, aBusyCpuIsNeverCounted)
{
    const SleepRun run(R"("interrupts":true)", timerN + "," + timerD, addN + "," + addD);
    EXPECT_TRUE(run.accounts.sleeps(0).empty());
    EXPECT_TRUE(run.accounts.catchUps(0).empty());
    EXPECT_TRUE(run.accounts.sleptOver(0, 0, 1000).empty());
}

TEST(SleepAccounts, tenSecondsOfNothingAreTenThousandTurns)
{
    // It gets work right before the last of the ten seconds' ticks.
    const SleepRun run(R"("idle":[0])", timerN, R"({"at":"+9999","do":"busy"},{"at":"+10002","do":"add_timer","timer":"N","expires":"11010"})");
    ASSERT_EQ(run.accounts.catchUps(0).size(), 1u);
    const CatchUp& c = run.accounts.catchUps(0)[0];
    EXPECT_EQ(c.turns, 10'000u);
    EXPECT_EQ(c.cascades, 39u);
    EXPECT_EQ(c.emptyCascades, 39u);
    EXPECT_EQ(c.held, 0u);
    EXPECT_EQ(c.fired, 0u);
    EXPECT_TRUE(c.isOver());
    EXPECT_EQ(quietCascades(run.story(0), geometryOf(run.inputs->machine), c.from, 1000).size(), 39u);
    EXPECT_EQ(quietCascades(run.story(0), geometryOf(run.inputs->machine), c.from, 7).size(), 7u);
}

TEST(SleepAccounts, anInterruptEndsASleepAndTheTurnsAreOwedOn)
{
    const SleepRun run(R"("idle":[0])", timerN + "," + timerE,
                       addN + R"(,{"at":"+400","cpu":0,"do":"interrupt","name":"disk","does":[{"do":"add_timer","timer":"E","by":"+10"}]})");
    const auto& sleeps = run.accounts.sleeps(0);
    ASSERT_GE(sleeps.size(), 3u);
    EXPECT_EQ(sleeps[0].by, WokenBy::Interrupt);
    EXPECT_EQ(sleeps[0].endTick, 400u);
    EXPECT_EQ(sleeps[0].saved(), 400u);
    EXPECT_EQ(sleeps[1].until, 1410u);
    EXPECT_EQ(sleeps[1].saved(), 9u);
    EXPECT_EQ(sleeps[1].owed, 400u);
    EXPECT_EQ(sleeps[2].owed, 0u) << "caught up with";
    const CatchUp& c = run.accounts.catchUps(0)[0];
    EXPECT_EQ(c.sleeps, 2u);
    EXPECT_EQ(c.firstSleep, 0u);
    EXPECT_EQ(c.saved, 409u);
    EXPECT_EQ(c.turns, 410u);
    EXPECT_EQ(c.cascades, 2u);
    EXPECT_EQ(c.emptyCascades, 1u);
    ASSERT_EQ(run.story(0).cascades.size(), 1u);
    EXPECT_EQ(run.story(0).cascades[0].moved, 2u);
    EXPECT_EQ(run.accounts.catchUps(0)[1].turns, 90u);
}

TEST(SleepAccounts, savedTicksAreThoseThatTheActivityMisses)
{
    const SleepRun run(R"("cpus":4,"idle":[2,3])", timerN + "," + timerD + "," + timerE,
                       R"({"at":"+0","cpu":2,"do":"add_timer","timer":"N","expires":"1500"},{"at":"+0","cpu":2,"do":"add_timer","timer":"D","expires":"1100"},)"
                       R"({"at":"+0","cpu":3,"do":"add_timer","timer":"E","expires":"1060"})");
    CpuActivity activity(*run.inputs);
    activity.extend(run.snapshot.log);
    for (int cpu = 0; cpu < 4; ++cpu) {
        std::uint64_t saved = 0;
        for (const Sleep& s : run.accounts.sleeps(cpu)) saved += s.saved(500);
        EXPECT_EQ(saved, activity.ticksSaved(cpu, 1, 501)) << cpu;
    }
}

TEST(SleepAccounts, theSameInTwoHelpings)
{
    const SleepRun run(R"("idle":[0])", timerN + "," + timerD, addN + "," + addD);
    for (std::uint64_t cut = 0; cut < run.snapshot.log.size(); ++cut) {
        SleepAccounts twice(run.inputs);
        twice.extend(run.snapshot.log.prefix(cut));
        twice.extend(run.snapshot.log);
        EXPECT_EQ(twice.sleeps(0), run.accounts.sleeps(0)) << cut;
        EXPECT_EQ(twice.catchUps(0), run.accounts.catchUps(0)) << cut;
    }
    SleepAccounts half(run.inputs);
    half.extend(run.snapshot.log.prefix(run.accounts.catchUps(0)[0].event + 3));
    EXPECT_FALSE(half.catchUps(0)[0].isOver());
}

TEST(SleepAccounts, theModernWheelJumpsWhereTheOldOneWalks)
{
    const SleepRun run(R"("timers":"wheel-6.1","idle":[0])", timerN + "," + timerD, addN + "," + addD);
    ASSERT_FALSE(run.accounts.catchUps(0).empty());
    const CatchUp& c = run.accounts.catchUps(0)[0];
    EXPECT_EQ(c.jiffies, 1504u) << "rounded up to the granularity of its level";
    EXPECT_EQ(c.turns, 2u) << "one of each wheel";
    EXPECT_EQ(c.held, 2u);
    EXPECT_EQ(c.cascades, 0u);
    EXPECT_EQ(c.jumped, 504u);
    EXPECT_EQ(c.worstLate, 404u);
    const CatchUpStory story = run.story(0);
    ASSERT_EQ(story.jumps.size(), 2u);
    EXPECT_EQ(story.jumps[0].wheel, 0);
    EXPECT_EQ(story.jumps[0].to, 1504u);
    EXPECT_EQ(story.jumps[1].wheel, 1);
    EXPECT_EQ(story.jumps[1].to, 1104u);
    ASSERT_EQ(story.calls.size(), 2u);
    EXPECT_EQ(story.calls[0].timer, TimerId(0)) << "std goes first, however early D was due";
    EXPECT_EQ(story.calls[0].late, 4);
}
