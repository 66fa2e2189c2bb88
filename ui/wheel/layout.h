// SPDX-License-Identifier: GPL-3.0-or-later
// Where everything of the wheel view is: pure geometry, no painting. The wheel has two geometries, rings
// (ring_layout.h) and bands (band_layout.h); scene, painters, picking and motion know only what both answer here.
// A layout is made for one canvas and never changes.
//
// The order is the same in both: far future inside or on top, tv1 outside or at the bottom, so a cascade flies
// outward or falls. Marks (dots, strokes) are the design's pixels at its own size times marks().
#pragma once

#include "core/world/geometry.h"

#include <QPointF>
#include <QPolygonF>
#include <QRectF>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace jiffy::ui
{

class BandLayout;
class RingLayout;

enum class WheelForm
{
    Rings,
    Bands
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

/// Where the number of a slot stands: `at` is its middle.
struct CountPlace
{
    QPointF at;
    double pixels = 0;     ///< of the font at scale 1
    bool isTurned = false; ///< a quarter to the left
};

// ---- flights

constexpr int flightPoints = 61;
using FlightPath = std::array<QPointF, flightPoints>;

struct FlightRequest
{
    SlotPlace from, to;
    QPointF end; ///< its place in the target slot
};

/// The point at u (0..1) of a path.
QPointF pointOn(const FlightPath& path, double u);
/// A cubic, for paths that are no flights of the geometry: to another CPU, into the tray.
FlightPath cubicPath(QPointF from, QPointF fromHandle, QPointF toHandle, QPointF to);

class WheelLayout
{
  public:
    virtual ~WheelLayout() = default;

    virtual const RingLayout* rings() const { return nullptr; } ///< null: these are bands
    virtual const BandLayout* bands() const { return nullptr; } ///< null: these are rings
    WheelForm form() const { return rings() ? WheelForm::Rings : WheelForm::Bands; }
    const core::Geometry& geometry() const { return m_geometry; }
    const QRectF& canvas() const { return m_canvas; }
    int levels() const { return m_geometry.levels; }
    std::uint32_t slots(int level) const
    {
        return static_cast<std::uint32_t>(m_geometry.level[static_cast<std::size_t>(level)].slots);
    }
    double marks() const { return m_marks; } ///< what the design's pixels are multiplied by for dots and strokes
    /// Too small for slots: the mini form is drawn instead.
    virtual bool isMini() const = 0;
    /// Every answer is the same.
    virtual bool isSameAs(const WheelLayout& other) const = 0;

    /// The cell of a slot, `inset` pixels smaller on every side; larger, if that is negative.
    virtual QPolygonF cell(SlotPlace p, double inset = 0) const = 0;
    /// What the heat of a slot covers: its cell, clear of the separators and of the soft edges of the floor.
    virtual QPolygonF fill(SlotPlace p) const = 0;
    virtual QPointF middle(SlotPlace p) const = 0;
    /// The slot under a point: gaps between levels split in half.
    virtual std::optional<SlotPlace> slotAt(QPointF point) const = 0;
    /// How far a point is from a slot's cell; 0 within.
    virtual double distance(SlotPlace p, QPointF point) const = 0;

    /// Most dots a slot of this level shows.
    virtual int dotLimit(int level) const = 0;
    virtual double dotRadius(int level, bool named) const = 0;
    /// Place of dot k of n; n is at most dotLimit().
    virtual QPointF dot(SlotPlace p, int k, int n) const = 0;
    /// Radius of the ring round a dot that has just moved.
    virtual double newcomerRadius() const = 0;
    /// Where the number n of a slot stands; none if it has no room.
    virtual std::optional<CountPlace> count(SlotPlace p, std::uint64_t n) const = 0;
    /// Where the k-th timer that fired from a slot is marked.
    virtual QPointF firedSpot(SlotPlace p, int k) const = 0;

    /// The frame of the current slot of a level while the hand glides: `index` need not be whole.
    virtual QPolygonF handFrame(int level, double index) const = 0;
    /// The little triangle that points at it; empty where the hand is a line.
    virtual QPolygonF handMark(int level, double index) const = 0;

    virtual std::vector<FlightPath> flightPaths(const std::vector<FlightRequest>& requests) const = 0;

  protected:
    WheelLayout(const core::Geometry& geometry, const QRectF& canvas, double marks)
        : m_geometry(geometry), m_canvas(canvas), m_marks(marks)
    {
    }
    WheelLayout(const WheelLayout&) = default;
    WheelLayout& operator=(const WheelLayout&) = default;

  private:
    core::Geometry m_geometry;
    QRectF m_canvas;
    double m_marks;
};

using WheelLayoutPtr = std::shared_ptr<const WheelLayout>;

/// Dots, count or heat. `limit` is the layout's dotLimit(), `fullest` the fullest slot, `pending` all timers of the
/// wheel shown.
SlotStyle slotStyle(int limit, std::uint64_t count, std::uint64_t fullest, std::uint64_t pending, bool countFits);
constexpr std::uint64_t heatViewFrom = 2'000; ///< more timers than this: no dots at all
constexpr std::uint64_t heatFirstFrom = 64;   ///< a fuller slot than this: dots only in slots of at most 3

} // namespace jiffy::ui
