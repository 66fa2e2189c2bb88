// SPDX-License-Identifier: GPL-3.0-or-later
// The row above the columns: which algorithms they are, the expiry of the timer that might be inserted, and
// whether the structures or the board is shown. Says what was chosen, does nothing. GUI thread.
#pragma once

#include "core/timers/registry.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

#include <vector>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace jiffy::ui
{

class CompareBar : public QWidget
{
    Q_OBJECT

  public:
    CompareBar(const ThemeProvider& theme, QWidget* parent);

    /// leading: the one that cannot be left out.
    void setAlgorithms(const std::vector<const core::TimersInfo*>& shown, const core::TimersInfo* leading);
    /// What stands in the field while nobody types in it. isOwn: the user has set it.
    void setExpiry(const QString& text, bool isOwn);
    /// Why what was typed cannot be taken; empty: it was.
    void setFault(const QString& why);
    bool hasFault() const;
    void setBoard(bool isBoard);
    void editExpiry(); ///< gives the field the keyboard

  Q_SIGNALS:
    /// In the order of the registry's table; those shown first, in their order.
    void algorithmsChosen(const std::vector<const jiffy::core::TimersInfo*>& algorithms);
    void expiryTyped(const QString& text); ///< empty: the default again
    void boardChosen(bool isBoard);
    void copyAsked(); ///< the board as text

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fillMenu();
    void markMenu();
    void applyTheme();

    const ThemeProvider& m_theme;
    QToolButton* m_algorithms;
    QMenu* m_menu;
    QLabel* m_label;
    QLineEdit* m_expiry;
    QLabel* m_fault;
    QToolButton* m_copy;
    QToolButton *m_structures, *m_board;
    QButtonGroup* m_pages;
    std::vector<const core::TimersInfo*> m_shown;
    const core::TimersInfo* m_leading = nullptr;
};

} // namespace jiffy::ui
