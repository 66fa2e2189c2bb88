// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tgtd/past.h"

#include <algorithm>

namespace jiffy::ui
{

namespace
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;

/// Walks back and takes down what is met first, that is, what happened last.
class Walk
{
  public:
    Walk(const core::World& world, bool isOld)
        : m_world(world), m_daemon(world.daemon()), m_now(world.clock().ticks), m_inSignal(m_daemon.isInSignal), m_countsRestarts(isOld)
    {
    }

    /// False when nothing more is looked for.
    bool see(const Record& r)
    {
        if (r.kind == Kind::ClockSet) m_now -= std::min(m_now, core::ticksOf(r));
        else if (r.kind == Kind::Fired) seeFired(r);
        else if (r.kind == Kind::RegisterSet) seeRegister(static_cast<Register>(r.slot), r);
        else if (r.kind == Kind::Entered) seeEntered(r);
        else if (r.kind == Kind::Left) seeLeft(r);
        else if (r.kind == Kind::Noted) seeNoted(r);
        else if (r.kind == Kind::Raised && r.site == Site::Alarm) endAlarm();
        return !isDone();
    }
    const FlowPast& past() const { return m_past; }

  private:
    bool isDone() const
    {
        const bool alarms = m_past.alarmCount == FlowPast::alarmsKept || m_daemon.alarmSince == ~0ull || m_now <= m_daemon.alarmSince;
        return alarms && (!m_countsRestarts || m_past.areRestartsAll) && m_past.answer.has_value() && (!m_daemon.isWaiting || m_past.waitingSince) && (!m_daemon.source.isValid() || m_past.handlerSince) &&
               (!m_world.cpu(0).running.isValid() || m_past.funcSince) && (!m_daemon.isInSlowCall || m_past.callSince) &&
               (!isReadable() || m_past.wordSince) && (!m_daemon.isInPass || m_past.passClock);
    }
    bool isReadable() const { return m_daemon.pipeBytes != 0 || m_daemon.expirations != 0; }
    void note(std::optional<std::uint64_t>& when)
    {
        if (!when) when = m_now;
    }
    void seeFired(const Record& r)
    {
        if (m_world.cpu(0).running == r.item) note(m_past.funcSince);
    }
    void seeRegister(Register which, const Record& r)
    {
        if (which == Register::PipeBytes) {
            if (m_inSignal && r.value > r.before) m_end = AlarmEnd::Wrote;
            if (r.value <= m_daemon.pipeBytes && r.before == 0 && isReadable()) note(m_past.wordSince);
        }
        if (which == Register::Expirations && r.before == 0 && r.value != 0 && isReadable()) note(m_past.wordSince);
        if (which == Register::AlarmBlocked && r.value != 0 && m_daemon.isAlarmBlocked && m_past.alarmCount == 0) {
            m_end = AlarmEnd::Held;
            endAlarm();
            m_end = AlarmEnd::Handling;
        }
    }
    void seeEntered(const Record& r)
    {
        switch (r.site) {
        case Site::EpollWait:
            if (m_daemon.isWaiting && !m_past.waitingSince) m_past.waitTimeout = r.value;
            if (m_daemon.isWaiting) note(m_past.waitingSince);
            if (!m_past.answer) m_past.answer = 1; // it goes on
            return;
        case Site::IoHandler:
            if (m_daemon.source == r.item) note(m_past.handlerSince);
            return;
        case Site::SlowCall:
            if (m_daemon.isInSlowCall && !m_past.callSince) m_past.callTakes = r.value;
            if (m_daemon.isInSlowCall) note(m_past.callSince);
            return;
        case Site::ExecuteWork:
        case Site::Schedule:
            if (m_daemon.isInPass && !m_past.passClock) m_past.passClock = r.value;
            return;
        case Site::WorkTimerSigHandler: m_inSignal = false; return;
        default: return;
        }
    }
    void seeLeft(const Record& r)
    {
        if (r.site == Site::WorkTimerSigHandler) {
            m_inSignal = true;
            m_end = AlarmEnd::Handling;
        }
        if (r.site != Site::EpollWait) return;
        if (!m_past.answer) m_past.answer = r.value;
        if (r.value == 0) m_past.areRestartsAll = true;
        else if (m_countsRestarts && !m_past.areRestartsAll && r.value != ~0ull) ++m_past.restarts;
    }
    void seeNoted(const Record& r)
    {
        if (!m_inSignal) return;
        if (r.site == Site::WorkTimerScheduleEvt) m_end = AlarmEnd::Swallowed;
        if (r.site != Site::Write) return;
        m_end = r.value == 0 ? AlarmEnd::Stray : AlarmEnd::Failed;
        m_error = r.value;
        m_fd = r.before;
    }
    void endAlarm()
    {
        m_inSignal = false;
        if (m_past.alarmCount == FlowPast::alarmsKept) return;
        m_past.alarms[m_past.alarmCount++] = {m_now, m_end, m_error, m_fd};
        m_end = AlarmEnd::Handling;
        m_error = m_fd = 0;
    }

    const core::World& m_world;
    const core::DaemonState& m_daemon;
    std::uint64_t m_now;
    bool m_inSignal;
    bool m_countsRestarts;
    AlarmEnd m_end = AlarmEnd::Handling;
    std::uint64_t m_error = 0, m_fd = 0;
    FlowPast m_past;
};

} // namespace

FlowPast pastOf(const core::LogView& log, core::Position at, const core::World& world, bool isOld)
{
    Walk walk(world, isOld);
    const std::uint64_t end = std::min<std::uint64_t>(at.event, log.size());
    const std::uint64_t first = end - std::min(end, FlowPast::reach);
    for (std::uint64_t i = end; i > first; --i)
        if (!walk.see(log[i - 1])) break;
    auto past = walk.past();
    if (first == 0) past.areRestartsAll = true;
    // Where the thread waits the last answer is of no interest, and 1 stands for none.
    if (world.daemon().isWaiting) past.answer.reset();
    return past;
}

} // namespace jiffy::ui
