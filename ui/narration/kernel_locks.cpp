// SPDX-License-Identifier: GPL-3.0-or-later
// del_timer_sync(), locks and spinning; memory that was given back too early; CPUs that wait for each other for ever.
#include "ui/narration/kernel.h"

#include "ui/narration/timers.h"

#include <algorithm>
#include <bit>

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Register;
using core::Returned;
using core::Site;
using core::SpinFor;
using core::TimerId;

namespace
{

/// The CPU without which the spinning of another cannot end; -1: none.
int holderOf(const core::World& w, std::uint64_t word)
{
    const std::uint32_t id = core::spinId(word);
    switch (core::spinsFor(word)) {
    case SpinFor::Timer: return runnerOf(w, TimerId(id));
    case SpinFor::Lock: return id < w.kernel().lockOwners.size() ? w.kernel().lockOwners[id] - 1 : -1;
    case SpinFor::BaseLock: return id < static_cast<std::uint32_t>(w.cpuCount()) ? w.kernel().cpu(static_cast<int>(id)).baseLock - 1 : -1;
    default: return -1;
    }
}

/// "CPU 0 waits for the function of A, which runs on CPU 1."
RichText waitText(const Told& t, int cpu)
{
    const std::uint64_t word = kernelCpu(t, cpu).spinning;
    const int holder = holderOf(t.world, word);
    const bool isSelf = holder == cpu;
    const Span on = cpuSpan(std::max(holder, 0));
    switch (core::spinsFor(word)) {
    case SpinFor::Timer:
        return compose(isSelf ? say("CPU %1 waits for the function of %2, which it executes itself.") : say("CPU %1 waits for the function of %2, which runs on CPU %3."),
                       {cpuSpan(cpu), timerSpan(t.inputs, TimerId(core::spinId(word))), on});
    case SpinFor::Lock:
        return compose(isSelf ? say("CPU %1 waits for lock %2, which it holds itself.") : say("CPU %1 waits for lock %2, which CPU %3 holds."),
                       {cpuSpan(cpu), lockSpan(t.inputs, core::spinId(word)), on});
    case SpinFor::BaseLock:
        return compose(say("CPU %1 waits for the lock of the wheel of CPU %2, which CPU %3 holds."), {cpuSpan(cpu), cpuSpan(static_cast<int>(core::spinId(word) & 63)), on});
    default: return {};
    }
}

/// What would have been right.
RichText advice(const Told& t, std::uint64_t mask)
{
    int locks = 0, timers = 0;
    Span lock;
    for (std::uint64_t rest = mask; rest != 0; rest &= rest - 1) {
        const std::uint64_t word = kernelCpu(t, std::countr_zero(rest)).spinning;
        if (core::spinsFor(word) == SpinFor::Lock) {
            ++locks;
            lock = lockSpan(t.inputs, core::spinId(word));
        } else if (core::spinsFor(word) == SpinFor::Timer) {
            ++timers;
        }
    }
    if (std::has_single_bit(mask)) {
        const int cpu = std::countr_zero(mask);
        const bool isInterrupt = kernelCpu(t, cpu).interrupt != core::Interrupt::None;
        const bool isFunction = t.world.cpu(std::min(cpu, t.world.cpuCount() - 1)).running.isValid();
        if (timers != 0)
            return isInterrupt ? compose(say("An interrupt must not call del_timer_sync: it may have interrupted the very function that it waits for."))
                               : compose(say("A timer's own function must not call del_timer_sync: it would have to return first. del_timer is what it may call."));
        if (isInterrupt) return compose(say("Who shares a lock with an interrupt must keep interrupts off while holding it: spin_lock_irqsave."));
        if (isFunction) return compose(say("Who shares a lock with a timer's function must keep softirqs off while holding it (spin_lock_bh), and nobody can take a lock twice."));
        return compose(say("Nobody can take a lock twice."));
    }
    if (timers != 0 && locks != 0)
        return compose(say("del_timer_sync must not be called while holding a lock that the timer's function takes: %1 is to be released first."), {lock});
    if (locks != 0) return compose(say("All must take these locks in the same order."));
    return compose(say("Each function waits for another one to return. One of them has to do without: del_timer does not wait, but then what the "
                       "timer stands in must not be freed while its function may still run."));
}

/// The one CPU of the mask spins for a lock that another one has left locked.
bool isForsaken(const Told& t, std::uint64_t mask)
{
    if (!std::has_single_bit(mask)) return false;
    const int cpu = std::countr_zero(mask);
    const std::uint64_t word = kernelCpu(t, cpu).spinning;
    return core::spinsFor(word) == SpinFor::Lock && holderOf(t.world, word) != cpu;
}

Sentence deadlock(const Record& r, const Told& t)
{
    const std::uint64_t all = t.world.cpuCount() >= 64 ? ~0ull : (1ull << t.world.cpuCount()) - 1;
    const std::uint64_t mask = r.value & all;
    Sentence s;
    if (isForsaken(t, mask)) {
        const int cpu = std::countr_zero(mask);
        const std::uint64_t word = kernelCpu(t, cpu).spinning;
        s.what = compose(say("CPU %1 spins for lock %2, for ever."), {cpuSpan(cpu), lockSpan(t.inputs, core::spinId(word))});
        s.why = compose(say("CPU %1 took it, and no code that is still to run releases it."), {cpuSpan(holderOf(t.world, word))});
        return s;
    }
    if (std::popcount(mask) == 1) s.what = compose(say("Deadlock: CPU %1 waits for itself, for ever."), {cpuSpan(std::countr_zero(mask))});
    else s.what = compose(say("Deadlock: %1 wait for each other, for ever."), {plainSpan(cpusText(mask == 0 ? all : mask))});
    int cpu = mask == 0 ? -1 : std::countr_zero(mask);
    for (std::uint64_t seen = 0; cpu >= 0 && (seen >> cpu & 1) == 0; cpu = holderOf(t.world, kernelCpu(t, cpu).spinning)) {
        seen |= 1ull << cpu;
        append(s.why, waitText(t, cpu));
    }
    append(s.why, advice(t, mask));
    return s;
}

Sentence freed(const Record& r, const Told& t)
{
    Sentence s;
    s.what = compose(say("%1 is freed: its memory is given back."), {timerSpan(t.inputs, r.item)});
    const int runner = runnerOf(t.world, r.item);
    const bool isPending = r.item.isValid() && t.world.isDefined(r.item) && t.world.item(r.item).isPending();
    if (runner >= 0) s.why = compose(say("But its function is running on CPU %1 at this moment."), {cpuSpan(runner)});
    else if (isPending) s.why = compose(say("But it is still armed."));
    else s.why = compose(say("It is neither armed nor running: nobody will touch it any more."));
    return s;
}

Sentence usedAfterFree(const Record& r, const Told& t)
{
    const Span timer = timerSpan(t.inputs, r.item);
    if (r.value == 1)
        return {compose(say("Use after free: %1 is still armed, and its memory is given back."), {timer}),
                compose(say("The list that it stands in leads into memory that may be anything by now. It has to be deleted before kfree.")),
                {}};
    if (r.value == 2 && r.site == Site::UseAfterFree)
        return {compose(say("Use after free: CPU %1 makes a call for %2, whose memory is given back."), {cpuSpan(r.cpu), timer}),
                compose(say("Whatever the call reads there may be anything by now, and where it writes it writes into somebody else's memory.")),
                {}};
    const int runner = runnerOf(t.world, r.item);
    Sentence s{compose(say("Use after free: the function of %1 runs on memory that was given back."), {timer}), {}, {}};
    if (runner >= 0) s.why = compose(say("It runs on CPU %1."), {cpuSpan(runner)});
    append(s.why, compose(say("del_timer does not wait for a function that runs on another CPU; del_timer_sync before kfree would have.")));
    return s;
}

Sentence spinning(const Record& r, const Told& t)
{
    const Span cpu = cpuSpan(r.cpu);
    const bool begins = r.value != 0;
    const std::uint64_t word = begins ? r.value : r.before;
    const std::uint32_t id = core::spinId(word);
    const Span holder = cpuSpan(std::max(holderOf(t.world, word), 0));
    switch (core::spinsFor(word)) {
    case SpinFor::Timer: {
        const Span timer = timerSpan(t.inputs, TimerId(id));
        if (!begins) return {compose(say("CPU %1 need not wait any longer."), {cpu}), compose(say("The function of %1 has returned: the call tries once more."), {timer}), {}};
        return {compose(say("CPU %1 waits until the function of %2 has returned."), {cpu, timer}),
                compose(say("It runs on CPU %1. Trying again and again with cpu_relax in between, CPU %2 does nothing else meanwhile but its interrupts."), {holder, cpu}),
                {}};
    }
    case SpinFor::Lock: {
        const Span lock = lockSpan(t.inputs, id);
        if (!begins) return {compose(say("CPU %1 need not wait any longer."), {cpu}), compose(say("Lock %1 is free."), {lock}), {}};
        return {compose(say("CPU %1 spins for lock %2."), {cpu, lock}), compose(say("CPU %1 holds it. Until it is released nothing but interrupts happens on CPU %2."), {holder, cpu}), {}};
    }
    case SpinFor::BaseLock: {
        const Span wheel = cpuSpan(static_cast<int>(id & 63));
        if (!begins) return {compose(say("CPU %1 need not wait any longer."), {cpu}), compose(say("The lock of the wheel of CPU %1 is free."), {wheel}), {}};
        return {compose(say("CPU %1 spins for the lock of the wheel of CPU %2."), {cpu, wheel}),
                compose(say("CPU %1 holds it while its cascades move timers; %2 stands there, or is to go there."), {holder, timerSpan(t.inputs, r.item)}),
                {}};
    }
    default: return {compose(begins ? say("CPU %1 spins.") : say("CPU %1 need not wait any longer."), {cpu}), {}, {}};
    }
}

Sentence lockSet(const Record& r, const Told& t)
{
    const Span lock = lockSpan(t.inputs, r.link);
    if (r.value != 0)
        return {compose(say("CPU %1 takes lock %2."), {cpuSpan(r.cpu), lock}), compose(say("It was free. Who wants it now spins until it is released.")), {}};
    Sentence s{compose(say("CPU %1 releases lock %2."), {cpuSpan(r.cpu), lock}), {}, {}};
    std::uint64_t waiting = 0;
    for (int c = 0; c < t.world.cpuCount(); ++c) {
        if (t.world.kernel().cpu(c).spinning == core::spinWord(SpinFor::Lock, r.link)) waiting |= 1ull << c;
    }
    s.why = waiting == 0 ? compose(say("Nobody waits for it.")) : compose(say("%1 spins for it and can go on."), {plainSpan(cpusText(waiting))});
    return s;
}

Sentence wrongUnlock(const Record& r, const Told& t)
{
    const Span lock = lockSpan(t.inputs, r.link);
    if (r.value == 0) return {compose(say("CPU %1 releases lock %2, which nobody holds."), {cpuSpan(r.cpu), lock}), compose(say("A kernel that checks its spinlocks says: BUG: spinlock already unlocked.")), {}};
    return {compose(say("CPU %1 releases lock %2, which CPU %3 holds."), {cpuSpan(r.cpu), lock, cpuSpan(static_cast<int>(r.value) - 1)}),
            compose(say("A kernel that checks its spinlocks says: BUG: spinlock wrong CPU. One that does not lets two CPUs in at once.")),
            {}};
}

Sentence baseLockSet(const Record& r)
{
    if (r.value != 0)
        return {compose(say("CPU %1 holds the lock of its wheel while its cascades take time."), {cpuSpan(r.cpu)}),
                compose(say("Each timer that is moved costs something. Who wants to arm or delete a timer of this wheel meanwhile has to spin.")),
                {}};
    return {compose(say("CPU %1 releases the lock of its wheel."), {cpuSpan(r.cpu)}), compose(say("The cascades are done.")), {}};
}

} // namespace

std::optional<Sentence> narrateLocks(const Record& r, const Told& t)
{
    const Span timer = timerSpan(t.inputs, r.item);
    if (r.kind == Kind::Noted && r.site == Site::Deadlock) return deadlock(r, t);
    if (r.kind == Kind::Noted && r.site == Site::UseAfterFree) return usedAfterFree(r, t);
    if (r.kind == Kind::Noted && r.site == Site::SpinUnlock) return wrongUnlock(r, t);
    if (r.kind == Kind::Noted && r.site == Site::DelTimerSync)
        return Sentence{compose(say("The kernel warns: del_timer_sync is called in a hard interrupt.")),
                        compose(say("The interrupt may have interrupted the function of %1: it would wait for itself, for ever. Only a timer that is irqsafe may be deleted so."), {timer}),
                        {}};
    if (r.kind == Kind::RegisterSet) {
        switch (static_cast<Register>(r.slot)) {
        case Register::Spinning: return spinning(r, t);
        case Register::LockOwner: return lockSet(r, t);
        case Register::Freed: return freed(r, t);
        case Register::BaseLock: return baseLockSet(r);
        default: return std::nullopt;
        }
    }
    if (r.kind == Kind::Entered && r.site == Site::DelTimerSync)
        return Sentence{compose(say("CPU %1 calls del_timer_sync for %2."), {cpuSpan(r.cpu), timer}),
                        compose(say("When it returns, %1 is not armed and its function runs nowhere."), {timer}),
                        {}};
    if (r.kind == Kind::Left && r.site == Site::DelTimerSync) {
        Sentence s{compose(say("del_timer_sync returns: %1 is deleted."), {timer}), {}, {}};
        if (r.returned() == Returned::One) s.why = compose(say("It was pending: 1. Now it is not armed, and its function does not run."));
        else s.why = compose(say("It was not pending any more: 0. Its function does not run either, so what it stands in can be given back."));
        if (!t.inputs.machine.kernel.smp) append(s.why, compose(say("Without CONFIG_SMP it is del_timer: no other CPU could run the function.")));
        return s;
    }
    if (r.kind == Kind::Entered && r.site == Site::TryToDelTimerSync && r.returned() == Returned::MinusOne) {
        const int runner = runnerOf(t.world, r.item);
        Sentence s{compose(say("%1 cannot be deleted now: its function is running."), {timer}), {}, {}};
        if (runner == r.cpu) s.why = compose(say("It runs on this very CPU: the call returns −1."));
        else if (runner >= 0) s.why = compose(say("It runs on CPU %1: the call returns −1."), {cpuSpan(runner)});
        else s.why = compose(say("The call returns −1."));
        return s;
    }
    return std::nullopt;
}

} // namespace jiffy::ui
