// SPDX-License-Identifier: GPL-3.0-or-later
// The sleeps of all CPUs so far as a table, a row each, CPU by CPU: from when to when, what ended it, what it saved and
// what the softirq behind it cost. What lies behind the playhead has not happened. GUI thread.
#pragma once

#include "core/insight/sleep_accounts.h"

#include <QAbstractTableModel>

namespace jiffy::ui
{

class SleepTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Cpu,
        From,     ///< jiffies by the clock
        To,
        Until,    ///< what its tick device was set to
        WokenBy,
        Saved,
        Turns,    ///< of the catch-up behind it
        Cascades,
        EmptyCascades,
        Held,
        Fired,
        WorstLate,
        columnCountOf
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// accounts: good until the next call; null: nothing.
    void show(const core::InputsPtr& inputs, const core::SleepAccounts* accounts);
    /// The accounts were extended, or the playhead stands elsewhere: behind that many records and periods.
    void refresh(std::uint64_t event, std::uint64_t tick);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    core::InputsPtr m_inputs;
    const core::SleepAccounts* m_accounts = nullptr;
    std::uint64_t m_event = 0, m_tick = 0;
    std::vector<int> m_firstRows; ///< of each CPU, and one behind the last
};

} // namespace jiffy::ui
