// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/page_table.h"

#include <algorithm>

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

/// The same number of rows is the same table with other words; else it begins anew, as far as it had been
/// read.
void PageTable::setPage(const Page& page)
{
    auto rows = rowsOf(page);
    const bool isOther = page.about != m_about;
    const std::uint64_t listed = std::min(page.listCount, isOther ? listPage : std::max(m_listed, listPage));
    const bool isSameShape = !isOther && rows.size() == m_rows.size() && listed == m_listed;
    if (!isSameShape) beginResetModel();
    m_about = page.about;
    m_rows = std::move(rows);
    m_listCount = page.listCount;
    m_listed = listed;
    if (!isSameShape)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountOf - 1));
}

int PageTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size() + m_listed);
}

bool PageTable::canFetchMore(const QModelIndex& parent) const
{
    constexpr std::uint64_t most = 2'000'000'000;
    return !parent.isValid() && m_listed < std::min(m_listCount, most);
}

void PageTable::fetchMore(const QModelIndex&)
{
    const std::uint64_t listed = std::min(m_listCount, m_listed + listPage);
    if (listed == m_listed || m_isGrowing) return;
    m_isGrowing = true; // who hears of rows to come may ask for more at once
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(listed - m_listed) - 1);
    m_listed = listed;
    endInsertRows();
    m_isGrowing = false;
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
