// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/words.h"

#include "ui/inspector/step_text.h"
#include "ui/narration/compose.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

#include <array>

namespace jiffy::ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}

} // namespace

QString jiffiesText(std::uint64_t n)
{
    return n == 1 ? tr("1 jiffy") : tr("%1 jiffies").arg(grouped(n));
}

QString signedText(std::int64_t n)
{
    const auto count = static_cast<std::uint64_t>(n);
    return n < 0 ? QChar(0x2212) + grouped(0 - count) : grouped(count);
}

QString durationText(core::Hz hz, std::uint64_t ticks)
{
    struct Unit
    {
        double below, factor;
        const char* text;
    };
    static constexpr std::array units{Unit{.9995, 1e3, QT_TRANSLATE_NOOP("Inspector", "%1 ms")},
                                      Unit{120, 1, QT_TRANSLATE_NOOP("Inspector", "%1 s")},
                                      Unit{7'200, 1 / 60.0, QT_TRANSLATE_NOOP("Inspector", "%1 min")},
                                      Unit{360'000, 1 / 3'600.0, QT_TRANSLATE_NOOP("Inspector", "%1 h")},
                                      Unit{1e300, 1 / 86'400.0, QT_TRANSLATE_NOOP("Inspector", "%1 d")}};
    const double seconds = static_cast<double>(ticks) / hz.value;
    for (const Unit& unit : units) {
        if (seconds >= unit.below) continue;
        const double n = seconds * unit.factor;
        const int decimals = n >= 100 || n == static_cast<double>(static_cast<int>(n)) ? 0 : n >= 10 ? 1 : 2;
        return tr(unit.text).arg(n, 0, 'f', decimals);
    }
    return {};
}

QString sinceStart(core::Hz hz, std::uint64_t tick)
{
    const auto ms = static_cast<std::uint64_t>(hz.tickInstant(tick)) / 1'000'000;
    return tr("+%1.%2 s").arg(grouped(ms / 1000)).arg(ms % 1000, 3, 10, QLatin1Char('0'));
}

QString dueText(core::Word word, core::Jiffies expires, core::Jiffies jiffies)
{
    const std::int64_t left = word.signedDistance(expires, jiffies);
    if (left == 0) return tr("now");
    const auto count = static_cast<std::uint64_t>(left);
    return left > 0 ? tr("in %1").arg(grouped(count)) : tr("%1 ago").arg(grouped(0 - count));
}

RichText callbackText(const core::Inputs& inputs, core::TimerId timer)
{
    const auto& spec = inputs.timers[timer.value];
    if (spec.stepCount == 0) return {{tr("only returns"), false, -1}};
    RichText text;
    for (std::uint32_t i = 0; i < spec.stepCount; ++i) {
        const auto& step = inputs.steps[spec.firstStep + i];
        if (i != 0) text.push_back({QStringLiteral(", "), false, -1});
        const RichText piece = stepText(inputs, step);
        text.insert(text.end(), piece.begin(), piece.end());
    }
    return text;
}

QString slackText(std::int32_t slack)
{
    if (slack == 0) return tr("0, exact");
    if (slack < 0) return tr("%1, automatic").arg(signedText(slack));
    return grouped(static_cast<std::uint64_t>(slack));
}

SlotTurn turnOf(const core::Geometry& g, const core::Place& place, core::Jiffies position,
                core::Jiffies jiffies)
{
    const auto& level = g.level[static_cast<std::size_t>(place.level)];
    const std::uint64_t width = 1ull << level.shift;
    const std::uint64_t round = static_cast<std::uint64_t>(level.slots)
                                << level.shift; // divides the word's size
    const std::uint64_t start = static_cast<std::uint64_t>(place.index) << level.shift;
    SlotTurn turn;
    turn.first = g.word.add(position, (start - position) & (round - 1));
    turn.last = g.word.add(turn.first, width - 1);
    turn.ticksAway = g.word.signedDistance(turn.first, jiffies);
    return turn;
}

} // namespace jiffy::ui
