// SPDX-License-Identifier: GPL-3.0-or-later
// A workload that three structures keep their own way: hundred timers that expire one after the other from 1536 on, and
// five more, all added at 1000.
#pragma once

#include "tests/ui/support/small_run.h"
#include "ui/wheel/effects.h"

namespace jiffy::test
{

struct StructureRun : SmallRun
{
    core::TimerId near1010, far6000;

    explicit StructureRun(core::TimerAlgorithm timers, int hundred = 100)
    {
        inputs().machine.timers = timers;
        inputs().machine.hz = core::Hz{1000};
        inputs().machine.jiffies = 1000;
        const auto add = [&](const char* name, core::Jiffies expires) {
            const auto id = timer(name);
            at(0, core::Call::AddTimer, id, expires);
            return id;
        };
        near1010 = add("a", 1010);
        add("b", 1100);
        add("c", 2000);
        far6000 = add("d", 6000);
        add("e", 11000);
        for (int i = 0; i < hundred; ++i) {
            const auto id = timer("t", static_cast<std::uint32_t>(i) + 1);
            at(0, core::Call::AddTimer, id, 1536 + static_cast<core::Jiffies>(i));
        }
        inputs().untilTicks = 800;
        finish();
    }

    /// Behind the last record of the tick that makes it `jiffies`.
    core::Position atJiffies(core::Jiffies jiffies)
    {
        const std::uint64_t ticks = jiffies - inputs().machine.jiffies;
        return history().lastOfTick(ticks);
    }
    /// What the tick before a position did.
    ui::StepEffects tickBefore(core::Jiffies jiffies)
    {
        return ui::effects(log(), atJiffies(jiffies - 1), atJiffies(jiffies));
    }
};

} // namespace jiffy::test
