// SPDX-License-Identifier: GPL-3.0-or-later
// Where a machine of CPUs stands apart from its world: plain data, so that a run can be resumed and forked from it. What
// a CPU executes is a stack of frames; each process keeps the frame of its own code while it does not run.
#pragma once

#include "core/base/ids.h"

#include <array>
#include <cstdint>
#include <vector>

namespace jiffy::core
{

/// A function under way: which, and how far it has come. It goes on from there.
struct KernelFrame
{
    enum class Code : std::uint8_t
    {
        Tick,     ///< the tick interrupt
        Device,   ///< an interrupt of the scenario
        Ipi,
        Softirq,  ///< run_timer_softirq()
        Callback, ///< a timer's function
        Call,     ///< an action, called by some task
        Program,  ///< a process's own code
    };
    /// What of its present step is done.
    enum class Stage : std::uint8_t
    {
        Begin,
        Delay,   ///< time passes until `until`
        Turn,    ///< softirq: looks for the next turn
        Fire,    ///< softirq: calls what the turn has taken
        Unlock,  ///< softirq: cascades have taken their time
        Try,     ///< del_timer_sync(): tries
        Relax,   ///< del_timer_sync(): spins
        Sleep,   ///< msleep(): sets the state
        Arm,     ///< ... files its timer
        Leave,   ///< ... gives the CPU away
        Awake,   ///< ... has it again: del_singleshot_timer_sync()
        AwakeRelax,
        End,     ///< returns
    };
    Code code = Code::Call;
    Stage stage = Stage::Begin;
    std::uint8_t wheel = 0;      ///< softirq, 6.1: 0 std, 1 def
    bool isReported = false;     ///< callback: its use after free has been noted
    bool isCharged = false;      ///< callback: the time that every callback takes is over
    std::uint32_t step = 0;      ///< of its program: the next, or the one under way
    TimerId item;                ///< callback: the timer
    std::uint64_t value = 0;     ///< Device, Program: number of the program; Call: index into Inputs::actions
    std::uint64_t until = 0;     ///< Delay: ns; Arm..Awake: jiffies of the timeout
    std::uint64_t since = 0;     ///< ns; when it began
    std::uint64_t count = 0;     ///< softirq: calls so far; msleep(): jiffies still to sleep
    std::uint64_t rounds = 0;    ///< Program: done
    std::uint32_t roundsNow = 0; ///< Program: ... without any time between
    bool operator==(const KernelFrame&) const = default;
};

/// What one CPU does.
struct KernelCpuMachine
{
    std::array<KernelFrame, 4> interrupts{}; ///< softirq, callback, hard interrupt: the last one runs
    std::uint32_t depth = 0;
    KernelFrame call;
    bool isCalling = false;
    std::uint32_t lostTicks = 0; ///< ticks that have come while one was due already, with interrupts off
    bool isTickDue = false;      ///< its tick has come and has not been handled
    bool isDutyDone = false;     ///< ... but the duty to count jiffies has been done for it
    bool isIpiDue = false;
    bool hasLookedIdle = false;  ///< nothing has happened since it looked whether it may sleep
    std::uint64_t nextTick = 1;  ///< period of its next tick; of a stopped one: for which it is woken; ~0: for none
    std::uint64_t sliceUntil = ~0ull; ///< period at whose begin the process that runs gives way
    bool operator==(const KernelCpuMachine&) const = default;
};

struct KernelMachineState
{
    std::vector<KernelCpuMachine> cpus;
    std::vector<KernelFrame> processes;
    std::vector<std::uint64_t> waiting; ///< actions whose CPU could not take them up while later ones of others were, in order
    std::uint64_t fresh = 0;            ///< actions from here to MachineState::action have come and not been taken up, too
    std::uint64_t jiffiesTick = 0;      ///< period that jiffies are the number of
    std::uint64_t stepsNow = 0;         ///< steps done at this instant
    std::uint64_t choice = 0;           ///< next of Inputs::choices
    std::uint64_t deadlocked = 0;       ///< mask of the CPUs of which it has been said that they wait for ever
    int last = 0;                       ///< CPU that acted last
    bool isEnded = false;
    bool operator==(const KernelMachineState&) const = default;
};

} // namespace jiffy::core
