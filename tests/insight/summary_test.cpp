// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/summary.h"

#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "core/world/world.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using jiffy::tests::RandomCase;

namespace
{

InputsPtr vector(std::string_view ops)
{
    return std::make_shared<const Inputs>(readOps(ops, "test.ops").value());
}

std::string line(const Summary& s, const Inputs& inputs, std::string_view name)
{
    for (const auto& l : s.lines(inputs)) {
        if (l.name == name) return l.value;
    }
    return "(none)";
}

/// cascade() calls of a run of turns, one position after the other as __run_timers() goes.
std::uint64_t cascadesOneByOne(const World& before, const Record& passed)
{
    std::uint64_t n = 0;
    const Geometry& g = before.geometry();
    for (std::uint64_t rest = passed.before; rest != 0; rest &= rest - 1) {
        const Jiffies from = before.cpu(__builtin_ctzll(rest)).timerJiffies;
        if (passed.value > 100'000) {
            n += cascadesWithin(g, from, passed.value); // too far to walk
            continue;
        }
        for (std::uint64_t k = 0; k < passed.value; ++k) {
            const Jiffies position = g.word.add(from, k);
            if (g.level[0].indexOf(position) != 0) continue;
            for (int l = 1; l < g.levels; ++l) {
                ++n;
                if (g.level[static_cast<std::size_t>(l)].indexOf(position) != 0) break;
            }
        }
    }
    return n;
}

} // namespace

TEST(Summary, CountsCallsByWhatTheyDid)
{
    const auto inputs = vector("machine bits=32 small=0 cpus=1 hz=250 jiffies=0\n"
                               "timer 1 slack=0\ntimer 2 slack=0\ntimer 3 slack=0\n"
                               "add 0 1 +10\nadd 0 2 +20\nadd 0 1 +5\n" // the last one is refused
                               "mod 0 2 +30\nmod 0 2 +30\n"             // the second changes nothing
                               "mod 0 3 +600\ndel 0 3\ndel 0 3\n"
                               "tick 20\nadd 0 3 +1000\n");
    const Snapshot run = runAll(inputs);
    const Summary s = summarise(*inputs, run.log, run.open);
    EXPECT_EQ(s.ticks(), 20u);
    EXPECT_EQ(s.armed, 4u);
    EXPECT_EQ(s.rearmed, 1u);
    EXPECT_EQ(s.deleted, 1u);
    EXPECT_EQ(s.fired, 1u);
    EXPECT_EQ(s.refused, 1u);
    EXPECT_EQ(s.pending(), 2u);
    EXPECT_EQ(s.worstLateness, 0);
    EXPECT_EQ(line(s, *inputs, "worst lateness of"), "1 at jiffies 10");
    EXPECT_EQ(line(s, *inputs, "pending at the end"), "2");
    EXPECT_EQ(line(s, *inputs, "machine fired"), "(none)");
}

TEST(Summary, CountsCascadesOfPassedTicksByArithmetic)
{
    // Positions 0 to 2^26: tv2 was looked at 2^18 + 1 times, tv3 2^12 + 1, tv4 2^6 + 1, tv5 twice, on either CPU.
    const auto inputs = vector("machine bits=32 small=0 cpus=2 hz=250 jiffies=0\ntick 67108864\n");
    const Snapshot run = runAll(inputs);
    EXPECT_LE(run.log.size(), 8u);
    const Summary s = summarise(*inputs, run.log, run.open);
    EXPECT_EQ(s.ticks(), 67108864u);
    EXPECT_EQ(s.cascades, 2u * ((1u << 18) + (1u << 12) + (1u << 6) + 1 + 4));
    EXPECT_EQ(s.emptyCascades, s.cascades);
}

TEST(Summary, TellsTheLatestTimer)
{
    const auto inputs = vector("machine bits=32 small=0 cpus=1 hz=250 jiffies=4294967290\n"
                               "timer 7 slack=0\ntimer 8 slack=0\nadd 0 7 +3\nadd 0 8 +5\nadvance 12\nsoftirq 0\n");
    const Snapshot run = runAll(inputs);
    const Summary s = summarise(*inputs, run.log, run.open);
    EXPECT_EQ(s.worstLateness, 9);
    EXPECT_EQ(line(s, *inputs, "worst lateness of"), "7 at jiffies 6");
}

TEST(Summary, TellsOfAnAlgorithmOnlyWhatItHas)
{
    Inputs in = *vector("machine bits=32 small=0 cpus=1 hz=250 jiffies=0\ntimer 1 slack=0\nadd 0 1 +300\ntick 400\n");
    using Names = std::vector<std::string>;
    const auto untold = [&](TimerAlgorithm timers) {
        in.machine.timers = timers;
        const auto inputs = std::make_shared<const Inputs>(in);
        const Snapshot run = runAll(inputs);
        Names names;
        for (const SummaryLine& l : summarise(*inputs, run.log, run.open).lines(*inputs)) {
            if (l.isTold) continue;
            EXPECT_EQ(l.value, "0") << l.name;
            names.push_back(l.name);
        }
        return names;
    };
    EXPECT_EQ(untold(TimerAlgorithm::Wheel39), Names{"comparisons"});
    EXPECT_EQ(untold(TimerAlgorithm::Wheel61), (Names{"cascades", "empty cascades", "moves", "comparisons"}));
    EXPECT_EQ(untold(TimerAlgorithm::SortedList), (Names{"cascades", "empty cascades", "moves"}));
}

TEST(Summary, SaysWhatRanBeforeItsTime)
{
    // 6.1 at HZ 1000 has nine levels; what is further away than they reach runs at their end.
    const auto near = vector("machine bits=64 small=0 cpus=1 hz=1000 jiffies=0\ntimer 1 slack=0\nadd 0 1 +10\ntick 20\n");
    EXPECT_EQ(line(summarise(*near, runAll(near).log, {}), *near, "earliest"), "(none)");
    Inputs far = *vector("machine bits=64 small=0 cpus=1 hz=1000 jiffies=0\ntimer 1 slack=0\nadd 0 1 +2000000000\ntick 1200000000\n");
    far.machine.timers = TimerAlgorithm::Wheel61;
    const auto inputs = std::make_shared<const Inputs>(far);
    const Snapshot run = runAll(inputs);
    const Summary s = summarise(*inputs, run.log, run.open);
    EXPECT_EQ(s.fired, 1u);
    constexpr std::uint64_t end = 63ull << 24;
    EXPECT_EQ(line(s, *inputs, "earliest"), std::to_string(2'000'000'000 - end) + " early");
    EXPECT_EQ(line(s, *inputs, "worst lateness"), "0");
    EXPECT_EQ(line(s, *inputs, "worst lateness of"), "(none)");
    EXPECT_EQ(line(s, *inputs, "earliest of"), "1 at jiffies " + std::to_string(end));
}

RC_GTEST_PROP(Summary, AgreesWithTheWorld, ())
{
    const RandomCase c = *jiffy::tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot run = runAll(inputs);
    World world(inputs->machine);
    ClockFold clock(inputs->machine);
    std::uint64_t cascades = 0;
    for (std::uint64_t i = 0; i < run.log.size(); ++i) {
        const Record& r = run.log[i];
        if (r.kind == Kind::Spliced && r.site == Site::Cascade) ++cascades;
        if (r.kind == Kind::Passed) cascades += cascadesOneByOne(world, r);
        world.apply(r);
        clock.apply(r);
    }
    const Summary s = summarise(*inputs, run.log, run.open);
    RC_ASSERT(s.ticks() == world.clock().ticks);
    RC_ASSERT(s.pending() == world.pendingCount());
    RC_ASSERT(s.events == run.log.size());
    RC_ASSERT(s.cascades == cascades);
    RC_ASSERT(clock.jiffies == world.clock().jiffies);
    RC_ASSERT(clock.now() == world.now());
    for (int cpu = 0; cpu < world.cpuCount(); ++cpu)
        RC_ASSERT(clock.positions[static_cast<std::size_t>(cpu)] == world.cpu(cpu).timerJiffies);
}
