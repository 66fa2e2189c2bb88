// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/work_action_model.h"

#include "core/scenario/work_notation.h"
#include "ui/editor/work_text.h"

namespace jiffy::ui
{

namespace
{

using core::Call;

QString translated(const char* text)
{
    return QCoreApplication::translate("WorkForm", text);
}

bool takesWork(Call call)
{
    return call == Call::AddWork || call == Call::DelWork;
}
bool takesAmount(Call call)
{
    return call != Call::DelWork && call != Call::Shutdown;
}
bool takesTime(Call call)
{
    return call == Call::BurnTime || call == Call::SlowCall;
}

} // namespace

WorkActionModel::WorkActionModel(ScenarioText& text, QObject* parent)
    : RowModel(
          text, [](core::Scenario& s) { return s.daemon ? &s.daemon->actions : nullptr; }, parent)
{
}

QString WorkActionModel::cell(const core::WorkAction& a, int column) const
{
    const auto said = [](const core::Spelling& s) { return QString::fromStdString(s.text); };
    switch (column) {
    case At:
        return said(a.at);
    case Do: {
        const auto name = core::workCallName(a.call);
        return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    }
    case Work:
        return said(a.work);
    case Amount:
        return amountText(a);
    case File:
        return said(a.file);
    case Every:
        return said(a.every);
    case Times:
        return a.times ? QString::number(*a.times) : QString();
    default:
        return {};
    }
}

QString WorkActionModel::faultAt(const QModelIndex& i) const
{
    static constexpr const char* keys[] = {"at", "do", "work", "", "file", "every", "times"};
    if (i.column() != Amount) return faultOf(i.row(), keys[i.column()]);
    for (const char* key : {"seconds", "for", "by", "passes"})
        if (const auto fault = faultOf(i.row(), key); !fault.isEmpty()) return fault;
    return {};
}

QStringList WorkActionModel::choices(int column) const
{
    QStringList out;
    const auto& daemon = m_text.scenario().daemon;
    if (column == Do) return QString::fromStdString(core::workCallNames()).split(QLatin1String(", "));
    if (column == Work && daemon)
        for (const auto& item : daemon->items)
            out.append(QString::fromStdString(item.name.text));
    if (column == File && daemon && !daemon->files.empty()) {
        out.append(QString()); // one of its own
        for (const auto& f : daemon->files)
            out.append(QString::fromStdString(f.name.text));
    }
    return out;
}

QVariant WorkActionModel::data(const QModelIndex& i, int role) const
{
    if (!i.isValid()) return {};
    const auto text = cell(row(i), i.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text;
    case FaultRole:
        return faultAt(i);
    case Qt::ToolTipRole: {
        const auto fault = faultAt(i);
        return fault.isEmpty() ? text : fault;
    }
    case Qt::AccessibleTextRole: {
        const auto fault = faultAt(i);
        return fault.isEmpty() ? text : text + QLatin1String(": ") + fault;
    }
    case ChoicesRole:
        return choices(i.column());
    default:
        return {};
    }
}

QVariant WorkActionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        if (role == Qt::ToolTipRole || role == FaultRole) return faultOf(section, {});
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    }
    static const char* const names[] = {
        QT_TRANSLATE_NOOP("WorkForm", "At"),   QT_TRANSLATE_NOOP("WorkForm", "Happens"),
        QT_TRANSLATE_NOOP("WorkForm", "Work"), QT_TRANSLATE_NOOP("WorkForm", "How much"),
        QT_TRANSLATE_NOOP("WorkForm", "File"), QT_TRANSLATE_NOOP("WorkForm", "Every"),
        QT_TRANSLATE_NOOP("WorkForm", "Times")};
    static const char* const tips[] = {
        QT_TRANSLATE_NOOP("WorkForm", "When, after the start: 4.25s, 250ms, 5us; in any order"),
        QT_TRANSLATE_NOOP("WorkForm",
                          "What the handler of the event does; settime steps the wall clock and is no event"),
        QT_TRANSLATE_NOOP("WorkForm", "The work that is added or deleted"),
        QT_TRANSLATE_NOOP("WorkForm", "add_work: whole seconds; burn and slow_call: how long (1100ms); "
                                      "settime: by how much (-3600s); event_sched: passes"),
        QT_TRANSLATE_NOOP("WorkForm", "The file whose event it is; empty: one of its own"),
        QT_TRANSLATE_NOOP("WorkForm", "Again and again, so much later each time"),
        QT_TRANSLATE_NOOP("WorkForm", "How often in all; empty: until the end of the run")};
    if (section < 0 || section >= ColumnCount) return {};
    if (role == Qt::DisplayRole) return translated(names[section]);
    if (role == Qt::ToolTipRole) return translated(tips[section]);
    return {};
}

Qt::ItemFlags WorkActionModel::flags(const QModelIndex& i) const
{
    const auto f = RowModel::flags(i);
    if (!i.isValid() || !m_text.isFormable()) return f;
    const auto& a = row(i);
    const bool isUsed = i.column() == Work     ? takesWork(a.call)
                        : i.column() == Amount ? takesAmount(a.call)
                        : i.column() == File   ? a.call != Call::StepWall
                        : i.column() == Times  ? a.every.isSaid()
                                               : true;
    return isUsed ? f | Qt::ItemIsEditable : f;
}

/// What the new call has no use for goes; what it needs gets a value to begin with.
bool WorkActionModel::setCall(core::WorkAction& a, const std::string& name) const
{
    if (!core::workCallNamed(name, a.call)) return false;
    const auto& daemon = m_text.scenario().daemon;
    if (!takesWork(a.call))
        a.work = {};
    else if (!a.work.isSaid() && daemon && !daemon->items.empty())
        a.work = daemon->items.front().name;
    if (a.call != Call::AddWork) a.seconds = 0;
    if (!takesTime(a.call))
        a.duration = {};
    else if (!a.duration.isSaid())
        a.duration.text = "100ms";
    if (a.call != Call::StepWall)
        a.by = {};
    else if (!a.by.isSaid())
        a.by.text = "-1s";
    a.passes = a.call == Call::EventSched ? std::max<std::uint64_t>(a.passes, 1) : 0;
    if (a.call == Call::StepWall) a.file = {};
    return true;
}

bool WorkActionModel::setData(const QModelIndex& i, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !i.isValid()) return false;
    auto a = row(i);
    const auto text = value.toString().trimmed();
    QString fault;
    switch (i.column()) {
    case At:
        a.at.text = text.toStdString();
        break;
    case Do:
        if (!setCall(a, text.toStdString())) return false;
        break;
    case Work:
        a.work.text = text.toStdString();
        break;
    case Amount:
        if (!parseAmount(text, a, fault)) {
            m_refuse(fault);
            return false;
        }
        break;
    case File:
        a.file.text = text.toStdString();
        break;
    case Every:
        a.every.text = text.toStdString();
        if (text.isEmpty()) a.times.reset();
        break;
    case Times: {
        bool isNumber = false;
        const auto n = text.toULongLong(&isNumber);
        if (!text.isEmpty() && (!isNumber || n == 0)) {
            m_refuse(translated("How often is a whole number from 1; empty means until the end of the run."));
            return false;
        }
        a.times = text.isEmpty() ? std::nullopt : std::optional<std::uint64_t>(n);
        break;
    }
    default:
        return false;
    }
    return put(i, a);
}

core::WorkAction WorkActionModel::fresh(core::Scenario& s, int behind) const
{
    core::WorkAction a;
    a.at.text = "1s";
    a.seconds = 1;
    if (!s.daemon) return a;
    auto& d = *s.daemon;
    if (behind >= 0 && behind < static_cast<int>(d.actions.size())) {
        const auto& before = d.actions[static_cast<std::size_t>(behind)];
        a.at = before.at;
        a.work = before.work;
        a.file = before.file;
    }
    if (d.items.empty() && !a.work.isSaid()) d.items.emplace_back().name.text = "work1";
    if (!a.work.isSaid()) a.work = d.items.front().name;
    return a;
}

} // namespace jiffy::ui
