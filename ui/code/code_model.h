// SPDX-License-Identifier: GPL-3.0-or-later
// The code panel as a table: the lines of the functions on the stack, outermost first. GUI thread.
#pragma once

#include "core/history/code.h"
#include "core/scenario/inputs.h"

#include <QAbstractTableModel>

#include <vector>

namespace jiffy::ui
{

class CodeModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column { FunctionName, LineText, Value, State, columnCountOf };

    using QAbstractTableModel::QAbstractTableModel;

    /// codes: none before the run has begun; several where several CPUs stand.
    void show(const std::vector<const core::CodeThere*>& codes, const core::Geometry& geometry, const core::Inputs& inputs);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Row
    {
        core::Line line;
        QString cell[columnCountOf];
        bool isCurrent = false;
    };
    std::vector<Row> m_rows;
};

} // namespace jiffy::ui
