// SPDX-License-Identifier: GPL-3.0-or-later
// The futures of a session, each with a name: values, so that keeping one costs a few reference counts.
#pragma once

#include "core/history/intervention.h"

#include <string>
#include <vector>

namespace jiffy::core
{

struct Branch
{
    int id = 0;                   ///< never used twice in one list; given by Branches
    std::string name;
    bool isNamedByUser = false;   ///< else its name follows from what was done
    InputsPtr inputs;
    DocumentPtr document = nullptr; ///< that compiles to the inputs; null: there is none (a trace, a vector, a log)
    Snapshot snapshot;
    int parent = 0;               ///< id of the branch it was forked from; 0: none
    Position forkedAt;            ///< in the parent
    std::uint64_t forkTick = 0;   ///< ticks since the start there
    std::vector<Done> done;       ///< what was done by hand since it was forked, oldest first
};

class Branches
{
  public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    Branches() = default;
    explicit Branches(Branch first) { add(std::move(first)); }

    const std::vector<Branch>& all() const { return m_branches; }
    const Branch& operator[](std::size_t i) const { return m_branches[i]; }
    std::size_t size() const { return m_branches.size(); }
    /// `none` if there is no such branch any more.
    std::size_t indexOf(int id) const;
    const Branch* find(int id) const { return const_cast<Branches*>(this)->find(id); }
    Branch* find(int id);
    /// Behind the others. The id that it got.
    int add(Branch branch);
    /// Those that were forked from it become forks of its parent.
    void remove(int id);

  private:
    std::vector<Branch> m_branches;
    int m_lastId = 0;
};

} // namespace jiffy::core
