// SPDX-License-Identifier: GPL-3.0-or-later
// What crosses threads: a prefix of the log, the run still open behind it, hidden checkpoints, and how it stands.
// Copying a snapshot costs a few reference counts.
#pragma once

#include "core/event/log.h"
#include "core/kernel/kernel_frames.h"
#include "core/scenario/inputs.h"
#include "core/world/world.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace jiffy::core
{

/// An activity of tgtd's one thread: a function, and how far it has come.
struct DaemonFrame
{
    enum class Code : std::uint8_t { Main, Start, Stop, Handler, AddWork, Notify, Pass, Func, Signal };
    Code code = Code::Main;
    std::uint8_t at = 0;         ///< the next of its parts
    bool isInterruptible = false;///< a signal ends the time that it takes
    bool wasInterrupted = false;
    std::uint32_t step = 0;      ///< Func: next of the item's steps
    TimerId item;                ///< Handler: source; AddWork, Func: the item
    std::uint64_t value = 0;     ///< AddWork: seconds; Pass: the clock that it read; Start: errno
    std::uint64_t until = 0;     ///< us; it goes on then
    bool operator==(const DaemonFrame&) const = default;
};

/// Where tgtd's one thread stands, and the world of clocks round it (core/tgtd/daemon.h).
struct DaemonMachineState
{
    std::array<DaemonFrame, 8> frame{}; ///< outermost first
    std::uint32_t depth = 0;
    bool isEnded = false;
    std::uint64_t waitUntil = 0;        ///< us; of the epoll_wait() under way
    std::uint64_t nextAlarm = ~0ull;    ///< us; of the interval timer
    std::uint64_t nextExpiry = ~0ull;   ///< us of the wall clock; of the timerfd
    std::uint64_t action = 0;           ///< next of Inputs::actions
    std::uint64_t arrived = 0;          ///< actions before this one are due; from `action` on they have not been carried out
    std::uint64_t funcsNow = 0;         ///< funcs called since time last passed
    std::uint32_t writes = 0;           ///< notifications tried
    bool operator==(const DaemonMachineState&) const = default;
};

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
    int wheel = 0;                 ///< 6.1: the wheel whose turn it is in the softirq: 0 std, 1 def
    std::uint64_t firedNow = 0;    ///< sorted list: timers called in this softirq
    DaemonMachineState daemon;     ///< Driver::Daemon
    KernelMachineState kernel;     ///< Driver::Kernel on a machine of CPUs
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
