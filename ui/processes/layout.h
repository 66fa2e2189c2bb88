// SPDX-License-Identifier: GPL-3.0-or-later
// Where things stand in the view of processes. Pure functions.
#pragma once

#include "core/insight/process_states.h"
#include "ui/timeline/rows.h"
#include "ui/timeline/strip.h"

#include <QRectF>

#include <vector>

namespace jiffy::ui
{

/// A row a process at the left, a card a CPU at the right, or below where it is narrow.
struct ProcessesFrame
{
    double nameLeft = 0;
    double left = 0, right = 0; ///< of the bands
    double title = 0;           ///< baseline
    double ruler = 0;           ///< its line
    RowStack rows;
    double bandTop = 0, bandHeight = 0; ///< from a row's top
    double sleeps = 0;                  ///< baseline of what sleeps asked for and got, from a row's top
    double details = 0;                 ///< baseline of the first line that tells of the present, from a row's top
    double detailStep = 0;
    int detailLines = 0;                ///< as many as a row has room for
    double legend = 0;          ///< baseline of its first line; 0: no room
    std::vector<QRectF> cards;  ///< of the first CPUs, as many as there is room for
    double more = 0;            ///< baseline of the line that tells of further CPUs; 0: all have a card
};
ProcessesFrame processesFrame(QSizeF size, int processes, int cpus, double scale);

/// A process's state, or several of which none is as wide as a pixel.
struct StateBand
{
    double from = 0, to = 0; ///< within the scale
    std::size_t first = 0;   ///< index of the span
    std::uint32_t count = 1;
    bool operator==(const StateBand&) const = default;
};
/// end: ns, where what lasts ends for now. Costs what is in sight.
std::vector<StateBand> stateBands(const std::vector<core::ProcessSpan>& spans, const StripScale& scale, std::uint64_t end);

/// Indices [first, end) of those of an ordered list of instants that are in sight; `reach` ns more at the left.
template <class Instant, class At>
std::pair<std::size_t, std::size_t> inSight(const std::vector<Instant>& all, const StripScale& scale, const At& at, std::uint64_t reach = 0)
{
    const std::uint64_t left = scale.at(scale.ticks().left), right = scale.at(scale.ticks().right);
    const std::uint64_t from = left > reach ? left - reach : 0;
    const auto first = std::partition_point(all.begin(), all.end(), [&](const Instant& i) { return at(i) < from; });
    const auto last = std::partition_point(first, all.end(), [&](const Instant& i) { return at(i) <= right; });
    return {static_cast<std::size_t>(first - all.begin()), static_cast<std::size_t>(last - all.begin())};
}

} // namespace jiffy::ui
