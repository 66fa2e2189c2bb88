// SPDX-License-Identifier: GPL-3.0-or-later
// What the wheel view knows of the world it was last shown: counts of every slot of one CPU, the first timers
// of each, the hands, a glance at the other CPUs. A value, so the view may repaint at any time without the
// world. Costs follow the number of slots, never the number of timers.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/wheel/effects.h"

#include <QString>

#include <array>
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
    core::InputsPtr inputs;
    std::vector<SceneSlot> slots; ///< of that CPU, as the geometry numbers them
    std::uint64_t pending = 0;
    std::uint64_t fullest = 0;
    core::Jiffies position = 0; ///< what the hands point at: the turn being served, or timer_jiffies
    core::Jiffies filing = 0;   ///< timer_jiffies: what a timer armed now would be filed by
    std::uint64_t lag = 0;      ///< jiffies that the hands are behind the clock: the CPU sleeps, or catches up
    core::TimerId running;
    QString work; ///< what its function does, in words; of `running` only
    bool isDeferrableRunning = false;
    std::vector<Elsewhere> elsewhere; ///< pending here, its function still running on another CPU
    std::vector<Glance> cpus; ///< counts of all only while there are at most glanceLimit CPUs
    StepEffects effects;

    static constexpr int glanceLimit = 24;

    bool isEmpty() const { return slots.empty(); } ///< nothing was shown yet
    const SceneSlot& slot(int level, std::uint32_t index) const
    {
        return slots[geometry.level[static_cast<std::size_t>(level)].first + index];
    }
    bool isHere(core::SlotId s) const { return geometry.place(s).cpu == cpu; }
    QString nameOf(core::TimerId id) const;
};

/// REQUIRES: cpu is one of the world's.
Scene makeScene(const core::World& world, const core::InputsPtr& inputs, const StepEffects& effects, int cpu);

} // namespace jiffy::ui
