// SPDX-License-Identifier: GPL-3.0-or-later
// The log as a table: a row is a record. Nothing is kept per row, so ten million rows cost as much as ten.
#pragma once

#include "core/history/time_index.h"
#include "core/run/snapshot.h"
#include "core/world/geometry.h"
#include "ui/events/tick_index.h"

#include <QAbstractTableModel>

namespace jiffy::ui
{

class EventModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column { Event, Jiffies, Cpu, Text, columnCountOf };

    explicit EventModel(QObject* parent = nullptr);

    /// Another run.
    void reset(core::InputsPtr inputs, const core::Snapshot& snapshot);
    /// A longer prefix of the same run.
    void extend(const core::Snapshot& snapshot);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const core::LogView& log() const { return m_log; }
    /// Ticks since the start, after the event of that row. REQUIRES: there is such a row.
    std::uint64_t ticksAfter(int row) const { return m_ticks.ticksAfter(m_log, static_cast<std::uint64_t>(row)); }
    /// Times are seconds then, and there is one thread.
    bool isDaemon() const { return m_inputs && m_inputs->machine.isDaemon; }
    /// Of a machine of CPUs: time goes on within ticks, and jiffies may stand still, so that the time is shown.
    bool isKernel() const { return m_times != nullptr; }

  private:
    QString text(int row, int column) const;

    core::InputsPtr m_inputs;
    core::LogView m_log;
    core::Geometry m_geometry;
    mutable TickIndex m_ticks;
    std::unique_ptr<core::TimeIndex> m_times; ///< null: the run is not one of a machine of CPUs
};

} // namespace jiffy::ui
