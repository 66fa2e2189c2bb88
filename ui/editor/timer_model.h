// SPDX-License-Identifier: GPL-3.0-or-later
// The timers of the scenario ("items") as a table: name, slack, flags, and what the callback does.
#pragma once

#include "ui/editor/row_model.h"

namespace jiffy::ui
{

class TimerModel : public RowModel<core::ScenarioItem>
{
  public:
    enum Column { Name, Slack, Deferrable, IrqSafe, Pinned, Callback, ColumnCount };

    TimerModel(ScenarioText& text, QObject* parent);

    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex& i, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& i) const override;
    bool setData(const QModelIndex& i, const QVariant& value, int role) override;

  protected:
    core::ScenarioItem fresh(core::Scenario& s, int behind) const override;
    core::ScenarioItem copyOf(const core::Scenario& s, const core::ScenarioItem& row) const override;
};

/// Another name for a timer, in all that speaks of it.
void renameTimer(core::Scenario& s, std::string from, const std::string& to);

} // namespace jiffy::ui
