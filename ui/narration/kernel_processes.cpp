// SPDX-License-Identifier: GPL-3.0-or-later
// Processes: going to sleep on a timer, being woken, taking up the CPU and giving it away.
#include "ui/narration/kernel.h"

#include "core/event/text_kernel.h"
#include "ui/narration/timers.h"
#include "ui/theme/look.h"

#include <algorithm>

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Register;
using core::Site;
using core::TaskState;

namespace
{

QString stateName(std::uint64_t state)
{
    const auto text = core::name(static_cast<TaskState>(std::min<std::uint64_t>(state, static_cast<std::uint64_t>(TaskState::New))));
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
TaskState stateOf(const Told& t, std::uint64_t process)
{
    const auto& all = t.world.kernel().processes;
    return process < all.size() ? all[process].state : TaskState::New;
}
core::TimerId timerOf(const Told& t, std::uint64_t process)
{
    return process < t.inputs.programs.size() ? t.inputs.programs[process].timer : core::TimerId::none();
}
/// By whom a process is woken.
RichText wakerText(const Record& r, const Told& t, std::uint64_t process)
{
    if (r.site == Site::SendSignal) return compose(say("A signal ends an interruptible sleep; its timer is taken off afterwards."));
    const core::TimerId own = timerOf(t, process);
    if (const int runner = runnerOf(t.world, own); runner >= 0)
        return compose(say("Its timer %1 has expired: process_timeout, the timer's function, calls wake_up_process."), {timerSpan(t.inputs, own)});
    return compose(say("Somebody called wake_up_process."));
}

Sentence sleeps(const Record& r, const Told& t)
{
    const auto process = static_cast<std::uint64_t>(r.link) - 1;
    const Span who = programSpan(t.inputs, process);
    const bool isInterruptible = r.site == Site::MsleepInterruptible;
    Sentence s;
    if (r.kind == Kind::Left) {
        if (r.value == 0) {
            s.what = compose(say("%1 has slept and goes on."), {who});
            s.why = compose(say("%1 returns."), {mono(functionName(r.site))});
        } else {
            s.what = compose(say("%1 was woken %2 ms early and goes on."), {who, number(r.value)});
            s.why = compose(say("%1 returns what is left."), {mono(functionName(r.site))});
        }
        return s;
    }
    const std::uint64_t hz = std::max<std::uint64_t>(t.world.hz().value, 1);
    const std::uint64_t whole = r.value / 1000 * hz + (r.value % 1000 * hz + 999) / 1000;
    s.what = compose(say("%1 is to sleep for %2 ms."), {who, number(r.value)});
    s.why = compose(sayCount("At HZ = %1 that is 1 jiffy, rounded up; one more, because the present one is partly over: %2.",
                             "At HZ = %1 that is %n jiffies, rounded up; one more, because the present one is partly over: %2.", whole),
                    {plainSpan(QString::number(hz)), number(whole + 1)});
    if (isInterruptible) append(s.why, compose(say("A signal would end it early.")));
    return s;
}

Sentence timesOut(const Record& r, const Told& t)
{
    const auto process = static_cast<std::uint64_t>(r.link) - 1;
    const Span who = programSpan(t.inputs, process), timer = timerSpan(t.inputs, r.item);
    if (r.kind == Kind::Entered)
        return {compose(sayCount("%1 asks for a timeout of 1 jiffy.", "%1 asks for a timeout of %n jiffies.", r.value), {who}),
                compose(say("schedule_timeout arms %1, a timer on its stack whose function will wake it, and then gives the CPU away."), {timer}),
                {}};
    Sentence s;
    if (r.value == 0) {
        s.what = compose(say("schedule_timeout returns: the time of %1 is up."), {who});
        s.why = compose(say("%1 has been called, so nothing is left of it."), {timer});
    } else {
        s.what = compose(sayCount("schedule_timeout returns 1 jiffy early.", "schedule_timeout returns %n jiffies early.", r.value));
        s.why = compose(say("%1 was woken before its time, so %2 was taken off: it stood on the stack that is used anew now."), {who, timer});
    }
    return s;
}

Sentence stateSet(const Record& r, const Told& t)
{
    const Span who = programSpan(t.inputs, r.link);
    Sentence s;
    switch (r.site) {
    case Site::SetCurrentState:
        s.what = compose(say("%1 sets its state to %2."), {who, mono(stateName(r.value))});
        s.why = compose(say("It still runs. The state comes first, so that a wake-up that comes before it gives the CPU away is not lost."));
        return s;
    case Site::DoExit: return {compose(say("%1 ends."), {who}), compose(say("Its code is over: do_exit.")), {}};
    case Site::NewTask: return {compose(say("%1 begins."), {who}), compose(say("wake_up_new_task makes it runnable.")), {}};
    default: break;
    }
    s.what = compose(say("%1 is woken."), {who});
    s.why = wakerText(r, t, r.link);
    if (!r.hasMore()) append(s.why, compose(say("It has not given its CPU away yet, so it just goes on.")));
    return s;
}

Sentence queuePlace(const Record& r, const Told& t)
{
    const Span who = programSpan(t.inputs, r.link), cpu = cpuSpan(r.cpu);
    if (r.value == ~0ull) return {compose(say("%1 leaves the run queue of CPU %2."), {who, cpu}), compose(say("It waited there longest.")), {}};
    Sentence s;
    if (r.site == Site::NewTask) s.what = compose(say("%1 begins, on CPU %2."), {who, cpu});
    else if (r.site == Site::Reschedule) s.what = compose(say("%1 gives way to others on CPU %2."), {who, cpu});
    else s.what = compose(say("%1 is woken and is runnable on CPU %2."), {who, cpu});
    if (r.site == Site::Reschedule) s.why = compose(say("Its time slice is used up, and others wait."));
    else if (r.site != Site::NewTask) s.why = wakerText(r, t, r.link);
    append(s.why, r.value == 0 ? compose(say("It is first in the run queue."))
                               : compose(sayCount("In the run queue 1 process is before it.", "In the run queue %n processes are before it.", r.value)));
    return s;
}

Sentence currentSet(const Record& r, const Told& t)
{
    const Span cpu = cpuSpan(r.cpu);
    if (r.value != 0) {
        const std::size_t waiting = kernelCpu(t, r.cpu).runQueue.size();
        Sentence s{compose(say("CPU %1 takes up %2."), {cpu, programSpan(t.inputs, r.value - 1)}), {}, {}};
        s.why = waiting == 0 ? compose(say("Nobody else waits for it."))
                             : compose(sayCount("It was the first in the run queue; 1 process still waits.", "It was the first in the run queue; %n processes still wait.", waiting));
        return s;
    }
    const std::uint64_t process = r.before - 1;
    const Span who = programSpan(t.inputs, process);
    switch (stateOf(t, process)) {
    case TaskState::Dead: return {compose(say("%1 has ended."), {who}), compose(say("CPU %1 is free for others."), {cpu}), {}};
    case TaskState::Interruptible:
        return {compose(say("%1 sleeps: it gives CPU %2 away."), {who, cpu}), compose(say("__schedule. Its timer, a wake-up or a signal makes it runnable again.")), {}};
    case TaskState::Uninterruptible:
        return {compose(say("%1 sleeps: it gives CPU %2 away."), {who, cpu}), compose(say("__schedule. Its timer or a wake-up makes it runnable again; a signal does not.")), {}};
    default: return {compose(say("%1 gives CPU %2 away."), {who, cpu}), compose(say("It is runnable still and waits for its turn.")), {}};
    }
}

Sentence signalSet(const Record& r, const Told& t)
{
    const Span who = programSpan(t.inputs, r.link);
    if (r.value == 0)
        return {compose(say("The signal is delivered to %1."), {who}),
                compose(say("That happens on the way back to user mode, at the end of a round of its code. Up to here every interruptible sleep ended at once.")),
                {}};
    Sentence s{compose(say("A signal is sent to %1."), {who}), {}, {}};
    switch (stateOf(t, r.link)) {
    case TaskState::Interruptible: s.why = compose(say("It sleeps interruptibly, so the signal wakes it.")); break;
    case TaskState::Uninterruptible: s.why = compose(say("It sleeps uninterruptibly: the signal has to wait until it is awake.")); break;
    case TaskState::Dead: s.why = compose(say("It has ended already.")); break;
    case TaskState::New: s.why = compose(say("It has not begun yet.")); break;
    case TaskState::Running: s.why = compose(say("It is awake: its next interruptible sleep will not begin.")); break;
    }
    return s;
}

Sentence signalLost(const Record& r, const Told& t)
{
    const Span who = programSpan(t.inputs, static_cast<std::uint64_t>(r.link) - 1);
    const bool isDead = static_cast<TaskState>(r.value) == TaskState::Dead;
    return {compose(say("The signal finds no process %1."), {who}),
            isDead ? compose(say("It has ended: send_sig answers ESRCH.")) : compose(say("It has not begun yet: send_sig answers ESRCH.")),
            {}};
}

Sentence refused(const Record& r, const Told& t)
{
    Sentence s;
    s.what = compose(say("%1 refused: BUG: scheduling while atomic."), {mono(functionName(r.site))});
    const int cpu = std::min<int>(r.cpu, t.world.cpuCount() - 1);
    bool holdsLock = false;
    for (const std::uint8_t owner : t.world.kernel().lockOwners) holdsLock = holdsLock || owner == 1 + cpu;
    if (kernelCpu(t, cpu).interrupt != core::Interrupt::None)
        s.why = compose(say("An interrupt's handler has no process that could be put to sleep."));
    else if (t.world.cpu(cpu).running.isValid())
        s.why = compose(say("The function of %1 runs in a softirq: a handler has no process that could be put to sleep."), {timerSpan(t.inputs, t.world.cpu(cpu).running)});
    else if (holdsLock) s.why = compose(say("CPU %1 holds a spinlock: who sleeps with it makes everybody spin who wants it."), {cpuSpan(cpu)});
    else s.why = compose(say("There is no process that could be put to sleep."));
    append(s.why, compose(say("It would have been for %1 ms."), {number(r.value)}));
    return s;
}

} // namespace

std::optional<Sentence> narrateProcesses(const Record& r, const Told& t)
{
    switch (r.kind) {
    case Kind::Entered:
        if (r.site == Site::TryToWakeUp || r.site == Site::SendSignal)
            return Sentence{compose(say("%1 changes nothing for %2."), {mono(functionName(Site::TryToWakeUp)), programSpan(t.inputs, static_cast<std::uint64_t>(r.link) - 1)}),
                            compose(say("It does not sleep.")),
                            {}};
        [[fallthrough]];
    case Kind::Left:
        if (r.site == Site::Msleep || r.site == Site::MsleepInterruptible) return sleeps(r, t);
        if (r.site == Site::ScheduleTimeout) return timesOut(r, t);
        return std::nullopt;
    case Kind::Noted:
        if (r.site == Site::SendSignal) return signalLost(r, t);
        return std::nullopt;
    case Kind::Refused:
        if (r.site == Site::Msleep || r.site == Site::MsleepInterruptible) return refused(r, t);
        return std::nullopt;
    case Kind::RegisterSet:
        switch (static_cast<Register>(r.slot)) {
        case Register::TaskState: return stateSet(r, t);
        case Register::RunQueuePlace: return queuePlace(r, t);
        case Register::CurrentTask: return currentSet(r, t);
        case Register::SignalPending: return signalSet(r, t);
        default: return std::nullopt;
        }
    default: return std::nullopt;
    }
}

RichText leftAsleep(const core::World& world, const core::Inputs& inputs)
{
    RichText text;
    const auto& processes = world.kernel().processes;
    int more = 0;
    for (std::size_t p = 0; p < processes.size(); ++p) {
        const bool isAsleep = processes[p].state == TaskState::Interruptible || processes[p].state == TaskState::Uninterruptible;
        const core::TimerId timer = inputs.programs[p].timer;
        if (!isAsleep || (world.isDefined(timer) && world.item(timer).isPending())) continue;
        if (!text.empty()) ++more;
        else text = compose(say("%1 still sleeps, and its timer is gone: nothing but somebody else's wake-up would end that."), {programSpan(inputs, p)});
    }
    if (more != 0) append(text, compose(sayCount("So does one more process.", "So do %n more processes.", static_cast<std::uint64_t>(more))));
    return text;
}

} // namespace jiffy::ui
