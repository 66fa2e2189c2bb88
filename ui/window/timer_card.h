// SPDX-License-Identifier: GPL-3.0-or-later
// One timer's particulars: name, state, expiry, slack, slot, CPU, and what the recorded machine did with it.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/theme/theme_provider.h"

#include <QWidget>

#include <vector>

namespace jiffy::ui
{

class TimerCard : public QWidget
{
    Q_OBJECT

  public:
    TimerCard(const ThemeProvider& theme, QWidget* parent);

    /// Other inputs: forgets the timer.
    void reset(core::InputsPtr inputs);
    /// isPinned: the user chose it; else it is the one that the last event was about.
    void show(core::TimerId timer, const core::World& world, bool isPinned);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Line
    {
        QString name, value;
        int level = -1; ///< of the wheel, for its hue; -1: none
    };
    void addMachineLines(const core::World& world);
    QString describe() const;

    const ThemeProvider& m_theme;
    core::InputsPtr m_inputs;
    core::TimerId m_timer;
    bool m_isPinned = false;
    QString m_name, m_state;
    bool m_isFiring = false;
    std::vector<Line> m_lines;
    /// Actions of kind MachineFired, by timer and then by time.
    std::vector<std::uint32_t> m_machineFired;
};

} // namespace jiffy::ui
