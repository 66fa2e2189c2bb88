// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline of a run of tgtd as a table: a row for each add_work(), in order of time, with what became of
// it.
#pragma once

#include "core/insight/lateness.h"

#include <QAbstractTableModel>

namespace jiffy::ui
{

class WorkTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Item,
        Added,   ///< s since the start
        Seconds, ///< asked for
        Due,
        Ran,  ///< or "deleted at ..", "waits"
        Late, ///< us, "immediate" too
        Took, ///< us of its func
        columnCountOf
    };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(const core::InputsPtr& inputs);
    /// `run` is that of the inputs, outlives the next reset(), and has grown.
    void extend(const core::Lateness& run);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    core::InputsPtr m_inputs;
    const core::Lateness* m_run = nullptr;
    int m_rows = 0;
};

} // namespace jiffy::ui
