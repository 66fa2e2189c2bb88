// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel as a table: a row for each slot of a CPU that holds timers, the lowest level first. Only the list of such
// slots is kept; what a row says is read from the world at the playhead when it is asked for. Costs follow
// the number of slots.
#pragma once

#include "ui/session/session.h"

#include <QAbstractTableModel>

#include <vector>

namespace jiffy::ui
{

class SlotTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Level,  ///< "tv2", "def lvl1", or where timers wait that were taken off their slot
        Slot,   ///< its number
        From,   ///< first jiffy of its next turn
        To,     ///< last one
        Timers, ///< how many
        First,  ///< names in list order, the first few
        columnCountOf
    };
    static constexpr int namesShown = 8;

    SlotTable(Session& session, QObject* parent);

    /// The world at the playhead, or the CPU, is another one.
    void show(const core::World& world, int cpu);
    /// Nothing is open.
    void clear();
    core::SlotId slotOf(int row) const { return m_slots[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QString text(const core::World& world, core::SlotId slot, int column) const;
    void become(std::vector<core::SlotId> slots);

    Session& m_session;
    std::vector<core::SlotId> m_slots; ///< ascending
};

} // namespace jiffy::ui
