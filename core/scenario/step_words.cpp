// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/step_words.h"

#include <algorithm>

namespace jiffy::core
{

const std::vector<StepWord>& stepWords()
{
    using What = CallbackStep::What;
    static const std::vector<StepWord> words = [] {
        std::vector<StepWord> all;
        const auto add = [&](std::string_view name, What what) -> StepWord& {
            all.push_back({name, what});
            return all.back();
        };
        const auto plain = [&](std::string_view name, What what) -> StepWord& {
            StepWord& w = add(name, what);
            w.isOfKernel = false;
            return w;
        };
        plain("rearm", What::Rearm).by = true;
        StepWord& mod = plain("add", What::Add); // mod_timer() of another timer
        mod.timer = mod.by = true;
        plain("del", What::Del).timer = true;
        plain("try_del", What::TryDel).timer = true;
        add("burn", What::Burn).duration = true;
        for (const auto& [name, what] : {std::pair{"add_timer", What::AddTimer}, {"add_timer_on", What::AddOn},
                                         {"mod_timer_pending", What::ModPending}, {"mod_timer_pinned", What::ModPinned},
                                         {"timer_reduce", What::Reduce}}) {
            StepWord& w = add(name, what);
            w.timer = w.by = true;
            w.target = what == What::AddOn;
        }
        add("del_timer_sync", What::DelSync).timer = true;
        add("kfree", What::Free).timer = true;
        add("spin_lock", What::Lock).lock = true;
        add("spin_unlock", What::Unlock).lock = true;
        add("msleep", What::Msleep).ms = true;
        add("msleep_interruptible", What::MsleepInterruptible).ms = true;
        add("wake_up_process", What::Wake).process = true;
        add("send_sig", What::Signal).process = true;
        return all;
    }();
    return words;
}

const StepWord* stepNamed(std::string_view name)
{
    const auto& all = stepWords();
    const auto found = std::find_if(all.begin(), all.end(), [&](const StepWord& w) { return w.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const StepWord& stepWordOf(CallbackStep::What what)
{
    const auto& all = stepWords();
    return *std::find_if(all.begin(), all.end(), [&](const StepWord& w) { return w.what == what; });
}

std::string stepNames()
{
    std::string out;
    for (const StepWord& w : stepWords()) out += (out.empty() ? "" : ", ") + std::string(w.name);
    return out;
}

const StepWord* operationOf(Call call)
{
    using What = CallbackStep::What;
    switch (call) {
    case Call::DelTimerSync: return &stepWordOf(What::DelSync);
    case Call::FreeTimer: return &stepWordOf(What::Free);
    case Call::SpinLock: return &stepWordOf(What::Lock);
    case Call::SpinUnlock: return &stepWordOf(What::Unlock);
    case Call::Burn: return &stepWordOf(What::Burn);
    case Call::WakeProcess: return &stepWordOf(What::Wake);
    case Call::SendSignal: return &stepWordOf(What::Signal);
    default: return nullptr;
    }
}

} // namespace jiffy::core
