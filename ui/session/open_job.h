// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one file on a thread of its own. done is called on that thread when the result is there; the destructor asks
// the reader to stop and joins it.
#pragma once

#include "core/scenario/open.h"

#include <atomic>
#include <functional>
#include <optional>
#include <thread>

namespace jiffy::ui
{

class OpenJob
{
  public:
    OpenJob(std::string file, core::BuiltinLookup builtin, core::TraceOptions options, std::function<void()> done);

    std::uint64_t bytes() const { return m_bytes.load(std::memory_order_relaxed); }
    /// Once, after done was called.
    core::Result<core::Opened> take() { return std::move(*m_result); }

  private:
    std::atomic<std::uint64_t> m_bytes{0};
    std::optional<core::Result<core::Opened>> m_result;
    std::jthread m_thread; // last: joined before what it uses goes
};

} // namespace jiffy::ui
