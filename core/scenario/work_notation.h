// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts of scenarios about tgtd are spelt.
//
//   time      "4.25s", "250ms", "5us": since the start, or as long; whole microseconds
//   step      "-3600s", "+500ms": of the wall clock; a lateness
#pragma once

#include "core/scenario/inputs.h"
#include "core/scenario/notation.h"

#include <string>
#include <string_view>

namespace jiffy::core
{

/// No instant and no duration is later or longer: 1,000,000,000 s.
constexpr std::uint64_t latestMicrosecond = 1'000'000'000'000'000;
constexpr std::uint64_t mostWorkSeconds = 1'000'000'000;

Spelt<std::uint64_t> parseMicroseconds(std::string_view text);
Spelt<std::int64_t> parseClockStep(std::string_view text);
/// "4.25s", "0s"; what parseMicroseconds() reads back.
std::string microsecondsText(std::uint64_t us);
/// "+0.5s", "-3600s": what parseClockStep() reads back. Without the plus where `isPlain`.
std::string clockStepText(std::int64_t us, bool isPlain = false);

/// "old", "new", "timerfd".
std::string_view name(WorkScheduler scheduler);
bool schedulerNamed(std::string_view text, WorkScheduler& out);
/// "add_work", "burn", ...; empty for what is not tgtd's.
std::string_view workCallName(Call call);
bool workCallNamed(std::string_view text, Call& out);
/// All of them, for messages.
std::string workCallNames();

} // namespace jiffy::core
