// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors (.ops, wheel-3.9) to Inputs for Driver::ByHand.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <string_view>

namespace jiffy::core
{

Result<Inputs> readOps(std::string_view text, const std::string& file);
/// The same inputs as a vector; REQUIRES: inputs.driver == Driver::ByHand or a kernel scenario without sub-tick work
/// (see kernel/translate.h).
std::string writeOps(const Inputs& inputs);

} // namespace jiffy::core
