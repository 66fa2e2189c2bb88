// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the ring view, layer by layer, from a scene and a layout: the widget caches the lower layers,
// exports paint all of them straight into their device. No state of its own.
#pragma once

#include "ui/motion/motion.h"
#include "ui/theme/look.h"
#include "ui/wheel/layout.h"
#include "ui/wheel/scene.h"

#include <QPainter>

#include <algorithm>
#include <optional>
#include <vector>

namespace jiffy::ui
{

/// Moves of a step, joined with their paths.
struct Flights
{
    std::vector<TimerMove> moves;           ///< those within the CPU shown
    std::vector<FlightPath> paths;          ///< one for each move
    std::vector<TimerMove> landed;          ///< earlier in the same turn
    std::vector<FlightPath> trails;         ///< one for each of those
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
    core::Jiffies handFrom = 0;         ///< position that the hands glide from
    const StepMotion* motion = nullptr; ///< null: at rest
    bool withGlow = true;               ///< exports to vectors leave it out
    std::optional<SlotPlace> focus;     ///< keyboard focus within the wheel
};

/// The wheel in the middle of a canvas, beside the column of CPUs and as large as there is room.
WheelLayout wheelLayout(const Scene& scene, const QRectF& canvas, double scale);

/// Lanes and trails of a scene's moves. `isMoving`: the animation runs; a step back leaves no moves behind
/// it.
Flights makeFlights(const Scene& scene, const WheelLayout& layout, bool isMoving);
/// Of more trails than this only the latest are drawn.
constexpr std::size_t trailsUpTo = 64;

// The layers, in the order in which they lie above each other.

/// Canvas, rings, separators. Depends on theme, size and geometry only.
void paintFloor(QPainter& p, const WheelLayout& layout, const Look& look, const QRectF& canvas);
/// Heat, then the trails of moves that have landed, then numbers and resting dots.
void paintSlots(QPainter& p, const WheelPicture& w);
/// Trails of what flies or has just flown, the flying dots, the fired ones.
void paintFlights(QPainter& p, const WheelPicture& w);
/// Hands, the slots they are in, the pill with the position, the firing timer.
void paintHands(QPainter& p, const WheelPicture& w);
/// Numbers at the rings, names at the rim, words in the hub.
void paintLabels(QPainter& p, const WheelPicture& w);
/// Column of the other CPUs, duration of a slot of each level, the heat view's chip.
void paintSurroundings(QPainter& p, const WheelPicture& w);

/// The wheel below WheelLayout::smallestRadius: two levels, no dots.
void paintMini(QPainter& p, const WheelPicture& w);

/// All that changes with a position, above the floor.
void paintResting(QPainter& p, const WheelPicture& w);
/// All that changes with a frame, above that.
void paintMoving(QPainter& p, const WheelPicture& w);
/// Every layer, straight into the device.
void paintWheel(QPainter& p, const WheelPicture& w);
/// The whole view at rest, for exports. `withGlow`: false for vector formats.
void paintWheelView(QPainter& p, const QRectF& canvas, const Look& look, const Scene& scene,
                    core::TimerId selected, bool withGlow);

/// Place of a pending timer among the dots; none if its slot shows no dots or it is not among those shown.
std::optional<QPointF> dotOf(const Scene& scene, const WheelLayout& layout, core::TimerId id);

/// "4 ms", "1.02 s", "65.5 s", "69.9 min", "74.6 h": three digits.
QString durationText(double seconds);

} // namespace jiffy::ui
