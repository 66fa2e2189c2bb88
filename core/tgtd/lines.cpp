// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tgtd/lines.h"

#include "core/kernel/line_builder.h"

namespace jiffy::core
{

namespace
{

using enum Line;

class Builder : LineBuilder
{
  public:
    Builder(const World& before, const Record* previous, const DaemonConfig& config)
        : m_before(before), m_previous(previous), m_config(config)
    {
    }

    LineList linesOf(const Record& r)
    {
        switch (r.kind) {
        case Kind::ClockSet:
            return only(TimePasses);
        case Kind::Raised:
            return only(AlarmFires);
        case Kind::Defined:
            return only(DefineWork);
        case Kind::Spliced:
            return only(LoopReady);
        case Kind::Moved:
            return moved(r);
        case Kind::Queued:
            return r.site == Site::IoReady ? becomesReady() : queued(r);
        case Kind::Unqueued:
            if (r.site == Site::IoHandler) return only(LoopEach, true);
            caller(HandlerDel, FuncDel);
            add(DelQueued, true);
            return only(DelUnlinked);
        case Kind::Refused:
            caller(HandlerAdd, FuncAdd);
            return only(WorkTwice, true);
        case Kind::Fired:
            return fired();
        case Kind::Entered:
            return entered(r);
        case Kind::Left:
            return left(r);
        case Kind::RegisterSet:
            return registerSet(r);
        case Kind::Noted:
            return noted(r);
        case Kind::Passed:
        case Kind::Chosen:
        case Kind::ItemSet:
        case Kind::NodeSet:
        case Kind::Counted:
            break;
        }
        return only(Note);
    }

  private:
    const DaemonState& daemon() const { return m_before.daemon(); }
    bool isOld() const { return m_config.scheduler == WorkScheduler::Old; }
    bool isNew() const { return m_config.scheduler == WorkScheduler::New; }
    bool was(Kind k, Site s) const
    {
        return m_previous != nullptr && m_previous->kind == k && m_previous->site == s;
    }

    /// The effect, and nothing behind it.
    LineList only(Line l, bool taken = false)
    {
        effect(l, taken);
        return m_list;
    }
    /// Who calls add_work() or del_work().
    void caller(Line handler, Line func) { add(m_before.cpu(0).running.isValid() ? func : handler); }
    /// From the end of the handlers (or the start) to epoll_wait().
    void head(bool goesOn)
    {
        if (was(Kind::Left, Site::IoHandler)) add(LoopEach);
        if (goesOn)
            add(LoopWhile, true);
        else
            effect(LoopWhile);
    }

    LineList moved(const Record& r)
    {
        if (r.site == Site::EpollWait) return only(LoopReady);
        add(isOld() ? OldExpired : ExecExpired, true);
        return only(isOld() ? OldMove : ExecMove);
    }
    LineList becomesReady()
    {
        const bool byWrite = was(Kind::RegisterSet, Site::WorkTimerScheduleEvt) && m_previous->hasMore();
        if (!byWrite) return only(SourceReady);
        effect(NotifyReady);
        add(NotifyFailed);
        return m_list;
    }
    LineList queued(const Record& r)
    {
        if (r.slotId() == m_before.geometry().activeList()) {
            effect(WorkAtOnce);
            if (isNew()) add(WorkNotify);
            return m_list;
        }
        if (isOld()) {
            add(WorkTicks);
            add(WorkWhenOld);
        } else {
            add(isNew() ? WorkClock : WorkClockToday);
            add(WorkWhen);
        }
        return only(WorkSorted);
    }
    /// The first item that has not expired ended the moving.
    void endOfMoving()
    {
        const bool isBehind = m_previous != nullptr &&
                              (m_previous->kind == Kind::Moved || m_previous->kind == Kind::Entered) &&
                              (m_previous->site == Site::ExecuteWork || m_previous->site == Site::Schedule);
        if (isBehind) add(isOld() ? OldExpired : ExecExpired);
    }
    LineList fired()
    {
        endOfMoving();
        add(isOld() ? OldEach : ExecEach, true);
        effect(isOld() ? OldTake : ExecTake);
        add(isOld() ? OldCall : ExecCall);
        add(FuncBegin);
        return m_list;
    }

    LineList entered(const Record& r)
    {
        switch (r.site) {
        case Site::EpollWait:
            if (!was(Kind::Left, Site::ExecScheduled)) {
                head(true);
                add(LoopScheduled);
            }
            return only(LoopWait);
        case Site::ExecScheduled:
            head(true);
            return only(LoopScheduled);
        case Site::IoHandler:
            effect(LoopCall);
            if (r.item != m_config.pipe) add(HandlerBegin);
            return m_list;
        case Site::AddWork:
            caller(HandlerAdd, FuncAdd);
            add(WorkTwice);
            return only(WorkSeconds, r.value != 0);
        case Site::DelWork:
            caller(HandlerDel, FuncDel);
            return only(DelQueued);
        case Site::SlowCall:
            return only(HandlerSlow);
        case Site::WorkTimerSigHandler:
            return only(SignalNotify);
        case Site::WorkTimerScheduleEvt:
            return only(NotifyPending);
        case Site::ExecuteWork:
            add(EvtExecute);
            return only(isNew() ? ExecClock : ExecCounter);
        case Site::Schedule:
            return only(LoopTimeout, true);
        case Site::WorkTimerStart:
            return only(Boot);
        case Site::WorkTimerStop:
            if (daemon().isStarting) return only(StartFailed, true);
            head(false);
            return m_list;
        case Site::Sigaction:
            return only(StartSignal);
        default:
            return only(Note);
        }
    }
    LineList left(const Record& r)
    {
        switch (r.site) {
        case Site::EpollWait:
            if (r.value == ~0ull) return only(LoopInterrupted, true);
            effect(LoopInterrupted);
            // The old scheduler's timeout is the line that calls schedule().
            if (!isOld() || r.value != 0) add(isOld() ? LoopTimeout : LoopIdle, r.value == 0);
            return m_list;
        case Site::ExecScheduled:
            return only(ScheduledReturn);
        case Site::IoHandler:
            return only(r.item == m_config.pipe ? EvtReturn : HandlerReturn);
        case Site::Callback:
            return only(FuncReturn);
        case Site::AddWork:
            return only(WorkReturn);
        case Site::SlowCall:
            return only(HandlerBack, r.value != 0);
        case Site::WorkTimerSigHandler:
            return only(SignalReturn);
        case Site::WorkTimerScheduleEvt:
            return only(NotifyReturn);
        case Site::ExecuteWork:
            endOfMoving();
            add(ExecEach);
            return only(ExecReturn);
        case Site::Schedule:
            return only(OldReturn);
        case Site::WorkTimerStart:
            return only(StartReturn);
        case Site::WorkTimerStop:
            return only(StopReturn);
        default:
            return only(Note);
        }
    }

    LineList registerSet(const Record& r)
    {
        switch (static_cast<Register>(r.slot)) {
        case Register::WallStep:
            return only(WallStep);
        case Register::TimerPending:
            if (r.site == Site::WorkTimerEvtHandler) return only(EvtClear);
            if (!daemon().isNotifying || daemon().isInSignal) add(NotifyPending);
            return only(NotifySet);
        case Register::PipeBytes:
            if (r.site == Site::WorkTimerEvtHandler) return only(EvtRead);
            effect(NotifyWrite);
            if (!r.hasMore()) add(NotifyFailed);
            return m_list;
        case Register::WorkJiffies:
            endOfMoving();
            add(OldEach);
            return only(OldTick);
        case Register::AlarmSince:
            if (r.site == Site::TimerFd) return only(StartPeriod);
            if (r.site == Site::Close) return only(StopTimerFd);
            if (!daemon().isStopping) return only(StartAlarm);
            if (daemon().readFd == 0) { // what does not count as a descriptor is not closed
                add(StopRead);
                add(StopWrite);
            }
            return only(StopAlarm);
        case Register::AlarmBlocked:
            return only(AlarmBlocked);
        case Register::ReadFd:
            if (r.site == Site::TimerFd) return only(StartTimerFd);
            add(StartPipe);
            return only(StartReadEnd);
        case Register::WriteFd:
            return only(StartWriteEnd);
        case Register::PipeEnds:
            if (r.site == Site::Pipe) return only(StartFailed);
            return only((r.before & ~r.value & 1) != 0 ? StopRead : StopWrite, true);
        case Register::PipePolled:
            return only(r.site == Site::EventAdd ? StartPoll : StopPoll);
        case Register::TimerStarted:
            return only(r.value != 0 ? StartFlag : StopFlag);
        case Register::SchedLeft:
            return only(r.site == Site::EventSched ? HandlerSchedule : ScheduledCall);
        case Register::SystemActive:
            return only(HandlerShutdown);
        case Register::Expirations:
            return only(r.value > r.before ? Expires : EvtCount);
        case Register::TimerNow:
            return only(daemon().isStarting ? StartNow : EvtNow);
        default:
            return only(Note);
        }
    }
    LineList noted(const Record& r)
    {
        switch (r.site) {
        case Site::WorkTimerScheduleEvt:
            return only(NotifyPending, true);
        case Site::Write:
            effect(NotifyWrite);
            add(NotifyFailed, r.value != 0);
            return m_list;
        case Site::Pipe:
            return only(StartPipe);
        case Site::EventDel:
            return only(StopPoll);
        case Site::Spin:
            return only(Spin);
        default:
            return only(Note);
        }
    }

    const World& m_before;
    const Record* m_previous;
    const DaemonConfig& m_config;
};

bool isIn(Line l, std::initializer_list<Line> lines)
{
    for (const Line x : lines)
        if (x == l) return true;
    return false;
}

bool mayBeEntered(Site s, Line l)
{
    switch (s) {
    case Site::EpollWait:
        return isIn(l, {LoopEach, LoopWhile, LoopScheduled, LoopWait});
    case Site::ExecScheduled:
        return isIn(l, {LoopEach, LoopWhile, LoopScheduled});
    case Site::IoHandler:
        return isIn(l, {LoopCall, HandlerBegin});
    case Site::AddWork:
        return isIn(l, {HandlerAdd, FuncAdd, WorkTwice, WorkSeconds});
    case Site::DelWork:
        return isIn(l, {HandlerDel, FuncDel, DelQueued});
    case Site::SlowCall:
        return l == HandlerSlow;
    case Site::WorkTimerSigHandler:
        return l == SignalNotify;
    case Site::WorkTimerScheduleEvt:
        return l == NotifyPending;
    case Site::ExecuteWork:
        return isIn(l, {EvtExecute, ExecClock, ExecCounter});
    case Site::Schedule:
        return l == LoopTimeout;
    case Site::WorkTimerStart:
        return l == Boot;
    case Site::WorkTimerStop:
        return isIn(l, {StartFailed, LoopEach, LoopWhile});
    case Site::Sigaction:
        return l == StartSignal;
    default:
        return false;
    }
}

bool mayBeLeft(Site s, Line l)
{
    switch (s) {
    case Site::EpollWait:
        return isIn(l, {LoopInterrupted, LoopIdle, LoopTimeout});
    case Site::ExecScheduled:
        return l == ScheduledReturn;
    case Site::IoHandler:
        return isIn(l, {EvtReturn, HandlerReturn});
    case Site::Callback:
        return l == FuncReturn;
    case Site::AddWork:
        return l == WorkReturn;
    case Site::SlowCall:
        return l == HandlerBack;
    case Site::WorkTimerSigHandler:
        return l == SignalReturn;
    case Site::WorkTimerScheduleEvt:
        return l == NotifyReturn;
    case Site::ExecuteWork:
        return isIn(l, {ExecExpired, ExecEach, ExecReturn});
    case Site::Schedule:
        return l == OldReturn;
    case Site::WorkTimerStart:
        return l == StartReturn;
    case Site::WorkTimerStop:
        return l == StopReturn;
    default:
        return false;
    }
}

bool maySet(const Record& r, Line l)
{
    switch (static_cast<Register>(r.slot)) {
    case Register::WallStep:
        return l == WallStep;
    case Register::TimerPending:
        return isIn(l, {EvtClear, NotifyPending, NotifySet});
    case Register::PipeBytes:
        return isIn(l, {EvtRead, NotifyWrite, NotifyFailed});
    case Register::WorkJiffies:
        return isIn(l, {OldExpired, OldEach, OldTick});
    case Register::AlarmSince:
        return isIn(l, {StartPeriod, StopTimerFd, StartAlarm, StopRead, StopWrite, StopAlarm});
    case Register::AlarmBlocked:
        return l == AlarmBlocked;
    case Register::ReadFd:
        return isIn(l, {StartTimerFd, StartPipe, StartReadEnd});
    case Register::WriteFd:
        return l == StartWriteEnd;
    case Register::PipeEnds:
        return isIn(l, {StartFailed, StopRead, StopWrite});
    case Register::PipePolled:
        return isIn(l, {StartPoll, StopPoll});
    case Register::TimerStarted:
        return isIn(l, {StartFlag, StopFlag});
    case Register::SchedLeft:
        return isIn(l, {HandlerSchedule, ScheduledCall});
    case Register::SystemActive:
        return l == HandlerShutdown;
    case Register::Expirations:
        return isIn(l, {Expires, EvtCount});
    case Register::TimerNow:
        return isIn(l, {StartNow, EvtNow});
    default:
        return false;
    }
}

/// The stack of the thread, innermost last.
class Stack
{
  public:
    Stack(const World& there, const DaemonConfig& config) : m_there(there), m_config(config) {}

    Frames frames() const { return m_frames; }
    void push(Function f, Line at) { m_frames.frame[m_frames.count++] = {f, at}; }

    /// As the world says that the thread stands, without what a signal put upon it.
    void thread()
    {
        const DaemonState& d = m_there.daemon();
        if (d.isStarting) push(Function::WorkTimerStart, d.isStopping ? StartFailed : Note);
        if (d.isStopping) push(Function::WorkTimerStop, Note);
        if (d.isStarting || d.isStopping) return;
        if (d.isWaiting) return push(Function::EventLoop, LoopWait);
        if (d.isInScheduled) {
            push(Function::EventLoop, LoopScheduled);
            return push(Function::ExecScheduled, Note);
        }
        if (!d.source.isValid() && !d.isInPass) return;
        handler();
        if (d.isInPass) {
            push(passFunction(), m_there.cpu(0).running.isValid() ? callLine() : Note);
            if (m_there.cpu(0).running.isValid())
                push(Function::WorkFunc, d.adding.isValid() ? FuncAdd : FuncBegin);
        }
        if (!d.adding.isValid()) return;
        push(Function::AddWork, d.isNotifying ? WorkNotify : Note);
        if (d.isNotifying) push(Function::WorkTimerScheduleEvt, Note);
    }
    void signal()
    {
        if (m_there.daemon().isInSignal) push(Function::WorkTimerSigHandler, SignalNotify);
    }
    /// Up to whoever has called `f`.
    void callersOf(Function f)
    {
        switch (f) {
        case Function::Surroundings:
            thread();
            return signal();
        case Function::WorkTimerSigHandler:
            return thread();
        case Function::WorkTimerScheduleEvt:
            if (m_there.daemon().isInSignal) {
                thread();
                return signal();
            }
            callersOf(Function::AddWork);
            return push(Function::AddWork, WorkNotify);
        case Function::AddWork:
            return fromProgram(HandlerAdd, FuncAdd);
        case Function::DelWork:
            return fromProgram(HandlerDel, FuncDel);
        case Function::WorkFunc:
            callersOf(passFunction());
            return push(passFunction(), callLine());
        case Function::ExecuteWork:
            callersOf(Function::WorkTimerEvtHandler);
            return push(Function::WorkTimerEvtHandler, EvtExecute);
        case Function::Schedule:
            return push(Function::EventLoop, LoopTimeout);
        case Function::IoHandler:
        case Function::WorkTimerEvtHandler:
            return push(Function::EventLoop, LoopCall);
        case Function::ExecScheduled:
            return push(Function::EventLoop, LoopScheduled);
        case Function::WorkTimerStop:
            if (m_there.daemon().isStarting) push(Function::WorkTimerStart, StartFailed);
            return;
        default:
            return;
        }
    }

  private:
    bool isOld() const { return m_config.scheduler == WorkScheduler::Old; }
    Function passFunction() const { return isOld() ? Function::Schedule : Function::ExecuteWork; }
    Line callLine() const { return isOld() ? OldCall : ExecCall; }

    void handler()
    {
        const DaemonState& d = m_there.daemon();
        if (!d.source.isValid()) return push(Function::EventLoop, LoopTimeout);
        push(Function::EventLoop, LoopCall);
        if (d.source == m_config.pipe)
            return push(Function::WorkTimerEvtHandler, d.isInPass ? EvtExecute : Note);
        push(Function::IoHandler, d.adding.isValid() ? HandlerAdd
                                  : d.isInSlowCall   ? HandlerSlow
                                                     : HandlerBegin);
    }
    void fromProgram(Line handler, Line func)
    {
        const bool byFunc = m_there.cpu(0).running.isValid();
        callersOf(byFunc ? Function::WorkFunc : Function::IoHandler);
        push(byFunc ? Function::WorkFunc : Function::IoHandler, byFunc ? func : handler);
    }

    const World& m_there;
    const DaemonConfig& m_config;
    Frames m_frames;
};

} // namespace

LineList workLinesOf(const Record& r, const World& before, const Record* previous, const DaemonConfig& config)
{
    return Builder(before, previous, config).linesOf(r);
}

bool mayHaveWorkLine(const Record& r, Line l)
{
    switch (r.kind) {
    case Kind::ClockSet:
        return l == TimePasses && (r.site == Site::Wait || r.site == Site::Burn || r.site == Site::SubTick);
    case Kind::Raised:
        return l == AlarmFires && r.site == Site::Alarm;
    case Kind::Defined:
        return l == DefineWork;
    case Kind::Spliced:
        return l == LoopReady && r.site == Site::EpollWait;
    case Kind::Moved:
        if (r.site == Site::EpollWait) return l == LoopReady;
        return isIn(l, {OldExpired, OldMove, ExecExpired, ExecMove});
    case Kind::Queued:
        if (r.site == Site::IoReady) return isIn(l, {SourceReady, NotifyReady, NotifyFailed});
        return isIn(l, {WorkAtOnce, WorkNotify, WorkTicks, WorkWhenOld, WorkClock, WorkClockToday, WorkWhen,
                        WorkSorted});
    case Kind::Unqueued:
        if (r.site == Site::IoHandler) return l == LoopEach;
        return isIn(l, {HandlerDel, FuncDel, DelQueued, DelUnlinked});
    case Kind::Refused:
        return isIn(l, {HandlerAdd, FuncAdd, WorkTwice});
    case Kind::Fired:
        return isIn(
            l, {OldExpired, OldEach, OldTake, OldCall, ExecExpired, ExecEach, ExecTake, ExecCall, FuncBegin});
    case Kind::Entered:
        return mayBeEntered(r.site, l);
    case Kind::Left:
        return mayBeLeft(r.site, l);
    case Kind::RegisterSet:
        return maySet(r, l);
    case Kind::Noted:
        switch (r.site) {
        case Site::WorkTimerScheduleEvt:
            return l == NotifyPending;
        case Site::Write:
            return l == NotifyWrite || l == NotifyFailed;
        case Site::Pipe:
            return l == StartPipe;
        case Site::EventDel:
            return l == StopPoll;
        case Site::Spin:
            return l == Spin;
        default:
            return false;
        }
    case Kind::Passed:
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted:
        return false;
    }
    return false;
}

Frames workFramesAt(Line line, const World& there, const DaemonConfig& config)
{
    Stack stack(there, config);
    stack.callersOf(functionOf(line));
    stack.push(functionOf(line), line);
    return stack.frames();
}

} // namespace jiffy::core
