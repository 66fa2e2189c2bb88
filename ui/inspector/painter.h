// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a laid out page and rows of its list. Painter: antialiasing on, origin at the page's upper left
// corner.
#pragma once

#include "ui/inspector/layout.h"

#include <QPainter>

namespace jiffy::ui
{

/// `hovered` and `focused`: indices of links, -1 for none.
void paintPage(QPainter& p, const Look& look, const InspectorLayout& layout, int hovered = -1,
               int focused = -1);
/// One row of the list, its top at y.
void paintListRow(QPainter& p, const Look& look, const ListRow& row, double width, double y, bool isHovered,
                  bool isFocused);
QColor colourOf(const Theme& t, Tone tone);

} // namespace jiffy::ui
