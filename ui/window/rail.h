// SPDX-License-Identifier: GPL-3.0-or-later
// A closed side of the window: its name, written upwards, and a chevron; a click opens it again.
#pragma once

#include "ui/theme/theme_provider.h"

#include <QAbstractButton>

namespace jiffy::ui
{

class Rail : public QAbstractButton
{
    Q_OBJECT

  public:
    /// isLeft: the side of the window it stands at.
    Rail(const ThemeProvider& theme, bool isLeft, QWidget* parent);

    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override { update(), QAbstractButton::enterEvent(event); }
    void leaveEvent(QEvent* event) override { update(), QAbstractButton::leaveEvent(event); }

  private:
    const ThemeProvider& m_theme;
    bool m_isLeft;
};

} // namespace jiffy::ui
