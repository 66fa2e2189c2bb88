// SPDX-License-Identifier: GPL-3.0-or-later
// A run up to a position, as a snapshot of its own: for --until, and for exports of a part.
#pragma once

#include "core/history/history.h"

namespace jiffy::core
{

/// The records before p; ticks of a Passed run that p stands in become the run still open. Lines of a record count
/// for nothing. Status Running unless p is the end.
Snapshot prefixAt(const History& history, Position p);

} // namespace jiffy::core
