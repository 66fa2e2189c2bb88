// SPDX-License-Identifier: GPL-3.0-or-later
// Random scenario documents: items with callbacks, populations, actions in the order of time (several of one
// instant, some within a tick). Every one compiles. And random things to do by hand in a run.
#pragma once

#include "core/base/random.h"
#include "core/history/history.h"
#include "core/scenario/live.h"

namespace jiffy::tests
{

core::Scenario randomDocument(core::Random& random);

/// Any position: between records, within runs, within the lines of a record.
core::Position randomPosition(core::Random& random, core::History& history);

/// Adds, modifies and deletes in about equal parts; on any CPU, near, far, past, relative and absolute. REQUIRES:
/// inputs have timers.
core::Intervention randomIntervention(core::Random& random, const core::Inputs& inputs);

/// The same records, and the same run still open.
bool sameLog(const core::Snapshot& a, const core::Snapshot& b);

} // namespace jiffy::tests
