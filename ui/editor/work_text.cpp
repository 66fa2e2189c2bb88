// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/work_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

using What = core::CallbackStep::What;

QString translated(const char* text)
{
    return QCoreApplication::translate("WorkForm", text);
}

QStringList words(const QString& text)
{
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    return text.split(blanks, Qt::SkipEmptyParts);
}

/// The entries between commas; none of an empty text.
QStringList entries(const QString& text)
{
    QStringList out;
    if (text.trimmed().isEmpty()) return out;
    for (const auto& part : text.split(u','))
        out.append(part.trimmed());
    return out;
}

std::optional<std::uint64_t> number(const QString& text)
{
    bool isNumber = false;
    const auto n = text.toULongLong(&isNumber);
    return isNumber ? std::optional<std::uint64_t>(n) : std::nullopt;
}

QString said(const core::Spelling& s)
{
    return QString::fromStdString(s.text);
}

std::optional<core::WorkStep> step(const QStringList& w)
{
    core::WorkStep s;
    const auto is = [&w](const char* name, qsizetype size) {
        return w.size() == size && w[0] == QLatin1String(name);
    };
    std::optional<std::uint64_t> seconds = 0;
    if (is("burn", 2)) {
        s.duration.text = w[1].toStdString();
    } else if (is("rearm", 2)) {
        s.what = What::Rearm;
        seconds = number(w[1]);
    } else if (is("add", 3)) {
        s.what = What::Add;
        s.work.text = w[1].toStdString();
        seconds = number(w[2]);
    } else if (is("del", 2)) {
        s.what = What::Del;
        s.work.text = w[1].toStdString();
    } else {
        return std::nullopt;
    }
    if (!seconds) return std::nullopt;
    s.seconds = *seconds;
    return s;
}

} // namespace

QString funcText(const std::vector<core::WorkStep>& steps)
{
    QStringList out;
    for (const auto& s : steps) {
        switch (s.what) {
        case What::Burn:
            out.append(QLatin1String("burn ") + said(s.duration));
            break;
        case What::Rearm:
            out.append(QLatin1String("rearm ") + QString::number(s.seconds));
            break;
        case What::Add:
            out.append(QLatin1String("add ") + said(s.work) + QLatin1Char(' ') + QString::number(s.seconds));
            break;
        default:
            out.append(QLatin1String("del ") + said(s.work));
            break;
        }
    }
    return out.join(QLatin1String(", "));
}

std::optional<std::vector<core::WorkStep>> parseFunc(const QString& text, QString& fault)
{
    std::vector<core::WorkStep> steps;
    for (const auto& part : entries(text)) {
        auto s = step(words(part));
        if (!s) {
            fault = translated("A func is spelt like “burn 100ms, rearm 1, add NAME 0, del NAME”, not “%1”.")
                        .arg(part);
            return std::nullopt;
        }
        steps.push_back(std::move(*s));
    }
    return steps;
}

QString filesText(const std::vector<core::WorkFile>& files)
{
    QStringList out;
    for (const auto& f : files)
        out.append(said(f.name) + QLatin1Char(' ') + QString::number(f.fd));
    return out.join(QLatin1String(", "));
}

std::optional<std::vector<core::WorkFile>> parseFiles(const QString& text, QString& fault)
{
    std::vector<core::WorkFile> files;
    for (const auto& part : entries(text)) {
        const auto w = words(part);
        const auto fd = w.size() >= 2 ? number(w.back()) : std::nullopt;
        if (!fd || *fd > 0xFFFF'FFFF) {
            fault =
                translated("Files are spelt like “iSCSI login 9, slow disk 11”: a name and its fd, not “%1”.")
                    .arg(part);
            return std::nullopt;
        }
        core::WorkFile f;
        f.name.text = w.mid(0, w.size() - 1).join(QLatin1Char(' ')).toStdString();
        f.fd = static_cast<std::uint32_t>(*fd);
        files.push_back(std::move(f));
    }
    return files;
}

QString costsText(const std::array<core::Spelling, 7>& costs)
{
    QStringList out;
    for (std::size_t i = 0; i < costs.size(); ++i) {
        const auto name = core::ScenarioDaemon::costNames[i];
        if (costs[i].isSaid())
            out.append(QLatin1String(name.data(), static_cast<qsizetype>(name.size())) + QLatin1Char(' ') +
                       said(costs[i]));
    }
    return out.join(QLatin1String(", "));
}

std::optional<std::array<core::Spelling, 7>> parseCosts(const QString& text, QString& fault)
{
    std::array<core::Spelling, 7> costs;
    const auto& names = core::ScenarioDaemon::costNames;
    for (const auto& part : entries(text)) {
        const auto w = words(part);
        const auto name = w.size() == 2 ? w[0].toStdString() : std::string();
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            fault = translated("Costs are spelt like “syscall 5us, func 40us”, of syscall, pipe, close, "
                               "signal, flag, io and func, not “%1”.")
                        .arg(part);
            return std::nullopt;
        }
        costs[static_cast<std::size_t>(found - names.begin())].text = w[1].toStdString();
    }
    return costs;
}

QString failuresText(const core::ScenarioDaemon& daemon)
{
    QStringList out;
    if (daemon.failPipe) out.append(QStringLiteral("pipe"));
    if (daemon.failWrite != 0) out.append(QLatin1String("write ") + QString::number(daemon.failWrite));
    return out.join(QLatin1String(", "));
}

bool parseFailures(const QString& text, core::ScenarioDaemon& daemon, QString& fault)
{
    bool isPipe = false;
    std::uint64_t write = 0;
    for (const auto& part : entries(text)) {
        const auto w = words(part);
        const auto nth = w.size() == 2 && w[0] == QLatin1String("write") ? number(w[1]) : std::nullopt;
        if (nth && *nth != 0) {
            write = *nth;
        } else if (w.size() == 1 && w[0] == QLatin1String("pipe")) {
            isPipe = true;
        } else {
            fault = translated("What fails is spelt like “pipe, write 3”: pipe(), and the third write() to "
                               "the pipe, not “%1”.")
                        .arg(part);
            return false;
        }
    }
    daemon.failPipe = isPipe;
    daemon.failWrite = write;
    return true;
}

QString amountText(const core::WorkAction& action)
{
    using core::Call;
    switch (action.call) {
    case Call::AddWork:
        return QString::number(action.seconds);
    case Call::BurnTime:
    case Call::SlowCall:
        return said(action.duration);
    case Call::StepWall:
        return said(action.by);
    case Call::EventSched:
        return QString::number(action.passes);
    default:
        return {};
    }
}

bool parseAmount(const QString& text, core::WorkAction& action, QString& fault)
{
    using core::Call;
    if (action.call == Call::BurnTime || action.call == Call::SlowCall) {
        action.duration.text = text.toStdString();
        return true;
    }
    if (action.call == Call::StepWall) {
        action.by.text = text.toStdString();
        return true;
    }
    const auto n = number(text);
    if (!n || (action.call != Call::AddWork && action.call != Call::EventSched)) {
        fault = action.call == Call::AddWork ? translated("add_work takes whole seconds.")
                                             : translated("event_sched takes a number of passes.");
        return false;
    }
    (action.call == Call::AddWork ? action.seconds : action.passes) = *n;
    return true;
}

} // namespace jiffy::ui
