// SPDX-License-Identifier: GPL-3.0-or-later
// A view: one way to look at a run. The window keeps a table of them (ui/window/views.h), gives each a place,
// tells all of them the same things in the same order, and offers for each a table, a picture and a line in
// the menu.
//
// Views are told, they never ask each other. What the user does in a view goes to the Session (where the
// playhead stands), to the Selection (what is looked at) or to an action. GUI thread.
#pragma once

#include "ui/motion/motion.h"
#include "ui/narration/narration.h"
#include "ui/session/selection.h"
#include "ui/session/session.h"
#include "ui/theme/theme_provider.h"
#include "ui/wheel/effects.h"

#include <QWidget>

class QAbstractItemModel;

namespace jiffy::ui
{

/// Where the playhead came to stand, and how it got there. References are good during the call only.
struct Moment
{
    const core::World& world; ///< at `at`
    const core::InputsPtr& inputs;
    core::Position from, at;
    Motion motion = Motion::Jump;
    MotionStyle style = MotionStyle::Jump; ///< how a change may be shown now: flights, trails, or at rest
    const StepEffects& effects;            ///< from `from` to `at`; of a jump, what the last record did
    const Sentence& sentence;              ///< what just happened, and why
    int cpu = 0;                           ///< shown by the wheel
};

/// What every view works with; all of it outlives the views.
struct Desk
{
    Session& session;
    Selection& selection;
    const ThemeProvider& theme;
};

class View : public QWidget
{
    Q_OBJECT

  public:
    using QWidget::QWidget;

    /// Another run was opened, or another branch became the leading one: forget everything. session.isOpen()
    /// holds.
    virtual void reset(const core::InputsPtr&, const core::Snapshot&) {}
    /// The run got longer: the log in sight is a prefix of this one.
    virtual void extend(const core::Snapshot&) {}
    /// The playhead moved. Called after reset() and after each step; up to once a frame while playing.
    virtual void showMoment(const Moment&) {}
    /// The wheel shows another CPU of the same position.
    virtual void setCpu(int) {}
    /// Paints the view as it stands into a box of any size: for exports. isVector: no cached pixmaps, no
    /// glow.
    virtual void paintView(QPainter& painter, const QRectF& box, bool isVector);
    /// The same as a table, for Ctrl+T, for copying as CSV and for those who cannot see; null if the view is
    /// a table itself. Owned by the view, kept up to date while somebody looks.
    virtual QAbstractItemModel* table() { return nullptr; }
};

} // namespace jiffy::ui
