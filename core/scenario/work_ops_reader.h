// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors of tgtd's work scheduler (.ops that begin with `scheduler`): items, what their funcs do, sources of I/O in
// time.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <string_view>

namespace jiffy::core
{

/// Whether the first operation of a vector is `scheduler`.
bool isWorkOps(std::string_view text);
/// All faults at once, as readOps().
Result<Inputs> readWorkOps(std::string_view text, const std::string& file);

} // namespace jiffy::core
