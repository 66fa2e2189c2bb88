// SPDX-License-Identifier: GPL-3.0-or-later
// Where everything of the ring view is: pure geometry, no painting. Far future inside, tv1 outside, so a
// cascade flies outward; slot 0 at 12 o'clock, clockwise. Angles are degrees clockwise from 12 o'clock.
// Lengths follow the rim's radius R: ring borders are fractions of it, marks are the design's pixels at R =
// 250.
#pragma once

#include "core/world/geometry.h"

#include <QPointF>
#include <QPolygonF>
#include <QRectF>

#include <array>
#include <optional>
#include <vector>

namespace jiffy::ui
{

/// Inner and outer border.
struct Ring
{
    double inner = 0, outer = 0;
    double middle() const { return (inner + outer) / 2; }
    double width() const { return outer - inner; }
};

/// A slot of the CPU shown.
struct SlotPlace
{
    int level = 0;
    std::uint32_t index = 0;
    bool operator==(const SlotPlace&) const = default;
};

/// How the timers of one slot are shown: dots, then their number, then heat alone.
enum class SlotStyle
{
    Dots,
    Count,
    Heat
};

class WheelLayout
{
  public:
    WheelLayout(const core::Geometry& geometry, QPointF centre, double radius);

    /// The rim's radius that a canvas has room for: labels at both sides, the hand's pill above, a column of
    /// other CPUs of that width at the left.
    static double radiusFor(QSizeF canvas, double column, double scale);
    /// Below this radius the mini form is drawn instead.
    static constexpr double smallestRadius = 150;
    /// Below this radius numbers inside the wheel are left out.
    static constexpr double numbersRadius = 230;

    const core::Geometry& geometry() const { return m_geometry; }
    int levels() const { return m_geometry.levels; }
    std::uint32_t slots(int level) const
    {
        return static_cast<std::uint32_t>(m_geometry.level[static_cast<std::size_t>(level)].slots);
    }
    QPointF centre() const { return m_centre; }
    double radius() const { return m_radius; }
    bool isMini() const { return m_radius < smallestRadius; }
    double marks() const
    {
        return m_marks;
    } ///< what the design's pixels are multiplied by for dots and strokes

    Ring ring(int level) const;
    double step(int level) const { return 360.0 / slots(level); }
    double angleOf(SlotPlace p) const { return (p.index + .5) * step(p.level); }
    QPointF polar(double radius, double degrees) const;
    double angleAt(QPointF point) const; ///< 0 to 360
    /// The four-sided or slightly bent cell of a slot, `inset` pixels smaller at the arcs.
    QPolygonF cell(SlotPlace p, double inset = 0) const
    {
        return sector(ring(p.level), p.index * step(p.level), step(p.level), inset);
    }
    QPolygonF sector(Ring r, double fromDegrees, double spanDegrees, double inset = 0) const;

    /// The slot under a point: level by radius with the gaps split in half, none in the hub and outside the
    /// rim.
    std::optional<SlotPlace> slotAt(QPointF point) const;

    /// Most dots a slot of this level shows.
    static int dotLimit(int level);
    double dotRadius(int level, bool named) const;
    /// Size of the font for a slot's number, in pixels at scale 1.
    double countPixels(int level) const;
    /// Whether a number of that width fits into the slot.
    bool countFits(int level, double textWidth) const { return textWidth + 1.5 < arc(level); }
    double arc(int level) const; ///< length of a slot along the ring's middle
    /// Place of dot k of n; n is at most dotLimit().
    QPointF dot(SlotPlace p, int k, int n) const;
    /// Distance of that dot from the centre.
    double dotDistance(SlotPlace p, int k, int n) const;

    /// Slots whose numbers stand at the rim: every eighth part of the level, none nearer than 7 degrees to an
    /// angle in `taken`.
    std::vector<std::uint32_t> rimDigits(const std::vector<double>& taken) const;

  private:
    core::Geometry m_geometry;
    QPointF m_centre;
    double m_radius;
    double m_marks;
};

/// Dots, count or heat. `fullest` is the fullest slot, `pending` all timers of the wheel shown.
SlotStyle slotStyle(int level, std::uint64_t count, std::uint64_t fullest, std::uint64_t pending,
                    bool countFits);
constexpr std::uint64_t heatViewFrom = 2'000; ///< more timers than this: no dots at all
constexpr std::uint64_t heatFirstFrom = 64;   ///< a fuller slot than this: dots only in slots of at most 3

// ---- flights

constexpr int flightPoints = 61;
using FlightPath = std::array<QPointF, flightPoints>;

struct FlightRequest
{
    SlotPlace from, to;
    QPointF end; ///< its place in the target slot
};

/// Radius to a lane in the gap between the rings, along the lane, out to the target: the shorter way round.
/// Lanes nest, the farthest target innermost.
std::vector<FlightPath> flightPaths(const WheelLayout& layout, const std::vector<FlightRequest>& requests);
/// The point at u (0..1) of a path.
QPointF pointOn(const FlightPath& path, double u);

// ---- labels at the rim

struct LabelRequest
{
    int key = 0; ///< the caller's
    double angle = 0;
    int priority = 0; ///< when there is no room for all, the higher stay
};

struct LabelPlace
{
    int key = 0;
    bool isRight = true;
    QPointF rim, elbow,
        end; ///< of the leader; the text begins (right side) or ends (left side) 5 px after `end`
};

struct Labels
{
    std::vector<LabelPlace> places;
    int moreLeft = 0, moreRight = 0; ///< left out
};

/// Elbow leaders, at least `pitch` apart on each side, between top and bottom, at most 12 a side.
Labels labelPlaces(const WheelLayout& layout, std::vector<LabelRequest> requests, double pitch, double top,
                   double bottom);

// ---- the other CPUs

struct MiniPlace
{
    int cpu = 0;
    QRectF card;
    QPointF centre;
    double radius = 0;     ///< 0: a bar, not a wheel
    bool hasName = true;   ///< below the wheel
    bool hasDetail = true; ///< "167 pending" below the name
};

/// Column of mini wheels at the left edge: 66 px, smaller if they do not fit, two columns of 44 px above 6
/// CPUs, bars above 24. Empty for one CPU.
std::vector<MiniPlace> miniPlaces(int cpus, const QRectF& canvas, double scale);
/// Width that the column takes.
double miniColumnWidth(int cpus, double scale);

} // namespace jiffy::ui
