// SPDX-License-Identifier: GPL-3.0-or-later
// The wheels as columns. Column.h chooses.
#pragma once

#include "ui/compare/columns/column_bands.h"
#include "ui/theme/look.h"

#include <QPainter>

namespace jiffy::ui
{

struct ColumnPicture
{
    const Scene& scene;
    const ColumnBands bands;
    const Look& look;
    core::TimerId selected;
    bool withGlow = true;
};

/// 3.9: cones from a slot to the level below it, the paths of what is being cascaded.
void paintCascadingColumn(QPainter& p, const ColumnPicture& w);
/// 6.1, above the bands: what the other wheel holds, how wide slots are; as much of it as the width holds.
QString columnNote(const Scene& scene, int open, const QFont& font, double width);
/// 6.1: the buckets that are called and are next, with the jiffies that their timers asked for.
void paintModernColumn(QPainter& p, const ColumnPicture& w);

} // namespace jiffy::ui
