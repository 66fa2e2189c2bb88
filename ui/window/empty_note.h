// SPDX-License-Identifier: GPL-3.0-or-later
// Over a wheel without timers: that nothing is armed, and what can be done about it.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace jiffy::ui
{

class EmptyNote : public QWidget
{
    Q_OBJECT

  public:
    /// Stands in the middle of its parent and follows its size. add: what the second button does.
    EmptyNote(QAction* add, const ThemeProvider& theme, QWidget* parent);

  Q_SIGNALS:
    void openAsked(); ///< the user wants to choose a scenario

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void applyTheme();
    void place();

    const ThemeProvider& m_theme;
    QLabel* m_text;
    QToolButton* m_open;
    QToolButton* m_add;
};

} // namespace jiffy::ui
