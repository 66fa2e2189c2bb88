// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "core/world/rules.h"
#include "tests/property/random_inputs.h"
#include "tests/support/source_dir.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

World filedWorld(std::uint32_t timers)
{
    World w{MachineConfig{}};
    for (std::uint32_t i = 0; i < timers; ++i) {
        Record d;
        d.kind = Kind::Defined;
        d.item = TimerId(i);
        d.link = static_cast<std::uint32_t>(-1);
        w.apply(d);
        Record q;
        q.kind = Kind::Queued;
        q.item = TimerId(i);
        q.value = 100;
        q.slot = 100;
        w.apply(q);
    }
    return w;
}

} // namespace

RC_GTEST_PROP(Rules, HoldAfterEveryRecordOfRandomRuns, ())
{
    const auto inputs = std::make_shared<const Inputs>((*tests::randomCases()).inputs());
    const Snapshot run = runAll(inputs);
    RC_ASSERT(run.check.broken == 0);
    World w(inputs->machine);
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        w.apply(run.log[e]);
        if (e % 97 == 0 && !run.log[e].hasMore()) RC_ASSERT(!checkAll(w));
    }
    RC_ASSERT(!checkAll(w));
}

TEST(Rules, HoldInAllVectors)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(jiffy::test::sourceDir("/tests/vectors"))) {
        if (entry.path().extension() != ".ops") continue;
        std::ifstream in(entry.path());
        auto inputs = readOps(std::string(std::istreambuf_iterator<char>(in), {}), entry.path().string());
        ASSERT_TRUE(inputs.has_value());
        EXPECT_EQ(runAll(std::make_shared<const Inputs>(*inputs)).check, SelfCheck{}) << entry.path();
    }
}

TEST(Rules, HoldWhenTheClockWasMovedByHalfTheWordByHand)
{
    auto inputs = readOps("machine bits=32 small=1 cpus=1 hz=250 jiffies=5\ntimer 1 slack=0\nadd 0 1 +4194303\n"
                          "advance 393215999995\nsoftirq 0\nadvance 262144\nsoftirq 0\n",
                          "far.ops");
    ASSERT_TRUE(inputs.has_value());
    EXPECT_EQ(runAll(std::make_shared<const Inputs>(*inputs)).check, SelfCheck{});
}

TEST(Rules, AWrongSlotIsRuleThree)
{
    World w = filedWorld(2);
    EXPECT_FALSE(checkAll(w));
    Record q;
    q.kind = Kind::Defined;
    q.item = TimerId(2);
    w.apply(q);
    q.kind = Kind::Queued;
    q.value = 101;
    q.slot = 100;
    w.apply(q);
    EXPECT_EQ(brokenByTouch(w, q), 3);
    ASSERT_TRUE(checkAll(w));
    EXPECT_EQ(checkAll(w)->rule, 3);
    EXPECT_EQ(checkAll(w)->text, "timer 2 in tv1[100]");
}

TEST(Rules, APositionThatSkipsIsRuleFour)
{
    World w = filedWorld(0);
    Record r;
    r.kind = Kind::RegisterSet;
    r.slot = static_cast<std::uint32_t>(Register::TimerJiffies);
    r.before = 1;
    r.value = 3;
    w.apply(r);
    EXPECT_EQ(brokenByTouch(w, r), 4);
    EXPECT_EQ(checkAll(w)->rule, 4);
}
