// SPDX-License-Identifier: GPL-3.0-or-later
// What stands at a place of the timeline, in words: for tool tips and for those who do not see it. Pure functions.
#pragma once

#include "ui/timeline/scene.h"

#include <QPointF>
#include <QString>

namespace jiffy::ui
{

/// Empty where there is nothing to say.
QString hoverText(const TimelineScene& scene, QPointF at);

/// A measured stretch: how long it is, and what happened in it, where that can be counted quickly.
QString areaText(const core::CountPyramid& pyramid, TickRange area, core::Hz hz);

/// The joint of a life nearest to x within some pixels; null: none is so near. `y` is not looked at.
const core::LifeJoint* jointNear(const core::Lifeline& life, const TimeScale& scale, double x, double reach);

/// "falls from tv2[5] to tv1[180]"
QString jointText(const core::Lifeline& life, const core::LifeJoint& joint, const core::Geometry& geometry);

} // namespace jiffy::ui
