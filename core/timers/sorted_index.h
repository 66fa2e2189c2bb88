// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the place of an expiry in a sorted list, and how many comparisons a walk from the head takes to get there,
// without walking. No part of the machine's state: it is made of the world where a run is begun or resumed.
#pragma once

#include "core/world/world.h"

#include <memory>

namespace jiffy::core
{

class SortedIndex
{
  public:
    explicit SortedIndex(const World& world);
    ~SortedIndex();
    SortedIndex(SortedIndex&&) noexcept;
    SortedIndex& operator=(SortedIndex&&) noexcept;

    struct Found
    {
        TimerId behind;                ///< the first timer that expires later; none: the place is at the end
        std::uint64_t comparisons = 0; ///< with each timer passed, and with `behind`
    };
    /// The place for an expiry that many ticks from now (less than 0: in the past), behind equal ones. O(log n).
    Found find(int cpu, std::int64_t ticksAhead) const;
    /// The timer stands there now.
    void added(int cpu, TimerId timer, std::int64_t ticksAhead);
    /// The timer is about to leave the list.
    void removing(int cpu, TimerId timer);

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace jiffy::core
