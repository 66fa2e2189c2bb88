// SPDX-License-Identifier: GPL-3.0-or-later
// The summary of an import: what was found and what the trace cannot tell, a sentence each.
#pragma once

#include "core/trace/fit.h"
#include "core/trace/lifetimes.h"

#include <array>
#include <string>
#include <vector>

namespace jiffy::core
{

/// What an import counts besides the timers' lives.
struct TraceReading
{
    std::uint64_t lines = 0;
    std::uint64_t events = 0; ///< of all kinds
    std::uint64_t timerEvents = 0;
    std::array<std::uint64_t, traceLayoutCount> byLayout{}; ///< timer events
    std::uint64_t unreadable = 0;
    std::uint64_t firstUnreadable = 0; ///< its line
    std::uint64_t overwritten = 0;     ///< entries that the ring buffer no longer held
    bool hasUntrueFlags = false;
    bool lacksSymbols = false;
    bool lacksTime = false; ///< of what CPUs did: the clock counts something else than seconds
};

/// inputs.recorded is there, if anything is. hz and word say where these came from.
std::vector<std::string> traceRemarks(const TraceReading& reading, const TraceCounts& counts,
                                      const Inputs& inputs, const std::string& hz, const std::string& word);

} // namespace jiffy::core
