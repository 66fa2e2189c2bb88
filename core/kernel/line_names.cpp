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
    Wheel = 1,
    Old = 2,
    New = 4,
    Today = 8,
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
    {Function::Tick, "TickJiffies", Wheel},
    {Function::Tick, "TickRaise", Wheel},
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
    {Function::Surroundings, "SubTick", Wheel},
    {Function::Surroundings, "AdvanceJiffies", Wheel},
    {Function::Surroundings, "Define", Wheel},
    {Function::Surroundings, "Idle", Wheel},
    {Function::Surroundings, "Note", Wheel | Tgtd},
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

constexpr std::array<std::string_view, functionCount> functionNames = {
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
    if (inputs.driver != Driver::Daemon) return (programs & Wheel) != 0;
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
std::string_view name(Function f)
{
    return functionNames[static_cast<std::size_t>(f)];
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
