// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_actions.h"

namespace jiffy::ui
{

TimelineActions::TimelineActions(const Desk& desk, const Actions& actions, TimelineView& timeline)
    : QObject(&timeline), m_desk(desk), m_actions(actions), m_timeline(timeline)
{
    const auto on = [&](Act act, auto what) { connect(actions[act], &QAction::triggered, this, what); };
    on(Act::ZoomIn, [this] { m_timeline.zoomIn(); });
    on(Act::ZoomOut, [this] { m_timeline.zoomOut(); });
    on(Act::Fit, [this] { m_timeline.fit(); });
    on(Act::FitSelection, [this] { m_timeline.fitSelection(); });
    on(Act::MarkerA, [this] { m_timeline.setMarkers({m_timeline.playheadTick(), m_timeline.markers().b}); });
    on(Act::MarkerB, [this] { m_timeline.setMarkers({m_timeline.markers().a, m_timeline.playheadTick()}); });
    on(Act::ClearMarkers, [this] { m_timeline.setMarkers({}); });
    connect(&desk.session, &Session::opened, this, &TimelineActions::update);
    connect(&timeline, &TimelineView::markersChanged, this, &TimelineActions::update);
    update();
}

void TimelineActions::update()
{
    const bool isOpen = m_desk.session.isOpen();
    for (const auto act : {Act::ZoomIn, Act::ZoomOut, Act::Fit, Act::FitSelection, Act::MarkerA, Act::MarkerB})
        m_actions[act]->setEnabled(isOpen);
    m_actions[Act::ClearMarkers]->setEnabled(isOpen && !m_timeline.markers().isEmpty());
}

} // namespace jiffy::ui

#include "moc_timeline_actions.cpp"
