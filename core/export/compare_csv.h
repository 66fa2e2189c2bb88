// SPDX-License-Identifier: GPL-3.0-or-later
// The same inputs on several algorithms as comma-separated tables: tick by tick, and account by account.
// Streams.
#pragma once

#include "core/export/exporter.h"
#include "core/insight/costs.h"
#include "core/insight/work_series.h"

namespace jiffy::core
{

/// A run to be put beside others. All point to what outlives the export.
struct ComparedRun
{
    std::string_view algorithm; ///< "wheel-3.9"
    const Inputs* inputs = nullptr;
    LogView log;
    const WorkSeries* work = nullptr;
    const Costs* costs = nullptr;
};

/// ".accounts.csv" is the table of accounts, any other ".csv" that of ticks; false: it tells neither.
bool isCompareFile(std::string_view path);

/// Writes one of the two to a file, by its suffix; what the insights have seen is what it tells. REQUIRES:
/// isCompareFile(path); the runs are of the same inputs but for the algorithm, at least one.
/// Fault::System when the file cannot be written or progress stopped the export; there is no file then.
Result<void> exportComparison(const std::vector<ComparedRun>& runs, const std::string& path,
                              const Progress& progress = {});

} // namespace jiffy::core
