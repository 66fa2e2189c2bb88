// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors (.ops, wheel-3.9) to Inputs for Driver::ByHand.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <string_view>

namespace jiffy::core
{

/// file is only named in diagnostics. Up to 20 faults are reported at once.
Result<Inputs> readOps(std::string_view text, const std::string& file);

} // namespace jiffy::core
