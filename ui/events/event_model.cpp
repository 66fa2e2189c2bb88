// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/event_model.h"

#include "core/event/text.h"
#include "ui/timeline/daemon_time.h"

#include <limits>

namespace jiffy::ui
{

namespace
{

/// "11.500": to the microsecond; finer where there is more.
QString milliseconds(std::uint64_t ns)
{
    const auto rest = ns % 1'000'000;
    const bool isFine = rest % 1000 != 0;
    return QString::number(ns / 1'000'000) + QLatin1Char('.') +
           QString::number(isFine ? rest : rest / 1000).rightJustified(isFine ? 6 : 3, QLatin1Char('0'));
}

int rowsOf(const core::LogView& log)
{
    return static_cast<int>(std::min<std::uint64_t>(log.size(), std::numeric_limits<int>::max()));
}

} // namespace

EventModel::EventModel(QObject* parent) : QAbstractTableModel(parent) {}

void EventModel::reset(core::InputsPtr inputs, const core::Snapshot& snapshot)
{
    beginResetModel();
    m_inputs = std::move(inputs);
    m_log = snapshot.log;
    const auto& machine = m_inputs->machine;
    m_geometry = core::geometryOf(machine);
    m_ticks.clear();
    m_times = machine.kernel.isThere && !machine.isDaemon ? std::make_unique<core::TimeIndex>(machine) : nullptr;
    if (m_times) m_times->extend(m_log);
    endResetModel();
}

void EventModel::extend(const core::Snapshot& snapshot)
{
    const int before = rowsOf(m_log), after = rowsOf(snapshot.log);
    if (after <= before) return;
    beginInsertRows({}, before, after - 1);
    m_log = snapshot.log;
    if (m_times) m_times->extend(m_log);
    endInsertRows();
}

int EventModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : rowsOf(m_log); }

int EventModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnCountOf; }

QString EventModel::text(int row, int column) const
{
    const auto event = static_cast<std::uint64_t>(row);
    const auto& record = m_log[event];
    const auto& machine = m_inputs->machine;
    switch (column) {
    case Event: return QString::number(event + 1); // the position behind it: --at event=N
    case Jiffies:
        if (machine.isDaemon) return instantText(m_ticks.ticksAfter(m_log, event));
        if (m_times) return milliseconds(m_times->timeAfter(m_log, event));
        return QString::number(machine.word.add(machine.jiffies, m_ticks.ticksAfter(m_log, event)));
    case Cpu: return machine.isDaemon ? QString::fromUtf8(core::name(record.site).data(), static_cast<qsizetype>(core::name(record.site).size())) : QString::number(record.cpu);
    case Text: return QString::fromStdString(core::toText(record, m_geometry, *m_inputs));
    default: return {};
    }
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    switch (role) {
    case Qt::DisplayRole: return text(index.row(), index.column());
    case Qt::ToolTipRole: return text(index.row(), Text);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() == Text || (index.column() == Cpu && isDaemon()) ? Qt::AlignLeft : Qt::AlignRight));
    default: return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Event: return tr("event");
    case Jiffies: return isDaemon() ? tr("time (s)") : isKernel() ? tr("time (ms)") : tr("jiffies");
    case Cpu: return isDaemon() ? tr("function") : tr("CPU");
    case Text: return tr("what happened");
    default: return {};
    }
}

} // namespace jiffy::ui

#include "moc_event_model.cpp"
