// SPDX-License-Identifier: GPL-3.0-or-later
// The stage of a run on sorted lists: one CPU's list from its head on, chips for the other CPUs above it. It is shown
// positions and keeps what it needs of them as a value (ListScene). An insertion walks past the timers that expire
// earlier; the head fires in front of the list. GUI thread.
#pragma once

#include "ui/list/list_painter.h"
#include "ui/view/view.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QList>

class QAction;

namespace jiffy::ui
{

class Announcer;
class ListTable;

/// Where things stand in the view. Pure.
struct ListFrame
{
    struct Chip
    {
        int cpu = 0;
        QRectF box;
    };
    QPointF title;            ///< baseline of the line above the list
    std::vector<Chip> chips;  ///< none with one CPU, or where there is no room for all
    QRectF list;
    QPointF note;             ///< baseline of the line below it
};
ListFrame listFrame(const QRectF& box, int cpus, double scale);

class ListView : public View
{
    Q_OBJECT

  public:
    explicit ListView(const Desk& desk, QWidget* parent = nullptr);
    ~ListView() override;

    void reset(const core::InputsPtr& inputs, const core::Snapshot& run) override;
    void showMoment(const Moment& moment) override;
    void setCpu(int cpu) override;
    void paintView(QPainter& painter, const QRectF& box, bool isVector) override;
    QAbstractItemModel* table() override;

    /// What the context menu of a timer offers.
    void setTimerActions(const QList<QAction*>& actions) { m_actions = actions; }
    const ListScene& scene() const { return m_scene; }
    const ListLayout& layoutOfList() const { return m_layout; }
    bool isAnimating() const { return m_motion.isRunning(); }
    /// Shows the animation at that many ms after its start; for tests and single frames.
    void showInstant(double ms);
    /// "place 3 of 105" and what else there is to say about a timer of the list.
    QString timerText(std::uint64_t place) const;
    /// The line above the list, and what the step did, below it.
    QString titleText() const;
    QString noteText() const;
    std::optional<std::uint64_t> focusPlace() const { return m_focus; }

    QSize minimumSizeHint() const override { return {320, 240}; }
    QSize sizeHint() const override { return {826, 580}; }

  Q_SIGNALS:
    void cpuPicked(int cpu);
    void flightsStarted(int ms); ///< an insertion walks: play waits
    void centreRequested(jiffy::core::TimerId timer); ///< a double click: show its life

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void relayout();
    bool hasNames() const;
    void startMotion(MotionStyle style);
    const ListSpot* spotAt(QPointF point) const;
    void setFocusPlace(std::uint64_t place);
    void moveFocus(int by);
    void select(std::uint64_t place);

    const ThemeProvider& m_provider;
    Session& m_session;
    Selection& m_selection;
    Announcer* m_announcer;
    ListTable* m_table = nullptr; ///< made when it is first asked for
    ListScene m_scene;
    StepEffects m_effects;        ///< of the position shown, for setCpu()
    ListFrame m_frame;
    ListLayout m_layout;
    StepMotion m_motion;
    std::optional<std::uint64_t> m_focus, m_hovered;
    QList<QAction*> m_actions;
    QBasicTimer m_frames;
    QElapsedTimer m_clock; ///< since the last step
};

} // namespace jiffy::ui
