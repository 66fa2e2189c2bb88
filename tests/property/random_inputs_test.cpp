// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/property/random_inputs.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;

RC_GTEST_PROP(RandomInputs, AreSoundAndReproducible, ())
{
    const auto c = *tests::randomCases();
    const core::Inputs in = c.inputs();
    RC_ASSERT(in == c.inputs());
    RC_ASSERT(std::is_sorted(in.actions.begin(), in.actions.end(), [](const auto& a, const auto& b) {
        return a.tick != b.tick ? a.tick < b.tick : a.offset < b.offset;
    }));
    for (const auto& a : in.actions) {
        RC_ASSERT(a.cpu < in.machine.cpus);
        RC_ASSERT(a.target < in.machine.cpus);
        RC_ASSERT(!a.timer.isValid() || a.timer.value < in.timers.size());
        RC_ASSERT(in.machine.word.reduce(a.expires) == a.expires);
        RC_ASSERT(a.offset < 1'000'000'000u / in.machine.hz.value);
    }
    for (const auto& t : in.timers)
        RC_ASSERT(t.firstStep + t.stepCount <= in.steps.size());
}

TEST(RandomInputs, DropActionsFromTheEndWhenShorter)
{
    for (const auto driver : {core::Driver::Kernel, core::Driver::ByHand}) {
        tests::RandomCase c{42, 100, driver};
        const auto longer = c.inputs();
        c.actions = 60;
        const auto shorter = c.inputs();
        ASSERT_LT(shorter.actions.size(), longer.actions.size());
        EXPECT_TRUE(std::equal(shorter.actions.begin(), shorter.actions.end(), longer.actions.begin()));
        EXPECT_EQ(shorter.timers, longer.timers);
    }
}
