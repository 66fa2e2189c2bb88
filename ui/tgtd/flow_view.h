// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd's event flow: from the interval timer over signal, handler and pipe to the loop, and from the list of what waits
// to the func that runs; below it, as a strip, the same inputs on the other scheduler. It is shown positions and keeps
// what it needs of them as a value (FlowScene). GUI thread.
#pragma once

#include "ui/tgtd/add_times.h"
#include "ui/tgtd/layout.h"
#include "ui/tgtd/tokens.h"
#include "ui/tgtd/twin_strip.h"
#include "ui/view/view.h"

#include <QBasicTimer>
#include <QElapsedTimer>

namespace jiffy::ui
{

class Announcer;
class FlowTable;

class FlowView : public View
{
    Q_OBJECT

  public:
    explicit FlowView(const Desk& desk, QWidget* parent = nullptr);
    ~FlowView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void extend(const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override;

    /// What the context menu of an item offers.
    void setItemActions(const QList<QAction*>& actions) { m_actions = actions; }
    /// Nothing happens between two records, but time goes by: shows the picture at that many us since the start, no
    /// earlier than the position's own time. Play calls it.
    void setVirtualTime(double us);

    const FlowScene& scene() const { return m_scene; }
    const FlowLayout& layoutOfFlow() const { return m_layout; }
    const TokenFlight& flight() const { return m_flight; }
    /// Shows the animation at that many ms after its start; for tests and single frames.
    void showInstant(double ms);
    core::TimerId focusedItem() const { return m_focus; }

    QSize minimumSizeHint() const override { return {200, 80}; }
    QSize sizeHint() const override { return {1072, 484}; }

  Q_SIGNALS:
    void flightsStarted(int ms); ///< tokens fly: play waits
    void centreRequested(jiffy::core::TimerId item); ///< a double click: show its life

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void relayout();
    void renewTwin();
    /// What the strip shows in a box of that size; empty: no room, or no twin.
    TwinScene twinFor(const QRectF& box);
    QRectF flowBox(const QRectF& box) const;
    void startFlight(const Moment& moment, const FlowLayout& before);
    core::TimerId itemAt(QPointF at) const;
    QString tipAt(QPointF at) const;
    void moveFocus(int by);
    void select(core::TimerId item);

    const ThemeProvider& m_provider;
    Session& m_session;
    Selection& m_selection;
    Announcer* m_announcer;
    FlowTable* m_table = nullptr; ///< made when it is first asked for
    FlowScene m_scene;
    FlowLayout m_layout;
    TokenFlight m_flight;
    TwinScene m_twin;
    std::uint64_t m_positionTime = 0; ///< us; m_scene may show a later instant
    AddTimes m_adds, m_twinAdds;
    core::TimerId m_focus;
    QList<QAction*> m_actions;
    QBasicTimer m_frames;
    QElapsedTimer m_clock; ///< since the last step
};

} // namespace jiffy::ui
