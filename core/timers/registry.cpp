// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timers/registry.h"

#include <algorithm>
#include <string>

namespace jiffy::core
{

const std::vector<TimersInfo>& timerAlgorithms()
{
    static const std::vector<TimersInfo> table = {
        {"wheel-3.9", "the cascading timer wheel of Linux 3.9: five levels, exact to the jiffy", TimerAlgorithm::Wheel39, false},
        {"wheel-3.9-small", "the same with CONFIG_BASE_SMALL: 64 + 4 x 16 slots", TimerAlgorithm::Wheel39, true},
        {"wheel-6.1", "the wheel without cascades of Linux 4.8 and later: coarser the further away", TimerAlgorithm::Wheel61, false},
        {"sorted-list", "one list sorted by expiry, as Linux had until 1997", TimerAlgorithm::SortedList, false},
    };
    return table;
}

const TimersInfo* timersNamed(std::string_view name)
{
    for (const auto& t : timerAlgorithms()) {
        if (t.name == name) return &t;
    }
    return nullptr;
}

std::string timersNames()
{
    std::string out;
    for (const auto& t : timerAlgorithms()) out.append(out.empty() ? "" : ", ").append(t.name);
    return out;
}

const TimersInfo& timersOf(const MachineConfig& machine)
{
    for (const auto& t : timerAlgorithms()) {
        const bool isSmall = machine.small && machine.timers == TimerAlgorithm::Wheel39;
        if (t.algorithm == machine.timers && t.isSmall == isSmall) return t;
    }
    return timerAlgorithms().front();
}

MachineConfig machineWith(MachineConfig machine, const TimersInfo& timers)
{
    machine.timers = timers.algorithm;
    machine.small = timers.isSmall;
    return machine;
}

namespace
{

/// What the file says to the reader is about its own algorithm, unless it names the other one too.
void markWords(Inputs& inputs, std::string_view own, std::string_view other)
{
    const auto isNamed = [&](std::string_view name) {
        return std::find(inputs.compare.begin(), inputs.compare.end(), name) != inputs.compare.end();
    };
    if (isNamed(own) && isNamed(other)) return;
    const std::string begin = "(written for ", end = ") ";
    const auto mark = [&](std::string& text) {
        if (text.empty()) return;
        const std::string back = begin + std::string(other) + end;
        if (text.starts_with(back)) text.erase(0, back.size());
        else if (!text.starts_with(begin)) text.insert(0, begin + std::string(own) + end);
    };
    mark(inputs.watch);
    for (auto& remark : inputs.remarks) mark(remark);
}

} // namespace

InputsPtr inputsOn(const Inputs& inputs, const TimersInfo& timers)
{
    if (inputs.driver == Driver::Daemon) return nullptr;
    auto out = std::make_shared<Inputs>(inputs);
    out->machine = machineWith(inputs.machine, timers);
    const auto own = timersOf(inputs.machine).name;
    if (own == timers.name) return out;
    markWords(*out, own, timers.name);
    std::erase_if(out->expect, [&](const Expectation& e) { return e.algorithm != timers.name; });
    for (auto& e : out->expect) e.algorithm.clear();
    return out;
}

} // namespace jiffy::core
