// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/daemon_lanes.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

using core::notYet;
using core::WorkRun;

std::vector<DaemonLane> daemonLanes(core::WorkScheduler scheduler)
{
    using enum DaemonLane;
    if (scheduler == core::WorkScheduler::Old) return {Countdown, Loop, Pass};
    return {Alarm, Pipe, Loop, Pass};
}

std::vector<AlarmBar> alarmBars(const std::vector<core::AlarmMark>& alarms, const TimeScale& scale)
{
    std::vector<AlarmBar> bars;
    std::size_t i = core::firstAlarmFrom(alarms, scale.tickAt(scale.left));
    while (i < alarms.size()) {
        const double x = scale.leftOf(static_cast<double>(alarms[i].at));
        if (x > scale.right) break;
        std::size_t next = i + 1;
        if (next < alarms.size() && scale.leftOf(static_cast<double>(alarms[next].at)) < x + 1)
            next = std::max(next, core::firstAlarmFrom(alarms, scale.tickAt(x + 1)));
        const auto& last = alarms[next - 1];
        const auto swallowed =
            last.swallowedBefore + (last.isWithoutEffect() ? 1 : 0) - alarms[i].swallowedBefore;
        bars.push_back({x, i, static_cast<std::uint32_t>(next - i), swallowed, last.fate});
        i = next;
    }
    return bars;
}

namespace
{

std::uint64_t calledAt(const core::Lateness& run, std::size_t call)
{
    return run.runs()[run.calls()[call]].endedAt;
}

/// The first call at or after an instant.
std::size_t firstCallFrom(const core::Lateness& run, std::uint64_t instant)
{
    const auto& calls = run.calls();
    return static_cast<std::size_t>(
        std::lower_bound(calls.begin(), calls.end(), instant,
                         [&](std::uint32_t c, std::uint64_t t) { return run.runs()[c].endedAt < t; }) -
        calls.begin());
}

/// The first run of an item that has not ended before an instant.
std::size_t firstLasting(const core::Lateness& run, const std::vector<std::uint32_t>& runs,
                         std::uint64_t instant)
{
    const auto it =
        std::lower_bound(runs.begin(), runs.end(), instant,
                         [&](std::uint32_t i, std::uint64_t t) { return run.runs()[i].endedAt < t; });
    // One that ran early is drawn up to when it was due.
    return static_cast<std::size_t>(it - runs.begin()) - (it == runs.begin() ? 0 : 1);
}

LateBar barOf(const WorkRun& run, std::uint32_t index, const TimeScale& scale, std::uint64_t end)
{
    LateBar bar;
    bar.added = scale.leftOf(static_cast<double>(run.addedAt));
    bar.due = scale.leftOf(static_cast<double>(run.due));
    bar.end =
        scale.leftOf(static_cast<double>(run.endedAt == notYet ? std::max(end, run.addedAt) : run.endedAt));
    bar.run = index;
    bar.fate = run.fate;
    bar.isEarly = run.hasRun() && run.lateness() < 0;
    return bar;
}

} // namespace

std::vector<CallMark> callMarks(const core::Lateness& run, const TimeScale& scale, double atLeast)
{
    std::vector<CallMark> marks;
    std::size_t i = firstCallFrom(run, scale.tickAt(scale.left));
    while (i < run.calls().size()) {
        const double x = scale.leftOf(static_cast<double>(calledAt(run, i)));
        if (x > scale.right) break;
        std::size_t next = i + 1;
        if (next < run.calls().size() && scale.leftOf(static_cast<double>(calledAt(run, next))) < x + atLeast)
            next = std::max(next, firstCallFrom(run, scale.tickAt(x + atLeast)));
        marks.push_back({x, i, static_cast<std::uint32_t>(next - i)});
        i = next;
    }
    return marks;
}

LateRow lateRow(const core::Lateness& run, core::TimerId item, const TimeScale& scale, std::uint64_t end,
                double fewest)
{
    LateRow row;
    row.item = item;
    if (item.value >= run.itemCount()) return row;
    const auto& runs = run.item(item).runs;
    const auto right = scale.tickAt(scale.right);
    const auto first = firstLasting(run, runs, scale.tickAt(scale.left));
    const auto behind = static_cast<std::size_t>(
        std::upper_bound(runs.begin() + static_cast<std::ptrdiff_t>(first), runs.end(), right,
                         [&](std::uint64_t t, std::uint32_t i) { return t < run.runs()[i].addedAt; }) -
        runs.begin());
    row.isDense = static_cast<double>(behind - first) * fewest > scale.right - scale.left;
    for (std::size_t k = first; k < behind;) {
        const auto bar = barOf(run.runs()[runs[k]], runs[k], scale, end);
        if (!row.isDense) {
            row.bars.push_back(bar);
            ++k;
            continue;
        }
        // From when it was due to when it ran; the next one begins behind that, and those within a pixel are
        // one.
        const double from = std::clamp(std::min(bar.due, bar.end), scale.left, scale.right);
        const double to = std::clamp(std::max(bar.due, bar.end), scale.left, scale.right);
        if (bar.fate != WorkRun::Fate::Deleted && (bar.fate == WorkRun::Fate::Ran || bar.end > bar.due)) {
            if (!row.merged.empty() && from <= row.merged.back().to + 1) {
                row.merged.back().to = std::max(row.merged.back().to, to);
                ++row.merged.back().count;
            } else {
                row.merged.push_back({from, to, runs[k], 1});
            }
        }
        const auto next = firstLasting(run, runs, scale.tickAt(std::max(bar.end, scale.left) + 1));
        k = std::max(k + 1, std::min(next, behind));
    }
    return row;
}

std::vector<core::TimerId> itemsByDue(const core::Lateness& run)
{
    std::vector<core::TimerId> items;
    for (std::uint32_t i = 0; i < run.itemCount(); ++i)
        if (!run.item(core::TimerId(i)).runs.empty()) items.push_back(core::TimerId(i));
    const auto due = [&](core::TimerId t) { return run.runs()[run.item(t).runs.front()].due; };
    std::stable_sort(items.begin(), items.end(),
                     [&](core::TimerId a, core::TimerId b) { return due(a) < due(b); });
    return items;
}

std::size_t alarmNear(const std::vector<core::AlarmMark>& alarms, const TimeScale& scale, double x,
                      double reach)
{
    std::size_t best = notFound;
    double nearest = reach;
    for (auto i = core::firstAlarmFrom(alarms, scale.tickAt(x - reach)); i < alarms.size(); ++i) {
        const double distance = scale.leftOf(static_cast<double>(alarms[i].at)) - x;
        if (distance > reach) break;
        if (std::abs(distance) > nearest) continue;
        nearest = std::abs(distance);
        best = i;
    }
    return best;
}

std::size_t runNear(const core::Lateness& run, core::TimerId item, const TimeScale& scale, double x,
                    double reach, std::uint64_t end)
{
    if (item.value >= run.itemCount()) return notFound;
    const auto& runs = run.item(item).runs;
    std::size_t best = notFound;
    double nearest = reach;
    for (auto k = firstLasting(run, runs, scale.tickAt(x - reach)); k < runs.size(); ++k) {
        const auto bar = barOf(run.runs()[runs[k]], runs[k], scale, end);
        if (bar.added > x + reach) break;
        const double from = std::min(bar.due, bar.end), to = std::max(bar.due, bar.end);
        const double distance = x < from ? from - x : x > to ? x - to : 0;
        if (distance > nearest) continue;
        nearest = distance;
        best = runs[k];
    }
    return best;
}

} // namespace jiffy::ui
