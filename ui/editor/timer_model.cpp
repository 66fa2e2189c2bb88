// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/timer_model.h"

#include "ui/editor/callback_text.h"

namespace jiffy::ui
{

namespace
{

constexpr const char* keys[] = {"name", "slack", "deferrable", "irqsafe", "pinned", "on"};

QString translated(const char* text) { return QCoreApplication::translate("ScenarioForm", text); }

std::string freeName(const core::Scenario& s, const std::string& stem)
{
    for (int n = 1;; ++n) {
        auto name = stem + std::to_string(n);
        const auto isTaken = [&](const auto& i) { return i.name.text == name; };
        if (std::none_of(s.items.begin(), s.items.end(), isTaken) &&
            std::none_of(s.populations.begin(), s.populations.end(), isTaken))
            return name;
    }
}

} // namespace

void renameTimer(core::Scenario& s, std::string from, const std::string& to) // from may be a name in s
{
    const auto rename = [&](core::Spelling& name) {
        if (name.text == from) name.text = to;
    };
    for (auto& item : s.items) {
        rename(item.name);
        for (auto& step : item.on) rename(step.timer);
    }
    for (auto& a : s.actions) {
        rename(a.timer);
        for (auto& step : a.does) rename(step.timer);
    }
    for (auto& p : s.processes)
        for (auto& step : p.does) rename(step.timer);
    for (auto& e : s.expect) {
        rename(e.timer);
        for (auto& name : e.order) rename(name);
    }
}

TimerModel::TimerModel(ScenarioText& text, QObject* parent) : RowModel(text, [](core::Scenario& s) { return &s.items; }, parent) {}

QVariant TimerModel::data(const QModelIndex& i, int role) const
{
    if (!i.isValid()) return {};
    const auto& item = row(i);
    const auto fault = faultOf(i.row(), keys[i.column()]);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        switch (i.column()) {
        case Name: return QString::fromStdString(item.name.text);
        case Slack: return item.slack < 0 && role == Qt::DisplayRole ? translated("auto") : QString::number(item.slack);
        case Callback: return callbackText(item.on);
        default: return {};
        }
    case Qt::CheckStateRole:
        if (i.column() == Deferrable) return item.deferrable ? Qt::Checked : Qt::Unchecked;
        if (i.column() == IrqSafe) return item.irqSafe ? Qt::Checked : Qt::Unchecked;
        if (i.column() == Pinned) return item.pinned ? Qt::Checked : Qt::Unchecked;
        return {};
    case FaultRole: return fault;
    case Qt::ToolTipRole: return fault.isEmpty() ? QVariant() : fault;
    case Qt::AccessibleTextRole: {
        auto text = data(i, Qt::DisplayRole).toString();
        if (i.column() == Deferrable) text = item.deferrable ? translated("deferrable") : translated("not deferrable");
        if (i.column() == IrqSafe) text = item.irqSafe ? translated("irqsafe") : translated("not irqsafe");
        if (i.column() == Pinned) text = item.pinned ? translated("pinned") : translated("not pinned");
        return fault.isEmpty() ? text : text + QLatin1String(": ") + fault;
    }
    default: return {};
    }
}

QVariant TimerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        if (role == Qt::ToolTipRole || role == FaultRole) return faultOf(section, {});
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    }
    static const char* const names[] = {
        QT_TRANSLATE_NOOP("ScenarioForm", "Name"), QT_TRANSLATE_NOOP("ScenarioForm", "Slack"),
        QT_TRANSLATE_NOOP("ScenarioForm", "Deferrable"), QT_TRANSLATE_NOOP("ScenarioForm", "IRQ safe"),
        QT_TRANSLATE_NOOP("ScenarioForm", "Pinned"),
        QT_TRANSLATE_NOOP("ScenarioForm", "Callback")};
    static const char* const tips[] = {
        QT_TRANSLATE_NOOP("ScenarioForm", "A name without blanks; changing it changes it everywhere"),
        QT_TRANSLATE_NOOP("ScenarioForm", "How many jiffies late it may be; -1: the kernel chooses by the distance"),
        QT_TRANSLATE_NOOP("ScenarioForm", "Does not wake an idle CPU"),
        QT_TRANSLATE_NOOP("ScenarioForm", "Its callback runs with interrupts disabled"),
        QT_TRANSLATE_NOOP("ScenarioForm", "6.1: stays with the CPU that files it, idle or not"),
        QT_TRANSLATE_NOOP("ScenarioForm", "What its function does: rearm +10, add NAME +5, del NAME, try_del NAME")};
    if (section < 0 || section >= ColumnCount) return {};
    if (role == Qt::DisplayRole) return translated(names[section]);
    if (role == Qt::ToolTipRole) return translated(tips[section]);
    return {};
}

Qt::ItemFlags TimerModel::flags(const QModelIndex& i) const
{
    auto f = RowModel::flags(i);
    if (!i.isValid() || !m_text.isFormable()) return f;
    return i.column() == Deferrable || i.column() == IrqSafe || i.column() == Pinned ? f | Qt::ItemIsUserCheckable : f | Qt::ItemIsEditable;
}

bool TimerModel::setData(const QModelIndex& i, const QVariant& value, int role)
{
    if (!i.isValid()) return false;
    auto item = row(i);
    const auto text = value.toString().trimmed();
    if (role == Qt::CheckStateRole) {
        const bool isOn = value.toInt() == Qt::Checked;
        (i.column() == Deferrable ? item.deferrable : i.column() == Pinned ? item.pinned : item.irqSafe) = isOn;
        return put(i, item);
    }
    if (role != Qt::EditRole) return false;
    switch (i.column()) {
    case Name: {
        const auto from = item.name.text;
        return change([&](auto&, core::Scenario& s) { renameTimer(s, from, text.toStdString()); });
    }
    case Slack: {
        bool isNumber = false;
        item.slack = text.isEmpty() || text == translated("auto") ? -1 : text.toInt(&isNumber);
        if (item.slack != -1 && !isNumber) {
            m_refuse(translated("Slack is a number of jiffies, or -1."));
            return false;
        }
        return put(i, item);
    }
    case Callback: {
        QString fault;
        auto steps = parseCallback(text, fault);
        if (!steps) {
            m_refuse(fault);
            return false;
        }
        item.on = std::move(*steps);
        return put(i, item);
    }
    default: return false;
    }
}

core::ScenarioItem TimerModel::fresh(core::Scenario& s, int) const
{
    core::ScenarioItem item;
    item.name.text = freeName(s, "timer");
    return item;
}

core::ScenarioItem TimerModel::copyOf(const core::Scenario& s, const core::ScenarioItem& row) const
{
    auto item = row;
    item.name.text = freeName(s, row.name.text + "_");
    return item;
}

} // namespace jiffy::ui
