// SPDX-License-Identifier: GPL-3.0-or-later
// Kernel timer traces (tracefs `trace`, `trace-cmd report`, `perf script`) to Inputs for a replay on the 3.9 wheel.
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <functional>
#include <istream>
#include <optional>

namespace jiffy::core
{

struct TraceOptions
{
    std::optional<std::uint32_t> hz; ///< override the fit
    std::optional<int> bits;         ///< 32 or 64; override the fit
};

/// True if the first part of a file (64 kB are plenty) looks like a kernel trace in one of the three layouts.
bool looksLikeTrace(std::string_view head);

/// Streams the text line by line. progress gets bytes read and returns false to cancel. Never throws.
/// What the trace cannot tell is said in Inputs::remarks.
Result<Inputs> importTrace(std::istream& in, const std::string& file, const TraceOptions& options = {},
                           const std::function<bool(std::uint64_t bytes)>& progress = {});

} // namespace jiffy::core
