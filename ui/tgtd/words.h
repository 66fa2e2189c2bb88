// SPDX-License-Identifier: GPL-3.0-or-later
// Times of tgtd in words, the same in every view: seconds since the start of the run with as many digits as they need.
#pragma once

#include <QString>

#include <cstdint>

namespace jiffy::core
{
struct Inputs;
}

namespace jiffy::ui
{

/// "4.75", "4.05", "4.123456": at least two digits behind the point, at most six, of us.
QString secondsText(std::uint64_t us);
/// "4.750": exactly three, cut off as a clock is read.
QString millisecondsText(std::uint64_t us);
/// "0.65 s", "250 ms", "35 us": how long something takes.
QString spanText(std::uint64_t us);
/// "0.65", for a time that goes by while one looks: two digits.
QString hundredthsText(std::uint64_t us);
/// "0.70 of 1.05 s", "3 of 20 ms": how much of a time has gone by.
QString shareText(std::uint64_t done, std::uint64_t takes);
/// "17:02:24.750" of us since 1970, an hour ahead of UTC, where the patch was written.
QString wallClockText(std::uint64_t us);

} // namespace jiffy::ui
