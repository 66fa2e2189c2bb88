// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the tickless view from values: above lanes under a time axis, then the catch-up opened, then the wheel's two
// hands and the prices. Solid: happened; 42 %: recorded, but not reached yet; hatched: asleep.
#pragma once

#include "ui/nohz/lanes.h"
#include "ui/nohz/layout.h"
#include "ui/nohz/opened.h"
#include "ui/nohz/scene.h"

#include <QPainter>

namespace jiffy::ui
{

struct NohzPicture
{
    const NohzScene& scene;
    const NohzLayout& layout;
    const TimeScale& scale;
    const std::vector<NohzLane>& lanes; ///< of the rows
    const Opened& opened;
    const core::SleepAccounts& accounts;
    const Look& look;
    bool withGlow = true;
    bool hasFocus = false;
};

/// The lanes' ticks and hatches between two x, without what moves with the playhead: may be kept as a pixmap. Nothing is
/// clipped, for not all vector formats can.
void paintNohzLanes(QPainter& p, const NohzPicture& picture, double from, double to);
/// All that is written, marked and moves.
void paintNohzAxis(QPainter& p, const NohzPicture& picture);
void paintNohzRows(QPainter& p, const NohzPicture& picture);
void paintNohzOpened(QPainter& p, const NohzPicture& picture);
void paintNohzWheel(QPainter& p, const NohzPicture& picture);
void paintNohzPrices(QPainter& p, const NohzPicture& picture);

/// x of the playhead, and whether it is in sight.
double playheadX(const NohzPicture& picture);
bool isPlayheadInSight(const NohzPicture& picture);

/// The text of a void and where it stands: between what else stands there. Empty where it does not fit.
struct VoidText
{
    QString text;
    QRectF box;
    bool isAhead = false; ///< of a sleep that has not been reached
};
VoidText voidTextOf(const NohzLane& lane, const NohzRow& row, const NohzScene& scene, const core::SleepAccounts& accounts, double playheadX, const Look& look);

} // namespace jiffy::ui
