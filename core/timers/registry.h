// SPDX-License-Identifier: GPL-3.0-or-later
// The timer algorithms that a run can use: a new one is a pair of files here and a line in registry.cpp.
#pragma once

#include <string_view>
#include <vector>

namespace jiffy::core
{

struct TimersInfo
{
    std::string_view name;        ///< as --timers and scenarios take it: "wheel-3.9"
    std::string_view description;
};

const std::vector<TimersInfo>& timerAlgorithms();
/// Null when there is none of that name.
const TimersInfo* timersNamed(std::string_view name);

} // namespace jiffy::core
