// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel as bands, one level below the other: a column is equally wide in all of them, and tv1 takes as many rows
// as it needs (4 of 64, or 4 of 16 with CONFIG_BASE_SMALL). A cascade falls.
#pragma once

#include "ui/wheel/layout.h"

#include <tuple>

namespace jiffy::ui
{

class BandLayout : public WheelLayout
{
  public:
    /// `column`: width that the other CPUs take at the left; `scale`: of the text.
    /// `open`: levels that are drawn with room for dots; those above it, of 6.1, are narrow.
    BandLayout(const core::Geometry& geometry, const QRectF& canvas, double column, double scale,
               int open = static_cast<int>(std::tuple_size_v<decltype(core::Geometry::level)>));

    /// Below these a cell is no target and shows no dot.
    static constexpr double narrowestColumn = 6;
    static constexpr double smallestUnit = .42;

    const BandLayout* bands() const override { return this; }
    bool isMini() const override { return m_columnWidth < narrowestColumn || m_unit < smallestUnit; }
    bool isSameAs(const WheelLayout& other) const override;

    std::uint32_t columns() const { return m_columns; }
    int rows(int level) const { return static_cast<int>((slots(level) + m_columns - 1) / m_columns); }
    double columnWidth() const { return m_columnWidth; }
    double left() const { return m_left; }
    double right() const { return m_left + m_columns * m_columnWidth; }
    /// What the design's vertical pixels are multiplied by.
    double unit() const { return m_unit; }
    int open() const { return m_open; }
    /// A whole level, with all its rows.
    QRectF band(int level) const;
    QRectF rowBox(int level, int row) const;
    QRectF box(SlotPlace p) const;
    /// Where the timer lies whose function is being called.
    QRectF tray() const;
    /// Joins slot `index` of level + 1 with what it stands for: the whole band; 6.1: eight of its slots.
    QPolygonF cone(int level, double index) const;
    /// From the left edge of tv1's current slot into the tray.
    FlightPath pathToTray(SlotPlace from) const;
    /// 6.1: room below the bands for what the timers of a bucket asked for; empty: 3.9.
    QRectF fan() const;
    double fanAxis() const; ///< y of the jiffies asked for
    QPointF traySpot() const; ///< of the firing timer in it
    QPointF title() const;    ///< baseline of the line above the bands

    QPolygonF cell(SlotPlace p, double inset = 0) const override;
    QPolygonF fill(SlotPlace p) const override;
    QPointF middle(SlotPlace p) const override { return box(p).center(); }
    std::optional<SlotPlace> slotAt(QPointF point) const override;
    double distance(SlotPlace p, QPointF point) const override;
    int dotLimit(int level) const override;
    double dotRadius(int level, bool named) const override;
    QPointF dot(SlotPlace p, int k, int n) const override;
    double newcomerRadius() const override { return 6.8 * marks(); }
    /// From 10 on numbers are turned, where columns are narrow.
    std::optional<CountPlace> count(SlotPlace p, std::uint64_t n) const override;
    QPointF firedSpot(SlotPlace p, int k) const override;
    QPolygonF handFrame(int level, double index) const override;
    QPolygonF handMark(int level, double index) const override;
    /// Cubics that leave and arrive upright: down when a timer falls, up when it rises, over the top within a level.
    std::vector<FlightPath> flightPaths(const std::vector<FlightRequest>& requests) const override;

  private:
    bool isModern() const { return geometry().is(core::TimerAlgorithm::Wheel61); }
    /// Cells so tall that dots stand below each other from the top.
    bool isTall(int level) const { return dotLimit(level) > 2; }

    struct Band
    {
        double top = 0, rowHeight = 0;
    };

    std::uint32_t m_columns;
    double m_scale;
    double m_unit;
    double m_left;
    double m_columnWidth;
    int m_open;
    std::vector<Band> m_bands;
};

} // namespace jiffy::ui
