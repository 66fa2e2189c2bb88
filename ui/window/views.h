// SPDX-License-Identifier: GPL-3.0-or-later
// The views there are, in menu order. A new one is a folder in ui and a line here: the window gives it a
// place, a key (Ctrl+1..9), a table (Ctrl+T), its pictures, and a name for `render --view`.
#pragma once

#include "ui/view/view.h"

#include <QString>

#include <span>

namespace jiffy::ui
{

/// Where a view lives. Views of one place share it: one is in front.
enum class Place
{
    Centre,
    Left,
    Right,
    Bottom,
    Stage ///< instead of all the others
};

/// Which runs a view can show.
enum class Suits
{
    Every,
    Timers, ///< the kernel's timers, on whatever they are kept
    Wheel,  ///< timers on wheels
    List,   ///< timers on a sorted list
    Daemon, ///< tgtd's event loop and work scheduler
    Cpus,   ///< a machine of CPUs that tick, idle and are interrupted
    Processes ///< the same, with processes
};

bool isFor(Suits suits, const core::Inputs& inputs);

struct ViewSpec
{
    const char* id;          ///< in settings and for --view: "timeline"
    const char* title;       ///< for tr(), context "Views"
    const char* description; ///< for tr(); one sentence for tool tips and `list views`
    Place place;
    View* (*make)(const Desk& desk, QWidget* parent);
    Suits suits = Suits::Every;

    bool canShow(const core::Inputs& inputs) const { return isFor(suits, inputs); }
    /// Why it cannot, as a sentence; empty if it can.
    QString whyNot(const core::Inputs& inputs) const;

    QString titleText() const;
    QString descriptionText() const;
};

std::span<const ViewSpec> viewTable();

} // namespace jiffy::ui
