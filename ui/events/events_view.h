// SPDX-License-Identifier: GPL-3.0-or-later
// The events as a view of the window: the table, and what belongs round it.
#pragma once

#include "ui/view/view.h"

namespace jiffy::ui
{

class EventTable;

class EventsView : public View
{
    Q_OBJECT

  public:
    EventsView(const ThemeProvider& theme, QWidget* parent);

    EventTable& events() { return *m_table; }

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void extend(const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;

  Q_SIGNALS:
    /// The user wants the playhead behind this event.
    void eventChosen(std::uint64_t event);

  private:
    EventTable* m_table;
};

} // namespace jiffy::ui
