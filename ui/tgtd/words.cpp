// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace jiffy::ui
{

namespace
{

constexpr std::uint64_t second = 1'000'000, day = 86'400 * second, zoneAhead = 3'600 * second;

/// `digits` behind the point, cut off.
QString fraction(std::uint64_t us, int digits)
{
    const auto all = QString::number(us % second).rightJustified(6, QLatin1Char('0'));
    return QString::number(us / second) + QLocale().decimalPoint() + all.left(digits);
}

} // namespace

QString secondsText(std::uint64_t us)
{
    int digits = 6;
    for (std::uint64_t rest = us % second; digits > 2 && rest % 10 == 0; rest /= 10)
        --digits;
    return fraction(us, digits);
}

QString millisecondsText(std::uint64_t us)
{
    return fraction(us, 3);
}

QString hundredthsText(std::uint64_t us)
{
    return fraction(us, 2);
}

QString spanText(std::uint64_t us)
{
    if (us % 1000 != 0 && us < 10'000) return QCoreApplication::translate("Tgtd", "%1 us").arg(us);
    if (us < 1'000 * 1000 && us % 10'000 != 0) return QCoreApplication::translate("Tgtd", "%1 ms").arg(us / 1000);
    if (us < 100'000) return QCoreApplication::translate("Tgtd", "%1 ms").arg(us / 1000);
    return QCoreApplication::translate("Tgtd", "%1 s").arg(fraction(us, 2));
}

QString shareText(std::uint64_t done, std::uint64_t takes)
{
    const QString of = QCoreApplication::translate("Tgtd", "%1 of %2");
    if (takes >= 100'000) return of.arg(hundredthsText(done), spanText(takes));
    if (takes % 1000 != 0 && takes < 10'000) return of.arg(done).arg(spanText(takes));
    return of.arg(done / 1000).arg(spanText(takes));
}

QString wallClockText(std::uint64_t us)
{
    const std::uint64_t ofDay = (us + zoneAhead) % day;
    const auto two = [](std::uint64_t v) { return QString::number(v).rightJustified(2, QLatin1Char('0')); };
    const std::uint64_t s = ofDay / second;
    return two(s / 3600) + QLatin1Char(':') + two(s / 60 % 60) + QLatin1Char(':') + two(s % 60) + QLocale().decimalPoint() +
           QString::number(ofDay % second / 1000).rightJustified(3, QLatin1Char('0'));
}

} // namespace jiffy::ui
