// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/instant.h"
#include "core/run/run.h"
#include "core/timers/registry.h"

#include <gtest/gtest.h>
#include <memory>

using namespace jiffy::core;

namespace
{

/// Three timers at jiffies 1000: 1010, 1536 and 1540; another at 1300; HZ 1000.
InputsPtr threeTimers()
{
    auto in = std::make_shared<Inputs>();
    in->machine.hz = Hz{1000};
    in->machine.jiffies = 1000;
    in->names = {"a", "b", "c"};
    in->untilTicks = 1000;
    for (std::uint32_t i = 0; i < 3; ++i) {
        TimerSpec t;
        t.name = i;
        t.slack = 0;
        in->timers.push_back(t);
    }
    const auto arm = [&](std::uint32_t timer, std::uint64_t tick, Jiffies expires) {
        Action a;
        a.tick = tick;
        a.expires = expires;
        a.timer = TimerId(timer);
        in->actions.push_back(a);
    };
    arm(0, 0, 1010);
    arm(1, 0, 1536);
    arm(2, 0, 1540);
    arm(0, 300, 1700);
    return in;
}

struct Tied
{
    explicit Tied(std::string_view timers)
        : inputs(inputsOn(*threeTimers(), *timersNamed(timers))), history(inputs, runAll(inputs)),
          index(inputs)
    {
        index.extend(history.log());
    }
    InputsPtr inputs;
    History history;
    InstantIndex index;
};

} // namespace

TEST(Instant, EachAddIsAnInstantOfItsOwn)
{
    for (const auto* other : {"sorted-list", "wheel-6.1", "wheel-3.9-small"}) {
        Tied lead("wheel-3.9"), tied(other);
        Position p = lead.history.start();
        for (std::uint64_t n = 0; n <= 3; ++n) {
            const auto instant = lead.index.instantAt(lead.history, p);
            EXPECT_EQ(instant.calls, n);
            EXPECT_EQ(instant.ticks, 0u);
            EXPECT_FALSE(instant.isHandling);
            EXPECT_EQ(tied.history.at(tied.index.positionOf(tied.history, instant)).pendingCount(), n)
                << other;
            p = lead.history.next(p, Rung::Operation).value_or(lead.history.end());
        }
    }
}

TEST(Instant, WhileTheLeadHandlesATickTheOthersHaveItsClockOnly)
{
    Tied lead("wheel-3.9"), tied("sorted-list");
    // Behind the first move of the cascade at 1536, before the timer is called.
    Position p = lead.history.lastOfTick(535);
    while (lead.history.log()[p.event].kind != Kind::Moved)
        ++p.event;
    p = {p.event + 1, 0, 0};
    const auto instant = lead.index.instantAt(lead.history, p);
    EXPECT_TRUE(instant.isHandling);
    const auto& world = tied.history.at(tied.index.positionOf(tied.history, instant));
    EXPECT_EQ(world.clock().jiffies, 1536u);
    EXPECT_EQ(world.pendingCount(), 3u) << "a has been armed again, b is not called yet";
    // Behind the tick it has been called in both.
    const auto behind = lead.index.instantAt(lead.history, lead.history.lastOfTick(536));
    EXPECT_FALSE(behind.isHandling);
    EXPECT_EQ(tied.history.at(tied.index.positionOf(tied.history, behind)).pendingCount(), 2u);
}

TEST(Instant, TheEndOfARunIsAnInstantOfTheOthers)
{
    auto in = std::make_shared<Inputs>(*threeTimers());
    in->untilTicks = ~0ull;
    const auto slow = inputsOn(*in, *timersNamed("wheel-6.1"));
    History lead(in, runAll(in)), other(slow, runAll(slow));
    InstantIndex here(in), there(slow);
    here.extend(lead.log());
    there.extend(other.log());
    EXPECT_LT(lead.ticksAt(lead.end()), other.ticksAt(other.end()));
    const auto end = here.instantAt(lead, lead.end());
    const auto q = there.positionOf(other, end);
    EXPECT_LT(q, other.end()) << "what comes later is not shown";
    EXPECT_EQ(other.ticksAt(q), end.ticks);
    EXPECT_EQ(here.positionOf(lead, end), lead.end());
    EXPECT_EQ(here.positionOf(lead, there.instantAt(other, other.end())), lead.end());
}

TEST(Instant, ExtendsAsTheLogGrows)
{
    Tied whole("wheel-6.1");
    InstantIndex grown(whole.inputs);
    for (std::uint64_t n = 0; n <= whole.history.log().size(); ++n)
        grown.extend(whole.history.log().prefix(n));
    EXPECT_EQ(grown.calls(), 4u);
    for (std::uint64_t e = 0; e <= whole.history.log().size(); ++e)
        EXPECT_EQ(grown.instantAt(whole.history, {e, 0, 0}), whole.index.instantAt(whole.history, {e, 0, 0}));
}
