// SPDX-License-Identifier: GPL-3.0-or-later
// Our wheel as one side of a comparison: the engine of the program on one CPU, ticked one jiffy at a time,
// with or without a log. The callbacks do what the reference's do: they count.
#pragma once

#include "core/run/recorder.h"
#include "core/timers/wheel_3_9.h"
#include "core/world/world.h"

#include <cstddef>
#include <cstdint>

namespace jiffy::bench
{

inline core::World worldOf(std::size_t timers, std::uint64_t jiffies)
{
    core::MachineConfig config;
    config.word = core::Word(64);
    config.jiffies = jiffies;
    core::World world(config);
    world.reserveItems(timers);
    for (std::uint32_t i = 0; i < timers; ++i) {
        core::Record r;
        r.kind = core::Kind::Defined;
        r.item = core::TimerId(i);
        r.link = 0; // no slack
        world.apply(r);
    }
    return world;
}

/// Emitter: core::PlainEmitter (recording off) or core::Recorder (on).
template <class Emitter> class WheelSide
{
  public:
    WheelSide(std::size_t timers, std::uint64_t jiffies)
        : m_emitter(worldOf(timers, jiffies)), m_wheel(m_emitter)
    {
    }
    WheelSide(const WheelSide&) = delete;
    WheelSide& operator=(const WheelSide&) = delete;

    void add(std::uint32_t i, std::uint32_t delay)
    {
        m_wheel.addTimer(0, core::TimerId(i), jiffies() + delay);
    }
    void mod(std::uint32_t i, std::uint32_t delay)
    {
        m_wheel.modTimer(0, core::TimerId(i), jiffies() + delay);
    }
    void del(std::uint32_t i) { m_wheel.delTimer(0, core::TimerId(i)); }
    /// As kernel/machine.h ticks.
    void tick()
    {
        if (m_wheel.quietTurns(0) != 0) return m_wheel.pass(core::Site::Tick, 1, 1);
        tickWithWork();
    }
    std::uint64_t fired() const { return m_fired; }
    const Emitter& emitter() const { return m_emitter; }

    static constexpr std::size_t bytesPerTimer = sizeof(core::Item);

  private:
    /// Apart, as a step of the machine is: what an empty tick costs shall not include its registers.
    [[gnu::noinline]] void tickWithWork()
    {
        using namespace core;
        Record r;
        r.kind = Kind::ClockSet;
        r.site = Site::Tick;
        r.before = jiffies();
        r.value = r.before + 1;
        r.setTicks(1);
        m_emitter.template emit<Kind::ClockSet>(r);
        mark<Kind::Entered>();
        m_wheel.beginTurn(0);
        while (m_wheel.hasDue(0)) {
            m_wheel.fire(0);
            ++m_fired;
            m_wheel.leaveCallback(0);
        }
        mark<Kind::Left>();
    }
    std::uint64_t jiffies() const { return m_emitter.world().clock().jiffies; }
    template <core::Kind K> void mark()
    {
        core::Record r;
        r.kind = K;
        r.site = core::Site::RunTimerSoftirq;
        m_emitter.template emit<K>(r);
    }

    Emitter m_emitter;
    core::Wheel39<Emitter> m_wheel;
    std::uint64_t m_fired = 0;
};

} // namespace jiffy::bench
