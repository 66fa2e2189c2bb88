// SPDX-License-Identifier: GPL-3.0-or-later
// Exporters stream a finished run as text. Pictures are ui's; text is core's. One registry lists them all.
#pragma once

#include "core/base/result.h"
#include "core/run/snapshot.h"

#include <functional>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// Where an exporter's bytes go. Writes whole or not at all: the file appears under its name only when commit()
/// succeeded; until then (and for good when an error came) the name keeps what it was. Not thread safe.
class FileSink
{
  public:
    static Result<FileSink> create(std::string path);
    FileSink(FileSink&&) noexcept;
    FileSink& operator=(FileSink&&) = delete;
    ~FileSink();

    void write(std::string_view text); ///< buffered; errors are remembered until commit()
    bool failed() const { return m_error != 0; }
    Result<void> commit();

  private:
    FileSink() = default;
    void flush();

    std::string m_path, m_temporary, m_buffer;
    int m_fd = -1;
    int m_error = 0;
};

/// Told now and then how far an export is, in events; returns false to stop it.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

struct ExporterInfo
{
    std::string_view suffix;      ///< ".csv"; the longest suffix that fits a file name wins
    std::string_view description; ///< "comma-separated table, one event a line"
    void (*write)(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);
};

const std::vector<ExporterInfo>& exporters();
/// The exporter for a file name; null when none fits.
const ExporterInfo* exporterFor(std::string_view path);
Result<void> exportTo(const ExporterInfo& exporter, const Inputs& inputs, const Snapshot& run, const std::string& path,
                      const Progress& progress = {});

} // namespace jiffy::core
