// SPDX-License-Identifier: GPL-3.0-or-later
// Ticks, jiffies that catch up, interrupts, softirqs, and CPUs that stop their tick.
#include "ui/narration/kernel.h"

#include "core/insight/slept_through.h"
#include "ui/inspector/step_text.h"
#include "ui/narration/timers.h"

#include <algorithm>

namespace jiffy::ui
{

using core::Jiffies;
using core::Kind;
using core::Record;
using core::Register;
using core::Site;
using core::TimerId;

namespace
{

Jiffies now(const Told& t) { return t.world.clock().jiffies; }

std::uint64_t stoppedCpus(const Told& t)
{
    std::uint64_t mask = 0;
    for (int c = 0; c < t.world.cpuCount(); ++c) {
        if (t.world.kernel().cpu(c).isTickStopped) mask |= 1ull << c;
    }
    return mask;
}
std::uint64_t allCpus(const Told& t) { return t.world.cpuCount() >= 64 ? ~0ull : (1ull << t.world.cpuCount()) - 1; }

// ---- time

Sentence passed(const Record& r, const Told& t)
{
    if (r.site == Site::Asleep)
        return {compose(sayCount("For the time of 1 tick no CPU ticks.", "For the time of %n ticks no CPU ticks.", r.value)),
                compose(t.world.cpuCount() == 1 ? say("It sleeps, so nobody counts: jiffies stands still at %1.")
                                                : say("All sleep, so nobody counts: jiffies stands still at %1."),
                        {number(now(t))}),
                {}};
    Sentence s;
    s.what = compose(sayCount("Nothing was due for 1 tick.", "Nothing was due for %n ticks.", r.value));
    const std::uint64_t asleep = stoppedCpus(t), awake = allCpus(t) & ~asleep;
    s.why = compose(say("%1 ticked and found nothing to do."), {plainSpan(cpusText(awake == 0 ? allCpus(t) : awake))});
    if (asleep != 0 && awake != 0) append(s.why, compose(say("%1 slept meanwhile."), {plainSpan(cpusText(asleep))}));
    return s;
}

Sentence clockSet(const Record& r, const Told& t)
{
    if (r.site == Site::TimePasses)
        return {compose(say("%1 go by."), {mono(nanosecondsText(r.value - std::min(r.value, r.before)))}),
                compose(say("It is %1 since the start. jiffies is still %2: only an interrupt counts it on."), {mono(nanosecondsText(r.value)), number(now(t))}),
                {}};
    const auto by = t.world.geometry().word.distance(r.value, r.before);
    if (r.site == Site::UpdateJiffies)
        return {compose(sayCount("jiffies catches up by 1, to %1.", "jiffies catches up by %n, to %1.", by), {number(r.value)}),
                compose(say("Nobody counted while the CPUs slept. tick_do_update_jiffies64 tells from the time how many ticks are missing, and makes up for all at once.")),
                {}};
    return {compose(say("Tick: jiffies is now %1."), {number(r.value)}),
            t.world.cpuCount() == 1 ? compose(say("The timer interrupt adds 1; then the CPU looks whether it has timers to run."))
                                    : compose(say("CPU %1 has the duty (tick_do_timer_cpu): it alone adds 1, for all. Then each CPU looks at its own timers."), {cpuSpan(r.cpu)}),
            {}};
}

// ---- interrupts

Sentence tickEntered(const Record& r, const Told& t)
{
    const core::KernelCpu& k = kernelCpu(t, r.cpu);
    if (r.value != 0) {
        Sentence s{compose(say("The timer interrupt wakes CPU %1."), {cpuSpan(r.cpu)}), {}, {}};
        if (k.sleepUntil != ~0ull) s.why = compose(say("It had stopped its tick until %1, and now it is that time."), {number(k.sleepUntil)});
        else s.why = compose(say("Its tick was stopped."));
        return s;
    }
    Sentence s{compose(say("The timer interrupt comes on CPU %1."), {cpuSpan(r.cpu)}), {}, {}};
    s.why = interruptedText(t, r.cpu);
    if (r.before != 0) append(s.why, compose(say("Interrupts were off: it stands for %1 more that could not come."), {number(r.before)}));
    if (t.world.kernel().dutyCpu == r.cpu && t.world.cpuCount() > 1) append(s.why, compose(say("This CPU has the duty to count jiffies.")));
    if (s.why.empty()) s.why = compose(say("tick_sched_timer counts the time and looks whether timers are to be run."));
    return s;
}

Sentence interruptEntered(const Record& r, const Told& t)
{
    Sentence s;
    if (r.site == Site::Ipi) {
        s.what = compose(say("CPU %1 is asked to look again."), {cpuSpan(r.cpu)});
        s.why = compose(say("It was idle, and there is something new to do for it; a CPU that sleeps would not notice."));
        return s;
    }
    s.what = compose(say("The interrupt %1 comes on CPU %2."), {programSpan(t.inputs, r.value), cpuSpan(r.cpu)});
    const core::KernelCpu& k = kernelCpu(t, r.cpu);
    s.why = interruptedText(t, r.cpu);
    if (k.isTickStopped && k.sleepUntil != ~0ull) append(s.why, compose(say("It ends a sleep that was to last until %1."), {number(k.sleepUntil)}));
    else if (k.isTickStopped) append(s.why, compose(say("It ends a sleep that had no end of its own.")));
    if (s.why.empty()) s.why = compose(say("Its handler comes before everything else on this CPU."));
    return s;
}

Sentence interruptLeft(const Record& r, const Told& t)
{
    const core::KernelCpu& k = kernelCpu(t, r.cpu);
    const core::CpuState& c = t.world.cpu(std::min<int>(r.cpu, t.world.cpuCount() - 1));
    Sentence s;
    if (r.site == Site::TickInterrupt) s.what = compose(say("The timer interrupt on CPU %1 is over."), {cpuSpan(r.cpu)});
    else if (r.site == Site::Ipi) s.what = compose(say("CPU %1 has taken note."), {cpuSpan(r.cpu)});
    else s.what = compose(say("The interrupt %1 on CPU %2 is over."), {programSpan(t.inputs, r.value), cpuSpan(r.cpu)});
    if (c.running.isValid()) s.why = compose(say("The function of %1 goes on."), {timerSpan(t.inputs, c.running)});
    else if (c.inSoftirq) s.why = compose(say("run_timer_softirq goes on."));
    if (k.isSoftirqPending)
        append(s.why, c.inSoftirq ? compose(say("TIMER_SOFTIRQ is raised once more; it is served behind this one.")) : compose(say("TIMER_SOFTIRQ is raised: irq_exit serves it at once.")));
    else if (k.current != 0 && !c.inSoftirq) s.why = compose(say("%1 goes on."), {programSpan(t.inputs, k.current - 1)});
    else if (s.why.empty() && k.isTickStopped) s.why = compose(say("Its tick is still stopped. It looks again how long it may sleep, or what there is to do."));
    else if (s.why.empty()) s.why = compose(say("No softirq is raised: the CPU goes on with what it did."));
    return s;
}

Sentence delayed(const Record& r, const Told& t)
{
    const core::CpuState& c = t.world.cpu(std::min<int>(r.cpu, t.world.cpuCount() - 1));
    const core::KernelCpu& k = kernelCpu(t, r.cpu);
    Sentence s;
    if (r.kind == Kind::Left) {
        s.what = compose(say("CPU %1 goes on: the delay is over."), {cpuSpan(r.cpu)});
        if (r.link != 0) s.why = compose(say("%1 has done what took its time."), {programSpan(t.inputs, r.link - 1)});
        return s;
    }
    s.what = compose(say("CPU %1 is busy for %2."), {cpuSpan(r.cpu), mono(nanosecondsText(r.value))});
    if (r.link != 0) s.why = compose(say("%1 takes that long. Interrupts and softirqs come in between and make it longer."), {programSpan(t.inputs, r.link - 1)});
    else if (k.interrupt != core::Interrupt::None) s.why = compose(say("The interrupt's handler takes that long. Nothing else runs on this CPU meanwhile, not even its tick."));
    else if (c.running.isValid())
        s.why = compose(say("The function of %1 takes that long. Interrupts come in between; its other timers wait."), {timerSpan(t.inputs, c.running)});
    else s.why = compose(say("What was called there takes that long. The other CPUs go on."));
    return s;
}

Sentence softirqEntered(const Record& r, const Told& t)
{
    const core::CpuState& c = t.world.cpu(std::min<int>(r.cpu, t.world.cpuCount() - 1));
    return {compose(say("CPU %1 runs its timers."), {cpuSpan(r.cpu)}),
            compose(say("TIMER_SOFTIRQ was raised once more meanwhile; but timer_jiffies, %1, is ahead of jiffies: nothing is left to do."), {number(c.timerJiffies)}),
            {}};
}

Sentence raised(const Record& r, const Told& t)
{
    if (r.site == Site::RunLocalTimers)
        return {compose(say("CPU %1 raises its TIMER_SOFTIRQ."), {cpuSpan(r.cpu)}),
                t.world.cpu(std::min<int>(r.cpu, t.world.cpuCount() - 1)).inSoftirq
                    ? compose(say("run_local_timers asks for it at each tick; the one that is under way goes on first."))
                    : compose(say("run_local_timers: there is something to do for its timers. Too much for an interrupt, so it is done right behind it.")),
                {}};
    return {compose(say("CPU %1 is asked to look again."), {cpuSpan(static_cast<int>(r.link))}),
            compose(say("A process became runnable there, and a CPU that is idle would not notice.")),
            {}};
}

// ---- idle

/// The first deferrable timer on that CPU that is due before `until` (~0: at all); none if there is none.
TimerId firstDeferrable(const core::World& w, int cpu, Jiffies until)
{
    const core::Geometry& g = w.geometry();
    if (w.cpu(cpu).deferrables == 0) return TimerId::none();
    TimerId first;
    const auto look = [&](core::SlotId slot) {
        TimerId id = w.listAt(slot).first;
        for (int left = 64; id.isValid() && left > 0; --left, id = w.next(id)) {
            const core::Item& item = w.item(id);
            if (!item.isDeferrable() || (until != ~0ull && !g.word.isBefore(item.expires, until))) continue;
            if (!first.isValid() || g.word.isBefore(item.expires, w.item(first).expires)) first = id;
        }
    };
    if (g.levels == 0) look(g.sortedList(cpu));
    for (int wheel = 0; wheel < g.wheels; ++wheel) {
        for (int l = 0; l < g.levels; ++l) {
            const auto slots = static_cast<std::uint32_t>(g.level[static_cast<std::size_t>(l)].slots);
            for (std::uint32_t i = 0; i < slots; ++i) {
                if (const auto slot = g.slotOn(cpu, wheel, l, i); w.isOccupied(slot)) look(slot);
            }
        }
    }
    return first;
}

/// The tick has just been stopped, not only set to another time.
bool isFresh(const Record& r, const Told& t)
{
    if (t.log == nullptr || t.event == 0) return true;
    const Record& previous = (*t.log)[t.event - 1];
    return previous.kind == Kind::RegisterSet && previous.site == Site::StopTick && previous.hasMore() && previous.cpu == r.cpu;
}

Sentence sleepSet(const Record& r, const Told& t)
{
    const Span cpu = cpuSpan(r.cpu);
    const int at = std::min<int>(r.cpu, t.world.cpuCount() - 1);
    Sentence s;
    if (r.site == Site::RestartTick)
        return {compose(say("CPU %1 ticks again."), {cpu}),
                compose(say("There is something to do for it: tick_nohz_restart_sched_tick sets its timer interrupt to the next tick.")),
                {}};
    const bool fresh = isFresh(r, t);
    const TimerId passed = firstDeferrable(t.world, at, r.value);
    if (r.value == ~0ull) {
        s.what = compose(fresh ? say("CPU %1 stops its tick, until somebody wakes it.") : say("CPU %1 sleeps on, until somebody wakes it."), {cpu});
        if (passed.isValid()) s.why = compose(say("%1 at %2 is deferrable and not counted; no other timer is pending there."), {timerSpan(t.inputs, passed), number(t.world.item(passed).expires)});
        else s.why = compose(say("No timer is pending there: only an interrupt or another CPU will."));
        return s;
    }
    s.what = compose(fresh ? say("CPU %1 stops its tick until %2.") : say("CPU %1 sleeps on, now until %2."), {cpu, number(r.value)});
    const TimerId counted = core::countedTimerAt(t.world, at, r.value);
    if (passed.isValid() && counted.isValid())
        s.why = compose(say("%1 at %2 is deferrable and not counted; %3 at %4 is the first that is."),
                        {timerSpan(t.inputs, passed), number(t.world.item(passed).expires), timerSpan(t.inputs, counted), number(r.value)});
    else if (counted.isValid()) s.why = compose(say("%1 at %2 is the first timer that it has to be awake for."), {timerSpan(t.inputs, counted), number(r.value)});
    else s.why = compose(say("That is the first jiffy for which a timer may need it."));
    const auto saved = t.world.geometry().word.signedDistance(r.value, now(t)) - 1;
    if (saved > 0) append(s.why, compose(sayCount("1 interrupt is saved if nobody comes before.", "%n interrupts are saved if nobody comes before.", positive(saved))));
    return s;
}

std::optional<Sentence> registerSet(const Record& r, const Told& t)
{
    const Span cpu = cpuSpan(r.cpu);
    switch (static_cast<Register>(r.slot)) {
    case Register::Idle:
        if (r.value == 0)
            return Sentence{compose(say("CPU %1 is no longer idle."), {cpu}), compose(say("Something is to be done there.")), {}};
        return Sentence{compose(say("CPU %1 goes idle."), {cpu}),
                        t.inputs.machine.kernel.nohz ? compose(say("Nothing is runnable there. It asks next until when it may do without ticks."))
                                                     : compose(say("Nothing is runnable there. It goes on ticking: this kernel has no NO_HZ.")),
                        {}};
    case Register::TickStopped:
        if (r.value == 0) return Sentence{compose(say("CPU %1 starts its tick again."), {cpu}), {}, {}};
        return Sentence{compose(say("CPU %1 stops its tick."), {cpu}), compose(say("Its next timer interrupt comes only when a timer needs it.")), {}};
    case Register::SleepUntil: return sleepSet(r, t);
    case Register::DutyCpu:
        if (r.value == ~0ull)
            return Sentence{compose(say("Nobody has the duty to count jiffies any more.")),
                            compose(say("CPU %1 had it and stops its tick. jiffies stays %2 until another CPU ticks or an interrupt comes."), {cpuSpan(static_cast<int>(r.before & 63)), number(now(t))}),
                            {}};
        return Sentence{compose(say("CPU %1 takes the duty to count jiffies."), {cpuSpan(static_cast<int>(r.value & 63))}),
                        compose(say("Nobody had it (tick_do_timer_cpu): the first that ticks takes it.")),
                        {}};
    case Register::HasLoad:
        if (r.value != 0)
            return Sentence{compose(say("CPU %1 has other work from now on."), {cpu}), compose(say("It is not idle, whatever the scenario does there.")), {}};
        return Sentence{compose(say("CPU %1 has no other work any more."), {cpu}), compose(say("It goes idle as soon as nothing is to be done there.")), {}};
    default: return std::nullopt;
    }
}

} // namespace

std::optional<Sentence> narrateTicks(const Record& r, const Told& t)
{
    switch (r.kind) {
    case Kind::Passed:
        if (r.site == Site::RunTimers) return std::nullopt;
        return passed(r, t);
    case Kind::ClockSet:
        if (r.site == Site::SubTick || r.site == Site::Advance) return std::nullopt;
        return clockSet(r, t);
    case Kind::Entered:
    case Kind::Left: {
        const bool isEntered = r.kind == Kind::Entered;
        switch (r.site) {
        case Site::TickInterrupt: return isEntered ? tickEntered(r, t) : interruptLeft(r, t);
        case Site::DeviceInterrupt:
        case Site::Ipi: return isEntered ? interruptEntered(r, t) : interruptLeft(r, t);
        case Site::Mdelay: return delayed(r, t);
        case Site::RunTimerSoftirq: {
            if (!isEntered || !t.world.geometry().hasCascades()) return std::nullopt;
            const auto& c = t.world.cpu(std::min<int>(r.cpu, t.world.cpuCount() - 1));
            if (t.world.geometry().word.isAfterOrEqual(now(t), c.timerJiffies)) return std::nullopt;
            return softirqEntered(r, t);
        }
        default: return std::nullopt;
        }
    }
    case Kind::Raised:
        if (r.site == Site::RunLocalTimers || r.site == Site::TryToWakeUp || r.site == Site::SendSignal) return raised(r, t);
        return std::nullopt;
    case Kind::RegisterSet: return registerSet(r, t);
    case Kind::Noted:
        if (r.site != Site::NextInterrupt || !t.world.geometry().hasCascades()) return std::nullopt;
        if (t.world.cpu(std::min<int>(r.cpu, t.world.cpuCount() - 1)).activeTimers != 0) return std::nullopt;
        return Sentence{compose(say("CPU %1 needs no tick at all."), {cpuSpan(r.cpu)}),
                        compose(say("No timer that counts is pending there. The answer, %1, is as far away as it can be."), {number(r.value)}),
                        {}};
    default: return std::nullopt;
    }
}

} // namespace jiffy::ui
