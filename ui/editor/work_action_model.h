// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to the daemon, as a table: when, what, to which work, how much, at which file, and how often.
#pragma once

#include "ui/editor/row_model.h"

namespace jiffy::ui
{

class WorkActionModel : public RowModel<core::WorkAction>
{
  public:
    enum Column
    {
        At,
        Do,
        Work,
        Amount,
        File,
        Every,
        Times,
        ColumnCount
    };

    WorkActionModel(ScenarioText& text, QObject* parent);

    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& i, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& i) const override;
    bool setData(const QModelIndex& i, const QVariant& value, int role) override;

  protected:
    core::WorkAction fresh(core::Scenario& s, int behind) const override;

  private:
    QString cell(const core::WorkAction& a, int column) const;
    QString faultAt(const QModelIndex& i) const;
    QStringList choices(int column) const;
    bool setCall(core::WorkAction& a, const std::string& name) const;
};

} // namespace jiffy::ui
