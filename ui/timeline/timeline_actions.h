// SPDX-License-Identifier: GPL-3.0-or-later
// The menu's and the keys' side of the timeline: zoom, fit and markers.
#pragma once

#include "ui/timeline/timeline_view.h"
#include "ui/window/actions.h"

#include <QObject>

namespace jiffy::ui
{

class TimelineActions : public QObject
{
    Q_OBJECT

  public:
    TimelineActions(const Desk& desk, const Actions& actions, TimelineView& timeline);

    /// Enables what makes sense now; called by itself when a file opens or the markers change.
    void update();

  private:
    Desk m_desk;
    const Actions& m_actions;
    TimelineView& m_timeline;
};

} // namespace jiffy::ui
