// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/costs.h"

#include "core/insight/cost_lines.h"
#include "core/timers/registry.h"

#include "tests/insight/three_ways.h"
#include "tests/property/random_inputs.h"

#include <map>
#include <rapidcheck/gtest.h>
#include <set>

using namespace jiffy::core;
using jiffy::tests::eventsUntil;
using jiffy::tests::threeWaysOn;

namespace
{

/// What happened in one tick, counted with maps and sets rather than carried along.
struct TickCount
{
    std::uint64_t moves = 0, handlers = 0, comparisons = 0;
    std::set<int> woken;
    std::uint64_t firstWork = Extreme::never, firstComparison = Extreme::never;
};

struct Go
{
    std::uint64_t links = 0, lines = 0, first = 0;
};

/// The accounts of a prefix, one question after the other.
CostTotals naive(const Inputs& in, const LogView& log)
{
    const Geometry g = geometryOf(in.machine);
    std::map<std::uint64_t, TickCount> ticks;
    std::vector<Go> goes;
    std::map<std::uint64_t, std::uint64_t> tickOfEvent;
    std::vector<LateCall> calls;
    CostTotals t;
    ClockFold clock(in.machine);
    bool isNewGo = true, isInSoftirq = false;
    for (std::uint64_t e = 0; e < log.size(); ++e) {
        const Record& r = log[e];
        const StepCost cost = costOf(g, clock, r);
        clock.apply(r);
        tickOfEvent[e] = clock.ticks;
        TickCount& tick = ticks[clock.ticks];
        const bool isSoftirq =
            r.site == Site::RunTimerSoftirq && (r.kind == Kind::Entered || r.kind == Kind::Left);
        if (isSoftirq && r.kind == Kind::Entered) isNewGo = isInSoftirq = true;
        if (r.kind != Kind::Passed) {
            if (isNewGo) goes.push_back({0, 0, e});
            goes.back().links += cost.links;
            goes.back().lines += cost.lines;
        }
        if (isSoftirq && r.kind == Kind::Left) isInSoftirq = false;
        isNewGo = r.kind == Kind::Passed || (!isInSoftirq && (isSoftirq || !r.hasMore()));
        t.links += cost.links;
        t.lines += cost.lines;
        t.comparisons += cost.comparisons;
        if (r.kind == Kind::Counted && r.value > t.worstInsertion.value)
            t.worstInsertion = {r.value, e, clock.ticks};
        if (r.kind == Kind::Counted && isInSoftirq) {
            t.comparisonsInTick += r.value;
            tick.comparisons += r.value;
            tick.firstComparison = std::min(tick.firstComparison, e);
        }
        if (r.kind == Kind::Moved || r.kind == Kind::Fired) tick.firstWork = std::min(tick.firstWork, e);
        if (r.kind == Kind::Moved) ++tick.moves;
        if (r.kind == Kind::Fired) {
            ++tick.handlers;
            const bool wakes = g.is(TimerAlgorithm::SortedList) || (in.timers[r.item.value].flags & Deferrable) == 0;
            if (wakes && tick.woken.insert(r.cpu).second) t.lastWakeUp = {t.lastWakeUp.value + 1, e, clock.ticks};
            calls.push_back({in.machine.word.signedDistance(clock.jiffies, r.before), e, clock.ticks, r.item,
                             r.slotId()});
        }
        if (r.kind == Kind::Queued && g.hasCascades() && r.slackAdded() > t.mostSlack.value)
            t.mostSlack = {r.slackAdded(), e, clock.ticks};
    }
    for (const auto& [at, tick] : ticks) {
        t.moves += tick.moves;
        t.handlers += tick.handlers;
        t.wakeUps += tick.woken.size();
        if (tick.moves > t.mostMoves.value) t.mostMoves = {tick.moves, tick.firstWork, at};
        if (tick.handlers > t.mostHandlers.value) t.mostHandlers = {tick.handlers, tick.firstWork, at};
        if (tick.comparisons > t.worstComparisonsInTick.value)
            t.worstComparisonsInTick = {tick.comparisons, tick.firstComparison, at};
        if (tick.moves + tick.handlers > t.mostWork.value) {
            t.mostWork = {tick.moves + tick.handlers, tick.firstWork, at};
            t.mostWorkMoves = tick.moves;
            t.mostWorkHandlers = tick.handlers;
        }
    }
    for (const Go& go : goes) {
        if (go.links > t.mostLinks.value) t.mostLinks = {go.links, go.first, t.mostLinks.tick};
        if (go.lines > t.mostLines.value) t.mostLines = {go.lines, go.first, t.mostLines.tick};
    }
    for (const LateCall& c : calls) {
        if (!t.latest.isAny() || c.jiffies > t.latest.jiffies) t.latest = c;
        if (!t.earliest.isAny() || c.jiffies < t.earliest.jiffies) t.earliest = c;
        if (c.jiffies < 0) ++t.early;
    }
    if (t.mostLinks.isAny()) t.mostLinks.tick = tickOfEvent[t.mostLinks.event];
    if (t.mostLines.isAny()) t.mostLines.tick = tickOfEvent[t.mostLines.event];
    return t;
}

struct Played
{
    explicit Played(std::string_view algorithm)
        : inputs(threeWaysOn(algorithm)), run(runAll(inputs)), costs(inputs->machine)
    {
        costs.extend(run.log);
    }
    CostTotals at(Jiffies jiffies) const
    {
        return costs.upTo(run.log, eventsUntil(*inputs, run.log, jiffies));
    }

    InputsPtr inputs;
    Snapshot run;
    Costs costs;
};

} // namespace

RC_GTEST_PROP(Costs, AreWhatANaiveCountOverThePrefixSays, ())
{
    const auto in = std::make_shared<const Inputs>((*jiffy::tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    Costs costs(in->machine);
    costs.extend(log);
    RC_ASSERT(costs.upTo(log, log.size()) == costs.totals());
    for (int i = 0; i < 3; ++i) {
        const auto events = *rc::gen::inRange<std::uint64_t>(0, log.size() + 1);
        CostTotals found = costs.upTo(log, events), expected = naive(*in, log.prefix(events));
        // A go that became the most in its course keeps the tick in which it did; it lies within one.
        RC_ASSERT(found == expected);
    }
}

RC_GTEST_PROP(Costs, AreTheSameInTwoHalvesAsAtOnce, ())
{
    const auto in = std::make_shared<const Inputs>((*jiffy::tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    Costs once(in->machine), halves(in->machine);
    once.extend(log);
    halves.extend(log.prefix(*rc::gen::inRange<std::uint64_t>(0, log.size() + 1)));
    halves.extend(log);
    RC_ASSERT(once.totals() == halves.totals());
    const auto events = *rc::gen::inRange<std::uint64_t>(0, log.size() + 1);
    RC_ASSERT(once.upTo(log, events) == halves.upTo(log, events));
}

TEST(Costs, Lesson8And16OnTheSortedListCostComparisons)
{
    const Played list("sorted-list");
    const CostTotals t = list.at(1600);
    EXPECT_EQ(t.comparisons, 5260u);
    EXPECT_EQ(t.comparisonsInTick, 0u);
    EXPECT_EQ(t.worstInsertion.value,
              102u); // 1635, behind 1010, 1100 and 99 others; with 2000 the place is found
    EXPECT_EQ(list.inputs->timerName(list.run.log[t.worstInsertion.event].item), "t1635");
    EXPECT_EQ(t.moves, 0u);
    EXPECT_EQ(t.latest.jiffies, 0);
    EXPECT_EQ(t.earliest.jiffies, 0);
    EXPECT_EQ(t.wakeUps, 67u);
    EXPECT_EQ(t.mostWork.value, 1u);
    EXPECT_EQ(t.handlers, 67u);
    EXPECT_EQ(list.costs.totals().handlers, 105u);
}

TEST(Costs, Lesson8And16OnTheCascadingWheelCostMoves)
{
    const Played wheel("wheel-3.9");
    const CostTotals t = wheel.at(1600);
    EXPECT_EQ(t.comparisons, 0u);
    EXPECT_EQ(t.moves, 100u);
    EXPECT_EQ(t.latest.jiffies, 0);
    EXPECT_EQ(t.wakeUps, 67u);
    EXPECT_EQ(t.mostWork.value, 101u);
    EXPECT_EQ(t.mostWork.tick, 536u);
    EXPECT_EQ(t.mostWorkMoves, 100u);
    EXPECT_EQ(t.mostWorkHandlers, 1u);
    EXPECT_EQ(wheel.run.log[t.mostWork.event].kind, Kind::Moved);
    EXPECT_EQ(t.mostMoves.value, 100u);
    // The splices of tv2's slot and of tv1's, 100 moves, one call.
    EXPECT_EQ(t.mostLinks.value, 4u + 100 * 6 + 4 + 2);
    EXPECT_EQ(t.mostLines.value, 4u + 100 * 5 + 4 + 3);
    // Before 1536 nothing had been moved.
    EXPECT_EQ(wheel.at(1535).moves, 0u);
    EXPECT_EQ(wheel.at(1535).mostWork.value, 1u);
}

TEST(Costs, Lesson8And16OnTheWheelWithoutCascadesCostLateness)
{
    const Played wheel("wheel-6.1");
    const CostTotals t = wheel.at(1600);
    EXPECT_EQ(t.comparisons, 0u);
    EXPECT_EQ(t.moves, 0u);
    EXPECT_EQ(t.latest.jiffies, 64);
    EXPECT_EQ(wheel.inputs->timerName(t.latest.timer), "t1536");
    EXPECT_EQ(t.latest.tick, 600u);
    EXPECT_EQ(geometryOf(wheel.inputs->machine).slotName(t.latest.slot), "lvl2[25]");
    EXPECT_EQ(t.earliest.jiffies, 1);
    EXPECT_EQ(t.early, 0u);
    EXPECT_EQ(t.wakeUps, 3u);
    EXPECT_EQ(t.mostWork.value, 64u);
    EXPECT_EQ(t.mostWork.tick, 600u);
}

TEST(Costs, WakeUpsCountEachCpuAndComparisonsByHandlersStandApart)
{
    const auto read = readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"t",
        "machine":{"cpus":2,"hz":1000,"jiffies":"1000","timers":"sorted-list"},
        "items":[{"name":"a","slack":0,"on":[{"do":"rearm","by":"+95"}]},{"name":"b","slack":0},{"name":"c","slack":0}],
        "actions":[{"at":"+0","do":"add_timer","timer":"a","expires":"1010"},
                   {"at":"+0","do":"add_timer","timer":"b","expires":"1100"},
                   {"at":"+0","cpu":1,"do":"add_timer","timer":"c","expires":"1010"}],
        "until":"+20"})",
                                   "t");
    ASSERT_TRUE(read.has_value());
    const auto in = std::make_shared<const Inputs>(*read);
    const Snapshot run = runAll(in);
    Costs costs(in->machine);
    costs.extend(run.log);
    EXPECT_EQ(costs.totals().wakeUps, 2u); // both CPUs at 1010
    EXPECT_EQ(costs.totals().mostWork.value, 2u);
    EXPECT_EQ(costs.totals().comparisons, 2u); // b with a; a, armed anew, with b
    EXPECT_EQ(costs.totals().comparisonsInTick, 1u);
    EXPECT_EQ(costs.totals().worstComparisonsInTick.tick, 10u);
}

TEST(Costs, DeferrableTimersWakeNobodyButOnTheList)
{
    const auto read = readScenario(R"({"format":"jiffyscope-scenario","version":1,"title":"t",
        "machine":{"hz":1000,"jiffies":"1000"},
        "items":[{"name":"d","slack":0,"deferrable":true},{"name":"n","slack":0}],
        "actions":[{"at":"+0","do":"mod_timer","timer":"d","expires":"1010"},
                   {"at":"+0","do":"mod_timer","timer":"n","expires":"1020"}],
        "until":"+40"})",
                                   "t");
    ASSERT_TRUE(read.has_value());
    for (const auto& [algorithm, expected] : {std::pair{"sorted-list", 2u}, {"wheel-3.9", 1u}, {"wheel-6.1", 1u}}) {
        const auto in = inputsOn(*read, *timersNamed(algorithm));
        const Snapshot run = runAll(in);
        Costs costs(in->machine);
        costs.extend(run.log);
        EXPECT_EQ(costs.totals().handlers, 2u) << algorithm;
        EXPECT_EQ(costs.totals().wakeUps, expected) << algorithm;
        EXPECT_EQ(costs.upTo(run.log, run.log.size() - 1).wakeUps, expected) << algorithm;
    }
}

TEST(Costs, NothingIsLatestWhereAllRanEarly)
{
    CostTotals t;
    t.latest = t.earliest = {-5, 7, 9, TimerId(0), SlotId()};
    t.early = 1;
    for (const CostLine& line : costLines(t)) {
        if (line.name == "latest handler") {
            EXPECT_EQ(line.value, 0);
            EXPECT_FALSE(line.cause.has_value());
        }
        if (line.name == "earliest handler") {
            EXPECT_EQ(line.value, -5);
        }
    }
}

TEST(Costs, SlackIsNoLatenessButStandsApart)
{
    const auto read = readScenario(
        R"({"format":"jiffyscope-scenario","version":1,"title":"t","machine":{"hz":1000,"jiffies":"1000"},
        "items":[{"name":"a","slack":20}],"actions":[{"at":"+0","do":"mod_timer","timer":"a","expires":"1010"}],"until":"+50"})",
        "t");
    ASSERT_TRUE(read.has_value());
    const auto in = std::make_shared<const Inputs>(*read);
    const Snapshot run = runAll(in);
    Costs costs(in->machine);
    costs.extend(run.log);
    EXPECT_EQ(costs.totals().latest.jiffies, 0);
    EXPECT_EQ(costs.totals().mostSlack.value, 14u); // 1010 + 20 = 1030 -> 1024
}

TEST(Costs, PassedTurnsLookAtOneSlotEachAndAtThoseThatCascade)
{
    const Geometry g = wheelGeometry(2, Word(32), false);
    MachineConfig machine;
    machine.jiffies = 0;
    ClockFold clock(machine); // positions 1
    Record passed;
    passed.kind = Kind::Passed;
    passed.site = Site::Tick;
    passed.value = 512;
    passed.before = 3;
    // Positions 1 to 512 on two CPUs: tv2 is looked at in 256 and 512.
    EXPECT_EQ(costOf(g, clock, passed).lines, 2u * (512 + 2));
    MachineConfig later;
    later.timers = TimerAlgorithm::Wheel61;
    EXPECT_EQ(costOf(geometryOf(later), ClockFold(later), passed).lines, 0u);
}
