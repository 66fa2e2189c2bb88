// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the scenario as a table: when, on which CPU, which call, on which timer, until when.
#pragma once

#include "ui/editor/row_model.h"

namespace jiffy::ui
{

/// True for the calls that say until when, and for those that are about a timer.
bool takesExpiry(core::NamedCall call);
bool takesTimer(core::NamedCall call);

class ActionModel : public RowModel<core::ScenarioAction>
{
  public:
    enum Column { At, Cpu, Do, Timer, Expires, Target, ColumnCount };

    ActionModel(ScenarioText& text, QObject* parent);

    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex& i, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& i) const override;
    bool setData(const QModelIndex& i, const QVariant& value, int role) override;

  protected:
    core::ScenarioAction fresh(core::Scenario& s, int behind) const override;

  private:
    QString cell(const core::ScenarioAction& a, int column) const;
};

} // namespace jiffy::ui
