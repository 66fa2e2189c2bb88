// SPDX-License-Identifier: GPL-3.0-or-later
// What if, on a machine of CPUs: make one idle or busy, raise an interrupt, keep one busy, wake a process or send it a
// signal, delete a timer and wait, free it. What is chosen is tried at once; Enter does it. GUI thread.
#pragma once

#include "ui/whatif/dialogs.h"

namespace jiffy::ui
{

class CpuDialog : public WhatIfDialog
{
    Q_OBJECT

  public:
    /// what: GoIdle stands for idle or busy, whichever changes something. timer: of DeleteSync and Free.
    CpuDialog(Session& session, const ThemeProvider& theme, core::Intervention::What what, int cpu, core::TimerId timer,
              QWidget* parent);

  protected:
    core::Intervention typed(QString& error) const override;
    double previewHeight() const override { return 190; } ///< there are no bits to show

  private:
    void addCpus(int chosen);
    void addProcesses();
    void addTimers();
    QLineEdit* addLine(const QString& label, const QString& text, const QString& hint);
    QComboBox* addBox(const QString& label);

    core::Intervention::What m_what;
    core::TimerId m_timer;
    int m_givenCpu;
    QComboBox *m_cpu = nullptr, *m_process = nullptr, *m_armed = nullptr;
    QLineEdit *m_name = nullptr, *m_duration = nullptr, *m_by = nullptr;
};

} // namespace jiffy::ui
