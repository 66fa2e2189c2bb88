// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_table.h"

namespace jiffy::ui
{

std::vector<CompareRow> instantRows(const CompareScene& scene)
{
    std::vector<CompareRow> rows(3 + counterCount);
    rows[0].label = CompareTable::tr("now");
    rows[1].label = CompareTable::tr("what it does");
    rows[2].label = CompareTable::tr("to insert %1 now").arg(scene.expires);
    for (int i = 0; i < counterCount; ++i)
        rows[static_cast<std::size_t>(3 + i)].label = counterLabel(i);
    for (const auto& column : scene.columns) {
        rows[0].cells.push_back(CompareTable::tr("jiffies %1").arg(column.jiffies));
        rows[1].cells.push_back(column.sentence);
        auto rest = column.insertion.back().text.section(QLatin1Char(':'), 1).trimmed();
        rows[2].cells.push_back(rest);
        for (std::size_t i = 0; i < counterCount; ++i) {
            const auto& counter = column.counters[i];
            const auto value = QString::number(counter.value);
            rows[3 + i].cells.push_back(
                counter.cause.isEmpty() ? value : CompareTable::tr("%1 (%2)").arg(value, counter.cause));
            rows[3 + i].events.push_back(counter.event);
        }
    }
    return rows;
}

void CompareTable::show(const QStringList& titles, std::vector<CompareRow> rows)
{
    const bool isSameShape = titles == m_titles && rows.size() == m_rows.size();
    if (isSameShape) {
        if (rows == m_rows) return;
        m_rows = std::move(rows);
        if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_titles = titles;
    m_rows = std::move(rows);
    endResetModel();
}

std::optional<std::uint64_t> CompareTable::eventAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.column() == 0) return std::nullopt;
    const auto& events = m_rows[static_cast<std::size_t>(index.row())].events;
    const auto column = static_cast<std::size_t>(index.column() - 1);
    return column < events.size() ? events[column] : std::nullopt;
}

int CompareTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompareTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_titles.isEmpty() ? 0 : 1 + static_cast<int>(m_titles.size());
}

QVariant CompareTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && eventAt(index))
        return tr("Double click to go to the event that caused it");
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (index.column() == 0) return row.label;
    const auto column = static_cast<std::size_t>(index.column() - 1);
    return column < row.cells.size() ? row.cells[column] : QString();
}

QVariant CompareTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == 0 ? tr("property") : m_titles.value(section - 1);
}

} // namespace jiffy::ui

#include "moc_compare_table.cpp"
