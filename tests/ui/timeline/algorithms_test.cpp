// SPDX-License-Identifier: GPL-3.0-or-later
// What the timeline plans and shows of the wheel of 6.1 and of a sorted list.
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"
#include "ui/timeline/hover.h"
#include "ui/timeline/life_picture.h"
#include "ui/timeline/lives.h"
#include "ui/timeline/planned.h"
#include "ui/timeline/present_tick.h"

#include <gtest/gtest.h>

using namespace jiffy;
using core::LifeJoint;
using ui::PlannedFires;
using ui::Playhead;
using ui::TimeScale;

namespace
{

struct Ran
{
    core::InputsPtr inputs;
    core::Snapshot run;
    core::Geometry geometry;
    core::ItemIndex index;

    /// far to 1000, def deferrable to 40, near to 30, all of tick 0; the run goes on for 1100 ticks.
    explicit Ran(const char* timers)
        : inputs(core::inputsOn(*core::compile(*core::readDocument(R"({"format": "jiffyscope-scenario", "version": 1,
            "machine": {"cpus": 1, "bits": 32, "hz": 250, "jiffies": 0},
            "items": [{"name": "far", "slack": 0}, {"name": "def", "slack": 0, "deferrable": true}, {"name": "near", "slack": 0}],
            "actions": [{"at": "+0", "do": "mod_timer", "timer": "far", "expires": "+1000"},
                        {"at": "+0", "do": "mod_timer", "timer": "def", "expires": "+40"},
                        {"at": "+0", "do": "mod_timer", "timer": "near", "expires": "+30"}],
            "until": "+1100"})", "x")), *core::timersNamed(timers))),
          run(core::runAll(inputs)), geometry(core::geometryOf(inputs->machine))
    {
        index.extend(run.log);
    }
    /// Behind all calls of tick 0.
    core::World world() const
    {
        core::World w(inputs->machine);
        for (std::uint64_t i = 0; i < armed(); ++i) w.apply(run.log[i]);
        return w;
    }
    std::uint64_t armed() const
    {
        std::uint64_t i = 0;
        while (core::ticksOf(run.log[i]) == 0) ++i;
        return i;
    }
    core::Lifeline life(std::uint32_t timer) const
    {
        core::Lifeline l(core::TimerId(timer), inputs->machine);
        l.extend(index, run.log);
        return l;
    }
    std::uint64_t firedAt(std::uint32_t timer) const
    {
        const auto l = life(timer);
        for (const auto& j : l.joints())
            if (j.what == LifeJoint::What::Fired) return j.tick;
        return 0;
    }
};

} // namespace

TEST(TimelineAlgorithms, PlanWhatEachOneKnows)
{
    std::vector<PlannedFires> planned;
    const auto plan = [&](const char* timers) {
        planFires(Ran(timers).world(), 0, planned);
        return planned;
    };
    EXPECT_EQ(plan("wheel-3.9"), (std::vector<PlannedFires>{{30, 1}, {40, 1}})) << "tv1 alone knows the jiffy";
    EXPECT_EQ(plan("wheel-6.1"), (std::vector<PlannedFires>{{31, 1}, {41, 1}, {1024, 1}})) << "both wheels, all levels";
    EXPECT_EQ(plan("sorted-list"), (std::vector<PlannedFires>{{30, 1}, {40, 1}, {1000, 1}}));
}

TEST(TimelineAlgorithms, TakeTheNextTimersInTheOrderOfTheirCalls)
{
    for (const char* timers : {"wheel-3.9", "wheel-6.1", "sorted-list"}) {
        const Ran ran(timers);
        EXPECT_EQ(ui::nextToFire(ran.world(), *ran.inputs, 0, 3), (std::vector{core::TimerId(2), core::TimerId(1), core::TimerId(0)})) << timers;
        EXPECT_EQ(ui::nextToFire(ran.world(), *ran.inputs, 0, 1), std::vector{core::TimerId(2)}) << timers;
    }
}

/// The dotted line ends where it is called.
TEST(TimelineAlgorithms, LinesEndWhereTheBucketIsDue)
{
    const TimeScale scale{0, 2200, {0, 1100}};
    for (const char* timers : {"wheel-3.9", "wheel-6.1", "sorted-list"}) {
        const Ran ran(timers);
        for (std::uint32_t timer = 0; timer < 3; ++timer) {
            const auto picture = lifePicture(ran.life(timer), ran.geometry, scale, Playhead{ran.armed(), 0, 1}, 1100);
            ASSERT_TRUE(picture.plan) << timers << timer;
            EXPECT_EQ(picture.plan->tick, ran.firedAt(timer)) << timers << timer;
            if (ran.geometry.levels != 0) continue;
            for (const auto& stroke : picture.strokes)
                EXPECT_EQ(stroke.level, 0) << "a list has one colour";
        }
    }
    const auto far = lifePicture(Ran("wheel-6.1").life(0), Ran("wheel-6.1").geometry, scale, Playhead{0, 0, 1}, 1100);
    ASSERT_FALSE(far.strokes.empty());
    EXPECT_EQ(far.strokes.front().level, 2);
}

TEST(TimelineAlgorithms, PresentTickCountsComparisons)
{
    const Ran ran("sorted-list");
    ui::PresentTick present;
    present.reset(1);
    present.moveTo(ran.run.log, ran.armed(), false);
    EXPECT_EQ(present.done(0).moves, 2u) << "def with far, near with def";
    present.moveTo(ran.run.log, 0, false);
    EXPECT_EQ(present.done(0).moves, 0u);
}

TEST(TimelineAlgorithms, TellEarlyAndLateCalls)
{
    const Ran ran("wheel-6.1");
    const auto life = ran.life(0);
    const auto& fired = life.joints().back();
    ASSERT_EQ(fired.what, LifeJoint::What::Fired);
    EXPECT_EQ(ui::jointText(life, fired, ran.geometry), QStringLiteral("fires, 24 jiffies late"));
    LifeJoint early = fired;
    early.tick = 990;
    EXPECT_EQ(ui::jointText(life, early, ran.geometry), QStringLiteral("fires, 10 jiffies early"));
}
