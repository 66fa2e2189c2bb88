// SPDX-License-Identifier: GPL-3.0-or-later
// The processes over time as a table: a row for each stretch that a process was in one state, process by process.
#pragma once

#include "core/insight/process_states.h"

#include <QAbstractTableModel>

#include <vector>

namespace jiffy::ui
{

class ProcessTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Process,
        State,
        From,  ///< ns since the start
        Took,  ///< ns; empty: not over
        Sleep, ///< "msleep(5): 8 ms, 2 jiffies", where one began it
        columnCountOf
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `states` outlives the table, or the next reset(); null: there is nothing.
    void reset(const core::InputsPtr& inputs, const core::ProcessStates* states);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    core::InputsPtr m_inputs;
    const core::ProcessStates* m_states = nullptr;
    std::vector<int> m_firstRows; ///< by process, and one more: where its rows begin
};

} // namespace jiffy::ui
