// SPDX-License-Identifier: GPL-3.0-or-later
// What lies above what in the timeline: overview, ruler, a lane a CPU, and below them the lines of single timers and the
// lanes of other futures. Lanes and lines are two stacks that scroll apart where they do not fit. Pure functions.
#pragma once

namespace jiffy::ui
{

/// A stack of rows of one height, of which a part is in sight.
struct RowStack
{
    double top = 0, height = 0; ///< of what is in sight
    double rowHeight = 19;
    int count = 0;
    double scroll = 0; ///< how much of it has gone above the top
    bool isByRow = false; ///< no row is ever cut at the top

    double contentHeight() const { return rowHeight * count; }
    double maxScroll() const { return contentHeight() > height + .5 ? contentHeight() - height : 0; }
    double topOf(int row) const { return top + row * rowHeight - scroll; }
    double middleOf(int row) const { return topOf(row) + rowHeight / 2; }
    /// The row under a height; -1: none.
    int rowAt(double y) const;
    /// The first row in sight, and one behind the last; a row cut by a border counts.
    int firstInSight() const;
    int endInSight() const;
    /// Scrolls as little as brings the row into sight, within what can be scrolled.
    void show(int row);
    void scrollTo(double offset);
};

struct TimelineRows
{
    double overviewTop = 0, overviewHeight = 0;
    double rulerTop = 0;  ///< from here to the first lane time can be measured by dragging
    double rulerLine = 0; ///< the ruler's base line
    RowStack lanes;       ///< CPUs: 19 high as designed, up to 26 where there is room
    double recordedHeight = 0; ///< the lower part of each lane: a strip of what the recorded machine did; 0: there is none
    RowStack lives;       ///< timers, then other futures: 18 high, up to 22
    double livesTitle = 0; ///< middle of a line of words above the lives; 0: none
    double bottom = 0;

    /// Of the model's part of a lane.
    double laneHeight() const { return lanes.rowHeight - recordedHeight; }
    double recordedTopOf(int cpu) const { return lanes.topOf(cpu) + laneHeight(); }
};

/// Places for a height. Where not all fits, the lives keep nearly half of it and the lanes the rest; at least one lane
/// is in sight. Both stacks stand at their tops.
TimelineRows timelineRows(double height, int cpus, int lives, double scale);

/// The same for a machine of CPUs, whose lanes have blocks with names: 30 high, 24 where there is little room, up to 46.
TimelineRows stripRows(double height, int cpus, int lives, double scale);

/// The same for the replay of a recording: below the model's part, 19 high, each lane has a strip of what the machine did, 22
/// high, 17 where there is little room, up to 34.
TimelineRows recordedRows(double height, int cpus, int lives, double scale);

/// The same for a run of tgtd: lanes 20 high, a title, and items 23 high. All lanes are always whole: where there is
/// little room they are down to 14 high (lower only in a pane that holds nothing else), and the items have the rest in
/// whole rows, without the title or not at all where that is too little.
TimelineRows daemonRows(double height, int lanes, int items, double scale);

/// How many lives to show when nobody has chosen: as many as fit under the lanes, 3 to 12.
int livesThatFit(double height, int cpus, double scale);
int livesThatFitBelowStrips(double height, int cpus, double scale);
int livesThatFitBelowRecorded(double height, int cpus, double scale);

} // namespace jiffy::ui
