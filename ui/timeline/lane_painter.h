// SPDX-License-Identifier: GPL-3.0-or-later
// One lane of a CPU: its base line and ticks, bars for what was found, words where there was nothing for long, and bars
// for what is planned (3.9: by tv1). Of a sorted list the bars of moves are expiries compared. Wedges stand where a call
// woke the CPU.
#pragma once

#include "ui/timeline/lane_raster.h"
#include "ui/timeline/scene.h"

#include <QColor>
#include <QFontMetricsF>

namespace jiffy::ui
{

inline QColor translucent(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

inline double textWidth(const QFont& font, const QString& text)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

/// What is recorded but not yet reached shows with this opacity.
constexpr double unreachedOpacity = .42;

class LanePainter
{
  public:
    /// raster: takes bars and ticks of paintBase() and paintRecorded() instead of the painter; may be null.
    LanePainter(const TimelineScene& scene, int cpu, double top, double height, LaneRaster* raster = nullptr);

    void paintBase(QPainter& p) const;
    /// The bars of all ticks but one. texts: takes the numbers beside them and words about long empty stretches; may be
    /// null.
    void paintRecorded(QPainter& p, const core::CountPyramid& pyramid, std::optional<std::uint64_t> except,
                       std::vector<LaneText>* texts) const;
    /// The playhead's tick: what has happened at the left of the playhead, what has not at its right.
    void paintPresent(QPainter& p, const core::CountPyramid& pyramid) const;
    /// Where a call on another CPU woke this one.
    void paintWakes(QPainter& p, const core::CountPyramid& pyramid) const;
    void paintPlanned(QPainter& p, const std::vector<PlannedFires>& planned) const;
    double base() const { return m_base; }

  private:
    void bar(QPainter& p, double x, double width, double height, const QColor& colour) const;
    struct BarColour
    {
        QColor colour;
        QRgb rgb;
    };
    void recordedBar(QPainter& p, double x, double width, double height, const BarColour& colour) const;
    void paintColumns(const std::vector<LaneBar>& bars, QRgb fire, QRgb move) const;
    const QColor& workHue() const;
    double fireWidth() const;
    double moveWidth() const;
    void paintTicks(QPainter& p) const;
    void findStretches(QPainter& p, const core::CountPyramid& pyramid, const std::vector<LaneBar>& bars,
                       std::vector<LaneText>& texts) const;

    const TimelineScene& m_scene;
    const Look& m_look;
    int m_cpu;
    double m_base; ///< y
    LaneRaster* m_raster;
};

void paintLaneText(QPainter& p, const TimelineScene& scene, const LaneText& text);

} // namespace jiffy::ui
