// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/whatif/expiry_text.h"

#include "core/scenario/notation.h"
#include "core/scenario/position_spec.h"

#include <QCoreApplication>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("WhatIf", text);
}

TypedExpiry wrong(const QString& error)
{
    TypedExpiry e;
    e.error = error;
    return e;
}

} // namespace

TypedExpiry parseTypedExpiry(const QString& typed, const core::MachineConfig& machine)
{
    QString text;
    for (const QChar c : typed)
        if (!c.isSpace() && c != QLatin1Char('_')) text += c;
    if (text.isEmpty()) return wrong(tr("Type an expiry: +200, 4294919784, 0xFFFF45B4 or 1.5s."));
    const auto sign = text.startsWith(QLatin1Char('+')) || text.startsWith(QLatin1Char('-'));
    const auto word = machine.word;
    TypedExpiry e;
    if (text.endsWith(QLatin1Char('s'))) {
        const auto time = core::parseTime(text.mid(sign ? 1 : 0).toStdString());
        if (!time) return wrong(tr("“%1” is no time; one looks like 1.5s, 20ms or 30us.").arg(typed.trimmed()));
        auto ticks = machine.hz.ticksUntil(*time);
        if (machine.hz.tickInstant(ticks) < *time) ++ticks;
        if (word.reduce(ticks) != ticks)
            return wrong(tr("That is more jiffies than a word of %1 bits holds.").arg(word.bits()));
        e.isRelative = true;
        e.expires = text.startsWith(QLatin1Char('-')) ? word.reduce(0 - ticks) : ticks;
        return e;
    }
    const auto number = core::parseNumber(text.mid(sign ? 1 : 0).toStdString(), machine.hz);
    if (!number || text.contains(QLatin1Char('*')))
        return wrong(tr("“%1” is no expiry; one looks like +200, 4294919784, 0xFFFF45B4 or 1.5s.").arg(typed.trimmed()));
    if (word.reduce(*number) != *number)
        return wrong(tr("“%1” does not fit into jiffies of %2 bits.").arg(typed.trimmed()).arg(word.bits()));
    e.isRelative = sign;
    e.expires = text.startsWith(QLatin1Char('-')) ? word.reduce(0 - *number) : *number;
    return e;
}

QString durationText(std::uint64_t ticks, core::Hz hz)
{
    const double seconds = static_cast<double>(ticks) / hz.value;
    const auto number = [](double v) { return QString::number(v, 'g', 3); };
    if (seconds < 1) return tr("%1 ms").arg(number(seconds * 1000));
    if (seconds < 60) return tr("%1 s").arg(number(seconds));
    const auto whole = ticks / hz.value;
    if (whole < 3600) return tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    if (whole < 86'400) return tr("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
    return tr("%1 d %2 h").arg(whole / 86'400).arg(whole / 3600 % 24);
}

} // namespace jiffy::ui
