// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that share a CPU by slices: what a handler takes is taken from nobody's time, and who gives way goes on where
// it was.
#include "core/run/run.h"
#include "core/scenario/reader.h"

#include <gtest/gtest.h>

using namespace jiffy::core;

namespace
{

/// ns at which processes end, by number.
std::vector<std::uint64_t> endings(const char* text)
{
    const auto inputs = readScenario(text, "slices.jiffy.json");
    EXPECT_TRUE(inputs.has_value());
    if (!inputs) return {};
    const auto shared = std::make_shared<const Inputs>(*inputs);
    const Snapshot run = runAll(shared);
    EXPECT_EQ(run.check.broken, 0);
    World world(shared->machine);
    std::vector<std::uint64_t> ends(shared->machine.kernel.processes);
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        const Record& r = run.log[e];
        world.apply(r);
        if (r.kind == Kind::RegisterSet && r.site == Site::DoExit) ends[r.link] = static_cast<std::uint64_t>(world.now());
    }
    return ends;
}

} // namespace

TEST(Slices, AreTakenInTurnAndAHandlersTimeIsNobodys)
{
    // P runs 0..10 and, behind the handler, gives way at 45; Q 45..60, P 60..80, Q 80..95, P 95..115.
    const auto ends = endings(R"({"format": "jiffyscope-scenario", "version": 1,
        "machine": {"hz": 100, "jiffies": 1000, "slice": 2},
        "items": [{"name": "A", "slack": 0, "on": [{"do": "burn", "for": "35ms"}]}],
        "processes": [{"name": "P", "does": [{"do": "burn", "for": "50ms"}]},
                      {"name": "Q", "does": [{"do": "burn", "for": "30ms"}]}],
        "actions": [{"at": "+0", "do": "add_timer", "timer": "A", "expires": "+1"}]})");
    EXPECT_EQ(ends, (std::vector<std::uint64_t>{115'000'000, 95'000'000}));
}

TEST(Slices, DoNotPushAsideWhoHoldsALock)
{
    const auto ends = endings(R"({"format": "jiffyscope-scenario", "version": 1,
        "machine": {"hz": 100, "jiffies": 1000, "slice": 1},
        "processes": [{"name": "P", "does": [{"do": "spin_lock", "lock": "L"}, {"do": "burn", "for": "50ms"},
                                             {"do": "spin_unlock", "lock": "L"}]},
                      {"name": "Q", "does": [{"do": "burn", "for": "5ms"}]}],
        "until": "+20"})");
    EXPECT_EQ(ends, (std::vector<std::uint64_t>{55'000'000, 55'000'000}));
}

TEST(Slices, WithoutThemAProcessRunsUntilItSleeps)
{
    const auto ends = endings(R"({"format": "jiffyscope-scenario", "version": 1,
        "machine": {"hz": 100, "jiffies": 1000},
        "processes": [{"name": "P", "does": [{"do": "burn", "for": "50ms"}]},
                      {"name": "Q", "does": [{"do": "burn", "for": "5ms"}]}]})");
    EXPECT_EQ(ends, (std::vector<std::uint64_t>{50'000'000, 55'000'000}));
}
