// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a sorted list into any rectangle, from a scene: a dot for each timer, its expiry below it, the one being called
// in front as the firing sun. The list's own view and the columns of the comparison use it.
#pragma once

#include "ui/list/list_layout.h"
#include "ui/list/list_scene.h"
#include "ui/motion/motion.h"
#include "ui/theme/look.h"

#include <QPainter>

namespace jiffy::ui
{

struct ListPicture
{
    const ListScene& scene;
    const ListLayout& layout;
    const Look& look;
    core::TimerId selected;
    const StepMotion* motion = nullptr; ///< null: at rest
    bool withNames = false;             ///< below the expiry, of those that have one of their own
    bool withGlow = true;               ///< exports to vectors leave it out
    std::optional<std::uint64_t> focus = {};   ///< place with the keyboard's focus
    std::optional<std::uint64_t> hovered = {};
};

/// Room for the expiries that are in the scene, at a text scale. withNames: for names below them, too.
ListMeasures listMeasures(const ListScene& scene, const Look& look, bool withNames);
ListLayout layoutOf(const ListScene& scene, const QRectF& box, const Look& look, bool withNames);
/// The timer whose sun is within `reach` of a point; none: invalid. `layout` is the scene's.
core::TimerId timerOfSun(const ListScene& scene, const ListLayout& layout, QPointF point, double reach);
void paintList(QPainter& p, const ListPicture& picture);

} // namespace jiffy::ui
