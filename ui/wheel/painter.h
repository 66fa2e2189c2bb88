// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the wheel, layer by layer, from a scene and a layout of either geometry: the widget caches the lower
// layers, exports paint all of them straight into their device. No state of its own.
#pragma once

#include "ui/motion/motion.h"
#include "ui/theme/look.h"
#include "ui/wheel/glyphs.h"
#include "ui/wheel/layout.h"
#include "ui/wheel/scene.h"

#include <QPainter>

#include <algorithm>
#include <optional>
#include <vector>

namespace jiffy::ui
{

class DotSprites;
class MiniCache;

/// Positions of the hands, in slots of each level; between whole ones while they glide.
using HandIndices = std::array<double, 9>;
HandIndices handIndices(const core::Geometry& geometry, core::Jiffies position);
/// On their way to a position, the shorter way round; share 1: there.
HandIndices glidingHands(const core::Geometry& geometry, const HandIndices& from, core::Jiffies to, double share);

/// A dot that the pointer holds.
struct DragPicture
{
    core::TimerId timer;             ///< none: a new one
    std::optional<SlotPlace> target; ///< slot under the pointer
    QPointF pointer;
    QString text; ///< what a drop would do
    bool isAllowed = false;
};

/// Moves of a step, joined with their paths.
struct Flights
{
    std::vector<TimerMove> moves;           ///< those from or to the CPU shown
    std::vector<FlightPath> paths;          ///< one for each move
    std::vector<TimerMove> landed;          ///< earlier in the same turn
    std::vector<FlightPath> trails;         ///< one for each of those
    std::vector<int> away;                  ///< one for each move: the other CPU that it comes from or goes to, or -1
    std::vector<core::TimerId> movingIds;   ///< ascending: drawn by paintFlights, not by paintSlots
    std::vector<core::TimerId> newcomerIds; ///< ascending: landed, or newly queued

    bool isMoving(core::TimerId id) const
    {
        return std::binary_search(movingIds.begin(), movingIds.end(), id);
    }
    bool isNewcomer(core::TimerId id) const
    {
        return std::binary_search(newcomerIds.begin(), newcomerIds.end(), id);
    }
};

/// All that a picture of the wheel depends on.
struct WheelPicture
{
    const Scene& scene;
    const WheelLayout& layout;
    const Look& look;
    const Flights& flights;
    QRectF canvas;
    core::TimerId selected;
    HandIndices handFrom{};             ///< that the hands glide from
    const StepMotion* motion = nullptr; ///< null: at rest
    bool withGlow = true;               ///< exports to vectors leave it out
    std::optional<SlotPlace> focus = {}; ///< keyboard focus within the wheel
    std::optional<SlotPlace> selectedSlot = {};
    bool isOutlined = false;           ///< slots that the step changed have a frame
    const DragPicture* drag = nullptr; ///< may be null
    DotSprites* sprites = nullptr;     ///< null: dots are drawn one by one
    MiniCache* minis = nullptr;        ///< null: other CPUs are drawn anew
    bool withHeat = true;              ///< false: the floor has it already (heat_image.h)
    bool withDots = true;              ///< false: they are painted elsewhere, on their way between geometries
};

/// The wheel on a canvas, beside the column of CPUs and as large as there is room. Where the geometry asked for has no
/// room and the other one has, that one; where neither has, the mini form of the rings.
WheelLayoutPtr wheelLayout(const Scene& scene, const QRectF& canvas, double scale, WheelForm form);

/// A timer that is in sight by itself.
struct DotSpot
{
    SceneTimer timer;
    SlotPlace place;
    QPointF at;
    bool isDot = false; ///< false: its slot shows no dots, `at` is the middle of the slot
};

/// Every resting dot.
std::vector<DotSpot> dotSpots(const Scene& scene, const WheelLayout& layout);
/// Where a pending timer is; none if it is not among the first of its slot.
std::optional<DotSpot> spotOf(const Scene& scene, const WheelLayout& layout, core::TimerId id);
/// spotOf() without its circumstances.
std::optional<QPointF> dotOf(const Scene& scene, const WheelLayout& layout, core::TimerId id);

/// Lanes and trails of a scene's moves. `scale`: of the text, which the other CPUs' places follow. `isMoving`: the
/// animation runs; a step back leaves no moves behind it.
Flights makeFlights(const Scene& scene, const WheelLayout& layout, double scale, bool isMoving);
/// Of more trails than this only the latest are drawn.
constexpr std::size_t trailsUpTo = 64;

// The layers, in the order in which they lie above each other.

/// Canvas, empty slots, cones. Depends on theme, size, geometry, and for the cones of the bands on the slots of
/// tv2 and above that the hands are in.
void paintFloor(QPainter& p, const WheelLayout& layout, const Look& look, const QRectF& canvas,
                core::Jiffies position);
/// What the heat of a slot looks like; invalid: its floor is bare.
QColor slotColour(const WheelPicture& w, SlotPlace place);
/// A dot, or the ring round one that has just moved, by sprite where there are any.
void putGlyph(QPainter& p, const WheelPicture& w, Glyph glyph, QPointF at, double radius, const QColor& hue);
void putNewcomerRing(QPainter& p, const WheelPicture& w, QPointF at, const QColor& hue);
/// Heat, then the trails of moves that have landed, then numbers and resting dots.
void paintSlots(QPainter& p, const WheelPicture& w);
/// Trails of what flies or has just flown, the flying dots, the fired ones.
void paintFlights(QPainter& p, const WheelPicture& w);
/// Hands, the slots they are in, the pill with the position or the tray, the firing timer.
void paintHands(QPainter& p, const WheelPicture& w);
/// Numbers and names; with rings at the rim and in the hub, with bands beside levels and dots.
void paintLabels(QPainter& p, const WheelPicture& w);
/// Slots that the step has changed, each once.
std::vector<SlotPlace> changedSlots(const Scene& scene);
/// Frames of changed, selected and focused slots; what the pointer drags.
void paintMarks(QPainter& p, const WheelPicture& w);
/// Column of the other CPUs, duration of a slot of each level, the heat view's chip.
void paintSurroundings(QPainter& p, const WheelPicture& w);

/// The wheel where there is no room for slots: two levels, no dots.
void paintMini(QPainter& p, const WheelPicture& w);

/// All that changes with a position, above the floor.
void paintResting(QPainter& p, const WheelPicture& w);
/// All that changes with a frame, above that.
void paintMoving(QPainter& p, const WheelPicture& w);
/// Every layer, straight into the device.
void paintWheel(QPainter& p, const WheelPicture& w);
/// The whole view at rest, for exports. `withGlow`: false for vector formats.
void paintWheelView(QPainter& p, const QRectF& canvas, const Look& look, const Scene& scene, WheelForm form,
                    core::TimerId selected, bool withGlow);

/// Room of the switch between the geometries, at the upper right; labels keep clear of it.
QRectF formSwitchBox(const QRectF& canvas, const Look& look);
/// 6.1: whether the second wheel, for deferrable timers, holds something or is shown: then one chooses between them.
bool hasTwoWheels(const Scene& scene);
/// Room of that switch: below the other one with rings, left of it with bands.
QRectF baseSwitchBox(const QRectF& canvas, const Look& look, WheelForm form);
/// Levels whose slots' durations are told.
int levelsNamed(const WheelPicture& w);
/// "heat view, 12 800 timers"; empty while dots are shown.
QString heatChipText(const Scene& scene);
/// Where that stands; of no height while dots are shown.
QRectF heatChipBox(const WheelPicture& w);

/// "4 ms", "1.02 s", "65.5 s", "69.9 min", "74.6 h": three digits.
QString durationText(double seconds);

} // namespace jiffy::ui
