// SPDX-License-Identifier: GPL-3.0-or-later
// What a CPU of a machine of CPUs is in, in one line: an interrupt over the softirq over a timer's function over the
// process that runs.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"

#include <QString>

#include <vector>

namespace jiffy::ui
{

/// "del_timer_sync, spinning for A", "timer interrupt, over the function of A", "asleep until 1 500".
QString cpuStackText(const core::World& world, const core::Inputs& inputs, int cpu);
/// "CPU 0: del_timer_sync, spinning for A" for each CPU but those in the mask; those that are in the same together ("CPUs
/// 1-3: other work"), those that are in a function first. None where the machine is not one of CPUs.
std::vector<QString> otherCpusText(const core::World& world, const core::Inputs& inputs, std::uint64_t but);
/// "P": a process or an interrupt of the scenario.
QString programText(const core::Inputs& inputs, std::uint64_t program);
QString lockName(const core::Inputs& inputs, std::uint64_t lock);

} // namespace jiffy::ui
