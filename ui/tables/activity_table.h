// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline of a machine of CPUs as a table: a row for each thing that a CPU did or was in, in the order in which they
// began. Ticks that find nothing are no rows; a CPU's sleep says how many it saved.
#pragma once

#include "core/insight/cpu_activity.h"

#include <QAbstractTableModel>

#include <vector>

namespace jiffy::ui
{

class ActivityTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Cpu,
        What,
        From, ///< ns since the start
        Took, ///< ns; empty: not over
        Saved, ///< ticks, of a sleep
        columnCountOf
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `activity` outlives the table, or the next reset().
    void reset(const core::InputsPtr& inputs, const core::CpuActivity& activity);
    /// It has grown. O(what is new).
    void extend();
    /// The record that began what a row is about.
    std::uint64_t eventOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Row
    {
        std::uint8_t cpu = 0;
        core::Activity what = core::Activity::Stopped;
        std::uint32_t index = 0;
    };
    const core::ActivitySpan& spanOf(const Row& row) const { return m_activity->spans(row.cpu, row.what)[row.index]; }
    std::vector<Row> fresh();

    core::InputsPtr m_inputs;
    const core::CpuActivity* m_activity = nullptr;
    std::vector<std::size_t> m_seen; ///< by CPU and kind
    std::vector<Row> m_rows;
};

} // namespace jiffy::ui
