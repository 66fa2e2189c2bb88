// SPDX-License-Identifier: GPL-3.0-or-later
// What every timer algorithm's calls have in common: making records, answering that nothing was changed, and who
// an idle CPU hands its timers to. Base of the algorithms.
#pragma once

#include "core/event/event.h"
#include "core/world/world.h"

#include <utility>

namespace jiffy::core
{

/// What a CPU is told that asks for the next timer interrupt.
struct NextDue
{
    Jiffies at = 0;
    bool isNone = false; ///< no timer that wakes a CPU is pending
};

template <class Emitter> class TimerCalls
{
  public:
    void leaveCallback(int cpu)
    {
        Record r = record(cpu, Site::Callback, world().cpu(cpu).running);
        r.kind = Kind::Left;
        emit<Kind::Left>(r);
    }

    /// CPUs that calls have woken since it was last asked.
    std::uint64_t takeWakes() { return std::exchange(m_wakes, 0); }
    /// Without NO_HZ idle CPUs keep their timers, and nobody wakes them up for one.
    void setNohz(bool hasNohz) { m_hasNohz = hasNohz; }
    /// Timers that the cascades of the CPU's next turn move; turns before it that find nothing are passed.
    std::uint64_t movesAhead(int) const { return 0; }

  protected:
    explicit TimerCalls(Emitter& emitter) : m_emitter(emitter) {}

    const World& world() const { return m_emitter.world(); }
    Word word() const { return world().geometry().word; }

    template <Kind K> void emit(const Record& r) { m_emitter.template emit<K>(r); }
    static Record record(int cpu, Site site, TimerId timer)
    {
        Record r;
        r.item = timer;
        r.site = site;
        r.cpu = static_cast<std::uint8_t>(cpu);
        return r;
    }
    static std::uint8_t flags(Returned returned, bool more)
    {
        return static_cast<std::uint8_t>(static_cast<unsigned>(returned) | (more ? Record::moreFlag : 0u));
    }

    /// A pending timer where none may be: a bug stop in the original.
    void refuse(int cpu, Site site, TimerId timer, Jiffies expires)
    {
        Record r = record(cpu, site, timer);
        r.kind = Kind::Refused;
        r.value = expires;
        emit<Kind::Refused>(r);
    }
    Returned unchanged(int cpu, Site site, TimerId timer, Jiffies asked, Returned returned)
    {
        Record r = record(cpu, site, timer);
        r.kind = Kind::Entered;
        r.value = asked;
        r.flags = flags(returned, false);
        emit<Kind::Entered>(r);
        return returned;
    }

    /// Where an unpinned timer goes that `cpu` arms: with NO_HZ an idle CPU hands it to the lowest-numbered busy one.
    int targetOf(int cpu) const { return world().cpu(cpu).idle && m_hasNohz ? lowestBusy(cpu) : cpu; }
    bool hasNohz() const { return m_hasNohz; }

    Emitter& m_emitter;
    std::uint64_t m_wakes = 0; ///< mask

  private:
    [[gnu::noinline, gnu::cold]] int lowestBusy(int cpu) const
    {
        if (!isIdle(cpu)) return cpu;
        for (int c = 0; c < world().cpuCount(); ++c) {
            if (!isIdle(c)) return c;
        }
        return cpu;
    }
    /// as idle_cpu(): nothing runs there, and nothing waits for the CPU either.
    bool isIdle(int cpu) const
    {
        if (!world().cpu(cpu).idle) return false;
        if (!world().kernel().isThere()) return true;
        const KernelCpu& c = world().kernel().cpu(cpu);
        return c.current == 0 && c.runQueue.empty();
    }

    bool m_hasNohz = true;
};

} // namespace jiffy::core
