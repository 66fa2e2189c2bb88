// SPDX-License-Identifier: GPL-3.0-or-later
// At which tick an event happened, for any event, without reading more than a thousand records.
#pragma once

#include "core/event/log.h"

#include <cstdint>
#include <vector>

namespace jiffy::ui
{

/// Remembers the ticks at every 1,024th record of the chunks that were asked for. Clear it for another log.
class TickIndex
{
  public:
    /// Ticks since the start after that record. REQUIRES: event < log.size().
    std::uint64_t ticksAfter(const core::LogView& log, std::uint64_t event);
    void clear() { m_chunks.clear(); }

  private:
    static constexpr std::uint64_t stride = 1024;
    std::vector<std::vector<std::uint64_t>> m_chunks; ///< per chunk: ticks before its 0th, 1,024th, ... record
};

} // namespace jiffy::ui
