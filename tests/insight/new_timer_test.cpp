// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of one more timer is what happens when it is added: the other run decides.
#include "core/base/random.h"
#include "core/insight/new_timer.h"
#include "core/run/run.h"
#include "core/timers/registry.h"

#include <gtest/gtest.h>
#include <memory>
#include <rapidcheck/gtest.h>

using namespace jiffy::core;

namespace
{

Inputs machineOn(std::string_view timers, Jiffies start)
{
    Inputs in;
    in.machine.hz = Hz{1000};
    in.machine.jiffies = start;
    const auto* info = timersNamed(timers);
    in.machine.timers = info->algorithm;
    in.machine.small = info->isSmall;
    in.names = {"t"};
    return in;
}

void arm(Inputs& in, std::uint64_t tick, Jiffies expires)
{
    TimerSpec t;
    t.number = static_cast<std::uint32_t>(in.timers.size() + 1);
    t.slack = 0;
    in.timers.push_back(t);
    Action a;
    a.tick = tick;
    a.call = Call::AddTimer;
    a.expires = in.machine.word.reduce(expires);
    a.timer = TimerId(static_cast<std::uint32_t>(in.timers.size() - 1));
    in.actions.push_back(a);
}

World worldAt(const Inputs& in, std::uint64_t tick)
{
    Inputs cut = in;
    cut.untilTicks = tick;
    Run run(std::make_shared<const Inputs>(cut));
    while (run.advance(1000)) {
    }
    return run.world();
}

/// Lesson 16's timers and lesson 8's hundred.
Inputs hundredAndFive(std::string_view timers)
{
    auto in = machineOn(timers, 1000);
    for (const Jiffies e : {1010, 1100, 2000, 6000, 11000})
        arm(in, 0, e);
    for (Jiffies e = 1536; e < 1636; ++e)
        arm(in, 0, e);
    return in;
}

} // namespace

TEST(NewTimer, SaysWhatTheDesignSaysAt1600)
{
    const auto list = newTimerAt(worldAt(hundredAndFive("sorted-list"), 600), 0, 1700);
    EXPECT_EQ(list.passed, 35u);
    EXPECT_EQ(list.comparisons, 36u);
    const auto world39 = worldAt(hundredAndFive("wheel-3.9"), 600);
    const auto wheel39 = newTimerAt(world39, 0, 1700);
    EXPECT_EQ(world39.geometry().slotName(wheel39.slot), "tv1[164]");
    EXPECT_EQ(wheel39.moves, 0);
    const auto wheel61 = newTimerAt(worldAt(hundredAndFive("wheel-6.1"), 600), 0, 1700);
    EXPECT_EQ(wheel61.level, 1);
    EXPECT_EQ(wheel61.called, 1704u);
}

TEST(NewTimer, ThePastIsCalledInTheNextTick)
{
    for (const auto* timers : {"sorted-list", "wheel-3.9"}) {
        const auto past = newTimerAt(worldAt(machineOn(timers, 1000), 0), 0, 990);
        EXPECT_TRUE(past.isPast) << timers;
        EXPECT_EQ(past.called, 1001u) << timers;
    }
    EXPECT_TRUE(newTimerAt(worldAt(machineOn("wheel-6.1", 1000), 0), 0, 990).isPast);
}

TEST(NewTimer, WhatIsTooFarForTheWheelOf61IsForcedEarly)
{
    auto in = machineOn("wheel-6.1", 1000);
    const auto far = newTimerAt(worldAt(in, 0), 0, 1000 + (1u << 31) - 10);
    EXPECT_TRUE(far.isForcedEarly);
    EXPECT_FALSE(newTimerAt(worldAt(in, 0), 0, 1'000'000).isForcedEarly);
}

/// On each algorithm: adds the timer for good and compares.
RC_GTEST_PROP(NewTimerProperty, IsWhatAddingItDoes, ())
{
    Random random{*rc::gen::arbitrary<std::uint64_t>()};
    const auto& info = timerAlgorithms()[random.between(0, timerAlgorithms().size() - 1)];
    auto in = machineOn(info.name, random.between(0, 3) == 0 ? 0xFFFF'F000u : random.between(0, 100'000));
    const auto now = [&](std::uint64_t tick) { return in.machine.word.add(in.machine.jiffies, tick); };
    const auto count = random.between(0, 40);
    const std::uint64_t tick = random.between(0, 300);
    const auto near = [&] { return random.between(1, 1ull << random.between(1, 17)); };
    for (std::uint64_t i = 0; i < count; ++i)
        arm(in, 0, in.machine.jiffies + near());
    const World before = worldAt(in, tick);
    const Jiffies expires = now(tick + near());
    const auto said = newTimerAt(before, 0, expires);
    arm(in, tick, expires);
    in.untilTicks = tick + (1u << 18);
    const auto timer = TimerId(static_cast<std::uint32_t>(in.timers.size() - 1));
    const auto snapshot = runAll(std::make_shared<const Inputs>(in));
    std::uint64_t moves = 0, comparisons = 0, ticks = 0;
    SlotId filed;
    std::optional<Jiffies> called;
    for (std::uint64_t e = 0; e < snapshot.log.size(); ++e) {
        const Record& r = snapshot.log[e];
        ticks += ticksOf(r);
        if (r.item != timer) continue;
        if (r.kind == Kind::Queued) filed = r.slotId();
        if (r.kind == Kind::Moved) ++moves;
        if (r.kind == Kind::Counted) comparisons = r.value;
        if (r.kind == Kind::Fired) called = now(ticks);
    }
    RC_ASSERT(filed == said.slot);
    RC_ASSERT(comparisons == said.comparisons);
    RC_ASSERT(moves == static_cast<std::uint64_t>(said.moves));
    RC_ASSERT(called.has_value());
    RC_ASSERT(*called == said.called);
}
