// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/rows.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr double lanesTop = 60, laneHeight = 19, lifeHeight = 18;
constexpr double highestLane = 26, highestLife = 22;
constexpr double stripHeight = 30, lowestStrip = 24, highestStrip = 46;
constexpr int fewStrips = 4;
constexpr double recordedHeight = 22, lowestRecorded = 17, highestRecorded = 34;
constexpr double tightest = .88; ///< rows may be that much lower before they scroll
constexpr double livesGap = 4;
constexpr int fewestLives = 3, mostLives = 12;

double roomFor(double height, double scale)
{
    return std::max(0.0, height - lanesTop * scale);
}

} // namespace

int RowStack::rowAt(double y) const
{
    if (y < top || y >= top + height || rowHeight <= 0) return -1;
    const auto row = static_cast<int>(std::floor((y - top + scroll) / rowHeight));
    return row >= 0 && row < count ? row : -1;
}

int RowStack::firstInSight() const
{
    return std::clamp(static_cast<int>(std::floor(scroll / rowHeight)), 0, count);
}

int RowStack::endInSight() const
{
    return std::clamp(static_cast<int>(std::ceil((scroll + height) / rowHeight)), 0, count);
}

void RowStack::scrollTo(double offset)
{
    scroll = std::clamp(offset, 0.0, maxScroll());
    if (isByRow) scroll = std::min(std::round(scroll / rowHeight) * rowHeight, maxScroll());
}

void RowStack::show(int row)
{
    if (row < 0 || row >= count) return;
    const double above = row * rowHeight, below = above + rowHeight - height;
    scrollTo(std::min(std::max(scroll, below), above));
}

TimelineRows timelineRows(double height, int cpus, int lives, double scale)
{
    TimelineRows rows;
    rows.overviewTop = 13 * scale;
    rows.overviewHeight = 7 * scale;
    rows.rulerTop = 26 * scale;
    rows.rulerLine = 54 * scale;
    rows.bottom = height;
    const double room = roomFor(height, scale), gap = lives > 0 ? livesGap * scale : 0;
    const double lanesNeed = cpus * laneHeight * scale, livesNeed = lives * lifeHeight * scale;
    rows.lanes.count = cpus;
    rows.lives.count = lives;
    rows.lanes.top = lanesTop * scale;
    if ((lanesNeed + livesNeed) * tightest + gap <= room) {
        const double grow = lanesNeed + livesNeed > 0 ? (room - gap) / (lanesNeed + livesNeed) : 1;
        rows.lanes.rowHeight = std::min(laneHeight * grow, highestLane) * scale;
        rows.lives.rowHeight = std::min(lifeHeight * grow, highestLife) * scale;
        rows.lanes.height = rows.lanes.contentHeight();
        rows.lives.height = rows.lives.contentHeight();
    } else {
        rows.lanes.rowHeight = laneHeight * scale;
        rows.lives.rowHeight = lifeHeight * scale;
        const double most = std::max(room * .45, fewestLives * lifeHeight * scale);
        double forLives = std::min({livesNeed, most, room - gap - laneHeight * scale});
        forLives = std::max(0.0, std::max(forLives, room - gap - lanesNeed));
        rows.lives.height = std::min(livesNeed, forLives);
        rows.lanes.height = std::max(0.0, room - gap - rows.lives.height);
    }
    rows.lives.top = rows.lanes.top + rows.lanes.height + gap;
    return rows;
}

TimelineRows stripRows(double height, int cpus, int lives, double scale)
{
    TimelineRows rows = timelineRows(height, cpus, lives, scale);
    const double room = roomFor(height, scale), gap = lives > 0 ? livesGap * scale : 0;
    // The lines below them keep what they need, up to three in sight, once a few lanes are whole; the lanes have the rest.
    const double few = std::min(cpus, fewStrips) * lowestStrip * scale;
    const double forLives = std::min(std::min(lives, fewestLives) * lifeHeight * scale, std::max(0.0, room - gap - few));
    const double each = (room - gap - forLives) / std::max(1, cpus);
    rows.lanes.rowHeight = std::clamp(each, lowestStrip * scale, (lives > fewestLives ? stripHeight : highestStrip) * scale);
    const double need = rows.lanes.contentHeight();
    const double most = std::max(rows.lanes.rowHeight, room - gap - std::min(forLives, room * .45));
    rows.lanes.height = std::max(0.0, std::min(need, std::min(most, room)));
    rows.lives.top = rows.lanes.top + rows.lanes.height + gap;
    const double left = std::max(0.0, room - gap - rows.lanes.height);
    if (lives > 0) rows.lives.rowHeight = std::clamp(left / lives, lifeHeight * scale, highestLife * scale);
    rows.lives.height = std::min(rows.lives.contentHeight(), left);
    return rows;
}

TimelineRows recordedRows(double height, int cpus, int lives, double scale)
{
    TimelineRows rows = timelineRows(height, cpus, lives, scale);
    const double room = roomFor(height, scale), gap = lives > 0 ? livesGap * scale : 0;
    const double forLives = std::min(lives, fewestLives) * lifeHeight * scale;
    const double each = (room - gap - forLives) / std::max(1, cpus);
    rows.recordedHeight = std::clamp(each - laneHeight * scale, lowestRecorded * scale, (lives > fewestLives ? recordedHeight : highestRecorded) * scale);
    rows.lanes.rowHeight = laneHeight * scale + rows.recordedHeight;
    const double most = std::max(rows.lanes.rowHeight, room - gap - std::min(forLives, room * .45));
    rows.lanes.height = std::max(0.0, std::min(rows.lanes.contentHeight(), std::min(most, room)));
    rows.lives.top = rows.lanes.top + rows.lanes.height + gap;
    const double left = std::max(0.0, room - gap - rows.lanes.height);
    if (lives > 0) rows.lives.rowHeight = std::clamp(left / lives, lifeHeight * scale, highestLife * scale);
    rows.lives.height = std::min(rows.lives.contentHeight(), left);
    return rows;
}

TimelineRows daemonRows(double height, int lanes, int items, double scale)
{
    constexpr double lane = 20, lowestLane = 14, item = 23, lowestItem = 18, title = 20, mostGrowth = 1.2;
    TimelineRows rows = timelineRows(height, lanes, 0, scale);
    const double top = lanesTop * scale, room = std::max(0.0, height - top - 4 * scale);
    const double titleHeight = items > 0 ? title * scale : 0;
    const double lanesNeed = lanes * lane * scale, itemsNeed = items * item * scale;
    const double grow = (room - titleHeight) / std::max(1.0, lanesNeed + itemsNeed);
    double laneHeight = lane * scale, itemHeight = item * scale, forTitle = titleHeight;
    int shown = items;
    if (grow >= lowestItem / item) {
        laneHeight *= std::min(grow, mostGrowth);
        itemHeight *= std::min(grow, mostGrowth);
    } else {
        // The lanes are whole, but lower, so that two items stand below them; the items scroll by whole rows.
        const double two = std::min(items, 2) * lowestItem * scale;
        laneHeight = std::clamp((room - titleHeight - two) / std::max(1, lanes), lowestLane * scale, laneHeight);
        laneHeight = std::min(laneHeight, room / std::max(1, lanes));
        const auto fitting = [&](double rest) { return std::clamp(static_cast<int>(rest / (lowestItem * scale) + .001), 0, items); };
        const double rest = room - lanes * laneHeight;
        shown = fitting(rest - titleHeight);
        if (shown == 0) {
            forTitle = 0;
            shown = fitting(rest);
        }
        if (shown == 0) laneHeight = std::min(lane * scale, room / std::max(1, lanes));
        else itemHeight = std::min(itemHeight, (rest - forTitle) / shown);
    }
    rows.lanes.count = lanes;
    rows.lanes.rowHeight = laneHeight;
    rows.lanes.height = rows.lanes.contentHeight();
    const double below = top + rows.lanes.height;
    rows.lives.count = shown > 0 ? items : 0;
    rows.lives.rowHeight = itemHeight;
    rows.lives.isByRow = true;
    if (shown > 0 && forTitle > 0) rows.livesTitle = below + forTitle / 2;
    rows.lives.top = below + forTitle;
    rows.lives.height = shown * itemHeight;
    return rows;
}

namespace
{

int livesBelow(double height, double lanes, double scale)
{
    const double room = roomFor(height, scale) - lanes * scale - livesGap * scale;
    return std::clamp(static_cast<int>(room / (lifeHeight * scale)), fewestLives, mostLives);
}

} // namespace

int livesThatFit(double height, int cpus, double scale) { return livesBelow(height, cpus * laneHeight, scale); }
int livesThatFitBelowStrips(double height, int cpus, double scale) { return livesBelow(height, cpus * stripHeight, scale); }
int livesThatFitBelowRecorded(double height, int cpus, double scale) { return livesBelow(height, cpus * (laneHeight + recordedHeight), scale); }

} // namespace jiffy::ui
