// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/sleep_table.h"

#include "ui/nohz/words.h"

#include <algorithm>

namespace jiffy::ui
{

void SleepTable::show(const core::InputsPtr& inputs, const core::SleepAccounts* accounts)
{
    m_inputs = inputs;
    m_accounts = accounts;
    refresh(0, 0);
}

void SleepTable::refresh(std::uint64_t event, std::uint64_t tick)
{
    std::vector<int> firstRows(1, 0);
    for (int c = 0; m_accounts != nullptr && c < m_accounts->cpuCount(); ++c) {
        const core::Sleep* last = m_accounts->sleepBefore(c, event);
        firstRows.push_back(firstRows.back() + (last == nullptr ? 0 : static_cast<int>(last - m_accounts->sleeps(c).data()) + 1));
    }
    m_event = event;
    m_tick = tick;
    if (m_accounts != nullptr && firstRows == m_firstRows) {
        if (rowCount() != 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountOf - 1));
        return;
    }
    beginResetModel();
    m_firstRows = std::move(firstRows);
    endResetModel();
}

int SleepTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_firstRows.empty() ? 0 : m_firstRows.back();
}

int SleepTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columnCountOf);
}

QVariant SleepTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || m_accounts == nullptr || index.row() >= rowCount()) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (index.column() == WokenBy ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole) return {};
    const auto behind = std::upper_bound(m_firstRows.begin(), m_firstRows.end(), index.row());
    const int cpu = static_cast<int>(behind - m_firstRows.begin()) - 1;
    const core::Sleep& sleep = m_accounts->sleeps(cpu)[static_cast<std::size_t>(index.row() - m_firstRows[static_cast<std::size_t>(cpu)])];
    const bool isOver = sleep.isOver() && sleep.endEvent < m_event;
    const core::CatchUp* catchUp = sleep.catchUp == core::Sleep::none ? nullptr : &m_accounts->catchUps(cpu)[sleep.catchUp];
    if (catchUp != nullptr && (!catchUp->isOver() || catchUp->endEvent > m_event)) catchUp = nullptr;
    const auto jiffies = [&](std::uint64_t tick) { return QString::number(m_inputs->machine.word.add(m_inputs->machine.jiffies, tick)); };
    const auto cost = [&](std::uint64_t core::CatchUp::*what) { return catchUp == nullptr ? QString() : QString::number(catchUp->*what); };
    switch (index.column()) {
    case Cpu: return QString::number(cpu);
    case From: return jiffies(sleep.beginTick);
    case To: return isOver ? jiffies(sleep.endTick) : QString();
    case Until: return sleep.until == ~0ull ? tr("nothing") : QString::number(sleep.until);
    case WokenBy: return wokenByText(isOver ? sleep.by : core::WokenBy::Nothing);
    case Saved: return QString::number(sleep.saved(isOver ? core::Sleep::open : m_tick));
    case Turns: return cost(&core::CatchUp::turns);
    case Cascades: return cost(&core::CatchUp::cascades);
    case EmptyCascades: return cost(&core::CatchUp::emptyCascades);
    case Held: return cost(&core::CatchUp::held);
    case Fired: return cost(&core::CatchUp::fired);
    default: return cost(&core::CatchUp::worstLate);
    }
}

QVariant SleepTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Cpu: return tr("CPU");
    case From: return tr("asleep from");
    case To: return tr("to");
    case Until: return tr("set to wake at");
    case WokenBy: return tr("woken by");
    case Saved: return tr("ticks saved");
    case Turns: return tr("turns on waking");
    case Cascades: return tr("cascades");
    case EmptyCascades: return tr("empty ones");
    case Held: return tr("slots with timers");
    case Fired: return tr("timers called");
    default: return tr("worst lateness");
    }
}

} // namespace jiffy::ui

#include "moc_sleep_table.cpp"
