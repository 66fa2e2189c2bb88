// SPDX-License-Identifier: GPL-3.0-or-later
// Exporters stream a finished run as text. Pictures are ui's; text is core's. One registry lists them all.
#pragma once

#include "core/base/result.h"
#include "core/export/sink.h"
#include "core/run/snapshot.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

/// Told now and then how far an export is, in events; returns false to stop it. May be empty.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

struct ExporterInfo
{
    std::string_view suffix;      ///< ".csv"; the longest suffix that fits a file name wins
    std::string_view description; ///< "comma-separated table, one event a line"
    /// Writes the whole run, in memory that does not grow with it. Stops early when the sink failed or progress said so.
    void (*write)(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);
};

/// The table of all: a new exporter is one file here and one line in registry.cpp.
const std::vector<ExporterInfo>& exporters();
/// The exporter for a file name; null when none fits.
const ExporterInfo* exporterFor(std::string_view path);
/// Fault::System when the file cannot be written or progress stopped the export; there is no file then.
Result<void> exportTo(const ExporterInfo& exporter, const Inputs& inputs, const Snapshot& run, const std::string& path,
                      const Progress& progress = {});

/// Calls for progress and for a look at the sink once every so many records; for exporters' loops.
inline bool goesOn(std::uint64_t record, std::uint64_t total, const FileSink& sink, const Progress& progress)
{
    constexpr std::uint64_t every = 1 << 14;
    if (record % every != 0) return true;
    return !sink.failed() && (!progress || progress(record, total));
}

} // namespace jiffy::core
