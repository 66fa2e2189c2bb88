// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/selfpipe/alarm.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace jiffy::selfpipe
{

Shared shared;

namespace
{

/// In the signal's handler: async-signal-safe calls and lock-free atomics only.
void onAlarm(int)
{
    const int kept = errno;
    Stamp stamp;
    stamp.begin = monotonicNow();
    if (shared.pending.exchange(1) != 0) {
        stamp.outcome = Stamp::Outcome::Skipped;
    } else if (writeWord(shared.writeFd.load()) == 4) {
        stamp.outcome = Stamp::Outcome::Wrote;
    } else {
        stamp.outcome = Stamp::Outcome::Failed;
        stamp.error = errno;
        shared.pending.store(0); // or nothing would ever be written again
    }
    stamp.end = monotonicNow();
    shared.stamps.put(stamp);
    errno = kept;
}

void onEnd(int)
{
    const int kept = errno;
    shared.stop.store(1);
    const std::uint64_t one = 1;
    static_cast<void>(!write(shared.stopFd.load(), &one, sizeof one));
    errno = kept;
}

itimerval every(std::uint64_t us)
{
    itimerval timer{};
    timer.it_interval.tv_sec = static_cast<time_t>(us / 1'000'000);
    timer.it_interval.tv_usec = static_cast<suseconds_t>(us % 1'000'000);
    timer.it_value = timer.it_interval;
    return timer;
}

void closeOne(int& fd)
{
    if (fd >= 0) close(fd);
    fd = -1;
}

} // namespace

long writeWord(int fd)
{
    constexpr std::array<char, 4> word{};
    long n = 0;
    do n = write(fd, word.data(), word.size());
    while (n < 0 && errno == EINTR);
    return n;
}

bool catchEnd()
{
    struct sigaction end{};
    end.sa_handler = onEnd;
    sigemptyset(&end.sa_mask);
    struct sigaction ignored{};
    ignored.sa_handler = SIG_IGN;
    return sigaction(SIGTERM, &end, nullptr) == 0 && sigaction(SIGINT, &end, nullptr) == 0 && sigaction(SIGPIPE, &ignored, nullptr) == 0;
}

Alarm::~Alarm()
{
    disarm();
    closeFile();
}

bool Alarm::openFile()
{
    switch (m_scheme) {
    case core::LiveScheme::Signal: {
        std::array<int, 2> fds{-1, -1};
        if (pipe2(fds.data(), O_NONBLOCK | O_CLOEXEC) != 0) return false;
        m_readFd = fds[0];
        m_writeFd = fds[1];
        shared.writeFd.store(m_writeFd);
        return true;
    }
    case core::LiveScheme::TimerFd: m_readFd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); break;
    case core::LiveScheme::SignalFd: {
        sigset_t alarm;
        sigemptyset(&alarm);
        sigaddset(&alarm, SIGALRM);
        if (sigprocmask(SIG_BLOCK, &alarm, nullptr) != 0) return false;
        m_readFd = signalfd(-1, &alarm, SFD_NONBLOCK | SFD_CLOEXEC);
        break;
    }
    }
    return m_readFd >= 0;
}

bool Alarm::catchSignal()
{
    struct sigaction alarm{};
    alarm.sa_handler = onAlarm;
    sigemptyset(&alarm.sa_mask);
    return sigaction(SIGALRM, &alarm, nullptr) == 0;
}

bool Alarm::arm(std::uint64_t interval)
{
    m_isArmed = true;
    if (m_scheme != core::LiveScheme::TimerFd) {
        const itimerval timer = every(interval);
        return setitimer(ITIMER_REAL, &timer, nullptr) == 0;
    }
    itimerspec timer{};
    timer.it_interval.tv_sec = static_cast<time_t>(interval / 1'000'000);
    timer.it_interval.tv_nsec = static_cast<long>(interval % 1'000'000 * 1000);
    timer.it_value = timer.it_interval;
    return timerfd_settime(m_readFd, 0, &timer, nullptr) == 0;
}

void Alarm::disarm()
{
    if (!m_isArmed) return;
    m_isArmed = false;
    if (m_scheme == core::LiveScheme::TimerFd) {
        const itimerspec off{};
        timerfd_settime(m_readFd, 0, &off, nullptr);
    } else {
        const itimerval off{};
        setitimer(ITIMER_REAL, &off, nullptr);
    }
}

void Alarm::closeFile()
{
    shared.writeFd.store(-1);
    closeOne(m_readFd);
    closeOne(m_writeFd);
}

std::uint64_t Alarm::readAll() const
{
    if (m_scheme == core::LiveScheme::TimerFd) {
        std::uint64_t expirations = 0;
        return read(m_readFd, &expirations, sizeof expirations) == sizeof expirations ? expirations : 0;
    }
    if (m_scheme == core::LiveScheme::SignalFd) {
        std::array<signalfd_siginfo, 4> infos;
        const auto n = read(m_readFd, infos.data(), sizeof infos);
        return n > 0 ? static_cast<std::uint64_t>(n) / sizeof(signalfd_siginfo) : 0;
    }
    std::array<char, 64> bytes;
    const auto n = read(m_readFd, bytes.data(), bytes.size());
    return n > 0 ? static_cast<std::uint64_t>(n) : 0;
}

} // namespace jiffy::selfpipe
