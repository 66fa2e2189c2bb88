// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/callback_text.h"

#include "core/scenario/step_words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace jiffy::ui
{

namespace
{

/// So many words stand behind the name; a duration may be two.
int argumentsOf(const core::StepWord& w)
{
    return int(w.timer) + int(w.by) + int(w.target) + int(w.duration) + int(w.lock) + int(w.ms) + int(w.process);
}

QString translated(const char* text) { return QCoreApplication::translate("ScenarioForm", text); }

} // namespace

QString callbackText(const std::vector<core::ScenarioStep>& steps)
{
    QStringList out;
    for (const auto& s : steps) {
        const core::StepWord& w = core::stepWordOf(s.what);
        auto text = QString::fromUtf8(w.name.data(), static_cast<qsizetype>(w.name.size()));
        const auto say = [&](bool isTaken, const QString& value) {
            if (isTaken) text += u' ' + value;
        };
        say(w.timer, QString::fromStdString(s.timer.text));
        say(w.by, QString::fromStdString(s.by.text));
        say(w.target, QString::number(s.target));
        say(w.duration, QString::fromStdString(s.duration.text));
        say(w.lock, QString::fromStdString(s.lock.text));
        say(w.ms, QString::number(s.ms));
        say(w.process, QString::fromStdString(s.process.text));
        out.append(text);
    }
    return out.join(QLatin1String(", "));
}

std::optional<std::vector<core::ScenarioStep>> parseCallback(const QString& text, QString& fault)
{
    std::vector<core::ScenarioStep> steps;
    if (text.trimmed().isEmpty()) return steps;
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    for (const auto& part : text.split(u',')) {
        auto parts = part.split(blanks, Qt::SkipEmptyParts);
        const core::StepWord* word = parts.isEmpty() ? nullptr : core::stepNamed(parts.takeFirst().toStdString());
        // "3 jiffies"
        if (word != nullptr && word->duration && parts.size() == 2) parts = {parts.join(u' ')};
        bool isNumber = true;
        core::ScenarioStep step;
        if (word != nullptr && parts.size() == argumentsOf(*word)) {
            step.what = word->what;
            if (word->timer) step.timer.text = parts.takeFirst().toStdString();
            if (word->by) step.by.text = parts.takeFirst().toStdString();
            if (word->target) step.target = parts.takeFirst().toInt(&isNumber);
            if (word->duration) step.duration.text = parts.takeFirst().toStdString();
            if (word->lock) step.lock.text = parts.takeFirst().toStdString();
            if (word->ms) step.ms = parts.takeFirst().toULongLong(&isNumber);
            if (word->process) step.process.text = parts.takeFirst().toStdString();
        } else {
            isNumber = false;
        }
        if (!isNumber) {
            fault = translated("A callback is spelt like “rearm +10, add NAME +5, del NAME, try_del NAME, burn 2ms, spin_lock L”, not “%1”.")
                        .arg(part.trimmed());
            return std::nullopt;
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace jiffy::ui
