// SPDX-License-Identifier: GPL-3.0-or-later
// The same picture where there is no room for one: a line for each station, the most important first.
#pragma once

#include "ui/tgtd/label_writer.h"

namespace jiffy::ui
{

void layOutCompact(const FlowScene& scene, double width, double height, LabelWriter& writer, FlowLayout& into);

/// The loop in one line: what is readable, and whose handler runs.
QString loopText(const FlowScene& scene);
/// The latest alarms in one line.
QString alarmsText(const FlowScene& scene);
/// The first items of a list with their times.
QString itemsText(const FlowScene& scene, const std::vector<FlowItem>& items, std::uint32_t count);

} // namespace jiffy::ui
