// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library.h"

#include "resources/builtin.h"

namespace jiffy::app
{

std::vector<BuiltinScenario> builtinScenarios()
{
    std::vector<BuiltinScenario> out;
    for (const auto& b : resources::builtins()) out.push_back({std::string(b.name), std::string(b.title)});
    return out;
}

core::BuiltinLookup builtinLookup()
{
    return [](std::string_view name) -> std::optional<std::string> {
        const auto* found = resources::builtin(name);
        if (found == nullptr) return {};
        return std::string(found->text);
    };
}

} // namespace jiffy::app
