// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/property/random_kernel.h"

#include "core/scenario/position_spec.h"
#include "core/scenario/step_words.h"

#include <algorithm>

namespace jiffy::tests
{

using namespace jiffy::core;

namespace
{

using What = CallbackStep::What;

std::string plus(std::uint64_t n)
{
    return "+" + std::to_string(n);
}

class Maker
{
  public:
    Maker(Random& random, const KernelFlavour& flavour) : m_random(random), m_flavour(flavour) {}

    Scenario make()
    {
        machine();
        m_items = static_cast<int>(number(1, 6));
        m_processes = static_cast<int>(number(0, 3));
        for (int i = 0; i < m_items; ++i) {
            ScenarioItem& item = s.items.emplace_back();
            item.name.text = "t" + std::to_string(i);
            item.slack = number(0, 2) == 0 ? -1 : 0;
            item.deferrable = number(0, 4) == 0;
            item.pinned = s.machine.timers == TimerAlgorithm::Wheel61 && number(0, 4) == 0;
            if (number(0, 1) == 0) item.on = steps(false);
        }
        for (int i = 0; i < m_processes; ++i) {
            ScenarioProcess& p = s.processes.emplace_back();
            p.name.text = "P" + std::to_string(i);
            p.cpu = cpu();
            if (number(0, 1) == 0) p.at.text = plus(number(0, 30));
            if (number(0, 3) == 0) p.repeat = std::nullopt;
            else p.repeat = number(1, 4);
            p.does = steps(true);
        }
        actions();
        choices();
        s.until.text = plus(number(50, 3000));
        s.limit = 20'000;
        return std::move(s);
    }

  private:
    std::uint64_t number(std::uint64_t low, std::uint64_t high) { return m_random.between(low, high); }
    int cpu() { return static_cast<int>(number(0, static_cast<std::uint64_t>(s.machine.cpus) - 1)); }
    std::string item() { return "t" + std::to_string(number(0, static_cast<std::uint64_t>(m_items) - 1)); }
    std::string process() { return "P" + std::to_string(number(0, static_cast<std::uint64_t>(m_processes) - 1)); }
    std::string duration()
    {
        switch (number(0, 5)) {
        case 0: return std::to_string(number(1, 4)) + " jiffies";
        case 1: return "0s";
        case 2: return std::to_string(number(1, 30)) + "ms";
        default: return std::to_string(number(1, 900)) + "us";
        }
    }

    void machine()
    {
        ScenarioMachine& m = s.machine;
        s.title = "random";
        m.interrupts = true;
        m.cpus = static_cast<int>(number(1, 6));
        m.bits = number(0, 1) == 0 ? 32 : 64;
        if (!m_flavour.isClassic) m.timers = static_cast<TimerAlgorithm>(number(0, 2));
        m.small = m.timers == TimerAlgorithm::Wheel39 && number(0, 3) == 0;
        constexpr std::uint32_t rates[] = {100, 250, 300, 1000};
        m.hz = rates[number(0, 3)];
        const char* const starts[] = {"1000", "-300*HZ", "0xFFFFFFF0"};
        m.jiffies.text = starts[number(0, 2)];
        if (number(0, 2) != 0) m.nohz = true;
        if (m.cpus == 1 && number(0, 3) == 0) m.smp = false;
        if (number(0, 1) == 0) m.skew.text = std::to_string(number(1, 150)) + "us";
        if (number(0, 1) == 0) m.slice = number(0, 3);
        if (number(0, 3) != 0) {
            auto& idle = m.idle.emplace();
            for (int c = 0; c < m.cpus; ++c)
                if (number(0, 1) == 0) idle.push_back(c);
        }
        if (m_flavour.isCalm) return;
        if (number(0, 3) == 0) m.callbackTakes.text = duration();
        if (number(0, 3) == 0) m.moveTakes.text = std::to_string(number(1, 300)) + "us";
    }

    bool suits(const StepWord& w, bool isProcess) const
    {
        if (w.process && m_processes == 0) return false;
        if (w.what == What::Rearm && isProcess) return false;
        if (!m_flavour.isCalm) return true;
        return w.what != What::Burn && w.what != What::DelSync && !w.lock && w.what != What::Free;
    }
    ScenarioStep step(bool isProcess)
    {
        const auto& words = stepWords();
        const StepWord* w = nullptr;
        do w = &words[number(0, words.size() - 1)];
        while (!suits(*w, isProcess));
        ScenarioStep step;
        step.what = w->what;
        if (w->timer) step.timer.text = number(0, 9) == 0 && m_processes > 0 && !m_flavour.isCalm ? process() + "/timeout" : item();
        if (w->by) step.by.text = plus(number(0, 4) == 0 ? number(0, 700) : number(0, 40));
        if (w->target) step.target = cpu();
        if (w->duration) step.duration.text = duration();
        if (w->lock) step.lock.text = number(0, 1) == 0 ? "L" : "M";
        if (w->process) step.process.text = process();
        if (w->ms) step.ms = number(0, 40);
        return step;
    }
    std::vector<ScenarioStep> steps(bool isProcess)
    {
        std::vector<ScenarioStep> out;
        for (auto n = number(0, 3); n > 0; --n) {
            out.push_back(step(isProcess));
            // Most give back what they take.
            if (out.back().what != What::Lock || number(0, 3) == 0) continue;
            ScenarioStep unlock;
            unlock.what = What::Unlock;
            unlock.lock = out.back().lock;
            if (number(0, 1) == 0) out.push_back(step(isProcess));
            out.push_back(unlock);
        }
        // Without it most would go round at one instant.
        if (isProcess && number(0, 3) != 0) {
            ScenarioStep sleep;
            sleep.what = number(0, 1) == 0 ? What::Msleep : What::MsleepInterruptible;
            sleep.ms = number(0, 30);
            out.push_back(sleep);
        }
        return out;
    }

    void actions()
    {
        MachineConfig config;
        config.hz = Hz{s.machine.hz};
        Instant at;
        for (auto n = number(0, 25); n > 0; --n) {
            if (number(0, 2) != 0) {
                at.tick += number(0, 9) == 0 ? number(1, 500) : number(1, 4);
                at.offset = number(0, 2) != 0 ? 0 : static_cast<std::uint32_t>(number(1, 900'000));
            }
            ScenarioAction a;
            a.at.text = plus(at.tick);
            if (at.offset != 0) a.at.text = std::to_string(config.hz.tickInstant(at.tick) + at.offset) + "ns";
            a.cpu = cpu();
            call(a);
            s.actions.push_back(std::move(a));
        }
    }
    void call(ScenarioAction& a)
    {
        const auto on = [&](Call call) {
            a.call.call = call;
            a.timer.text = item();
        };
        switch (number(0, 13)) {
        case 0: return on(Call::DelTimer);
        case 1:
            a.call.call = Call::Interrupt;
            a.name.text = "disk";
            a.does = steps(false);
            std::erase_if(a.does, [](const ScenarioStep& step) { return step.what == What::Rearm; });
            return;
        case 2: a.call = {Call::SetIdle, number(0, 1) == 0}; return;
        case 3: a.call.call = Call::NextInterrupt; return;
        case 4:
            if (m_flavour.isCalm) break;
            a.call.call = Call::Burn;
            a.duration.text = duration();
            return;
        case 5:
            if (m_flavour.isCalm) break;
            return on(number(0, 2) == 0 ? Call::FreeTimer : Call::DelTimerSync);
        case 6:
            if (m_flavour.isCalm) break;
            a.call.call = number(0, 1) == 0 ? Call::SpinLock : Call::SpinUnlock;
            a.lock.text = number(0, 1) == 0 ? "L" : "M";
            return;
        case 7:
            if (m_processes == 0) break;
            a.call.call = number(0, 1) == 0 ? Call::SendSignal : Call::WakeProcess;
            a.process.text = process();
            return;
        case 8:
            on(Call::AddTimerOn);
            a.target = cpu();
            break;
        case 9: on(Call::ModTimerPinned); break;
        case 10: on(Call::ModTimerPending); break;
        default: break;
        }
        if (a.call.call != Call::AddTimerOn && a.call.call != Call::ModTimerPinned && a.call.call != Call::ModTimerPending) on(Call::ModTimer);
        a.expires.text = plus(number(0, 3) == 0 ? number(0, 2500) : number(0, 60));
    }
    void choices()
    {
        // Who comes to its tick before jiffies are counted looks at its wheel a jiffy late.
        if (m_flavour.isCalm || number(0, 1) == 0) return;
        std::uint64_t tick = 0, step = 0;
        for (auto n = number(1, 8); n > 0; --n) {
            const auto by = number(0, 12);
            tick += by;
            step = (by == 0 ? step + 1 : 0) + number(0, 6);
            ScenarioChoice c;
            c.at.text = plus(tick);
            c.step = step;
            c.cpu = cpu();
            s.choices.push_back(c);
        }
    }

    Random& m_random;
    const KernelFlavour& m_flavour;
    Scenario s;
    int m_items = 0, m_processes = 0;
};

} // namespace

Scenario randomKernelDocument(Random& random, const KernelFlavour& flavour)
{
    return Maker(random, flavour).make();
}

} // namespace jiffy::tests
