// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the columns of the compare view: all but the structures and the plots, which have painters of their
// own.
#pragma once

#include "ui/compare/compare_layout.h"
#include "ui/compare/compare_scene.h"
#include "ui/theme/look.h"

#include <optional>

class QPainter;

namespace jiffy::ui
{

/// What the pointer or the keyboard is on.
struct CompareMarks
{
    std::optional<CompareHit> hovered;
    std::optional<CompareHit> focused;
};

void paintCompare(QPainter& painter, const CompareLayout& layout, const CompareScene& scene,
                  const CompareMarks& marks, const Look& look);

/// Where the number of "to insert 1700 now" stands; it can be dragged.
QRectF insertionNumber(const CompareLayout& layout, const CompareScene& scene, std::size_t column,
                       const Look& look);
/// What has no room in a column and is cut; empty when all is shown.
QString titleTip(const CompareLayout& layout, const CompareScene& scene, std::size_t column,
                 const Look& look);

} // namespace jiffy::ui
