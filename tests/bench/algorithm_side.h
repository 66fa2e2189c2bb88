// SPDX-License-Identifier: GPL-3.0-or-later
// Any timer algorithm as one side of a comparison: on one CPU, ticked one jiffy at a time, without a log, as
// kernel/machine.h does it. The callbacks do what the reference's do: they count.
#pragma once

#include "core/run/recorder.h"
#include "core/timers/sorted_list.h"
#include "core/timers/wheel_3_9.h"
#include "core/timers/wheel_6_1.h"
#include "core/world/world.h"

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>

namespace jiffy::bench
{

inline core::World worldOn(core::TimerAlgorithm algorithm, std::size_t timers, std::uint64_t jiffies)
{
    core::MachineConfig config;
    config.word = core::Word(64);
    config.timers = algorithm;
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

/// What get_next_timer_interrupt() answers is a note, and nothing but the note: it must not be optimised
/// away.
class NotingEmitter : public core::PlainEmitter
{
  public:
    using core::PlainEmitter::PlainEmitter;
    template <core::Kind K> void emit(const core::Record& r)
    {
        if constexpr (K == core::Kind::Noted) benchmark::DoNotOptimize(r.value);
        core::PlainEmitter::emit<K>(r);
    }
};

/// Timers: core::Wheel39, core::Wheel61, core::SortedList.
template <template <class> class Timers, core::TimerAlgorithm Algorithm> class AlgorithmSide
{
  public:
    AlgorithmSide(std::size_t timers, std::uint64_t jiffies)
        : m_emitter(worldOn(Algorithm, timers, jiffies)), m_timers(m_emitter)
    {
    }
    AlgorithmSide(const AlgorithmSide&) = delete;
    AlgorithmSide& operator=(const AlgorithmSide&) = delete;

    void add(std::uint32_t i, std::uint32_t delay)
    {
        m_timers.addTimer(0, core::TimerId(i), jiffies() + delay);
    }
    void mod(std::uint32_t i, std::uint32_t delay)
    {
        m_timers.modTimer(0, core::TimerId(i), jiffies() + delay);
    }
    void del(std::uint32_t i) { m_timers.delTimer(0, core::TimerId(i)); }
    /// When the next interrupt is due.
    void next() { m_timers.nextInterrupt(0); }
    /// The CPU was not put to sleep after all.
    void stayAwake() { m_timers.leaveIdle(0); }
    void tick()
    {
        if (m_timers.passTicks(1, 1) == 0) tickWithWork();
    }
    std::uint64_t fired() const { return m_fired; }

  private:
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
        if (m_timers.nextBusyCpu(0, 1) != 0) return;
        mark<Kind::Entered>();
        int wheel = 0;
        while (m_timers.beginTurn(0, wheel)) {
            while (m_timers.hasDue(0)) {
                m_timers.fire(0);
                ++m_fired;
                m_timers.leaveCallback(0);
            }
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

    NotingEmitter m_emitter;
    Timers<NotingEmitter> m_timers;
    std::uint64_t m_fired = 0;
};

using Wheel39Side = AlgorithmSide<core::Wheel39, core::TimerAlgorithm::Wheel39>;
using Wheel61Side = AlgorithmSide<core::Wheel61, core::TimerAlgorithm::Wheel61>;
using SortedListSide = AlgorithmSide<core::SortedList, core::TimerAlgorithm::SortedList>;

} // namespace jiffy::bench
