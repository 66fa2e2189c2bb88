// SPDX-License-Identifier: GPL-3.0-or-later
// How the lines of a record are put down, for any model: in order, with the one in which the world changes.
#pragma once

#include "core/kernel/lines.h"

namespace jiffy::core
{

class LineBuilder
{
  public:
    /// taken: its condition held.
    void add(Line l, bool taken = false)
    {
        if (taken) m_list.taken |= 1u << m_list.count;
        m_list.line[m_list.count++] = l;
    }
    void effect(Line l, bool taken = false)
    {
        m_list.effect = m_list.count;
        add(l, taken);
    }

  protected:
    LineList m_list;
};

} // namespace jiffy::core
