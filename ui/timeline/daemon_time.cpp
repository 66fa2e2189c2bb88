// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/daemon_time.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

constexpr std::uint64_t second = 1'000'000;

QString say(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

/// 1, 2, 5, 10, 20, ..: the first that is as wide as that.
std::uint64_t roundStep(double us)
{
    for (std::uint64_t power = 1; power < 1'000'000'000'000'000'000; power *= 10)
        for (const std::uint64_t digit : {1, 2, 5})
            if (static_cast<double>(digit * power) >= us) return digit * power;
    return 1'000'000'000'000'000'000;
}

int decimalsOf(std::uint64_t step)
{
    int decimals = 0;
    for (std::uint64_t unit = second; decimals < 6 && step % unit != 0; unit /= 10)
        ++decimals;
    return decimals;
}

} // namespace

QString instantText(std::uint64_t us)
{
    const auto rest = us % second;
    QString text = QString::number(us / second) + QLatin1Char('.') +
                   QString::number(rest / 1000).rightJustified(3, QLatin1Char('0'));
    if (rest % 1000 != 0)
        text += QChar(0x2009) + QString::number(rest % 1000).rightJustified(3, QLatin1Char('0'));
    return text;
}

QString durationUsText(std::int64_t us)
{
    const QString sign = us < 0 ? QString(QChar(0x2212)) : QString();
    const auto size =
        static_cast<double>(us < 0 ? 0 - static_cast<std::uint64_t>(us) : static_cast<std::uint64_t>(us));
    if (size == 0) return say(QT_TRANSLATE_NOOP("Timeline", "0 s"));
    if (size < 1000) return sign + say(QT_TRANSLATE_NOOP("Timeline", "%1 µs")).arg(size, 0, 'f', 0);
    if (size < 9'950) return sign + say(QT_TRANSLATE_NOOP("Timeline", "%1 ms")).arg(size / 1000, 0, 'f', 1);
    if (size < 99'500) return sign + say(QT_TRANSLATE_NOOP("Timeline", "%1 ms")).arg(size / 1000, 0, 'f', 0);
    const int decimals = size < 9'995'000 ? 2 : size < 999'500'000 ? 1 : 0;
    return sign + say(QT_TRANSLATE_NOOP("Timeline", "%1 s")).arg(size / 1e6, 0, 'f', decimals);
}

QString latenessText(std::int64_t us)
{
    if (us == 0) return say(QT_TRANSLATE_NOOP("Timeline", "on time"));
    if (us > 0) return say(QT_TRANSLATE_NOOP("Timeline", "%1 late")).arg(durationUsText(us));
    return say(QT_TRANSLATE_NOOP("Timeline", "%1 early")).arg(durationUsText(-us));
}

std::vector<RulerMark> secondMarks(const TimeScale& scale, double atLeast)
{
    std::vector<RulerMark> marks;
    const std::uint64_t major = roundStep(atLeast * scale.ticksPerPixel());
    const std::uint64_t minor = std::max<std::uint64_t>(1, major / 5);
    const int decimals = decimalsOf(major);
    const double from = std::max(0.0, scale.range.from);
    const auto first = (static_cast<std::uint64_t>(from) + minor - 1) / minor * minor;
    for (std::uint64_t tick = first; static_cast<double>(tick) <= scale.range.to; tick += minor) {
        RulerMark mark{scale.leftOf(static_cast<double>(tick)), tick % major == 0, {}};
        if (mark.isMajor)
            mark.label = tick == 0 ? QStringLiteral("0") : QString::number(static_cast<double>(tick) / 1e6, 'f', decimals);
        marks.push_back(std::move(mark));
    }
    return marks;
}

} // namespace jiffy::ui
