// SPDX-License-Identifier: GPL-3.0-or-later
// The event table: paints the rows that are in sight and nothing else, and follows the playhead. A view of
// our own, because Qt's keep something for each row, which ten million events do not bear.
#pragma once

#include "ui/events/event_model.h"
#include "ui/theme/theme_provider.h"

#include <QAbstractScrollArea>

#include <functional>

namespace jiffy::ui
{

class EventTable : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    EventTable(const ThemeProvider& theme, QWidget* parent);

    EventModel& model() { return m_model; }
    void reset(core::InputsPtr inputs, const core::Snapshot& snapshot);
    void extend(const core::Snapshot& snapshot);
    /// The number of events before the playhead: row `events - 1` is what just happened.
    void setPlayhead(std::uint64_t events);
    /// The row of what just happened, or -1.
    int currentRow() const { return m_current; }
    /// The row that keys act on: moved by Up and Down, which never move the playhead; else the current one. -1: none.
    int cursorRow() const { return m_cursor >= 0 ? m_cursor : m_current; }
    /// Rows that are marked as found; empty: none.
    using Matches = std::function<bool(std::uint64_t event, std::uint64_t ticks)>;
    void setMatches(Matches matches);

    /// Paints the table as it stands into a rectangle: for exports.
    void paintTable(QPainter& painter, const QRectF& box) const;

  Q_SIGNALS:
    /// The user wants the playhead behind this event.
    void eventChosen(std::uint64_t event);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

  private:
    struct Columns
    {
        double event, jiffies, cpu, text; ///< right edge of the numbers, left edge of the text; 0: no room for it
    };
    Columns columns(double width) const;
    double rowHeight() const { return m_theme.look().px(24); }
    double headHeight() const { return m_theme.look().px(58); }
    int rowsInSight() const;
    int rowAt(QPointF position) const;
    void updateScrollBar();
    void makeVisible(int row);
    void applyTheme();
    void describe();

    const ThemeProvider& m_theme;
    EventModel m_model;
    std::uint64_t m_playhead = 0;
    int m_current = -1;
    int m_cursor = -1; ///< moved away from m_current; -1: not
    Matches m_matches;
};

} // namespace jiffy::ui
