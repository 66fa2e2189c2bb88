// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/open_job.h"

namespace jiffy::ui
{

OpenJob::OpenJob(std::string file, core::BuiltinLookup builtin, core::TraceOptions options, std::function<void()> done)
    : m_thread([this, file = std::move(file), builtin = std::move(builtin), options,
                done = std::move(done)](const std::stop_token& stop) {
          m_result = core::openFile(file, builtin, options, [&](std::uint64_t bytes) {
              m_bytes.store(bytes, std::memory_order_relaxed);
              return !stop.stop_requested();
          });
          if (!stop.stop_requested()) done();
      })
{
}

} // namespace jiffy::ui
