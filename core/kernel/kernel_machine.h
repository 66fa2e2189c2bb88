// SPDX-License-Identifier: GPL-3.0-or-later
// The machine of CPUs round a timer algorithm, in virtual nanoseconds. A hardware tick interrupts each CPU that has not
// stopped it; the CPU on duty (tick_do_timer_cpu) counts jiffies, every one raises its TIMER_SOFTIRQ, and behind the
// interrupt run_timer_softirq() runs on that CPU. Timers' functions, interrupts, processes and cascades may take time,
// and while they do the other CPUs go on and ticks come. A CPU that has nothing to do stops its tick (NO_HZ) until its
// next timer that is not deferrable. As kernel/time/tick-sched.c, kernel/softirq.c and kernel/timer.c, 3.9.
//
// Where nothing takes time, no CPU is idle and no tick is skewed, what happens in the wheels is just what Machine
// (machine.h) makes happen; the records of interrupts and of raised softirqs come between.
//
// At an instant there is an order: the tick of the CPU on duty, the other CPUs by number, each until it has nothing more
// to do; then what the scenario does; then processes; then CPUs that find nothing to do look whether they may sleep.
// Inputs::choices say where another CPU than that acts first. step() does the smallest thing between two instants at
// which another CPU could act; all that must survive it is plain data (KernelMachineState).
#pragma once

#include "core/kernel/kernel_idle.h"
#include "core/timers/sorted_list.h"
#include "core/timers/wheel_3_9.h"
#include "core/timers/wheel_6_1.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

/// Timers: Wheel39<Emitter>, Wheel61<Emitter>, SortedList<Emitter>.
template <class Emitter, class Timers = Wheel39<Emitter>> class KernelMachine : KernelIdle<Emitter, Timers>
{
    using Code = KernelIdle<Emitter, Timers>;
    using typename Code::FrameCode;
    using typename Code::Stage;
    using Code::beginIpi;
    using Code::beginTick;
    using Code::comeBack;
    using Code::countJiffies;
    using Code::cpuOf;
    using Code::define;
    using Code::enter;
    using Code::enterSoftirq;
    using Code::execute;
    using Code::hasInterruptsOff;
    using Code::instantOf;
    using Code::isAway;
    using Code::isPlain;
    using Code::isReady;
    using Code::kernel;
    using Code::lookIdle;
    using Code::m_emitter;
    using Code::m_inputs;
    using Code::m_state;
    using Code::m_timers;
    using Code::m_world;
    using Code::machineOf;
    using Code::now;
    using Code::operation;
    using Code::push;
    using Code::record;
    using Code::set;
    using Code::shift;
    using Code::stepInterrupt;
    using Code::tickInstant;

  public:
    KernelMachine(const Inputs& inputs, const World& world, Emitter& emitter, MachineState state = {})
        : Code(inputs, world, emitter, m_own), m_own(std::move(state))
    {
        m_timers.setNohz(inputs.machine.kernel.nohz);
        const auto cpus = static_cast<std::size_t>(world.cpuCount());
        if (kernel().cpus.size() == cpus) return;
        kernel().cpus.resize(cpus);
        kernel().processes.resize(inputs.machine.kernel.processes);
        for (std::size_t p = 0; p < kernel().processes.size(); ++p) {
            kernel().processes[p].code = FrameCode::Program;
            kernel().processes[p].value = p;
        }
        admitActions();
    }

    KernelMachine(const KernelMachine&) = delete; // it refers to itself
    KernelMachine& operator=(const KernelMachine&) = delete;

    const MachineState& state() const { return m_own; }
    Timers& timers() { return m_timers; }

    /// Does one explicit step. False, doing nothing, once the inputs have ended.
    bool step()
    {
        if (kernel().isEnded) return false;
        // Who could act is known when what comes at the instant has come.
        if (hasChoice()) return admitActions() || choose();
        const Turn turn = nextTurn();
        if (turn.cpu < 0) return passTime();
        act(turn);
        return true;
    }
    /// Mask of the CPUs of which any could do the next step.
    std::uint64_t able() const
    {
        std::uint64_t mask = 0;
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            if (whatOf(c) != Doing::Nothing && whatOf(c) != Doing::Idle) mask |= 1ull << c;
        }
        return mask;
    }
    /// The next step takes up that action.
    bool isAbout(std::uint64_t action) const
    {
        const Turn turn = nextTurn();
        return turn.what == Doing::Action && actionFor(turn.cpu) == action;
    }

  private:
    // ---- who acts

    enum class Doing : std::uint8_t
    {
        Nothing,
        Kernel,  ///< interrupts, softirqs, and what was called
        Action,  ///< begins a call of the scenario
        Process,
        Idle,    ///< looks whether it may sleep
    };
    struct Turn
    {
        int cpu = -1;
        Doing what = Doing::Nothing;
    };

    bool hasKernelWork(int cpu) const
    {
        const KernelCpuMachine& m = machineOf(cpu);
        if (m.depth != 0 ? isReady(cpu, m.interrupts[m.depth - 1]) : m.isCalling && isReady(cpu, m.call)) return true;
        const bool isCalled = m.isTickDue || m.isIpiDue || (m.depth == 0 && cpuOf(cpu).isSoftirqPending);
        return isCalled && !hasInterruptsOff(cpu);
    }
    bool hasProcessWork(int cpu) const
    {
        if (machineOf(cpu).isCalling || machineOf(cpu).depth != 0) return false;
        const KernelCpu& c = cpuOf(cpu);
        if (c.current == 0) return !c.runQueue.empty();
        return this->hasSliceEnded(cpu) || isReady(cpu, kernel().processes[c.current - 1]);
    }
    bool mayLookIdle(int cpu) const
    {
        const KernelCpuMachine& m = machineOf(cpu);
        const KernelCpu& c = cpuOf(cpu);
        return !c.hasLoad && !m.hasLookedIdle && m.depth == 0 && !m.isCalling && c.current == 0 && c.runQueue.empty();
    }
    static constexpr std::uint64_t noAction = ~0ull;
    /// The first action that waits for the CPU, as index into Inputs::actions; noAction: none that it can take up.
    std::uint64_t actionFor(int cpu) const
    {
        for (const std::uint64_t i : kernel().waiting) {
            if (homeOf(m_inputs.actions[i]) == cpu) return canTake(cpu, m_inputs.actions[i]) ? i : noAction;
        }
        for (std::uint64_t i = kernel().fresh; i < m_state.action; ++i) {
            if (homeOf(m_inputs.actions[i]) == cpu) return canTake(cpu, m_inputs.actions[i]) ? i : noAction;
        }
        return noAction;
    }
    /// The CPU that takes up the first action that can be; -1: none can.
    int nextCaller() const
    {
        std::uint64_t stuck = 0; // CPUs of which an earlier one waits
        const auto isStuck = [&](std::uint64_t i) {
            const int c = homeOf(m_inputs.actions[i]);
            if ((stuck >> c & 1) == 0 && canTake(c, m_inputs.actions[i])) return false;
            stuck |= 1ull << c;
            return true;
        };
        for (const std::uint64_t i : kernel().waiting) {
            if (!isStuck(i)) return homeOf(m_inputs.actions[i]);
        }
        for (std::uint64_t i = kernel().fresh; i < m_state.action; ++i) {
            if (!isStuck(i)) return homeOf(m_inputs.actions[i]);
        }
        return -1;
    }
    /// It waits no more.
    void take(std::uint64_t action)
    {
        auto& waiting = kernel().waiting;
        if (action < kernel().fresh) {
            waiting.erase(std::find(waiting.begin(), waiting.end(), action));
            return;
        }
        for (; kernel().fresh < action; ++kernel().fresh) waiting.push_back(kernel().fresh);
        ++kernel().fresh;
    }
    int homeOf(const Action& a) const
    {
        return a.call == Call::StartProcess ? m_inputs.programs[a.nanoseconds].cpu : a.cpu;
    }
    bool canTake(int cpu, const Action& a) const
    {
        const KernelCpuMachine& m = machineOf(cpu);
        if (a.call == Call::Interrupt) return !hasInterruptsOff(cpu);
        if (m.depth != 0 || m.isCalling) return false;
        // A task that spins does nothing else.
        return cpuOf(cpu).spinning == 0;
    }
    Doing whatOf(int cpu) const
    {
        if (hasKernelWork(cpu)) return Doing::Kernel;
        if (actionFor(cpu) != noAction) return Doing::Action;
        if (hasProcessWork(cpu)) return Doing::Process;
        return mayLookIdle(cpu) ? Doing::Idle : Doing::Nothing;
    }

    Turn nextTurn() const
    {
        const int last = kernel().last;
        if (last >= 0 && hasKernelWork(last)) return {last, Doing::Kernel};
        const auto duty = m_world.kernel().dutyCpu;
        if (duty < static_cast<std::uint64_t>(m_world.cpuCount()) && machineOf(static_cast<int>(duty)).isTickDue &&
            hasKernelWork(static_cast<int>(duty)))
            return {static_cast<int>(duty), Doing::Kernel};
        const int cpus = m_world.cpuCount();
        for (int c = 0; c < cpus; ++c) {
            if (hasKernelWork(c)) return {c, Doing::Kernel};
        }
        if (const int c = nextCaller(); c >= 0) return {c, Doing::Action};
        if (last >= 0 && hasProcessWork(last)) return {last, Doing::Process};
        for (int c = 0; c < cpus; ++c) {
            if (hasProcessWork(c)) return {c, Doing::Process};
        }
        for (int c = 0; c < cpus; ++c) {
            if (mayLookIdle(c)) return {c, Doing::Idle};
        }
        return {};
    }
    void act(Turn turn)
    {
        kernel().last = turn.cpu;
        ++kernel().stepsNow;
        switch (turn.what) {
        case Doing::Kernel: stepKernel(turn.cpu); break;
        case Doing::Action: stepAction(turn.cpu); break;
        case Doing::Process: stepProcess(turn.cpu); break;
        case Doing::Idle: lookIdle(turn.cpu); break;
        case Doing::Nothing: break;
        }
        if (kernel().deadlocked != 0 && m_inputs.untilTicks == ~0ull) kernel().isEnded = true;
    }

    bool hasChoice() const
    {
        if (kernel().choice >= m_inputs.choices.size()) return false;
        const Choice& c = m_inputs.choices[kernel().choice];
        const Clock& clock = m_world.clock();
        if (c.tick != clock.ticks) return c.tick < clock.ticks;
        return c.offset != clock.offset ? c.offset < clock.offset : c.step <= kernel().stepsNow;
    }
    bool choose()
    {
        const Choice& c = m_inputs.choices[kernel().choice++];
        const Clock& clock = m_world.clock();
        const bool isNow = c.tick == clock.ticks && c.offset == clock.offset && c.step == kernel().stepsNow;
        const std::uint64_t mask = able();
        if (!isNow || c.cpu >= m_world.cpuCount() || (mask >> c.cpu & 1) == 0) {
            this->note(0, Site::Choice, TimerId::none(), c.cpu);
            return true;
        }
        const int usual = nextTurn().cpu;
        if (usual != c.cpu) {
            Record r = record(c.cpu, Site::Choice);
            r.kind = Kind::Chosen;
            r.value = mask;
            r.before = static_cast<std::uint64_t>(usual);
            m_emitter.template emit<Kind::Chosen>(r);
        }
        act({c.cpu, whatOf(c.cpu)});
        return true;
    }

    // ---- a CPU's next thing in the kernel

    void stepKernel(int cpu)
    {
        KernelCpuMachine& m = machineOf(cpu);
        const bool isMasked = hasInterruptsOff(cpu);
        if (m.isTickDue && !isMasked) return beginTick(cpu);
        if (m.isIpiDue && !isMasked) return beginIpi(cpu);
        if (m.depth != 0) return stepInterrupt(cpu, m.interrupts[m.depth - 1]);
        if (cpuOf(cpu).isSoftirqPending && !isMasked) return enterSoftirq(cpu);
        stepCall(cpu);
    }

    // ---- calls of the scenario

    void stepAction(int cpu)
    {
        const std::uint64_t index = actionFor(cpu);
        const Action& a = m_inputs.actions[index];
        if (a.call != Call::Interrupt && isAway(cpu)) return comeBack(cpu);
        take(index);
        machineOf(cpu).hasLookedIdle = false;
        if (a.call == Call::Interrupt) {
            push(cpu, FrameCode::Device).value = a.nanoseconds;
            enter(cpu, Site::DeviceInterrupt, TimerId::none(), a.nanoseconds);
            if (cpuOf(cpu).isTickStopped) countJiffies(cpu);
            return;
        }
        if (perform(cpu, a)) return;
        KernelCpuMachine& m = machineOf(cpu);
        m.call = KernelFrame{};
        m.call.code = FrameCode::Call;
        m.call.value = index;
        m.call.since = now();
        m.isCalling = true;
        stepCall(cpu);
    }
    void stepCall(int cpu)
    {
        KernelCpuMachine& m = machineOf(cpu);
        if (!execute(cpu, m.call, operationOf(m_inputs.actions[m.call.value]))) return;
        m.isCalling = false;
        if (const std::uint32_t current = cpuOf(cpu).current; current != 0)
            shift(kernel().processes[current - 1], now() - m.call.since);
        m.call = KernelFrame{};
    }
    /// Calls that are no operations of code.
    bool perform(int cpu, const Action& a)
    {
        switch (a.call) {
        case Call::SetIdle: setLoad(cpu, a.expires == 0); return true;
        case Call::NextInterrupt: m_timers.nextInterrupt(cpu); return true;
        case Call::StartProcess: this->start(a.nanoseconds); return true;
        case Call::Define: define(cpu, a.timer, false); return true;
        case Call::Dump: this->note(cpu, Site::Dump, a.timer, a.expires); return true;
        case Call::MachineFired: return tell(cpu, Site::MachineFired, a);
        case Call::MachineLost: return tell(cpu, Site::MachineLost, a);
        case Call::MachineFiled: return tell(cpu, Site::MachineFiled, a);
        default: return false;
        }
    }
    bool tell(int cpu, Site site, const Action& a)
    {
        Record r = record(cpu, site, a.timer);
        r.kind = Kind::Noted;
        r.value = a.expires;
        r.before = a.nanoseconds;
        r.link = site == Site::MachineFiled ? a.target : 0u;
        m_emitter.template emit<Kind::Noted>(r);
        return true;
    }
    void setLoad(int cpu, bool hasLoad)
    {
        if (cpuOf(cpu).hasLoad != hasLoad)
            set(cpu, Site::SetIdle, {Register::HasLoad, hasLoad ? 1u : 0u, hasLoad ? 0u : 1u});
    }

    // ---- processes

    void stepProcess(int cpu)
    {
        if (isAway(cpu)) return comeBack(cpu);
        const std::uint32_t current = cpuOf(cpu).current;
        if (current == 0) return this->takeUp(cpu);
        if (this->hasSliceEnded(cpu)) return this->giveWay(cpu);
        const std::uint32_t p = current - 1;
        KernelFrame& f = kernel().processes[p];
        const Program& program = m_inputs.programs[p];
        machineOf(cpu).hasLookedIdle = false;
        if (f.step == 0 && f.stage == Stage::Begin && hasEnded(f, program)) return exitProcess(cpu, p);
        if (!execute(cpu, f, operation(m_inputs.steps[program.firstStep + f.step], TimerId::none()))) return;
        endStep(f, program);
        if (f.step == 0) endRound(cpu, p, f);
    }
    /// The process is back in user mode, where signals are delivered.
    void endRound(int cpu, std::uint32_t p, KernelFrame& f)
    {
        if (this->process(p).hasSignal) set(cpu, Site::GetSignal, {Register::SignalPending, 0, 1, p});
        endIfEndless(cpu, f);
    }
    static constexpr std::uint32_t roundsTooMany = 200, roundsFarTooMany = 100'000;
    /// Code that is repeated for ever, or very often, and takes no time would never let time go on.
    void endIfEndless(int cpu, KernelFrame& f)
    {
        if (f.since != now()) f.roundsNow = 0;
        f.since = now();
        const bool isForEver = m_inputs.programs[f.value].repeats == ~0ull;
        if (++f.roundsNow < (isForEver ? roundsTooMany : roundsFarTooMany)) return;
        this->note(cpu, Site::Spin, m_inputs.programs[f.value].timer, f.roundsNow);
        kernel().isEnded = true;
    }
    static void endStep(KernelFrame& f, const Program& program)
    {
        if (++f.step < program.stepCount) return;
        f.step = 0;
        ++f.rounds;
    }
    static bool hasEnded(const KernelFrame& f, const Program& program)
    {
        return program.stepCount == 0 || (program.repeats != ~0ull && f.rounds >= program.repeats);
    }
    void exitProcess(int cpu, std::uint32_t p)
    {
        this->setState(cpu, Site::DoExit, p, TaskState::Dead, true);
        this->setCurrent(cpu, 0);
    }

    // ---- time

    const Action* nextAction() const
    {
        return m_state.action < m_inputs.actions.size() ? &m_inputs.actions[m_state.action] : nullptr;
    }
    /// Actions whose instant has come wait from now on for their CPUs.
    bool admitActions()
    {
        bool any = false;
        for (const Action* a = nextAction(); a != nullptr && instantOf(a->tick) + a->offset <= now(); a = nextAction()) {
            ++m_state.action;
            any = true;
        }
        return any;
    }
    /// Ticks after which the run ends, as far as that is known now.
    std::uint64_t endInstant() const
    {
        if (m_inputs.untilTicks != ~0ull) return instantOf(m_inputs.untilTicks);
        const std::uint64_t last = m_inputs.actions.empty() ? 0 : m_inputs.actions.back().tick;
        if (m_world.pendingCount() == 0 && isQuiet()) return nextAction() == nullptr ? now() : ~0ull;
        return instantOf(last < Inputs::defaultTicks ? Inputs::defaultTicks : last + Inputs::defaultTicks);
    }
    /// No code is under way.
    bool isQuiet() const
    {
        if (!kernel().waiting.empty() || kernel().fresh < m_state.action) return false;
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            if (machineOf(c).depth != 0 || machineOf(c).isCalling || cpuOf(c).current != 0 || !cpuOf(c).runQueue.empty())
                return false;
        }
        return true;
    }
    /// When something happens that no tick brings: the end included.
    std::uint64_t nextEvent() const
    {
        std::uint64_t at = endInstant();
        if (const Action* a = nextAction()) at = std::min(at, instantOf(a->tick) + a->offset);
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            if (const KernelFrame* f = this->running(c); f != nullptr && f->stage == Stage::Delay) at = std::min(at, f->until);
            if (cpuOf(c).isTickStopped) at = std::min(at, tickInstant(c, machineOf(c).nextTick));
            if (const std::uint64_t slice = this->sliceEnd(c); slice != ~0ull) at = std::min(at, instantOf(slice));
        }
        return at;
    }
    std::uint64_t nextTickInstant() const
    {
        std::uint64_t at = ~0ull;
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            if (!cpuOf(c).isTickStopped) at = std::min(at, tickInstant(c, machineOf(c).nextTick));
        }
        return at;
    }

    /// Nobody has anything to do at this instant: time goes on to the next at which somebody has.
    bool passTime()
    {
        if (admitActions()) return true;
        const std::uint64_t event = nextEvent();
        if (now() >= event && event == endInstant()) {
            kernel().isEnded = true;
            return true;
        }
        const std::uint64_t tick = nextTickInstant();
        if (passPeriods(event, tick)) return true;
        moveTo(std::min(event, tick));
        return true;
    }
    /// Whole periods in which no tick finds anything are passed at once.
    bool passPeriods(std::uint64_t event, std::uint64_t tick)
    {
        const Clock& clock = m_world.clock();
        if (event <= now()) return false;
        // HZ 300: periods differ by a nanosecond, and the last one of a longer period is none of a shorter one.
        if (clock.offset >= 1'000'000'000u / m_world.hz().value) return false;
        const std::uint64_t last = m_world.hz().ticksUntil(static_cast<Nanoseconds>(std::min(event, std::uint64_t{INT64_MAX}) - clock.offset));
        if (last <= clock.ticks) return false;
        std::uint64_t count = last - clock.ticks;
        if (tick == ~0ull) {
            m_emitter.pass(OpenRun{count, 0, Site::Asleep});
        } else {
            const std::uint64_t cpus = quietCpus();
            if (cpus == ~0ull) return false;
            count = passTicks(std::min(count, m_quietLimit), cpus);
            if (count == 0) return false;
            for (int c = 0; c < m_world.cpuCount(); ++c) {
                if (cpuOf(c).isTickStopped) continue;
                machineOf(c).nextTick += count;
                if (!cpuOf(c).hasLoad) machineOf(c).hasLookedIdle = false;
            }
            kernel().jiffiesTick += count;
        }
        raiseTicks(now()); // of CPUs that are woken at the end of the last period
        kernel().stepsNow = 0;
        kernel().last = -1;
        admitActions();
        return true;
    }
    std::uint64_t passTicks(std::uint64_t count, std::uint64_t cpus)
    {
        if (cpus != 0) return m_timers.passTicks(count, cpus);
        m_emitter.pass(OpenRun{count, 0, Site::Tick});
        return count;
    }
    /// CPUs whose ticks could find work, if those of all others surely find none; ~0: nothing can be said. Sets the limit
    /// of periods that may be passed.
    std::uint64_t quietCpus()
    {
        m_quietLimit = ~0ull;
        const std::uint64_t duty = m_world.kernel().dutyCpu;
        if (duty == ~0ull || kernel().jiffiesTick != m_world.clock().ticks) return ~0ull;
        std::uint64_t mask = 0;
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            if (cpuOf(c).isTickStopped) continue;
            // All ticks of this period are over, so that each CPU has one in each of the periods that are passed.
            if (machineOf(c).nextTick != m_world.clock().ticks + 1) return ~0ull;
            if (m_world.cpu(c).idle && m_inputs.machine.kernel.nohz) m_quietLimit = 1;
            if (hasInterruptsOff(c)) return ~0ull;
            if (isPlain(c)) mask |= 1ull << c;
            else if (!cpuOf(c).isSoftirqPending) return ~0ull;
        }
        return mask;
    }
    void moveTo(std::uint64_t instant)
    {
        if (instant > now()) {
            Record r = record(0, Site::TimePasses);
            r.kind = Kind::ClockSet;
            r.before = now();
            r.value = instant;
            r.setTicks(m_world.hz().ticksUntil(static_cast<Nanoseconds>(instant)) - m_world.clock().ticks);
            m_emitter.template emit<Kind::ClockSet>(r);
            kernel().stepsNow = 0;
            kernel().last = -1;
        }
        raiseTicks(instant);
        admitActions();
    }
    void raiseTicks(std::uint64_t instant)
    {
        for (int c = 0; c < m_world.cpuCount(); ++c) {
            KernelCpuMachine& m = machineOf(c);
            if (tickInstant(c, m.nextTick) != instant) continue;
            m.lostTicks += m.isTickDue;
            m.isTickDue = true;
            m.isDutyDone = false;
            m.nextTick = cpuOf(c).isTickStopped ? ~0ull : m.nextTick + 1;
        }
    }

    MachineState m_own;
    std::uint64_t m_quietLimit = ~0ull;
};

} // namespace jiffy::core
