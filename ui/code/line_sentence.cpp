// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/line_sentence.h"

#include "ui/code/words.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text) { return QCoreApplication::translate("Code", text); }

void addTokens(RichText& to, std::string_view text, const core::Geometry& geometry)
{
    for (const auto& token : core::tokensOf(core::filled(text, geometry)))
        to.push_back({QString::fromStdString(token.text), true, token.level});
}

} // namespace

Sentence lineSentence(const core::CodeThere& code, const core::Geometry& geometry, const core::Inputs& inputs)
{
    const auto& line = listing().of(code.line);
    const auto& mark = code.of(code.line);
    Sentence s;
    addTokens(s.what, line.text, geometry);
    if (!line.column.empty()) {
        s.what.push_back({QStringLiteral(": ")});
        addTokens(s.what, line.column, geometry);
    }
    const QString value = valueText(mark.value, geometry, inputs);
    // A branch that was looked at and not taken says so, too.
    const QString answer = !value.isEmpty() ? value : mark.isTaken ? tr("yes") : !line.column.empty() ? tr("no") : QString();
    if (!answer.isEmpty()) {
        s.what.push_back({QStringLiteral(": ")});
        s.what.push_back({answer, !value.isEmpty(), valueLevel(mark.value, geometry)});
    }
    s.what.push_back({QStringLiteral(".")});
    s.why = {{QString::fromStdString(line.why)}};
    if (code.count > 1) s.counter = tr("line %1 of %2").arg(code.index + 1).arg(code.count);
    return s;
}

} // namespace jiffy::ui
