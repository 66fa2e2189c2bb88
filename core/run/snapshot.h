// SPDX-License-Identifier: GPL-3.0-or-later
// What crosses threads: a prefix of the log, the run still open behind it, hidden checkpoints, and how it stands.
// Copying a snapshot costs a few reference counts.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"
#include "core/world/world.h"

#include <memory>
#include <string>
#include <vector>

namespace jiffy::core
{

/// Where a model stands apart from its world: plain data, so that a run can be resumed and forked from it.
struct MachineState
{
    std::uint64_t action = 0;      ///< next of Inputs::actions
    std::uint64_t repeats = 0;     ///< by hand: ticks still to do of the present Tick action
    std::uint64_t tickInFlight = 0;///< 1: the clock has moved and CPUs from `cpu` on have not been handled
    int cpu = 0;                   ///< CPU whose softirq runs, or is next
    enum class Phase : std::uint8_t { Inputs, Turn, Fire, Callback, Ended } phase = Phase::Inputs;
    std::uint32_t step = 0;        ///< Callback: next step of the running timer
    bool lone = false;             ///< by hand: a single softirq, not part of a tick
    bool operator==(const MachineState&) const = default;
};

/// State at one event index: world and machine.
struct Checkpoint
{
    std::uint64_t event = 0;
    OpenRun open;          ///< the run that was open then, already applied to the world
    World world;
    MachineState machine;
};

using CheckpointTable = std::vector<std::shared_ptr<const Checkpoint>>;

/// What the self-check found; see world/rules.h.
struct SelfCheck
{
    int broken = 0;           ///< number of the first broken rule; 0: all hold
    std::uint64_t event = 0;  ///< the record that broke it
    bool operator==(const SelfCheck&) const = default;
};

enum class RunStatus : std::uint8_t { Running, Ended, Limit };

struct Snapshot
{
    LogView log;
    OpenRun open;                 ///< behind the last record; not in the log
    std::uint64_t endTicks = 0;   ///< ticks since the start at the end, the open run included
    RunStatus status = RunStatus::Running;
    SelfCheck check;
    std::shared_ptr<const CheckpointTable> checkpoints; ///< ascending by event; the first is the start
};

} // namespace jiffy::core
