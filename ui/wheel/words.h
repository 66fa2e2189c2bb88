// SPDX-License-Identifier: GPL-3.0-or-later
// Small helpers of the wheel's painters: lines of text by their baseline, and who is named.
#pragma once

#include "ui/wheel/painter.h"

#include <QFontMetricsF>

namespace jiffy::ui
{

/// tr() in the wheel's context.
QString wheelText(const char* text);

enum class Align
{
    Left,
    Centre,
    Right
};

/// Draws with the baseline at `at`; returns the width.
double drawWords(QPainter& p, QPointF at, const QString& text, const QFont& font, const QColor& colour, Align align);

/// A timer of tv1 (or the selected one, anywhere) whose name stands beside the wheel.
struct NamedTimer
{
    core::TimerId id;
    SlotPlace place;
    int order = 0;    ///< in its slot
    int priority = 0; ///< where there is no room for all, the higher stay
};

/// Those that are named, selected, moving or next to fire: of the slots of tv1 from the hand on.
std::vector<NamedTimer> namedTimers(const WheelPicture& w);

/// 6.1: where the clock of the wheel shown stands, when it next has something to do, how far it is behind jiffies.
QStringList clockNotes(const Scene& scene);

/// How the timers of a slot are shown.
SlotStyle styleOf(const Scene& scene, const WheelLayout& layout, SlotPlace place, std::uint64_t count);

// The parts of the layers that differ between the geometries.
void paintRingFloor(QPainter& p, const RingLayout& layout, const Look& look);
void paintRingLabels(QPainter& p, const WheelPicture& w, const RingLayout& layout);
void paintRingHand(QPainter& p, const WheelPicture& w, const RingLayout& layout, double handAngle);
void paintBandFloor(QPainter& p, const BandLayout& layout, const Look& look, core::Jiffies position);
void paintBandLabels(QPainter& p, const WheelPicture& w, const BandLayout& layout);
/// "412 of 9 000 moved", while heat drains.
void paintDrainCount(QPainter& p, const WheelPicture& w, const BandLayout& layout);
void paintTray(QPainter& p, const WheelPicture& w, const BandLayout& layout);

} // namespace jiffy::ui
