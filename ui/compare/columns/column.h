// SPDX-License-Identifier: GPL-3.0-or-later
// A timer structure as a column of the comparison: the sorted list, the wheel of 3.9, the wheel of 6.1, each drawn its
// own way into any rectangle. A column's scene is a value taken from a world; it costs what can be in sight, never the
// number of timers.
#pragma once

#include "ui/list/list_scene.h"
#include "ui/theme/look.h"
#include "ui/wheel/scene.h"

#include <QPainter>
#include <QRectF>

namespace jiffy::ui
{

struct ColumnScene
{
    ListScene list; ///< of a sorted list; else empty
    Scene wheel;    ///< of a wheel; else empty

    bool isEmpty() const { return list.isEmpty() && wheel.isEmpty(); }
    bool isList() const { return !list.isEmpty(); }
    int cpu() const { return isList() ? list.cpu : wheel.cpu; }
    std::uint64_t pending() const { return isList() ? list.count : wheel.pending; } ///< of that CPU
};

/// REQUIRES: cpu is one of the world's. `effects` (ui/wheel/effects.h): of the step that led to the world; to see what a
/// tick called, from the last position of the tick before. From a position to itself: of its last record alone.
ColumnScene columnScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu);

/// Paints the structure and nothing else: no title, no counters. It keeps to the box and takes its height. selected: a
/// timer with a ring round it; none: invalid. withGlow: false for vector formats.
void paintColumn(QPainter& painter, const QRectF& box, const ColumnScene& scene, const Look& look,
                 core::TimerId selected = {}, bool withGlow = true);

/// The timer drawn at a point of that box; invalid where there is none.
core::TimerId timerInColumn(QPointF point, const QRectF& box, const ColumnScene& scene, const Look& look);

} // namespace jiffy::ui
