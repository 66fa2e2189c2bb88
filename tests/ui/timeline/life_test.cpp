// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "core/scenario/ops_reader.h"
#include "ui/timeline/life_picture.h"
#include "ui/timeline/lives.h"
#include "ui/timeline/present_tick.h"

#include <gtest/gtest.h>

using namespace jiffy;
using core::LifeJoint;
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

    explicit Ran(std::string_view ops)
        : inputs(std::make_shared<const core::Inputs>(core::readOps(ops, "test.ops").value())), run(core::runAll(inputs)),
          geometry(core::geometryOf(inputs->machine))
    {
        index.extend(run.log);
    }
    core::Lifeline life(std::uint32_t timer) const
    {
        core::Lifeline l(core::TimerId(timer), inputs->machine);
        l.extend(index, run.log);
        return l;
    }
    /// Behind the first record of a kind.
    std::uint64_t behind(core::Kind kind) const
    {
        for (std::uint64_t i = 0; i < run.log.size(); ++i)
            if (run.log[i].kind == kind) return i + 1;
        return 0;
    }
    core::World world(std::uint64_t events) const
    {
        core::World w(inputs->machine);
        for (std::uint64_t i = 0; i < events; ++i) w.apply(run.log[i]);
        return w;
    }
};

Ran cascading()
{
    return Ran("machine bits=32 small=0 cpus=1 hz=250 jiffies=0\nsoftirq 0\ntimer 1 slack=0\nadd 0 1 +300\ntick 400\n");
}

} // namespace

TEST(LifePicture, ChangesHueAtTheJointAndSplitsAtThePlayhead)
{
    const auto run = cascading();
    const TimeScale scale{0, 800, {0, 400}}; // 2 px a tick
    const auto picture = lifePicture(run.life(0), run.geometry, scale, Playhead{run.behind(core::Kind::Moved), 256, 1}, 400);
    ASSERT_EQ(picture.strokes.size(), 3u);
    EXPECT_EQ(picture.strokes[0].level, 1);
    EXPECT_TRUE(picture.strokes[0].isReached);
    EXPECT_EQ(picture.strokes[1].level, 0);
    EXPECT_TRUE(picture.strokes[1].isReached);
    EXPECT_EQ(picture.strokes[2].level, 0);
    EXPECT_FALSE(picture.strokes[2].isReached);
    EXPECT_EQ(picture.strokes[2].from, 514); // the right edge of tick 256
    EXPECT_EQ(picture.strokes[2].to, 601);   // the middle of tick 300
    ASSERT_EQ(picture.marks.size(), 3u);
    EXPECT_EQ(picture.marks[1].what, LifeJoint::What::Moved);
    EXPECT_TRUE(picture.marks[1].isPresent);
    EXPECT_EQ(picture.marks[2].what, LifeJoint::What::Fired);
    EXPECT_FALSE(picture.marks[2].isReached);
    ASSERT_TRUE(picture.plan);
    EXPECT_EQ(picture.plan->tick, 300u);
    EXPECT_EQ(picture.plan->to, 601);
    EXPECT_EQ(picture.plan->level, 0);
}

TEST(LifePicture, DividesTheTickOfThePlayhead)
{
    const auto run = cascading();
    const TimeScale scale{0, 800, {250, 260}}; // 80 px a tick; tick 256 from 480 to 560
    const auto moved = run.behind(core::Kind::Moved);
    // Before the cascade, in its tick: the joint lies right of the playhead and is not reached.
    const Playhead before{moved - 1, 256, .75};
    const auto ahead = lifePicture(run.life(0), run.geometry, scale, before, 400);
    ASSERT_EQ(ahead.marks.size(), 1u);
    EXPECT_FALSE(ahead.marks[0].isReached);
    EXPECT_EQ(ahead.marks[0].x, 540);
    EXPECT_EQ(ahead.plan->level, 1);
    // Behind it: left.
    const auto done = lifePicture(run.life(0), run.geometry, scale, Playhead{moved, 256, .25}, 400);
    EXPECT_TRUE(done.marks[0].isReached);
    EXPECT_EQ(done.marks[0].x, 500);
}

TEST(LifePicture, HasNoPlanWhenNothingIsArmed)
{
    const auto run = cascading();
    const TimeScale scale{0, 800, {0, 400}};
    EXPECT_FALSE(lifePicture(run.life(0), run.geometry, scale, Playhead{0, 0, 1}, 400).plan);
    EXPECT_FALSE(lifePicture(run.life(0), run.geometry, scale, Playhead{run.run.log.size(), 400, 1}, 400).plan);
}

TEST(LifePicture, IsDueInTheNextTickWhenItIsInThePast)
{
    EXPECT_EQ(ui::dueTick(5, 100, 1000, core::Word(32)), 101u);
    EXPECT_EQ(ui::dueTick(1000, 100, 1000, core::Word(32)), 101u);
    EXPECT_EQ(ui::dueTick(1180, 100, 1000, core::Word(32)), 280u);
    EXPECT_EQ(ui::dueTick(10, 100, 0xFFFFFFF0, core::Word(32)), 126u);
}

TEST(LifePicture, StaysSmallHoweverLongTheLife)
{
    // A timer that re-arms itself each 3 ticks, 20,000 times.
    const Ran run("machine bits=32 small=0 cpus=1 hz=250 jiffies=0\ntimer 1 slack=0\non 1 rearm 3\nadd 0 1 +3\ntick 60000\n");
    const auto life = run.life(0);
    ASSERT_GT(life.joints().size(), 30'000u);
    for (const double ticks : {100.0, 3'000.0, 60'000.0}) {
        const TimeScale scale{0, 1000, {0, ticks}};
        const auto picture = lifePicture(life, run.geometry, scale, Playhead{run.run.log.size(), 60'000, 1}, 60'000);
        EXPECT_LE(picture.marks.size(), 1500u) << ticks;
        EXPECT_LE(picture.strokes.size(), 3000u) << ticks;
        EXPECT_GE(picture.marks.size(), 30u) << ticks;
        // The line has no holes: it is armed all the time.
        double reach = picture.strokes.front().to;
        for (const auto& s : picture.strokes) {
            EXPECT_LE(s.from, reach + 1) << ticks;
            reach = std::max(reach, s.to);
        }
    }
}

TEST(NextToFire, TakesThemInTheOrderInWhichTheyWillBeCalled)
{
    const Ran run("machine bits=32 small=0 cpus=2 hz=250 jiffies=0\nsoftirq 0\nsoftirq 1\ntimer 1 slack=0\ntimer 2 slack=0\ntimer 3 slack=0\n"
                  "timer 4 slack=0\ntimer 5 slack=0\nadd 0 1 +5000\nadd 0 2 +40\nadd 0 3 +3\nadd 1 4 +2\nadd 0 5 +700\n");
    const auto world = run.world(run.run.log.size());
    const auto ids = [](const std::vector<core::TimerId>& timers) {
        std::vector<std::uint32_t> out;
        for (const auto t : timers) out.push_back(t.value);
        return out;
    };
    EXPECT_EQ(ids(ui::nextToFire(world, *run.inputs, 0, 10)), (std::vector<std::uint32_t>{2, 1, 4, 0}));
    EXPECT_EQ(ids(ui::nextToFire(world, *run.inputs, 0, 2)), (std::vector<std::uint32_t>{2, 1}));
    EXPECT_EQ(ids(ui::nextToFire(world, *run.inputs, 1, 2)), (std::vector<std::uint32_t>{3}));

    // A timer that is gone frees its place; the others keep theirs.
    ui::NextTimers next;
    next.update(world, *run.inputs, 0, 2, true, {});
    EXPECT_EQ(ids(next.timers()), (std::vector<std::uint32_t>{2, 1}));
    core::World later = world;
    core::Record r;
    r.kind = core::Kind::Unqueued;
    r.site = core::Site::DelTimer;
    r.item = core::TimerId(2);
    r.slot = later.slotOf(core::TimerId(2)).value;
    later.apply(r);
    next.update(later, *run.inputs, 0, 2, false, {});
    EXPECT_EQ(ids(next.timers()), (std::vector<std::uint32_t>{1, 4}));
}

TEST(PresentTick, IsDividedAtThePlayhead)
{
    const auto run = cascading();
    const auto moved = run.behind(core::Kind::Moved), fired = run.behind(core::Kind::Fired);
    ui::PresentTick tick;
    tick.reset(1);
    tick.moveTo(run.run.log, moved - 1, false);
    EXPECT_EQ(tick.done(0).moves, 0u);
    const double before = tick.share();
    EXPECT_GT(before, 0);
    EXPECT_LT(before, 1);
    tick.moveTo(run.run.log, moved, false);
    EXPECT_EQ(tick.done(0).moves, 1u);
    EXPECT_GT(tick.share(), before);
    tick.moveTo(run.run.log, moved - 1, false); // and back
    EXPECT_EQ(tick.done(0).moves, 0u);
    tick.moveTo(run.run.log, fired, false);
    EXPECT_EQ(tick.done(0).moves, 0u);
    EXPECT_EQ(tick.done(0).fires, 1u);
    tick.moveTo(run.run.log, tick.end(), false);
    EXPECT_EQ(tick.share(), 1);
    tick.moveTo(run.run.log, tick.end(), true); // within the empty ticks behind it
    EXPECT_EQ(tick.done(0).fires, 0u);
    EXPECT_EQ(tick.share(), 1);
}

TEST(PresentTick, AgreesWithCountingFromTheStart)
{
    const auto run = cascading();
    for (std::uint64_t from = 0; from <= run.run.log.size(); ++from)
        for (std::uint64_t to = 0; to <= run.run.log.size(); ++to) {
            ui::PresentTick walked, fresh;
            walked.reset(1);
            fresh.reset(1);
            walked.moveTo(run.run.log.prefix(from), from, false); // the log grows in between
            walked.moveTo(run.run.log, to, false);
            fresh.moveTo(run.run.log, to, false);
            ASSERT_EQ(walked.done(0), fresh.done(0)) << from << ' ' << to;
            ASSERT_EQ(walked.begin(), fresh.begin()) << from << ' ' << to;
            ASSERT_EQ(walked.end(), fresh.end()) << from << ' ' << to;
        }
}
