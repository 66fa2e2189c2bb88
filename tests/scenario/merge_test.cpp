// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/merge.h"
#include "tests/scenario/any_scenario.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using jiffy::test::anyScenario;
using jiffy::test::said;

namespace
{

ScenarioAction action(const std::string& at)
{
    ScenarioAction a;
    a.at = said(at);
    a.timer = said("A");
    a.expires = said("+5");
    return a;
}

} // namespace

TEST(Merge, KeepsBothChanges)
{
    Scenario base;
    base.items.push_back({said("A"), -1, false, false, {}});
    base.actions = {action("+1"), action("+9")};
    auto ours = base, theirs = base;
    ours.title = "typed";
    ours.actions[0].expires = said("+6");
    theirs.machine.cpus = 2;
    theirs.actions.insert(theirs.actions.begin() + 1, action("+5"));
    auto wanted = ours;
    wanted.machine.cpus = 2;
    wanted.actions.insert(wanted.actions.begin() + 1, action("+5")); // the row in front of it is another one now
    EXPECT_EQ(mergeDocuments(base, ours, theirs), wanted);
    theirs.actions.erase(theirs.actions.begin() + 2);
    wanted.actions = {ours.actions[0], action("+5")};
    EXPECT_EQ(mergeDocuments(base, ours, theirs), wanted);
}

RC_GTEST_PROP(Merge, OneChangeAloneIsThatChange, ())
{
    const auto base = anyScenario(), other = anyScenario();
    RC_ASSERT(mergeDocuments(base, base, other) == other);
    RC_ASSERT(mergeDocuments(base, other, base) == other);
}
