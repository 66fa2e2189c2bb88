// SPDX-License-Identifier: GPL-3.0-or-later
// The lower half of the picture: where work waits, the valve that lets it go, and what runs.
#pragma once

#include "ui/tgtd/label_writer.h"

namespace jiffy::ui
{

/// From `top` to `bottom`; lengths are logical pixels from the writer's origin.
void layOutLists(const FlowScene& scene, double width, double top, double bottom, LabelWriter& writer, FlowLayout& into);

/// "late 0.65 s", "in 2.85 s", "due now"; of the old scheduler "in 3 timeouts".
QString itemWaitText(const FlowScene& scene, const FlowItem& item);
/// "4.10", or the tick of the old scheduler.
QString itemWhenText(const FlowScene& scene, const FlowItem& item);
/// Due by the clock and not run yet.
bool isLate(const FlowScene& scene, const FlowItem& item);

} // namespace jiffy::ui
