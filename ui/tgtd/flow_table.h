// SPDX-License-Identifier: GPL-3.0-or-later
// The event flow as a table: what the picture shows, a row each, from the timer to the func that runs. For Ctrl+T, for
// copying as CSV and for those who cannot see.
#pragma once

#include "ui/tgtd/scene.h"

#include <QAbstractTableModel>

#include <array>
#include <vector>

namespace jiffy::ui
{

class FlowTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Part,  ///< "Inactive list"
        Name,  ///< "isns_poll"
        When,  ///< "4.10 s"
        State, ///< "late 0.65 s"
        columnCountOf
    };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const FlowScene& scene);
    core::TimerId itemOf(int row) const { return m_rows[static_cast<std::size_t>(row)].item; } ///< none: no item

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Row
    {
        std::array<QString, columnCountOf> cells;
        core::TimerId item;
    };
    std::vector<Row> m_rows;
};

} // namespace jiffy::ui
