// SPDX-License-Identifier: GPL-3.0-or-later
// Random runs for property tests: any machine, any calls, callbacks that re-arm, add and delete, near and far
// expiries, starts near the wrap. A case is a seed and a length, so that a failure prints as two numbers and
// shrinks by dropping actions from the end; machine and timers depend on the seed alone.
#pragma once

#include "core/scenario/inputs.h"

#include <cstdint>
#include <iosfwd>
#include <rapidcheck.h>

namespace jiffy::tests
{

struct RandomCase
{
    std::uint64_t seed = 0;
    int actions = 0;
    core::Driver driver = core::Driver::Kernel;
    std::uint64_t eventLimit = 6000;
    core::TimerAlgorithm timers = core::TimerAlgorithm::Wheel39;

    /// The same case gives the same inputs, everywhere.
    core::Inputs inputs() const;
};

std::ostream& operator<<(std::ostream& out, const RandomCase& c);

/// Cases of up to maxActions actions, under either driver, on any timer algorithm.
rc::Gen<RandomCase> randomCases(int maxActions = 200);
/// Of one driver only.
rc::Gen<RandomCase> randomCases(core::Driver driver, int maxActions = 200);

} // namespace jiffy::tests
