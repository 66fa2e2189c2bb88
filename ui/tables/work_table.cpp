// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/work_table.h"

#include <algorithm>
#include <limits>

namespace jiffy::ui
{

namespace
{

/// Seconds with six decimals: so that a copy as CSV is exact.
QString secondsOf(std::uint64_t us)
{
    return QString::number(us / 1'000'000) + QLatin1Char('.') +
           QString::number(us % 1'000'000).rightJustified(6, QLatin1Char('0'));
}

} // namespace

void WorkTable::reset(const core::InputsPtr& inputs)
{
    beginResetModel();
    m_inputs = inputs;
    m_run = nullptr;
    m_rows = 0;
    endResetModel();
}

void WorkTable::extend(const core::Lateness& run)
{
    const int rows =
        static_cast<int>(std::min<std::size_t>(run.runs().size(), std::numeric_limits<int>::max()));
    const int before = m_rows;
    m_run = &run;
    if (rows > before) {
        beginInsertRows({}, before, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
    // Those that waited may have run.
    if (before > 0) Q_EMIT dataChanged(index(0, Ran), index(before - 1, Took));
}

int WorkTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int WorkTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columnCountOf);
}

QVariant WorkTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || m_run == nullptr) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(index.column() == Item ? Qt::AlignLeft | Qt::AlignVCenter
                                                          : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const auto& run = m_run->runs()[static_cast<std::size_t>(index.row())];
    const bool hasRun = run.hasRun();
    switch (index.column()) {
    case Item:
        return QString::fromStdString(m_inputs->timerName(run.item));
    case Added:
        return secondsOf(run.addedAt);
    case Seconds:
        return static_cast<qulonglong>(run.isImmediate ? 0 : run.seconds());
    case Due:
        return secondsOf(run.due);
    case Ran:
        if (run.fate == core::WorkRun::Fate::Waiting) return tr("waits");
        return hasRun ? secondsOf(run.endedAt) : tr("deleted at %1").arg(secondsOf(run.endedAt));
    case Late:
        return hasRun ? QVariant(static_cast<qlonglong>(run.lateness())) : QVariant();
    case Took:
        return hasRun && run.doneAt != core::notYet
                   ? QVariant(static_cast<qulonglong>(run.doneAt - run.endedAt))
                   : QVariant();
    default:
        return {};
    }
}

QVariant WorkTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
    switch (section) {
    case Item:
        return tr("Item");
    case Added:
        return tr("Added (s)");
    case Seconds:
        return tr("Asked for (s)");
    case Due:
        return tr("Due (s)");
    case Ran:
        return tr("Ran (s)");
    case Late:
        return tr("Late (µs)");
    case Took:
        return tr("Func took (µs)");
    default:
        return {};
    }
}

} // namespace jiffy::ui

#include "moc_work_table.cpp"
