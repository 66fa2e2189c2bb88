// SPDX-License-Identifier: GPL-3.0-or-later
// How a machine of CPUs says what happens: the records that all its parts make. Base of KernelTasks.
#pragma once

#include "core/kernel/kernel_frames.h"
#include "core/run/snapshot.h"
#include "core/world/world.h"

#include <algorithm>

namespace jiffy::core
{

template <class Emitter> class KernelWords
{
  protected:
    KernelWords(const World& world, Emitter& emitter) : m_world(world), m_emitter(emitter) {}

    const KernelCpu& cpuOf(int cpu) const { return m_world.kernel().cpu(cpu); }
    std::uint64_t now() const { return static_cast<std::uint64_t>(m_world.now()); }

    static Record record(int cpu, Site site, TimerId item = TimerId::none())
    {
        Record r;
        r.cpu = static_cast<std::uint8_t>(cpu);
        r.site = site;
        r.item = item;
        return r;
    }
    /// A function begins. Link: 1 + the process in whose own code it is called; 0: none.
    void enter(int cpu, Site site, TimerId item = TimerId::none(), std::uint64_t value = 0, std::uint32_t link = 0)
    {
        Record r = record(cpu, site, item);
        r.kind = Kind::Entered;
        r.value = value;
        r.link = link;
        m_emitter.template emit<Kind::Entered>(r);
    }
    void leave(int cpu, Site site, TimerId item = TimerId::none(), std::uint64_t value = 0, std::uint32_t link = 0,
               Returned returned = Returned::Nothing)
    {
        Record r = record(cpu, site, item);
        r.kind = Kind::Left;
        r.value = value;
        r.link = link;
        r.flags = static_cast<std::uint8_t>(returned);
        m_emitter.template emit<Kind::Left>(r);
    }
    struct Setting
    {
        Register which;
        std::uint64_t value = 0, before = 0;
        std::uint32_t link = 0;
        TimerId item{};
        bool more = false;
    };
    void set(int cpu, Site site, const Setting& s)
    {
        Record r = record(cpu, site, s.item);
        r.kind = Kind::RegisterSet;
        r.slot = static_cast<std::uint32_t>(s.which);
        r.value = s.value;
        r.before = s.before;
        r.link = s.link;
        r.flags = s.more ? Record::moreFlag : std::uint8_t{0};
        m_emitter.template emit<Kind::RegisterSet>(r);
    }
    void note(int cpu, Site site, TimerId item, std::uint64_t value)
    {
        Record r = record(cpu, site, item);
        r.kind = Kind::Noted;
        r.value = value;
        m_emitter.template emit<Kind::Noted>(r);
    }
    void setSpinning(int cpu, Site site, std::uint64_t word, TimerId item)
    {
        set(cpu, site, {Register::Spinning, word, cpuOf(cpu).spinning, 0, item});
    }
    void setIdle(int cpu, bool isIdle)
    {
        set(cpu, Site::SetIdle, {Register::Idle, isIdle ? 1u : 0u, m_world.cpu(cpu).idle ? 1u : 0u});
    }

    bool holdsLock(int cpu) const
    {
        const auto& owners = m_world.kernel().lockOwners;
        return std::find(owners.begin(), owners.end(), 1 + cpu) != owners.end();
    }
    /// The CPU that executes the timer's function; -1: none.
    int runnerOf(TimerId timer) const
    {
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            if (m_world.cpu(c).running == timer) return c;
        }
        return -1;
    }
    /// What the CPU spins for has come.
    bool isReleased(int cpu) const
    {
        const std::uint64_t word = cpuOf(cpu).spinning;
        switch (spinsFor(word)) {
        case SpinFor::Nothing: return true;
        case SpinFor::Timer: return runnerOf(TimerId(spinId(word))) < 0;
        case SpinFor::Lock: return m_world.kernel().lockOwners[spinId(word)] == 0;
        case SpinFor::BaseLock: return cpuOf(static_cast<int>(spinId(word))).baseLock == 0;
        }
        return true;
    }
    /// The CPU without which the spinning of that one cannot end; -1: none.
    int awaited(int cpu) const
    {
        const std::uint64_t word = cpuOf(cpu).spinning;
        switch (spinsFor(word)) {
        case SpinFor::Nothing: return -1;
        case SpinFor::Timer: return runnerOf(TimerId(spinId(word)));
        case SpinFor::Lock: return m_world.kernel().lockOwners[spinId(word)] - 1;
        case SpinFor::BaseLock: return cpuOf(static_cast<int>(spinId(word))).baseLock - 1;
        }
        return -1;
    }

    const World& m_world;
    Emitter& m_emitter;
};

} // namespace jiffy::core
