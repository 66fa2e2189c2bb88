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
    const auto leading =
        std::find_if(columns.begin(), columns.end(), [](const CompareColumn& c) { return c.isLeading; });
    const auto unfinished = std::find_if(columns.begin(), columns.end(), [](const CompareColumn& c) {
        return !c.isLeading && !c.isAtEnd && c.pending > 0;
    });
    if (leading != columns.end() && leading->isAtEnd && leading->pending == 0 &&
        unfinished != columns.end()) {
        scene.isSame = true;
        scene.note = Compare::tr("The leading run has ended; %1 still has %2 pending")
                         .arg(unfinished->title, grouped(unfinished->pending));
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

namespace
{

/// The CPU to tell of: the one asked for if anything happened there in a column, or nothing happened at all;
/// else the one on which something did, of the leading run first.
int followedCpu(const Companions& companions, int cpu)
{
    int acting = -1;
    const auto look = [&](std::size_t c) {
        const auto doing =
            doingAt(companions.history(c), companions.positionIn(c), companions.instantIn(c), cpu);
        if (doing.actingCpu == cpu || acting < 0) acting = doing.actingCpu;
        return acting == cpu;
    };
    if (companions.history(companions.leading()).inputs().machine.cpus <= 1) return 0;
    if (look(companions.leading())) return cpu;
    for (std::size_t c = 0; c < companions.count(); ++c)
        if (c != companions.leading() && look(c)) return cpu;
    return acting < 0 ? cpu : acting;
}

} // namespace

CompareScene compareScene(const Companions& companions, const Accounts& accounts, core::Jiffies expires,
                          int cpu)
{
    CompareScene scene;
    scene.expires = expires;
    cpu =
        followedCpu(companions, std::clamp(cpu, 0, companions.worldIn(companions.leading()).cpuCount() - 1));
    scene.cpu = cpu;
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
        column.isAtEnd = instant.isEnd;
        column.pending = world.pendingCount();
        column.costs = costsOf(*accounts[c], history, column.at);
        column.counters =
            countersOf(column.costs, history.inputs().machine.jiffies, history.inputs().machine.word);
        column.sentence = doingSentence(doingAt(history, column.at, instant, cpu), world, column.costs,
                                        history.inputs(), cpu);
        column.newTimer = core::newTimerAt(world, cpu, expires);
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
