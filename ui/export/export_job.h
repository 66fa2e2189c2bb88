// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a run as text on a thread of its own. done is called on that thread at the end; the destructor asks it to
// stop and joins it: then nothing appears under the name.
#pragma once

#include "core/export/exporter.h"

#include <atomic>
#include <functional>
#include <optional>
#include <thread>

namespace jiffy::ui
{

class ExportJob
{
  public:
    ExportJob(const core::ExporterInfo& exporter, core::InputsPtr inputs, core::Snapshot run, std::string path,
              std::function<void()> done);

    /// 0 to 100.
    int percent() const { return m_percent.load(std::memory_order_relaxed); }
    const std::string& path() const { return m_path; }
    std::uint64_t events() const { return m_run.log.size(); }
    /// After done was called.
    const core::Result<void>& result() const { return *m_result; }

  private:
    core::InputsPtr m_inputs;
    core::Snapshot m_run;
    std::string m_path;
    std::atomic<int> m_percent{0};
    std::optional<core::Result<void>> m_result;
    std::jthread m_thread; // last: joined before what it uses goes
};

} // namespace jiffy::ui
