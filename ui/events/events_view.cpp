// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/events_view.h"

#include "ui/events/event_table.h"
#include "ui/find/find_bar.h"
#include "ui/find/finder.h"

#include <QVBoxLayout>

namespace jiffy::ui
{

EventsView::EventsView(const Desk& desk, QWidget* parent)
    : View(parent), m_desk(desk), m_table(new EventTable(desk.theme, this)), m_finder(new Finder(this)),
      m_bar(new FindBar(desk.theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_bar);
    setFocusProxy(m_table);
    connect(m_table, &EventTable::eventChosen, this, &EventsView::eventChosen);
    connect(m_bar, &FindBar::textChanged, this, [this](const QString& text) {
        m_said.clear();
        if (text != m_finder->text()) m_finder->setText(text);
        m_table->setMatches(m_finder->isEmpty() ? EventTable::Matches() : [this](std::uint64_t event, std::uint64_t ticks) {
            return m_finder->matches(event, ticks);
        });
    });
    connect(m_bar, &FindBar::nextAsked, this, &EventsView::findNext);
    connect(m_bar, &FindBar::previousAsked, this, &EventsView::findPrevious);
    connect(m_bar, &FindBar::closed, this, [this] {
        m_table->setMatches({});
        m_table->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_finder, &Finder::changed, this, &EventsView::showMatches);
    connect(m_finder, &Finder::found, this, [this](std::uint64_t event) {
        m_said.clear();
        Q_EMIT eventChosen(event);
    });
    connect(m_finder, &Finder::notFound, this, [this](bool forward) {
        m_said = forward ? tr("none further on") : tr("none before");
    });
}

void EventsView::reset(const core::InputsPtr& inputs, const core::Snapshot& run)
{
    m_table->reset(inputs, run);
    m_finder->reset(inputs, run);
    m_bar->setRun(*inputs);
}

void EventsView::extend(const core::Snapshot& run)
{
    m_table->extend(run);
    m_finder->extend(run);
}

void EventsView::showMoment(const Moment& moment)
{
    m_table->setPlayhead(moment.at.tick != 0 ? moment.at.event + 1 : moment.at.event);
    if (m_bar->isVisible()) showMatches();
}

void EventsView::openFind()
{
    m_bar->open();
    if (!m_bar->text().isEmpty()) m_bar->setText(m_bar->text());
}

void EventsView::findNext()
{
    if (m_finder->isEmpty()) return openFind();
    m_said.clear();
    // Of what has not happened yet, the first; the record that the playhead stands in has not.
    m_finder->next(m_desk.session.position().event);
}

void EventsView::findPrevious()
{
    if (m_finder->isEmpty()) return openFind();
    m_said.clear();
    const auto at = m_desk.session.position();
    const bool isBehind = at.tick == 0 && at.line == 0;
    m_finder->previous(isBehind && at.event > 0 ? at.event - 1 : at.event);
}

void EventsView::showMatches()
{
    m_table->viewport()->update();
    const auto& f = *m_finder;
    QString text;
    if (!m_said.isEmpty()) {
        text = m_said;
    } else if (f.isEmpty()) {
        text.clear();
    } else if (!f.isComplete()) {
        text = tr("%1 so far, %2 %").arg(grouped(f.total())).arg(static_cast<int>(f.progress() * 100));
    } else if (f.total() == 0) {
        text = m_desk.session.isOpen() && m_desk.session.isRunning() ? tr("none so far") : tr("no match");
    } else {
        const int row = m_table->currentRow();
        const auto rank = row < 0 ? 0 : f.rank(static_cast<std::uint64_t>(row));
        text = rank != 0 ? tr("%1 of %2").arg(grouped(rank), grouped(f.total())) : f.total() == 1 ? tr("1 match") : tr("%1 matches").arg(grouped(f.total()));
    }
    m_bar->setStatus(text);
}

void EventsView::paintView(QPainter& painter, const QRectF& box, bool)
{
    m_table->paintTable(painter, box);
}

} // namespace jiffy::ui

#include "moc_events_view.cpp"
