// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline as a table: a row for each tick and CPU in which something fired or was moved, in order of
// time. Rows are found in the pyramid when they are asked for; views fetch them as they scroll
// (canFetchMore()).
#pragma once

#include "core/insight/pyramid.h"
#include "core/scenario/inputs.h"

#include <QAbstractTableModel>

#include <vector>

namespace jiffy::ui
{

/// The busy ticks of all CPUs as one sequence, ordered by tick, then CPU. Remembers where it was asked last:
/// the rows of a page cost a few steps each, a far one a search.
class BusyTicks
{
  public:
    struct Row
    {
        int cpu = 0;
        core::BusyBucket bucket; ///< its number is the tick
    };

    std::uint64_t count(const core::CountPyramid& pyramid) const;
    /// REQUIRES: row < count(pyramid), the pyramid is as it was at the last call or clear() was called.
    Row at(const core::CountPyramid& pyramid, std::uint64_t row);
    void clear() { m_next.clear(); }

  private:
    void find(const core::CountPyramid& pyramid, std::uint64_t row);
    /// The CPU whose next bucket is the earliest.
    int earliest(const core::CountPyramid& pyramid) const;

    std::uint64_t m_row = 0;         ///< the one that m_next stands before
    std::vector<std::size_t> m_next; ///< per CPU: its next bucket
};

class TickTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Tick,    ///< since the start
        Jiffies, ///< after it
        Cpu,
        Fires,
        Moves,    ///< of a sorted list: comparisons
        Cascades, ///< which levels were taken apart: "tv2 tv3"; 6.1: were due: "lvl1 lvl3"
        columnCountOf
    };

    /// `pyramid` outlives the table.
    TickTable(const core::CountPyramid& pyramid, QObject* parent);

    void reset(const core::InputsPtr& inputs);
    /// The pyramid has grown.
    void extend();
    std::uint64_t tickOf(int row) const
    {
        return m_ticks.at(m_pyramid, static_cast<std::uint64_t>(row)).bucket.number;
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

  private:
    static constexpr std::uint64_t page = 512;
    void growTo(std::uint64_t wanted);

    const core::CountPyramid& m_pyramid;
    core::InputsPtr m_inputs;
    mutable BusyTicks m_ticks;
    std::uint64_t m_rows = 0; ///< fetched
    bool m_isGrowing = false;
};

} // namespace jiffy::ui
