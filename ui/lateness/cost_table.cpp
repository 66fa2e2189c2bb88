// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lateness/cost_table.h"

#include "ui/timeline/daemon_time.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

std::vector<std::int64_t> latenessOf(const core::Lateness& run, core::TimerId item)
{
    std::vector<std::int64_t> values;
    if (item.value >= run.itemCount()) return values;
    for (const auto i : run.item(item).runs)
        if (run.runs()[i].hasRun()) values.push_back(run.runs()[i].lateness());
    return values;
}

} // namespace

void CostTable::show(const core::Inputs& inputs, const core::Lateness& run, const core::Lateness* twin,
                     const QString& twinName)
{
    beginResetModel();
    m_twinName = twinName;
    m_rows.clear();
    for (std::uint32_t i = 0; i < run.itemCount(); ++i) {
        const core::TimerId item(i);
        const auto& account = run.item(item);
        if (account.runs.empty()) continue;
        Row row;
        row.item = item;
        row.name = QString::fromStdString(inputs.timerName(item));
        row.runs = account.ran;
        row.deleted = account.deleted;
        row.func = account.worstFunc;
        row.late = core::statisticsOf(latenessOf(run, item));
        if (twin != nullptr) row.twin = core::statisticsOf(latenessOf(*twin, item));
        m_rows.push_back(std::move(row));
    }
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [](const Row& a, const Row& b) { return a.late.max > b.late.max; });
    endResetModel();
}

void CostTable::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void CostTable::setLook(const Look& look)
{
    m_look = look;
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int CostTable::rowOf(core::TimerId item) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& r) { return r.item == item; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int CostTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CostTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columnCountOf);
}

QVariant CostTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(index.column() == Item ? Qt::AlignLeft | Qt::AlignVCenter
                                                          : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole) return m_look.numbers(12.5);
    if (role == Qt::ForegroundRole) return m_look.t().ink;
    if (role != Qt::DisplayRole) return {};
    const Row& r = m_rows[static_cast<std::size_t>(index.row())];
    const auto late = [](const core::Statistics& s, std::int64_t value) {
        return s.count == 0 ? QString(QChar(0x2013)) : durationUsText(value);
    };
    switch (index.column()) {
    case Item:
        return r.name;
    case Runs:
        return grouped(r.runs);
    case Median:
        return late(r.late, r.late.median);
    case Mean:
        return late(r.late, r.late.mean());
    case Worst:
        return late(r.late, r.late.max);
    case TwinWorst:
        return late(r.twin, r.twin.max);
    case Func:
        return r.runs == 0 ? QString(QChar(0x2013)) : durationUsText(static_cast<std::int64_t>(r.func));
    case Deleted:
        return grouped(r.deleted);
    default:
        return {};
    }
}

QVariant CostTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(section == Item ? Qt::AlignLeft | Qt::AlignVCenter
                                                   : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case Item:
        return tr("Work");
    case Runs:
        return tr("Runs");
    case Median:
        return tr("Median late");
    case Mean:
        return tr("Mean");
    case Worst:
        return tr("Worst");
    case TwinWorst:
        return m_twinName.isEmpty() ? tr("Elsewhere") : tr("Worst, %1").arg(m_twinName);
    case Func:
        return tr("Longest func");
    case Deleted:
        return tr("Deleted");
    default:
        return {};
    }
}

} // namespace jiffy::ui

#include "moc_cost_table.cpp"
