// SPDX-License-Identifier: GPL-3.0-or-later
// A place in a run. Never a tick number: many states share one jiffy.
#pragma once

#include "core/event/log.h"

#include <compare>
#include <cstdint>

namespace jiffy::core
{

/// The state after the first `event` records, then `tick` ticks (or turns) of record `event` if that is a Passed, or
/// `line` lines of it otherwise. tick is less than the record's count, line less than its number of lines. At the
/// end of the log (event == size) tick counts into the open run and may equal its count.
struct Position
{
    std::uint64_t event = 0;
    std::uint64_t tick = 0;
    std::uint32_t line = 0;
    constexpr auto operator<=>(const Position&) const = default;
};

} // namespace jiffy::core
