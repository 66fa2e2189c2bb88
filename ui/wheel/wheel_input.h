// SPDX-License-Identifier: GPL-3.0-or-later
// What the pointer and the keys do on the wheel: hover, loupe, selection, context menu, walking over slots, dragging a
// timer to another slot. Left and Right are always time; they belong to the window. GUI thread.
#pragma once

#include "ui/view/view.h"
#include "ui/wheel/layout.h"

#include <QAction>
#include <QBasicTimer>
#include <QList>
#include <QObject>
#include <QPointF>

#include <optional>

class QContextMenuEvent;
class QEvent;
class QKeyEvent;
class QMenu;
class QMouseEvent;

namespace jiffy::ui
{

class AddHandle;
class Loupe;
class WheelView;

class WheelInput : public QObject
{
    Q_OBJECT

  public:
    /// All three outlive it.
    WheelInput(WheelView& view, const Desk& desk, AddHandle& add);

    void setTimerActions(const QList<QAction*>& actions) { m_timerActions = actions; }
    /// True if the event is dealt with.
    bool handle(QEvent* event);
    /// Another position, size or geometry: what lies under the pointer may be something else.
    void sceneChanged();
    const Loupe& loupe() const { return *m_loupe; }
    /// Fills a context menu for a place of the wheel (none: beside it) and a timer there (may be none).
    void fillMenu(QMenu& menu, std::optional<SlotPlace> place, core::TimerId timer);

  protected:
    void timerEvent(QTimerEvent* event) override;

  private:
    void hover(QPointF at);
    void leave();
    void hideLoupe();
    void press(QMouseEvent& event);
    bool move(QMouseEvent& event);
    bool release(QMouseEvent& event);
    bool key(QKeyEvent& event);
    void walk(int step);
    void walkLevel(int step);
    void selectFocused();
    void select(SlotPlace place, core::TimerId timer);
    /// The timer that a click there means by itself, not as one of many in its slot.
    core::TimerId singleTimer(QPointF at) const;
    void openMenu(QPointF at, std::optional<SlotPlace> place, core::TimerId timer);
    void contextMenu(const QContextMenuEvent& event);

    void dragTo(QPointF at);
    void drop();
    void cancelDrag();

    WheelView& m_view;
    Selection& m_selection;
    const ThemeProvider& m_theme;
    Loupe* m_loupe;
    QList<QAction*> m_timerActions;
    QBasicTimer m_hoverTimer;
    QPointF m_pointer;
    std::optional<SlotPlace> m_hovered;
    std::optional<QPointF> m_pressed; ///< where, while the button is down and nothing is dragged yet
    core::TimerId m_pressedTimer;
    bool m_isDragging = false;
    core::TimerId m_dragged;              ///< none: a new one
    std::optional<SlotPlace> m_target;
    std::optional<core::Jiffies> m_expiry; ///< that a drop would give
};

} // namespace jiffy::ui
