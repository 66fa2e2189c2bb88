// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/translate.h"

namespace jiffy::core
{

Inputs translateToHand(const Inputs& kernel, std::uint64_t ticks)
{
    Inputs out = kernel;
    out.driver = Driver::ByHand;
    out.machine.settled = false;
    out.machine.jiffies = kernel.machine.word.reduce(kernel.machine.jiffies - 1);
    out.expect.clear();
    out.actions.clear();
    const auto tick = [&](std::uint64_t n) {
        if (n == 0) return;
        Action a;
        a.call = Call::Tick;
        a.expires = n;
        out.actions.push_back(a);
    };
    for (std::uint32_t t = 0; t < kernel.timers.size(); ++t) {
        Action a;
        a.call = Call::Define;
        a.timer = TimerId(t);
        out.actions.push_back(a);
        out.names.push_back(std::to_string(t));
        out.timers[t].name = static_cast<std::uint32_t>(out.names.size() - 1);
        out.timers[t].number = 0;
    }
    tick(1);
    std::uint64_t now = 0;
    for (const Action& a : kernel.actions) {
        if (a.tick > ticks) break;
        if (a.call == Call::MachineFired || a.call == Call::MachineLost || a.call == Call::MachineFiled) continue;
        tick(a.tick - now);
        now = a.tick;
        out.actions.push_back(a);
        out.actions.back().tick = 0;
        out.actions.back().offset = 0;
    }
    tick(ticks - now);
    return out;
}

namespace
{

std::string timerLine(const Inputs& in, TimerId t)
{
    const TimerSpec& spec = in.timers[t.value];
    std::string line = "timer " + in.timerName(t);
    if ((spec.flags & Deferrable) != 0) line += " deferrable";
    if ((spec.flags & IrqSafe) != 0) line += " irqsafe";
    if (in.machine.timers == TimerAlgorithm::Wheel61) return line + ((spec.flags & Pinned) != 0 ? " pinned\n" : "\n");
    if (spec.slack != -1) line += " slack=" + std::to_string(spec.slack);
    return line + "\n";
}

std::string onLines(const Inputs& in, TimerId t)
{
    const TimerSpec& spec = in.timers[t.value];
    std::string lines;
    for (std::uint32_t i = 0; i < spec.stepCount; ++i) {
        const CallbackStep& s = in.steps[spec.firstStep + i];
        lines += "on " + in.timerName(t);
        switch (s.what) {
        case CallbackStep::What::Rearm: lines += " rearm " + std::to_string(s.delta); break;
        case CallbackStep::What::Add: lines += " add " + in.timerName(s.other) + " " + std::to_string(s.delta); break;
        case CallbackStep::What::Del: lines += " del " + in.timerName(s.other); break;
        case CallbackStep::What::TryDel: lines += " try_del " + in.timerName(s.other); break;
        default: break; // the daemon's, and those of a machine of CPUs
        }
        lines += "\n";
    }
    return lines;
}

std::string callLine(const Inputs& in, const Action& a)
{
    const std::string cpu = " " + std::to_string(a.cpu);
    const std::string timer = a.timer.isValid() ? " " + in.timerName(a.timer) : "";
    const std::string number = " " + std::to_string(a.expires);
    switch (a.call) {
    case Call::AddTimer: return "add" + cpu + timer + number + "\n";
    case Call::AddTimerOn: return "add_on" + cpu + timer + " " + std::to_string(a.target) + number + "\n";
    case Call::ModTimer: return "mod" + cpu + timer + number + "\n";
    case Call::ModTimerPending: return "mod_pending" + cpu + timer + number + "\n";
    case Call::ModTimerPinned: return "mod_pinned" + cpu + timer + number + "\n";
    case Call::DelTimer: return "del" + cpu + timer + "\n";
    case Call::TryToDelTimerSync: return "try_del" + cpu + timer + "\n";
    case Call::TimerReduce: return "reduce" + cpu + timer + number + "\n";
    case Call::SetIdle: return "idle" + cpu + (a.expires != 0 ? " 1\n" : " 0\n");
    case Call::Advance: return "advance" + number + "\n";
    case Call::Softirq: return "softirq" + cpu + "\n";
    case Call::Tick: return "tick" + number + "\n";
    case Call::NextInterrupt: return "next" + cpu + "\n";
    case Call::Dump: return "dump\n";
    default: break; // the daemon's, those of a machine of CPUs, and what a recording says
    }
    return {};
}

} // namespace

std::string writeOps(const Inputs& in)
{
    const bool isModern = in.machine.timers == TimerAlgorithm::Wheel61;
    std::string text = "machine bits=" + std::to_string(in.machine.word.bits()) +
                       (isModern ? "" : in.machine.small ? " small=1" : " small=0") +
                       " cpus=" + std::to_string(in.machine.cpus) + " hz=" + std::to_string(in.machine.hz.value) +
                       " jiffies=" + std::to_string(in.machine.jiffies) + "\n";
    for (std::uint32_t t = 0; t < in.timers.size(); ++t) text += timerLine(in, TimerId(t));
    for (std::uint32_t t = 0; t < in.timers.size(); ++t) text += onLines(in, TimerId(t));
    for (const Action& a : in.actions) text += callLine(in, a);
    return text;
}

} // namespace jiffy::core
