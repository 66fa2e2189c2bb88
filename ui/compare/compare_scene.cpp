// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_scene.h"

#include "ui/session/companions.h"
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

/// Whether all columns have come to the same instant with the same timers, in words.
void sayNote(CompareScene& scene, std::uint64_t timers)
{
    const auto& columns = scene.columns;
    const auto behind =
        std::find_if(columns.begin(), columns.end(), [](const CompareColumn& c) { return c.isBehind; });
    if (behind != columns.end()) {
        scene.note = Compare::tr("%1 is still being computed: it stands at %2")
                         .arg(behind->title)
                         .arg(behind->jiffies);
        return;
    }
    const auto over =
        std::find_if(columns.begin(), columns.end(), [](const CompareColumn& c) { return c.isOver; });
    if (over != columns.end()) {
        scene.isSame = true;
        scene.note = Compare::tr("Same input; %1 came to its end at %2").arg(over->title).arg(over->jiffies);
        return;
    }
    const auto& first = columns.front();
    scene.isSame = std::all_of(columns.begin(), columns.end(), [&](const CompareColumn& c) {
        return c.jiffies == first.jiffies && c.calls == first.calls;
    });
    if (!scene.isSame)
        scene.note =
            Compare::tr("Same input; the leading run is within a tick that the others have not handled yet");
    else if (timers == 1)
        scene.note = Compare::tr("Same input, same clock: one timer each");
    else
        scene.note = Compare::tr("Same input, same clock: %1 timers each").arg(grouped(timers));
}

} // namespace

core::CostTotals costsOf(const ColumnAccounts& accounts, const core::History& history, core::Position p)
{
    return accounts.costs.upTo(history.log(), p.event);
}

CompareScene compareScene(const Companions& companions, const Accounts& accounts, core::Jiffies expires,
                          int cpu)
{
    CompareScene scene;
    scene.expires = expires;
    const auto lead = companions.instant();
    for (std::size_t c = 0; c < companions.count(); ++c) {
        CompareColumn column;
        auto& history = companions.history(c);
        column.timers = &companions.algorithm(c);
        column.isLeading = c == companions.leading();
        column.title = algorithmTitle(*column.timers);
        column.origin = algorithmOrigin(*column.timers);
        column.at = companions.positionIn(c);
        column.isBehind = companions.isBehind(c);
        const auto instant = companions.instantIn(c);
        const auto& world = companions.worldIn(c);
        column.isOver = !column.isLeading && instant.isEnd && instant.ticks != lead.ticks;
        column.jiffies = world.clock().jiffies;
        column.calls = instant.calls;
        column.costs = costsOf(*accounts[c], history, column.at);
        column.counters =
            countersOf(column.costs, history.inputs().machine.jiffies, history.inputs().machine.word);
        column.sentence =
            doingSentence(doingAt(history, column.at, instant), world, column.costs, history.inputs());
        column.newTimer = core::newTimerAt(world, std::min(cpu, world.cpuCount() - 1), expires);
        column.insertion = {Span{insertionLead()}, Span{QString::number(expires), true},
                            Span{insertionRest(column.newTimer, world.geometry())}};
        scene.columns.push_back(std::move(column));
    }
    std::vector<Counters*> all;
    for (auto& column : scene.columns)
        all.push_back(&column.counters);
    markMost(all);
    sayNote(scene, companions.history(0).inputs().timers.size());
    return scene;
}

} // namespace jiffy::ui
