// SPDX-License-Identifier: GPL-3.0-or-later
// Something laid over the window that goes at Esc, at a click beside it, and when it loses the keyboard. It covers its
// parent, dims it, and keeps one panel in the middle or at the top. GUI thread.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QPointer>
#include <QWidget>

class QFrame;

namespace jiffy::ui
{

class Overlay : public QWidget
{
    Q_OBJECT

  public:
    Overlay(const ThemeProvider& theme, QWidget* parent);

    QFrame* panel() const { return m_panel; }

  public Q_SLOTS:
    void open();
    void close();

  protected:
    /// The panel's place within an area of that size.
    virtual QRect panelPlace(QSize area) const = 0;
    virtual void applyTheme();
    const ThemeProvider& theme() const { return m_theme; }
    void placePanel();

    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    const ThemeProvider& m_theme;
    QFrame* m_panel;
    QPointer<QWidget> m_before; ///< had the keyboard
};

} // namespace jiffy::ui
