// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files (.jiffy.json, resources/schema/jiffy.schema.json). All faults of a file are reported at
// once.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"
#include "core/scenario/scenario.h"

#include <string_view>

namespace jiffy::core
{

/// text -> Inputs, the short way. file is only named in diagnostics. Never throws; a text of any size or
/// depth gives Inputs or Diagnostics.
Result<Inputs> readScenario(std::string_view text, const std::string& file);

/// text -> document, for who wants to change it and write it again. A document that is returned compiles.
Result<Scenario> readDocument(std::string_view text, const std::string& file);

/// Both at once.
struct ReadScenario
{
    Scenario scenario;
    Inputs inputs;
};
Result<ReadScenario> readBoth(std::string_view text, const std::string& file);

/// document -> Inputs: resolves instants and names, draws populations, puts actions in order. Diagnostics
/// have no place, as there is no text.
Result<Inputs> compile(const Scenario& scenario, const std::string& file = {});

} // namespace jiffy::core
