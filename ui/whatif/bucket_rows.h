// SPDX-License-Identifier: GPL-3.0-or-later
// How the wheel of 6.1 files a timer, in two rows: the borders between levels, with the distance among them; the bits of
// the expiry, rounded up, of which six are the slot and those below are lost. Pure, and painted by FilingLens.
#pragma once

#include "core/world/geometry.h"
#include "ui/theme/look.h"

#include <QPainter>
#include <QString>

namespace jiffy::ui
{

struct BucketRows
{
    std::uint64_t distance = 0; ///< from the wheel's clock; 0 for the past
    int level = -1;             ///< -1: nothing to show
    int levels = 0;
    int shift = 0;              ///< bits that are lost
    core::Jiffies rounded = 0;  ///< expires + 8^level: its bits from `shift` on are the slot
    std::uint32_t slot = 0;
    bool isPast = false;        ///< it goes to the clock's own slot
    bool isCut = false;         ///< beyond the wheel's reach: as if it were at its end
    bool operator==(const BucketRows&) const = default;
};
/// clk: the clock of the wheel. REQUIRES: a geometry of 6.1.
BucketRows bucketRows(const core::Geometry& g, core::Jiffies expires, core::Jiffies clk);

/// "63", "504", "4032", "32k", "16M": the first distance that is too far for a level.
QString borderText(int level);

double bucketRowsWidth(const Look& look);
double bucketRowsHeight(const Look& look);
void paintBucketRows(QPainter& p, const Look& look, const BucketRows& rows);

} // namespace jiffy::ui
