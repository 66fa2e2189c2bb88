// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/registry.h"

namespace jiffy::core
{

const std::vector<TimersInfo>& timerAlgorithms()
{
    static const std::vector<TimersInfo> table = {
        {"wheel-3.9", "the cascading timer wheel of Linux 3.9: five levels, exact to the jiffy"},
    };
    return table;
}

const TimersInfo* timersNamed(std::string_view name)
{
    for (const auto& t : timerAlgorithms()) {
        if (t.name == name) return &t;
    }
    return nullptr;
}

} // namespace jiffy::core
