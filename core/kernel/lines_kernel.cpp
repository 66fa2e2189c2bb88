// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/lines_kernel.h"

#include "core/event/log.h"
#include "core/kernel/line_builder.h"
#include "core/timers/lines_6_1.h"
#include "core/timers/lines_list.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

using enum Line;

bool isComplaint(const Record& r)
{
    return r.kind == Kind::Noted && (r.site == Site::SendSignal || r.site == Site::SpinUnlock || r.site == Site::DelTimerSync);
}

class Builder : LineBuilder
{
  public:
    Builder(const Record& r, const World& before) : m_r(r), m_w(before) {}

    std::optional<LineList> lines()
    {
        switch (m_r.kind) {
        case Kind::Passed: passed(); break;
        case Kind::ClockSet: clockSet(); break;
        case Kind::Entered: entered(); break;
        case Kind::Left: left(); break;
        case Kind::Raised: raised(); break;
        case Kind::RegisterSet: registerSet(); break;
        case Kind::Chosen: effect(ChosenCpu); break;
        case Kind::Refused:
            if (isSleep()) effect(ScheduleAtomic, true);
            break;
        case Kind::Noted:
            if (m_r.site == Site::Deadlock || (m_r.site == Site::Spin && !m_w.cpu(std::min<int>(m_r.cpu, m_w.cpuCount() - 1)).inSoftirq)) effect(DeadlockEver);
            if (m_r.site == Site::UseAfterFree) effect(FreedUsed);
            if (isComplaint(m_r)) effect(Complaint);
            if (m_r.site == Site::Choice) effect(ChosenCpu);
            break;
        default: break;
        }
        if (m_list.count == 0) return std::nullopt;
        return m_list;
    }

  private:
    const KernelCpu& cpu() const { return m_w.kernel().cpu(std::min<int>(m_r.cpu, m_w.cpuCount() - 1)); }
    bool isSleep() const { return m_r.site == Site::Msleep || m_r.site == Site::MsleepInterruptible; }
    bool isInterruptible() const { return m_r.site == Site::MsleepInterruptible; }

    void passed()
    {
        if (m_r.site == Site::Tick) effect(DoTimerAdd);
        if (m_r.site == Site::Asleep) effect(AllAsleep);
    }
    void clockSet()
    {
        if (m_r.site == Site::TimePasses) return effect(TimeGoes);
        if (m_r.site != Site::Tick && m_r.site != Site::UpdateJiffies) return;
        if (cpu().interrupt == Interrupt::Tick && m_w.kernel().dutyCpu == m_r.cpu) {
            add(SchedCount);
            add(DutyMine, true);
        }
        add(UpdateMissing);
        add(UpdateCount);
        effect(DoTimerAdd);
    }
    void entered()
    {
        switch (m_r.site) {
        case Site::TickInterrupt: return effect(SchedEnter, m_r.value != 0);
        case Site::DeviceInterrupt: return effect(IrqEnter, cpu().isTickStopped);
        case Site::Ipi: return effect(IpiEnter, cpu().isTickStopped);
        case Site::Mdelay: return effect(DelayLoop, true);
        case Site::DelTimerSync: return effect(SyncLoop, true);
        case Site::Msleep: return effect(SleepJiffies);
        case Site::MsleepInterruptible: return effect(SleepIJiffies);
        case Site::ScheduleTimeout: return effect(TimeoutExpire);
        case Site::TryToWakeUp: return effect(WakeAsleep, true);
        case Site::SendSignal: return effect(WakeAsleep, true);
        default: return;
        }
    }
    void left()
    {
        const bool serves = cpu().isSoftirqPending && !m_w.cpu(std::min<int>(m_r.cpu, m_w.cpuCount() - 1)).inSoftirq;
        switch (m_r.site) {
        case Site::TickInterrupt:
            effect(SchedReturn);
            return add(ExitSoftirq, serves);
        case Site::DeviceInterrupt:
            effect(IrqReturn);
            return add(ExitSoftirq, serves);
        case Site::Ipi:
            effect(IpiReturn);
            return add(ExitSoftirq, serves);
        case Site::Mdelay: return effect(DelayReturn);
        case Site::DelTimerSync: return effect(SyncReturn, true);
        case Site::Msleep:
            add(SleepWhile);
            return effect(SleepReturn);
        case Site::MsleepInterruptible:
            add(SleepIWhile);
            return effect(SleepIReturn);
        case Site::ScheduleTimeout: return effect(TimeoutReturn);
        default: return;
        }
    }
    void raised()
    {
        if (m_r.site == Site::TryToWakeUp || m_r.site == Site::SendSignal) return effect(WakeKick, true);
        if (m_r.site == Site::AddTimerOn && m_w.geometry().is(TimerAlgorithm::SortedList)) return effect(WakeSent);
        if (m_r.site != Site::RunLocalTimers) return;
        add(SchedLocal);
        add(TimesLocal);
        if (!m_w.geometry().is(TimerAlgorithm::Wheel61)) return effect(LocalRaise);
        add(LocalQuiet61);
        effect(LocalRaise61);
    }
    void registerSet()
    {
        switch (static_cast<Register>(m_r.slot)) {
        case Register::Idle: return effect(m_r.value != 0 ? IdleEnter : IdleExit);
        case Register::TickStopped: return effect(m_r.value != 0 ? StopStopped : RestartStarted);
        case Register::SleepUntil: return effect(m_r.site == Site::RestartTick ? RestartNext : StopUntil);
        case Register::DutyCpu:
            if (m_r.site == Site::StopTick) return effect(StopDuty, true);
            add(SchedCount);
            return effect(DutyNone, true);
        case Register::HasLoad: return effect(LoadSet);
        case Register::CurrentTask:
            if (m_r.value != 0) return effect(ScheduleSwitch);
            return effect(ScheduleSleep, stateOf(m_r.before - 1) != TaskState::Running);
        case Register::TaskState: return stateSet();
        case Register::RunQueuePlace:
            if (m_r.value == ~0ull) return effect(SchedulePick);
            if (m_r.site == Site::Reschedule) return effect(SchedulePut, true);
            return effect(m_r.site == Site::NewTask ? NewQueue : WakeQueue);
        case Register::SignalPending: return effect(m_r.value != 0 ? SignalSet : SignalTaken);
        case Register::LockOwner:
        case Register::BaseLock:
            if (m_r.value == 0) return effect(UnlockFree);
            add(LockSpin);
            return effect(LockTake);
        case Register::Spinning: return spinning();
        case Register::Freed: return effect(FreeMemory);
        default: return;
        }
    }
    TaskState stateOf(std::uint64_t process) const
    {
        return process < m_w.kernel().processes.size() ? m_w.kernel().processes[process].state : TaskState::Running;
    }
    void stateSet()
    {
        switch (m_r.site) {
        case Site::SetCurrentState:
            add(m_r.value == static_cast<std::uint64_t>(TaskState::Interruptible) ? SleepIWhile : SleepWhile, true);
            return effect(StateSet);
        case Site::DoExit: return effect(ExitState);
        case Site::NewTask: return effect(NewState);
        default:
            if (m_r.site == Site::SendSignal) add(SignalWake, true);
            add(WakeAsleep);
            return effect(WakeState);
        }
    }
    void spinning()
    {
        const bool begins = m_r.value != 0;
        switch (spinsFor(begins ? m_r.value : m_r.before)) {
        case SpinFor::Timer:
            if (begins) add(SyncReturn);
            return effect(SyncRelax);
        case SpinFor::BaseLock: return effect(BaseSpin, begins);
        default: return effect(LockSpin, begins);
        }
    }

    const Record& m_r;
    const World& m_w;
};

/// The process that an interrupt or a softirq has come upon, or that executes: the frame at the bottom.
Frame bottom(const World& there, int cpu)
{
    if (there.kernel().cpu(cpu).current != 0) return {Function::Process, Note};
    return {Function::Surroundings, Note};
}

/// What an interrupt on that CPU lies upon: a timer's function, the softirq, a process.
Frame beneathInterrupt(const World& there, int cpu)
{
    const CpuState& c = there.cpu(cpu);
    if (c.running.isValid()) return {Function::Callback, Note};
    if (!c.inSoftirq) return bottom(there, cpu);
    if (there.geometry().hasCascades()) return {Function::RunTimers, RunCascade};
    if (there.geometry().is(TimerAlgorithm::Wheel61)) return {Function::RunTimerSoftirq61, SoftirqEach61};
    return {Function::TimerBhList, BhRunList};
}

/// Where a call stands that nobody of the algorithm made.
Frame caller(const World& there, int cpu)
{
    if (there.kernel().cpu(cpu).interrupt == Interrupt::Device) return {Function::DoIrq, IrqHandler};
    return beneathInterrupt(there, cpu);
}

Frame sleepOf(const Record& r, CallContext context)
{
    const bool isInterruptible = r.site == Site::MsleepInterruptible || context.isInterruptible;
    return isInterruptible ? Frame{Function::MsleepICall, SleepIWhile} : Frame{Function::MsleepCall, SleepWhile};
}

/// The call that a record was made by, of any algorithm.
Site callSite(const Record& r)
{
    if (r.kind == Kind::Counted) return listCallSite(r);
    return r.kind == Kind::RegisterSet && r.site == Site::ForwardTimerBase ? callSite61(r) : r.site;
}

bool isInterruptPart(const Record& r)
{
    switch (r.site) {
    case Site::TickInterrupt:
    case Site::RunLocalTimers:
    case Site::DeviceInterrupt:
    case Site::Ipi:
    case Site::UpdateJiffies:
    case Site::Duty:
    case Site::Tick:
    case Site::TimePasses:
    case Site::TryToDelTimerSync: return true;
    default: return r.kind == Kind::Passed;
    }
}

} // namespace

std::optional<LineList> kernelLinesOf(const Record& r, const World& before, const Record*)
{
    return Builder(r, before).lines();
}

LineList withKernelLines(const Record& r, const LineList& own)
{
    if (r.kind != Kind::Entered || r.site != Site::RunTimerSoftirq) return own;
    LineList list;
    list.line[0] = SoftirqClear;
    list.line[1] = SoftirqCall;
    std::copy_n(own.line.begin(), own.count, list.line.begin() + 2);
    list.count = own.count + 2;
    list.effect = own.effect + 2;
    list.taken = own.taken << 2;
    return list;
}

bool isKernelCall(const Record& r)
{
    return isOfKernel(r.site) && (r.kind == Kind::Queued || r.kind == Kind::RegisterSet || r.kind == Kind::Raised || r.kind == Kind::Counted ||
                                  r.kind == Kind::Unqueued || r.kind == Kind::ItemSet);
}

bool mayHaveKernelLine(const Record& r, Line l)
{
    const auto isSite = [&](std::initializer_list<Site> sites) { return std::find(sites.begin(), sites.end(), r.site) != sites.end(); };
    const bool isCall = r.kind == Kind::Entered || r.kind == Kind::Left;
    const bool isSet = r.kind == Kind::RegisterSet;
    const auto sets = [&](Register which) { return isSet && static_cast<Register>(r.slot) == which; };
    const bool counts = r.kind == Kind::ClockSet && isSite({Site::Tick, Site::UpdateJiffies});
    switch (functionOf(l)) {
    case Function::SchedTimer:
        if (l == SchedEnter || l == SchedReturn) return isCall && r.site == Site::TickInterrupt;
        return l == SchedLocal ? r.site == Site::RunLocalTimers : counts || r.site == Site::Duty;
    case Function::SchedDoTimer: return l == DutyNone ? r.site == Site::Duty : counts;
    case Function::UpdateJiffies: return counts;
    case Function::DoTimer: return counts || (r.kind == Kind::Passed && r.site == Site::Tick);
    case Function::ProcessTimes:
    case Function::LocalTimers: return r.site == Site::RunLocalTimers;
    case Function::DoIrq: return isCall && r.site == Site::DeviceInterrupt;
    case Function::IpiCall: return isCall && r.site == Site::Ipi;
    case Function::IrqExit: return r.kind == Kind::Left && isSite({Site::TickInterrupt, Site::DeviceInterrupt, Site::Ipi});
    case Function::DoSoftirq: return r.kind == Kind::Entered && r.site == Site::RunTimerSoftirq;
    case Function::CpuIdle: return sets(Register::Idle);
    case Function::StopTick: return isSet && r.site == Site::StopTick;
    case Function::RestartTick: return isSet && r.site == Site::RestartTick;
    case Function::DelSync: return (isCall && r.site == Site::DelTimerSync) || sets(Register::Spinning);
    case Function::SpinLockCall:
    case Function::SpinUnlockCall: return sets(Register::LockOwner) || sets(Register::BaseLock) || sets(Register::Spinning);
    case Function::LockBase: return sets(Register::Spinning);
    case Function::MdelayCall: return isCall && r.site == Site::Mdelay;
    case Function::FreeCall: return sets(Register::Freed);
    case Function::MsleepCall: return (isCall && r.site == Site::Msleep) || sets(Register::TaskState);
    case Function::MsleepICall: return (isCall && r.site == Site::MsleepInterruptible) || sets(Register::TaskState);
    case Function::SetState: return sets(Register::TaskState);
    case Function::ScheduleTimeoutCall: return callSite(r) == Site::ScheduleTimeout;
    case Function::ScheduleCall: return r.site == Site::Reschedule || r.kind == Kind::Refused;
    case Function::WakeUp:
    case Function::SendSig: return isSite({Site::TryToWakeUp, Site::SendSignal});
    case Function::ExitCall: return sets(Register::TaskState);
    case Function::NewTaskCall: return isSet && r.site == Site::NewTask;
    case Function::Surroundings:
        switch (l) {
        case TimeGoes: return r.site == Site::TimePasses;
        case AllAsleep: return r.site == Site::Asleep;
        case LoadSet: return sets(Register::HasLoad);
        case ChosenCpu: return r.kind == Kind::Chosen || r.site == Site::Choice;
        case SignalTaken: return sets(Register::SignalPending);
        case DeadlockEver: return r.site == Site::Deadlock || r.site == Site::Spin;
        case WakeSent: return r.kind == Kind::Raised && r.site == Site::AddTimerOn;
        case Complaint: return isComplaint(r);
        default: return r.site == Site::UseAfterFree;
        }
    default: return false;
    }
}

Frame kernelCallerOf(Function f, Frame algorithm, const Record& r, const World& there, int cpu, CallContext context, bool isInnermost)
{
    const SyncCaller sync = context.sync;
    const KernelCpu& k = there.kernel().cpu(cpu);
    const bool isSleepers = callSite(r) == Site::ScheduleTimeout || sync == SyncCaller::ScheduleTimeout;
    switch (f) {
    // ticks
    case Function::SchedTimer:
    case Function::DoIrq:
    case Function::IpiCall: return beneathInterrupt(there, cpu);
    case Function::IrqExit: // of the interrupt that ends here, or of the one that began the softirq
        return isInnermost ? beneathInterrupt(there, cpu) : bottom(there, cpu);
    case Function::SchedDoTimer: return {Function::SchedTimer, SchedCount};
    case Function::UpdateJiffies:
        if (r.kind == Kind::Passed) return {Function::SchedDoTimer, DutyMine};
        switch (k.interrupt) {
        case Interrupt::Tick:
            if (there.kernel().dutyCpu == static_cast<std::uint64_t>(cpu)) return {Function::SchedDoTimer, DutyMine};
            return {Function::SchedTimer, SchedEnter};
        case Interrupt::Device: return {Function::DoIrq, IrqEnter};
        case Interrupt::Ipi: return {Function::IpiCall, IpiEnter};
        case Interrupt::None: break;
        }
        return {Function::RestartTick, RestartCount};
    case Function::DoTimer: return {Function::UpdateJiffies, UpdateCount};
    case Function::ProcessTimes: return {Function::SchedTimer, SchedLocal};
    case Function::LocalTimers:
    case Function::RunLocalTimers61: return {Function::ProcessTimes, TimesLocal};
    // softirqs
    case Function::DoSoftirq: return {Function::IrqExit, ExitSoftirq};
    case Function::RunTimerSoftirq:
    case Function::RunTimerSoftirq61:
    case Function::TimerBhList: return {Function::DoSoftirq, SoftirqCall};
    // idle
    case Function::NohzEnter: return {Function::CpuIdle, IdleEnter};
    case Function::StopTick: return {Function::NohzEnter, NohzStop};
    case Function::RestartTick: return {Function::CpuIdle, IdleExit};
    case Function::NextInterrupt:
    case Function::NextInterrupt61:
    case Function::NextInterruptList:
        if (there.cpu(cpu).idle) return {Function::StopTick, StopNext};
        return caller(there, cpu);
    case Function::ClearIdle61:
        if (k.interrupt == Interrupt::Ipi) return {Function::IpiCall, IpiEnter};
        return {Function::CpuIdle, IdleExit};
    // deleting
    case Function::TryToDelTimerSync:
    case Function::TryToDelTimerSync61:
    case Function::TryToDelTimerSyncList:
        if (sync == SyncCaller::Nobody) return caller(there, cpu);
        return {Function::DelSync, SyncTry};
    case Function::DelSync:
        if (sync == SyncCaller::ScheduleTimeout) return {Function::ScheduleTimeoutCall, TimeoutDel};
        return caller(there, cpu);
    // sleeping
    case Function::InnerModTimer:
    case Function::InnerModTimer61:
    case Function::ModTimerList:
        if (isSleepers) return {Function::ScheduleTimeoutCall, TimeoutArm};
        break;
    case Function::SetState:
    case Function::ScheduleTimeoutCall: return sleepOf(r, context);
    case Function::ScheduleCall: {
        if (r.kind == Kind::Refused) return {Function::ScheduleTimeoutCall, TimeoutSchedule};
        const std::uint64_t process = static_cast<Register>(r.slot) == Register::CurrentTask && r.value == 0 ? r.before : 0;
        if (process == 0 || process > there.kernel().processes.size()) break;
        const TaskState state = there.kernel().processes[process - 1].state;
        if (state == TaskState::Dead) return {Function::ExitCall, ExitSchedule};
        if (state != TaskState::Running) return {Function::ScheduleTimeoutCall, TimeoutSchedule};
        break;
    }
    case Function::WakeUp:
        if (r.site == Site::SendSignal) return {Function::SendSig, SignalWake};
        return caller(there, r.cpu < there.cpuCount() ? cpu : 0);
    case Function::CpuIdle:
    case Function::NewTaskCall:
    case Function::Surroundings:
    case Function::Process: return {Function::Surroundings, Note};
    case Function::MsleepCall:
    case Function::MsleepICall:
    case Function::SpinLockCall:
    case Function::SpinUnlockCall:
    case Function::LockBase:
    case Function::MdelayCall:
    case Function::FreeCall:
    case Function::SendSig:
    case Function::ExitCall: return caller(there, cpu);
    default: break;
    }
    if (algorithm.function != Function::Surroundings) return algorithm;
    if (f == Function::ScheduleCall) return {Function::Surroundings, Note};
    return caller(there, cpu);
}

namespace
{

constexpr std::uint64_t farthest = 4096; // records

SyncCaller syncCallerOf(const LogView& log, std::uint64_t event)
{
    const Record& r = log[event];
    const bool isOfSync = r.site == Site::TryToDelTimerSync || r.site == Site::CpuRelax || r.site == Site::DelTimerSync;
    if (!isOfSync) return SyncCaller::Nobody;
    // It begins with its own record, or as a process that slept has the CPU again.
    for (std::uint64_t e = event; e > 0 && event - e < farthest; --e) {
        const Record& past = log[e - 1];
        if (past.cpu != r.cpu || isInterruptPart(past)) continue;
        if (past.kind == Kind::RegisterSet && static_cast<Register>(past.slot) == Register::Spinning) continue;
        if (past.kind == Kind::Entered && past.site == Site::DelTimerSync) return SyncCaller::Code;
        const bool isSwitch = past.kind == Kind::RegisterSet && static_cast<Register>(past.slot) == Register::CurrentTask && past.value != 0;
        const bool isWoken = past.site == Site::ScheduleTimeout || past.site == Site::TryToWakeUp || past.site == Site::SendSignal;
        if (isSwitch || isWoken) return SyncCaller::ScheduleTimeout;
        if (past.site == Site::RunTimerSoftirq || past.site == Site::RunTimers || past.site == Site::Cascade || past.site == Site::Callback) continue;
        break;
    }
    return r.site == Site::TryToDelTimerSync ? SyncCaller::Nobody : SyncCaller::Code;
}

/// The process that goes to sleep, sleeps or has slept does so in msleep_interruptible().
bool sleepsInterruptibly(const LogView& log, std::uint64_t event, const World& there)
{
    const Record& r = log[event];
    if (r.kind == Kind::RegisterSet && r.site == Site::SetCurrentState) return r.value == static_cast<std::uint64_t>(TaskState::Interruptible);
    const int cpu = std::min<int>(r.cpu, there.cpuCount() - 1);
    const bool isSwitch = r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::CurrentTask;
    const std::uint64_t process = isSwitch ? r.before : there.kernel().cpu(cpu).current;
    if (process == 0 || process > there.kernel().processes.size()) return false;
    const TaskState state = there.kernel().processes[process - 1].state;
    if (state != TaskState::Running) return state == TaskState::Interruptible;
    for (std::uint64_t e = event; e > 0 && event - e < farthest; --e) {
        const Record& past = log[e - 1];
        if (past.kind != Kind::Entered || past.link != process) continue;
        if (past.site == Site::Msleep || past.site == Site::MsleepInterruptible) return past.site == Site::MsleepInterruptible;
    }
    return false;
}

} // namespace

CallContext contextOf(const LogView& log, std::uint64_t event, const World& there)
{
    CallContext context;
    context.sync = syncCallerOf(log, event);
    const Site site = log[event].site;
    const bool isOfSleep = site == Site::ScheduleTimeout || site == Site::SetCurrentState || site == Site::Reschedule;
    if (isOfSleep || context.sync == SyncCaller::ScheduleTimeout) context.isInterruptible = sleepsInterruptibly(log, event, there);
    return context;
}

} // namespace jiffy::core
