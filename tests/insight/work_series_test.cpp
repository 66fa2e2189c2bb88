// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/work_series.h"

#include "tests/insight/three_ways.h"
#include "tests/property/random_inputs.h"

#include <map>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;
using jiffy::tests::threeWaysOn;

namespace
{

/// Every tick counted one by one.
std::map<std::uint64_t, WorkTick> oneByOne(const Inputs& in, const LogView& log)
{
    std::map<std::uint64_t, WorkTick> result;
    std::uint64_t ticks = 0;
    bool isInside = false;
    for (std::uint64_t e = 0; e < log.size(); ++e) {
        const Record& r = log[e];
        ticks += ticksOf(r);
        if (r.kind == Kind::Entered && r.site == Site::RunTimerSoftirq) isInside = true;
        if (r.kind == Kind::Left && r.site == Site::RunTimerSoftirq) isInside = false;
        if (r.kind != Kind::Counted && r.kind != Kind::Moved && r.kind != Kind::Fired) continue;
        const bool isNew = result.find(ticks) == result.end();
        WorkTick& w = result[ticks];
        w.tick = ticks;
        if (isNew || (r.kind != Kind::Counted && w.work() == 0)) w.event = e;
        if (r.kind == Kind::Counted) (isInside ? w.comparisonsInside : w.comparisonsOutside) += r.value;
        if (r.kind == Kind::Moved) ++w.moves;
        if (r.kind != Kind::Fired) continue;
        const Jiffies now = in.machine.word.add(in.machine.jiffies, ticks);
        const auto late = in.machine.word.signedDistance(now, r.before);
        w.latest = w.handlers == 0 ? late : std::max(w.latest, late);
        ++w.handlers;
    }
    return result;
}

} // namespace

RC_GTEST_PROP(WorkSeries, IsTheSameInTwoHalvesAsAtOnce, ())
{
    const auto in = std::make_shared<const Inputs>((*jiffy::tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    WorkSeries once(in->machine), halves(in->machine);
    once.extend(log);
    const auto cut = *rc::gen::inRange<std::uint64_t>(0, log.size() + 1);
    halves.extend(log.prefix(cut));
    halves.extend(log);
    RC_ASSERT(once == halves);
}

RC_GTEST_PROP(WorkSeries, KnowsEveryTickAndTheWorstOfEachBucket, ())
{
    const auto in = std::make_shared<const Inputs>((*jiffy::tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    WorkSeries series(in->machine);
    series.extend(log);
    const auto expected = oneByOne(*in, log);
    RC_ASSERT(series.busyTicks().size() == expected.size());
    std::size_t i = 0;
    for (const auto& [tick, w] : expected) {
        RC_ASSERT(series.busyTicks()[i++] == w);
        RC_ASSERT(*series.at(tick) == w);
    }
    std::uint64_t done = 0;
    for (const auto& [tick, w] : expected)
        for (std::uint64_t k = 0; k < w.work(); ++k) RC_ASSERT(series.tickOfWork(done++)->tick == tick);
    RC_ASSERT(series.totalWork() == done);
    RC_ASSERT(series.tickOfWork(done) == nullptr);
    for (int level = 0; level < WorkSeries::levels; ++level) {
        std::map<std::uint64_t, std::pair<WorkTick, WorkTick>> buckets;
        for (const auto& [tick, w] : expected) {
            auto& [worst, outside] = buckets.try_emplace(tick / WorkSeries::width(level), w, w).first->second;
            if (w.work() > worst.work()) worst = w;
            if (w.comparisonsOutside > outside.comparisonsOutside) outside = w;
        }
        auto it = buckets.begin();
        series.visit(level, 0, ~0ull, [&](const WorkTick& worst, const WorkTick& outside) {
            RC_ASSERT(it != buckets.end());
            RC_ASSERT(worst == it->second.first);
            RC_ASSERT(outside == it->second.second);
            ++it;
        });
        RC_ASSERT(it == buckets.end());
    }
}

RC_GTEST_PROP(WorkSeries, FindsTheWorstTickOfAnyStretch, ())
{
    const auto in = std::make_shared<const Inputs>((*jiffy::tests::randomCases()).inputs());
    const LogView log = runAll(in).log;
    WorkSeries series(in->machine);
    series.extend(log);
    const auto end = std::min<std::uint64_t>(series.ticks() + 2, 1u << 30);
    const auto from = *rc::gen::inRange<std::uint64_t>(0, end), to = *rc::gen::inRange<std::uint64_t>(0, end);
    const WorkTick *worst = nullptr, *outside = nullptr;
    for (const WorkTick& w : series.busyTicks()) {
        if (w.tick < from || w.tick >= to) continue;
        if (w.work() > (worst == nullptr ? 0 : worst->work())) worst = &w;
        if (w.comparisonsOutside > (outside == nullptr ? 0 : outside->comparisonsOutside)) outside = &w;
    }
    RC_ASSERT(series.worstWithin(from, to) == worst);
    RC_ASSERT(series.mostOutsideWithin(from, to) == outside);
}

TEST(WorkSeries, Lesson8sExpensiveTickIs1536)
{
    const InputsPtr in = threeWaysOn("wheel-3.9");
    WorkSeries series(in->machine);
    series.extend(runAll(in).log);
    const WorkTick* worst = series.worstWithin(0, ~0ull);
    ASSERT_NE(worst, nullptr);
    EXPECT_EQ(worst->tick, 536u);
    EXPECT_EQ(worst->moves, 100u);
    EXPECT_EQ(worst->handlers, 1u);
    EXPECT_EQ(series.mostOutsideWithin(0, ~0ull), nullptr);
}

TEST(WorkSeries, TheListsComparisonsLieOutsideTheTicks)
{
    const InputsPtr in = threeWaysOn("sorted-list");
    WorkSeries series(in->machine);
    series.extend(runAll(in).log);
    const WorkTick* outside = series.mostOutsideWithin(0, ~0ull);
    ASSERT_NE(outside, nullptr);
    EXPECT_EQ(outside->tick, 0u);
    EXPECT_EQ(outside->comparisonsOutside, 5260u);
    EXPECT_EQ(outside->work(), 0u);
    EXPECT_EQ(series.worstWithin(0, ~0ull)->tick, 10u); // each tick has one handler: the first
}

TEST(WorkSeries, TheWheelWithoutCascadesRunsSixtyFourLate)
{
    const InputsPtr in = threeWaysOn("wheel-6.1");
    WorkSeries series(in->machine);
    series.extend(runAll(in).log);
    ASSERT_NE(series.at(600), nullptr);
    EXPECT_EQ(series.at(600)->handlers, 64u);
    EXPECT_EQ(series.at(600)->latest, 64);
    EXPECT_EQ(series.at(664)->handlers, 36u);
    EXPECT_EQ(series.at(601), nullptr);
}
