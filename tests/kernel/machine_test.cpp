// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history.h"
#include "core/run/run.h"
#include "core/timers/wheel_3_9.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

Action armed(std::uint64_t tick, std::uint32_t timer, Jiffies expires, int cpu = 0)
{
    Action a;
    a.tick = tick;
    a.timer = TimerId(timer);
    a.expires = expires;
    a.cpu = static_cast<std::uint8_t>(cpu);
    return a;
}

/// Jiffies at which timers were taken for their call, in order.
std::vector<std::pair<std::uint32_t, Jiffies>> fires(const InputsPtr& inputs)
{
    History history(inputs, runAll(inputs));
    std::vector<std::pair<std::uint32_t, Jiffies>> out;
    for (std::uint64_t e = 0; e < history.log().size(); ++e) {
        if (history.log()[e].kind == Kind::Fired)
            out.emplace_back(history.log()[e].item.value, history.at({e, 0, 0}).clock().jiffies);
    }
    return out;
}

} // namespace

TEST(Machine, FourThousandMillionJiffiesOfNothingAreOneRecord)
{
    Inputs in;
    in.untilTicks = 1ull << 32;
    in.machine.cpus = 64;
    in.machine.jiffies = 0xFFFEDB08;
    const auto inputs = std::make_shared<const Inputs>(in);
    const Snapshot run = runAll(inputs);
    ASSERT_EQ(run.log.size(), 1u);
    EXPECT_EQ(run.log[0].value, 1ull << 32);
    EXPECT_EQ(run.endTicks, 1ull << 32);
    History history(inputs, run);
    EXPECT_EQ(history.at(history.lastOfTick(300 * 250)).clock().jiffies, 0u);
    EXPECT_EQ(history.at(history.lastOfTick(1ull << 31)).cpu(63).timerJiffies, ((1ull << 31) + 0xFFFEDB08 + 1) & 0xFFFFFFFF);
}

TEST(Machine, AFarTimerAloneTakesAHandfulOfRecords)
{
    Inputs in;
    in.timers.resize(1);
    in.timers[0].slack = 0;
    in.untilTicks = 1ull << 31;
    in.actions = {armed(0, 0, (1ull << 31) - 5)};
    const Snapshot run = runAll(std::make_shared<const Inputs>(in));
    EXPECT_LT(run.log.size(), 60u);
    EXPECT_EQ(run.log[run.log.size() - 1].kind, Kind::Passed);
}

TEST(Machine, RunsOnlyAfterEveryCpuHandledTheTick)
{
    Inputs in;
    in.machine.cpus = 2;
    in.machine.jiffies = 1000;
    in.timers.resize(2);
    // An action at +5 arms for that very jiffy: the tick has been handled, so it runs in the next one.
    in.actions = {armed(5, 0, 1005, 1), armed(5, 1, 1006, 0)};
    const auto found = fires(std::make_shared<const Inputs>(in));
    const std::vector<std::pair<std::uint32_t, Jiffies>> expected = {{1, 1006}, {0, 1006}};
    EXPECT_EQ(found, expected);
}

TEST(Machine, RearmingForNowRunsOncePerTick)
{
    Inputs in;
    in.machine.jiffies = 1000;
    in.timers.resize(1);
    in.timers[0].stepCount = 1;
    in.steps = {CallbackStep{CallbackStep::What::Rearm, TimerId(), 0, 0}};
    in.untilTicks = 5;
    in.actions = {armed(0, 0, 1002)};
    const auto found = fires(std::make_shared<const Inputs>(in));
    const std::vector<std::pair<std::uint32_t, Jiffies>> expected = {{0, 1002}, {0, 1003}, {0, 1004}, {0, 1005}};
    EXPECT_EQ(found, expected);
}

TEST(Machine, EndsBehindTheLastPendingTimerOrAfterAMillionTicks)
{
    Inputs in;
    in.timers.resize(1);
    in.timers[0].slack = 0;
    in.actions = {armed(3, 0, 500)};
    EXPECT_EQ(runAll(std::make_shared<const Inputs>(in)).endTicks, 500u);
    in.actions[0].expires = 5'000'000;
    EXPECT_EQ(runAll(std::make_shared<const Inputs>(in)).endTicks, 1'000'000u);
}

TEST(Machine, ARunawayEndsInANoteAtItsLimit)
{
    Inputs in;
    in.timers.resize(1);
    in.timers[0].stepCount = 1;
    in.steps = {CallbackStep{CallbackStep::What::Rearm, TimerId(), 1, 0}};
    in.eventLimit = 500;
    in.actions = {armed(0, 0, 1)};
    const Snapshot run = runAll(std::make_shared<const Inputs>(in));
    EXPECT_EQ(run.status, RunStatus::Limit);
    const Record& last = run.log[run.log.size() - 1];
    EXPECT_EQ(last.site, Site::Limit);
    EXPECT_EQ(last.value, 500u);
}

TEST(Slack, FollowsTheRule)
{
    const Word w(32);
    EXPECT_EQ(applySlack(w, 1000, 11000, -1), 11008u);
    EXPECT_EQ(applySlack(w, 1000, 11010, -1), 11040u);
    EXPECT_EQ(applySlack(w, 1000, 1255, -1), 1255u);
    EXPECT_EQ(applySlack(w, 1000, 1256, -1), 1257u);
    EXPECT_EQ(applySlack(w, 1000, 6000, 0), 6000u);
    EXPECT_EQ(applySlack(w, 1000, 1010, 20), 1024u);
    EXPECT_EQ(applySlack(w, 1000, 990, -1), 990u);
}
