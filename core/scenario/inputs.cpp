// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/inputs.h"

namespace jiffy::core
{

std::string Inputs::timerName(TimerId id) const
{
    if (!id.isValid() || id.value >= timers.size()) return "?";
    const auto& t = timers[id.value];
    std::string text = t.name < names.size() ? names[t.name] : std::string();
    if (t.number != 0) text += (text.empty() ? "#" : ".") + std::to_string(t.number);
    return text.empty() ? "#" + std::to_string(id.value) : text;
}

} // namespace jiffy::core
