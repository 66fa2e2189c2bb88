// SPDX-License-Identifier: GPL-3.0-or-later
// A side of the window: the views that live there, one of them in front; closed, it is a rail of 44 px that
// says what is behind it and opens at a click (left and right), or nothing (bottom). GUI thread.
#pragma once

#include "ui/window/view_host.h"

#include <QWidget>

#include <vector>

class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace jiffy::ui
{

class Rail;

class Pane : public QWidget
{
    Q_OBJECT

  public:
    static constexpr int railWidth = 44; ///< at text size 100 %

    Pane(Place place, const ThemeProvider& theme, QWidget* parent);

    Place place() const { return m_place; }
    void add(ViewHost* host);
    /// A widget above the views, whichever is in front.
    void setHead(QWidget* head);
    /// A widget below them.
    void setFoot(QWidget* foot);
    /// Which views are offered has changed: another one comes to the front if it must.
    void renewOffer();
    const std::vector<ViewHost*>& hosts() const { return m_hosts; }
    bool isEmpty() const { return m_hosts.empty(); }

    ViewHost* front() const; ///< null if empty
    ViewHost* firstOffered() const; ///< null: none is
    void bringToFront(ViewHost* host);

    bool isOpen() const { return m_isOpen; }
    void setOpen(bool isOpen);
    /// Closed, a rail is left of it (left and right only).
    bool hasRail() const { return m_place == Place::Left || m_place == Place::Right; }

  Q_SIGNALS:
    void frontChanged();
    void openChanged(bool isOpen);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void applyTheme();
    void show(ViewHost* host);
    void showSwitch();
    void fillSwitch();

    Place m_place;
    const ThemeProvider& m_theme;
    QWidget* m_body;
    QVBoxLayout* m_column;
    QStackedWidget* m_stack;
    QToolButton* m_switch; ///< "Timeline", with a menu of the views of this place
    Rail* m_rail = nullptr;
    std::vector<ViewHost*> m_hosts;
    bool m_isOpen = true;
};

} // namespace jiffy::ui
