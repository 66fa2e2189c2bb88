// SPDX-License-Identifier: GPL-3.0-or-later
// What the tickless view shows at one position, as a value: what each CPU does, and of the CPU that is looked at its
// hands and the catch-up at or before the playhead. Costs follow the number of CPUs, and of the records of that catch-up
// when it is another one.
#pragma once

#include "core/insight/catch_up_story.h"
#include "core/world/world.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace jiffy::ui
{

/// A catch-up as it is recorded, told once and kept while it is looked at.
struct NohzStory
{
    int cpu = 0;
    std::uint32_t index = 0;
    core::CatchUp account;
    core::CatchUpStory told;
    std::vector<core::CatchUpStory::Cascade> cascades; ///< all that are drawn, quiet ones too, by turn
    static constexpr std::size_t maxQuiet = 2'000;
};

struct NohzCpu
{
    QString caption;              ///< "keeps jiffies", "asleep", ...
    std::uint64_t interrupts = 0; ///< so far
    bool isAsleep = false;
    bool hasSlept = false;        ///< up to here, or sleeps
};

struct NohzScene
{
    core::InputsPtr inputs; ///< null: nothing is shown
    core::Geometry geometry;
    core::Position at;
    std::uint64_t tick = 0;     ///< periods since the start
    core::Jiffies jiffies = 0;
    core::Jiffies byClock = 0;  ///< what jiffies would be if somebody had counted
    std::vector<NohzCpu> cpus;

    int cpu = 0;                ///< looked at
    core::Jiffies position = 0; ///< its timer_jiffies; 6.1: clk of its std wheel
    core::Jiffies nextExpiry = 0; ///< 6.1
    std::uint64_t behind = 0;   ///< jiffies that its position lags
    std::optional<core::Sleep> sleep; ///< the one that it is in
    std::shared_ptr<const NohzStory> story; ///< the catch-up at or before the playhead; null: there is none
    std::uint64_t turnsDone = 0;      ///< of it
    bool isInside = false;            ///< the playhead stands within it

    bool isEmpty() const { return !inputs; }
    bool isStale() const { return byClock != jiffies; }
    bool isList() const { return geometry.is(core::TimerAlgorithm::SortedList); }
    bool isModern() const { return geometry.is(core::TimerAlgorithm::Wheel61); }
    QString nameOf(core::TimerId timer) const;
};

/// world: at that position. before: whose story is taken over if it is still the same.
NohzScene makeNohzScene(const core::World& world, const core::InputsPtr& inputs, core::Position at, const core::LogView& log, const core::SleepAccounts& accounts,
                        int cpu, const NohzScene& before);

} // namespace jiffy::ui
