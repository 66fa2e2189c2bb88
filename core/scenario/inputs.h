// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs: the first layer of truth. What a model runs over: a machine, timers with what their callbacks do,
// and actions in time. A scenario file, a vector and a recorded trace all become Inputs. Plain values, no
// behaviour.
#pragma once

#include "core/base/ids.h"
#include "core/base/units.h"
#include "core/event/event.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace jiffy::core
{

/// What surrounds the wheel.
enum class Driver : std::uint8_t
{
    Kernel, ///< ticks come by themselves; actions wait for their tick (kernel/kernel_machine)
    ByHand, ///< nothing happens but what the actions say: a vector (FORMAT.md of the .ops files)
};

struct MachineConfig
{
    int cpus = 1; ///< 1..64
    Word word{32};
    bool small = false; ///< CONFIG_BASE_SMALL: 64 + 4x16 slots instead of 256 + 4x64
    Hz hz{250};
    Jiffies jiffies = 0; ///< at the start
    bool settled = true; ///< positions start at jiffies + 1 (a scenario), not at jiffies (a vector)
    bool operator==(const MachineConfig&) const = default;
};

/// Flags of a timer, as Defined carries them.
enum ItemFlags : std::uint8_t
{
    Deferrable = 1,
    IrqSafe = 2
};

/// One thing that a timer's callback does, in order.
struct CallbackStep
{
    enum class What : std::uint8_t
    {
        Rearm,
        Add,
        Del,
        TryDel
    };
    What what = What::Rearm;
    TimerId other;           ///< Add, Del, TryDel: on which timer
    std::int64_t delta = 0;  ///< Rearm, Add: mod_timer(.., jiffies + delta)
    std::uint64_t since = 0; ///< by hand: holds behind that many actions (a vector's `on` line may come late)
    bool operator==(const CallbackStep&) const = default;
};

struct TimerSpec
{
    std::uint32_t name = 0;      ///< index into Inputs::names
    std::uint32_t number = 0;    ///< 0: the name alone; else one of a population, "name.number"
    std::int32_t slack = -1;     ///< jiffies; -1 automatic
    std::uint8_t flags = 0;      ///< ItemFlags
    std::uint32_t firstStep = 0; ///< its callback: Inputs::steps[firstStep, firstStep + stepCount)
    std::uint32_t stepCount = 0;
    bool operator==(const TimerSpec&) const = default;
};

enum class Call : std::uint8_t
{
    AddTimer,
    AddTimerOn,
    ModTimer,
    ModTimerPending,
    ModTimerPinned,
    DelTimer,
    TryToDelTimerSync,
    SetIdle, ///< expires != 0: idle
    NextInterrupt,
    // by hand only:
    Define,  ///< the timer comes to exist now (a vector's `timer`; elsewhere at its first use)
    Advance, ///< jiffies += expires
    Softirq,
    Tick, ///< expires times
    Dump,
    // what a recording says happened on the real machine:
    MachineFired, ///< expires = jiffies the machine saw, nanoseconds = how long the handler ran (0: not
                  ///< known)
    MachineLost,
};

struct Action
{
    std::uint64_t tick = 0;        ///< Driver::Kernel: after that many ticks since the start
    Jiffies expires = 0;           ///< absolute, reduced to the word; or as Call says
    std::uint32_t offset = 0;      ///< ns since the tick; 0 for "at jiffy J"
    std::uint32_t nanoseconds = 0; ///< MachineFired
    TimerId timer;
    Call call = Call::ModTimer;
    std::uint8_t cpu = 0;
    std::uint8_t target = 0; ///< AddTimerOn
    bool operator==(const Action&) const = default;
};
static_assert(sizeof(Action) == 32);

/// A place in a run as users write it: `start`, `end`, `event=N`, `jiffies=N`, `time=1.250s`.
struct PositionSpec
{
    enum class Kind : std::uint8_t
    {
        Start,
        End,
        Event,
        AtJiffies,
        Time
    };
    Kind kind = Kind::Start;
    std::uint64_t value = 0; ///< event index, jiffies, or ns
    bool operator==(const PositionSpec&) const = default;
};

/// An assertion about a run, so that a scenario is a test (core/scenario/expect.h checks it).
struct Expectation
{
    enum class What : std::uint8_t
    {
        FiresAt,   ///< all calls of the timer happen at jiffies `values`, in this order
        FireCount, ///< the timer is called values[0] times
        Slot,      ///< at the end of tick `tick` the timer stands in `level`, `index`
        Expires,   ///< at the end of tick `tick` its effective expiry is values[0]
        Moves,     ///< cascades moved it values[0] times
        MovedAt,   ///< cascades moved it at jiffies `values`
        Returns,   ///< the calls on it returned `values` (-1 as two's complement)
        Position,  ///< when its calls start, timer_jiffies of its CPU is `values`
        Order,     ///< `timers` are first called in this order
        Total,     ///< the line `name` of the summary says `text`
        TickMoves, ///< cascades move values[0] timers in tick `tick`
        TickFires, ///< values[0] timers are called in tick `tick`
    };
    What what = What::Total;
    std::vector<TimerId> timers; ///< one, but for Order
    std::vector<std::uint64_t> values;
    std::uint64_t tick = 0;   ///< since the start
    int level = -1;           ///< Slot: 0..4; -1: not pending
    std::uint32_t index = 0;  ///< Slot
    std::string name;         ///< Total
    std::string text;         ///< Total
    int line = 0, column = 0; ///< where it stands in its file; 0: not known
    std::string sourceLine;
    bool operator==(const Expectation&) const = default;
};

struct Inputs
{
    std::string title;
    std::string watch; ///< one sentence: what to look at
    std::string file;  ///< where it came from, as the user named it
    PositionSpec opening;
    Driver driver = Driver::Kernel;
    MachineConfig machine;
    std::vector<std::string> names; ///< names[0] may be empty
    std::vector<TimerSpec> timers;
    std::vector<CallbackStep> steps;
    std::vector<Action> actions;      ///< in order of time
    std::uint64_t untilTicks = ~0ull; ///< Driver::Kernel: the run ends after that many ticks; ~0: after the
                                      ///< last pending timer, or defaultTicks
    std::uint64_t eventLimit = defaultEventLimit;
    std::vector<Expectation> expect;
    std::vector<std::string>
        remarks; ///< what the source could not tell, one sentence each (a trace's summary)

    static constexpr std::uint64_t defaultTicks = 1'000'000;
    static constexpr std::uint64_t defaultEventLimit = 50'000'000;

    std::string timerName(TimerId id) const;
    bool operator==(const Inputs&) const = default;
};

using InputsPtr = std::shared_ptr<const Inputs>;

} // namespace jiffy::core
