// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files (.jiffy.json, resources/schema) to Inputs. All faults of a file are reported at once.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <string_view>

namespace jiffy::core
{

/// file is only named in diagnostics. Never throws; a text of any size or depth gives Inputs or Diagnostics.
Result<Inputs> readScenario(std::string_view text, const std::string& file);

} // namespace jiffy::core
