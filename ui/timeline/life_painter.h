// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of single timers, and below them the lanes of other futures.
#pragma once

#include "ui/timeline/scene.h"

namespace jiffy::ui
{

void paintLives(QPainter& p, const TimelineScene& scene);

} // namespace jiffy::ui
