// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/cost_rules.h"

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t slotsInLine = 512;

/// Slots that turns which find nothing look at: one each, and those that cascades take.
std::uint64_t slotsPassed(const Geometry& g, const ClockFold& before, const Record& r)
{
    if (!g.hasCascades()) return 0;
    std::uint64_t slots = 0;
    for (std::uint64_t rest = r.before; rest != 0; rest &= rest - 1) {
        const auto cpu = static_cast<std::size_t>(__builtin_ctzll(rest));
        slots += r.value + cascadesWithin(g, before.positions[cpu], r.value);
    }
    return slots;
}

std::uint64_t linesOfFiling(const Geometry& g)
{
    switch (g.algorithm) {
    case TimerAlgorithm::Wheel39:
        return 3;
    case TimerAlgorithm::Wheel61:
        return 4;
    case TimerAlgorithm::SortedList:
        return 2;
    }
    return 0;
}

bool searchesBitmap(const Record& r)
{
    const auto which = static_cast<Register>(r.slot);
    return r.site == Site::RunTimers && (which == Register::NextExpiry || which == Register::DefNextExpiry);
}

} // namespace

StepCost costOf(const Geometry& geometry, const ClockFold& before, const Record& r)
{
    switch (r.kind) {
    case Kind::Passed:
        return {0, 0, slotsPassed(geometry, before, r)};
    case Kind::Counted:
        return {r.value, 0, r.value};
    case Kind::Queued:
        return {0, 4, linesOfFiling(geometry)};
    case Kind::ItemSet:
        return {0, 0, 1};
    case Kind::Unqueued:
    case Kind::Fired:
        return {0, 2, 3};
    case Kind::Moved:
        return {0, 6, 5};
    case Kind::Spliced:
        return r.link == 0 ? StepCost{0, 0, 1} : StepCost{0, 4, 4};
    case Kind::RegisterSet:
        return {0, 0, searchesBitmap(r) ? (geometry.wheelSlots + slotsInLine - 1) / slotsInLine : 0};
    case Kind::Entered:
        return {0, 0, r.site != Site::RunTimerSoftirq && r.item.isValid() ? 1u : 0u};
    default:
        return {};
    }
}

} // namespace jiffy::core
