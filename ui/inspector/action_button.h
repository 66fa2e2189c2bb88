// SPDX-License-Identifier: GPL-3.0-or-later
// A raised button that does an action under a short name of its own, or a small round one with a pin on it.
// It is there while the action is, and enabled while the action is and its owner allows it. GUI thread.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QAbstractButton>

class QAction;

namespace jiffy::ui
{

class ActionButton : public QAbstractButton
{
    Q_OBJECT

  public:
    enum class Sign
    {
        Text,
        Pin
    };
    /// Without an action it is hidden.
    ActionButton(Sign sign, const QString& text, const ThemeProvider& theme, QWidget* parent);
    void setAction(QAction* action);
    /// Enabled only while allowed; `reason` is its tool tip while it is not.
    void setAllowed(bool isAllowed, const QString& reason = {});
    QAction* action() const { return m_action; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    void follow();

    const ThemeProvider& m_theme;
    Sign m_sign;
    QAction* m_action = nullptr;
    bool m_isAllowed = true;
    QString m_reason;
};

} // namespace jiffy::ui
