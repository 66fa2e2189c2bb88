// SPDX-License-Identifier: GPL-3.0-or-later
// The plots of the compare view: what each algorithm cost over time, and how late it was. Values that say
// what is to be seen, and the three things a view does with them: lay out, paint, find what lies under the
// pointer. The layout is a pure function (fonts are measured, nothing is painted); its cost follows the width
// in pixels, not the run.
//
//   Work      a lane for each algorithm on one axis of jiffies and one scale of work: handlers and moves of
//   each tick;
//             comparisons for timers that were added outside of ticks as a broken bar; the worst tick named
//   Lateness  a panel for each algorithm: jiffies late against jiffies asked for ahead, both logarithmic, and
//   the most
//             that its levels allow as steps
//
// What the playhead has not reached is pale. GUI thread.
#pragma once

#include "core/insight/delay_lateness.h"
#include "core/insight/work_series.h"
#include "core/world/geometry.h"
#include "ui/theme/look.h"
#include "ui/timeline/layout.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace jiffy::ui
{

enum class PlotKind
{
    Work,
    Lateness
};

/// One algorithm's run. The insights outlive the layout.
struct PlotLane
{
    QString name; ///< "Cascading wheel"
    core::Geometry geometry;
    const core::WorkSeries* work = nullptr;        ///< never null
    const core::DelayLateness* lateness = nullptr; ///< never null
    std::uint64_t events = 0;                      ///< records that the playhead has reached in this run
};

struct PlotsInput
{
    PlotKind kind = PlotKind::Work;
    std::vector<PlotLane> lanes; ///< at least one
    core::Jiffies start = 0;     ///< jiffies at the start
    core::Word word;
    TickRange range;        ///< in sight, of Work; may begin before 0
    std::uint64_t tick = 0; ///< of the playhead
    bool isPlayheadShown = true;
};

/// What can be pointed at.
struct PlotHit
{
    enum class What
    {
        Nothing,
        Tick,  ///< of the axis or of a lane without work there
        Bar,   ///< a tick with work, or with comparisons
        Label, ///< of the lane's worst tick, or of its comparisons
        Call,  ///< Lateness: calls of handlers
    };
    What what = What::Nothing;
    int lane = -1; ///< -1: the axis
    std::uint64_t tick = 0;
    std::optional<std::uint64_t> event; ///< in the lane's run: where that begins, if anything does
    bool operator==(const PlotHit&) const = default;
};

struct PlotsLayout; // plots_layout.h
using PlotsLayoutPtr = std::shared_ptr<const PlotsLayout>;

/// The stretch to begin with: from the start to where nearly all work of all lanes is done, and a little
/// more.
TickRange openingRange(const PlotsInput& input, std::uint64_t endTicks);

/// REQUIRES: box is not empty, input.lanes is not.
PlotsLayoutPtr layOutPlots(const PlotsInput& input, const Look& look, const QRectF& box);
void paintPlots(QPainter& painter, const PlotsLayout& layout, const Look& look);
PlotHit plotAt(const PlotsLayout& layout, QPointF point);
/// Work: the scale of the axis, for zoom and drag; x outside of it is out of the lanes.
TimeScale plotScale(const PlotsLayout& layout);
/// Left of the axis, on its first line: free for a switch of the kind; empty where the box is too small for
/// one.
QRectF plotSwitchRect(const PlotsLayout& layout);

/// A tool tip: "1536: 100 moves and 1 handler". Empty for nothing.
QString plotHitText(const PlotsInput& input, const PlotHit& hit);
/// What the plots show, one sentence for each lane: for those who cannot see them.
QString plotsText(const PlotsInput& input);
/// The tick that the plot of a lane marks as the worst; null: none has done any work.
const core::WorkTick* worstTick(const PlotLane& lane);

} // namespace jiffy::ui
