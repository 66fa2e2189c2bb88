// SPDX-License-Identifier: GPL-3.0-or-later
// Assertions of a scenario against its run: a scenario is a test.
#pragma once

#include "core/base/result.h"
#include "core/event/log.h"
#include "core/scenario/inputs.h"

namespace jiffy::core
{

/// Folds the log once. A Diagnostic for each expectation that does not hold, in the order of inputs.expect,
/// at its place in the file: what was expected, and what happened. Those about other algorithms are checked on
/// the same inputs run on these, once on each. REQUIRES: log and open are a finished run of inputs.
Diagnostics check(const Inputs& inputs, const LogView& log, const OpenRun& open);

} // namespace jiffy::core
