// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/action_model.h"

#include "core/scenario/step_words.h"
#include "ui/editor/callback_text.h"

#include <QPoint>

namespace jiffy::ui
{

namespace
{

constexpr const char* keys[] = {"at", "cpu", "do", "timer", "expires", "target", ""};

QString translated(const char* text) { return QCoreApplication::translate("ScenarioForm", text); }

/// The key of what stands in the column With.
const char* keyOf(core::NamedCall call, int column)
{
    if (column != ActionModel::With) return keys[column];
    if (call.call == core::Call::Interrupt) return "does";
    const auto* operation = core::operationOf(call.call);
    if (operation == nullptr) return "";
    return operation->duration ? "for" : operation->lock ? "lock" : operation->process ? "process" : "";
}

/// Null: the call has no such argument.
core::Spelling* moreOf(core::ScenarioAction& a)
{
    const auto* operation = core::operationOf(a.call.call);
    if (operation == nullptr) return nullptr;
    return operation->duration ? &a.duration : operation->lock ? &a.lock : operation->process ? &a.process : nullptr;
}

QString callName(core::NamedCall call)
{
    const auto n = core::name(call.call, call.idle);
    return QString::fromLatin1(n.data(), static_cast<qsizetype>(n.size()));
}

} // namespace

bool takesTimer(core::NamedCall call)
{
    if (const auto* operation = core::operationOf(call.call)) return operation->timer;
    return call.call != core::Call::SetIdle && call.call != core::Call::NextInterrupt && call.call != core::Call::Interrupt;
}

bool takesMore(core::NamedCall call)
{
    const auto* operation = core::operationOf(call.call);
    return call.call == core::Call::Interrupt || (operation != nullptr && (operation->duration || operation->lock || operation->process));
}

bool takesExpiry(core::NamedCall call)
{
    using core::Call;
    return call.call == Call::AddTimer || call.call == Call::AddTimerOn || call.call == Call::ModTimer ||
           call.call == Call::ModTimerPending || call.call == Call::ModTimerPinned || call.call == Call::TimerReduce;
}

ActionModel::ActionModel(ScenarioText& text, QObject* parent) : RowModel(text, [](core::Scenario& s) { return &s.actions; }, parent) {}

QString ActionModel::cell(const core::ScenarioAction& a, int column) const
{
    switch (column) {
    case At: return QString::fromStdString(a.at.text);
    case Cpu: return QString::number(a.cpu);
    case Do: return callName(a.call);
    case Timer: return QString::fromStdString(a.timer.text);
    case Expires: return QString::fromStdString(a.expires.text);
    case Target: return a.call.call == core::Call::AddTimerOn ? QString::number(a.target) : QString();
    case With: {
        if (a.call.call == core::Call::Interrupt) return callbackText(a.does);
        auto copy = a;
        const auto* more = moreOf(copy);
        return more == nullptr ? QString() : QString::fromStdString(more->text);
    }
    default: return {};
    }
}

QVariant ActionModel::data(const QModelIndex& i, int role) const
{
    if (!i.isValid()) return {};
    const auto& a = row(i);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return cell(a, i.column());
    case FaultRole: return faultOf(i.row(), keyOf(a.call, i.column()));
    case Qt::ToolTipRole: {
        const auto fault = faultOf(i.row(), keyOf(a.call, i.column()));
        return fault.isEmpty() ? cell(a, i.column()) : fault;
    }
    case Qt::AccessibleTextRole: {
        const auto fault = faultOf(i.row(), keyOf(a.call, i.column()));
        return fault.isEmpty() ? cell(a, i.column()) : cell(a, i.column()) + QLatin1String(": ") + fault;
    }
    case ChoicesRole: {
        QStringList choices;
        if (i.column() == Do)
            choices = QString::fromStdString(core::callNames()).split(QLatin1String(", "));
        if (i.column() == Timer)
            for (const auto& item : m_text.scenario().items) choices.append(QString::fromStdString(item.name.text));
        return choices;
    }
    case NumberRangeRole:
        if (i.column() == Cpu || i.column() == Target) return QPoint(0, m_text.scenario().machine.cpus - 1);
        return {};
    default: return {};
    }
}

QVariant ActionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        if (role == Qt::ToolTipRole || role == FaultRole) return faultOf(section, {});
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    }
    static const char* const names[] = {
        QT_TRANSLATE_NOOP("ScenarioForm", "At"),    QT_TRANSLATE_NOOP("ScenarioForm", "CPU"),
        QT_TRANSLATE_NOOP("ScenarioForm", "Call"),  QT_TRANSLATE_NOOP("ScenarioForm", "Timer"),
        QT_TRANSLATE_NOOP("ScenarioForm", "Expires"), QT_TRANSLATE_NOOP("ScenarioForm", "To CPU"),
        QT_TRANSLATE_NOOP("ScenarioForm", "With")};
    static const char* const tips[] = {
        QT_TRANSLATE_NOOP("ScenarioForm", "When: jiffies (1100), jiffies after the start (+12), or a time (1.0ms)"),
        QT_TRANSLATE_NOOP("ScenarioForm", "The CPU that makes the call"),
        QT_TRANSLATE_NOOP("ScenarioForm", "The kernel's function, or idle and busy"),
        QT_TRANSLATE_NOOP("ScenarioForm", "The timer it is about"),
        QT_TRANSLATE_NOOP("ScenarioForm", "When the timer is due: jiffies (1300), or from then on (+200, -5)"),
        QT_TRANSLATE_NOOP("ScenarioForm", "add_timer_on: the CPU that gets the timer"),
        QT_TRANSLATE_NOOP("ScenarioForm", "burn: how long; a lock; a process; interrupt: what it does, spelt like a callback")};
    if (section < 0 || section >= ColumnCount) return {};
    if (role == Qt::DisplayRole) return translated(names[section]);
    if (role == Qt::ToolTipRole) return translated(tips[section]);
    return {};
}

Qt::ItemFlags ActionModel::flags(const QModelIndex& i) const
{
    auto f = RowModel::flags(i);
    if (!i.isValid() || !m_text.isFormable()) return f;
    const auto& call = row(i).call;
    const bool isUsed = i.column() == Timer     ? takesTimer(call)
                        : i.column() == Expires ? takesExpiry(call)
                        : i.column() == Target  ? call.call == core::Call::AddTimerOn
                        : i.column() == With    ? takesMore(call)
                                                : true;
    return isUsed ? f | Qt::ItemIsEditable : f;
}

/// The same for the arguments that only a machine of CPUs has.
void ActionModel::takeMore(core::ScenarioAction& a) const
{
    auto kept = a;
    a.duration = a.lock = a.process = {};
    if (a.call.call != core::Call::Interrupt) {
        a.name = {};
        a.does.clear();
    }
    auto* more = moreOf(a);
    if (more == nullptr) return;
    const auto& processes = m_text.scenario().processes;
    *more = *moreOf(kept);
    if (more->isSaid()) return;
    if (more == &a.duration) *more = {std::string("1ms"), {}};
    else if (more == &a.lock) *more = {std::string("L"), {}};
    else if (!processes.empty()) *more = processes.front().name;
}

bool ActionModel::setData(const QModelIndex& i, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !i.isValid()) return false;
    auto a = row(i);
    const auto text = value.toString().trimmed();
    switch (i.column()) {
    case At: a.at.text = text.toStdString(); break;
    case Cpu: a.cpu = text.toInt(); break;
    case Timer: a.timer.text = text.toStdString(); break;
    case Expires: a.expires.text = text.toStdString(); break;
    case Target: a.target = text.toInt(); break;
    case With:
        if (a.call.call == core::Call::Interrupt) {
            QString fault;
            auto steps = parseCallback(text, fault);
            if (!steps) {
                m_refuse(fault);
                return false;
            }
            a.does = std::move(*steps);
        } else if (auto* more = moreOf(a)) {
            more->text = text.toStdString();
        }
        break;
    case Do:
        if (!core::callNamed(text.toStdString(), a.call)) return false;
        // What the new call has no use for goes; what it needs gets a value to begin with.
        if (!takesTimer(a.call)) a.timer = {};
        else if (!a.timer.isSaid() && !m_text.scenario().items.empty()) a.timer = m_text.scenario().items.front().name;
        if (!takesExpiry(a.call)) a.expires = {};
        else if (!a.expires.isSaid()) a.expires.text = "+100";
        if (a.call.call != core::Call::AddTimerOn) a.target = 0;
        takeMore(a);
        break;
    default: return false;
    }
    return put(i, a);
}

core::ScenarioAction ActionModel::fresh(core::Scenario& s, int behind) const
{
    core::ScenarioAction a;
    if (behind >= 0 && behind < static_cast<int>(s.actions.size())) {
        const auto& before = s.actions[static_cast<std::size_t>(behind)];
        a.at = before.at;
        a.cpu = before.cpu;
        a.timer = before.timer;
    } else {
        a.at.text = "+1";
    }
    if (s.items.empty() && !a.timer.isSaid()) {
        core::ScenarioItem item;
        item.name.text = "timer1";
        s.items.push_back(item);
    }
    if (!a.timer.isSaid()) a.timer = s.items.front().name;
    a.expires.text = "+100";
    return a;
}

} // namespace jiffy::ui
