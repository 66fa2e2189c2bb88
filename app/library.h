// SPDX-License-Identifier: GPL-3.0-or-later
// The scenarios that come with the program, out of resources.
#pragma once

#include "core/scenario/open.h"

#include <string>
#include <vector>

namespace jiffy::app
{

struct BuiltinScenario
{
    std::string name;  ///< without the colon
    std::string title;
};

std::vector<BuiltinScenario> builtinScenarios();
core::BuiltinLookup builtinLookup();

} // namespace jiffy::app
