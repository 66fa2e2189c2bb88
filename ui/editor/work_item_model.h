// SPDX-License-Identifier: GPL-3.0-or-later
// The work of the daemon ("items") as a table: a name, and what its func does.
#pragma once

#include "ui/editor/row_model.h"

namespace jiffy::ui
{

class WorkItemModel : public RowModel<core::WorkItem>
{
  public:
    enum Column
    {
        Name,
        Func,
        ColumnCount
    };

    WorkItemModel(ScenarioText& text, QObject* parent);

    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& i, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& i) const override;
    bool setData(const QModelIndex& i, const QVariant& value, int role) override;

  protected:
    core::WorkItem fresh(core::Scenario& s, int behind) const override;
    core::WorkItem copyOf(const core::Scenario& s, const core::WorkItem& row) const override;
};

/// Another name for a work item, in all that speaks of it.
void renameWork(core::Scenario& s, std::string from, const std::string& to);

} // namespace jiffy::ui
