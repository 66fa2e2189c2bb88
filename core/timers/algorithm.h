// SPDX-License-Identifier: GPL-3.0-or-later
// The timer algorithms by number; their names and what they are stand in registry.h.
#pragma once

#include <cstdint>

namespace jiffy::core
{

enum class TimerAlgorithm : std::uint8_t
{
    Wheel39,    ///< the cascading wheel of Linux 3.9 (wheel_3_9.h)
    Wheel61,    ///< the wheel without cascades of Linux 4.8 and later, as of 6.1 (wheel_6_1.h)
    SortedList, ///< one list sorted by expiry, as before 1997 (sorted_list.h)
};
constexpr int timerAlgorithmCount = 3;

} // namespace jiffy::core
