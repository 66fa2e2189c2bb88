// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/code_model.h"

#include "ui/code/words.h"
#include "ui/code/work_words.h"

#include <QFont>

namespace jiffy::ui
{

void CodeModel::show(const std::vector<const core::CodeThere*>& codes, const core::Geometry& geometry, const core::Inputs& inputs)
{
    beginResetModel();
    m_rows.clear();
    for (const auto* code : codes) {
        for (std::size_t f = 0; f < code->stack.size(); ++f) {
            const auto& frame = code->stack[f].frame;
            const auto span = core::linesOf(frame.function);
            for (int i = span.first; i < span.first + span.count; ++i) {
                const auto line = static_cast<core::Line>(i);
                if (!core::isListed(line, inputs)) continue;
                const auto& mark = code->of(line);
                Row row{line, {}, line == frame.line};
                row.cell[FunctionName] = frameText(code->stack[f], inputs);
                if (codes.size() > 1) row.cell[FunctionName] = tr("CPU %1: %2").arg(QString::number(code->cpu), row.cell[FunctionName]);
                row.cell[LineText] = plainLine(line, geometry);
                row.cell[Value] = valueText(mark.value, geometry, inputs);
                row.cell[State] = row.isCurrent && f + 1 == code->stack.size() ? tr("now")
                                  : row.isCurrent                              ? tr("calls")
                                  : mark.isTaken                               ? tr("taken")
                                  : mark.isDone                                ? tr("done")
                                                                               : QString();
                m_rows.push_back(std::move(row));
            }
        }
    }
    endResetModel();
}

int CodeModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int CodeModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnCountOf; }

QVariant CodeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return row.cell[index.column()];
    case Qt::ToolTipRole: return QString::fromStdString(listing().of(row.line).why);
    case Qt::FontRole: {
        QFont font;
        font.setBold(row.isCurrent);
        return font;
    }
    default: return {};
    }
}

QVariant CodeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case FunctionName: return tr("function");
    case LineText: return tr("line");
    case Value: return tr("value");
    case State: return tr("state");
    default: return {};
    }
}

} // namespace jiffy::ui

#include "moc_code_model.cpp"
