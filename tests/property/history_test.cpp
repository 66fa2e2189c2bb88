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
