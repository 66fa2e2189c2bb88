// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/tick_table.h"

#include <algorithm>
#include <limits>

namespace jiffy::ui
{

namespace
{

/// Buckets of one CPU before a tick.
std::size_t before(const std::vector<core::BusyBucket>& ticks, std::uint64_t tick)
{
    const auto it = std::partition_point(ticks.begin(), ticks.end(),
                                         [&](const core::BusyBucket& b) { return b.number < tick; });
    return static_cast<std::size_t>(it - ticks.begin());
}

} // namespace

std::uint64_t BusyTicks::count(const core::CountPyramid& pyramid) const
{
    std::uint64_t sum = 0;
    for (int cpu = 0; cpu < pyramid.cpus(); ++cpu)
        sum += pyramid.busyTicks(cpu).size();
    return sum;
}

int BusyTicks::earliest(const core::CountPyramid& pyramid) const
{
    int best = -1;
    std::uint64_t tick = 0;
    for (int cpu = 0; cpu < pyramid.cpus(); ++cpu) {
        const auto& ticks = pyramid.busyTicks(cpu);
        const std::size_t next = m_next[static_cast<std::size_t>(cpu)];
        if (next < ticks.size() && (best < 0 || ticks[next].number < tick)) {
            best = cpu;
            tick = ticks[next].number;
        }
    }
    return best;
}

/// Bisects for the last tick before which at most `row` rows stand.
void BusyTicks::find(const core::CountPyramid& pyramid, std::uint64_t row)
{
    const auto rowsBefore = [&](std::uint64_t tick) {
        std::uint64_t sum = 0;
        for (int cpu = 0; cpu < pyramid.cpus(); ++cpu)
            sum += before(pyramid.busyTicks(cpu), tick);
        return sum;
    };
    std::uint64_t low = 0, high = pyramid.ticks() + 1; // rowsBefore(low) <= row
    while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        (rowsBefore(middle) <= row ? low : high) = middle;
    }
    m_next.resize(static_cast<std::size_t>(pyramid.cpus()));
    m_row = 0;
    for (int cpu = 0; cpu < pyramid.cpus(); ++cpu) {
        m_next[static_cast<std::size_t>(cpu)] = before(pyramid.busyTicks(cpu), low);
        m_row += m_next[static_cast<std::size_t>(cpu)];
    }
}

BusyTicks::Row BusyTicks::at(const core::CountPyramid& pyramid, std::uint64_t row)
{
    constexpr std::uint64_t near = 64;
    if (m_next.empty() || row < m_row || row - m_row > near) find(pyramid, row);
    for (; m_row < row; ++m_row)
        ++m_next[static_cast<std::size_t>(earliest(pyramid))];
    const int cpu = earliest(pyramid);
    return {cpu, pyramid.busyTicks(cpu)[m_next[static_cast<std::size_t>(cpu)]]};
}

TickTable::TickTable(const core::CountPyramid& pyramid, QObject* parent)
    : QAbstractTableModel(parent), m_pyramid(pyramid)
{
}

void TickTable::reset(const core::InputsPtr& inputs)
{
    beginResetModel();
    m_inputs = inputs;
    m_ticks.clear();
    m_rows = std::min(m_ticks.count(m_pyramid), page);
    endResetModel();
    Q_EMIT headerDataChanged(Qt::Horizontal, Moves, columnCount() - 1);
}

/// The last tick of each CPU may have grown; further rows are fetched when a view comes to them.
void TickTable::extend()
{
    m_ticks.clear(); // another CPU may have come to a tick that is listed
    if (m_rows < page) growTo(page);
    if (m_rows > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void TickTable::growTo(std::uint64_t wanted)
{
    const std::uint64_t rows = std::min(m_ticks.count(m_pyramid), wanted);
    if (rows <= m_rows || m_isGrowing) return;
    m_isGrowing = true; // who hears of rows to come may ask for more at once
    beginInsertRows({}, static_cast<int>(m_rows), static_cast<int>(rows - 1));
    m_rows = rows;
    endInsertRows();
    m_isGrowing = false;
}

int TickTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows);
}

int TickTable::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid()) return 0;
    const bool isList = m_inputs && m_inputs->machine.timers == core::TimerAlgorithm::SortedList;
    return isList ? static_cast<int>(Cascades) : columnCountOf; // a list has no levels
}

bool TickTable::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_isGrowing && m_rows < m_ticks.count(m_pyramid) &&
           m_rows < static_cast<std::uint64_t>(std::numeric_limits<int>::max()) - page;
}

void TickTable::fetchMore(const QModelIndex&)
{
    growTo(m_rows + page);
}

QVariant TickTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (index.column() == Cascades ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole) return {};
    const BusyTicks::Row row = m_ticks.at(m_pyramid, static_cast<std::uint64_t>(index.row()));
    switch (index.column()) {
    case Tick:
        return QString::number(row.bucket.number);
    case Jiffies:
        return QString::number(m_inputs->machine.word.add(m_inputs->machine.jiffies, row.bucket.number));
    case Cpu:
        return QString::number(row.cpu);
    case Fires:
        return QString::number(row.bucket.fires);
    case Moves:
        return QString::number(row.bucket.moves);
    case Cascades: {
        QStringList names;
        for (std::uint32_t level = 1; level < 32; ++level)
            if ((row.bucket.cascades >> level & 1) != 0) names.append(QString::fromStdString(m_pyramid.geometry().levelName(static_cast<int>(level))));
        return names.join(u' ');
    }
    default:
        return {};
    }
}

QVariant TickTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Tick:
        return tr("tick");
    case Jiffies:
        return tr("jiffies");
    case Cpu:
        return tr("CPU");
    case Fires:
        return tr("fires");
    case Moves:
        return m_pyramid.geometry().is(core::TimerAlgorithm::SortedList) ? tr("comparisons") : tr("moves");
    case Cascades:
        return m_pyramid.geometry().is(core::TimerAlgorithm::Wheel61) ? tr("levels due") : tr("cascaded");
    default:
        return {};
    }
}

} // namespace jiffy::ui

#include "moc_tick_table.cpp"
