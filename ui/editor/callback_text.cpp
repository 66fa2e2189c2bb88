// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/callback_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace jiffy::ui
{

namespace
{

using What = core::CallbackStep::What;

struct Word
{
    What what;
    const char* text;
    bool hasTimer, hasDelta;
};
constexpr Word words[] = {
    {What::Rearm, "rearm", false, true},
    {What::Add, "add", true, true},
    {What::Del, "del", true, false},
    {What::TryDel, "try_del", true, false},
};

QString translated(const char* text) { return QCoreApplication::translate("ScenarioForm", text); }

} // namespace

QString callbackText(const std::vector<core::ScenarioStep>& steps)
{
    QStringList out;
    for (const auto& s : steps) {
        for (const auto& w : words) {
            if (w.what != s.what) continue;
            auto text = QString::fromLatin1(w.text);
            if (w.hasTimer) text += u' ' + QString::fromStdString(s.timer.text);
            if (w.hasDelta) text += u' ' + QString::fromStdString(s.by.text);
            out.append(text);
        }
    }
    return out.join(QLatin1String(", "));
}

std::optional<std::vector<core::ScenarioStep>> parseCallback(const QString& text, QString& fault)
{
    std::vector<core::ScenarioStep> steps;
    if (text.trimmed().isEmpty()) return steps;
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    for (const auto& part : text.split(u',')) {
        const auto parts = part.split(blanks, Qt::SkipEmptyParts);
        const Word* word = nullptr;
        for (const auto& w : words)
            if (!parts.isEmpty() && parts.first() == QLatin1String(w.text)) word = &w;
        if (word == nullptr || parts.size() != 1 + (word->hasTimer ? 1 : 0) + (word->hasDelta ? 1 : 0)) {
            fault = translated("A callback is spelt like “rearm +10, add NAME +5, del NAME, try_del NAME”, not “%1”.")
                        .arg(part.trimmed());
            return std::nullopt;
        }
        core::ScenarioStep step;
        step.what = word->what;
        if (word->hasTimer) step.timer.text = parts[1].toStdString();
        if (word->hasDelta) step.by.text = parts.last().toStdString();
        steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace jiffy::ui
