// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/row_model.h"

namespace jiffy::ui
{

std::vector<RowFault> rowFaults(const core::Draft& draft, std::string_view part)
{
    std::vector<RowFault> out;
    for (std::size_t i = 0; i < draft.places.size(); ++i) {
        const auto& p = draft.places[i];
        if (p.part == part && p.row >= 0)
            out.push_back({p.row, p.key, QString::fromStdString(draft.faults[i].message)});
    }
    return out;
}

void RowModelBase::setFaults(std::vector<RowFault> faults)
{
    if (faults == m_faults) return;
    m_faults = std::move(faults);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Vertical, 0, std::max(0, rowCount() - 1));
}

QString RowModelBase::faultOf(int row, std::string_view key) const
{
    QStringList lines;
    for (const auto& f : m_faults)
        if (f.row == row && f.key == key) lines.append(f.message);
    return lines.join(u'\n');
}

} // namespace jiffy::ui
