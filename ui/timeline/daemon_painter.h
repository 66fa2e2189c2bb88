// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd's rows of the timeline: lanes for alarms, the pipe, the loop and its passes, and below them how late
// each item ran, with the other scheduler's run of it in grey. Overview, ruler, markers and playhead are
// those of any timeline.
#pragma once

#include "ui/timeline/daemon_lanes.h"
#include "ui/timeline/scene.h"

namespace jiffy::ui
{

/// What is in sight, worked out once for a range and a size.
struct DaemonPicture
{
    struct Row
    {
        int number = 0; ///< of the stack
        LateRow lead, twin;
    };
    std::vector<DaemonLane> lanes;
    std::vector<AlarmBar> alarms;
    std::vector<SpanBar> pipe, handlers, waits, passes;
    std::vector<CallMark> calls;
    std::vector<Row> rows;
};
/// REQUIRES for all below: scene.daemon != nullptr.
DaemonPicture daemonPicture(const TimelineScene& scene);

QString laneName(DaemonLane lane, core::WorkScheduler scheduler);

void paintDaemonOverview(QPainter& p, const TimelineScene& scene, const QRectF& strip);
/// Lines of the grid, names, bars.
void paintDaemonFloor(QPainter& p, const TimelineScene& scene, const DaemonPicture& picture, bool keepsNames);
/// Over the floor: the veil of what is to come, words, funcs, due marks and the other scheduler's runs.
void paintDaemonPresent(QPainter& p, const TimelineScene& scene, const DaemonPicture& picture);

} // namespace jiffy::ui
