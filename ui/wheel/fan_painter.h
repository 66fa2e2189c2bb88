// SPDX-License-Identifier: GPL-3.0-or-later
// Paints 6.1's fans below bands: from a bucket down to the jiffies that its timers asked for, the bucket being called as
// the firing sun with its number of timers, the next one with a leader.
#pragma once

#include "ui/theme/look.h"
#include "ui/wheel/layout.h"
#include "ui/wheel/scene.h"

#include <QPainter>

#include <functional>

namespace jiffy::ui
{

/// Where the fans have room.
struct FanPlace
{
    QRectF box;      ///< below the bands: the lines, the axis and its numbers
    double axis = 0; ///< y of the jiffies asked for
    std::function<QRectF(SlotPlace)> slot;
    int levels = 0;  ///< that are drawn with room for a fan
};

/// "a slot spans 8 of the level below; levels 5 to 8 are empty": open levels are drawn, the others hold nothing.
QString modernTitle(const core::Geometry& g, int open);
/// Jiffies that a slot of the level spans, in groups of three, right-aligned with the baseline there.
void drawSpanNumber(QPainter& p, QPointF at, const core::Level& level, const QFont& font, const QColor& colour);
/// The fans that are drawn: those of levels above 0, whose timers wait for their bucket.
std::vector<Fan> fansDrawn(const Scene& scene, int levels);
void paintFanLines(QPainter& p, const Look& look, const Scene& scene, const FanPlace& place);
/// Of the bucket whose timers are being called: "4 of 64", as the words count them; else how many it holds, empty of
/// a single one that is called.
QString fanText(const Scene& scene, const Fan& fan);

/// What stands at a bucket: of one that is called a sun at `at` and its number, of the next one a leader to its number.
struct FanMark
{
    const Fan* fan = nullptr; ///< the scene's
    QPointF at;
    QPolygonF leader;
    QRectF box; ///< of the number; empty: none
    QString text;
    QFont font;
};
std::vector<FanMark> fanMarks(const Look& look, const Scene& scene, const FanPlace& place);
/// Suns, numbers, leaders: above all bands.
void paintFanWords(QPainter& p, const Look& look, const Scene& scene, const FanPlace& place, bool withGlow);

} // namespace jiffy::ui
