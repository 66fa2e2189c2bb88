// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/narration/kernel.h"

#include "core/event/text.h"
#include "ui/narration/timers.h"

#include <algorithm>

namespace jiffy::ui
{

using core::Kind;
using core::Record;
using core::Site;

Span plainSpan(const QString& text) { return {text, false, -1}; }

Span programSpan(const core::Inputs& inputs, std::uint64_t program)
{
    if (program >= inputs.programs.size()) return plainSpan(QString::number(program));
    const auto name = inputs.programs[program].name;
    return mono(name < inputs.names.size() ? QString::fromStdString(inputs.names[name]) : QString::number(program));
}

Span lockSpan(const core::Inputs& inputs, std::uint64_t lock)
{
    return mono(lock < inputs.locks.size() ? QString::fromStdString(inputs.locks[lock]) : QString::number(lock));
}

QString cpusText(std::uint64_t mask)
{
    const QString text = QString::fromStdString(core::cpuMaskText(mask));
    const QString numbers = text.mid(text.indexOf(u' ') + 1);
    return (mask & (mask - 1)) == 0 ? say("CPU %1").arg(numbers) : say("CPUs %1").arg(numbers);
}

const core::KernelCpu& kernelCpu(const Told& t, int cpu)
{
    return t.world.kernel().cpu(std::clamp(cpu, 0, t.world.cpuCount() - 1));
}

int runnerOf(const core::World& world, core::TimerId timer)
{
    for (int c = 0; c < world.cpuCount(); ++c) {
        if (timer.isValid() && world.cpu(c).running == timer) return c;
    }
    return -1;
}

RichText interruptedText(const Told& t, int cpu)
{
    const core::CpuState& c = t.world.cpu(std::clamp(cpu, 0, t.world.cpuCount() - 1));
    const core::KernelCpu& k = kernelCpu(t, cpu);
    if (c.running.isValid()) return compose(say("It interrupts the function of %1, which goes on afterwards."), {timerSpan(t.inputs, c.running)});
    if (c.inSoftirq) return compose(say("It interrupts run_timer_softirq, which goes on afterwards."));
    if (k.spinning != 0) return compose(say("It interrupts a CPU that spins; that goes on spinning afterwards."));
    if (k.current != 0) return compose(say("It interrupts %1, which goes on afterwards."), {programSpan(t.inputs, k.current - 1)});
    if (k.delays != 0) return compose(say("It interrupts code that takes its time; that goes on afterwards."));
    return {};
}

namespace
{

/// Whose delay it was that kept the softirq of that CPU waiting behind `expires`; empty: nobody's is found near.
RichText delayText(const Told& t, int cpu, core::Jiffies expires)
{
    if (t.log == nullptr) return {};
    constexpr std::uint64_t farthest = 4000;
    const core::Word word = t.world.geometry().word;
    core::Jiffies jiffies = t.world.clock().jiffies;
    core::TimerId function = core::TimerId::none();
    bool isInterrupt = false;
    for (std::uint64_t i = t.event; i > 0 && t.event - i < farthest; --i) {
        const Record& r = (*t.log)[i - 1];
        if (r.kind == Kind::Passed && r.site == Site::Tick) jiffies = word.reduce(jiffies - r.value);
        if (r.kind == Kind::ClockSet && r.site != Site::TimePasses) jiffies = r.before;
        if (word.isBefore(jiffies, expires)) return {};
        if (r.cpu != cpu || r.kind != Kind::Left) {
            const bool isLock = r.cpu == cpu && r.kind == Kind::RegisterSet && static_cast<core::Register>(r.slot) == core::Register::BaseLock;
            if (isLock && r.value == 0) return compose(say("The cascades on CPU %1 took their time before."), {cpuSpan(cpu)});
            continue;
        }
        if (r.site == Site::Callback) {
            function = r.item;
            isInterrupt = false;
        } else if (r.site == Site::DeviceInterrupt) {
            isInterrupt = true;
        } else if (r.site == Site::Mdelay && r.link == 0) {
            if (isInterrupt) return compose(say("An interrupt kept CPU %1 busy until then, and softirqs wait for interrupts."), {cpuSpan(cpu)});
            if (function.isValid())
                return compose(say("CPU %1 was busy with the function of %2, and one timer runs after the other."), {cpuSpan(cpu), timerSpan(t.inputs, function)});
        }
    }
    return {};
}

RichText latenessText(const Record& r, const Told& t)
{
    const bool isDeferrable = r.item.isValid() && t.world.isDefined(r.item) && t.world.item(r.item).isDeferrable();
    if (!kernelCpu(t, r.cpu).isTickStopped) return delayText(t, r.cpu, r.before);
    if (isDeferrable)
        return compose(say("CPU %1 slept through %2, its tick stopped: %3 is deferrable, so it was not woken for it."),
                       {cpuSpan(r.cpu), number(r.before), timerSpan(t.inputs, r.item)});
    return compose(say("CPU %1 slept through %2, its tick stopped."), {cpuSpan(r.cpu), number(r.before)});
}

} // namespace

void addKernelReasons(Sentence& sentence, const Record& r, const Told& t)
{
    const core::Geometry& g = t.world.geometry();
    if (r.kind == Kind::Fired) {
        const auto late = g.word.signedDistance(t.world.clock().jiffies, r.before);
        // What the wheel of 6.1 rounds up is told already.
        const std::uint64_t rounding = g.is(core::TimerAlgorithm::Wheel61) ? 1ull << (3 * std::max(g.place(r.slotId()).level, 0)) : 0;
        if (late <= 0 || static_cast<std::uint64_t>(late) <= rounding) return;
        RichText why = latenessText(r, t);
        if (why.empty()) return;
        append(why, sentence.why);
        sentence.why = std::move(why);
    }
    if (r.kind == Kind::Queued && r.site != Site::AddTimerOn) {
        const int to = g.place(r.slotId()).cpu;
        if (to != r.cpu) append(sentence.why, compose(say("CPU %1, which asks for it, is idle: so it goes to one that is not."), {cpuSpan(r.cpu)}));
        else if (to != r.oldCpu() && r.before != 0) append(sentence.why, compose(say("It stands on the wheel of the CPU that asked last.")));
    }
}

std::optional<Sentence> narrateKernel(const Record& r, const Told& t)
{
    if (r.kind == Kind::Chosen) {
        Sentence s;
        s.what = compose(say("CPU %1 goes first."), {cpuSpan(r.cpu)});
        s.why = compose(say("%1 could, and CPU %2 would have by the usual order: the scenario chooses here."),
                        {plainSpan(cpusText(r.value)), cpuSpan(static_cast<int>(r.before & 63))});
        return s;
    }
    if (r.kind == Kind::Noted && r.site == Site::Choice)
        return Sentence{compose(say("CPU %1 was to go first, but cannot act here."), {plainSpan(QString::number(r.value))}),
                        compose(say("It has nothing to do at this step, or waits: the usual order holds.")),
                        {}};
    if (r.kind == Kind::Noted && r.site == Site::Spin && !t.world.cpu(std::min<int>(r.cpu, t.world.cpuCount() - 1)).inSoftirq)
        return Sentence{compose(say("And so on without an end.")),
                        compose(say("A process is repeated for ever and takes no time: at this instant it would go round for ever, so the model stops here.")),
                        {}};
    if (auto s = narrateTicks(r, t)) return s;
    if (auto s = narrateLocks(r, t)) return s;
    return narrateProcesses(r, t);
}

} // namespace jiffy::ui
