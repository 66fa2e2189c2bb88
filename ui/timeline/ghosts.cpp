// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/ghosts.h"

#include <algorithm>

namespace jiffy::ui
{

void GhostLanes::update(const std::vector<Ghost>& ghosts)
{
    std::list<Lane> lanes;
    const auto first = ghosts.size() > most ? ghosts.size() - most : 0;
    for (auto i = first; i < ghosts.size(); ++i) {
        const auto& ghost = ghosts[i];
        const auto& machine = ghost.inputs->machine;
        const auto it = std::find_if(m_lanes.begin(), m_lanes.end(), [&](const Lane& l) {
            return l.ghost.id == ghost.id && l.ghost.inputs == ghost.inputs && l.ghost.snapshot.log.size() <= ghost.snapshot.log.size();
        });
        if (it != m_lanes.end()) lanes.splice(lanes.end(), m_lanes, it);
        else lanes.push_back({ghost, core::CountPyramid(core::geometryOf(machine)), {}, {}});
        auto& lane = lanes.back();
        lane.ghost = ghost;
        lane.pyramid.extend(ghost.snapshot.log);
    }
    m_lanes = std::move(lanes);
}

std::vector<GhostRow> GhostLanes::rows(core::TimerId timer)
{
    std::vector<GhostRow> rows;
    for (auto& lane : m_lanes) {
        const auto& ghost = lane.ghost;
        GhostRow row{ghost.name, &lane.pyramid, nullptr, ghost.forkTick, ghost.snapshot.endTicks};
        if (timer.isValid() && timer.value < ghost.inputs->timers.size()) {
            lane.index.extend(ghost.snapshot.log);
            if (lane.life.timer() != timer) lane.life = core::Lifeline(timer, ghost.inputs->machine);
            lane.life.extend(lane.index, ghost.snapshot.log);
            if (!lane.life.joints().empty()) row.life = &lane.life;
        }
        rows.push_back(row);
    }
    return rows;
}

} // namespace jiffy::ui
