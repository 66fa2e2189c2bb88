// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/cost_lines.h"

namespace jiffy::core
{

namespace
{

CostLine sum(const char* name, std::uint64_t n)
{
    return {name, static_cast<std::int64_t>(n), {}};
}

CostLine most(const char* name, const Extreme& e)
{
    CostLine line = sum(name, e.value);
    if (e.isAny()) line.cause = e;
    return line;
}

CostLine call(const char* name, const LateCall& c)
{
    if (!c.isAny()) return {name, {}, {}};
    return {name, c.jiffies, Extreme{0, c.event, c.tick}};
}

/// Where all ran early nothing was late: 0, and nobody's doing.
CostLine latest(const char* name, const LateCall& c)
{
    if (c.isAny() && c.jiffies < 0) return {name, 0, {}};
    return call(name, c);
}

} // namespace

std::vector<CostLine> costLines(const CostTotals& t)
{
    CostLine wakeUps = most("wake-ups if idle", t.lastWakeUp);
    wakeUps.value = static_cast<std::int64_t>(t.wakeUps);
    return {
        sum("comparisons to insert", t.comparisons),
        most("worst insertion", t.worstInsertion),
        sum("comparisons in the tick", t.comparisonsInTick),
        most("most comparisons in one tick", t.worstComparisonsInTick),
        sum("links touched", t.links),
        most("most links in one go", t.mostLinks),
        sum("lines of cache", t.lines),
        most("most lines in one go", t.mostLines),
        sum("timers moved", t.moves),
        most("most moves in one tick", t.mostMoves),
        sum("handlers called", t.handlers),
        most("most handlers in one tick", t.mostHandlers),
        latest("latest handler", t.latest),
        call("earliest handler", t.earliest),
        sum("called early", t.early),
        most("most slack added", t.mostSlack),
        wakeUps,
        most("most work in one tick", t.mostWork),
    };
}

} // namespace jiffy::core
