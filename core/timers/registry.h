// SPDX-License-Identifier: GPL-3.0-or-later
// The timer algorithms that a run can use: a new one is a pair of files here and a line in registry.cpp.
#pragma once

#include "core/scenario/inputs.h"
#include "core/timers/algorithm.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

struct TimersInfo
{
    std::string_view name;        ///< as --timers and scenarios take it: "wheel-3.9"
    std::string_view description;
    TimerAlgorithm algorithm = TimerAlgorithm::Wheel39;
    bool isSmall = false; ///< CONFIG_BASE_SMALL
};

const std::vector<TimersInfo>& timerAlgorithms();
/// Null when there is none of that name.
const TimersInfo* timersNamed(std::string_view name);
/// "wheel-3.9, wheel-6.1, ..."
std::string timersNames();
/// What a machine has. Never of tgtd.
const TimersInfo& timersOf(const MachineConfig& machine);

/// The same machine with another algorithm.
MachineConfig machineWith(MachineConfig machine, const TimersInfo& timers);

/// The same inputs on another algorithm, with those expectations that are about it. Null for tgtd.
InputsPtr inputsOn(const Inputs& inputs, const TimersInfo& timers);

} // namespace jiffy::core
