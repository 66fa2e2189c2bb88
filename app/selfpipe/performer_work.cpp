// SPDX-License-Identifier: GPL-3.0-or-later
// Performer: the work scheduler, as usr/work.c after the patch.
#include "app/selfpipe/performer.h"

#include <cerrno>

namespace jiffy::selfpipe
{

using core::CallbackStep;
using core::DaemonConfig;
using core::Kind;
using core::Record;
using core::Register;
using core::Site;
using core::TimerId;

void Performer::addWork(TimerId item, std::uint64_t seconds)
{
    tellUpToNow();
    define(item);
    if (m_world.item(item).isPending()) { // the original does not look, and corrupts its lists
        Record r = record(Kind::Refused, Site::AddWork);
        r.item = item;
        r.value = seconds;
        return emit<Kind::Refused>(r);
    }
    enter(Site::AddWork, item, seconds);
    if (seconds != 0) {
        const std::uint64_t when = readWall() + seconds * 1'000'000;
        insert(Site::AddWork, item, lists().inactiveList(), m_deadlines.firstLaterThan(when), when);
        m_deadlines.added(item);
    } else {
        insert(Site::AddWork, item, lists().activeList(), TimerId::none(), DaemonConfig::immediate);
        if (m_alarm.isSignal()) notify();
    }
    tellUpToNow();
    leave(Site::AddWork, item);
}

void Performer::delWork(TimerId item)
{
    tellUpToNow();
    define(item);
    if (!m_world.item(item).isPending()) return enter(Site::DelWork, item);
    if (m_world.slotOf(item) == lists().inactiveList()) m_deadlines.removing(item);
    remove(Site::DelWork, item, false);
}

/// The flag is tested and set in one step, so an alarm in between cannot write a second word.
void Performer::notify()
{
    const std::uint32_t before = shared.stamps.written();
    const bool wasPending = shared.pending.exchange(1) != 0;
    const bool isWritten = !wasPending && writeWord(m_alarm.writeFd()) == 4;
    const int error = errno;
    if (!wasPending && !isWritten) shared.pending.store(0);
    const std::uint32_t after = shared.stamps.written();
    std::uint64_t now = monotonicNow();
    // Alarms meanwhile came before, if the flag was theirs; behind, if they found ours.
    tell(now, wasPending ? after : before);
    if (!wasPending && before != after) now = shared.stamps.first().begin;
    moveClockTo(now);
    if (wasPending) return emit<Kind::Noted>(record(Kind::Noted, Site::WorkTimerScheduleEvt));
    setRegister(Site::WorkTimerScheduleEvt, Register::TimerPending, d().timerPending, 1, true);
    if (!isWritten) {
        note(Site::Write, static_cast<std::uint64_t>(error), d().writeFd);
        return setRegister(Site::WorkTimerScheduleEvt, Register::TimerPending, 1, 0);
    }
    const bool becomesReady = !m_world.item(m_inputs.daemon.pipe).isPending();
    setRegister(Site::WorkTimerScheduleEvt, Register::PipeBytes, d().pipeBytes, d().pipeBytes + 4, becomesReady);
    tellReady(m_inputs.daemon.pipe);
}

void Performer::executeWork()
{
    const std::uint64_t clock = readWall(); // once
    enter(Site::ExecuteWork, TimerId::none(), clock);
    const auto inactive = lists().inactiveList(), active = lists().activeList();
    for (TimerId t = m_world.listAt(inactive).first; t.isValid() && m_world.item(t).expires <= clock; t = m_world.listAt(inactive).first) {
        m_deadlines.removing(t);
        move(Site::ExecuteWork, inactive, active, false);
    }
    for (TimerId t = m_world.listAt(active).first; t.isValid() && !isEnding(); t = m_world.listAt(active).first) {
        if (isSpinning(t)) break;
        call(t);
    }
    tellUpToNow();
    leave(Site::ExecuteWork, TimerId::none(), clock);
}

/// A func that adds itself with 0 never lets the drain end. A recording of it has no end either: it is ended.
bool Performer::isSpinning(TimerId item)
{
    if (++m_funcsNow <= 1000 + 4 * m_world.itemCount()) return false;
    Record r = record(Kind::Noted, Site::Spin);
    r.item = item;
    r.value = m_funcsNow - 1;
    emit<Kind::Noted>(r);
    m_isSpinning = true;
    shared.stop.store(1);
    return true;
}

void Performer::call(TimerId item)
{
    tellUpToNow();
    Record r = record(Kind::Fired, Site::ExecuteWork);
    r.item = item;
    r.slot = lists().activeList().value;
    r.before = m_world.item(item).expires;
    emit<Kind::Fired>(r);
    const auto& spec = m_inputs.timers[item.value];
    for (std::uint32_t s = 0; s < spec.stepCount && !isEnding(); ++s) {
        const CallbackStep& step = m_inputs.steps[spec.firstStep + s];
        const auto amount = static_cast<std::uint64_t>(step.delta);
        switch (step.what) {
        case CallbackStep::What::Rearm: addWork(item, amount); break;
        case CallbackStep::What::Add: addWork(step.other, amount); break;
        case CallbackStep::What::Del: delWork(step.other); break;
        case CallbackStep::What::Burn: spend(amount); break;
        default: break; // of timers
        }
    }
    tellUpToNow();
    leave(Site::Callback, item);
}

} // namespace jiffy::selfpipe
