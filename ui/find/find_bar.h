// SPDX-License-Identifier: GPL-3.0-or-later
// A row to type in what is looked for, with the number of matches. Enter and F3 go on, Shift goes back, Esc closes.
// GUI thread.
#pragma once

#include "core/scenario/inputs.h"
#include "ui/theme/theme_provider.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace jiffy::ui
{

class FindBar : public QWidget
{
    Q_OBJECT

  public:
    FindBar(const ThemeProvider& theme, QWidget* parent);

    /// What can be looked for in such a run: timers, and slots by the names of its levels; or tgtd's work.
    void setRun(const core::Inputs& inputs);
    /// Shows it, with the old text selected.
    void open();
    QString text() const;
    /// At once, without waiting for the end of typing.
    void setText(const QString& text);
    /// "17 of 1 204", "no match".
    void setStatus(const QString& status);

  Q_SIGNALS:
    void textChanged(const QString& text); ///< when typing has paused
    void nextAsked();
    void previousAsked();
    void closed();

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    /// level: one of the structure, empty where it has none.
    void setHints(const QString& level, bool isTgtd);
    void applyTheme();
    void announce();
    void close();

    const ThemeProvider& m_theme;
    QLineEdit* m_line;
    QLabel* m_status;
    QToolButton *m_previous, *m_next, *m_close;
    QTimer m_pause;
};

} // namespace jiffy::ui
