// SPDX-License-Identifier: GPL-3.0-or-later
// The sleeps of all CPUs as a table, a row each, CPU by CPU: from when to when, what ended it, what it saved and what the
// softirq behind it cost. GUI thread.
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
    /// The accounts were extended. end: periods of the run so far.
    void refresh(std::uint64_t end);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    core::InputsPtr m_inputs;
    const core::SleepAccounts* m_accounts = nullptr;
    std::uint64_t m_end = 0;
    std::vector<int> m_firstRows; ///< of each CPU, and one behind the last
};

} // namespace jiffy::ui
