// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs: the first layer of truth. What a model runs over: a machine, timers with what their callbacks do,
// and actions in time. A scenario file, a vector and a recorded trace all become Inputs. Plain values, no
// behaviour.
#pragma once

#include "core/base/ids.h"
#include "core/base/units.h"
#include "core/event/event.h"
#include "core/timers/algorithm.h"

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
    Daemon, ///< tgtd: its event loop, work scheduler and the virtual system calls (core/tgtd)
};

/// What a machine of CPUs has besides its wheels (core/kernel/kernel_machine.h).
struct KernelConfig
{
    bool isThere = false;       ///< not: ticks run the softirqs of all CPUs in order, and nothing takes time
    bool nohz = false;          ///< CONFIG_NO_HZ: a CPU with nothing to do stops its tick
    bool smp = true;            ///< CONFIG_SMP; not: del_timer_sync() is del_timer()
    std::uint64_t load = ~0ull; ///< mask: CPUs that have other work than the scenario's from the start on
    std::uint64_t skew = 0;     ///< ns: the tick of CPU c comes c times so much after that of CPU 0
    std::uint32_t slice = 0;    ///< ticks after which a process gives way to one that waits; 0: when it sleeps
    std::uint32_t processes = 0;
    std::uint32_t locks = 0;
    // ns that things take; 0: they take no time
    std::uint64_t callbackCost = 0; ///< each timer's function, besides what it does itself
    std::uint64_t moveCost = 0;     ///< each timer that a cascade moves, with the lock of the wheel held
    bool operator==(const KernelConfig&) const = default;
};

struct MachineConfig
{
    int cpus = 1; ///< 1..64
    Word word{32};
    TimerAlgorithm timers = TimerAlgorithm::Wheel39;
    bool small = false; ///< 3.9: CONFIG_BASE_SMALL: 64 + 4x16 slots instead of 256 + 4x64
    Hz hz{250};
    Jiffies jiffies = 0; ///< at the start
    bool settled = true; ///< positions start at jiffies + 1 (a scenario), not at jiffies (a vector)
    bool isDaemon = false; ///< tgtd's lists instead of wheels; hz is 1,000,000 and jiffies are us since the start
    bool mayFault = false; ///< tgtd: the inputs provoke the original's faults
    KernelConfig kernel;
    bool operator==(const MachineConfig&) const = default;
};

enum class WorkScheduler : std::uint8_t
{
    Old,     ///< before January 2011: counts idle timeouts
    New,     ///< the patch: gettimeofday() deadlines, ITIMER_REAL, SIGALRM, a pipe to itself
    TimerFd, ///< today's: a timerfd on the wall clock's half seconds. Modelled from reading, no vector proves it.
};

/// us that things take; all zero in the vectors' world.
struct DaemonCosts
{
    std::uint64_t syscall = 0; ///< each of epoll_wait()'s returns, gettimeofday(), read(), write(), sigaction(), setitimer()
    std::uint64_t pipe = 0;    ///< pipe()
    std::uint64_t close = 0;   ///< close()
    std::uint64_t signal = 0;  ///< the signal's handler, apart from its write()
    std::uint64_t flag = 0;    ///< from the test of timer_pending to its setting, outside the signal's handler
    std::uint64_t io = 0;      ///< each handler that the loop calls, apart from what it does
    std::uint64_t func = 0;    ///< each work func, apart from its steps
    bool operator==(const DaemonCosts&) const = default;
};

/// What the virtual system calls answer with an error.
struct DaemonFailures
{
    bool pipe = false;       ///< pipe(): EMFILE
    std::uint32_t write = 0; ///< the n-th write() of a notification: EIO; 0: none
    bool operator==(const DaemonFailures&) const = default;
};

/// A file that the loop watches, as views name it.
struct DaemonFile
{
    std::string name; ///< "iSCSI login"
    std::uint32_t fd = 0;
    bool operator==(const DaemonFile&) const = default;
};

struct DaemonConfig
{
    WorkScheduler scheduler = WorkScheduler::New;
    std::uint64_t interval = 250'000;       ///< us; New: of ITIMER_REAL; TimerFd: 500,000
    std::uint64_t epollTimeout = 2'000'000; ///< us; TimerFd: ~0, endless
    std::uint64_t tick = 2;                 ///< s; Old: TGTD_TICK_PERIOD
    std::uint64_t start = 0;                ///< us; the loop starts then
    std::uint64_t until = 0;                ///< us; the run ends then
    bool endsWhenDone = false;              ///< ... or earlier: no work is queued, and nothing more is to come
    std::uint32_t batch = 1024;             ///< most events of one epoll_wait()
    DaemonCosts costs;
    DaemonFailures fail;
    std::vector<DaemonFile> files;          ///< Action::target - 1 is an index
    std::uint32_t firstSource = 0;          ///< the item that stands for the first source of I/O
    std::vector<std::uint32_t> sources;     ///< for each source: index into Inputs::actions
    TimerId pipe;                           ///< the item that stands for the pipe's read end (the timerfd); Old does not use it
    bool operator==(const DaemonConfig&) const = default;
    bool isSource(TimerId item) const { return item.value >= firstSource && item.value - firstSource < sources.size(); }
    /// Wall clock, us since 1970, at the start of the run.
    static constexpr std::uint64_t wallAtStart = 1'294'588'940'000'000;
    /// Item::expires of what was added with 0 seconds.
    static constexpr std::uint64_t immediate = ~0ull;
    /// What pipe() gives out.
    static constexpr std::uint32_t firstPipeFd = 7;
};

/// Flags of a timer, as Defined carries them.
enum ItemFlags : std::uint8_t
{
    Deferrable = 1,
    IrqSafe = 2,
    Pinned = 4, ///< 6.1: TIMER_PINNED: stays with the CPU that files it
    Freed = 8,  ///< the memory that it stands in was given back (kfree())
};

/// One thing that a timer's callback does, in order.
struct CallbackStep
{
    enum class What : std::uint8_t
    {
        Rearm,
        Add,
        Del,
        TryDel,
        Burn, ///< takes `delta` us (tgtd) or ns (a machine of CPUs)
        // in a machine of CPUs:
        AddTimer,    ///< add_timer(.., jiffies + delta)
        AddOn,       ///< add_timer_on(.., target, jiffies + delta)
        ModPending,  ///< mod_timer_pending(.., jiffies + delta)
        ModPinned,   ///< mod_timer_pinned(.., jiffies + delta)
        Reduce,      ///< timer_reduce(.., jiffies + delta)
        DelSync,     ///< del_timer_sync()
        Free,        ///< kfree() of what the timer stands in
        Lock,        ///< spin_lock() of lock `target`
        Unlock,
        Msleep,      ///< msleep(delta ms): a process; elsewhere refused
        MsleepInterruptible,
        Wake,        ///< wake_up_process() of process `target`
        Signal,      ///< send_sig() to process `target`
    };
    What what = What::Rearm;
    TimerId other;           ///< on which timer
    std::int64_t delta = 0;  ///< Rearm, Add: mod_timer(.., jiffies + delta)
    std::uint64_t since = 0; ///< by hand: holds behind that many actions (a vector's `on` line may come late)
    std::uint32_t target = 0;///< CPU, lock or process
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

/// Code that is no timer's function: of a process, or of an interrupt of the scenario.
struct Program
{
    std::uint32_t name = 0;      ///< index into Inputs::names
    std::uint32_t firstStep = 0; ///< Inputs::steps[firstStep, firstStep + stepCount)
    std::uint32_t stepCount = 0;
    std::uint64_t repeats = 1;   ///< process: so often; ~0: for ever
    std::uint64_t tick = 0;      ///< process: when it begins
    std::uint32_t offset = 0;    ///< ... ns since the tick
    std::uint8_t cpu = 0;        ///< process
    TimerId timer;               ///< process: the timer on its stack that msleep() uses
    bool operator==(const Program&) const = default;
};

/// Who acts first, where several CPUs could.
struct Choice
{
    std::uint64_t tick = 0;   ///< instant
    std::uint32_t offset = 0; ///< ... ns since the tick
    std::uint64_t step = 0;   ///< in front of that step of the instant, from 0
    std::uint8_t cpu = 0;     ///< the CPU that acts
    bool operator==(const Choice&) const = default;
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
    TimerReduce, ///< timer_reduce() (6.1); on others what it would do with mod_timer()
    SetIdle, ///< expires != 0: idle
    NextInterrupt,
    // by hand only:
    Define,  ///< the timer comes to exist now (a vector's `timer`; elsewhere at its first use)
    Advance, ///< jiffies += expires
    Softirq,
    Tick, ///< expires times
    Dump,
    // tgtd: the source `source` becomes ready at `tick` us, and its handler then does:
    AddWork, ///< add_work(timer, expires seconds)
    DelWork,
    BurnTime, ///< expires us
    StepWall, ///< no source: the wall clock is stepped by expires us, two's complement
    SlowCall,   ///< a system call that blocks for expires us, or until a signal: EINTR
    EventSched, ///< tgt_event_sched() of an event that schedules itself anew expires times
    Shutdown,   ///< the loop is to end: work_timer_stop()
    // a machine of CPUs:
    DelTimerSync,
    FreeTimer,   ///< kfree()
    SpinLock,    ///< of lock `nanoseconds`
    SpinUnlock,
    Interrupt,   ///< an interrupt reaches the CPU; its program is number `nanoseconds` of Inputs::programs
    Burn,        ///< the CPU's code takes expires ns
    WakeProcess, ///< wake_up_process() of process `nanoseconds`
    SendSignal,
    StartProcess,///< made of the program of process `nanoseconds`: it begins
    // what a recording says happened on the real machine:
    MachineFired, ///< expires = jiffies the machine saw, nanoseconds = how long the handler ran (0: not
                  ///< known)
    MachineLost,
    MachineFiled, ///< right behind the call: nanoseconds = number of the bucket (idx), on the wheel of CPU `cpu`;
                  ///< target = 1: expires = when it is due (bucket_expiry)
};

struct Action
{
    std::uint64_t tick = 0;        ///< Driver::Kernel: after that many ticks since the start
    Jiffies expires = 0;           ///< absolute, reduced to the word; or as Call says
    std::uint32_t offset = 0;      ///< ns since the tick; 0 for "at jiffy J"
    std::uint32_t nanoseconds = 0; ///< MachineFired: how long; MachineFiled: idx; tgtd: number of the source, its item
    TimerId timer;
    Call call = Call::ModTimer;
    std::uint8_t cpu = 0;
    std::uint8_t target = 0; ///< AddTimerOn; tgtd: 1 + index into DaemonConfig::files, 0: a file of its own
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
        Late,      ///< tgtd: all runs of the work are `values` us (two's complement) after the seconds it was added with
    };
    What what = What::Total;
    std::vector<TimerId> timers; ///< one, but for Order
    std::vector<std::uint64_t> values;
    std::uint64_t tick = 0;   ///< since the start
    int level = -1;           ///< Slot: 0..4; -1: not pending
    std::uint32_t index = 0;  ///< Slot
    std::string name;         ///< Total
    std::string text;         ///< Total
    std::string algorithm;    ///< on which the run is to be checked; empty: the inputs' own
    int line = 0, column = 0; ///< where it stands in its file; 0: not known
    std::string sourceLine;
    bool operator==(const Expectation&) const = default;
};

class RecordedMachine;

struct Inputs
{
    std::string title;
    std::string watch; ///< one sentence: what to look at
    std::string file;  ///< where it came from, as the user named it
    PositionSpec opening;
    Driver driver = Driver::Kernel;
    MachineConfig machine;
    DaemonConfig daemon; ///< Driver::Daemon
    std::vector<std::string> names; ///< names[0] may be empty
    std::vector<TimerSpec> timers;
    std::vector<CallbackStep> steps;
    std::vector<Action> actions;      ///< in order of time
    std::vector<Program> programs;    ///< a machine of CPUs: first its processes, by number, then its interrupts
    std::vector<std::string> locks;   ///< names of its locks, by number
    std::vector<Choice> choices;      ///< in order of time
    std::uint64_t untilTicks = ~0ull; ///< Driver::Kernel: the run ends after that many ticks; ~0: after the
                                      ///< last pending timer, or defaultTicks
    std::uint64_t eventLimit = defaultEventLimit;
    std::vector<Expectation> expect;
    std::vector<std::string> compare; ///< names of the algorithms that this is meant to be seen on, side by side
    std::vector<std::string>
        remarks; ///< what the source could not tell, one sentence each (a trace's summary)
    std::shared_ptr<const RecordedMachine> recorded; ///< a trace: what its CPUs did besides; null: nothing was recorded of that

    static constexpr std::uint64_t defaultTicks = 1'000'000;
    static constexpr std::uint64_t defaultEventLimit = 50'000'000;

    std::string timerName(TimerId id) const;
    bool operator==(const Inputs&) const = default;
};

using InputsPtr = std::shared_ptr<const Inputs>;

} // namespace jiffy::core
