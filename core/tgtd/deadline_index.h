// SPDX-License-Identifier: GPL-3.0-or-later
// Where a deadline goes in the inactive list, without walking it as the original does: of each deadline the
// last item. No part of the machine's state: it is made of the world where a run is begun or resumed.
#pragma once

#include "core/world/world.h"

#include <iterator>
#include <map>

namespace jiffy::core
{

class DeadlineIndex
{
  public:
    explicit DeadlineIndex(const World& world) : m_world(world)
    {
        for (TimerId t = first(); t.isValid(); t = world.next(t))
            m_lastOf[world.item(t).expires] = t;
    }

    /// The first item with a later deadline, before which one with `when` goes; none: at the end.
    TimerId firstLaterThan(std::uint64_t when) const
    {
        const auto later = m_lastOf.upper_bound(when);
        if (later == m_lastOf.end()) return TimerId::none();
        return later == m_lastOf.begin() ? first() : m_world.next(std::prev(later)->second);
    }
    /// The item has just been put where firstLaterThan() said.
    void added(TimerId item) { m_lastOf[m_world.item(item).expires] = item; }
    /// The item is about to be taken off the inactive list.
    void removing(TimerId item)
    {
        const auto found = m_lastOf.find(m_world.item(item).expires);
        if (found->second != item) return;
        const TimerId before = m_world.previous(item);
        if (before.isValid() && m_world.item(before).expires == found->first)
            found->second = before;
        else
            m_lastOf.erase(found);
    }

  private:
    TimerId first() const { return m_world.listAt(m_world.geometry().inactiveList()).first; }

    const World& m_world;
    std::map<std::uint64_t, TimerId> m_lastOf;
};

} // namespace jiffy::core
