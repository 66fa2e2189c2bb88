// SPDX-License-Identifier: GPL-3.0-or-later
// Performer: instants, and telling what the signal's handler and the kernel did up to one.
#include "app/selfpipe/performer.h"

#include <algorithm>
#include <sys/time.h>

namespace jiffy::selfpipe
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;

std::uint64_t Performer::tellUpToNow()
{
    const std::uint64_t now = monotonicNow();
    tell(now, shared.stamps.written());
    moveClockTo(now);
    return now;
}

/// In order of time: stamps before number `stamps` of the ring, files that became readable, expiries of the timer.
void Performer::tell(std::uint64_t until, std::uint32_t stamps)
{
    for (;;) {
        const bool hasStamp = shared.stamps.taken() != stamps && shared.stamps.first().begin <= until;
        const std::uint64_t stamp = hasStamp ? shared.stamps.first().begin : never;
        const std::uint64_t ready = m_sources.nextReady();
        const std::uint64_t first = std::min({stamp, ready, m_nextExpiry});
        if (first == never || first > until) break;
        // At one instant as in the model: the alarm first.
        if (first == stamp) {
            tellStamp(shared.stamps.first());
            shared.stamps.take();
        } else if (first == m_nextExpiry) {
            tellExpiry();
        } else {
            moveClockTo(ready);
            tellReady(m_sources.takeReady());
        }
    }
    if (shared.stamps.lost() == m_lostTold) return;
    measure(core::Measure::StampsLost, shared.stamps.lost() - m_lostTold);
    m_lostTold = shared.stamps.lost();
}

void Performer::tellStamp(const Stamp& stamp)
{
    moveClockTo(stamp.begin);
    emit<Kind::Raised>(record(Kind::Raised, Site::Alarm));
    enter(Site::WorkTimerSigHandler);
    switch (stamp.outcome) {
    case Stamp::Outcome::Skipped: emit<Kind::Noted>(record(Kind::Noted, Site::WorkTimerScheduleEvt)); break;
    case Stamp::Outcome::Wrote: {
        const bool becomesReady = !m_world.item(m_inputs.daemon.pipe).isPending();
        setRegister(Site::WorkTimerScheduleEvt, Register::TimerPending, d().timerPending, 1, true);
        setRegister(Site::WorkTimerScheduleEvt, Register::PipeBytes, d().pipeBytes, d().pipeBytes + 4, becomesReady);
        tellReady(m_inputs.daemon.pipe);
        break;
    }
    case Stamp::Outcome::Failed:
        setRegister(Site::WorkTimerScheduleEvt, Register::TimerPending, d().timerPending, 1, true);
        note(Site::Write, static_cast<std::uint64_t>(stamp.error), d().writeFd);
        setRegister(Site::WorkTimerScheduleEvt, Register::TimerPending, 1, 0);
        break;
    }
    moveClockTo(stamp.end);
    leave(Site::WorkTimerSigHandler);
}

void Performer::tellExpiry()
{
    moveClockTo(m_nextExpiry);
    m_nextExpiry += m_settings.interval * 1000;
    setRegister(Site::TimerFd, Register::Expirations, d().expirations, d().expirations + 1, d().expirations == 0);
    tellReady(m_inputs.daemon.pipe);
}

void Performer::tellReady(core::TimerId source)
{
    define(source);
    if (m_world.item(source).isPending()) return;
    insert(Site::IoReady, source, lists().readyList(), core::TimerId::none(), m_world.clock().ticks);
}

/// Never back: what is told late is told at the instant that has been reached.
void Performer::moveClockTo(std::uint64_t instant)
{
    const std::uint64_t since = instant > m_zero ? instant - m_zero : 0;
    const core::Clock& clock = m_world.clock();
    if (since <= clock.ticks * 1000 + clock.offset) return;
    const std::uint64_t ticks = since / 1000, offset = since % 1000;
    const bool offsetMoves = offset != clock.offset;
    if (ticks != clock.ticks) {
        const bool isWaiting = m_isBooting || (d().isWaiting && !d().isInSignal);
        Record r = record(Kind::ClockSet, isWaiting ? Site::Wait : Site::Burn);
        r.before = clock.jiffies;
        r.value = ticks;
        r.setTicks(ticks - clock.ticks);
        r.flags = offsetMoves ? Record::moreFlag : std::uint8_t{0};
        emit<Kind::ClockSet>(r);
    }
    if (!offsetMoves) return;
    Record r = record(Kind::ClockSet, Site::SubTick);
    r.setTicks(0);
    r.before = clock.offset;
    r.value = offset;
    emit<Kind::ClockSet>(r);
}

/// gettimeofday(), us. If it and the monotonic clock have come apart, the wall clock was stepped.
std::uint64_t Performer::readWall()
{
    timeval t{};
    gettimeofday(&t, nullptr);
    tellUpToNow();
    const std::uint64_t wall = static_cast<std::uint64_t>(t.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(t.tv_usec);
    const std::uint64_t step = wall - m_world.clock().ticks - core::DaemonConfig::wallAtStart;
    const auto apart = static_cast<std::int64_t>(step - d().wallStep);
    constexpr std::int64_t noticed = 1000; // less is the time between two calls, or slewing
    if (m_isBooting) setRegister(Site::Start, Register::WallStep, d().wallStep, step);
    else if (apart >= noticed || apart <= -noticed) setRegister(Site::WallStep, Register::WallStep, d().wallStep, step);
    return wall;
}

void Performer::measure(core::Measure which, std::uint64_t value)
{
    Record r = record(Kind::Noted, Site::Measured);
    r.before = static_cast<std::uint64_t>(which);
    r.value = value;
    emit<Kind::Noted>(r);
}

/// Busy that long; what comes meanwhile is told as it comes.
void Performer::spend(std::uint64_t microseconds)
{
    constexpr std::uint64_t silence = 100'000'000; // ns
    const std::uint64_t begin = monotonicNow();
    std::uint64_t told = begin;
    for (std::uint64_t now = begin; now - begin < microseconds * 1000 && !isEnding(); now = monotonicNow()) {
        if (shared.stamps.isEmpty() && now - told < silence) continue;
        tellUpToNow();
        m_stream.flush();
        told = now;
    }
    tellUpToNow();
}

} // namespace jiffy::selfpipe
