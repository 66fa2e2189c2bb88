// SPDX-License-Identifier: GPL-3.0-or-later
// core/history/code.h for a run of tgtd: its stack, a signal's handler on top of what it interrupted, and the
// values of the present pass of the event loop.
#pragma once

#include "core/history/code.h"

namespace jiffy::core
{

/// As codeAt(). Costs a walk through the pass of the event loop that p is in; of a very long one only its
/// ends are looked at.
std::optional<CodeThere> workCodeAt(History& history, Position p, Grain grain);

} // namespace jiffy::core
