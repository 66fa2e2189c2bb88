// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/processes/process_table.h"

#include "ui/processes/scene.h"
#include "ui/timeline/strip_hover.h"

#include <algorithm>

namespace jiffy::ui
{

void ProcessTable::reset(const core::InputsPtr& inputs, const core::ProcessStates* states)
{
    beginResetModel();
    m_inputs = inputs;
    m_states = states;
    m_firstRows.assign(1, 0);
    for (std::size_t p = 0; m_states != nullptr && p < m_states->processCount(); ++p)
        m_firstRows.push_back(m_firstRows.back() + static_cast<int>(m_states->spans(p).size()));
    endResetModel();
}

int ProcessTable::rowCount(const QModelIndex& parent) const { return parent.isValid() || m_firstRows.empty() ? 0 : m_firstRows.back(); }

int ProcessTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnCountOf; }

QVariant ProcessTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const bool isText = index.column() == Process || index.column() == State || index.column() == Sleep;
    if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::AlignVCenter | (isText ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole) return {};
    const auto behind = std::upper_bound(m_firstRows.begin(), m_firstRows.end(), index.row());
    const auto process = static_cast<std::size_t>(behind - m_firstRows.begin() - 1);
    const auto& span = m_states->spans(process)[static_cast<std::size_t>(index.row() - m_firstRows[process])];
    switch (index.column()) {
    case Process: return programName(*m_inputs, process);
    case State: return stateName(span.is);
    case From: return QString::number(span.begin);
    case Took: return span.end == core::ProcessSpan::open ? QString() : QString::number(span.end - span.begin);
    case Sleep: {
        if (span.is != core::ProcessIs::Interruptible && span.is != core::ProcessIs::Uninterruptible) return {};
        const auto& sleeps = m_states->sleeps(process);
        const auto next = std::partition_point(sleeps.begin(), sleeps.end(), [&](const core::ProcessSleep& s) { return s.event < span.event; });
        return next == sleeps.begin() ? QString() : sleepText(*std::prev(next));
    }
    default: return {};
    }
}

QVariant ProcessTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Process: return tr("process");
    case State: return tr("state");
    case From: return tr("from (ns)");
    case Took: return tr("for (ns)");
    case Sleep: return tr("asked for, and got");
    default: return {};
    }
}

} // namespace jiffy::ui

#include "moc_process_table.cpp"
