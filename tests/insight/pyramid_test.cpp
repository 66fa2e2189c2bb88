// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/pyramid.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"
#include "tests/property/random_inputs.h"

#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>

using namespace jiffy;

namespace
{

core::Geometry geometryOf(const core::Inputs& in)
{
    return core::geometryOf(in.machine);
}

struct Counts
{
    std::uint32_t fires = 0, moves = 0;
};

/// Fires and moves of every tick and CPU, counted one by one.
std::map<std::pair<int, std::uint64_t>, Counts> countOneByOne(const core::LogView& log)
{
    std::map<std::pair<int, std::uint64_t>, Counts> result;
    std::uint64_t ticks = 0;
    for (std::uint64_t i = 0; i < log.size(); ++i) {
        const auto& r = log[i];
        ticks += core::ticksOf(r);
        if (r.kind == core::Kind::Fired) ++result[{r.cpu, ticks}].fires;
        if (r.kind == core::Kind::Moved) ++result[{r.cpu, ticks}].moves;
        if (r.kind == core::Kind::Counted && r.value != 0) result[{r.cpu, ticks}].moves += static_cast<std::uint32_t>(r.value);
    }
    return result;
}

} // namespace

RC_GTEST_PROP(CountPyramid, IsTheSameInTwoHalvesAsAtOnce, ())
{
    const auto in = std::make_shared<const core::Inputs>((*tests::randomCases()).inputs());
    const auto log = core::runAll(in).log;
    core::CountPyramid once(geometryOf(*in)), halves(geometryOf(*in));
    once.extend(log);
    halves.extend(log.prefix(*rc::gen::inRange<std::uint64_t>(0, log.size() + 1)));
    halves.extend(log);
    RC_ASSERT(once == halves);
}

RC_GTEST_PROP(CountPyramid, CountsEachTickAndTheBusiestOfEachBucket, ())
{
    const auto in = std::make_shared<const core::Inputs>((*tests::randomCases()).inputs());
    const auto log = core::runAll(in).log;
    core::CountPyramid pyramid(geometryOf(*in));
    pyramid.extend(log);
    const auto counts = countOneByOne(log);
    for (int level = 0; level < core::CountPyramid::levels; ++level) {
        std::map<std::pair<int, std::uint64_t>, Counts> expected;
        for (const auto& [key, c] : counts) {
            auto& e = expected[{key.first, key.second / core::CountPyramid::width(level)}];
            e.fires = std::max(e.fires, c.fires);
            e.moves = std::max(e.moves, c.moves);
        }
        std::size_t found = 0;
        for (int cpu = 0; cpu < pyramid.cpus(); ++cpu)
            pyramid.visit(cpu, level, 0, ~0ull, [&](const core::BusyBucket& b) {
                if (b.fires == 0 && b.moves == 0) return; // a cascade of deleted timers only
                ++found;
                const auto& e = expected[{cpu, b.number}];
                RC_ASSERT(b.fires == e.fires);
                RC_ASSERT(b.moves == e.moves);
            });
        RC_ASSERT(found == expected.size());
    }
}

TEST(CountPyramid, VisitsOnlyWhatTouchesTheStretch)
{
    core::Log log;
    const auto tick = [&](std::uint64_t n) {
        core::Record r;
        r.kind = core::Kind::Passed;
        r.site = core::Site::Tick;
        r.value = n;
        log.append(r);
    };
    core::Record fired;
    fired.kind = core::Kind::Fired;
    for (int i = 0; i < 5; ++i) {
        tick(100);
        log.append(fired);
    }
    core::CountPyramid pyramid(core::wheelGeometry(1, core::Word(32), false));
    pyramid.extend(log.view());
    const auto visited = [&](int level, std::uint64_t from, std::uint64_t to) {
        std::vector<std::uint64_t> numbers;
        pyramid.visit(0, level, from, to, [&](const core::BusyBucket& b) { numbers.push_back(b.number); });
        return numbers;
    };
    EXPECT_EQ(visited(0, 100, 300), (std::vector<std::uint64_t>{100, 200}));
    EXPECT_EQ(visited(0, 101, 301), (std::vector<std::uint64_t>{200, 300}));
    EXPECT_EQ(visited(2, 100, 300), (std::vector<std::uint64_t>{6, 12, 18})); // 18 begins at 288
    EXPECT_EQ(visited(4, 0, 1000), (std::vector<std::uint64_t>{0, 1}));
    EXPECT_EQ(pyramid.ticks(), 500u);
    EXPECT_EQ(core::CountPyramid::levelFor(0.5), 0);
    EXPECT_EQ(core::CountPyramid::levelFor(16), 2);
    EXPECT_EQ(core::CountPyramid::levelFor(255), 3);
    EXPECT_EQ(core::CountPyramid::levelFor(1e300), core::CountPyramid::levels - 1);
}

namespace
{

core::CountPyramid pyramidOf(const char* timers)
{
    const auto document = core::readDocument(R"({"format": "jiffyscope-scenario", "version": 1,
      "machine": {"cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000},
      "items": [{"name": "a", "slack": 0}, {"name": "b", "slack": 0}],
      "actions": [{"at": "+0", "cpu": 1, "do": "idle"},
                  {"at": "+1", "cpu": 1, "do": "get_next_timer_interrupt"},
                  {"at": "+2", "cpu": 0, "do": "add_timer_on", "timer": "a", "target": 1, "expires": "+100"},
                  {"at": "+3", "cpu": 1, "do": "busy"},
                  {"at": "+3", "cpu": 1, "do": "mod_timer_pinned", "timer": "b", "expires": "+10"}],
      "until": "+200"})", "x");
    const auto inputs = core::inputsOn(*core::compile(*document), *core::timersNamed(timers));
    core::CountPyramid pyramid(geometryOf(*inputs));
    pyramid.extend(core::runAll(inputs).log);
    return pyramid;
}

} // namespace

TEST(CountPyramid, KeepsWhoWasWoken)
{
    for (const char* timers : {"wheel-3.9", "wheel-6.1"}) {
        const auto pyramid = pyramidOf(timers);
        EXPECT_EQ(pyramid.wakes(0), std::vector<std::uint64_t>{}) << timers;
        EXPECT_EQ(pyramid.wakes(1), std::vector<std::uint64_t>{2}) << timers;
    }
}

TEST(CountPyramid, CountsTheComparisonsOfAList)
{
    const auto pyramid = pyramidOf("sorted-list");
    ASSERT_NE(pyramid.busyAt(1, 3), nullptr);
    EXPECT_EQ(pyramid.busyAt(1, 3)->moves, 1u) << "b is compared with a";
    EXPECT_EQ(pyramid.busyAt(1, 3)->fires, 0u);
}

/// Of 6.1 a level stands for what was due in it.
TEST(CountPyramid, KeepsWhichLevelsWereDue)
{
    const auto pyramid = pyramidOf("wheel-6.1");
    ASSERT_NE(pyramid.busyAt(1, 104), nullptr);
    EXPECT_EQ(pyramid.busyAt(1, 104)->cascades, 1u << 1);
    ASSERT_NE(pyramid.busyAt(1, 14), nullptr);
    EXPECT_EQ(pyramid.busyAt(1, 14)->cascades, 0u) << "the lowest level";
}
