// SPDX-License-Identifier: GPL-3.0-or-later
// What the timeline shows of a run of tgtd, at a magnification: alarms, bytes in the pipe, what keeps the
// loop from epoll_wait(), passes and funcs, and for each work item how late it ran. Pure functions of the
// insight; what they return is at most a few marks a pixel, and costs about as much as the picture is wide,
// however long the log.
#pragma once

#include "core/insight/lateness.h"
#include "ui/timeline/layout.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace jiffy::ui
{

/// The lanes above the items. The old scheduler has no alarm and no pipe: what it has is a countdown.
enum class DaemonLane
{
    Alarm,     ///< timerfd: its expirations
    Pipe,      ///< timerfd: expirations that nobody has read
    Countdown, ///< old: how long the loop has waited for something to happen
    Loop,
    Pass, ///< execute_work(), schedule()
};
std::vector<DaemonLane> daemonLanes(core::WorkScheduler scheduler);

/// One alarm, or all of a pixel.
struct AlarmBar
{
    double x = 0;
    std::size_t first = 0; ///< index of the first one
    std::uint32_t count = 0;
    std::uint32_t swallowed = 0;                                   ///< of those
    core::AlarmMark::Fate fate = core::AlarmMark::Fate::Delivered; ///< of the last of them
    bool operator==(const AlarmBar&) const = default;
};
std::vector<AlarmBar> alarmBars(const std::vector<core::AlarmMark>& alarms, const TimeScale& scale);

/// A stretch, or several so near to one another that they are one.
struct SpanBar
{
    double from = 0, to = 0; ///< pixels, within the scale; a stretch of no length has none
    std::size_t first = 0;   ///< index of the first one
    std::uint32_t count = 1;
    bool operator==(const SpanBar&) const = default;
};
/// Of stretches in order of time that do not overlap. Those closer than a pixel are one. end: where a stretch
/// that lasts ends for now.
template <class Span>
std::vector<SpanBar> spanBars(const std::vector<Span>& spans, const TimeScale& scale, std::uint64_t end)
{
    std::vector<SpanBar> bars;
    const auto left = scale.tickAt(scale.left);
    std::size_t i = core::firstFrom(spans, left);
    if (i > 0 && spans[i - 1].to >= left) --i;
    while (i < spans.size() && scale.leftOf(static_cast<double>(spans[i].from)) <= scale.right) {
        const auto to = spans[i].to == core::notYet ? std::max(end, spans[i].from) : spans[i].to;
        SpanBar bar{std::max(scale.left, scale.leftOf(static_cast<double>(spans[i].from))),
                    std::min(scale.right, scale.leftOf(static_cast<double>(to))), i, 1};
        // What begins within a pixel behind it, or within it, belongs to it; found without a look at each.
        const auto reach = scale.tickAt(bar.to + 1);
        const std::size_t next = std::max(i + 1, core::firstFrom(spans, reach));
        if (next > i + 1) {
            const auto& last = spans[next - 1];
            bar.count = static_cast<std::uint32_t>(next - i);
            bar.to =
                std::min(scale.right, scale.leftOf(static_cast<double>(
                                          last.to == core::notYet ? std::max(end, last.from) : last.to)));
        }
        bars.push_back(bar);
        i = next;
    }
    return bars;
}

/// Funcs called within a pixel.
struct CallMark
{
    double x = 0;
    std::size_t first = 0; ///< index into Lateness::calls()
    std::uint32_t count = 1;
    bool operator==(const CallMark&) const = default;
};
/// Calls closer than `atLeast` px to the first of a mark belong to it.
std::vector<CallMark> callMarks(const core::Lateness& run, const TimeScale& scale, double atLeast);

/// How late one run was.
struct LateBar
{
    double added = 0;        ///< pixels, all may lie outside the scale
    double due = 0, end = 0; ///< end: it ran, was deleted, or where the log ends
    std::uint32_t run = 0;   ///< index into Lateness::runs()
    core::WorkRun::Fate fate = core::WorkRun::Fate::Waiting;
    bool isEarly = false; ///< it ran before it was due
    bool operator==(const LateBar&) const = default;
};

struct LateRow
{
    core::TimerId item;
    bool isDense = false;        ///< too many for marks and words: only `merged`
    std::vector<LateBar> bars;   ///< those that touch the scale, in order of time; empty where dense
    std::vector<SpanBar> merged; ///< dense: the pixels in which something was late
};
/// Bars of one item. fewest: pixels that a bar must have on average, or the row is dense.
LateRow lateRow(const core::Lateness& run, core::TimerId item, const TimeScale& scale, std::uint64_t end,
                double fewest);

/// The items of a run in the order in which their first deadlines came; those that were never added are left
/// out.
std::vector<core::TimerId> itemsByDue(const core::Lateness& run);

/// The alarm, or the first of a list of stretches, within `reach` pixels of x; none: not so near.
constexpr std::size_t notFound = std::numeric_limits<std::size_t>::max();
std::size_t alarmNear(const std::vector<core::AlarmMark>& alarms, const TimeScale& scale, double x,
                      double reach);
template <class Span>
std::size_t spanNear(const std::vector<Span>& spans, const TimeScale& scale, double x, double reach,
                     std::uint64_t end)
{
    const auto at = scale.tickAt(x);
    std::size_t best = notFound;
    double nearest = reach;
    std::size_t i = core::firstFrom(spans, at + 1);
    for (i = i > 2 ? i - 2 : 0; i < spans.size(); ++i) {
        const double from = scale.leftOf(static_cast<double>(spans[i].from));
        if (from > x + reach) break;
        const double to = scale.leftOf(static_cast<double>(spans[i].to == core::notYet ? end : spans[i].to));
        const double distance = x < from ? from - x : x > to ? x - to : 0;
        if (distance > nearest) continue;
        nearest = distance;
        best = i;
    }
    return best;
}
/// Index into runs() of the run of an item whose bar is nearest to x.
std::size_t runNear(const core::Lateness& run, core::TimerId item, const TimeScale& scale, double x,
                    double reach, std::uint64_t end);

} // namespace jiffy::ui
