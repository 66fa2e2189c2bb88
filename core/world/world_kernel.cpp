// SPDX-License-Identifier: GPL-3.0-or-later
// World, part 2: what only a machine of CPUs has.
#include "core/world/world.h"

namespace jiffy::core
{

void World::setTime(std::uint64_t nanoseconds)
{
    m_clock.ticks = m_hz.ticksUntil(static_cast<Nanoseconds>(nanoseconds));
    m_clock.offset = nanoseconds - static_cast<std::uint64_t>(m_hz.tickInstant(m_clock.ticks));
}

void World::countTicks(std::uint64_t ticks)
{
    for (KernelCpu& c : m_kernel.cpus) {
        if (!c.isTickStopped) c.tickInterrupts += ticks;
    }
}

void World::enterKernel(const Record& r, bool isEntered, bool isUndone)
{
    if (!m_kernel.isThere()) return;
    KernelCpu& c = m_kernel.cpus[r.cpu];
    const bool counts = (r.kind == Kind::Entered);
    const std::uint64_t one = isUndone ? ~0ull : 1ull;
    switch (r.site) {
    case Site::TickInterrupt:
        c.interrupt = isEntered ? Interrupt::Tick : Interrupt::None;
        // The tick of a CPU that has none is what it was woken for.
        if (counts) c.tickInterrupts += one * ((r.value != 0 ? 1u : 0u) - r.before);
        return;
    case Site::DeviceInterrupt:
    case Site::Ipi:
        c.interrupt = !isEntered ? Interrupt::None : r.site == Site::Ipi ? Interrupt::Ipi : Interrupt::Device;
        if (counts) c.otherInterrupts += one;
        return;
    case Site::Mdelay: c.delays = static_cast<std::uint8_t>(isEntered ? c.delays + 1 : c.delays - 1); return;
    default: return; // a call of which nothing is kept
    }
}

namespace
{

/// A process goes from one place of a run queue to another; ~0: it is in none.
void moveInQueue(std::vector<std::uint32_t>& queue, std::uint32_t process, std::uint64_t from, std::uint64_t to)
{
    if (from != ~0ull) queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(from));
    if (to != ~0ull) queue.insert(queue.begin() + static_cast<std::ptrdiff_t>(to), process);
}

} // namespace

void World::setKernelRegister(const Record& r, std::uint64_t value, std::uint64_t before)
{
    if (static_cast<Register>(r.slot) == Register::Freed) {
        auto& flags = cell(r.item);
        flags.flags = static_cast<std::uint8_t>(value != 0 ? flags.flags | Freed : flags.flags & ~Freed);
        return;
    }
    KernelCpu& c = m_kernel.cpus[r.cpu];
    switch (static_cast<Register>(r.slot)) {
    case Register::TickStopped: c.isTickStopped = value != 0; return;
    case Register::SleepUntil: c.sleepUntil = value; return;
    case Register::DutyCpu: m_kernel.dutyCpu = value; return;
    case Register::HasLoad: c.hasLoad = value != 0; return;
    case Register::CurrentTask: c.current = static_cast<std::uint32_t>(value); return;
    case Register::TaskState: m_kernel.processes[r.link].state = static_cast<TaskState>(value); return;
    case Register::RunQueuePlace: return moveInQueue(c.runQueue, r.link, before, value);
    case Register::SignalPending: m_kernel.processes[r.link].hasSignal = value != 0; return;
    case Register::LockOwner: m_kernel.lockOwners[r.link] = static_cast<std::uint8_t>(value); return;
    case Register::Spinning: c.spinning = value; return;
    case Register::BaseLock: c.baseLock = static_cast<std::uint8_t>(value); return;
    default: return;
    }
}

} // namespace jiffy::core
