// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nohz/lanes.h"

#include <algorithm>
#include <cmath>

namespace jiffy::ui
{

namespace
{

void addTicks(NohzLane& lane, const core::CpuActivity& activity, int cpu, const TimeScale& scale, std::uint64_t first, std::uint64_t last)
{
    for (std::uint64_t k = first; k <= last; ++k) (activity.isTicking(cpu, k) ? lane.ticks : lane.missed).push_back(scale.xOf(static_cast<double>(k)));
}

void addStretches(NohzLane& lane, const core::CpuActivity& activity, int cpu, const TimeScale& scale, std::uint64_t last)
{
    const double right = std::min(scale.right, scale.leftOf(static_cast<double>(last) + 1));
    for (double x = std::floor(scale.left); x < right; x += 1) {
        const std::uint64_t from = std::max<std::uint64_t>(1, scale.tickAt(x));
        const std::uint64_t to = std::min(last + 1, std::max(from + 1, scale.tickAt(x + 1)));
        if (from >= to) continue;
        const double share = static_cast<double>(activity.ticksWithin(cpu, from, to)) / static_cast<double>(to - from);
        if (!lane.stretches.empty() && lane.stretches.back().share == share && lane.stretches.back().to == x) lane.stretches.back().to = x + 1;
        else lane.stretches.push_back({x, x + 1, share});
    }
}

void addSleeps(NohzLane& lane, const core::SleepAccounts& accounts, int cpu, const TimeScale& scale, std::uint64_t end)
{
    const auto& sleeps = accounts.sleeps(cpu);
    const std::uint64_t first = scale.tickAt(scale.left);
    auto s = std::partition_point(sleeps.begin(), sleeps.end(), [&](const core::Sleep& x) { return x.isOver() && x.endTick < first; });
    while (s != sleeps.end() && static_cast<double>(s->beginTick) < scale.range.to) {
        const double from = scale.xOf(static_cast<double>(s->beginTick));
        const double to = scale.xOf(static_cast<double>(s->isOver() ? s->endTick : end));
        if (to - from >= 2) lane.voids.push_back({std::max(from, scale.left), std::min(to, scale.right), static_cast<std::size_t>(s - sleeps.begin())});
        if (s->isOver() && s->by != core::WokenBy::Work && to <= scale.right + 1) lane.bars.push_back({to, s->endTick, s->endEvent, s->by, s->saved()});
        // Those that end in the same pixel are one.
        const std::uint64_t next = std::max<std::uint64_t>(s->isOver() ? s->endTick + 1 : ~0ull, scale.tickAt(to + 1));
        s = std::partition_point(s + 1, sleeps.end(), [&](const core::Sleep& x) { return x.isOver() && x.endTick < next && scale.pixelsPerTick() < 1; });
    }
}

/// Devices interrupt CPUs that are awake, too.
void addDevices(NohzLane& lane, const core::CpuActivity& activity, int cpu, const TimeScale& scale, core::Hz hz)
{
    const auto& spans = activity.spans(cpu, core::Activity::Interrupt);
    const auto first = static_cast<std::uint64_t>(hz.tickInstant(scale.tickAt(scale.left)));
    auto s = std::partition_point(spans.begin(), spans.end(), [&](const core::ActivitySpan& x) { return x.begin < first; });
    double last = -10;
    for (; s != spans.end(); ++s) {
        const double tick = static_cast<double>(s->begin) * hz.value / 1e9;
        if (tick >= scale.range.to) break;
        const double x = scale.xOf(tick);
        if (s->site != core::Site::TickInterrupt) {
            const auto same = [&](const NohzLane::Bar& b) { return b.event == s->event; };
            if (x - last >= 1 && std::none_of(lane.bars.rbegin(), lane.bars.rend(), same))
                lane.bars.push_back({x, static_cast<std::uint64_t>(tick), s->event, s->site == core::Site::Ipi ? core::WokenBy::Ipi : core::WokenBy::Interrupt, 0});
            last = x;
        }
        if (scale.pixelsPerTick() >= ticksApart) continue;
        // One a pixel.
        const auto next = s->begin + static_cast<std::uint64_t>(scale.ticksPerPixel() * 1e9 / hz.value) + 1;
        s = std::partition_point(s, spans.end(), [&](const core::ActivitySpan& y) { return y.begin < next; });
        if (s == spans.end()) break;
        --s;
    }
}

} // namespace

NohzLane laneOf(const core::CpuActivity& activity, const core::SleepAccounts& accounts, int cpu, core::Hz hz, const TimeScale& scale, std::uint64_t end)
{
    NohzLane lane;
    const std::uint64_t first = std::max<std::uint64_t>(1, scale.tickAt(scale.left));
    const std::uint64_t last = std::min(end, static_cast<std::uint64_t>(std::max(0.0, std::ceil(scale.range.to) - 1)));
    if (first <= last) {
        if (areTicksApart(scale)) addTicks(lane, activity, cpu, scale, first, last);
        else addStretches(lane, activity, cpu, scale, last);
    }
    addSleeps(lane, accounts, cpu, scale, end);
    addDevices(lane, activity, cpu, scale, hz);
    for (const auto& over : accounts.sleptOver(cpu, scale.tickAt(scale.left), last + 1)) {
        const double x = scale.xOf(static_cast<double>(over.tick));
        if (!lane.circles.empty() && x - lane.circles.back().x < 1) continue;
        lane.circles.push_back({x, over.tick, over.timer});
        if (lane.circles.size() >= NohzLane::maxCircles) break;
    }
    return lane;
}

} // namespace jiffy::ui
