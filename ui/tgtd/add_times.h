// SPDX-License-Identifier: GPL-3.0-or-later
// When each item was added, and when it would be due by the clock: the old scheduler keeps ticks only. A fold over the
// log that is extended with it; each record is looked at once.
#pragma once

#include "core/event/log.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace jiffy::ui
{

class AddTimes
{
  public:
    void clear();
    /// The log got longer: what it had before is the same.
    void extend(const core::LogView& log);
    /// us since the start at which the item is due that was last added before record `event`: with 0 seconds at once.
    /// None: it never was.
    std::optional<std::uint64_t> dueOf(core::TimerId item, std::uint64_t event) const;

  private:
    struct Add
    {
        std::uint64_t event = 0;
        std::uint64_t due = 0;
    };
    std::vector<std::vector<Add>> m_adds; ///< by item, in the order of the log
    std::uint64_t m_seen = 0, m_now = 0;
};

} // namespace jiffy::ui
