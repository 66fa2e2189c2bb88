// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of pseudocode, derived and never recorded: those that a machine passes from one record to the next,
// and the functions that stand on the stack meanwhile. One line per decision or effect, under the original
// function names (kernel/timer.c, 3.9; usr/work.c and usr/tgtd.c of tgt). Here are only their numbers: the
// words are a resource for each language (core/kernel/listing.h). What tgtd's records are made of stands in
// core/tgtd/lines.h.
//
// Pure functions of a record and the world before it; any thread.
#pragma once

#include "core/event/event.h"
#include "core/world/world.h"

#include <array>
#include <span>
#include <string_view>

namespace jiffy::core
{

/// A function of the original, or what surrounds them.
enum class Function : std::uint8_t
{
    Surroundings,
    Tick,
    RunTimerSoftirq,
    RunTimers,
    Callback, ///< the timer's own function; has no lines, but stands on stacks
    Cascade,
    FindSlot, ///< __internal_add_timer
    InternalAddTimer,
    InnerModTimer, ///< __mod_timer
    ModTimer,
    ModTimerPending,
    ModTimerPinned,
    AddTimer,
    AddTimerOn,
    DetachIfPending,
    DelTimer,
    TryToDelTimerSync,
    NextInterrupt,
    // 6.1
    RunLocalTimers61,
    RunTimerSoftirq61,
    RunTimers61,
    CollectExpired61,
    ExpireTimers61,
    SearchNext61,
    PendingBucket61,
    ForwardBase61,
    CalcWheelIndex61,
    CalcIndex61,
    EnqueueTimer61,
    TriggerDyntick61,
    InnerModTimer61,
    ModTimer61,
    ModTimerPending61,
    TimerReduce61,
    AddTimer61,
    AddTimerOn61,
    DetachIfPending61,
    DelTimer61,
    TryToDelTimerSync61,
    NextInterrupt61,
    ClearIdle61,
    // the sorted list
    TimerBhList,
    RunTimerList,
    WalkList,
    AddTimerList,
    AddTimerOnList,
    ModTimerList,
    ModTimerPendingList,
    TimerReduceList,
    DetachTimerList,
    DelTimerList,
    TryToDelTimerSyncList,
    NextInterruptList,
    // a machine of CPUs
    SchedTimer,
    SchedDoTimer,
    UpdateJiffies,
    DoTimer,
    ProcessTimes,
    LocalTimers, ///< 3.9; 6.1 has one of its own
    DoIrq,
    IpiCall,
    IrqExit,
    DoSoftirq,
    CpuIdle,
    NohzEnter,
    StopTick,
    RestartTick,
    DelSync,
    SpinLockCall,
    SpinUnlockCall,
    LockBase,
    MdelayCall,
    FreeCall,
    MsleepCall,
    MsleepICall,
    SetState,
    ScheduleTimeoutCall,
    ScheduleCall,
    WakeUp,
    SendSig,
    ExitCall,
    NewTaskCall,
    Process, ///< a process's own code; has no lines, but stands on stacks
    // tgtd
    EventLoop,
    ExecScheduled,
    IoHandler, ///< of a file that is none of the scheduler's
    WorkTimerStart,
    WorkTimerStop,
    WorkTimerSigHandler,
    WorkTimerScheduleEvt,
    WorkTimerEvtHandler,
    AddWork,
    DelWork,
    ExecuteWork,
    Schedule,
    WorkFunc, ///< a work item's own function
};
constexpr int functionCount = 96;

enum class Line : std::uint16_t
{
    TickJiffies, // tick
    TickRaise,
    TickLocal61,
    TickHeadList,
    SoftirqEnter, // run_timer_softirq
    SoftirqLeave,
    RunWhile, // __run_timers
    RunIndex,
    RunCascade,
    RunAdvance,
    RunTake,
    RunEach,
    RunRunning,
    RunDetach,
    RunCall,
    RunReturned,
    CascadeTake, // cascade
    CascadeEach,
    AddDelta, // __internal_add_timer
    AddTv1,
    AddTv2,
    AddTv3,
    AddTv4,
    AddPast,
    AddTv5,
    AddTail,
    AddInto, // internal_add_timer
    AddLowersNext,
    ModDetach, // __mod_timer
    ModPendingOnly,
    ModBase,
    ModFile,
    ModReturn,
    ModSlack, // mod_timer
    ModSame,
    ModGo,
    PendingGo,  // mod_timer_pending
    PinnedSame, // mod_timer_pinned
    PinnedGo,
    AddBug, // add_timer
    AddGo,
    AddOnBug, // add_timer_on
    AddOnFile,
    AddOnWake,
    DetachPending, // detach_if_pending
    DetachUnlink,
    DetachNext,
    DelDetach, // del_timer
    DelReturn,
    TryRunning, // try_to_del_timer_sync
    TryDetach,
    TryReturn,
    NextActive, // get_next_timer_interrupt
    NextStale,
    NextSearch,
    NextAnswer,
    // 6.1: the wheel without cascades
    LocalQuiet61, // run_local_timers
    LocalRaise61,
    SoftirqEach61, // run_timer_softirq
    SoftirqLeave61,
    RunWhile61, // __run_timers
    RunCollect61,
    RunClk61,
    RunNext61,
    RunExpire61,
    CollectClk61, // collect_expired_timers
    CollectLevel61,
    CollectTake61,
    CollectStop61,
    ExpireEach61, // expire_timers
    ExpireRunning61,
    ExpireDetach61,
    ExpireCall61,
    ExpireReturned61,
    SearchFrom61, // __next_timer_interrupt
    SearchLevel61,
    SearchStop61,
    SearchDone61,
    BucketBit61, // next_pending_bucket
    ForwardBehind61, // forward_timer_base
    ForwardTo61,
    CalcDelta61, // calc_wheel_index
    Calc061,
    Calc161,
    Calc261,
    Calc361,
    Calc461,
    Calc561,
    Calc661,
    Calc761,
    CalcPast61,
    CalcFar61,
    IndexRound61, // calc_index
    IndexDue61,
    IndexReturn61,
    EnqueueHead61, // enqueue_timer
    EnqueueFirst61,
    EnqueueNext61,
    EnqueueWake61,
    TriggerLazy61, // trigger_dyntick_cpu
    TriggerWake61,
    ModSame61, // __mod_timer
    ModForward61,
    ModIndex61,
    ModStay61,
    ModDetach61,
    ModPendingOnly61,
    ModBase61,
    ModForwardOther61,
    ModBucket61,
    ModEnqueue61,
    ModReturn61,
    ModGo61, // mod_timer
    PendingGo61, // mod_timer_pending
    ReduceGo61, // timer_reduce
    AddBug61, // add_timer
    AddGo61,
    AddOnBug61, // add_timer_on
    AddOnForward61,
    AddOnBucket61,
    AddOnEnqueue61,
    DetachPending61, // detach_if_pending
    DetachUnlink61,
    DetachLast61,
    DelDetach61, // del_timer
    DelReturn61,
    TryRunning61, // try_to_del_timer_sync
    TryDetach61,
    TryReturn61,
    NextRecalc61, // get_next_timer_interrupt
    NextForward61,
    NextDue61,
    NextSleep61,
    NextAnswer61,
    ClearIdle61, // timer_clear_idle
    // the sorted list
    BhRunList, // timer_bh
    BhLeaveList,
    RunWhileList, // run_timer_list
    RunTakeList,
    RunCallList,
    RunReturnedList,
    WalkHeadList, // internal_add_timer
    WalkWhileList,
    WalkLinkList,
    AddBugList, // add_timer
    AddGoList,
    AddOnBugList, // add_timer_on
    AddOnGoList,
    ModDetachList, // mod_timer
    ModGoList,
    ModReturnList,
    PendingOnlyList, // mod_timer_pending
    PendingGoList,
    ReduceLaterList, // timer_reduce
    ReduceGoList,
    DetachPendingList, // detach_timer
    DetachUnlinkList,
    DelDetachList, // del_timer
    DelReturnList,
    TryRunningList, // try_to_del_timer_sync
    TryDetachList,
    TryReturnList,
    NextHeadList, // get_next_timer_interrupt
    NextAnswerList,
    // a machine of CPUs
    SchedEnter, // tick_sched_timer
    SchedCount,
    SchedLocal,
    SchedReturn,
    DutyNone, // tick_sched_do_timer
    DutyMine,
    UpdateMissing, // tick_do_update_jiffies64
    UpdateCount,
    DoTimerAdd, // do_timer
    TimesLocal, // update_process_times
    LocalRaise, // run_local_timers
    IrqEnter, // do_IRQ
    IrqHandler,
    IrqReturn,
    IpiEnter, // scheduler_ipi
    IpiReturn,
    ExitSoftirq, // irq_exit
    SoftirqClear, // __do_softirq
    SoftirqCall,
    IdleEnter, // cpu_idle
    IdleExit,
    NohzStop, // tick_nohz_idle_enter
    StopNext, // tick_nohz_stop_sched_tick
    StopStopped,
    StopDuty,
    StopUntil,
    RestartCount, // tick_nohz_restart_sched_tick
    RestartStarted,
    RestartNext,
    SyncLoop, // del_timer_sync
    SyncTry,
    SyncReturn,
    SyncRelax,
    LockSpin, // spin_lock
    LockTake,
    UnlockFree, // spin_unlock
    BaseSpin, // lock_timer_base
    DelayLoop, // mdelay
    DelayReturn,
    FreeMemory, // kfree
    SleepJiffies, // msleep
    SleepWhile,
    SleepReturn,
    SleepIJiffies, // msleep_interruptible
    SleepIWhile,
    SleepIReturn,
    StateSet, // set_current_state
    TimeoutExpire, // schedule_timeout
    TimeoutArm,
    TimeoutSchedule,
    TimeoutDel,
    TimeoutReturn,
    ScheduleAtomic, // __schedule
    ScheduleSleep,
    SchedulePut,
    SchedulePick,
    ScheduleSwitch,
    WakeAsleep, // wake_up_process
    WakeState,
    WakeQueue,
    WakeKick,
    SignalSet, // send_sig
    SignalWake,
    ExitState, // do_exit
    ExitSchedule,
    NewState, // wake_up_new_task
    NewQueue,
    SubTick, // the surroundings
    AdvanceJiffies,
    Define,
    Idle,
    SpinList,
    TimeGoes,
    AllAsleep,
    LoadSet,
    ChosenCpu,
    SignalTaken,
    DeadlockEver,
    FreedUsed,
    WakeSent,
    Complaint,
    Note,
    TimePasses, // the surroundings of tgtd
    AlarmFires,
    AlarmBlocked,
    Expires,
    SourceReady,
    WallStep,
    DefineWork,
    Boot,
    Spin,
    LoopWhile, // event_loop
    LoopScheduled,
    LoopWait,
    LoopReady,
    LoopInterrupted,
    LoopIdle,
    LoopTimeout,
    LoopEach,
    LoopCall,
    ScheduledCall, // tgt_exec_scheduled
    ScheduledReturn,
    HandlerBegin, // a handler of a file
    HandlerAdd,
    HandlerDel,
    HandlerSlow,
    HandlerBack,
    HandlerSchedule,
    HandlerShutdown,
    HandlerReturn,
    StartFlag, // work_timer_start
    StartSignal,
    StartAlarm,
    StartPipe,
    StartReadEnd,
    StartWriteEnd,
    StartFailed,
    StartTimerFd,
    StartPeriod,
    StartNow,
    StartPoll,
    StartReturn,
    StopFlag, // work_timer_stop
    StopPoll,
    StopRead,
    StopWrite,
    StopAlarm,
    StopTimerFd,
    StopReturn,
    SignalNotify, // work_timer_sig_handler
    SignalReturn,
    NotifyPending, // work_timer_schedule_evt
    NotifySet,
    NotifyWrite,
    NotifyReady,
    NotifyFailed,
    NotifyReturn,
    EvtRead, // work_timer_evt_handler
    EvtClear,
    EvtCount,
    EvtNow,
    EvtExecute,
    EvtReturn,
    WorkTwice, // add_work
    WorkSeconds,
    WorkClock,
    WorkClockToday,
    WorkWhen,
    WorkTicks,
    WorkWhenOld,
    WorkSorted,
    WorkAtOnce,
    WorkNotify,
    WorkReturn,
    DelQueued, // del_work
    DelUnlinked,
    ExecClock, // execute_work
    ExecCounter,
    ExecExpired,
    ExecMove,
    ExecEach,
    ExecTake,
    ExecCall,
    ExecReturn,
    OldExpired, // schedule
    OldMove,
    OldEach,
    OldTake,
    OldCall,
    OldTick,
    OldReturn,
    FuncBegin, // func
    FuncAdd,
    FuncDel,
    FuncReturn,
};
constexpr int lineCount = 339;

std::string_view name(Line l); ///< "AddDelta": how the resource files call it
bool lineNamed(std::string_view text, Line& out);
Function functionOf(Line l);
/// "__run_timers"; "tick" and "callback" for what has no function of that name; empty for the surroundings.
std::string_view name(Function f);
/// How the resource files call it, where the same name stands in several programs: "6.1 __run_timers".
std::string_view key(Function f);
/// The lines of a function in their order: [first, first + count) of Line. Empty for Callback.
struct LineSpan
{
    int first = 0;
    int count = 0;
    bool contains(Line l) const
    {
        return static_cast<int>(l) >= first && static_cast<int>(l) < first + count;
    }
};
LineSpan linesOf(Function f);

struct LineList
{
    std::array<Line, 32> line{};
    std::uint32_t count = 0;  ///< at least 1
    std::uint32_t effect = 0; ///< index of the line in which the world changes
    /// Bit of each index whose condition held: the branch was taken.
    std::uint32_t taken = 0;

    bool isTaken(std::uint32_t i) const { return (taken >> i & 1) != 0; }
};

/// Lines from the previous record to this one; before is the world without it, previous the record in front
/// of it (null for the first). Never empty; a Passed run has one. tgtd: how its scheduler is configured, for
/// a world of tgtd's.
LineList linesOf(const Record& r, const World& before, const Record* previous,
                 const DaemonConfig* tgtd = nullptr);
/// Whether a line is part of the program that these inputs run: each timer algorithm has one of its own, and
/// tgtd's functions differ from scheduler to scheduler.
bool isListed(Line l, const Inputs& inputs);
/// The line of each tick or turn of a Passed run of that site. hasCpus: of a machine of CPUs.
constexpr Line lineOfRun(Site site, bool hasCpus)
{
    if (site == Site::RunTimers) return Line::RunWhile;
    if (site == Site::Asleep) return Line::AllAsleep;
    return hasCpus ? Line::DoTimerAdd : Line::TickJiffies;
}

/// Which records can have that line at all: quick, without a world. Exact but for decisions that a world is
/// needed for.
bool mayHaveLine(const Record& r, Line l);

/// The line that stands for a whole record where lines are not told apart: its effect; of a Fired the call.
std::uint32_t shownLine(const Record& r, const LineList& lines);

/// The CPU that executed log record r: not always r.cpu, which for registers is the CPU whose register it is.
int executingCpu(const Record& r, const Record* previous, const World& there);

/// A function on the stack and the line at which it stands.
struct Frame
{
    Function function = Function::Surroundings;
    Line line = Line::Note; ///< of a Callback: none of its own, Note
    bool operator==(const Frame&) const = default;
};

/// Outermost first; never empty.
struct Frames
{
    std::array<Frame, 24> frame{};
    std::uint32_t count = 0;

    const Frame& back() const { return frame[count - 1]; }
    std::span<const Frame> all() const { return {frame.data(), count}; }
};

/// Who called del_timer_sync(), as far as a world cannot know it.
enum class SyncCaller : std::uint8_t
{
    Nobody,         ///< it was not called: try_to_del_timer_sync() was, by itself
    Code,           ///< what the CPU executes
    ScheduleTimeout,///< for the timer on the stack
};
/// What a world does not know of the calls that a CPU is in.
struct CallContext
{
    SyncCaller sync = SyncCaller::Nobody;
    bool isInterruptible = false; ///< the process is in msleep_interruptible(), not in msleep()
};

/// The stack when `line` of record r has been done. there: the world at that moment, of which only
/// what `cpu` is doing is read.
/// context: on a machine of CPUs (contextOf() in core/kernel/lines_kernel.h).
Frames framesAt(Line line, const Record& r, const World& there, int cpu, const DaemonConfig* tgtd = nullptr,
                CallContext context = {});

} // namespace jiffy::core
