// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of every run of tgtd: the log leads to the world and back, whichever way one goes and however
// the run is sliced, stopped and resumed.
#include "core/base/random.h"
#include "core/history/history.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/tgtd/counterpart.h"
#include "core/world/rules.h"
#include "tests/property/random_work.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

World foldTo(const Inputs& inputs, const LogView& log, std::uint64_t event)
{
    World world(inputs.machine);
    for (std::uint64_t e = 0; e < event; ++e)
        world.apply(log[e]);
    return world;
}

bool isSame(const LogView& a, const LogView& b)
{
    if (a.size() != b.size()) return false;
    for (std::uint64_t e = 0; e < a.size(); ++e)
        if (!(a[e] == b[e])) return false;
    return true;
}

} // namespace

RC_GTEST_PROP(WorkProperty, TheLogLeadsToTheWorldAndBack, ())
{
    const auto inputs = std::make_shared<const Inputs>((*tests::workCases()).inputs());
    Run run(inputs);
    while (run.advance(1000)) {
    }
    const Snapshot s = run.snapshot();
    RC_ASSERT(s.check.broken == 0);
    World world(inputs->machine);
    for (std::uint64_t e = 0; e < s.log.size(); ++e) {
        const World before = world;
        world.apply(s.log[e]);
        RC_ASSERT(brokenByTouch(world, s.log[e]) == 0);
        World back = world;
        back.unapply(s.log[e]);
        RC_ASSERT(back == before);
        if (e % 97 == 0) RC_ASSERT(!checkAll(world).has_value());
    }
    RC_ASSERT(world == run.world());
    RC_ASSERT(world.clock().ticks <= inputs->daemon.until);
    RC_ASSERT(world.clock().ticks == s.endTicks);
}

RC_GTEST_PROP(WorkProperty, SlicesDoNotChangeTheLog, ())
{
    const auto c = *tests::workCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot whole = runAll(inputs);
    Random random{c.seed + 1};
    Run run(inputs);
    while (run.advance(random.between(1, 50))) {
    }
    RC_ASSERT(isSame(run.snapshot().log, whole.log));
    RC_ASSERT(run.snapshot().status == whole.status);
}

RC_GTEST_PROP(WorkProperty, AnyPathToAPositionGivesTheSameWorld, ())
{
    const auto c = *tests::workCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot s = runAll(inputs);
    History history(inputs, s);
    Random random{c.seed + 2};
    for (int k = 0; k < 12; ++k) {
        const std::uint64_t event = random.between(0, s.log.size());
        RC_ASSERT(history.at({event, 0, 0}) == foldTo(*inputs, s.log, event));
    }
}

/// So many steps of a rung forward and as many back: the same stops, the same worlds.
RC_GTEST_PROP(WorkProperty, BackMirrorsForwardOnAllRungs, ())
{
    const auto c = *tests::workCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot s = runAll(inputs);
    History history(inputs, s);
    Random random{c.seed + 3};
    for (int r = 0; r < rungCount; ++r) {
        const auto rung = static_cast<Rung>(r);
        Position p{random.between(0, s.log.size()), 0, 0};
        if (!history.isStop(p, rung)) p = history.next(p, rung).value_or(history.end());
        std::vector<Position> stops{p};
        std::vector<World> worlds{history.at(p)};
        for (auto n = random.between(1, 12); n > 0; --n) {
            const auto next = history.next(stops.back(), rung);
            if (!next) break;
            RC_ASSERT(stops.back() < *next);
            stops.push_back(*next);
            worlds.push_back(history.at(*next));
        }
        for (std::size_t k = stops.size(); k-- > 1;) {
            const auto back = history.previous(stops[k], rung);
            RC_ASSERT(back.has_value() && *back == stops[k - 1]);
            RC_ASSERT(history.at(*back) == worlds[k - 1]);
        }
    }
}

/// The other scheduler runs over the same items, so that views can tie the two by number.
RC_GTEST_PROP(WorkProperty, TheOtherSchedulerKeepsTheNumbersOfTheItems, ())
{
    const auto inputs = std::make_shared<const Inputs>((*tests::workCases()).inputs());
    const auto other = counterpartOf(*inputs);
    RC_ASSERT(other->timers == inputs->timers);
    RC_ASSERT(other->names == inputs->names);
    RC_ASSERT(other->actions == inputs->actions);
    RC_ASSERT(other->daemon.scheduler != inputs->daemon.scheduler);
    RC_ASSERT(other->daemon.pipe == inputs->daemon.pipe);
    RC_ASSERT(other->daemon.sources == inputs->daemon.sources);
    RC_ASSERT(runAll(other).check.broken == 0);
}

/// Checkpoints of a long run, taken inside handlers, drains and waits: each of them leads to the same end.
TEST(WorkProperty, ARunGoesOnFromAnyCheckpoint)
{
    for (const char* scheduler : {"old", "new", "timerfd"}) {
        const auto read = readScenario(
            R"({"format": "jiffyscope-scenario", "version": 1, "daemon": {"scheduler": ")" +
                std::string(scheduler) +
                R"(", "batch": 100, "costs": {"syscall": "5us", "io": "3us", "func": "70us", "signal": "2us"}},
            "generate": {"seed": 5, "populations": [{"name": "w", "count": 5000, "at": "1.1s", "every": "100us", "seconds": {"uniform": [0, 20]}, "burn": "40us",
              "rearm": {"percent": 60, "seconds": {"uniform": [1, 9]}}, "cancel": {"percent": 20, "after": "2s"}}]},
            "actions": [{"at": "4s", "every": "3.1s", "times": 9, "do": "slow_call", "for": "400ms"}, {"at": "9s", "do": "settime", "by": "-1500ms"}], "until": "60s"})",
            "x");
        ASSERT_TRUE(read.has_value()) << toText(read.error());
        const auto inputs = std::make_shared<const Inputs>(*read);
        const Snapshot whole = runAll(inputs);
        EXPECT_EQ(whole.check.broken, 0);
        const auto& table = *whole.checkpoints;
        EXPECT_GE(table.size(), 2u) << scheduler << " " << whole.log.size();
        for (std::size_t k = 0; k < table.size(); ++k) {
            const auto earlier = std::make_shared<const CheckpointTable>(
                table.begin(), table.begin() + static_cast<std::ptrdiff_t>(k) + 1);
            core::Run run(inputs, whole.log.prefix(table[k]->event), table[k], earlier);
            while (run.advance(10'000)) {
            }
            EXPECT_TRUE(isSame(run.snapshot().log, whole.log)) << scheduler << ", checkpoint " << k;
        }
    }
}
