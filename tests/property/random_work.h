// SPDX-License-Identifier: GPL-3.0-or-later
// Random runs of tgtd for property tests: any scheduler, funcs that burn, re-arm, add and delete, events at
// the very instants of alarms and between them, clock steps, slow calls, scheduled events, costs, failing
// calls, a small batch. A case is a seed and a length, so that a failure prints as two numbers and shrinks by
// dropping events from the end.
#pragma once

#include "core/scenario/inputs.h"

#include <cstdint>
#include <iosfwd>
#include <rapidcheck.h>

namespace jiffy::tests
{

struct WorkCase
{
    std::uint64_t seed = 0;
    int actions = 0;

    /// The same case gives the same inputs, everywhere.
    core::Inputs inputs() const;
};

std::ostream& operator<<(std::ostream& out, const WorkCase& c);

rc::Gen<WorkCase> workCases(int maxActions = 40);

} // namespace jiffy::tests
