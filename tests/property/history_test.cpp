// SPDX-License-Identifier: GPL-3.0-or-later
// Time travel over random runs: where one is does not depend on how one came, and back mirrors forward.
#include "tests/property/random_inputs.h"

#include "core/base/random.h"
#include "core/history/history.h"
#include "core/run/run.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <rapidcheck/gtest.h>
#include <vector>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

/// Folded from the start, without checkpoints and without going back.
World fold(const Inputs& inputs, const Snapshot& snapshot, Position p)
{
    World world(inputs.machine);
    for (std::uint64_t e = 0; e < p.event; ++e)
        world.apply(snapshot.log[e]);
    if (p.tick == 0) return world;
    OpenRun run = snapshot.open;
    if (p.event < snapshot.log.size()) {
        const Record& r = snapshot.log[p.event];
        run = OpenRun{r.value, r.before, r.site};
    }
    run.count = p.tick;
    world.pass(run);
    return world;
}

Position randomPosition(Random& random, const Snapshot& snapshot)
{
    const std::uint64_t event = random.between(0, snapshot.log.size());
    if (event == snapshot.log.size()) return {event, random.between(0, snapshot.open.count), 0};
    const Record& r = snapshot.log[event];
    const std::uint64_t tick = r.kind == Kind::Passed ? random.between(0, r.value - 1) : 0;
    return {event, tick, 0};
}

/// A stop of the rung near p, found by stepping.
Position stopNear(History& history, Position p, Rung rung)
{
    if (history.isStop(p, rung)) return p;
    return history.next(p, rung).value_or(history.end());
}

} // namespace

RC_GTEST_PROP(HistoryProperty, AnyPathToAPositionGivesTheSameWorld, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot snapshot = runAll(inputs);
    History history(inputs, snapshot);
    Random random{c.seed + 1};
    std::vector<Position> visited;
    for (int k = 0; k < 12; ++k) {
        const Position p =
            k % 3 == 2 ? visited[random.between(0, visited.size() - 1)] : randomPosition(random, snapshot);
        visited.push_back(p);
        RC_ASSERT(history.at(p) == fold(*inputs, snapshot, p));
        RC_ASSERT(history.cursor() == p);
        RC_ASSERT(history.ticksAt(p) == history.world().clock().ticks);
    }
}

RC_GTEST_PROP(HistoryProperty, SteppingBackMirrorsSteppingForward, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot snapshot = runAll(inputs);
    History history(inputs, snapshot);
    Random random{c.seed + 2};
    for (int r = 0; r < rungCount; ++r) {
        const auto rung = static_cast<Rung>(r);
        std::vector<Position> stops{stopNear(history, randomPosition(random, snapshot), rung)};
        std::vector<World> worlds{history.at(stops[0])};
        const std::uint64_t steps = random.between(1, 12);
        while (stops.size() <= steps) {
            const auto next = history.next(stops.back(), rung);
            if (!next) break;
            RC_ASSERT(stops.back() < *next);
            RC_ASSERT(history.isStop(*next, rung));
            stops.push_back(*next);
            worlds.push_back(history.at(*next));
        }
        for (std::size_t k = stops.size(); k-- > 1;) {
            const auto back = history.previous(stops[k], rung);
            RC_ASSERT(back.has_value());
            RC_ASSERT(*back == stops[k - 1]);
            RC_ASSERT(history.at(*back) == worlds[k - 1]);
        }
        RC_ASSERT(!history.next(history.end(), rung));
        RC_ASSERT(!history.previous(history.start(), rung));
    }
}

/// Snapshots of one run that grows: the cursor stays where it is, and old positions keep their worlds.
RC_GTEST_PROP(HistoryProperty, ALongerPrefixKeepsThePast, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    Run run(inputs);
    Random random{c.seed + 3};
    History history(inputs, run.snapshot());
    for (bool more = true; more;) {
        more = run.advance(random.between(1, 900));
        const Snapshot before = history.snapshot();
        Position p = randomPosition(random, before);
        if (p.event == before.log.size()) p.tick = 0; // what an open run becomes is another position
        const World world = history.at(p);
        history.extend(run.snapshot());
        RC_ASSERT(history.cursor() == p);
        RC_ASSERT(history.world() == world);
        RC_ASSERT(history.at(history.end()) == run.world());
    }
}

/// Long enough for several checkpoints, with gaps between the firings so that some are taken inside an open
/// run.
TEST(HistoryProperty, CheckpointsLeadToTheSameWorlds)
{
    Random random{11};
    auto in = std::make_shared<Inputs>();
    in->machine.cpus = 2;
    in->machine.jiffies = 4294892296u;
    in->names = {"", "periodic"};
    for (std::uint32_t i = 0; i < 60; ++i) {
        TimerSpec t;
        t.name = 1;
        t.number = i + 1;
        t.firstStep = i;
        t.stepCount = 1;
        in->timers.push_back(t);
        CallbackStep step;
        step.delta = static_cast<std::int64_t>(random.between(20, 3000));
        in->steps.push_back(step);
        Action a;
        a.call = Call::AddTimer;
        a.timer = TimerId(i);
        a.cpu = static_cast<std::uint8_t>(i % 2);
        a.expires = in->machine.word.add(in->machine.jiffies, 1 + i * 7);
        in->actions.push_back(a);
    }
    in->untilTicks = 1ull << 40;
    in->eventLimit = 400'000;
    const Snapshot snapshot = runAll(in);
    ASSERT_GE(snapshot.checkpoints->size(), 5u);
    EXPECT_EQ(snapshot.check.broken, 0);

    std::vector<Position> places;
    for (int k = 0; k < 60; ++k)
        places.push_back(randomPosition(random, snapshot));
    for (const auto& c : *snapshot.checkpoints)
        for (const std::uint64_t e : {c->event, c->event + 1, c->event + 65})
            places.push_back({e, 0, 0});
    std::sort(places.begin(), places.end());
    std::vector<World> worlds;
    World world(in->machine);
    std::uint64_t event = 0;
    for (const Position p : places) {
        for (; event < p.event; ++event)
            world.apply(snapshot.log[event]);
        worlds.push_back(world);
        if (p.tick == 0) continue;
        const Record& r = snapshot.log[p.event];
        worlds.back().pass(OpenRun{p.tick, r.before, r.site});
    }
    History history(in, snapshot);
    for (int k = 0; k < 300; ++k) {
        const std::size_t at = random.between(0, places.size() - 1);
        ASSERT_TRUE(history.at(places[at]) == worlds[at])
            << "event " << places[at].event << " tick " << places[at].tick;
    }
}
