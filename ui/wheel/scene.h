// SPDX-License-Identifier: GPL-3.0-or-later
// What the wheel view knows of the world it was last shown: counts of every slot of one CPU, the first timers
// of each, the hands, a glance at the other CPUs. A value, so the view may repaint at any time without the
// world. Costs follow the number of slots, never the number of timers.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/wheel/effects.h"
#include "ui/wheel/fan.h"

#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace jiffy::ui
{

struct SceneTimer
{
    core::TimerId id;
    bool isDeferrable = false;
    bool isNamed = false; ///< has a name of its own, is not one of a population
    bool operator==(const SceneTimer&) const = default;
};

struct SceneSlot
{
    static constexpr std::size_t shown = 8;

    std::uint32_t count = 0;
    std::uint32_t known = 0; ///< entries of `first`
    core::Jiffies due = 0;   ///< 6.1: when all of it is called; of an occupied slot
    std::array<SceneTimer, shown> first{};
    bool operator==(const SceneSlot&) const = default;
};

/// A CPU at 66 pixels: tv1 in 64 groups, tv2.
struct Glance
{
    std::array<std::uint32_t, 64> outer{}, inner{};
    std::uint64_t pending = 0;
    double outerHand = 0, innerHand = 0; ///< degrees
    bool isFiring = false;
    bool isIdle = false;

    static std::uint32_t groups(const core::Level& level)
    {
        return level.slots < 64 ? static_cast<std::uint32_t>(level.slots) : 64;
    }
};

struct Elsewhere
{
    core::TimerId timer;
    int cpu = 0;
    bool operator==(const Elsewhere&) const = default;
};

struct Scene
{
    core::Geometry geometry;
    core::Hz hz;
    core::Clock clock;
    int cpu = 0;
    int wheel = 0; ///< 6.1: 0 std, 1 def, the one for deferrable timers
    core::InputsPtr inputs;
    std::vector<SceneSlot> slots; ///< of that CPU's wheel, as the geometry numbers them
    std::uint64_t pending = 0;    ///< on all wheels of the CPU
    std::uint64_t deferrables = 0;
    std::uint64_t fullest = 0;
    core::Jiffies clk = 0;      ///< where the clock of the wheel stands; while a turn is served, past its position
    core::Jiffies position = 0; ///< what the hands point at: the turn being served, or timer_jiffies
    core::Jiffies filing = 0;   ///< timer_jiffies (6.1: clk, brought forward): what a timer armed now would be filed by
    std::uint64_t lag = 0;      ///< jiffies that the hands are behind the clock: the CPU sleeps, or catches up
    core::TimerId running;
    QString work; ///< what its function does, in words; of `running` only
    bool isDeferrableRunning = false;
    std::optional<core::Place> runningFrom;  ///< 6.1: the bucket that `running` stood in
    std::optional<core::Jiffies> nextDue;    ///< 6.1: of the wheel shown
    std::vector<Fan> fans;                   ///< 6.1: of the buckets that are being called, and of the next
    std::vector<Elsewhere> elsewhere; ///< pending here, its function still running on another CPU
    std::vector<Glance> cpus; ///< counts of all only while there are at most glanceLimit CPUs
    StepEffects effects;

    static constexpr int glanceLimit = 24;

    bool isEmpty() const { return slots.empty(); } ///< nothing was shown yet
    const SceneSlot& slot(int level, std::uint32_t index) const
    {
        return slots[geometry.level[static_cast<std::size_t>(level)].first + index];
    }
    /// Whether a slot is one of those in sight.
    bool isShown(const core::Place& p) const { return p.cpu == cpu && p.level >= 0 && p.wheel == wheel; }
    bool isHere(core::SlotId s) const { return geometry.place(s).cpu == cpu && geometry.place(s).wheel == wheel; }
    /// Timers of the wheel that is shown: of std, or of def; of the others all of the CPU's.
    std::uint64_t pendingShown() const
    {
        if (geometry.wheels < 2) return pending;
        return wheel == 0 ? pending - deferrables : deferrables;
    }
    /// One more than the highest level that holds something, and at least five: higher ones are drawn narrow.
    int openLevels() const;
    bool isModern() const { return geometry.is(core::TimerAlgorithm::Wheel61); }
    QString nameOf(core::TimerId id) const;
};

/// REQUIRES: cpu is one of the world's, wheel one of the geometry's. On a sorted list the scene stays empty.
Scene makeScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu, int wheel = 0);

} // namespace jiffy::ui
