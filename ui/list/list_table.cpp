// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/list_table.h"

#include "ui/theme/look.h"

namespace jiffy::ui
{

void ListTable::show(const ListScene& scene)
{
    beginResetModel();
    m_scene = scene;
    endResetModel();
}

int ListTable::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid()) return 0;
    return static_cast<int>(m_scene.head.size() + m_scene.tail.size()) + (hasGap() ? 1 : 0);
}

int ListTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columnCountOf);
}

QVariant ListTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole) return {};
    const auto row = static_cast<std::size_t>(index.row());
    const std::size_t head = m_scene.head.size();
    if (hasGap() && row == head) {
        const std::uint64_t left = m_scene.count - head - m_scene.tail.size();
        return index.column() == Name ? tr("and %1 more").arg(grouped(left)) : QString();
    }
    const std::uint64_t place = row < head ? row : m_scene.count - (static_cast<std::size_t>(rowCount()) - row);
    const auto timer = m_scene.at(place);
    if (!timer) return {};
    switch (index.column()) {
    case Number: return QString::number(place + 1);
    case Name: return m_scene.nameOf(timer->id);
    case Expires: return QString::number(timer->expires);
    default: return QString::number(m_scene.geometry.word.signedDistance(timer->expires, m_scene.clock.jiffies));
    }
}

QVariant ListTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Number: return tr("place");
    case Name: return tr("timer");
    case Expires: return tr("expires");
    default: return tr("jiffies ahead");
    }
}

} // namespace jiffy::ui

#include "moc_list_table.cpp"
