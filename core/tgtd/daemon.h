// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd: one thread in an event loop, its work scheduler before and after January 2011 and today, and the virtual system
// calls round them: clocks, an interval timer, a signal, a pipe, epoll, a timerfd, sources of I/O. As event_loop() in
// usr/tgtd.c and usr/work.c of tgt; the scheme of today from reading alone.
//
// Time is virtual, in us. Nothing takes time but waiting, burning and what DaemonCosts says. At one instant the world
// comes first: steps of the wall clock, then the alarm with its handler, then sources that become ready in file order;
// then the thread goes on. The thread is a stack of frames (functions and how far they have come), plain data, so that a
// run can be stopped and forked between any two steps; a signal's handler is a frame on top.
#pragma once

#include "core/run/snapshot.h"
#include "core/tgtd/daemon_records.h"
#include "core/tgtd/deadline_index.h"

#include <algorithm>

namespace jiffy::core
{

template <class Emitter> class Daemon : private DaemonRecords<Emitter>
{
  public:
    Daemon(const Inputs& inputs, const World& world, Emitter& emitter, MachineState state = {})
        : DaemonRecords<Emitter>(world, emitter), m_inputs(inputs), m_config(inputs.daemon), m_whole(state),
          m_state(m_whole.daemon), m_deadlines(world)
    {
        if (m_state.depth == 0) m_state.depth = 1; // the main program
    }

    const MachineState& state() const { return m_whole; }

    /// Does one step. False, doing nothing, once the run has ended.
    bool step()
    {
        if (m_state.isEnded) return false;
        // Sources of an instant become ready behind its alarm's handler, but before time goes on.
        if (m_state.arrived > m_state.action && (!isInSignal() || top().until > now())) {
            arrive();
            return true;
        }
        if (top().until > now()) {
            pass();
            return true;
        }
        goOn();
        m_whole.action = m_state.action;
        return true;
    }

  private:
    using Records = DaemonRecords<Emitter>;
    using Records::define;
    using Records::enter;
    using Records::insert;
    using Records::leave;
    using Records::m_world;
    using Records::move;
    using Records::note;
    using Records::record;
    using Records::remove;
    using Records::setRegister;
    using Frame = DaemonFrame;
    using Code = DaemonFrame::Code;
    static constexpr std::uint64_t never = ~0ull;
    static constexpr std::uint64_t second = 1'000'000;

    std::uint64_t now() const { return m_world.clock().ticks; }
    std::uint64_t wallOffset() const { return DaemonConfig::wallAtStart + m_world.daemon().wallStep; }
    std::uint64_t wall() const { return wallOffset() + now(); }
    bool isOld() const { return m_config.scheduler == WorkScheduler::Old; }
    bool isNew() const { return m_config.scheduler == WorkScheduler::New; }
    const Geometry& lists() const { return m_world.geometry(); }
    Frame& top() { return m_state.frame[m_state.depth - 1]; }
    bool isInSignal() const { return m_world.daemon().isInSignal; }

    Frame& push(Code code, TimerId item = TimerId::none(), std::uint64_t value = 0)
    {
        Frame& f = m_state.frame[m_state.depth++];
        f = Frame{};
        f.code = code;
        f.item = item;
        f.value = value;
        return f;
    }
    void pop() { --m_state.depth; }
    /// The frame on top goes on when so much time has passed.
    void spend(std::uint64_t microseconds) { top().until = now() + microseconds; }

    void goOn()
    {
        switch (top().code) {
        case Code::Main: return goOnInMain();
        case Code::Start: return goOnInStart();
        case Code::Stop: return goOnInStop();
        case Code::Handler: return goOnInHandler();
        case Code::AddWork: return goOnAdding();
        case Code::Notify: return goOnNotifying();
        case Code::Pass: return goOnInPass();
        case Code::Func: return goOnInFunc();
        case Code::Signal: return goOnInSignal();
        }
    }

    // ---- the world ---------------------------------------------------------------------------------------------------

    /// The next instant at which something happens by itself.
    std::uint64_t nextInstant() const
    {
        const std::uint64_t action = m_state.action < m_inputs.actions.size() ? m_inputs.actions[m_state.action].tick : never;
        return std::min({m_state.nextAlarm, action, timerFdInstant()});
    }
    /// When the wall clock reaches the timerfd's next expiry; now if it has passed it.
    std::uint64_t timerFdInstant() const
    {
        if (m_state.nextExpiry == never) return never;
        return m_state.nextExpiry > wall() ? m_state.nextExpiry - wallOffset() : now();
    }
    /// Up to the next instant, or to when the frame on top goes on.
    void pass()
    {
        const std::uint64_t instant = std::min(nextInstant(), top().until);
        if (instant > m_config.until) return end();
        if (nextInstant() == instant) return actAt(instant, Site::Burn);
        moveClockTo(instant, Site::Burn);
    }
    /// What happens by itself at `instant`, in its order, up to the signal; arrive() does the rest behind its handler.
    void actAt(std::uint64_t instant, Site passing)
    {
        moveClockTo(instant, passing);
        const auto& actions = m_inputs.actions;
        m_state.arrived = m_state.action;
        while (m_state.arrived < actions.size() && actions[m_state.arrived].tick <= instant) ++m_state.arrived;
        for (auto i = m_state.action; i < m_state.arrived; ++i)
            if (actions[i].call == Call::StepWall)
                setRegister(Site::WallStep, Register::WallStep, m_world.daemon().wallStep, m_world.daemon().wallStep + actions[i].expires);
        expireTimerFd();
        if (m_state.nextAlarm > instant) return;
        m_state.nextAlarm += m_config.interval;
        raiseAlarm();
    }
    void arrive()
    {
        for (; m_state.action < m_state.arrived; ++m_state.action) {
            const Action& a = m_inputs.actions[m_state.action];
            if (a.call != Call::StepWall) makeReady(TimerId(a.nanoseconds));
        }
        m_whole.action = m_state.action;
    }
    void expireTimerFd()
    {
        if (m_state.nextExpiry == never || m_state.nextExpiry > wall()) return;
        const std::uint64_t missed = (wall() - m_state.nextExpiry) / m_config.interval + 1;
        m_state.nextExpiry += missed * m_config.interval;
        const std::uint64_t before = m_world.daemon().expirations;
        setRegister(Site::TimerFd, Register::Expirations, before, before + missed, before == 0);
        if (before == 0) makeReady(m_config.pipe);
    }
    void raiseAlarm()
    {
        if (isInSignal()) { // the handler blocks its own signal; one more is remembered
            setRegister(Site::Alarm, Register::AlarmBlocked, m_world.daemon().isAlarmBlocked ? 1 : 0, 1);
            return;
        }
        Records::template emit<Kind::Raised>(record(Kind::Raised, Site::Alarm));
        if (top().isInterruptible) {
            top().wasInterrupted = true;
            top().until = now();
        }
        enter(Site::WorkTimerSigHandler);
        push(Code::Signal);
        spend(m_config.costs.signal);
    }
    void goOnInSignal()
    {
        if (top().at++ == 0) {
            push(Code::Notify);
            return;
        }
        leave(Site::WorkTimerSigHandler);
        pop();
        if (!m_world.daemon().isAlarmBlocked) return;
        setRegister(Site::Alarm, Register::AlarmBlocked, 1, 0);
        raiseAlarm();
    }
    void moveClockTo(std::uint64_t instant, Site passing)
    {
        if (instant <= now()) return;
        Record r = record(Kind::ClockSet, passing);
        r.before = m_world.clock().jiffies;
        r.value = instant;
        r.setTicks(instant - now());
        Records::template emit<Kind::ClockSet>(r);
        m_state.funcsNow = 0;
    }
    void makeReady(TimerId source)
    {
        define(source);
        if (!m_world.item(source).isPending()) insert(Site::IoReady, source, lists().readyList(), TimerId::none(), now());
    }
    /// Time would have to pass the end of the run.
    void end()
    {
        moveClockTo(m_config.until, m_world.daemon().isWaiting ? Site::Wait : Site::Burn);
        m_state.isEnded = true;
    }

    // ---- the event loop ----------------------------------------------------------------------------------------------

    enum MainPart : std::uint8_t { Boot, Started, LoopTop, Waiting, Returning, Dispatch, Stopped };

    void goOnInMain()
    {
        switch (static_cast<MainPart>(top().at)) {
        case Boot: return boot();
        case Started:
            if (top().value != 0) m_state.isEnded = true; // main() exits
            else top().at = LoopTop;
            return;
        case LoopTop: return callEpollWait();
        case Waiting: return wait();
        case Returning: return returnReady();
        case Dispatch: return nextHandler();
        case Stopped: m_state.isEnded = true; return;
        }
    }
    /// What was due before the loop starts has happened; then the timer is started.
    void boot()
    {
        const std::uint64_t begin = m_config.start;
        if (nextInstant() <= std::min(begin, m_config.until)) return actAt(nextInstant(), Site::Wait);
        if (begin > m_config.until) return end();
        moveClockTo(begin, Site::Wait);
        top().at = isOld() ? LoopTop : Started;
        if (!isOld()) push(Code::Start);
    }
    void callEpollWait()
    {
        if (m_world.daemon().isShuttingDown) {
            top().at = Stopped;
            if (!isOld()) push(Code::Stop);
            return;
        }
        execScheduled();
        const std::uint64_t timeout = m_world.daemon().schedLeft != 0 ? 0 : m_config.epollTimeout;
        enter(Site::EpollWait, TimerId::none(), timeout);
        m_state.waitUntil = timeout == never ? never : now() + timeout;
        top().isInterruptible = true;
        top().wasInterrupted = false;
        top().at = Waiting;
    }
    /// As tgt_exec_scheduled(): what is scheduled by now; what it schedules anew waits for the next pass.
    void execScheduled()
    {
        const std::uint64_t left = m_world.daemon().schedLeft;
        if (left == 0) return;
        enter(Site::ExecScheduled, TimerId::none(), left);
        setRegister(Site::ExecScheduled, Register::SchedLeft, left, left - 1);
        leave(Site::ExecScheduled, TimerId::none(), left);
    }
    void wait()
    {
        if (top().wasInterrupted) return leaveWait(never, LoopTop);
        if (m_world.listAt(lists().readyList()).count != 0) {
            top().isInterruptible = false;
            top().at = Returning;
            return spend(m_config.costs.syscall);
        }
        if (m_config.endsWhenDone && isDone()) {
            m_state.isEnded = true;
            return;
        }
        const std::uint64_t instant = std::min(nextInstant(), m_state.waitUntil);
        if (instant > m_config.until) return end();
        if (nextInstant() == instant) return actAt(instant, Site::Wait);
        moveClockTo(instant, Site::Wait);
        leaveWait(0, LoopTop);
        if (isOld()) beginPass();
    }
    /// No work is queued, and no action is to come. REQUIRES: nothing is ready.
    bool isDone() const
    {
        return m_state.action == m_inputs.actions.size() && m_world.listAt(lists().inactiveList()).count == 0 &&
               m_world.listAt(lists().activeList()).count == 0;
    }
    void leaveWait(std::uint64_t answer, MainPart next)
    {
        top().isInterruptible = false;
        top().at = next;
        leave(Site::EpollWait, TimerId::none(), answer);
    }
    void returnReady()
    {
        const std::uint32_t ready = m_world.listAt(lists().readyList()).count;
        const std::uint32_t count = std::min(ready, m_config.batch);
        if (count == ready) {
            Record r = record(Kind::Spliced, Site::EpollWait);
            r.slot = lists().readyList().value;
            r.link = count;
            r.flags = Record::moreFlag;
            Records::template emit<Kind::Spliced>(r);
        } else {
            for (std::uint32_t i = 0; i < count; ++i) move(Site::EpollWait, lists().readyList(), lists().returnedList(), true);
        }
        leaveWait(count, Dispatch);
    }
    void nextHandler()
    {
        const TimerId source = m_world.listAt(lists().returnedList()).first;
        if (!source.isValid()) {
            top().at = LoopTop;
            return;
        }
        remove(Site::IoHandler, source, true);
        enter(Site::IoHandler, source);
        push(Code::Handler, source);
        spend(m_config.costs.io);
    }

    // ---- handlers ----------------------------------------------------------------------------------------------------

    enum HandlerPart : std::uint8_t { Begin, Read, Clear, End };

    void goOnInHandler()
    {
        const TimerId source = top().item;
        switch (static_cast<HandlerPart>(top().at)) {
        case Begin:
            top().at = source == m_config.pipe ? Read : End;
            if (source == m_config.pipe) return spend(m_config.costs.syscall);
            return act(m_inputs.actions[m_config.sources[source.value - m_config.firstSource]]);
        case Read:
            top().at = Clear;
            return readPipe();
        case Clear:
            top().at = End;
            if (isNew()) setRegister(Site::WorkTimerEvtHandler, Register::TimerPending, m_world.daemon().timerPending ? 1 : 0, 0);
            return beginPass();
        case End: break;
        }
        if (m_world.daemon().isInSlowCall) leave(Site::SlowCall, TimerId::none(), top().wasInterrupted ? never : 0);
        // Level triggered: what was not read is ready again.
        if (source == m_config.pipe && (m_world.daemon().pipeBytes != 0 || m_world.daemon().expirations != 0)) makeReady(source);
        leave(Site::IoHandler, source);
        pop();
    }
    void act(const Action& a)
    {
        switch (a.call) {
        case Call::AddWork: push(Code::AddWork, a.timer, a.expires); return;
        case Call::DelWork: return delWork(a.timer);
        case Call::BurnTime: return spend(a.expires);
        case Call::SlowCall:
            enter(Site::SlowCall, TimerId::none(), a.expires);
            top().isInterruptible = true;
            return spend(a.expires);
        case Call::EventSched:
            return setRegister(Site::EventSched, Register::SchedLeft, m_world.daemon().schedLeft, std::max(m_world.daemon().schedLeft, a.expires + 1));
        case Call::Shutdown: return setRegister(Site::Shutdown, Register::SystemActive, m_world.daemon().isShuttingDown ? 0 : 1, 0);
        default: return;
        }
    }
    /// As work_timer_evt_handler(); of today's scheme, the read of the timerfd: "now" is a counter.
    void readPipe()
    {
        const DaemonState& d = m_world.daemon();
        if (isNew()) return setRegister(Site::WorkTimerEvtHandler, Register::PipeBytes, d.pipeBytes, d.pipeBytes - std::min<std::uint64_t>(4, d.pipeBytes));
        const std::uint64_t later = d.timerNow + d.expirations * m_config.interval;
        setRegister(Site::TimerFd, Register::Expirations, d.expirations, 0, true);
        setRegister(Site::TimerFd, Register::TimerNow, d.timerNow, later);
    }

    // ---- starting and stopping the timer -----------------------------------------------------------------------------

    /// As work_timer_start(): the alarm is armed before the pipe exists.
    void goOnInStart()
    {
        const bool isTimerFd = !isNew();
        switch (top().at++) {
        case 0:
            enter(Site::WorkTimerStart);
            setRegister(Site::WorkTimerStart, Register::TimerStarted, 0, 1);
            if (isTimerFd) return startTimerFd();
            return spend(m_config.costs.syscall);
        case 1:
            if (isTimerFd) return;
            enter(Site::Sigaction);
            return spend(m_config.costs.syscall);
        case 2:
            if (isTimerFd) return;
            m_state.nextAlarm = now() + m_config.interval;
            setRegister(Site::Setitimer, Register::AlarmSince, never, now());
            return spend(m_config.costs.pipe);
        case 3:
            if (isTimerFd) return;
            if (m_config.fail.pipe) {
                note(Site::Pipe, emfile, 0);
                top().value = emfile;
                push(Code::Stop);
                return;
            }
            openPipe();
            return spend(m_config.costs.syscall);
        case 4:
            if (!isTimerFd && top().value == 0) setRegister(Site::EventAdd, Register::PipePolled, 0, 1);
            return;
        default: break;
        }
        const std::uint64_t error = top().value;
        leave(Site::WorkTimerStart, TimerId::none(), error);
        pop();
        top().value = error;
    }
    void openPipe()
    {
        define(m_config.pipe);
        setRegister(Site::Pipe, Register::ReadFd, 0, DaemonConfig::firstPipeFd, true);
        setRegister(Site::Pipe, Register::WriteFd, 0, DaemonConfig::firstPipeFd + 1, true);
        setRegister(Site::Pipe, Register::PipeEnds, 0, 3);
    }
    /// Absolute and since 1970, so it expires on the wall clock's half seconds. The first read is thrown away, but the
    /// clock at that moment is where "now" starts to count.
    void startTimerFd()
    {
        m_state.nextExpiry = (wall() / m_config.interval + 1) * m_config.interval;
        define(m_config.pipe);
        setRegister(Site::TimerFd, Register::ReadFd, 0, DaemonConfig::firstPipeFd, true);
        setRegister(Site::TimerFd, Register::AlarmSince, never, now(), true);
        setRegister(Site::TimerFd, Register::TimerNow, 0, wallMilliseconds(), true);
        setRegister(Site::EventAdd, Register::PipePolled, 0, 1);
    }
    std::uint64_t wallMilliseconds() const { return wall() / 1000 * 1000; }

    /// As work_timer_stop(): the pipe goes first, the alarm last.
    void goOnInStop()
    {
        const DaemonState& d = m_world.daemon();
        const bool isTimerFd = !isNew();
        switch (top().at++) {
        case 0:
            enter(Site::WorkTimerStop);
            setRegister(Site::WorkTimerStop, Register::TimerStarted, d.isTimerStarted ? 1 : 0, 0);
            if (d.isPipePolled) setRegister(Site::EventDel, Register::PipePolled, 1, 0);
            else note(Site::EventDel, 0, d.readFd);
            return spend(m_config.costs.close);
        case 1:
            if (isTimerFd) return;
            if (d.readFd != 0) setRegister(Site::Close, Register::PipeEnds, d.pipeEnds, d.pipeEnds & 2u);
            return spend(m_config.costs.close);
        case 2:
            if (isTimerFd) return;
            if (d.writeFd != 0) setRegister(Site::Close, Register::PipeEnds, d.pipeEnds, d.pipeEnds & 1u);
            return spend(m_config.costs.syscall);
        case 3:
            m_state.nextAlarm = m_state.nextExpiry = never;
            setRegister(isTimerFd ? Site::Close : Site::Setitimer, Register::AlarmSince, d.alarmSince, never);
            return;
        default: break;
        }
        leave(Site::WorkTimerStop);
        pop();
    }

    // ---- the work scheduler ------------------------------------------------------------------------------------------

    static constexpr std::uint64_t eio = 5, ebadf = 9, emfile = 24, epipe = 32;

    /// As work_timer_schedule_evt(): the flag keeps the pipe from ever holding more than one word.
    void goOnNotifying()
    {
        const DaemonState& d = m_world.daemon();
        switch (top().at++) {
        case 0:
            if (d.timerPending) {
                Records::template emit<Kind::Noted>(record(Kind::Noted, Site::WorkTimerScheduleEvt));
                return pop();
            }
            if (isInSignal() || m_config.costs.flag == 0) return;
            enter(Site::WorkTimerScheduleEvt);
            return spend(m_config.costs.flag);
        case 1:
            setRegister(Site::WorkTimerScheduleEvt, Register::TimerPending, d.timerPending ? 1 : 0, 1, m_config.costs.syscall == 0);
            return spend(m_config.costs.syscall);
        default: break;
        }
        write();
        if (d.isNotifying && !isInSignal()) leave(Site::WorkTimerScheduleEvt);
        pop();
    }
    /// timer_fd[1] is whatever it is.
    void write()
    {
        const DaemonState& d = m_world.daemon();
        if (++m_state.writes == m_config.fail.write) return note(Site::Write, eio, d.writeFd);
        if (d.writeFd == 0) return note(Site::Write, 0, 0); // what the daemon was started with
        if ((d.pipeEnds & 2u) == 0) return note(Site::Write, ebadf, d.writeFd);
        if ((d.pipeEnds & 1u) == 0) return note(Site::Write, epipe, d.writeFd); // SIGPIPE has a handler that does nothing
        const bool becomesReady = d.isPipePolled && !m_world.item(m_config.pipe).isPending();
        setRegister(Site::WorkTimerScheduleEvt, Register::PipeBytes, d.pipeBytes, d.pipeBytes + 4, becomesReady);
        if (becomesReady) makeReady(m_config.pipe);
    }
    void goOnAdding()
    {
        const TimerId item = top().item;
        const std::uint64_t seconds = top().value;
        switch (top().at++) {
        case 0:
            define(item);
            if (m_world.item(item).isPending()) { // the original does not look, and corrupts its lists
                refuse(item, seconds);
                return pop();
            }
            enter(Site::AddWork, item, seconds);
            if (seconds != 0 && !isOld()) spend(m_config.costs.syscall); // gettimeofday()
            return;
        case 1:
            if (seconds != 0) {
                const std::uint64_t when = deadline(seconds);
                insert(Site::AddWork, item, lists().inactiveList(), m_deadlines.firstLaterThan(when), when);
                return m_deadlines.added(item);
            }
            insert(Site::AddWork, item, lists().activeList(), TimerId::none(), DaemonConfig::immediate);
            if (isNew()) push(Code::Notify);
            return;
        default: break;
        }
        leave(Site::AddWork, item);
        pop();
    }
    void refuse(TimerId item, std::uint64_t seconds)
    {
        Record r = record(Kind::Refused, Site::AddWork);
        r.item = item;
        r.value = seconds;
        Records::template emit<Kind::Refused>(r);
    }
    std::uint64_t deadline(std::uint64_t seconds) const
    {
        if (isOld()) return m_world.daemon().jiffies + std::max<std::uint64_t>(1, seconds / m_config.tick);
        return (isNew() ? wall() : wallMilliseconds()) + seconds * second;
    }
    void delWork(TimerId item)
    {
        define(item);
        if (!m_world.item(item).isPending()) return enter(Site::DelWork, item);
        if (m_world.slotOf(item) == lists().inactiveList()) m_deadlines.removing(item);
        remove(Site::DelWork, item, false);
    }

    // ---- execute_work() and schedule() -------------------------------------------------------------------------------

    Site passSite() const { return isOld() ? Site::Schedule : Site::ExecuteWork; }
    void beginPass()
    {
        push(Code::Pass);
        if (isNew()) spend(m_config.costs.syscall); // gettimeofday()
    }
    /// What today's scheduler and that of the patch take for the time; the old one its jiffies.
    std::uint64_t passClock() const
    {
        if (isOld()) return m_world.daemon().jiffies;
        return isNew() ? wall() : m_world.daemon().timerNow;
    }
    void goOnInPass()
    {
        if (top().at == 0) {
            top().at = 1;
            top().value = passClock(); // read once
            enter(passSite(), TimerId::none(), top().value);
            return expire(top().value);
        }
        const TimerId item = m_world.listAt(lists().activeList()).first;
        if (item.isValid()) return call(item);
        if (isOld()) setRegister(Site::Schedule, Register::WorkJiffies, m_world.daemon().jiffies, m_world.daemon().jiffies + 1, true);
        leave(passSite(), TimerId::none(), top().value);
        pop();
    }
    void expire(std::uint64_t clock)
    {
        for (TimerId t = m_world.listAt(lists().inactiveList()).first; t.isValid(); t = m_world.listAt(lists().inactiveList()).first) {
            const std::uint64_t when = m_world.item(t).expires;
            if (isOld() ? when >= clock : when > clock) break;
            m_deadlines.removing(t);
            move(passSite(), lists().inactiveList(), lists().activeList(), false);
        }
    }
    void call(TimerId item)
    {
        // A func that adds itself with 0 never lets the drain end.
        if (++m_state.funcsNow > 1000 + 4 * m_world.itemCount()) {
            Record r = record(Kind::Noted, Site::Spin);
            r.item = item;
            r.value = m_state.funcsNow - 1;
            Records::template emit<Kind::Noted>(r);
            m_state.isEnded = true;
            return;
        }
        Record r = record(Kind::Fired, passSite());
        r.item = item;
        r.slot = lists().activeList().value;
        r.before = m_world.item(item).expires;
        Records::template emit<Kind::Fired>(r);
        push(Code::Func, item);
        spend(m_config.costs.func);
    }
    void goOnInFunc()
    {
        const TimerId item = top().item;
        const TimerSpec& spec = m_inputs.timers[item.value];
        if (top().step == spec.stepCount) {
            leave(Site::Callback, item);
            return pop();
        }
        const CallbackStep& s = m_inputs.steps[spec.firstStep + top().step++];
        const auto amount = static_cast<std::uint64_t>(s.delta);
        switch (s.what) {
        case CallbackStep::What::Rearm: push(Code::AddWork, item, amount); return;
        case CallbackStep::What::Add: push(Code::AddWork, s.other, amount); return;
        case CallbackStep::What::Del: return delWork(s.other);
        case CallbackStep::What::Burn: return spend(amount);
        default: return; // of timers, and of a machine of CPUs
        }
    }

    const Inputs& m_inputs;
    const DaemonConfig& m_config;
    MachineState m_whole;
    DaemonMachineState& m_state;
    DeadlineIndex m_deadlines;
};

} // namespace jiffy::core
