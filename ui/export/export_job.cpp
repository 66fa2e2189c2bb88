// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_job.h"

namespace jiffy::ui
{

ExportJob::ExportJob(const core::ExporterInfo& exporter, core::InputsPtr inputs, core::Snapshot run, std::string path,
                     std::function<void()> done)
    : m_inputs(std::move(inputs)), m_run(std::move(run)), m_path(std::move(path)),
      m_thread([this, &exporter, done = std::move(done)](const std::stop_token& stop) {
          m_result = core::exportTo(exporter, *m_inputs, m_run, m_path, [&](std::uint64_t events, std::uint64_t total) {
              m_percent.store(total == 0 ? 100 : static_cast<int>(events * 100 / total), std::memory_order_relaxed);
              return !stop.stop_requested();
          });
          if (!stop.stop_requested()) done();
      })
{
}

} // namespace jiffy::ui
