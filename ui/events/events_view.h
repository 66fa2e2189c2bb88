// SPDX-License-Identifier: GPL-3.0-or-later
// The events as a view of the window: the table, and a row to find something in it.
#pragma once

#include "ui/view/view.h"

namespace jiffy::ui
{

class EventTable;
class FindBar;
class Finder;

class EventsView : public View
{
    Q_OBJECT

  public:
    EventsView(const Desk& desk, QWidget* parent);

    EventTable& events() { return *m_table; }
    Finder& finder() { return *m_finder; }
    FindBar& findBar() { return *m_bar; }

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void extend(const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;

  public Q_SLOTS:
    /// Opens the row; what was looked for last is still there.
    void openFind();
    /// The playhead goes to the next match behind it, or the previous one; with nothing to look for, the row opens.
    void findNext();
    void findPrevious();

  Q_SIGNALS:
    /// The user wants the playhead behind this event.
    void eventChosen(std::uint64_t event);

  private:
    void showMatches();

    const Desk m_desk;
    EventTable* m_table;
    Finder* m_finder;
    FindBar* m_bar;
    QString m_said; ///< why nothing was found; until something changes
};

} // namespace jiffy::ui
