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
    /// Timers that cascades have moved since it was last asked.
    std::uint64_t takeMoves() { return std::exchange(m_moves, 0); }

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

    /// Where an unpinned timer goes that `cpu` arms: an idle CPU hands it to the lowest-numbered busy one.
    int targetOf(int cpu) const { return world().cpu(cpu).idle ? lowestBusy(cpu) : cpu; }

    Emitter& m_emitter;
    std::uint64_t m_wakes = 0; ///< mask
    std::uint64_t m_moves = 0;

  private:
    [[gnu::noinline, gnu::cold]] int lowestBusy(int cpu) const
    {
        for (int c = 0; c < world().cpuCount(); ++c) {
            if (!world().cpu(c).idle) return c;
        }
        return cpu;
    }
};

} // namespace jiffy::core
