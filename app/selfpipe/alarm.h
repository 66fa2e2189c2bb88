// SPDX-License-Identifier: GPL-3.0-or-later
// Who tells the loop that the interval has passed: the real calls, in the order that leaves no gap. The pipe is there
// before the timer, and the timer is disarmed before the pipe goes; the signal's handler keeps errno and does only what
// it may.
#pragma once

#include "app/selfpipe/stamps.h"
#include "core/tgtd/live_log.h"

#include <atomic>

namespace jiffy::selfpipe
{

/// What the signal's handlers share with the loop. One per process, as a signal's handler has no other way to it.
struct Shared
{
    StampRing stamps;
    std::atomic<int> pending{0};  ///< timer_pending
    std::atomic<int> writeFd{-1}; ///< timer_fd[1]
    std::atomic<int> stop{0};     ///< SIGTERM, SIGINT: the loop is to end
    std::atomic<int> stopFd{-1};  ///< an eventfd that epoll watches, so that the end is not missed
    static_assert(std::atomic<int>::is_always_lock_free);
};
extern Shared shared;

/// The word that is written into the pipe. What write() returned; with the answer of the handler.
long writeWord(int fd);

/// SIGTERM and SIGINT end the loop, and SIGPIPE does nothing: a write() says that its reader has gone. False: errno.
bool catchEnd();

/// An interval timer with a file that becomes readable.
class Alarm
{
  public:
    explicit Alarm(core::LiveScheme scheme) : m_scheme(scheme) {}
    ~Alarm();
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    bool isSignal() const { return m_scheme == core::LiveScheme::Signal; }
    int readFd() const { return m_readFd; }   ///< -1: none
    int writeFd() const { return m_writeFd; }

    // Steps of the start, in this order. False: errno says why.
    bool openFile();                          ///< the pipe, the timerfd or the signalfd
    bool catchSignal();                       ///< sigaction(); Signal only
    bool arm(std::uint64_t interval);         ///< us; from now on
    // Steps of the stop.
    void disarm();
    void closeFile();

    /// Reads what is there: bytes of the pipe, expirations of the timerfd, signals. 0: nothing.
    std::uint64_t readAll() const;

  private:
    core::LiveScheme m_scheme;
    int m_readFd = -1, m_writeFd = -1;
    bool m_isArmed = false;
};

} // namespace jiffy::selfpipe
