// SPDX-License-Identifier: GPL-3.0-or-later
// apply and unapply over random runs: what goes forward comes back, and the log alone makes the model's
// world.
#include "tests/property/random_inputs.h"

#include "core/base/random.h"
#include "core/run/run.h"

#include <gtest/gtest.h>
#include <memory>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

RC_GTEST_PROP(WorldProperty, UnapplyIsTheInverseOfApply, ())
{
    auto c = *tests::randomCases();
    c.eventLimit = 700; // every record costs two copies of the world
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot snapshot = runAll(inputs);
    World world(inputs->machine);
    for (std::uint64_t e = 0; e < snapshot.log.size(); ++e) {
        const World before = world;
        world.apply(snapshot.log[e]);
        World after = world;
        after.unapply(snapshot.log[e]);
        RC_ASSERT(after == before);
    }
    for (std::uint64_t e = snapshot.log.size(); e > 0; --e)
        world.unapply(snapshot.log[e - 1]);
    RC_ASSERT(world == World(inputs->machine));
}

RC_GTEST_PROP(WorldProperty, FoldOfAPrefixIsTheModelsWorld, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    Run run(inputs);
    World folded(inputs->machine);
    std::uint64_t event = 0;
    Random random{c.seed};
    for (bool more = true; more;) {
        more = run.advance(random.between(1, 400));
        const Snapshot snapshot = run.snapshot();
        for (; event < snapshot.log.size(); ++event)
            folded.apply(snapshot.log[event]);
        World seen = folded;
        seen.pass(snapshot.open);
        RC_ASSERT(seen == run.world());
    }
}

RC_GTEST_PROP(RunProperty, TheLogDoesNotDependOnTheSlicing, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    const Snapshot whole = runAll(inputs);
    Run run(inputs);
    Random random{~c.seed};
    while (run.advance(random.between(1, 50)))
        run.snapshot(); // publishing changes nothing either
    const Snapshot sliced = run.snapshot();
    RC_ASSERT(sliced.log.size() == whole.log.size());
    for (std::uint64_t e = 0; e < whole.log.size(); ++e)
        RC_ASSERT(sliced.log[e] == whole.log[e]);
    RC_ASSERT(sliced.open == whole.open);
    RC_ASSERT(sliced.status == whole.status);
    RC_ASSERT(sliced.endTicks == whole.endTicks);
}
