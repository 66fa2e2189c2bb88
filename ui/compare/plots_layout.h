// SPDX-License-Identifier: GPL-3.0-or-later
// Where everything in the plots stands: made by layOutPlots(), painted as it is, searched for what is under
// the pointer. Lengths are pixels of the box that was asked for.
#pragma once

#include "ui/compare/plots.h"

#include <array>

namespace jiffy::ui
{

/// A piece of a text in one font and colour.
struct PlotPiece
{
    enum class Style
    {
        Strong,   ///< ink, heavy
        Soft,     ///< second ink
        Moves,    ///< a number in the colour of moves
        Handlers, ///< a number in the colour of handlers
    };
    QString text;
    Style style = Style::Soft;
    bool operator==(const PlotPiece&) const = default;
};

/// A line of text that lies free of all others.
struct PlotLabel
{
    QRectF rect;
    std::vector<PlotPiece> pieces;
    bool isReached = true;
    std::uint64_t tick = 0, event = 0;
};

/// The work of a tick, or of the worst tick of those that share a pixel.
struct PlotBar
{
    double x = 0; ///< the middle
    double width = 1;
    double handlers = 0, moves = 0, comparisons = 0; ///< heights, from the base line up in this order
    bool isReached = true;
    std::uint64_t tick = 0, event = 0;
    double height() const { return handlers + moves + comparisons; }
};

/// Comparisons outside the tick: another measure than work, so the bar is hollow and broken.
struct PlotBreak
{
    double x = 0;
    bool isReached = true;
    bool isWide = false; ///< there is room for the break itself
    std::uint64_t tick = 0, event = 0, comparisons = 0;
};

struct WorkLane
{
    QRectF area; ///< from the top of the scale to the base line
    QString name;
    QPointF nameAt;
    std::vector<PlotBar> bars;
    std::vector<PlotBreak> breaks;
    std::vector<PlotLabel> labels;
};

struct AxisMark
{
    double at = 0;
    QString text; ///< empty: a line only
};

struct LatePoint
{
    QPointF at;
    int level = 0; ///< its hue; -1: none
    bool isReached = true;
    std::uint64_t tick = 0, event = 0;
};

struct LatePanel
{
    QRectF area; ///< of the points
    QString name;
    QPointF nameAt;
    std::vector<AxisMark> across, up;
    std::vector<LatePoint> points;
    std::vector<QPointF> bound; ///< corners of the most that the levels allow
    double zero = 0;            ///< y of not late at all
};

struct PlotsLayout
{
    QRectF box;
    PlotKind kind = PlotKind::Work;
    QRectF switchRect;
    TimeScale scale;
    double rulerY = 0;
    std::vector<AxisMark> ruler;
    QString most; ///< the top of every lane's scale
    double axisTextRight = 0;
    std::vector<WorkLane> lanes;
    std::vector<LatePanel> panels;
    /// Keys of the picture, from left to right.
    struct Key
    {
        enum class What
        {
            Handlers,
            Moves,
            Comparisons,
            Call,
            Bound
        } what = What::Handlers;
        QRectF mark;
        QPointF textAt;
        QString text;
    };
    std::vector<Key> keys;
    QString caption; ///< Lateness: what the axes mean
    QRectF captionRect;
    std::optional<double> playhead; ///< x; none: out of sight
    QRectF pill;
    QString pillText;
};

/// Marks at round numbers of jiffies, at least `apart` pixels from one another. Also across the wrap.
std::vector<AxisMark> decimalMarks(const TimeScale& scale, core::Jiffies start, core::Word word,
                                   double apart);

void layOutWork(PlotsLayout& layout, const PlotsInput& input, const Look& look);
void layOutLateness(PlotsLayout& layout, const PlotsInput& input, const Look& look);

/// What one lane says of its worst tick, from the longest to the shortest.
std::vector<std::vector<PlotPiece>> worstTexts(const PlotLane& lane, const core::WorkTick& worst,
                                               core::Jiffies at);
std::vector<std::vector<PlotPiece>> outsideTexts(std::uint64_t comparisons, bool isOneOfSeveral);
double widthOf(const std::vector<PlotPiece>& pieces, const Look& look);
QFont fontOf(PlotPiece::Style style, const Look& look);
/// "100 moves and 1 handler"
QString workText(const core::WorkTick& tick);

} // namespace jiffy::ui
