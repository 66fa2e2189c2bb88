// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader accepts must run: no crash, no broken rule, and the log leads back to where it began.
#pragma once

#include "core/history/history.h"
#include "core/run/run.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace jiffy::fuzz
{

inline void require(bool holds, const char* what)
{
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Forward by apply, back by unapply, and a step of each rung from the middle.
inline void walk(const core::InputsPtr& inputs, const core::Snapshot& snapshot)
{
    core::World world(inputs->machine);
    for (std::uint64_t e = 0; e < snapshot.log.size(); ++e)
        world.apply(snapshot.log[e]);
    for (std::uint64_t e = snapshot.log.size(); e > 0; --e)
        world.unapply(snapshot.log[e - 1]);
    require(world == core::World(inputs->machine), "unapplying the whole log leads back to the start");

    core::History history(inputs, snapshot);
    for (int r = 0; r < core::rungCount; ++r) {
        const auto rung = static_cast<core::Rung>(r);
        const core::Position from{snapshot.log.size() / 2, 0, 0};
        const auto next = history.next(from, rung);
        if (!next) continue;
        history.at(*next);
        const auto back = history.previous(*next, rung);
        require(back.has_value() && *back < *next, "there is a stop before any but the first");
        if (history.isStop(from, rung)) require(*back == from, "back is where we came from");
    }
}

/// The first events of a run of whatever was read.
inline void runInputs(core::Inputs inputs)
{
    constexpr std::size_t mostTimers = 20'000; // more would only be slow
    if (inputs.timers.size() > mostTimers) return;
    inputs.eventLimit = std::min<std::uint64_t>(inputs.eventLimit, 2000);
    const auto shared = std::make_shared<const core::Inputs>(std::move(inputs));
    core::Run run(shared);
    while (run.advance(500)) {
    }
    const core::Snapshot snapshot = run.snapshot();
    require(snapshot.check.broken == 0, "the rules");
    walk(shared, snapshot);
}

} // namespace jiffy::fuzz
