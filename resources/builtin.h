// SPDX-License-Identifier: GPL-3.0-or-later
// The scenarios and traces that come with the program, linked in as bytes: a new one is a file in resources/scenarios
// and a line in resources/CMakeLists.txt.
#pragma once

#include <string_view>
#include <vector>

namespace jiffy::resources
{

struct Builtin
{
    std::string_view name;  ///< as users write it behind the colon
    std::string_view title; ///< one line
    std::string_view text;  ///< the file
};

/// In the order in which they are listed. The first opens when none is asked for.
const std::vector<Builtin>& builtins();
/// Null when there is none of that name.
const Builtin* builtin(std::string_view name);
/// The JSON Schema (draft-07) of scenario files.
std::string_view scenarioSchema();

} // namespace jiffy::resources
