// SPDX-License-Identifier: GPL-3.0-or-later
// The sorted list as a table: a row for each timer in list order, as many from either end as the scene knows, and one
// that counts those between. GUI thread.
#pragma once

#include "ui/list/list_scene.h"

#include <QAbstractTableModel>

namespace jiffy::ui
{

class ListTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Number,  ///< place in the list, the head is 1
        Name,
        Expires,
        Ahead,   ///< jiffies from now
        columnCountOf
    };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const ListScene& scene);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    bool hasGap() const { return m_scene.count > m_scene.head.size() + m_scene.tail.size(); }

    ListScene m_scene;
};

} // namespace jiffy::ui
