// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel as rings inside each other: far future inside, tv1 outside, slot 0 at 12 o'clock, clockwise. Angles
// are degrees clockwise from 12 o'clock. Lengths follow the rim's radius R: ring borders are fractions of it,
// marks are the design's pixels at R = 250.
#pragma once

#include "ui/wheel/layout.h"

#include <tuple>

namespace jiffy::ui
{

/// Inner and outer border.
struct Ring
{
    double inner = 0, outer = 0;
    double middle() const { return (inner + outer) / 2; }
    double width() const { return outer - inner; }
};

class RingLayout : public WheelLayout
{
  public:
    /// open: levels that are drawn with room for dots; those above it, of 6.1, are narrow.
    RingLayout(const core::Geometry& geometry, const QRectF& canvas, QPointF centre, double radius,
               int open = static_cast<int>(std::tuple_size_v<decltype(core::Geometry::level)>));

    /// The rim's radius that a canvas has room for: labels at both sides, the hand's pill above, a column of
    /// other CPUs of that width at the left.
    static double radiusFor(QSizeF canvas, double column, double scale);
    /// Below this radius the mini form is drawn instead.
    static constexpr double smallestRadius = 150;
    /// Below this radius numbers inside the wheel are left out.
    static constexpr double numbersRadius = 230;

    const RingLayout* rings() const override { return this; }
    bool isMini() const override { return m_radius < smallestRadius; }
    bool isSameAs(const WheelLayout& other) const override;
    QPointF centre() const { return m_centre; }
    double radius() const { return m_radius; }
    int open() const { return m_open; }

    Ring ring(int level) const;
    double step(int level) const { return 360.0 / slots(level); }
    double angleOf(SlotPlace p) const { return (p.index + .5) * step(p.level); }
    QPointF polar(double radius, double degrees) const;
    double angleAt(QPointF point) const; ///< 0 to 360
    double arc(int level) const;         ///< length of a slot along the ring's middle
    /// Width of the separator before a slot; 0 when slots are too narrow for any.
    double separator(int level, std::uint32_t index) const;
    /// A piece of a ring, `inset` pixels smaller at the arcs.
    QPolygonF sector(Ring r, double fromDegrees, double spanDegrees, double inset = 0) const;

    QPolygonF cell(SlotPlace p, double inset = 0) const override;
    QPolygonF fill(SlotPlace p) const override;
    QPointF middle(SlotPlace p) const override { return polar(ring(p.level).middle(), angleOf(p)); }
    /// None in the hub and outside the rim.
    std::optional<SlotPlace> slotAt(QPointF point) const override;
    double distance(SlotPlace p, QPointF point) const override;
    int dotLimit(int level) const override;
    double dotRadius(int level, bool named) const override;
    QPointF dot(SlotPlace p, int k, int n) const override;
    double newcomerRadius() const override;
    std::optional<CountPlace> count(SlotPlace p, std::uint64_t n) const override;
    QPointF firedSpot(SlotPlace p, int k) const override;
    QPolygonF handFrame(int level, double index) const override;
    QPolygonF handMark(int level, double index) const override;
    /// Radius to a lane in the gap between the rings, along the lane, out to the target: the shorter way round.
    /// Lanes nest, the farthest target innermost.
    std::vector<FlightPath> flightPaths(const std::vector<FlightRequest>& requests) const override;

    /// Size of the font for a slot's number, in pixels at scale 1.
    double countPixels(int level) const;
    /// Whether a number of that width fits into the slot.
    bool countFits(int level, double textWidth) const { return textWidth + 1.5 < arc(level); }
    /// Distance of that dot from the centre.
    double dotDistance(SlotPlace p, int k, int n) const;
    /// Slots whose numbers stand at the rim: every eighth part of the level, none nearer than 7 degrees to an
    /// angle in `taken`.
    std::vector<std::uint32_t> rimDigits(const std::vector<double>& taken) const;

  private:
    /// How dots stand in a slot: most of them, radius, how many above each other, and how far apart.
    struct DotRule
    {
        int limit;
        double radius;
        int rows;
        double pitch;
    };
    DotRule ruleOf(int level) const;
    bool isModern() const { return geometry().is(core::TimerAlgorithm::Wheel61); }

    QPointF m_centre;
    double m_radius;
    int m_open;
};

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

/// Heights between which the labels of one side stand.
struct LabelRoom
{
    double top = 0, bottom = 0;
};

/// Elbow leaders, at least `pitch` apart on each side, at most 12 a side.
Labels labelPlaces(const RingLayout& layout, std::vector<LabelRequest> requests, double pitch, LabelRoom left,
                   LabelRoom right);

} // namespace jiffy::ui
