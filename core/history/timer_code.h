// SPDX-License-Identifier: GPL-3.0-or-later
// core/history/code.h for the wheel of 6.1 and for the sorted list. The loops of a softirq are told from its records
// alone; what a call or a search decided is told from the worlds in front of its records.
#pragma once

#include "core/history/code.h"

namespace jiffy::core
{

/// The lines of log record `event` up to `index` (of `lines`) have been done. The cursor moves.
CodeThere timerCodeOf(History& history, Position p, std::uint64_t event, const LineList& lines, std::uint32_t index);

/// The event at which the softirq of `event` was entered; none if it is in none.
std::optional<std::uint64_t> softirqStart(const LogView& log, std::uint64_t event);

} // namespace jiffy::core
