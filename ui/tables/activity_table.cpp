// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/activity_table.h"

#include "ui/timeline/strip_hover.h"

#include <algorithm>

namespace jiffy::ui
{

void ActivityTable::reset(const core::InputsPtr& inputs, const core::CpuActivity& activity)
{
    beginResetModel();
    m_inputs = inputs;
    m_activity = &activity;
    m_seen.assign(static_cast<std::size_t>(activity.cpuCount()) * core::activityCount, 0);
    m_rows.clear();
    m_rows = fresh();
    endResetModel();
}

/// What began since, in order; the rows that are there already stand before it.
std::vector<ActivityTable::Row> ActivityTable::fresh()
{
    std::vector<Row> rows;
    for (int cpu = 0; cpu < m_activity->cpuCount(); ++cpu) {
        for (int k = 0; k < core::activityCount; ++k) {
            const auto what = static_cast<core::Activity>(k);
            auto& seen = m_seen[static_cast<std::size_t>(cpu * core::activityCount + k)];
            for (const auto n = m_activity->spans(cpu, what).size(); seen < n; ++seen)
                rows.push_back({static_cast<std::uint8_t>(cpu), what, static_cast<std::uint32_t>(seen)});
        }
    }
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return spanOf(a).event < spanOf(b).event; });
    return rows;
}

void ActivityTable::extend()
{
    if (m_activity == nullptr) return;
    const auto more = fresh();
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, Took), index(rowCount() - 1, Saved)); // what lasted may be over
    if (more.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(more.size()) - 1);
    m_rows.insert(m_rows.end(), more.begin(), more.end());
    endInsertRows();
}

std::uint64_t ActivityTable::eventOf(int row) const { return spanOf(m_rows[static_cast<std::size_t>(row)]).event; }

int ActivityTable::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int ActivityTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnCountOf; }

QVariant ActivityTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() == What ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const core::ActivitySpan& span = spanOf(row);
    switch (index.column()) {
    case Cpu: return QString::number(row.cpu);
    case What: return activityText(*m_inputs, row.what, span);
    case From: return QString::number(span.begin);
    case Took: return span.isOpen() ? QString() : QString::number(span.end - span.begin);
    case Saved: {
        if (row.what != core::Activity::Stopped) return {};
        const auto& hz = m_inputs->machine.hz;
        const auto end = span.isOpen() ? m_activity->time() : span.end;
        const auto from = hz.ticksUntil(static_cast<core::Nanoseconds>(span.begin)) + 1, to = hz.ticksUntil(static_cast<core::Nanoseconds>(end)) + 1;
        return QString::number(to > from ? m_activity->ticksSaved(row.cpu, from, to) : 0);
    }
    default: return {};
    }
}

QVariant ActivityTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Cpu: return tr("CPU");
    case What: return tr("what it does");
    case From: return tr("from (ns)");
    case Took: return tr("for (ns)");
    case Saved: return tr("ticks saved");
    default: return {};
    }
}

} // namespace jiffy::ui

#include "moc_activity_table.cpp"
