// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a run back from JSON lines (README.md beside this file says which): the same records, the same world.
#pragma once

#include "core/base/result.h"
#include "core/run/snapshot.h"

#include <functional>
#include <istream>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// A run without the inputs that made it: it can be looked at, not changed.
struct RecordedRun
{
    InputsPtr inputs;  ///< the machine and the names; no actions
    Snapshot snapshot;
};

/// True if the first bytes of a file are those of an exported log.
bool looksLikeJsonLines(std::string_view head);

/// Strict: every record must be one that can happen on the world as the records before it left it, so that what was read
/// can be walked in both directions. The first fault ends the reading. progress gets bytes read and returns false to
/// cancel. Never throws but for want of memory.
Result<RecordedRun> readJsonLines(std::istream& in, const std::string& file,
                                  const std::function<bool(std::uint64_t bytes)>& progress = {});

} // namespace jiffy::core
