// SPDX-License-Identifier: GPL-3.0-or-later
// What each work item came to: how often it ran, how late at worst and on average, and what its func took;
// the latest first. Numbers are whole microseconds; the mean is rounded towards 0.
#pragma once

#include "core/insight/distribution.h"
#include "core/insight/lateness.h"
#include "ui/theme/look.h"

#include <QAbstractTableModel>

#include <vector>

namespace jiffy::ui
{

class CostTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Item,
        Runs,
        Median, ///< of its lateness
        Mean,
        Worst,
        TwinWorst, ///< on the other scheduler
        Func,      ///< longest time that its func took
        Deleted,
        columnCountOf
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// twin: may be null. Copies what it shows.
    void show(const core::Inputs& inputs, const core::Lateness& run, const core::Lateness* twin,
              const QString& twinName);
    void clear();
    void setLook(const Look& look);
    core::TimerId itemAt(int row) const { return m_rows[static_cast<std::size_t>(row)].item; }
    int rowOf(core::TimerId item) const; ///< -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Row
    {
        core::TimerId item;
        QString name;
        std::uint64_t runs = 0, deleted = 0, func = 0;
        core::Statistics late, twin;
    };
    std::vector<Row> m_rows;
    QString m_twinName;
    Look m_look;
};

} // namespace jiffy::ui
