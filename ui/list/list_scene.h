// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture of the sorted list knows of the world it was taken from: the first timers of one CPU's list, the last
// ones, how many there are, who is being called, and what the step changed. A value. Costs follow what can be in sight,
// never the length of the list.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/wheel/effects.h"

#include <QString>

#include <optional>
#include <vector>

namespace jiffy::ui
{

struct ListTimer
{
    core::TimerId id;
    core::Jiffies expires = 0;
    bool operator==(const ListTimer&) const = default;
};

/// A list as long as those of the other CPUs are shown beside it.
struct ListGlance
{
    std::uint64_t count = 0;
    bool isFiring = false;
    bool operator==(const ListGlance&) const = default;
};

struct ListScene
{
    static constexpr std::size_t headLimit = 512, tailLimit = 64, changeLimit = 64, frontLimit = 4;

    core::Geometry geometry;
    core::Hz hz;
    core::Clock clock;
    int cpu = 0;
    core::InputsPtr inputs;             ///< null: nothing was shown yet
    std::vector<ListTimer> head;        ///< the first ones, in list order
    std::vector<ListTimer> tail;        ///< the last ones, in list order; overlaps with none of `head`
    std::uint64_t count = 0;
    std::vector<ListGlance> cpus;
    core::TimerId running;
    std::vector<ListTimer> fired;       ///< during the step, with what they were due at; the one that runs is the last
    std::uint64_t firedCount = 0;
    std::vector<core::TimerId> newcomers; ///< put into the list by the step
    std::vector<ListTimer> gone;        ///< taken out by the step without a call
    bool backwards = false;
    std::uint64_t comparisons = 0;      ///< of the step's insertions

    bool isEmpty() const { return inputs == nullptr; } ///< nothing was shown yet
    /// The timer in front: what runs, or what ran last in this step; none at rest.
    std::optional<ListTimer> firing() const;
    /// Those in front, in the order of their calls: a few stand one behind the other; of many the last one stands
    /// for all.
    std::vector<ListTimer> inFront() const;
    /// Its place in the list, counted from the head; none where it is not among those known.
    std::optional<std::uint64_t> placeOf(core::TimerId id) const;
    /// The one that stands there, if it is known.
    std::optional<ListTimer> at(std::uint64_t place) const;
    bool isNewcomer(core::TimerId id) const;
    QString nameOf(core::TimerId id) const;
};

/// REQUIRES: the world is one of sorted lists, cpu one of its.
ListScene makeListScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu);

} // namespace jiffy::ui
