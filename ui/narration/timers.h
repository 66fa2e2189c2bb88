// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of the wheel without cascades (6.1) and of the sorted list, where they differ from those of the wheel of
// 3.9, and the words that all of them share.
#pragma once

#include "ui/narration/compose.h"

#include <optional>

namespace jiffy::ui
{

/// None: what is said of the wheel of 3.9 is true here, too.
std::optional<Sentence> narrate61(const core::Record& r, const Told& t);
std::optional<Sentence> narrateList(const core::Record& r, const Told& t);

/// Why a timer is in the bucket that it is in, and how late that makes it; `clk` is the wheel's clock when it was filed.
RichText whyInBucket(const core::Geometry& g, core::Jiffies expires, core::Jiffies clk);

/// "mod_timer"
QString functionName(core::Site s);
Span cpuSpan(int cpu);
/// As %n of a counted text.
std::uint64_t positive(std::int64_t n);
/// "std wheel of CPU 1"
QString wheelText(int cpu, int wheel);

} // namespace jiffy::ui
