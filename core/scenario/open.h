// SPDX-License-Identifier: GPL-3.0-or-later
// FILE as every command takes it: a scenario, a vector, a kernel trace, an exported log (.jsonl), or :name.
#pragma once

#include "core/base/result.h"
#include "core/run/snapshot.h"
#include "core/scenario/scenario.h"
#include "core/trace/import.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace jiffy::core
{

/// What a file gave: inputs to run, or (an exported log) a finished run without inputs to change.
struct Opened
{
    InputsPtr inputs;
    std::optional<Snapshot> recorded; ///< set: read-only, there is nothing to run
    std::shared_ptr<const Scenario> document = nullptr; ///< of a scenario: what the inputs were compiled from
};

/// The text of a built-in scenario or trace by name (without the colon); empty if there is none.
using BuiltinLookup = std::function<std::optional<std::string>(std::string_view name)>;

/// The kind is told by content first, then by suffix. Never throws. Directories, unreadable and empty files, binary
/// data: Diagnostics.
Result<Opened> openFile(const std::string& file, const BuiltinLookup& builtin, const TraceOptions& options = {},
                        const std::function<bool(std::uint64_t bytes)>& progress = {});

} // namespace jiffy::core
