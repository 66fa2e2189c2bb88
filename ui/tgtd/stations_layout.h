// SPDX-License-Identifier: GPL-3.0-or-later
// The upper half of the picture: how an alarm becomes a readable file, and the loop that looks at it.
#pragma once

#include "ui/tgtd/label_writer.h"

namespace jiffy::ui
{

/// Lengths are logical pixels from the writer's origin.
void layOutStations(const FlowScene& scene, double width, double height, LabelWriter& writer, FlowLayout& into);

/// "250 ms" for a period, as one says it.
QString periodText(std::uint64_t us);
/// "wrote", "swallowed", ...
QString alarmEndText(const PastAlarm& alarm);
/// "readable, unseen" and the like; empty where the thread's bar stands.
QString rowStateText(const FlowScene& scene, const LoopRow& row);
/// "open", "closed", "no handler yet".
QString gateText(const FlowScene& scene);
/// The rows that have room, in the order of the scene: indices.
std::vector<std::size_t> rowsShown(const FlowScene& scene, std::size_t room);

} // namespace jiffy::ui
