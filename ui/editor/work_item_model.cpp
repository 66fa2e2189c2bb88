// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/work_item_model.h"

#include "ui/editor/work_text.h"

namespace jiffy::ui
{

namespace
{

constexpr const char* keys[] = {"name", "on"};

QString translated(const char* text)
{
    return QCoreApplication::translate("WorkForm", text);
}

std::string freeName(const core::Scenario& s, const std::string& stem)
{
    for (int n = 1;; ++n) {
        auto name = stem + std::to_string(n);
        const auto isTaken = [&](const auto& i) { return i.name.text == name; };
        if (!s.daemon || (std::none_of(s.daemon->items.begin(), s.daemon->items.end(), isTaken) &&
                          std::none_of(s.daemon->populations.begin(), s.daemon->populations.end(), isTaken)))
            return name;
    }
}

} // namespace

void renameWork(core::Scenario& s, std::string from, const std::string& to) // from may be a name in s
{
    if (!s.daemon) return;
    const auto rename = [&](core::Spelling& name) {
        if (name.text == from) name.text = to;
    };
    for (auto& item : s.daemon->items) {
        rename(item.name);
        for (auto& step : item.on)
            rename(step.work);
    }
    for (auto& a : s.daemon->actions)
        rename(a.work);
    for (auto& e : s.expect) {
        rename(e.work);
        for (auto& name : e.order)
            rename(name);
    }
}

WorkItemModel::WorkItemModel(ScenarioText& text, QObject* parent)
    : RowModel(
          text, [](core::Scenario& s) { return s.daemon ? &s.daemon->items : nullptr; }, parent)
{
}

QVariant WorkItemModel::data(const QModelIndex& i, int role) const
{
    if (!i.isValid()) return {};
    const auto fault = faultOf(i.row(), keys[i.column()]);
    const auto text = i.column() == Name ? QString::fromStdString(row(i).name.text) : funcText(row(i).on);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text;
    case FaultRole:
        return fault;
    case Qt::ToolTipRole:
        return fault.isEmpty() ? text : fault;
    case Qt::AccessibleTextRole:
        return fault.isEmpty() ? text : text + QLatin1String(": ") + fault;
    default:
        return {};
    }
}

QVariant WorkItemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        if (role == Qt::ToolTipRole || role == FaultRole) return faultOf(section, {});
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    }
    static const char* const names[] = {QT_TRANSLATE_NOOP("WorkForm", "Name"),
                                        QT_TRANSLATE_NOOP("WorkForm", "Its func")};
    static const char* const tips[] = {
        QT_TRANSLATE_NOOP("WorkForm", "A name without blanks; changing it changes it everywhere"),
        QT_TRANSLATE_NOOP("WorkForm",
                          "What its func does, in order: burn 100ms, rearm 1, add NAME 0, del NAME")};
    if (section < 0 || section >= ColumnCount) return {};
    if (role == Qt::DisplayRole) return translated(names[section]);
    if (role == Qt::ToolTipRole) return translated(tips[section]);
    return {};
}

Qt::ItemFlags WorkItemModel::flags(const QModelIndex& i) const
{
    const auto f = RowModel::flags(i);
    return i.isValid() && m_text.isFormable() ? f | Qt::ItemIsEditable : f;
}

bool WorkItemModel::setData(const QModelIndex& i, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !i.isValid()) return false;
    auto item = row(i);
    const auto text = value.toString().trimmed();
    if (i.column() == Name) {
        const auto from = item.name.text;
        return change([&](auto&, core::Scenario& s) { renameWork(s, from, text.toStdString()); });
    }
    QString fault;
    auto steps = parseFunc(text, fault);
    if (!steps) {
        m_refuse(fault);
        return false;
    }
    item.on = std::move(*steps);
    return put(i, item);
}

core::WorkItem WorkItemModel::fresh(core::Scenario& s, int) const
{
    core::WorkItem item;
    item.name.text = freeName(s, "work");
    return item;
}

core::WorkItem WorkItemModel::copyOf(const core::Scenario& s, const core::WorkItem& row) const
{
    auto item = row;
    item.name.text = freeName(s, row.name.text + "_");
    return item;
}

} // namespace jiffy::ui
