// SPDX-License-Identifier: GPL-3.0-or-later
// Performer: starting, the event loop, stopping; as event_loop() in usr/tgtd.c.
#include "app/selfpipe/performer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace jiffy::selfpipe
{

using core::Call;
using core::Kind;
using core::Record;
using core::Register;
using core::Site;
using core::TimerId;

namespace
{

/// What epoll's events carry beside the slots of the sources.
constexpr std::uint64_t alarmKey = ~0ull, stopKey = ~1ull;

bool watch(int epoll, int fd, std::uint64_t key)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = key;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

std::string failed(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

} // namespace

Performer::Performer(core::Inputs inputs, const core::LiveSettings& settings, int out)
    : Recording(std::move(inputs), out), DaemonRecords(Recording::m_stream.world(), Recording::m_stream), m_settings(settings),
      m_deadlines(m_stream.world()), m_alarm(settings.scheme), m_sources(m_inputs)
{
}

Performer::~Performer()
{
    for (const int fd : {m_epoll, m_stopFd})
        if (fd >= 0) close(fd);
}

std::string Performer::perform()
{
    if (!openFiles()) return failed("cannot open the files of the workload");
    if (!catchEnd()) return failed("sigaction");
    m_stream.writeOpening(m_inputs);
    m_zero = monotonicNow();
    measure(core::Measure::Pid, static_cast<std::uint64_t>(getpid()));
    measure(core::Measure::Scheme, static_cast<std::uint64_t>(m_settings.scheme));
    measure(core::Measure::Monotonic, m_zero);
    if (m_settings.busy != 0) measure(core::Measure::Busy, m_settings.busy);
    readWall();
    if (!m_sources.begin(m_zero)) return failed("timerfd_settime");
    spend(m_inputs.daemon.start);
    m_isBooting = false;
    if (!start()) return failed(m_alarm.isSignal() ? "cannot start the interval timer" : "cannot start the timer");
    const std::uint64_t end = m_zero + m_inputs.daemon.until * 1000;
    // The rest of the time is a signal like that of whoever wants it to end.
    const std::uint64_t now = monotonicNow();
    timer_t timer{};
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGTERM;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return failed("timer_create");
    itimerspec at{};
    const std::uint64_t when = std::max(end, now + 1);
    at.it_value.tv_sec = static_cast<time_t>(when / 1'000'000'000);
    at.it_value.tv_nsec = static_cast<long>(when % 1'000'000'000);
    if (timer_settime(timer, TIMER_ABSTIME, &at, nullptr) != 0) return failed("timer_settime");
    while (!isEnding()) pass();
    stop();
    m_stream.writeEnd();
    if (m_stream.error() != 0 && m_stream.error() != EPIPE) {
        errno = m_stream.error();
        return failed("cannot write");
    }
    return {};
}

bool Performer::openFiles()
{
    m_epoll = epoll_create1(EPOLL_CLOEXEC);
    m_stopFd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (m_epoll < 0 || m_stopFd < 0) return false;
    shared.stopFd.store(m_stopFd);
    if (!watch(m_epoll, m_stopFd, stopKey) || !m_sources.open(m_epoll)) return false;
    for (std::size_t f = 0; f < m_inputs.daemon.files.size(); ++f) m_inputs.daemon.files[f].fd = static_cast<std::uint32_t>(m_sources.fd(f));
    return true;
}

/// As work_timer_start(), but the pipe is there before the timer is.
bool Performer::start()
{
    const bool isSignal = m_alarm.isSignal();
    const Site site = isSignal ? Site::Pipe : Site::TimerFd;
    tellUpToNow();
    enter(Site::WorkTimerStart);
    if (!m_alarm.openFile()) return false;
    define(m_inputs.daemon.pipe);
    setRegister(site, Register::ReadFd, 0, static_cast<std::uint64_t>(m_alarm.readFd()), isSignal);
    if (isSignal) {
        setRegister(site, Register::WriteFd, 0, static_cast<std::uint64_t>(m_alarm.writeFd()), true);
        setRegister(site, Register::PipeEnds, 0, 3);
    }
    if (!watch(m_epoll, m_alarm.readFd(), alarmKey)) return false;
    tellUpToNow();
    setRegister(Site::EventAdd, Register::PipePolled, 0, 1);
    if (isSignal) {
        if (!m_alarm.catchSignal()) return false;
        tellUpToNow();
        enter(Site::Sigaction);
    }
    const std::uint64_t armed = monotonicNow();
    if (!m_alarm.arm(m_settings.interval)) return false;
    moveClockTo(armed);
    setRegister(isSignal ? Site::Setitimer : site, Register::AlarmSince, never, m_world.clock().ticks, !isSignal);
    if (!isSignal) {
        m_nextExpiry = armed + m_settings.interval * 1000;
        setRegister(site, Register::TimerNow, 0, readWall());
    }
    tellUpToNow();
    setRegister(Site::WorkTimerStart, Register::TimerStarted, 0, 1);
    leave(Site::WorkTimerStart);
    return true;
}

/// As work_timer_stop(), but the timer is disarmed before the pipe goes.
void Performer::stop()
{
    if (m_isSpinning || shared.stop.load() == 0) spend(0);
    tellUpToNow();
    if (!d().isShuttingDown) setRegister(Site::Shutdown, Register::SystemActive, 1, 0);
    enter(Site::WorkTimerStop);
    m_alarm.disarm();
    m_nextExpiry = never;
    tellUpToNow();
    setRegister(m_alarm.isSignal() ? Site::Setitimer : Site::TimerFd, Register::AlarmSince, d().alarmSince, never);
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, m_alarm.readFd(), nullptr);
    setRegister(Site::EventDel, Register::PipePolled, 1, 0);
    m_alarm.closeFile();
    tellUpToNow();
    if (d().pipeEnds != 0) setRegister(Site::Close, Register::PipeEnds, d().pipeEnds, 0);
    setRegister(Site::WorkTimerStop, Register::TimerStarted, 1, 0);
    leave(Site::WorkTimerStop);
}

// ---- the event loop --------------------------------------------------------------------------------------------------

void Performer::pass()
{
    execScheduled();
    const std::uint64_t timeout = d().schedLeft != 0 ? 0 : m_inputs.daemon.epollTimeout;
    std::array<epoll_event, 1024> events;
    const auto most = static_cast<int>(std::min<std::size_t>(events.size(), m_inputs.daemon.batch));
    tellUpToNow();
    enter(Site::EpollWait, TimerId::none(), timeout);
    m_stream.flush();
    const int count = epoll_wait(m_epoll, events.data(), most, static_cast<int>(timeout / 1000));
    tellUpToNow();
    m_funcsNow = 0;
    if (count > 0) return takeReturned(events.data(), count);
    leave(Site::EpollWait, TimerId::none(), count == 0 ? 0 : never);
}

/// As tgt_exec_scheduled().
void Performer::execScheduled()
{
    const std::uint64_t left = d().schedLeft;
    if (left == 0) return;
    tellUpToNow();
    enter(Site::ExecScheduled, TimerId::none(), left);
    setRegister(Site::ExecScheduled, Register::SchedLeft, left, left - 1);
    leave(Site::ExecScheduled, TimerId::none(), left);
}

void Performer::takeReturned(const epoll_event* events, int count)
{
    std::vector<TimerId> returned;
    std::vector<std::uint64_t> keys;
    for (int i = 0; i < count; ++i) {
        const std::uint64_t key = events[i].data.u64;
        if (key == stopKey) continue;
        keys.push_back(key);
        returned.push_back(key == alarmKey ? m_inputs.daemon.pipe : m_sources.item(static_cast<std::size_t>(key)));
    }
    if (returned.empty()) return leave(Site::EpollWait, TimerId::none(), never); // the end was asked for
    arrange(returned);
    const auto ready = lists().readyList();
    if (m_world.listAt(ready).count == returned.size()) {
        Record r = record(Kind::Spliced, Site::EpollWait);
        r.slot = ready.value;
        r.link = static_cast<std::uint32_t>(returned.size());
        r.flags = Record::moreFlag;
        emit<Kind::Spliced>(r);
    } else {
        for (std::size_t i = 0; i < returned.size(); ++i) move(Site::EpollWait, ready, lists().returnedList(), true);
    }
    leave(Site::EpollWait, TimerId::none(), returned.size());
    for (const std::uint64_t key : keys) {
        if (key == alarmKey) handleAlarm();
        else handle(static_cast<std::size_t>(key));
    }
}

/// The kernel's order is not always that of the instants: a file that it has reported before may keep its place, and one
/// that is due may not have been found yet. The list is put in the order in which they came.
void Performer::arrange(const std::vector<TimerId>& returned)
{
    const auto ready = lists().readyList();
    TimerId here = m_world.listAt(ready).first;
    for (const TimerId source : returned) {
        define(source);
        if (here == source) {
            here = m_world.next(here);
            continue;
        }
        if (m_world.item(source).isPending()) remove(Site::IoReady, source, true);
        insert(Site::IoReady, source, ready, here, m_world.item(source).expires);
    }
}

void Performer::handle(std::size_t slot)
{
    const TimerId source = m_sources.item(slot);
    tellUpToNow();
    remove(Site::IoHandler, source, true);
    enter(Site::IoHandler, source);
    m_sources.read(slot);
    act(m_sources.action(slot));
    spend(m_settings.busy);
    leave(Site::IoHandler, source);
    m_sources.handled(slot, monotonicNow());
}

void Performer::act(const core::Action& a)
{
    switch (a.call) {
    case Call::AddWork: return addWork(a.timer, a.expires);
    case Call::DelWork: return delWork(a.timer);
    case Call::BurnTime: return spend(a.expires);
    case Call::SlowCall: return slowCall(a.expires);
    case Call::EventSched:
        return setRegister(Site::EventSched, Register::SchedLeft, d().schedLeft, std::max(d().schedLeft, a.expires + 1));
    case Call::Shutdown:
        if (!d().isShuttingDown) setRegister(Site::Shutdown, Register::SystemActive, 1, 0);
        return;
    default: return;
    }
}

void Performer::slowCall(std::uint64_t microseconds)
{
    enter(Site::SlowCall, TimerId::none(), microseconds);
    m_stream.flush();
    timespec length{};
    length.tv_sec = static_cast<time_t>(microseconds / 1'000'000);
    length.tv_nsec = static_cast<long>(microseconds % 1'000'000 * 1000);
    const int answer = clock_nanosleep(CLOCK_MONOTONIC, 0, &length, nullptr);
    tellUpToNow();
    leave(Site::SlowCall, TimerId::none(), answer == 0 ? 0 : never);
}

// ---- the timer's file ------------------------------------------------------------------------------------------------

void Performer::handleAlarm()
{
    const TimerId pipe = m_inputs.daemon.pipe;
    tellUpToNow();
    remove(Site::IoHandler, pipe, true);
    enter(Site::IoHandler, pipe);
    if (m_alarm.isSignal()) readPipe();
    else readTimer();
    executeWork();
    leave(Site::IoHandler, pipe);
}

/// As work_timer_evt_handler(). An alarm between the read and the clearing finds the flag set and does nothing; one
/// behind it writes again.
void Performer::readPipe()
{
    m_alarm.readAll();
    const std::uint32_t atRead = shared.stamps.written();
    const std::uint64_t read = monotonicNow();
    shared.pending.store(0);
    const std::uint32_t atClear = shared.stamps.written();
    std::uint64_t cleared = monotonicNow();
    tell(read, atRead);
    moveClockTo(read);
    setRegister(Site::WorkTimerEvtHandler, Register::PipeBytes, d().pipeBytes, 0);
    while (shared.stamps.taken() != atClear && shared.stamps.first().outcome == Stamp::Outcome::Skipped) {
        tellStamp(shared.stamps.first());
        shared.stamps.take();
    }
    if (shared.stamps.taken() != atClear) cleared = shared.stamps.first().begin;
    moveClockTo(cleared);
    setRegister(Site::WorkTimerEvtHandler, Register::TimerPending, d().timerPending, 0);
}

/// The timerfd says how many expirations there were; a signalfd that there was one.
void Performer::readTimer()
{
    const std::uint64_t count = m_alarm.readAll();
    tellUpToNow();
    if (m_settings.scheme == core::LiveScheme::TimerFd && count > d().expirations)
        setRegister(Site::TimerFd, Register::Expirations, d().expirations, count, true);
    setRegister(Site::TimerFd, Register::Expirations, d().expirations, 0, true);
    setRegister(Site::TimerFd, Register::TimerNow, d().timerNow, readWall());
}

} // namespace jiffy::selfpipe
