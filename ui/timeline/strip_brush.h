// SPDX-License-Identifier: GPL-3.0-or-later
// What the strips of a lane are drawn with: blocks that stand on a base line, names in them, and what stands on a patch of
// its own. Shared by the model's strips and those of a recording.
#pragma once

#include "ui/timeline/scene.h"
#include "ui/timeline/strip.h"

#include <QFont>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace jiffy::ui
{

/// Lines at 45 degrees; isSteep: the other way, and denser. As lines, so that exported pictures stay vectors.
void paintHatch(QPainter& p, const QRectF& box, const QColor& colour, double pitch, double width, bool isSteep);

class StripBrush
{
  public:
    StripBrush(QPainter& p, const TimelineScene& s, double top, double height);

  protected:
    /// From a share of the height down to the base; 0 is the top.
    QRectF boxOf(const StripBlock& b, double share, double least) const;
    /// All of the height.
    QRectF wholeBox(const StripBlock& b) const { return {b.from, m_top, b.to - b.from, m_base - m_top}; }
    void fill(const QRectF& box, const QColor& colour, const QColor& edge = {});
    struct BlockName
    {
        QPointF at; ///< baseline
        QString text;
        QFont font;
    };
    /// The name in a block, shortened; none where less than three letters fit.
    std::optional<BlockName> nameIn(const QRectF& box, const QString& text, bool isMono) const;
    /// Writes that.
    void writeIn(const QRectF& box, const QString& text, const QColor& colour, bool isMono);
    /// In the middle of a stretch, on a patch; false: it does not fit. isTight: the patch may be as high as the stretch.
    bool writeOnPatch(const QRectF& box, const QString& text, bool isTight = false);
    /// A stretch in which the tick is stopped: hatch, or a tint where it is narrow.
    void paintStopped(const StripBlock& b);
    void paintBase();

    void takePlace(const StripBlock& b) { m_taken.emplace_back(b.from, b.to + m_look.px(3)); }
    void sortPlaces() { std::sort(m_taken.begin(), m_taken.end()); }
    /// The widest part of a box in which nothing else stands. REQUIRES: sortPlaces() since takePlace().
    QRectF widestGap(const QRectF& box) const;

    QPainter& m_p;
    const TimelineScene& m_s;
    const Look& m_look;
    const Theme& m_t;
    StripScale m_scale;
    double m_top, m_base;
    std::vector<std::pair<double, double>> m_taken; ///< pixels, at which a block stands
};

} // namespace jiffy::ui
