// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/page_table.h"

#include <limits>

namespace jiffy::ui
{

PageTable::PageTable(InspectorBody::RowSource rows, QObject* parent)
    : QAbstractTableModel(parent), m_source(std::move(rows))
{
}

std::vector<PageTable::Row> PageTable::rowsOf(const Page& page)
{
    std::vector<Row> rows;
    rows.push_back({page.caption, page.name});
    if (!page.state.isEmpty()) rows.push_back({tr("state"), page.state});
    for (const Section& s : page.sections) {
        for (const Field& f : s.fields) {
            QString value = plainText(f.value);
            if (!f.below.empty()) value += QStringLiteral(" (") + plainText(f.below) + u')';
            if (!f.mark.isEmpty()) value += QStringLiteral(", ") + f.mark;
            if (!f.note.empty()) value += QStringLiteral(": ") + plainText(f.note);
            rows.push_back({f.name, value});
        }
        if (s.lens) {
            rows.push_back({s.lens->question, s.lens->amount + QStringLiteral(": ") + s.lens->because});
            rows.push_back({s.lens->slotQuestion, s.lens->slot + QStringLiteral(": ") + s.lens->slotFormula});
        }
        for (const LifeRow& r : s.life) {
            QString value = r.text;
            if (!r.where.isEmpty()) value += u' ' + r.where;
            rows.push_back({r.when.isEmpty() ? s.title : r.when, value});
        }
        for (const LevelBar& b : s.bars)
            rows.push_back({b.name, grouped(b.count)});
        if (!s.note.empty()) rows.push_back({tr("note"), plainText(s.note)});
    }
    return rows;
}

void PageTable::setPage(const Page& page)
{
    auto rows = rowsOf(page);
    if (rows == m_rows && page.listCount == m_listCount) {
        // The same shape: the list's rows may tell other times.
        if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountOf - 1));
        return;
    }
    const bool isSameShape = rows.size() == m_rows.size() && page.listCount == m_listCount;
    if (!isSameShape) beginResetModel();
    m_rows = std::move(rows);
    m_listCount = page.listCount;
    if (!isSameShape)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountOf - 1));
}

int PageTable::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid()) return 0;
    return static_cast<int>(
        std::min<std::uint64_t>(m_rows.size() + m_listCount, std::numeric_limits<int>::max()));
}

int PageTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountOf;
}

PageTable::Row PageTable::row(int number) const
{
    const auto i = static_cast<std::size_t>(number);
    if (i < m_rows.size()) return m_rows[i];
    const auto listed = m_source(i - m_rows.size(), 1);
    if (listed.empty()) return {};
    const ListRow& r = listed.front();
    QString value = r.name;
    if (!r.where.isEmpty()) value += QStringLiteral(", ") + r.where;
    return {tr("timer %1").arg(i - m_rows.size() + 1), value + QStringLiteral(", ") + r.due};
}

QVariant PageTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        const Row r = row(index.row());
        return index.column() == Name ? r.name : r.value;
    }
    return {};
}

QVariant PageTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Name ? tr("field") : section == Value ? tr("value") : QVariant();
}

} // namespace jiffy::ui

#include "moc_page_table.cpp"
