// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/flow_table.h"

#include "ui/tgtd/compact_layout.h"
#include "ui/tgtd/lists_layout.h"
#include "ui/tgtd/stations_layout.h"
#include "ui/tgtd/thread_words.h"
#include "ui/tgtd/words.h"

namespace jiffy::ui
{

void FlowTable::show(const FlowScene& s)
{
    std::vector<Row> rows;
    const auto add = [&](const QString& part, const QString& name, const QString& when, const QString& state, core::TimerId item = {}) {
        rows.push_back({{part, name, when, state}, item});
    };
    const auto at = [](std::uint64_t us) { return tr("%1 s").arg(secondsText(us)); };
    if (!s.isEmpty()) {
        add(tr("Thread"), {}, at(s.now), threadSentence(s));
        if (const auto incident = incidentText(s); !incident.isEmpty()) add(tr("Thread"), {}, at(s.now), incident);
        if (s.isOld()) {
            add(tr("Idle timeout"), {}, {}, s.past.waitingSince ? tr("since %1 s").arg(secondsText(*s.past.waitingSince)) : tr("not counting"));
            add(QStringLiteral("jiffies"), {}, {}, grouped(s.daemon.jiffies));
        } else {
            const auto next = s.nextAlarm();
            add(s.isNew() ? QStringLiteral("setitimer") : QStringLiteral("timerfd"), {}, next ? at(*next) : QString(),
                next ? tr("every %1").arg(periodText(s.inputs->daemon.interval)) : tr("not armed"));
        }
        if (s.isNew()) {
            add(tr("Signal handler"), QStringLiteral("timer_pending"), {}, QStringLiteral("%1, %2").arg(s.daemon.timerPending ? 1 : 0).arg(gateText(s)));
            for (std::size_t i = s.past.alarmCount; i > 0; --i) add(tr("Signal handler"), tr("alarm"), at(s.past.alarms[i - 1].at), alarmEndText(s.past.alarms[i - 1]));
            add(tr("Pipe"), s.isBeforePipe() ? QStringLiteral("–") : tr("fd %1").arg(s.daemon.readFd), s.past.wordSince ? at(*s.past.wordSince) : QString(),
                s.isPipeOpen() ? tr("%1 bytes").arg(s.daemon.pipeBytes) : s.isBeforePipe() ? tr("not open yet") : tr("not open"));
        }
        for (const auto& row : s.rows)
            add(tr("Event loop"), QStringLiteral("%1 %2").arg(rowHandle(row), row.name), row.state == LoopRow::State::Coming ? at(row.at) : QString(),
                row.state == LoopRow::State::Coming ? tr("readable %1").arg(rowStateText(s, row)) : rowStateText(s, row), row.isPipe ? core::TimerId::none() : row.id);
        const auto list = [&](const QString& part, const std::vector<FlowItem>& items, std::uint32_t count) {
            for (const auto& item : items) add(part, item.name, itemWhenText(s, item), itemWaitText(s, item), item.id);
            if (count > items.size()) add(part, tr("+%1 more").arg(grouped(count - items.size())), {}, {});
        };
        list(tr("Inactive list"), s.inactive, s.inactiveCount);
        list(tr("Active list"), s.active, s.activeCount);
        if (s.running) add(tr("Running"), s.running->name, itemWhenText(s, *s.running), s.progress ? tr("%1 s of %2").arg(hundredthsText(s.now - std::min(s.now, s.progress->since)), spanText(s.progress->takes)) : QString(), s.running->id);
    }
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, columnCountOf - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int FlowTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FlowTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountOf;
}

QVariant FlowTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
    return m_rows[static_cast<std::size_t>(index.row())].cells[static_cast<std::size_t>(index.column())];
}

QVariant FlowTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Part: return tr("Where");
    case Name: return tr("What");
    case When: return tr("When");
    case State: return tr("State");
    default: return {};
    }
}

} // namespace jiffy::ui

#include "moc_flow_table.cpp"
