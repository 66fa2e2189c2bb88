// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/branch.h"
#include "core/history/branches.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

bool sameLog(const Snapshot& a, const Snapshot& b)
{
    if (a.log.size() != b.log.size() || !(a.open == b.open)) return false;
    for (std::uint64_t e = 0; e < a.log.size(); ++e) {
        if (!(a.log[e] == b.log[e])) return false;
    }
    return true;
}

Snapshot finish(Run& run)
{
    while (run.advance(1 << 20)) {
    }
    return run.snapshot();
}

Position randomPosition(History& history)
{
    Position p{*rc::gen::inRange<std::uint64_t>(0, history.log().size() + 1), 0, 0};
    if (p.event < history.log().size() && history.log()[p.event].kind == Kind::Passed)
        p.tick = *rc::gen::inRange<std::uint64_t>(0, history.log()[p.event].value);
    return p;
}

} // namespace

RC_GTEST_PROP(Branch, WithUnchangedInputsGivesTheSameLog, ())
{
    const auto inputs = std::make_shared<const Inputs>((*tests::randomCases(Driver::Kernel)).inputs());
    History history(inputs, runAll(inputs));
    const Position p = randomPosition(history);
    auto run = fork(history, p, interventionAt(history, p), inputs);
    RC_ASSERT(run.has_value());
    RC_ASSERT(sameLog(finish(*run), history.snapshot()));
}

RC_GTEST_PROP(Branch, KeepsThePastAndEqualsARunOfTheChangedInputs, ())
{
    auto in = (*tests::randomCases(Driver::Kernel)).inputs();
    RC_PRE(!in.timers.empty());
    const auto inputs = std::make_shared<const Inputs>(std::move(in));
    History history(inputs, runAll(inputs));
    const Position p = randomPosition(history);
    const InterventionPoint point = interventionAt(history, p);
    Action a;
    a.call = *rc::gen::element(Call::ModTimer, Call::DelTimer);
    a.timer = TimerId(*rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(inputs->timers.size())));
    a.expires = inputs->machine.word.add(inputs->machine.jiffies, point.tick + *rc::gen::inRange<std::uint64_t>(0, 100000));
    const auto changed = std::make_shared<const Inputs>(withAction(*inputs, point, a));
    auto run = fork(history, p, point, changed);
    RC_ASSERT(run.has_value());
    const Snapshot branch = finish(*run);
    for (std::uint64_t e = 0; e < forkPosition(history, p).event; ++e) RC_ASSERT(branch.log[e] == history.log()[e]);
    RC_ASSERT(sameLog(branch, runAll(changed)));
}

TEST(Branch, RefusesInputsThatDifferBeforeTheFork)
{
    Inputs in;
    in.names = {"", "a"};
    in.timers.resize(1);
    for (std::uint64_t t : {1, 5, 9}) {
        Action a;
        a.tick = t;
        a.timer = TimerId(0);
        a.expires = 100 + t;
        in.actions.push_back(a);
    }
    const auto inputs = std::make_shared<const Inputs>(in);
    History history(inputs, runAll(inputs));
    const Position p = history.lastOfTick(6);
    const InterventionPoint point = interventionAt(history, p);
    EXPECT_EQ(point.actionIndex, 2u);
    EXPECT_EQ(point.tick, 6u);
    in.actions[0].expires = 77;
    const auto run = fork(history, p, point, std::make_shared<const Inputs>(in));
    ASSERT_FALSE(run.has_value());
    EXPECT_EQ(run.error().front().message, "the changed inputs differ before the instant of the fork");
}

TEST(Branches, KeepBothFutures)
{
    Inputs in;
    in.timers.resize(1);
    Action a;
    a.timer = TimerId(0);
    a.expires = 50;
    in.actions = {a};
    const auto inputs = std::make_shared<const Inputs>(in);
    Branch first;
    first.name = "first";
    first.inputs = inputs;
    first.snapshot = runAll(inputs);
    Branches branches(first);
    History history(inputs, branches[0].snapshot);
    const Position p = history.lastOfTick(20);
    const auto point = interventionAt(history, p);
    Action del;
    del.call = Call::DelTimer;
    del.timer = TimerId(0);
    const auto changed = std::make_shared<const Inputs>(withAction(in, point, del));
    auto run = fork(history, p, point, changed);
    ASSERT_TRUE(run.has_value());
    Branch second;
    second.name = "deleted at 20";
    second.inputs = changed;
    second.snapshot = finish(*run);
    second.parent = branches[0].id;
    second.forkedAt = p;
    const auto id = branches.add(second);
    EXPECT_EQ(branches[0].snapshot.endTicks, 50u);
    ASSERT_NE(branches.find(id), nullptr);
    EXPECT_EQ(branches.find(id)->snapshot.endTicks, 20u);
    Branch third = second;
    third.parent = id;
    const auto thirdId = branches.add(third);
    branches.remove(id);
    EXPECT_EQ(branches.size(), 2u);
    EXPECT_EQ(branches.find(id), nullptr);
    EXPECT_EQ(branches.find(thirdId)->parent, branches[0].id) << "it has lost its parent";
    EXPECT_NE(branches.add(second), id) << "an id is not given twice";
}
