// SPDX-License-Identifier: GPL-3.0-or-later
// The machine around a timer algorithm: it carries out the inputs, in explicit steps.
//
// Two drivers share all of it. Kernel: ticks come by themselves, and an action at a tick waits until every CPU has
// handled that tick. ByHand (vectors): the actions say when the clock moves and which softirq runs.
// In both, a tick moves jiffies and then runs the timer softirq on CPU 0, 1, .. in order, and nothing takes time.
//
// step() does the smallest thing between two instants at which another CPU could act (a callback, a call, a turn); all
// that must survive it stands in MachineState, which is plain data: a run can be resumed and forked at any of them.
// Ticks and turns that find nothing are jumped over (Emitter::pass).
#pragma once

#include "core/run/snapshot.h"
#include "core/timers/sorted_list.h"
#include "core/timers/wheel_3_9.h"
#include "core/timers/wheel_6_1.h"

#include <algorithm>
#include <type_traits>

namespace jiffy::core
{

/// Timers: Wheel39<Emitter>, Wheel61<Emitter>, SortedList<Emitter>.
template <class Emitter, class Timers = Wheel39<Emitter>> class Machine
{
  public:
    Machine(const Inputs& inputs, const World& world, Emitter& emitter, MachineState state = {})
        : m_inputs(inputs), m_world(world), m_emitter(emitter), m_timers(emitter), m_state(state)
    {
    }

    const MachineState& state() const { return m_state; }
    Timers& timers() { return m_timers; }

    /// Does one explicit step. False, doing nothing, once the inputs have ended.
    bool step()
    {
        switch (m_state.phase) {
        case MachineState::Phase::Inputs: return stepInputs();
        case MachineState::Phase::Turn: stepTurn(); return true;
        case MachineState::Phase::Fire: stepFire(); return true;
        case MachineState::Phase::Callback: stepCallback(); return true;
        case MachineState::Phase::Ended: return false;
        }
        return false;
    }

  private:
    using Phase = MachineState::Phase;

    // ---- inputs ------------------------------------------------------------------------------------------------------

    bool stepInputs()
    {
        if (m_state.tickInFlight != 0) {
            nextCpu();
            return true;
        }
        return m_inputs.driver == Driver::Kernel ? stepKernel() : stepByHand();
    }

    bool stepKernel()
    {
        const Clock& clock = m_world.clock();
        const bool more = m_state.action < m_inputs.actions.size();
        if (more && m_inputs.actions[m_state.action].tick <= clock.ticks) {
            const Action& a = m_inputs.actions[m_state.action];
            if (a.offset != clock.offset && a.tick == clock.ticks) setOffset(a.offset);
            ++m_state.action;
            perform(a);
            return true;
        }
        const std::uint64_t target = more ? std::min(endTicks(), m_inputs.actions[m_state.action].tick) : endTicks();
        if (clock.ticks >= target) {
            m_state.phase = Phase::Ended;
            return true;
        }
        tickTowards(target - clock.ticks);
        return true;
    }
    /// Ticks after which the run ends, as far as that is known now.
    std::uint64_t endTicks() const
    {
        if (m_inputs.untilTicks != ~0ull) return m_inputs.untilTicks;
        const std::uint64_t last = m_inputs.actions.empty() ? 0 : m_inputs.actions.back().tick;
        if (m_world.pendingCount() == 0) return std::max(last, m_world.clock().ticks);
        // Calls later than that get as long again for what they arm.
        return last < Inputs::defaultTicks ? Inputs::defaultTicks : last + Inputs::defaultTicks;
    }

    bool stepByHand()
    {
        if (m_state.repeats != 0) {
            m_state.repeats -= tickTowards(m_state.repeats);
            return true;
        }
        if (m_state.action >= m_inputs.actions.size()) {
            m_state.phase = Phase::Ended;
            return true;
        }
        perform(m_inputs.actions[m_state.action++]);
        return true;
    }

    std::uint64_t allCpus() const { return ~0ull >> (64 - m_world.cpuCount()); }

    // ---- time --------------------------------------------------------------------------------------------------------

    /// Up to `count` ticks that find nothing, or one that finds something. Returns how many have begun.
    std::uint64_t tickTowards(std::uint64_t count)
    {
        if (m_world.clock().offset != 0) setOffset(0);
        if (const std::uint64_t quiet = m_timers.passTicks(count, allCpus()); quiet != 0) return quiet;
        moveClock(Site::Tick, 1);
        m_state.tickInFlight = 1;
        m_state.cpu = 0;
        return 1;
    }
    void moveClock(Site site, std::uint64_t by)
    {
        Record r;
        r.kind = Kind::ClockSet;
        r.site = site;
        r.before = m_world.clock().jiffies;
        r.value = m_world.geometry().word.add(r.before, by);
        r.setTicks(by);
        m_emitter.template emit<Kind::ClockSet>(r);
    }
    void setOffset(std::uint64_t offset)
    {
        Record r;
        r.kind = Kind::ClockSet;
        r.site = Site::SubTick;
        r.before = m_world.clock().offset;
        r.value = offset;
        r.flags = Record::moreFlag;
        m_emitter.template emit<Kind::ClockSet>(r);
    }

    // ---- the softirqs of a tick --------------------------------------------------------------------------------------

    /// Goes on with the tick in flight: CPUs that find nothing are passed together, up to the first that has work.
    void nextCpu()
    {
        m_state.cpu = m_timers.nextBusyCpu(m_state.cpu, allCpus());
        if (m_state.cpu == m_world.cpuCount()) {
            m_state.tickInFlight = 0;
            return;
        }
        enterSoftirq(m_state.cpu);
    }
    void enterSoftirq(int cpu)
    {
        Record r;
        r.kind = Kind::Entered;
        r.site = Site::RunTimerSoftirq;
        r.cpu = static_cast<std::uint8_t>(cpu);
        m_emitter.template emit<Kind::Entered>(r);
        m_state.cpu = cpu;
        m_state.wheel = 0;
        m_state.firedNow = 0;
        m_state.phase = Phase::Turn;
    }
    void stepTurn()
    {
        const int cpu = m_state.cpu;
        if (!m_timers.beginTurn(cpu, m_state.wheel)) return leaveSoftirq();
        m_state.phase = Phase::Fire;
    }
    void leaveSoftirq()
    {
        Record r;
        r.kind = Kind::Left;
        r.site = Site::RunTimerSoftirq;
        r.cpu = static_cast<std::uint8_t>(m_state.cpu);
        m_emitter.template emit<Kind::Left>(r);
        m_state.phase = Phase::Inputs;
        if (m_state.lone) m_state.lone = false;
        else ++m_state.cpu;
    }
    void stepFire()
    {
        if (!m_timers.hasDue(m_state.cpu)) {
            m_state.phase = Phase::Turn;
            return;
        }
        if (spins()) return endSpinning();
        const TimerId timer = m_timers.fire(m_state.cpu);
        if (m_inputs.timers[timer.value].stepCount == 0) return m_timers.leaveCallback(m_state.cpu);
        m_state.phase = Phase::Callback;
        m_state.step = 0;
    }
    /// A sorted list is looked at from its head until nothing more is due, so a timer that arms itself for now is called
    /// without an end.
    bool spins()
    {
        if constexpr (!std::is_same_v<Timers, SortedList<Emitter>>) return false;
        return ++m_state.firedNow > 1000 + 4 * m_world.itemCount();
    }
    void endSpinning()
    {
        Record r;
        r.kind = Kind::Noted;
        r.site = Site::Spin;
        r.cpu = static_cast<std::uint8_t>(m_state.cpu);
        r.item = m_world.listAt(m_world.geometry().runList(m_state.cpu)).first;
        r.value = m_state.firedNow - 1;
        m_emitter.template emit<Kind::Noted>(r);
        m_state.phase = Phase::Ended;
    }
    void stepCallback()
    {
        const int cpu = m_state.cpu;
        const TimerId timer = m_world.cpu(cpu).running;
        const TimerSpec& spec = m_inputs.timers[timer.value];
        if (m_state.step == spec.stepCount) {
            m_timers.leaveCallback(cpu);
            m_state.phase = Phase::Fire;
            return;
        }
        const CallbackStep& s = m_inputs.steps[spec.firstStep + m_state.step++];
        if (s.since != 0 && s.since >= m_state.action) return;
        const TimerId other = s.what == CallbackStep::What::Rearm ? timer : s.other;
        define(cpu, other, true);
        const Jiffies expires = m_world.geometry().word.add(m_world.clock().jiffies, static_cast<std::uint64_t>(s.delta));
        switch (s.what) {
        case CallbackStep::What::Rearm:
        case CallbackStep::What::Add: m_timers.modTimer(cpu, other, expires); break;
        case CallbackStep::What::Del: m_timers.delTimer(cpu, other); break;
        case CallbackStep::What::TryDel: m_timers.tryToDelTimerSync(cpu, other); break;
        default: break; // nothing takes time here
        }
    }

    // ---- actions -----------------------------------------------------------------------------------------------------

    /// A timer comes to exist at its first use, so that timers added to a branch leave its past as it was.
    void define(int cpu, TimerId timer, bool more)
    {
        if (!timer.isValid() || m_world.isDefined(timer)) return;
        const TimerSpec& spec = m_inputs.timers[timer.value];
        Record r;
        r.kind = Kind::Defined;
        r.site = Site::Start;
        r.cpu = static_cast<std::uint8_t>(cpu);
        r.item = timer;
        r.slot = timer.value;
        r.link = static_cast<std::uint32_t>(spec.slack);
        r.value = spec.flags;
        r.flags = more ? Record::moreFlag : std::uint8_t{0};
        m_emitter.template emit<Kind::Defined>(r);
    }
    void perform(const Action& a)
    {
        const int cpu = a.cpu;
        if (a.call != Call::Define) define(cpu, a.timer, true);
        switch (a.call) {
        case Call::AddTimer: m_timers.addTimer(cpu, a.timer, a.expires); break;
        case Call::AddTimerOn: m_timers.addTimerOn(cpu, a.timer, a.target, a.expires); break;
        case Call::ModTimer: m_timers.modTimer(cpu, a.timer, a.expires); break;
        case Call::ModTimerPending: m_timers.modTimerPending(cpu, a.timer, a.expires); break;
        case Call::ModTimerPinned: m_timers.modTimerPinned(cpu, a.timer, a.expires); break;
        case Call::DelTimer: m_timers.delTimer(cpu, a.timer); break;
        case Call::TryToDelTimerSync: m_timers.tryToDelTimerSync(cpu, a.timer); break;
        case Call::TimerReduce: m_timers.reduceTimer(cpu, a.timer, a.expires); break;
        case Call::SetIdle:
            setIdle(cpu, a.expires != 0);
            if (a.expires == 0) m_timers.leaveIdle(cpu);
            break;
        case Call::Define: define(cpu, a.timer, false); break;
        case Call::Advance: moveClock(Site::Advance, a.expires); break;
        case Call::Softirq:
            m_state.lone = true;
            enterSoftirq(cpu);
            break;
        case Call::Tick: m_state.repeats = a.expires; break;
        case Call::NextInterrupt: m_timers.nextInterrupt(cpu); break;
        case Call::Dump: note(Site::Dump, a); break;
        case Call::MachineFired: note(Site::MachineFired, a); break;
        case Call::MachineLost: note(Site::MachineLost, a); break;
        case Call::MachineFiled: note(Site::MachineFiled, a); break;
        default: break; // the daemon's, and those of a machine of CPUs
        }
    }
    void setIdle(int cpu, bool idle)
    {
        Record r;
        r.kind = Kind::RegisterSet;
        r.site = Site::SetIdle;
        r.cpu = static_cast<std::uint8_t>(cpu);
        r.slot = static_cast<std::uint32_t>(Register::Idle);
        r.before = m_world.cpu(cpu).idle ? 1 : 0;
        r.value = idle ? 1 : 0;
        m_emitter.template emit<Kind::RegisterSet>(r);
    }
    void note(Site site, const Action& a)
    {
        Record r;
        r.kind = Kind::Noted;
        r.site = site;
        r.item = a.timer;
        r.cpu = a.cpu;
        r.value = a.expires;
        r.before = a.nanoseconds;
        r.link = site == Site::MachineFiled ? a.target : 0u;
        m_emitter.template emit<Kind::Noted>(r);
    }

    const Inputs& m_inputs;
    const World& m_world;
    Emitter& m_emitter;
    Timers m_timers;
    MachineState m_state;
};

} // namespace jiffy::core
