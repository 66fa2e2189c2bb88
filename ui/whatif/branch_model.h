// SPDX-License-Identifier: GPL-3.0-or-later
// The branches as a table: a line each, the leading one marked. What takes a look at whole logs is done once for each
// pair of runs that have ended, and not for very long ones. GUI thread.
#pragma once

#include "ui/session/session.h"
#include "ui/theme/theme_provider.h"

#include <QAbstractTableModel>

#include <map>

namespace jiffy::ui
{

class BranchModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Name,
        ForkedFrom,
        ForkedAt,
        Done,
        EndsAt,
        Fired,
        Differs,
        ColumnCount
    };
    /// Longer logs are compared only when asked for.
    static constexpr std::uint64_t mostCompared = 4'000'000;

    BranchModel(Session& session, const ThemeProvider& theme, QObject* parent);

    /// Branch of a row; 0: there is none.
    int branchAt(int row) const;
    int rowOf(int branch) const;
    /// Of two runs that have ended; remembered.
    const core::Comparison& comparison(int a, int b);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  public Q_SLOTS:
    /// The session's branches as they are now.
    void refresh();

  private:
    QString text(const core::Branch& branch, Column column) const;
    QString differs(const core::Branch& branch) const;
    QString jiffiesText(const core::Branch& branch, std::uint64_t ticks) const;

    Session& m_session;
    const ThemeProvider& m_theme;
    std::vector<int> m_rows; ///< ids
    std::vector<std::vector<QString>> m_texts;
    int m_leading = 0;
    bool m_isDaemon = false; ///< branches of a run of tgtd
    mutable std::map<std::pair<core::InputsPtr, core::InputsPtr>, core::Comparison> m_comparisons;
    mutable std::map<core::InputsPtr, std::uint64_t> m_fired;
};

/// A comparison in words, a line each: where the two part, which totals differ, which timers fire otherwise.
QStringList comparisonLines(const core::Comparison& c, const QString& nameA, const QString& nameB,
                            const core::MachineConfig& machine);

} // namespace jiffy::ui
