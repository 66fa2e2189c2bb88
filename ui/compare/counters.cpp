// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/counters.h"

#include "ui/theme/look.h"

#include <QCoreApplication>

#include <algorithm>

namespace jiffy::ui
{

namespace
{

struct Compare
{
    Q_DECLARE_TR_FUNCTIONS(Compare)
};

void setCause(Counter& counter, const core::Extreme& extreme, QString cause)
{
    if (!extreme.isAny()) return;
    counter.event = extreme.event;
    counter.cause = std::move(cause);
}

QString plural(std::uint64_t n, const QString& one, const QString& many)
{
    return n == 1 ? one : many.arg(grouped(n));
}

} // namespace

QString counterLabel(int row)
{
    switch (row) {
    case 0:
        return Compare::tr("comparisons to insert");
    case 1:
        return Compare::tr("timers moved");
    case 2:
        return Compare::tr("latest handler, jiffies");
    case 3:
        return Compare::tr("wake-ups if idle");
    default:
        return Compare::tr("most work in one tick");
    }
}

Counters countersOf(const core::CostTotals& costs, core::Jiffies start, core::Word word)
{
    const auto at = [&](std::uint64_t tick) { return QString::number(word.add(start, tick)); };
    Counters out;
    out[0].value = costs.comparisons;
    setCause(out[0], costs.worstInsertion,
             Compare::tr("most for one timer: %1, at jiffies %2")
                 .arg(plural(costs.worstInsertion.value, Compare::tr("one comparison"),
                             Compare::tr("%1 comparisons")),
                      at(costs.worstInsertion.tick)));
    out[1].value = costs.moves;
    setCause(out[1], costs.mostMoves,
             Compare::tr("most in one tick: %1, at jiffies %2")
                 .arg(plural(costs.mostMoves.value, Compare::tr("one move"), Compare::tr("%1 moves")),
                      at(costs.mostMoves.tick)));
    out[2].value = costs.latest.isAny()
                       ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, costs.latest.jiffies))
                       : 0;
    if (costs.latest.isAny() && out[2].value > 0) {
        out[2].event = costs.latest.event;
        out[2].cause = Compare::tr("called at jiffies %1, %2 after its expiry")
                           .arg(at(costs.latest.tick),
                                plural(out[2].value, Compare::tr("one jiffy"), Compare::tr("%1 jiffies")));
    }
    if (costs.early > 0) {
        const auto by = static_cast<std::uint64_t>(-costs.earliest.jiffies);
        if (!out[2].event) out[2].event = costs.earliest.event;
        out[2].aside = costs.early == 1
                           ? Compare::tr("1 early, by %1").arg(grouped(by))
                           : Compare::tr("%1 early, up to %2").arg(grouped(costs.early), grouped(by));
        out[2].cause += (out[2].cause.isEmpty() ? QString() : QStringLiteral("; ")) +
                        Compare::tr("the earliest was called %1 too early, at jiffies %2")
                            .arg(plural(by, Compare::tr("one jiffy"), Compare::tr("%1 jiffies")),
                                 at(costs.earliest.tick));
    }
    out[3].value = costs.wakeUps;
    setCause(out[3], costs.lastWakeUp,
             Compare::tr("the last so far at jiffies %1").arg(at(costs.lastWakeUp.tick)));
    out[4].value = costs.mostWork.value;
    setCause(
        out[4], costs.mostWork,
        Compare::tr("at jiffies %1: %2 and %3")
            .arg(at(costs.mostWork.tick),
                 plural(costs.mostWorkMoves, Compare::tr("one move"), Compare::tr("%1 moves")),
                 plural(costs.mostWorkHandlers, Compare::tr("one handler"), Compare::tr("%1 handlers"))));
    return out;
}

void markMost(std::span<Counters*> columns)
{
    for (std::size_t row = 0; row < counterCount; ++row) {
        std::uint64_t most = 0;
        for (const auto* c : columns)
            most = std::max(most, (*c)[row].value);
        const auto having = std::count_if(columns.begin(), columns.end(),
                                          [&](const auto* c) { return (*c)[row].value == most; });
        for (auto* c : columns) {
            auto& counter = (*c)[row];
            counter.share = most == 0 ? 0 : static_cast<double>(counter.value) / static_cast<double>(most);
            counter.isMost =
                most > 0 && counter.value == most && static_cast<std::size_t>(having) < columns.size();
        }
    }
}

} // namespace jiffy::ui
