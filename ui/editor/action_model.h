// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the scenario as a table: when, on which CPU, which call, on which timer, until when.
#pragma once

#include "ui/editor/row_model.h"

namespace jiffy::ui
{

/// True for the calls that say until when, for those that are about a timer, and for those with another argument.
bool takesExpiry(core::NamedCall call);
bool takesTimer(core::NamedCall call);
bool takesMore(core::NamedCall call);

class ActionModel : public RowModel<core::ScenarioAction>
{
  public:
    /// With: what a call of a machine of CPUs has to be told: a duration, a lock, a process; of an interrupt what it does.
    enum Column { At, Cpu, Do, Timer, Expires, Target, With, ColumnCount };

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
    void takeMore(core::ScenarioAction& a) const;
};

} // namespace jiffy::ui
