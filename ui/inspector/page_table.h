// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's page as a table: a row for each field, each line of the life and, last, each timer of the
// list. Rows of the list are asked for one by one and nothing is kept for them.
#pragma once

#include "ui/inspector/body.h"

#include <QAbstractTableModel>

namespace jiffy::ui
{

class PageTable : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column
    {
        Name,
        Value,
        columnCountOf
    };

    PageTable(InspectorBody::RowSource rows, QObject* parent);

    void setPage(const Page& page);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

  private:
    static constexpr std::uint64_t listPage = 256;
    struct Row
    {
        QString name, value;
        bool operator==(const Row&) const = default;
    };
    static std::vector<Row> rowsOf(const Page& page);
    Row row(int number) const;

    InspectorBody::RowSource m_source;
    Page::About m_about = Page::About::Nothing;
    std::vector<Row> m_rows;
    std::uint64_t m_listCount = 0; ///< of the page
    std::uint64_t m_listed = 0;    ///< fetched
    bool m_isGrowing = false;
};

} // namespace jiffy::ui
