// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs of a long run, for what is measured over ten million events.
#pragma once

#include "core/scenario/inputs.h"
#include "tests/bench/workload.h"

#include <memory>

namespace jiffy::bench
{

/// n periodic timers on one CPU, most of them with periods that cascade; the run ends at its event limit.
inline core::InputsPtr periodicTimers(std::uint64_t n, std::uint64_t events)
{
    constexpr std::uint32_t periods = 256;
    auto in = std::make_shared<core::Inputs>();
    Workload workload;
    in->machine.word = core::Word(64);
    in->machine.jiffies = bootJiffies;
    in->names = {"", "periodic"};
    for (const auto p : workload.between(periods, 20, 60'000)) {
        core::CallbackStep step;
        step.delta = p;
        in->steps.push_back(step);
    }
    const auto delays = workload.between(n, 1, 60'000);
    for (std::uint32_t i = 0; i < n; ++i) {
        core::TimerSpec t;
        t.name = 1;
        t.number = i + 1;
        t.slack = 0;
        t.firstStep = i % periods;
        t.stepCount = 1;
        in->timers.push_back(t);
        core::Action a;
        a.call = core::Call::AddTimer;
        a.timer = core::TimerId(i);
        a.expires = bootJiffies + delays[i];
        in->actions.push_back(a);
    }
    in->untilTicks = 1ull << 40;
    in->eventLimit = events;
    return in;
}

} // namespace jiffy::bench
