// SPDX-License-Identifier: GPL-3.0-or-later
// POS as users write it, on the command line and in scenario files: `start`, `end`, `event=N`, `jiffies=N`,
// `time=1.250s`.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <optional>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// A time as users write it, to ns: "1.250s", "20ms", "7us", "5ns"; not negative, below 2^63 ns, and exact: none when it
/// is anything else.
std::optional<Nanoseconds> parseTime(std::string_view text);
/// "1.25s", without zeros at the end.
std::string timeText(Nanoseconds t);

/// N of event and jiffies may be hexadecimal (0xFFFF4500). The error is one sentence that says what was expected.
tl::expected<PositionSpec, std::string> parsePosition(std::string_view text);
/// What parsePosition() reads back to the same value.
std::string toText(const PositionSpec& spec);

} // namespace jiffy::core
