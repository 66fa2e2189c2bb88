// SPDX-License-Identifier: GPL-3.0-or-later
// Instants and durations of tgtd's runs in words, and the ruler in seconds. Everything is us since the start
// of the run. Pure functions.
#pragma once

#include "ui/timeline/layout.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace jiffy::ui
{

/// "4.750", or "4.750 013" where there are odd microseconds: seconds since the start.
QString instantText(std::uint64_t us);
/// "13 µs", "2.5 ms", "0.15 s", "1.00 s", "10.8 s"; with a minus sign below 0.
QString durationUsText(std::int64_t us);
/// "0.20 s late", "0.14 s early", "on time".
QString latenessText(std::int64_t us);

/// Marks of the ruler at round parts of a second: major ones, with their seconds, at least `atLeast` px
/// apart; minor ones at a fifth of them.
std::vector<RulerMark> secondMarks(const TimeScale& scale, double atLeast);

} // namespace jiffy::ui
