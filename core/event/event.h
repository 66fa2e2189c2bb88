// SPDX-License-Identifier: GPL-3.0-or-later
// The vocabulary: everything that any model can say happened. Know this file by heart.
//
// A Record is one fact. It has no time: the clock is a register of the world that ClockSet and Passed move. It
// carries what it overwrites, so that World::unapply needs nothing else. (kind, site) says what happened and which
// function of the original did it; sentences and pseudocode lines are keyed by that pair.
//
// Fields by kind (unused ones are 0 or none; "s" = slot, "l" = link, "v" = value, "b" = before):
//
//   Passed     v count of ticks or turns, b CPU mask; site Tick: jiffies and the masked positions advance by v;
//              site RunTimers: only the masked positions (turns of the loop that found nothing)
//              site Asleep: v ticks of time in which no CPU ticks and jiffies stand still, b 0
//   ClockSet   v new jiffies, b old; ticks() since the last value (site Tick or Advance).
//              site SubTick: v new offset within the tick in ns, b old
//              site TimePasses: v new time in ns since the start, b old; jiffies stand
//   Entered    a function began: softirq (site RunTimerSoftirq), or a call that changed nothing (item, v argument)
//   Left       it ended: site RunTimerSoftirq; site Callback: item = the timer whose function returned
//   Raised     an arrow between lanes: wake-up of the CPU in l (3.9: site AddTimerOn; 6.1: any that files; site
//              TryToWakeUp: a process became runnable there); site RunLocalTimers: TIMER_SOFTIRQ of the CPU itself
//   Chosen     the CPU that acts first, of those in the mask v; b the one that would have
//   Defined    item came to exist: l slack as int32, s number in Inputs, v ItemFlags
//   ItemSet    (6.1) item stays in s with another expiry: v expires, b the expires it had, l its filedAt before
//   Queued     item filed in s (3.9 at the tail, 6.1 at the head): v expires, b the expires it had;
//              l = queuedLink(old CPU, slack added). Sorted lists: l the item in front of which it goes (or none)
//   Unqueued   item taken off s: l the item behind it (or none), v filedAt, b expires
//   Moved      cascade put the head of the CPU's cascade list at the tail of s: l source slot, v filedAt, b expires
//   Spliced    the whole list of s was taken: site Cascade into the cascade list, site RunTimers into the run list
//              (6.1: that of the slot's level); l number of items in it
//   Fired      head of the CPU's run list taken for its call: s the slot it ran from (3.9: of tv1; 6.1: the highest
//              level that has items runs first; else the sorted list), v filedAt, b expires
//   RegisterSet register s of CPU `cpu` (whose register it is, not who executes): v new, b old;
//              NextExpiry, DefNextExpiry: l = expiryLink(flags now, flags before); ForwardTimerBase: item, l = call, CPU;
//              TaskState, RunQueuePlace, SignalPending: l the process; LockOwner: l the lock; Freed: item
//   Counted    an account: item, v so many (sorted list: comparisons of expiries to find its place), l Site of the call
//   Refused    a call that the original answers with BUG_ON: item, v the expiry asked for
//   Noted      words: site says which (Limit, Dump, NextInterrupt, MachineFired, ...); item, v, b as the site says
#pragma once

#include "core/base/ids.h"
#include "core/base/units.h"

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace jiffy::core
{

enum class Kind : std::uint8_t {
    Passed,
    ClockSet,
    Entered,
    Left,
    Raised,
    Chosen,
    Defined,
    ItemSet,
    Queued,
    Unqueued,
    Moved,
    Spliced,
    Fired,
    NodeSet,
    RegisterSet,
    Counted,
    Refused,
    Noted,
};
constexpr int kindCount = 18;

/// The place in the modelled program that emitted a record.
enum class Site : std::uint8_t {
    None,
    Start,             ///< before the first input
    Tick,              ///< the timer interrupt: do_timer() and, on each CPU, run_local_timers()
    SubTick,           ///< time passed within a tick
    Advance,           ///< jiffies moved by hand, nothing ran
    RunTimerSoftirq,   ///< run_timer_softirq()
    RunTimers,         ///< a turn of the loop in __run_timers()
    Cascade,           ///< cascade()
    Callback,          ///< the timer's function
    AddTimer,          ///< add_timer()
    AddTimerOn,        ///< add_timer_on()
    ModTimer,          ///< mod_timer()
    ModTimerPending,   ///< mod_timer_pending()
    ModTimerPinned,    ///< mod_timer_pinned()
    DelTimer,          ///< del_timer()
    TryToDelTimerSync, ///< try_to_del_timer_sync()
    NextInterrupt,     ///< get_next_timer_interrupt(): Noted v = the answer
    SetIdle,           ///< the CPU became idle or busy
    Dump,              ///< Noted: the input asked for a dump of all wheels
    SlackAsked,        ///< Noted: v the expiry asked for, where slack moved it further than a Queued can say
    Limit,             ///< Noted: the run ended at its event limit v
    MachineFired,      ///< Noted: the recorded machine ran item here; v jiffies it saw, b duration in ns (or ~0)
    MachineLost,       ///< Noted: the recording lost events here
    TimerReduce,       ///< timer_reduce() (6.1)
    ForwardTimerBase,  ///< forward_timer_base() (6.1): the clock of a wheel is brought forward
    CollectExpired,    ///< collect_expired_timers() (6.1): the clock jumps to next_expiry
    SearchNextExpiry,  ///< __next_timer_interrupt() (6.1)
    ClearIdle,         ///< timer_clear_idle() (6.1)
    Insert,            ///< the search for a place in a sorted list: Counted
    MachineFiled,      ///< Noted: the recorded machine filed item in bucket number b (of CPU `cpu`), due at v if l is 1
    // the machine of CPUs (core/kernel/kernel_machine.h); l of a record in a process's own code is 1 + the process:
    TimePasses,          ///< ClockSet: time goes on, jiffies stand
    Asleep,              ///< Passed: no CPU ticks
    UpdateJiffies,       ///< tick_do_update_jiffies64(): ClockSet: jiffies catch up with the time
    TickInterrupt,       ///< tick_sched_timer(): a CPU's tick; Entered v 1: it woke the CPU, b ticks that it stands for, too: interrupts were off
    RunLocalTimers,      ///< run_local_timers(): Raised
    DeviceInterrupt,     ///< do_IRQ(): an interrupt of the scenario; Entered v its program
    Ipi,                 ///< scheduler_ipi(): another CPU asks this one to look again
    StopTick,            ///< tick_nohz_stop_sched_tick(): RegisterSet TickStopped, SleepUntil
    RestartTick,         ///< tick_nohz_restart_sched_tick()
    Duty,                ///< tick_do_timer_cpu changes hands
    Mdelay,              ///< mdelay(): Entered v ns that code takes; Left
    DelTimerSync,        ///< del_timer_sync(): Entered item; Left item, returned; Noted: called in a hard interrupt
    CpuRelax,            ///< cpu_relax(): RegisterSet Spinning: a CPU begins to spin for a timer or a lock, and ends
    SpinLock,            ///< spin_lock() of a lock of the scenario
    SpinUnlock,          ///< spin_unlock(); Noted: lock l is held by another CPU, v - 1, or by none, v 0
    FreeTimer,           ///< kfree() of what the timer stands in: RegisterSet Freed
    UseAfterFree,        ///< Noted: item was freed, and v 0: its function runs; 1: it is still armed; 2: it is called for
    Deadlock,            ///< Noted: the CPUs in the mask v wait for each other for ever; item: the timer waited for
    Choice,              ///< Chosen; Noted: the chosen CPU in v cannot act here
    Msleep,              ///< msleep(): Entered v ms; Left v 0; Refused: called where nobody may sleep
    MsleepInterruptible, ///< msleep_interruptible(): Left v ms that were left
    ScheduleTimeout,     ///< schedule_timeout(): Entered v jiffies; Left v jiffies that were left; files the timer
    SetCurrentState,     ///< set_current_state()
    Reschedule,          ///< __schedule(): a CPU takes up another process
    TryToWakeUp,         ///< wake_up_process()
    SendSignal,          ///< send_sig(); Noted: process l - 1 is not there (any more, or yet): its state in v
    GetSignal,           ///< get_signal_to_deliver(): on the way back to user mode: RegisterSet SignalPending 0
    DoExit,              ///< do_exit(): a process ends
    NewTask,             ///< wake_up_new_task(): a process begins
    // tgtd's event loop and work scheduler (core/tgtd):
    EpollWait,           ///< event_loop() in epoll_wait(): Entered v timeout in us; Spliced the ready list is returned;
                         ///< Left v number of sources, 0 timeout, ~0 EINTR
    IoReady,             ///< Queued: a source became ready
    IoHandler,           ///< the handler that the loop calls for a returned source
    Alarm,               ///< Raised: SIGALRM is delivered
    WorkTimerSigHandler, ///< work_timer_sig_handler()
    WorkTimerScheduleEvt,///< work_timer_schedule_evt(): the flag and the write; Noted: the flag was set already;
                         ///< Entered, Left: where time passes between the test of the flag and its setting
    WorkTimerEvtHandler, ///< work_timer_evt_handler(): the read
    AddWork,             ///< add_work(): Entered v seconds; Queued v deadline; Left
    DelWork,             ///< del_work()
    ExecuteWork,         ///< execute_work(): a pass over both lists
    Schedule,            ///< schedule() of the old scheduler: Entered v its jiffies
    Burn,                ///< time that a function takes
    Wait,                ///< time that passes in epoll_wait()
    WallStep,            ///< the wall clock is stepped
    WorkTimerStart,      ///< work_timer_start(): Left v errno, 0 when it succeeded
    WorkTimerStop,       ///< work_timer_stop()
    Sigaction,           ///< this and the next five: system calls of the two; Noted: it failed, v errno, b fd
    Setitimer,
    Pipe,
    EventAdd,            ///< tgt_event_add() of the pipe's read end
    EventDel,            ///< tgt_event_del(); Noted: there is no event with fd b
    Close,
    EventSched,          ///< tgt_event_sched(): an event that goes on for v passes of the loop
    ExecScheduled,       ///< tgt_exec_scheduled()
    Write,               ///< write() of the notification: Noted: it failed (v errno) or went to another file; b fd
    SlowCall,            ///< a system call that blocks: Entered v us; Left v 0 done, ~0 EINTR
    TimerFd,             ///< today's scheme: the timerfd expired; its handler
    Shutdown,            ///< the loop is asked to end
    Spin,                ///< Noted: funcs run without an end at one instant; item the last of them, v their number
    Measured,            ///< live: Noted: v what was measured, b which measure (core/tgtd/live_log.h)
};
constexpr int siteCount = 89;

/// What a call returned; Nothing for functions that return nothing.
enum class Returned : std::uint8_t { Nothing, Zero, One, MinusOne };

enum class Register : std::uint8_t {
    TimerJiffies,
    NextTimer,
    Idle,
    WallStep,     ///< sum of the steps of the wall clock, us, two's complement
    TimerPending, ///< timer_pending: the pipe has been written and not yet read
    PipeBytes,    ///< bytes in the pipe
    WorkJiffies,  ///< the old scheduler's jiffies
    AlarmSince,   ///< us since when the interval timer runs; ~0: it is not armed
    AlarmBlocked, ///< an alarm waits until the signal's handler has returned
    ReadFd,       ///< timer_fd[0]
    WriteFd,      ///< timer_fd[1]
    PipeEnds,     ///< bit 0: the read end is open, bit 1: the write end
    PipePolled,   ///< epoll watches the read end (the timerfd)
    TimerStarted, ///< timer_started
    SchedLeft,    ///< times that scheduled events will still be executed
    SystemActive, ///< the loop goes on
    Expirations,  ///< of the timerfd, not read yet
    TimerNow,     ///< us; what today's scheduler takes for the time
    Clk,           ///< 6.1: clk of the std wheel
    NextExpiry,    ///< 6.1: next_expiry of the std wheel
    DefClk,        ///< 6.1: of the wheel for deferrable timers
    DefNextExpiry,
    IsIdle,        ///< 6.1: is_idle of the std wheel
    TickStopped,    ///< the machine of CPUs: the CPU's tick is stopped
    SleepUntil,     ///< jiffies for which a CPU with a stopped tick is woken; ~0: for none
    DutyCpu,        ///< tick_do_timer_cpu: the CPU that counts jiffies; ~0: none
    HasLoad,        ///< the CPU has other work than the scenario's
    CurrentTask,    ///< 1 + the process that the CPU executes; 0: none
    TaskState,      ///< of a process: TaskState
    RunQueuePlace,  ///< of a process: its place in the CPU's run queue; ~0: not in it
    SignalPending,  ///< of a process
    LockOwner,      ///< of a lock: 1 + CPU; 0: free
    Spinning,       ///< what the CPU spins for: spinWord(); 0: nothing
    Freed,          ///< of a timer: its memory was given back
    BaseLock,       ///< of the CPU's wheel: 1 + the CPU that holds its lock; 0: free
};
constexpr int registerCount = 35;
constexpr bool isOfKernel(Register r) { return r >= Register::TickStopped; }
constexpr bool isOfKernel(Site s) { return s >= Site::TimePasses && s < Site::EpollWait; }
constexpr bool isOfDaemon(Site s) { return s >= Site::EpollWait; }

/// What a process is doing; as in include/linux/sched.h.
enum class TaskState : std::uint8_t
{
    Running,         ///< runs, or is ready to
    Interruptible,   ///< sleeps; a signal ends it
    Uninterruptible, ///< sleeps
    Dead,            ///< has ended
    New,             ///< has not begun
};

/// What a CPU spins for.
enum class SpinFor : std::uint8_t
{
    Nothing,
    Timer,    ///< until the timer's function has returned (del_timer_sync())
    Lock,     ///< a lock of the scenario
    BaseLock, ///< the lock of a CPU's wheel
};
constexpr std::uint64_t spinWord(SpinFor what, std::uint32_t id) { return static_cast<std::uint64_t>(what) << 32 | id; }
constexpr SpinFor spinsFor(std::uint64_t word) { return static_cast<SpinFor>(word >> 32); }
constexpr std::uint32_t spinId(std::uint64_t word) { return static_cast<std::uint32_t>(word); }

struct Record
{
    std::uint64_t value = 0;
    std::uint64_t before = 0;
    TimerId item;
    std::uint32_t slot = ~0u;
    std::uint32_t link = 0;
    Kind kind = Kind::Noted;
    Site site = Site::None;
    std::uint8_t cpu = 0;   ///< the executing CPU
    std::uint8_t flags = 0; ///< bit 7: more records of this operation follow; bits 0-1: Returned

    static constexpr std::uint8_t moreFlag = 0x80;

    constexpr bool operator==(const Record&) const = default;
    constexpr bool hasMore() const { return (flags & moreFlag) != 0; }
    constexpr Returned returned() const { return static_cast<Returned>(flags & 3); }
    /// ClockSet (site Tick or Advance): ticks that it moves the clock by.
    constexpr std::uint64_t ticks() const { return static_cast<std::uint64_t>(slot) << 32 | link; }
    constexpr void setTicks(std::uint64_t n)
    {
        slot = static_cast<std::uint32_t>(n >> 32);
        link = static_cast<std::uint32_t>(n);
    }
    constexpr SlotId slotId() const { return SlotId(slot); }
    /// Queued: CPU whose wheel the item belonged to before.
    constexpr std::uint8_t oldCpu() const { return static_cast<std::uint8_t>(link >> 26); }
    /// Queued: jiffies that slack added to the expiry asked for; slackTooFar if a SlackAsked note says it.
    constexpr std::uint32_t slackAdded() const { return link & slackTooFar; }
    static constexpr std::uint32_t slackTooFar = (1u << 26) - 1;
    /// NextExpiry, DefNextExpiry: next_expiry_recalc and timers_pending change with it.
    static constexpr std::uint32_t recalcBit = 1, timersPendingBit = 2;
    static constexpr std::uint32_t expiryLink(std::uint32_t now, std::uint32_t before) { return now | before << 8; }
    constexpr std::uint32_t expiryFlags() const { return link & 0xff; }
    constexpr std::uint32_t expiryFlagsBefore() const { return link >> 8 & 0xff; }
    static constexpr std::uint32_t queuedLink(std::uint8_t oldCpu, std::uint64_t slackAdded)
    {
        const auto s = slackAdded < slackTooFar ? static_cast<std::uint32_t>(slackAdded) : slackTooFar;
        return static_cast<std::uint32_t>(oldCpu) << 26 | s;
    }
};
static_assert(sizeof(Record) == 32 && std::is_trivially_copyable_v<Record>);

/// Ticks by which a record moves the clock: time, with which jiffies need not move.
constexpr std::uint64_t ticksOf(const Record& r)
{
    if (r.kind == Kind::Passed) return r.site == Site::RunTimers ? 0 : r.value;
    return r.kind == Kind::ClockSet && r.site != Site::SubTick ? r.ticks() : 0;
}

/// A run of ticks or turns in which nothing was found, as the log's tail holds it while it still grows.
struct OpenRun
{
    std::uint64_t count = 0; ///< 0: no run is open
    std::uint64_t cpus = 0;  ///< mask
    Site site = Site::Tick;

    constexpr bool operator==(const OpenRun&) const = default;
    Record asRecord() const
    {
        Record r;
        r.kind = Kind::Passed;
        r.site = site;
        r.value = count;
        r.before = cpus;
        return r;
    }
};

std::string_view name(Kind k);  ///< "Queued"
std::string_view name(Site s);  ///< the original's function name where there is one: "mod_timer"
std::string_view name(Register r);
/// The inverse of name(); false when no such name exists.
bool kindNamed(std::string_view text, Kind& out);
bool siteNamed(std::string_view text, Site& out);

} // namespace jiffy::core
