// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the event flow as its layout says.
#pragma once

#include "ui/tgtd/layout.h"
#include "ui/tgtd/tokens.h"

class QPainter;

namespace jiffy::ui
{

/// What is drawn on top of a scene.
struct FlowMarks
{
    core::TimerId selected, focused;
    const TokenFlight* flight = nullptr; ///< null: nothing flies
};

void paintFlow(QPainter& p, const FlowScene& scene, const FlowLayout& layout, const Look& look, const FlowMarks& marks);
/// The texts of a layout.
void paintLabels(QPainter& p, const std::vector<FlowLabel>& labels, const Look& look);
QColor toneColour(const Theme& t, FlowTone tone);

} // namespace jiffy::ui
