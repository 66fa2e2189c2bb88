// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a picture of the timeline shows, as values: made by the view for its own size, and for any other size
// when it is exported. The painters below need nothing else.
#pragma once

#include "core/insight/cpu_activity.h"
#include "core/insight/pyramid.h"
#include "core/scenario/inputs.h"
#include "core/trace/recorded_machine.h"
#include "ui/theme/look.h"
#include "ui/timeline/layout.h"
#include "ui/timeline/life_picture.h"
#include "ui/timeline/markers.h"
#include "ui/timeline/present_tick.h"
#include "ui/timeline/rows.h"

#include <QImage>
#include <QPainter>
#include <QSizeF>
#include <QString>

#include <optional>
#include <vector>

namespace jiffy::ui
{

class DaemonRun;
struct DaemonPicture;

/// Timers that a CPU is known to call at a tick, as it stands at the playhead: planFires().
struct PlannedFires
{
    std::uint64_t tick = 0;
    std::uint32_t count = 0;
    bool operator==(const PlannedFires&) const = default;
};

/// Words or a number on a lane. They are found with the floor and set over the veil: what is to come is said as clearly as
/// what has been.
struct LaneText
{
    double x = 0, base = 0;
    QString text;
    bool isNumber = false;  ///< of timers moved in the tick; shown once that is reached
    std::uint64_t tick = 0;
    // A stretch of sleep, whose words follow from where the playhead stands: from x to `right`, around base.
    double right = 0;                      ///< 0: it is not one
    std::uint64_t firstTick = 0, endTick = 0;
    int cpu = 0;
    // The name in a block: its colours left of the playhead, and right of it, where the block is pale.
    QColor reached{}, ahead{};
    bool isMono = false;
};

/// The line of a timer.
struct LifelineRow
{
    QString name;
    const core::Lifeline* life = nullptr;
    bool isSelected = false;
    bool isMarked = false; ///< selected, or, where nothing is, what the last event was about
};

/// Another future of the run: what would have happened on the CPU in sight.
struct GhostRow
{
    QString name;
    const core::CountPyramid* pyramid = nullptr;
    const core::Lifeline* life = nullptr; ///< of the selected timer in it; may be null
    std::uint64_t forkTick = 0;           ///< from here on it differs
    std::uint64_t endTicks = 0;
};

struct TimelineScene
{
    Look look;
    QSizeF size;
    TimeScale scale;  ///< of ruler and lanes
    TimeScale whole;  ///< of the overview
    TimelineRows rows;
    const core::Inputs* inputs = nullptr; ///< null: nothing is open
    const core::CountPyramid* pyramid = nullptr;
    core::Geometry geometry;
    std::uint64_t endTicks = 0;
    Playhead playhead;
    const PresentTick* present = nullptr;
    const std::vector<LaneText>* texts = nullptr; ///< of the floor; null: none
    const std::vector<OverviewMark>* overview = nullptr; ///< overviewMarks(); null: they are found when they are painted
    double playheadX = 0; ///< where it is drawn: on its way it is not where it will stand
    int cpu = 0;
    const std::vector<std::vector<PlannedFires>>* planned = nullptr; ///< by CPU
    std::vector<LifelineRow> lives;
    std::vector<GhostRow> ghosts;
    Markers markers;
    std::optional<TickRange> area; ///< of the ruler, in ticks
    bool isOverviewHeld = false;
    int heldThumb = 0; ///< 1: of the lanes, 2: of the lives
    int selectedCpu = -1;
    const DaemonRun* daemon = nullptr;              ///< null: a run of a wheel
    const DaemonPicture* daemonPicture = nullptr;   ///< of what is in sight; null: it is worked out when it is painted
    core::TimerId selectedItem;                     ///< of a daemon
    const core::CpuActivity* activity = nullptr;    ///< of a machine of CPUs: lanes are strips (strip_painter.h); null: of another
    const core::RecordedMachine* recorded = nullptr; ///< of a replay: each lane has a strip of it (recorded_strip.h); null: none
    std::uint64_t endTime = 0;                      ///< ns, of the run as far as it is known; where activity is there

    /// Ticks are wide enough to show the parts of one.
    bool dividesTick() const { return scale.pixelsPerTick() >= 1; }
    bool isPlayheadInSight() const { return playheadX >= scale.left && playheadX <= scale.right; }
    core::Jiffies jiffiesAt(std::uint64_t tick) const
    {
        return inputs->machine.word.add(inputs->machine.jiffies, tick);
    }
};

/// The left and right edge of lanes and ruler, for a width.
constexpr double headerLeft = 20;   ///< of the lanes' names
constexpr double headerWidth = 112;
constexpr double lanesRight = 28;   ///< from the right edge
constexpr double thumbStrip = 14;   ///< at the right edge: where stacks of rows that do not fit are scrolled
inline TimeScale scaleFor(const Look& look, double width, TickRange range, bool isContinuous = false)
{
    const double left = look.px(headerLeft + headerWidth);
    return {left, std::max(left + 16, width - look.px(lanesRight)), range, isContinuous};
}

/// Marks of the ruler in jiffies, or in seconds.
std::vector<RulerMark> rulerMarksOf(const TimelineScene& scene);
/// What the playhead's pill says: jiffies by the clock, or seconds.
QString playheadText(const TimelineScene& scene);
/// "180 jiffies · 720 ms", or seconds alone.
QString spanTextOf(const TimelineScene& scene, std::uint64_t ticks);

/// What does not change when the playhead moves within a tick: the ruler, the overview's marks, and the lanes with all that is
/// recorded, but for the playhead's tick. Returns what is to be written on the lanes.
/// The second form is for the screen, and fast: lanes go into the image without a painter.
std::vector<LaneText> paintFloor(QPainter& p, const TimelineScene& scene);
/// keepsNames: the image has the title and the names of the CPUs already.
std::vector<LaneText> paintFloor(QImage& image, const TimelineScene& scene, bool keepsNames);
/// Over the floor: what is to come is veiled, the playhead's tick is divided, and the timers' lines, the markers and the
/// playhead are drawn.
void paintPresent(QPainter& p, const TimelineScene& scene);

/// The playhead's time, in the ruler: what can be taken hold of and dragged.
QRectF playheadPill(const TimelineScene& scene);
/// The flags of the markers, in the ruler.
QRectF flagBox(const TimelineScene& scene, std::uint64_t tick);

} // namespace jiffy::ui
