// SPDX-License-Identifier: GPL-3.0-or-later
// The step ladder: one segment a rung, each with a bar that is longer the coarser its step.
#pragma once

#include "core/history/history.h"
#include "ui/theme/theme_provider.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QWidget>

namespace jiffy::ui
{

/// A rung's name for people.
QString rungName(core::Rung rung);

class RungSelector : public QWidget
{
    Q_OBJECT

  public:
    RungSelector(const ThemeProvider& theme, QWidget* parent);

    void setRung(core::Rung rung);
    /// Narrow segments, for windows of little width.
    void setTight(bool tight);

  Q_SIGNALS:
    void rungChosen(jiffy::core::Rung rung);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeProvider& m_theme;
    QButtonGroup m_buttons;
};

} // namespace jiffy::ui
