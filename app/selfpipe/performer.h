// SPDX-License-Identifier: GPL-3.0-or-later
// tgtd's event loop and its work scheduler with the real calls, on a workload: what core/tgtd/daemon.h models, performed.
// Says what it does in the same records, each at the instant at which it happened.
//
// The signal's handler may run between any two instructions. What it did stands in the ring with its instants, and is
// told in its place before the loop tells what it did itself. Where the loop changes what the handler looks at, what the
// handler found says which of the two came first.
#pragma once

#include "app/selfpipe/alarm.h"
#include "app/selfpipe/sources.h"
#include "app/selfpipe/stream.h"
#include "core/tgtd/daemon_records.h"
#include "core/tgtd/deadline_index.h"

#include <string>

struct epoll_event;

namespace jiffy::selfpipe
{

/// There before those who refer to it.
struct Recording
{
    Recording(core::Inputs inputs, int out) : m_inputs(std::move(inputs)), m_stream(m_inputs, out) {}
    core::Inputs m_inputs;
    Stream m_stream;
};

class Performer : private Recording, private core::DaemonRecords<Stream>
{
  public:
    Performer(core::Inputs inputs, const core::LiveSettings& settings, int out);
    ~Performer();

    /// Until the time is over or the end is asked for. What went wrong as a sentence; empty when nothing did.
    std::string perform();

  private:
    static constexpr std::uint64_t never = ~0ull;
    const core::DaemonState& d() const { return m_world.daemon(); }
    const core::Geometry& lists() const { return m_world.geometry(); }
    bool isEnding() const { return shared.stop.load() != 0 || m_stream.error() != 0 || d().isShuttingDown; }

    // ---- time and what happened meanwhile (performer_time.cpp)
    std::uint64_t tellUpToNow();
    void tell(std::uint64_t until, std::uint32_t stamps);
    void tellStamp(const Stamp& stamp);
    void tellExpiry();
    void tellReady(core::TimerId source);
    void moveClockTo(std::uint64_t instant);
    std::uint64_t readWall();
    void measure(core::Measure which, std::uint64_t value);
    void spend(std::uint64_t microseconds);

    // ---- the loop (performer.cpp)
    bool openFiles();
    bool start();
    void stop();
    void pass();
    void execScheduled();
    void takeReturned(const epoll_event* events, int count);
    void arrange(const std::vector<core::TimerId>& returned);
    void handle(std::size_t slot);
    void act(const core::Action& action);
    void slowCall(std::uint64_t microseconds);
    void handleAlarm();
    void readPipe();
    void readTimer();

    // ---- the work scheduler (performer_work.cpp)
    void addWork(core::TimerId item, std::uint64_t seconds);
    void delWork(core::TimerId item);
    void notify();
    void executeWork();
    void call(core::TimerId item);
    bool isSpinning(core::TimerId item);

    core::LiveSettings m_settings;
    core::DeadlineIndex m_deadlines;
    Alarm m_alarm;
    Sources m_sources;
    int m_epoll = -1, m_stopFd = -1;
    std::uint64_t m_zero = 0;         ///< CLOCK_MONOTONIC ns of the recording's start
    std::uint64_t m_nextExpiry = never; ///< of the timerfd or the signalfd's timer; ns
    bool m_isBooting = true;          ///< before the loop: what passes is waiting
    std::uint64_t m_funcsNow = 0;     ///< called since epoll_wait() returned
    std::uint32_t m_lostTold = 0;
    bool m_isSpinning = false;
};

} // namespace jiffy::selfpipe
