// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/slot_table.h"

#include "ui/inspector/words.h"
#include "ui/wheel/filing.h"

#include <algorithm>

namespace jiffy::ui
{

SlotTable::SlotTable(Session& session, QObject* parent) : QAbstractTableModel(parent), m_session(session) {}

void SlotTable::show(const core::World& world, int cpu)
{
    const core::Geometry& g = world.geometry();
    std::vector<core::SlotId> slots;
    const std::uint32_t first = g.slot(cpu, 0, 0).value;
    for (std::uint32_t s = first; s < first + g.slotsPerCpu; ++s)
        if (world.isOccupied(core::SlotId(s))) slots.push_back(core::SlotId(s));
    become(std::move(slots));
}

void SlotTable::clear()
{
    become({});
}

/// Rows come and go one by one, so that a reader's row stays under its finger; many at once are a new table.
void SlotTable::become(std::vector<core::SlotId> slots)
{
    constexpr std::ptrdiff_t fewest = 32;
    std::vector<core::SlotId> gone, come;
    std::ranges::set_difference(m_slots, slots, std::back_inserter(gone));
    std::ranges::set_difference(slots, m_slots, std::back_inserter(come));
    if (std::ssize(gone) + std::ssize(come) > fewest) {
        beginResetModel();
        m_slots = std::move(slots);
        endResetModel();
        return;
    }
    for (const core::SlotId s : gone) {
        const auto it = std::ranges::lower_bound(m_slots, s);
        const int row = static_cast<int>(it - m_slots.begin());
        beginRemoveRows({}, row, row);
        m_slots.erase(it);
        endRemoveRows();
    }
    for (const core::SlotId s : come) {
        const auto it = std::ranges::lower_bound(m_slots, s);
        const int row = static_cast<int>(it - m_slots.begin());
        beginInsertRows({}, row, row);
        m_slots.insert(it, s);
        endInsertRows();
    }
    if (!m_slots.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCountOf - 1));
}

int SlotTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_slots.size());
}

int SlotTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnCountOf;
}

namespace
{

/// "tv2", "lvl1", "def lvl1".
QString levelText(const core::Geometry& g, const core::Place& place)
{
    const auto level = QString::fromStdString(g.levelName(place.level));
    return place.wheel == 1 ? QLatin1String("def ") + level : level;
}

/// First and last of the expiries that a slot is served for next.
Served servedBy(const core::World& world, const core::Place& place)
{
    const core::Geometry& g = world.geometry();
    if (g.is(core::TimerAlgorithm::Wheel61)) { // what expires in the slot before it begins
        const auto due = servedNext(g, world.cpu(place.cpu).clk(place.wheel), {place.level, place.index}).first;
        return {g.word.reduce(due - (1ull << g.level[static_cast<std::size_t>(place.level)].shift)), g.word.reduce(due - 1)};
    }
    const SlotTurn turn = turnOf(g, place, world.cpu(place.cpu).timerJiffies, world.clock().jiffies);
    return {turn.first, turn.last};
}

} // namespace

QString SlotTable::text(const core::World& world, core::SlotId slot, int column) const
{
    const core::Geometry& g = world.geometry();
    const core::Place place = g.place(slot);
    const bool isSlot = place.list == core::Place::List::Slot;
    switch (column) {
    case Level:
        return isSlot                                    ? levelText(g, place)
               : place.list == core::Place::List::Sorted ? tr("sorted list")
               : place.list == core::Place::List::Run    ? tr("waiting for their call")
                                                         : tr("being cascaded");
    case Slot:
        return isSlot ? QString::number(place.index) : QString();
    case From:
    case To: {
        if (!isSlot) return {};
        const Served served = servedBy(world, place);
        return QString::number(column == From ? served.first : served.last);
    }
    case Timers:
        return QString::number(world.listAt(slot).count);
    case First: {
        QStringList names;
        const core::ItemList list = world.listAt(slot);
        for (core::TimerId t = list.first; t.isValid() && names.size() < namesShown; t = world.next(t))
            names.append(QString::fromStdString(m_session.inputs().timerName(t)));
        if (list.count > static_cast<std::uint32_t>(namesShown)) names.append(QStringLiteral("…"));
        return names.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

QVariant SlotTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isWord = index.column() == Level || index.column() == First;
        return QVariant::fromValue(Qt::AlignVCenter | (isWord ? Qt::AlignLeft : Qt::AlignRight));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (!m_session.isOpen()) return {};
    return text(m_session.world(), slotOf(index.row()), index.column());
}

QVariant SlotTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Level:
        return tr("level");
    case Slot:
        return tr("slot");
    case From:
        return tr("serves from");
    case To:
        return tr("to jiffy");
    case Timers:
        return tr("timers");
    case First:
        return tr("first in its list");
    default:
        return {};
    }
}

} // namespace jiffy::ui

#include "moc_slot_table.cpp"
