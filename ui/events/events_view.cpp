// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/events_view.h"

#include "ui/events/event_table.h"

#include <QVBoxLayout>

namespace jiffy::ui
{

EventsView::EventsView(const ThemeProvider& theme, QWidget* parent)
    : View(parent), m_table(new EventTable(theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_table);
    setFocusProxy(m_table);
    connect(m_table, &EventTable::eventChosen, this, &EventsView::eventChosen);
}

void EventsView::reset(const core::InputsPtr& inputs, const core::Snapshot& run)
{
    m_table->reset(inputs, run);
}

void EventsView::extend(const core::Snapshot& run)
{
    m_table->extend(run);
}

void EventsView::showMoment(const Moment& moment)
{
    m_table->setPlayhead(moment.at.tick != 0 ? moment.at.event + 1 : moment.at.event);
}

void EventsView::paintView(QPainter& painter, const QRectF& box, bool)
{
    m_table->paintTable(painter, box);
}

} // namespace jiffy::ui

#include "moc_events_view.cpp"
