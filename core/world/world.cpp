// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/world/world.h"

#include <utility>

namespace jiffy::core
{

World::World(const MachineConfig& config)
    : m_geometry(geometryOf(config)), m_hz(config.hz),
      m_cpus(static_cast<std::size_t>(config.cpus)), m_cells(m_geometry.slotCount()),
      m_heads(m_geometry.slotCount()), m_lists(m_geometry.slotCount()), m_slotLists(m_geometry.slotCount()), m_occupancy(m_geometry.slotCount() / 64)
{
    m_clock.jiffies = config.word.reduce(config.jiffies);
    m_daemon.mayFault = config.mayFault;
    for (auto& c : m_cpus) {
        c.timerJiffies = config.settled ? config.word.add(m_clock.jiffies, 1) : m_clock.jiffies;
        c.nextTimer = config.settled ? config.word.reduce(m_clock.jiffies - 1) : m_clock.jiffies;
        if (m_geometry.is(TimerAlgorithm::Wheel61)) {
            c.timerJiffies = c.defClk = m_clock.jiffies;
            c.nextTimer = c.defNextExpiry = config.word.add(m_clock.jiffies, (1ull << 30) - 1);
        }
    }
    if (config.kernel.isThere) {
        m_kernel.cpus.resize(m_cpus.size());
        m_kernel.processes.resize(config.kernel.processes);
        m_kernel.lockOwners.resize(config.kernel.locks);
        for (std::size_t c = 0; c < m_cpus.size(); ++c)
            m_kernel.cpus[c].hasLoad = (config.kernel.load >> c & 1) != 0;
    }
    for (std::uint32_t s = 0; s < m_geometry.slotCount(); ++s) {
        m_slotLists[s] = ListId(s);
        m_lists[s].slot = SlotId(s);
        m_cells[s].next = m_cells[s].prev = headOf(ListId(s));
    }
}

void World::define(const Record& r)
{
    if (itemCount() <= r.item.value) m_cells.resize(linkOf(r.item).value + std::size_t{1});
    Item& it = cell(r.item);
    it = Item{};
    it.defined = true;
    it.slack = static_cast<std::int32_t>(r.link);
    it.flags = static_cast<std::uint8_t>(r.value);
}

void World::applyInserted(const Record& r)
{
    const ListId list = listIdAt(r.slot);
    const TimerId behind(r.link);
    Item& it = cell(r.item);
    it.expires = r.value;
    it.cpu = static_cast<std::uint8_t>(m_geometry.cpuOf(r.slot));
    insertBefore(list, r.item, behind.isValid() ? linkOf(behind) : headOf(list), 0);
    countPending(it.cpu, it, +1);
}

void World::applyPushed(const Record& r)
{
    Item& it = cell(r.item);
    it.expires = r.value;
    it.cpu = static_cast<std::uint8_t>(m_geometry.cpuOf(r.slot));
    pushFront(listIdAt(r.slot), r.item, clockFor(it));
    countPending(it.cpu, it, +1);
}

void World::setItem(const Record& r, Jiffies expires, std::uint32_t filedAt)
{
    Item& it = cell(r.item);
    it.expires = expires;
    it.filedAt = filedAt;
}

void World::enterDaemon(const Record& r, bool isEntered)
{
    switch (r.site) {
    case Site::EpollWait: m_daemon.isWaiting = isEntered; return;
    case Site::WorkTimerSigHandler: m_daemon.isInSignal = isEntered; return;
    case Site::IoHandler: m_daemon.source = isEntered ? r.item : TimerId::none(); return;
    case Site::AddWork: m_daemon.adding = isEntered ? r.item : TimerId::none(); return;
    case Site::ExecuteWork:
    case Site::Schedule: m_daemon.isInPass = isEntered; return;
    case Site::WorkTimerScheduleEvt: m_daemon.isNotifying = isEntered; return;
    case Site::WorkTimerStart: m_daemon.isStarting = isEntered; return;
    case Site::WorkTimerStop: m_daemon.isStopping = isEntered; return;
    case Site::SlowCall: m_daemon.isInSlowCall = isEntered; return;
    case Site::ExecScheduled: m_daemon.isInScheduled = isEntered; return;
    default: return; // a call that changed nothing
    }
}

void World::setDaemonRegister(Register which, std::uint64_t value)
{
    switch (which) {
    case Register::AlarmSince: m_daemon.alarmSince = value; return;
    case Register::AlarmBlocked: m_daemon.isAlarmBlocked = value != 0; return;
    case Register::ReadFd: m_daemon.readFd = static_cast<std::uint32_t>(value); return;
    case Register::WriteFd: m_daemon.writeFd = static_cast<std::uint32_t>(value); return;
    case Register::PipeEnds: m_daemon.pipeEnds = static_cast<std::uint8_t>(value); return;
    case Register::PipePolled: m_daemon.isPipePolled = value != 0; return;
    case Register::TimerStarted: m_daemon.isTimerStarted = value != 0; return;
    case Register::SchedLeft: m_daemon.schedLeft = value; return;
    case Register::SystemActive: m_daemon.isShuttingDown = value == 0; return;
    case Register::Expirations: m_daemon.expirations = value; return;
    case Register::TimerNow: m_daemon.timerNow = value; return;
    default: return; // those of a CPU
    }
}

void World::unpass(const OpenRun& run)
{
    OpenRun back = run;
    back.count = 0 - run.count;
    pass(back);
}

void World::apply(const Record& r)
{
    switch (r.kind) {
    case Kind::Queued:
        return applyAs<Kind::Queued>(r);
    case Kind::Unqueued:
        return applyAs<Kind::Unqueued>(r);
    case Kind::Moved:
        return applyAs<Kind::Moved>(r);
    case Kind::Fired:
        return applyAs<Kind::Fired>(r);
    case Kind::Spliced:
        return applyAs<Kind::Spliced>(r);
    case Kind::RegisterSet:
        return applyAs<Kind::RegisterSet>(r);
    case Kind::Passed:
        return applyAs<Kind::Passed>(r);
    case Kind::ClockSet:
        return applyAs<Kind::ClockSet>(r);
    case Kind::Entered:
        return applyAs<Kind::Entered>(r);
    case Kind::Left:
        return applyAs<Kind::Left>(r);
    case Kind::Defined:
        return applyAs<Kind::Defined>(r);
    case Kind::Raised:
        return applyAs<Kind::Raised>(r);
    case Kind::Chosen:
    case Kind::NodeSet:
    case Kind::Counted:
    case Kind::Refused:
    case Kind::Noted:
        return;
    case Kind::ItemSet:
        return applyAs<Kind::ItemSet>(r);
    }
}

void World::unapply(const Record& r)
{
    switch (r.kind) {
    case Kind::Queued: {
        Item& it = cell(r.item);
        countPending(it.cpu, it, -1);
        remove(it);
        it.expires = r.before;
        it.cpu = m_geometry.insertion == Insertion::Before ? std::uint8_t{0} : r.oldCpu();
        return;
    }
    case Kind::Unqueued: {
        const ListId id = listIdAt(r.slot);
        const TimerId behind(r.link);
        insertBefore(id, r.item, behind.isValid() ? linkOf(behind) : headOf(id), static_cast<std::uint32_t>(r.value));
        Item& it = cell(r.item);
        if (m_geometry.insertion == Insertion::Before) it.cpu = static_cast<std::uint8_t>(m_geometry.cpuOf(r.slot));
        countPending(it.cpu, it, +1);
        return;
    }
    case Kind::ItemSet:
        return setItem(r, r.before, r.link);
    case Kind::Moved:
        unlink(cell(r.item));
        return pushFront(listIdAt(movedFrom(r).value), r.item, static_cast<std::uint32_t>(r.value));
    case Kind::Fired:
        pushFront(listIdAt(runListFor(r).value), r.item, static_cast<std::uint32_t>(r.value));
        if (m_geometry.insertion == Insertion::Before) cell(r.item).cpu = r.cpu;
        countPending(cell(r.item).cpu, cell(r.item), +1);
        m_cpus[r.cpu].running = TimerId::none();
        return;
    case Kind::Spliced:
        return swapLists(r.slotId(), takenInto(r));
    case Kind::Passed:
        return unpass(OpenRun{r.value, r.before, r.site});
    case Kind::ClockSet:
        if (r.site == Site::SubTick) {
            m_clock.offset = r.before;
        } else if (r.site == Site::TimePasses) {
            setTime(r.before);
            countTicks(0 - r.ticks());
        } else {
            m_clock.jiffies = r.before;
            m_clock.ticks -= r.ticks();
            if (m_kernel.isThere()) countTicks(0 - r.ticks());
        }
        return;
    case Kind::Entered:
        if (r.site == Site::RunTimerSoftirq) {
            m_cpus[r.cpu].inSoftirq = false;
            setSoftirqPending(r.cpu, true);
        } else if (isOfKernel(r.site)) {
            enterKernel(r, false, true);
        } else if (isOfDaemon(r.site)) {
            enterDaemon(r, false);
        }
        return;
    case Kind::Left:
        if (r.site == Site::RunTimerSoftirq) m_cpus[r.cpu].inSoftirq = true;
        if (r.site == Site::Callback) m_cpus[r.cpu].running = r.item;
        else if (isOfKernel(r.site)) enterKernel(r, true, true);
        else if (isOfDaemon(r.site)) enterDaemon(r, true);
        return;
    case Kind::Defined: {
        cell(r.item) = Item{};
        while (m_cells.size() > m_heads && !m_cells.back().defined)
            m_cells.pop_back();
        return;
    }
    case Kind::RegisterSet:
        if (isOfKernel(static_cast<Register>(r.slot))) return setKernelRegister(r, r.before, r.value);
        return setRegister(r, r.before, r.expiryFlagsBefore());
    case Kind::Raised:
        if (r.site == Site::RunLocalTimers) setSoftirqPending(r.cpu, false);
        return;
    case Kind::Chosen:
    case Kind::NodeSet:
    case Kind::Counted:
    case Kind::Refused:
    case Kind::Noted:
        return;
    }
}

} // namespace jiffy::core
