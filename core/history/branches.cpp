// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/branches.h"

#include <algorithm>

namespace jiffy::core
{

std::size_t Branches::indexOf(int id) const
{
    for (std::size_t i = 0; i < m_branches.size(); ++i)
        if (m_branches[i].id == id) return i;
    return none;
}

Branch* Branches::find(int id)
{
    const auto i = indexOf(id);
    return i == none ? nullptr : &m_branches[i];
}

int Branches::add(Branch branch)
{
    branch.id = ++m_lastId;
    m_branches.push_back(std::move(branch));
    return m_lastId;
}

void Branches::remove(int id)
{
    const auto i = indexOf(id);
    if (i == none) return;
    const int parent = m_branches[i].parent;
    m_branches.erase(m_branches.begin() + static_cast<std::ptrdiff_t>(i));
    for (auto& b : m_branches)
        if (b.parent == id) b.parent = parent;
}

} // namespace jiffy::core
