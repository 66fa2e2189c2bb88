// SPDX-License-Identifier: GPL-3.0-or-later
// The other futures of a run, as the timeline shows them below the present one: what a CPU would have found, or, where a
// timer is selected, what would have become of it. What is worked out of a branch is kept while there is that branch.
#pragma once

#include "ui/session/session.h"
#include "ui/timeline/scene.h"

#include <list>

namespace jiffy::ui
{

class GhostLanes
{
  public:
    /// Only so many are shown, the newest; all are in the list of branches.
    static constexpr std::size_t most = 4;

    void clear() { m_lanes.clear(); }
    void update(const std::vector<Ghost>& ghosts);
    /// Rows for the scene; good until the next call of anything here. A none id: lanes of a CPU.
    std::vector<GhostRow> rows(core::TimerId timer);

  private:
    struct Lane
    {
        Ghost ghost;
        core::CountPyramid pyramid;
        core::ItemIndex index;
        core::Lifeline life;
    };
    std::list<Lane> m_lanes; ///< in the order of the ghosts
};

} // namespace jiffy::ui
