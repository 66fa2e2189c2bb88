// SPDX-License-Identifier: GPL-3.0-or-later
// The window's first row: menus, the title in the middle, the machine at the right.
#pragma once

#include "core/scenario/inputs.h"
#include "ui/theme/theme_provider.h"

#include <QMenuBar>
#include <QWidget>

namespace jiffy::ui
{

/// "Linux 3.9 · HZ 250 · 32 bit", and what else is not as usual.
QString machineBadge(const core::Inputs& inputs);

class HeaderBar : public QWidget
{
    Q_OBJECT

  public:
    HeaderBar(const ThemeProvider& theme, QWidget* parent);

    QMenuBar* menus() const { return m_menus; }
    void setTitle(const QString& title, const QString& badge);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void applyTheme();

    const ThemeProvider& m_theme;
    QMenuBar* m_menus;
    QString m_title, m_badge;
};

} // namespace jiffy::ui
