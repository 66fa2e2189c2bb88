// SPDX-License-Identifier: GPL-3.0-or-later
// Instants over random runs: every algorithm carries out the same calls, and what is tied to an instant is
// the last position that is not after it.
#include "tests/property/random_inputs.h"

#include "core/base/random.h"
#include "core/history/branch.h"
#include "core/history/instant.h"
#include "core/run/run.h"
#include "core/timers/registry.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

struct Tied
{
    explicit Tied(InputsPtr inputs) : history(inputs, runAll(inputs)), index(inputs)
    {
        index.extend(history.log());
    }
    History history;
    InstantIndex index;
};

Position randomStop(Random& random, History& history)
{
    const auto event = random.between(0, history.log().size());
    const auto rung = static_cast<Rung>(random.between(0, static_cast<std::uint64_t>(Rung::Tick)));
    const Position p{event, 0, 0};
    return history.next(p, rung).value_or(history.end());
}

bool isAfter(const RunInstant& a, const RunInstant& b)
{
    return a.ticks > b.ticks || a.calls > b.calls;
}

std::uint64_t callsOf(const Inputs& inputs)
{
    const auto isCall = [](const Action& a) { return a.call != Call::Tick; };
    return static_cast<std::uint64_t>(std::count_if(inputs.actions.begin(), inputs.actions.end(), isCall));
}

} // namespace

RC_GTEST_PROP(InstantProperty, EveryAlgorithmCarriesOutTheSameCalls, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    for (const auto& timers : timerAlgorithms()) {
        Tied run(inputsOn(*inputs, timers));
        const bool isWhole =
            run.history.snapshot().status == RunStatus::Ended && run.history.snapshot().endTicks != 0;
        const auto& last = run.history.log();
        const bool spun = last.size() != 0 && last[last.size() - 1].site == Site::Spin;
        if (isWhole && !spun) RC_ASSERT(run.index.calls() == callsOf(*inputs));
        RC_ASSERT(run.index.calls() <= callsOf(*inputs));
    }
}

RC_GTEST_PROP(InstantProperty, CallsAreThoseThatTheMachineHasBegun, ())
{
    const auto c = *tests::randomCases(Driver::Kernel, 60);
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    Tied run(inputs);
    Random random{*rc::gen::arbitrary<std::uint64_t>()};
    for (int i = 0; i < 20; ++i) {
        Position p{random.between(0, run.history.log().size()), 0, 0};
        p = run.history.next(p, Rung::Operation).value_or(run.history.end());
        if (p.event > 0 && run.history.log()[p.event - 1].hasMore()) continue;
        // Leaving idle is two operations of one call.
        if (p.event < run.history.log().size() && run.history.log()[p.event].site == Site::ClearIdle)
            continue;
        RC_ASSERT(run.index.instantAt(run.history, p).calls == interventionAt(run.history, p).actionIndex);
    }
}

RC_GTEST_PROP(InstantProperty, TheOtherRunStandsAtItsLastPositionNotAfterTheInstant, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    Random random{*rc::gen::arbitrary<std::uint64_t>()};
    const auto& all = timerAlgorithms();
    Tied lead(inputsOn(*inputs, all[random.between(0, all.size() - 1)]));
    Tied other(inputsOn(*inputs, all[random.between(0, all.size() - 1)]));
    for (int i = 0; i < 20; ++i) {
        const Position p = randomStop(random, lead.history);
        const auto instant = lead.index.instantAt(lead.history, p);
        const Position q = other.index.positionOf(other.history, instant);
        RC_ASSERT(q <= other.history.end());
        const auto there = other.index.instantAt(other.history, q);
        RC_ASSERT(!isAfter(there, instant));
        if (instant.isHandling && there.ticks == instant.ticks && instant.ticks != 0) {
            // The clock has come to the tick, and nothing more.
            RC_ASSERT(q != other.history.start());
            Position before = q.tick != 0 ? Position{q.event, q.tick - 1, 0} : Position{q.event - 1, 0, 0};
            if (q.tick == 0 && other.history.log()[before.event].kind == Kind::Passed)
                before.tick = other.history.log()[before.event].value - 1;
            RC_ASSERT(other.history.ticksAt(before) < instant.ticks);
        }
        // By hand a call can be many operations; within them is no instant of its own.
        auto next = other.history.next(q, Rung::Operation);
        int steps = 0;
        while (next && *next < other.history.end() && ++steps < 500 &&
               other.index.positionOf(other.history, other.index.instantAt(other.history, *next)) < *next)
            next = other.history.next(*next, Rung::Operation);
        if (!next || *next >= other.history.end() || steps == 500) continue;
        const auto later = other.index.instantAt(other.history, *next);
        const bool isOver = isAfter(later, instant) || (instant.isHandling && later.ticks == instant.ticks);
        RC_ASSERT(isOver);
    }
}

RC_GTEST_PROP(InstantProperty, ARunIsTiedToItself, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    Tied run(inputs);
    Random random{*rc::gen::arbitrary<std::uint64_t>()};
    for (int i = 0; i < 20; ++i) {
        Position p{random.between(0, run.history.log().size()), 0, 0};
        p = run.history.next(p, Rung::Tick).value_or(run.history.end());
        RC_ASSERT(run.index.positionOf(run.history, run.index.instantAt(run.history, p)) == p);
    }
}
