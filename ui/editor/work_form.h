// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a scenario about tgtd: what it is called, the daemon and its scheduler, what happens, and the
// work.
#pragma once

#include "ui/editor/form_page.h"

namespace jiffy::ui
{

class WorkActionModel;
class WorkItemModel;

class WorkForm : public FormPage
{
    Q_OBJECT

  public:
    WorkForm(ScenarioText& text, const ThemeProvider& theme, QWidget* parent);

    WorkActionModel& actionModel() const { return *m_actionModel; }
    WorkItemModel& itemModel() const { return *m_itemModel; }

  protected:
    bool suits(const core::Scenario& s) const override;
    void fill(const core::Scenario& s) override;
    core::Spot spotOf(const core::Scenario& s, const QTableView* table, std::size_t row) const override;
    void fitColumns() override;
    QStringList restOf(const core::Scenario& s) const override;

  private:
    using Daemon = core::ScenarioDaemon;
    /// A field of the daemon. `set` gives why it cannot be, or nothing.
    QLineEdit* daemonLine(const char* key, const QString& tip,
                          std::function<QString(Daemon&, const QString&)> set);
    QLineEdit* timeLine(const char* key, const QString& tip, core::Spelling Daemon::*member);

    QLineEdit *m_title, *m_watch, *m_interval, *m_timeout, *m_start, *m_tick, *m_until, *m_opening, *m_batch,
        *m_files, *m_costs, *m_failures;
    QComboBox* m_scheduler;
    WorkActionModel* m_actionModel;
    WorkItemModel* m_itemModel;
    QTableView *m_actions, *m_items;
};

} // namespace jiffy::ui
