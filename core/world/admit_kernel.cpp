// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/world/admit_kernel.h"

namespace jiffy::core
{

namespace
{

const char* interrupt(const Record& r, const KernelCpu& c, Interrupt which)
{
    if (r.kind == Kind::Entered && c.interrupt != Interrupt::None) return "the CPU handles an interrupt already";
    if (r.kind == Kind::Left && c.interrupt != which) return "the CPU does not handle this interrupt";
    return nullptr;
}

const char* enteredOrLeft(const Record& r, const KernelCpu& c)
{
    switch (r.site) {
    case Site::TickInterrupt:
        if (r.kind == Kind::Entered && (r.value != 0) != c.isTickStopped) return "the tick wakes a CPU whose tick is stopped";
        return interrupt(r, c, Interrupt::Tick);
    case Site::DeviceInterrupt: return interrupt(r, c, Interrupt::Device);
    case Site::Ipi: return interrupt(r, c, Interrupt::Ipi);
    case Site::Mdelay:
        if (r.kind == Kind::Left && c.delays == 0) return "the CPU is not delayed";
        return r.kind == Kind::Entered && c.delays == 255 ? "the CPU is delayed too often" : nullptr;
    default: return nullptr;
    }
}

const char* flag(const Record& r, bool now, const char* otherwise)
{
    if (r.value > 1) return "the value is 0 or 1";
    return r.before != (now ? 1u : 0u) ? otherwise : nullptr;
}

const char* registerSet(const Record& r, const World& world)
{
    const KernelState& k = world.kernel();
    const KernelCpu& c = k.cpu(r.cpu);
    const auto which = static_cast<Register>(r.slot);
    const bool isOfProcess = which == Register::TaskState || which == Register::RunQueuePlace || which == Register::SignalPending;
    if (isOfProcess && r.link >= k.processes.size()) return "there is no such process";
    const auto cpus = static_cast<std::uint64_t>(world.cpuCount());
    switch (which) {
    case Register::TickStopped: return flag(r, c.isTickStopped, "the tick was in another state");
    case Register::SleepUntil: return r.before != c.sleepUntil ? "it slept until another jiffy" : nullptr;
    case Register::DutyCpu:
        if (r.value >= cpus && r.value != ~0ull) return "there is no such CPU";
        return r.before != k.dutyCpu ? "another CPU counted jiffies" : nullptr;
    case Register::HasLoad: return flag(r, c.hasLoad, "the load was another");
    case Register::CurrentTask:
        if (r.value > k.processes.size()) return "there is no such process";
        return r.before != c.current ? "another process ran" : nullptr;
    case Register::TaskState:
        if (r.value > static_cast<std::uint64_t>(TaskState::New)) return "there is no such state";
        return r.before != static_cast<std::uint64_t>(k.processes[r.link].state) ? "the process had another state" : nullptr;
    case Register::RunQueuePlace: {
        const std::uint64_t size = c.runQueue.size();
        if (r.before != ~0ull && (r.before >= size || c.runQueue[r.before] != r.link)) return "the process stands elsewhere";
        return r.value != ~0ull && r.value > size - (r.before != ~0ull ? 1 : 0) ? "there is no such place" : nullptr;
    }
    case Register::SignalPending: return flag(r, k.processes[r.link].hasSignal, "the signal was in another state");
    case Register::LockOwner:
        if (r.link >= k.lockOwners.size()) return "there is no such lock";
        if (r.value > cpus) return "there is no such CPU";
        return r.before != k.lockOwners[r.link] ? "the lock had another owner" : nullptr;
    case Register::Spinning: return r.before != c.spinning ? "the CPU spun for something else" : nullptr;
    case Register::Freed:
        if (!r.item.isValid() || !world.isDefined(r.item)) return "the timer is not defined";
        return flag(r, (world.item(r.item).flags & Freed) != 0, "the timer was freed or not");
    case Register::BaseLock:
        if (r.value > cpus) return "there is no such CPU";
        return r.before != c.baseLock ? "the lock had another owner" : nullptr;
    default: return "there is no such register";
    }
}

} // namespace

const char* whyNoTicksPass(std::uint64_t ticks, const World& world)
{
    const Clock& clock = world.clock();
    const std::uint64_t most = world.hz().ticksUntil(INT64_MAX);
    if (ticks > most || clock.ticks > most - ticks) return "too many ticks";
    // An instant is written in one way only: ns since the last tick.
    const std::uint64_t to = clock.ticks + ticks;
    const auto instant = static_cast<std::uint64_t>(world.hz().tickInstant(to)) + clock.offset;
    if (instant > static_cast<std::uint64_t>(INT64_MAX)) return "too many ticks";
    return world.hz().ticksUntil(static_cast<Nanoseconds>(instant)) != to ? "another number of ticks passed" : nullptr;
}

const char* whyNotApplicableToKernel(const Record& r, const World& world)
{
    if (!world.kernel().isThere()) return "this is of a machine of CPUs";
    const KernelCpu& c = world.kernel().cpu(r.cpu);
    if (r.kind == Kind::RegisterSet) return registerSet(r, world);
    if (r.kind == Kind::Raised) {
        if (r.site == Site::RunLocalTimers) return c.isSoftirqPending ? "the softirq is raised already" : nullptr;
        return r.link >= static_cast<std::uint32_t>(world.cpuCount()) ? "there is no such CPU to wake" : nullptr;
    }
    return enteredOrLeft(r, c);
}

} // namespace jiffy::core
