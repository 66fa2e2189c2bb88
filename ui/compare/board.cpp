// SPDX-License-Identifier: GPL-3.0-or-later
// The board: what each algorithm promises, and what this run has measured of it up to the playhead.
#include "ui/compare/compare_table.h"
#include "ui/theme/look.h"

#include <QCoreApplication>

namespace jiffy::ui
{

using core::TimerAlgorithm;

namespace
{

struct Board
{
    Q_DECLARE_TR_FUNCTIONS(CompareBoard)
};

enum class Property
{
    Insert,
    Delete,
    PerTick,
    Exactness,
    Moves,
    NextExpiry,
    Order,
    Far,
};
constexpr int propertyCount = 8;

QString label(Property property)
{
    switch (property) {
    case Property::Insert:
        return Board::tr("insert");
    case Property::Delete:
        return Board::tr("delete");
    case Property::PerTick:
        return Board::tr("each tick");
    case Property::Exactness:
        return Board::tr("exactness");
    case Property::Moves:
        return Board::tr("moves in a timer’s life");
    case Property::NextExpiry:
        return Board::tr("next expiry, for sleeping");
    case Property::Order:
        return Board::tr("order at the same time");
    case Property::Far:
        return Board::tr("far future");
    }
    return {};
}

QString ofList(Property property)
{
    switch (property) {
    case Property::Insert:
        return Board::tr("walk from the head: O(n)");
    case Property::Delete:
        return Board::tr("unlink: O(1)");
    case Property::PerTick:
        return Board::tr("look at the head");
    case Property::Exactness:
        return Board::tr("exact");
    case Property::Moves:
        return Board::tr("none");
    case Property::NextExpiry:
        return Board::tr("the head");
    case Property::Order:
        return Board::tr("as they were added");
    case Property::Far:
        return Board::tr("no limit but the word’s half");
    }
    return {};
}

QString ofWheel39(Property property, const core::Geometry& g)
{
    const int slots = g.level[0].slots;
    switch (property) {
    case Property::Insert:
        return Board::tr("distance picks the level, bits the slot: O(1)");
    case Property::Delete:
        return Board::tr("unlink: O(1)");
    case Property::PerTick:
        return Board::tr("one slot; every %1th a cascade, up to O(n)").arg(slots);
    case Property::Exactness:
        return Board::tr("exact, slack aside");
    case Property::Moves:
        return Board::tr("0 to %1").arg(g.levels - 1);
    case Property::NextExpiry:
        return Board::tr("search %1, then the levels above").arg(QString::fromStdString(g.levelName(0)));
    case Property::Order:
        return Board::tr("not guaranteed: a cascade puts old ones behind");
    case Property::Far:
        return Board::tr("only the slot is clamped; called exactly, after more moves");
    }
    return {};
}

QString ofWheel61(Property property, const core::Geometry& g)
{
    switch (property) {
    case Property::Insert:
        return Board::tr("distance picks the level, the next slot’s end the time: O(1)");
    case Property::Delete:
        return Board::tr("unlink, and a bit of the bitmap: O(1)");
    case Property::PerTick:
        return Board::tr("nothing until something is due; then one slot; of level n every 8ⁿ ticks");
    case Property::Exactness:
        return Board::tr("late by less than a slot’s width: at most 12.7 % above level 0");
    case Property::Moves:
        return Board::tr("none");
    case Property::NextExpiry:
        return Board::tr("the first bit set in each level’s bitmap");
    case Property::Order:
        return Board::tr("last in, first out within a slot");
    case Property::Far:
        return Board::tr("beyond %1 jiffies called early").arg(grouped(core::reachOfLevel(g.levels - 1)));
    }
    return {};
}

QString formula(Property property, const core::Geometry& g)
{
    switch (g.algorithm) {
    case TimerAlgorithm::SortedList:
        return ofList(property);
    case TimerAlgorithm::Wheel61:
        return ofWheel61(property, g);
    case TimerAlgorithm::Wheel39:
        break;
    }
    return ofWheel39(property, g);
}

struct Measured
{
    QString text; ///< empty: the run has nothing to say
    std::optional<std::uint64_t> event;
};

QString counted(std::uint64_t n, const QString& one, const QString& many)
{
    return n == 1 ? one : many.arg(grouped(n));
}

std::optional<std::uint64_t> eventOf(const core::Extreme& extreme)
{
    return extreme.isAny() ? std::optional(extreme.event) : std::nullopt;
}

Measured work(const core::CostTotals& costs, core::Jiffies start, core::Word word)
{
    if (!costs.mostWork.isAny()) return {Board::tr("no work yet"), {}};
    if (costs.mostWorkMoves == 0)
        return {Board::tr("most at %1: %2")
                    .arg(word.add(start, costs.mostWork.tick))
                    .arg(counted(costs.mostWorkHandlers, Board::tr("one handler"), Board::tr("%1 handlers"))),
                eventOf(costs.mostWork)};
    const auto moves = counted(costs.mostWorkMoves, Board::tr("one move"), Board::tr("%1 moves"));
    const auto handlers = counted(costs.mostWorkHandlers, Board::tr("one handler"), Board::tr("%1 handlers"));
    return {Board::tr("most at %1: %2, %3").arg(word.add(start, costs.mostWork.tick)).arg(moves, handlers),
            eventOf(costs.mostWork)};
}

Measured exactness(const core::CostTotals& costs)
{
    if (costs.handlers == 0) return {Board::tr("no handler called yet"), {}};
    if (costs.latest.isAny() && costs.latest.jiffies > 0)
        return {counted(static_cast<std::uint64_t>(costs.latest.jiffies), Board::tr("latest: one jiffy"),
                        Board::tr("latest: %1 jiffies")),
                costs.latest.event};
    return {counted(costs.handlers, Board::tr("the one handler was on time"),
                    Board::tr("all %1 handlers on time")),
            {}};
}

Measured early(const core::CostTotals& costs)
{
    if (costs.early == 0) return {costs.handlers == 0 ? QString() : Board::tr("none was early"), {}};
    const auto most = counted(static_cast<std::uint64_t>(-costs.earliest.jiffies), Board::tr("one jiffy"),
                              Board::tr("%1 jiffies"));
    return {counted(costs.early, Board::tr("one was early, by %2"), Board::tr("%1 were early, at most by %2"))
                .arg(most),
            costs.earliest.event};
}

Measured measured(Property property, const core::CostTotals& costs, core::Jiffies start, core::Word word)
{
    switch (property) {
    case Property::Insert: {
        const auto all = counted(costs.comparisons, Board::tr("one comparison"), Board::tr("%1 comparisons"));
        if (costs.comparisons == 0) return {all, {}};
        return {Board::tr("%1, at most %2 for one timer").arg(all, grouped(costs.worstInsertion.value)),
                eventOf(costs.worstInsertion)};
    }
    case Property::PerTick:
        return work(costs, start, word);
    case Property::Exactness:
        return exactness(costs);
    case Property::Moves:
        return {counted(costs.moves, Board::tr("one move"), Board::tr("%1 moves")), eventOf(costs.mostMoves)};
    case Property::NextExpiry:
        return {counted(costs.wakeUps, Board::tr("one wake-up if idle"), Board::tr("%1 wake-ups if idle")),
                eventOf(costs.lastWakeUp)};
    case Property::Far:
        return early(costs);
    case Property::Delete:
    case Property::Order:
        break;
    }
    return {};
}

} // namespace

std::vector<CompareRow> boardRows(const CompareScene& scene,
                                  const std::vector<const core::Geometry*>& geometries, core::Jiffies start,
                                  core::Word word)
{
    std::vector<CompareRow> rows;
    for (int i = 0; i < propertyCount; ++i) {
        const auto property = static_cast<Property>(i);
        CompareRow row;
        row.label = label(property);
        for (std::size_t c = 0; c < scene.columns.size(); ++c) {
            const auto here = measured(property, scene.columns[c].costs, start, word);
            const auto promised = formula(property, *geometries[c]);
            row.cells.push_back(here.text.isEmpty()
                                    ? promised
                                    : promised + QLatin1Char('\n') + Board::tr("here: %1").arg(here.text));
            row.events.push_back(here.event);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace jiffy::ui
