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

/// A rung's name for people. tgtd's are called otherwise.
QString rungName(core::Rung rung, core::Driver driver, core::TimerAlgorithm timers = core::TimerAlgorithm::Wheel39);

class RungSelector : public QWidget
{
    Q_OBJECT

  public:
    RungSelector(const ThemeProvider& theme, QWidget* parent);

    void setRung(core::Rung rung);
    /// Names and explains the rungs as they are for such a run.
    void setDriver(core::Driver driver, core::TimerAlgorithm timers);
    /// How much room a segment gets, for windows of little width: with air, narrow, or a name for the chosen one only.
    enum class Fit { Wide, Narrow, Bars };
    void setFit(Fit fit);

  Q_SIGNALS:
    void rungChosen(jiffy::core::Rung rung);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeProvider& m_theme;
    QButtonGroup m_buttons;
};

} // namespace jiffy::ui
