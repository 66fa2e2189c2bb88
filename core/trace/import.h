// SPDX-License-Identifier: GPL-3.0-or-later
// Kernel timer traces (tracefs `trace`, `trace-cmd report`, `perf script`) to Inputs for a replay: on the wheel of
// 6.1 if the kernel had it (4.8 or later: timer_start tells cpu= or idx=, timer_expire_entry baseclk=), else on that
// of 3.9. inputsOn() takes it to others.
//
// The replay arms, re-arms and cancels what the recording shows, each at its jiffy on the CPU that did it
// (Call::ModTimer, DelTimer). Where the machine ran a timer is kept beside it (Call::MachineFired), for
// trace/differences.h to compare, and so is where it filed one, as far as the kernel tells (Call::MachineFiled,
// trace/placements.h). Lost events stand at their place (Call::MachineLost).
#pragma once

#include "core/base/result.h"
#include "core/scenario/inputs.h"

#include <functional>
#include <istream>
#include <optional>

namespace jiffy::core
{

struct TimersInfo;

/// What a user asks for when opening a file; HZ and word size of kernel traces only.
struct TraceOptions
{
    const TimersInfo* timers = nullptr; ///< the algorithm to run on; null: what the file says
    std::optional<std::uint32_t> hz; ///< override the fit; 1..100000
    std::optional<int> bits;         ///< 32 or 64; override the fit
};

/// True if the first part of a file (64 kB are plenty) looks like a kernel trace in one of the three layouts.
/// True, too, for recordings and packed files that importTrace() refuses with advice: trace.dat, perf.data,
/// zstd, gzip, xz.
bool looksLikeTrace(std::string_view head);

/// Streams the text line by line. progress gets bytes read and returns false to cancel. Never throws.
/// What the trace cannot tell is said in Inputs::remarks. Comment lines `# title: ...` and `# watch: ...` become those
/// of the Inputs.
Result<Inputs> importTrace(std::istream& in, const std::string& file, const TraceOptions& options = {},
                           const std::function<bool(std::uint64_t bytes)>& progress = {});

} // namespace jiffy::core
