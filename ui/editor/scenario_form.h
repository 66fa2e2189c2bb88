// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a scenario about a timer wheel: what it is called, the machine, its timers and the table of
// actions.
#pragma once

#include "ui/editor/form_page.h"

class QSpinBox;

namespace jiffy::ui
{

class ActionModel;
class TimerModel;

class ScenarioForm : public FormPage
{
    Q_OBJECT

  public:
    ScenarioForm(ScenarioText& text, const ThemeProvider& theme, QWidget* parent);

    QTableView& actions() const { return *m_actions; }
    QTableView& timers() const { return *m_timers; }
    ActionModel& actionModel() const { return *m_actionModel; }
    TimerModel& timerModel() const { return *m_timerModel; }

  protected:
    bool suits(const core::Scenario& s) const override;
    void fill(const core::Scenario& s) override;
    core::Spot spotOf(const core::Scenario& s, const QTableView* table, std::size_t row) const override;
    void fitColumns() override;
    QStringList restOf(const core::Scenario& s) const override;

  private:
    /// The fields of a machine of CPUs, in the rows of the grid from that one on.
    void addKernel(QGridLayout& grid, int row);
    void fillKernel(const core::Scenario& s);

    QComboBox *m_interrupts, *m_nohz, *m_smp;
    QLineEdit *m_skew, *m_idle, *m_slice, *m_callbackTakes, *m_moveTakes;
    std::vector<QWidget*> m_ofKernel; ///< hidden while the document is about no machine of CPUs
    QLineEdit *m_title, *m_watch, *m_jiffies, *m_until, *m_opening, *m_compare;
    QSpinBox* m_cpus;
    QComboBox *m_bits, *m_hz, *m_algorithm;
    ActionModel* m_actionModel;
    TimerModel* m_timerModel;
    QTableView *m_actions, *m_timers;
};

} // namespace jiffy::ui
