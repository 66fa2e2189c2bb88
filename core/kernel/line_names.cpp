// SPDX-License-Identifier: GPL-3.0-or-later
// How lines and functions are called, and which program they belong to.
#include "core/kernel/lines.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

/// The programs that a line is part of.
enum Program : std::uint8_t
{
    Wheel = 1, ///< 3.9
    Old = 2,
    New = 4,
    Today = 8,
    Wheel61 = 16,
    List = 32,
    Timers = Wheel | Wheel61 | List,
    Patched = New | Today,
    Tgtd = Old | New | Today
};

struct LineInfo
{
    Function function;
    std::string_view name;
    std::uint8_t programs;
};

constexpr std::array<LineInfo, lineCount> infos = {{
    {Function::Tick, "TickJiffies", Timers},
    {Function::Tick, "TickRaise", Wheel},
    {Function::Tick, "TickLocal61", Wheel61},
    {Function::Tick, "TickHeadList", List},
    {Function::RunTimerSoftirq, "SoftirqEnter", Wheel},
    {Function::RunTimerSoftirq, "SoftirqLeave", Wheel},
    {Function::RunTimers, "RunWhile", Wheel},
    {Function::RunTimers, "RunIndex", Wheel},
    {Function::RunTimers, "RunCascade", Wheel},
    {Function::RunTimers, "RunAdvance", Wheel},
    {Function::RunTimers, "RunTake", Wheel},
    {Function::RunTimers, "RunEach", Wheel},
    {Function::RunTimers, "RunRunning", Wheel},
    {Function::RunTimers, "RunDetach", Wheel},
    {Function::RunTimers, "RunCall", Wheel},
    {Function::RunTimers, "RunReturned", Wheel},
    {Function::Cascade, "CascadeTake", Wheel},
    {Function::Cascade, "CascadeEach", Wheel},
    {Function::FindSlot, "AddDelta", Wheel},
    {Function::FindSlot, "AddTv1", Wheel},
    {Function::FindSlot, "AddTv2", Wheel},
    {Function::FindSlot, "AddTv3", Wheel},
    {Function::FindSlot, "AddTv4", Wheel},
    {Function::FindSlot, "AddPast", Wheel},
    {Function::FindSlot, "AddTv5", Wheel},
    {Function::FindSlot, "AddTail", Wheel},
    {Function::InternalAddTimer, "AddInto", Wheel},
    {Function::InternalAddTimer, "AddLowersNext", Wheel},
    {Function::InnerModTimer, "ModDetach", Wheel},
    {Function::InnerModTimer, "ModPendingOnly", Wheel},
    {Function::InnerModTimer, "ModBase", Wheel},
    {Function::InnerModTimer, "ModFile", Wheel},
    {Function::InnerModTimer, "ModReturn", Wheel},
    {Function::ModTimer, "ModSlack", Wheel},
    {Function::ModTimer, "ModSame", Wheel},
    {Function::ModTimer, "ModGo", Wheel},
    {Function::ModTimerPending, "PendingGo", Wheel},
    {Function::ModTimerPinned, "PinnedSame", Wheel},
    {Function::ModTimerPinned, "PinnedGo", Wheel},
    {Function::AddTimer, "AddBug", Wheel},
    {Function::AddTimer, "AddGo", Wheel},
    {Function::AddTimerOn, "AddOnBug", Wheel},
    {Function::AddTimerOn, "AddOnFile", Wheel},
    {Function::AddTimerOn, "AddOnWake", Wheel},
    {Function::DetachIfPending, "DetachPending", Wheel},
    {Function::DetachIfPending, "DetachUnlink", Wheel},
    {Function::DetachIfPending, "DetachNext", Wheel},
    {Function::DelTimer, "DelDetach", Wheel},
    {Function::DelTimer, "DelReturn", Wheel},
    {Function::TryToDelTimerSync, "TryRunning", Wheel},
    {Function::TryToDelTimerSync, "TryDetach", Wheel},
    {Function::TryToDelTimerSync, "TryReturn", Wheel},
    {Function::NextInterrupt, "NextActive", Wheel},
    {Function::NextInterrupt, "NextStale", Wheel},
    {Function::NextInterrupt, "NextSearch", Wheel},
    {Function::NextInterrupt, "NextAnswer", Wheel},
    {Function::RunLocalTimers61, "LocalQuiet61", Wheel61},
    {Function::RunLocalTimers61, "LocalRaise61", Wheel61},
    {Function::RunTimerSoftirq61, "SoftirqEach61", Wheel61},
    {Function::RunTimerSoftirq61, "SoftirqLeave61", Wheel61},
    {Function::RunTimers61, "RunWhile61", Wheel61},
    {Function::RunTimers61, "RunCollect61", Wheel61},
    {Function::RunTimers61, "RunClk61", Wheel61},
    {Function::RunTimers61, "RunNext61", Wheel61},
    {Function::RunTimers61, "RunExpire61", Wheel61},
    {Function::CollectExpired61, "CollectClk61", Wheel61},
    {Function::CollectExpired61, "CollectLevel61", Wheel61},
    {Function::CollectExpired61, "CollectTake61", Wheel61},
    {Function::CollectExpired61, "CollectStop61", Wheel61},
    {Function::ExpireTimers61, "ExpireEach61", Wheel61},
    {Function::ExpireTimers61, "ExpireRunning61", Wheel61},
    {Function::ExpireTimers61, "ExpireDetach61", Wheel61},
    {Function::ExpireTimers61, "ExpireCall61", Wheel61},
    {Function::ExpireTimers61, "ExpireReturned61", Wheel61},
    {Function::SearchNext61, "SearchFrom61", Wheel61},
    {Function::SearchNext61, "SearchLevel61", Wheel61},
    {Function::SearchNext61, "SearchStop61", Wheel61},
    {Function::SearchNext61, "SearchDone61", Wheel61},
    {Function::PendingBucket61, "BucketBit61", Wheel61},
    {Function::ForwardBase61, "ForwardBehind61", Wheel61},
    {Function::ForwardBase61, "ForwardTo61", Wheel61},
    {Function::CalcWheelIndex61, "CalcDelta61", Wheel61},
    {Function::CalcWheelIndex61, "Calc061", Wheel61},
    {Function::CalcWheelIndex61, "Calc161", Wheel61},
    {Function::CalcWheelIndex61, "Calc261", Wheel61},
    {Function::CalcWheelIndex61, "Calc361", Wheel61},
    {Function::CalcWheelIndex61, "Calc461", Wheel61},
    {Function::CalcWheelIndex61, "Calc561", Wheel61},
    {Function::CalcWheelIndex61, "Calc661", Wheel61},
    {Function::CalcWheelIndex61, "Calc761", Wheel61},
    {Function::CalcWheelIndex61, "CalcPast61", Wheel61},
    {Function::CalcWheelIndex61, "CalcFar61", Wheel61},
    {Function::CalcIndex61, "IndexRound61", Wheel61},
    {Function::CalcIndex61, "IndexDue61", Wheel61},
    {Function::CalcIndex61, "IndexReturn61", Wheel61},
    {Function::EnqueueTimer61, "EnqueueHead61", Wheel61},
    {Function::EnqueueTimer61, "EnqueueFirst61", Wheel61},
    {Function::EnqueueTimer61, "EnqueueNext61", Wheel61},
    {Function::EnqueueTimer61, "EnqueueWake61", Wheel61},
    {Function::TriggerDyntick61, "TriggerLazy61", Wheel61},
    {Function::TriggerDyntick61, "TriggerWake61", Wheel61},
    {Function::InnerModTimer61, "ModSame61", Wheel61},
    {Function::InnerModTimer61, "ModForward61", Wheel61},
    {Function::InnerModTimer61, "ModIndex61", Wheel61},
    {Function::InnerModTimer61, "ModStay61", Wheel61},
    {Function::InnerModTimer61, "ModDetach61", Wheel61},
    {Function::InnerModTimer61, "ModPendingOnly61", Wheel61},
    {Function::InnerModTimer61, "ModBase61", Wheel61},
    {Function::InnerModTimer61, "ModForwardOther61", Wheel61},
    {Function::InnerModTimer61, "ModBucket61", Wheel61},
    {Function::InnerModTimer61, "ModEnqueue61", Wheel61},
    {Function::InnerModTimer61, "ModReturn61", Wheel61},
    {Function::ModTimer61, "ModGo61", Wheel61},
    {Function::ModTimerPending61, "PendingGo61", Wheel61},
    {Function::TimerReduce61, "ReduceGo61", Wheel61},
    {Function::AddTimer61, "AddBug61", Wheel61},
    {Function::AddTimer61, "AddGo61", Wheel61},
    {Function::AddTimerOn61, "AddOnBug61", Wheel61},
    {Function::AddTimerOn61, "AddOnForward61", Wheel61},
    {Function::AddTimerOn61, "AddOnBucket61", Wheel61},
    {Function::AddTimerOn61, "AddOnEnqueue61", Wheel61},
    {Function::DetachIfPending61, "DetachPending61", Wheel61},
    {Function::DetachIfPending61, "DetachUnlink61", Wheel61},
    {Function::DetachIfPending61, "DetachLast61", Wheel61},
    {Function::DelTimer61, "DelDetach61", Wheel61},
    {Function::DelTimer61, "DelReturn61", Wheel61},
    {Function::TryToDelTimerSync61, "TryRunning61", Wheel61},
    {Function::TryToDelTimerSync61, "TryDetach61", Wheel61},
    {Function::TryToDelTimerSync61, "TryReturn61", Wheel61},
    {Function::NextInterrupt61, "NextRecalc61", Wheel61},
    {Function::NextInterrupt61, "NextForward61", Wheel61},
    {Function::NextInterrupt61, "NextDue61", Wheel61},
    {Function::NextInterrupt61, "NextSleep61", Wheel61},
    {Function::NextInterrupt61, "NextAnswer61", Wheel61},
    {Function::ClearIdle61, "ClearIdle61", Wheel61},
    {Function::TimerBhList, "BhRunList", List},
    {Function::TimerBhList, "BhLeaveList", List},
    {Function::RunTimerList, "RunWhileList", List},
    {Function::RunTimerList, "RunTakeList", List},
    {Function::RunTimerList, "RunCallList", List},
    {Function::RunTimerList, "RunReturnedList", List},
    {Function::WalkList, "WalkHeadList", List},
    {Function::WalkList, "WalkWhileList", List},
    {Function::WalkList, "WalkLinkList", List},
    {Function::AddTimerList, "AddBugList", List},
    {Function::AddTimerList, "AddGoList", List},
    {Function::AddTimerOnList, "AddOnBugList", List},
    {Function::AddTimerOnList, "AddOnGoList", List},
    {Function::ModTimerList, "ModDetachList", List},
    {Function::ModTimerList, "ModGoList", List},
    {Function::ModTimerList, "ModReturnList", List},
    {Function::ModTimerPendingList, "PendingOnlyList", List},
    {Function::ModTimerPendingList, "PendingGoList", List},
    {Function::TimerReduceList, "ReduceLaterList", List},
    {Function::TimerReduceList, "ReduceGoList", List},
    {Function::DetachTimerList, "DetachPendingList", List},
    {Function::DetachTimerList, "DetachUnlinkList", List},
    {Function::DelTimerList, "DelDetachList", List},
    {Function::DelTimerList, "DelReturnList", List},
    {Function::TryToDelTimerSyncList, "TryRunningList", List},
    {Function::TryToDelTimerSyncList, "TryDetachList", List},
    {Function::TryToDelTimerSyncList, "TryReturnList", List},
    {Function::NextInterruptList, "NextHeadList", List},
    {Function::NextInterruptList, "NextAnswerList", List},
    {Function::Surroundings, "SubTick", Timers},
    {Function::Surroundings, "AdvanceJiffies", Timers},
    {Function::Surroundings, "Define", Timers},
    {Function::Surroundings, "Idle", Timers},
    {Function::Surroundings, "SpinList", List},
    {Function::Surroundings, "Note", Timers | Tgtd},
    {Function::Surroundings, "TimePasses", Tgtd},
    {Function::Surroundings, "AlarmFires", New},
    {Function::Surroundings, "AlarmBlocked", New},
    {Function::Surroundings, "Expires", Today},
    {Function::Surroundings, "SourceReady", Tgtd},
    {Function::Surroundings, "WallStep", Tgtd},
    {Function::Surroundings, "DefineWork", Tgtd},
    {Function::Surroundings, "Boot", Patched},
    {Function::Surroundings, "Spin", Tgtd},
    {Function::EventLoop, "LoopWhile", Tgtd},
    {Function::EventLoop, "LoopScheduled", Tgtd},
    {Function::EventLoop, "LoopWait", Tgtd},
    {Function::EventLoop, "LoopReady", Tgtd},
    {Function::EventLoop, "LoopInterrupted", Tgtd},
    {Function::EventLoop, "LoopIdle", Patched},
    {Function::EventLoop, "LoopTimeout", Old},
    {Function::EventLoop, "LoopEach", Tgtd},
    {Function::EventLoop, "LoopCall", Tgtd},
    {Function::ExecScheduled, "ScheduledCall", Tgtd},
    {Function::ExecScheduled, "ScheduledReturn", Tgtd},
    {Function::IoHandler, "HandlerBegin", Tgtd},
    {Function::IoHandler, "HandlerAdd", Tgtd},
    {Function::IoHandler, "HandlerDel", Tgtd},
    {Function::IoHandler, "HandlerSlow", Tgtd},
    {Function::IoHandler, "HandlerBack", Tgtd},
    {Function::IoHandler, "HandlerSchedule", Tgtd},
    {Function::IoHandler, "HandlerShutdown", Tgtd},
    {Function::IoHandler, "HandlerReturn", Tgtd},
    {Function::WorkTimerStart, "StartFlag", Patched},
    {Function::WorkTimerStart, "StartSignal", New},
    {Function::WorkTimerStart, "StartAlarm", New},
    {Function::WorkTimerStart, "StartPipe", New},
    {Function::WorkTimerStart, "StartReadEnd", New},
    {Function::WorkTimerStart, "StartWriteEnd", New},
    {Function::WorkTimerStart, "StartFailed", New},
    {Function::WorkTimerStart, "StartTimerFd", Today},
    {Function::WorkTimerStart, "StartPeriod", Today},
    {Function::WorkTimerStart, "StartNow", Today},
    {Function::WorkTimerStart, "StartPoll", Patched},
    {Function::WorkTimerStart, "StartReturn", Patched},
    {Function::WorkTimerStop, "StopFlag", Patched},
    {Function::WorkTimerStop, "StopPoll", Patched},
    {Function::WorkTimerStop, "StopRead", New},
    {Function::WorkTimerStop, "StopWrite", New},
    {Function::WorkTimerStop, "StopAlarm", New},
    {Function::WorkTimerStop, "StopTimerFd", Today},
    {Function::WorkTimerStop, "StopReturn", Patched},
    {Function::WorkTimerSigHandler, "SignalNotify", New},
    {Function::WorkTimerSigHandler, "SignalReturn", New},
    {Function::WorkTimerScheduleEvt, "NotifyPending", New},
    {Function::WorkTimerScheduleEvt, "NotifySet", New},
    {Function::WorkTimerScheduleEvt, "NotifyWrite", New},
    {Function::WorkTimerScheduleEvt, "NotifyReady", New},
    {Function::WorkTimerScheduleEvt, "NotifyFailed", New},
    {Function::WorkTimerScheduleEvt, "NotifyReturn", New},
    {Function::WorkTimerEvtHandler, "EvtRead", New},
    {Function::WorkTimerEvtHandler, "EvtClear", New},
    {Function::WorkTimerEvtHandler, "EvtCount", Today},
    {Function::WorkTimerEvtHandler, "EvtNow", Today},
    {Function::WorkTimerEvtHandler, "EvtExecute", Patched},
    {Function::WorkTimerEvtHandler, "EvtReturn", Patched},
    {Function::AddWork, "WorkTwice", Tgtd},
    {Function::AddWork, "WorkSeconds", Tgtd},
    {Function::AddWork, "WorkClock", New},
    {Function::AddWork, "WorkClockToday", Today},
    {Function::AddWork, "WorkWhen", Patched},
    {Function::AddWork, "WorkTicks", Old},
    {Function::AddWork, "WorkWhenOld", Old},
    {Function::AddWork, "WorkSorted", Tgtd},
    {Function::AddWork, "WorkAtOnce", Tgtd},
    {Function::AddWork, "WorkNotify", New},
    {Function::AddWork, "WorkReturn", Tgtd},
    {Function::DelWork, "DelQueued", Tgtd},
    {Function::DelWork, "DelUnlinked", Tgtd},
    {Function::ExecuteWork, "ExecClock", New},
    {Function::ExecuteWork, "ExecCounter", Today},
    {Function::ExecuteWork, "ExecExpired", Patched},
    {Function::ExecuteWork, "ExecMove", Patched},
    {Function::ExecuteWork, "ExecEach", Patched},
    {Function::ExecuteWork, "ExecTake", Patched},
    {Function::ExecuteWork, "ExecCall", Patched},
    {Function::ExecuteWork, "ExecReturn", Patched},
    {Function::Schedule, "OldExpired", Old},
    {Function::Schedule, "OldMove", Old},
    {Function::Schedule, "OldEach", Old},
    {Function::Schedule, "OldTake", Old},
    {Function::Schedule, "OldCall", Old},
    {Function::Schedule, "OldTick", Old},
    {Function::Schedule, "OldReturn", Old},
    {Function::WorkFunc, "FuncBegin", Tgtd},
    {Function::WorkFunc, "FuncAdd", Tgtd},
    {Function::WorkFunc, "FuncDel", Tgtd},
    {Function::WorkFunc, "FuncReturn", Tgtd},
}};

constexpr std::array<std::string_view, functionCount> functionKeys = {
    "",
    "tick",
    "run_timer_softirq",
    "__run_timers",
    "callback",
    "cascade",
    "__internal_add_timer",
    "internal_add_timer",
    "__mod_timer",
    "mod_timer",
    "mod_timer_pending",
    "mod_timer_pinned",
    "add_timer",
    "add_timer_on",
    "detach_if_pending",
    "del_timer",
    "try_to_del_timer_sync",
    "get_next_timer_interrupt",
    "6.1 run_local_timers",
    "6.1 run_timer_softirq",
    "6.1 __run_timers",
    "6.1 collect_expired_timers",
    "6.1 expire_timers",
    "6.1 __next_timer_interrupt",
    "6.1 next_pending_bucket",
    "6.1 forward_timer_base",
    "6.1 calc_wheel_index",
    "6.1 calc_index",
    "6.1 enqueue_timer",
    "6.1 trigger_dyntick_cpu",
    "6.1 __mod_timer",
    "6.1 mod_timer",
    "6.1 mod_timer_pending",
    "6.1 timer_reduce",
    "6.1 add_timer",
    "6.1 add_timer_on",
    "6.1 detach_if_pending",
    "6.1 del_timer",
    "6.1 try_to_del_timer_sync",
    "6.1 get_next_timer_interrupt",
    "6.1 timer_clear_idle",
    "list timer_bh",
    "list run_timer_list",
    "list internal_add_timer",
    "list add_timer",
    "list add_timer_on",
    "list mod_timer",
    "list mod_timer_pending",
    "list timer_reduce",
    "list detach_timer",
    "list del_timer",
    "list try_to_del_timer_sync",
    "list get_next_timer_interrupt",
    "event_loop",
    "tgt_exec_scheduled",
    "handler",
    "work_timer_start",
    "work_timer_stop",
    "work_timer_sig_handler",
    "work_timer_schedule_evt",
    "work_timer_evt_handler",
    "add_work",
    "del_work",
    "execute_work",
    "schedule",
    "func",
};

} // namespace

bool isListed(Line l, const Inputs& inputs)
{
    const unsigned programs = infos[static_cast<std::size_t>(l)].programs;
    if (inputs.driver != Driver::Daemon) {
        switch (inputs.machine.timers) {
        case TimerAlgorithm::Wheel39: return (programs & Wheel) != 0;
        case TimerAlgorithm::Wheel61: return (programs & Wheel61) != 0;
        case TimerAlgorithm::SortedList: return (programs & List) != 0;
        }
    }
    switch (inputs.daemon.scheduler) {
    case WorkScheduler::Old:
        return (programs & Old) != 0;
    case WorkScheduler::New:
        return (programs & New) != 0;
    case WorkScheduler::TimerFd:
        return (programs & Today) != 0;
    }
    return false;
}

std::string_view name(Line l)
{
    return infos[static_cast<std::size_t>(l)].name;
}

bool lineNamed(std::string_view text, Line& out)
{
    for (std::size_t i = 0; i < infos.size(); ++i) {
        if (infos[i].name != text) continue;
        out = static_cast<Line>(i);
        return true;
    }
    return false;
}

Function functionOf(Line l)
{
    return infos[static_cast<std::size_t>(l)].function;
}
std::string_view key(Function f)
{
    return functionKeys[static_cast<std::size_t>(f)];
}
std::string_view name(Function f)
{
    const std::string_view text = key(f);
    const std::size_t space = text.find(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
}

LineSpan linesOf(Function f)
{
    const auto is = [f](const LineInfo& i) { return i.function == f; };
    const auto first = std::find_if(infos.begin(), infos.end(), is);
    if (first == infos.end()) return {};
    const auto last = std::find_if_not(first, infos.end(), is);
    return {static_cast<int>(first - infos.begin()), static_cast<int>(last - first)};
}

} // namespace jiffy::core
