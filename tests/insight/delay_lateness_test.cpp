// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/delay_lateness.h"

#include "tests/insight/three_ways.h"
#include "tests/property/random_inputs.h"

#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using jiffy::tests::threeWaysOn;

RC_GTEST_PROP(DelayLateness, IsTheSameInTwoHalvesAsAtOnce, ())
{
    const auto in = std::make_shared<const Inputs>((*jiffy::tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    DelayLateness once(in->machine), halves(in->machine);
    once.extend(log);
    halves.extend(log.prefix(*rc::gen::inRange<std::uint64_t>(0, log.size() + 1)));
    halves.extend(log);
    RC_ASSERT(once == halves);
}

RC_GTEST_PROP(DelayLateness, CountsEveryCallOnce, ())
{
    const auto in = std::make_shared<const Inputs>((*jiffy::tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    DelayLateness lateness(in->machine);
    lateness.extend(log);
    std::uint64_t fired = 0, counted = 0;
    for (std::uint64_t e = 0; e < log.size(); ++e)
        fired += log[e].kind == Kind::Fired ? 1 : 0;
    for (const DelayCell& c : lateness.cells()) {
        counted += c.count;
        RC_ASSERT(log[c.event].kind == Kind::Fired);
        RC_ASSERT(c.late >= lateness.earliest() && c.late <= lateness.latest());
        RC_ASSERT(c.delay <= lateness.longestDelay());
    }
    RC_ASSERT(counted == fired);
}

TEST(DelayLateness, AWheelWithoutCascadesIsLateByASlotOfItsLevelAtMost)
{
    const InputsPtr in = threeWaysOn("wheel-6.1");
    DelayLateness lateness(in->machine);
    lateness.extend(runAll(in).log);
    EXPECT_EQ(lateness.latest(), 264); // 11000 at 11264
    EXPECT_EQ(lateness.earliest(), 1); // 1010 at 1011
    for (const DelayCell& c : lateness.cells()) {
        int level = 0;
        while (c.delay >= reachOfLevel(level))
            ++level;
        EXPECT_GT(c.late, 0);
        EXPECT_LE(c.late, 1 << (3 * level));
    }
}

TEST(DelayLateness, TheOthersAreNeverLate)
{
    for (const char* name : {"sorted-list", "wheel-3.9"}) {
        const InputsPtr in = threeWaysOn(name);
        DelayLateness lateness(in->machine);
        lateness.extend(runAll(in).log);
        EXPECT_EQ(lateness.latest(), 0);
        EXPECT_EQ(lateness.longestDelay(), 10000u);
        // 10, 100, 1000, 5000, 10000 and the hundred from 536 on.
        EXPECT_LE(lateness.cells().size(), 12u);
    }
}

TEST(DelayLateness, TheGridIsFineForSmallNumbersAndNeverGoesBack)
{
    for (std::uint64_t n = 0; n < 4096; ++n) {
        const int step = DelayLateness::columnOf(n + 1) - DelayLateness::columnOf(n);
        EXPECT_TRUE(step == 1 || (step == 0 && n >= 16)) << n;
        const auto late = static_cast<std::int64_t>(n);
        EXPECT_EQ(DelayLateness::rowOf(-late), -DelayLateness::rowOf(late));
    }
    EXPECT_EQ(DelayLateness::columnOf(8192) - DelayLateness::columnOf(4096), 8);
    EXPECT_EQ(DelayLateness::rowOf(8192) - DelayLateness::rowOf(4096), 4);
}
