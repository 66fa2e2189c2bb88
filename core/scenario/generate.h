// SPDX-License-Identifier: GPL-3.0-or-later
// Seeded populations: a million timers are not a million lines. The same seed gives the same timers on every
// machine; a population's draws depend on the seed and its name only, not on its neighbours.
#pragma once

#include "core/base/random.h"
#include "core/scenario/scenario.h"

#include <string_view>

namespace jiffy::core
{

/// More would not fit into a usual machine's memory with the log of their run.
constexpr std::uint64_t maxTimers = 16'777'216;
/// What one timer costs with the log of one life, in bytes.
constexpr std::uint64_t bytesPerTimer = 200;

/// What to mix into the seed for a population, so that each has a stream of its own.
std::uint64_t streamOf(std::string_view population);
/// The n-th draw (n counts from 0).
std::uint64_t draw(Random& random, const Spread& spread, std::uint64_t n);
/// The largest number that the first `count` draws can give; saturates.
std::uint64_t largest(const Spread& spread, std::uint64_t count);

/// Appends the timers of all populations to inputs.timers (names included) and their actions to
/// inputs.actions, population by population. inputs.machine is set. Populations without a name or a start
/// that can be read are passed over; all other faults are reported.
void generate(const Scenario& scenario, Inputs& inputs, Faults& faults);

} // namespace jiffy::core
