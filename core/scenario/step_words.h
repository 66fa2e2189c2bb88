// SPDX-License-Identifier: GPL-3.0-or-later
// What code in a scenario can do, by the names that files use: in a timer's function, an interrupt, a process.
#pragma once

#include "core/scenario/inputs.h"

#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

/// A thing that code does, and what it has to be told.
struct StepWord
{
    std::string_view name;
    CallbackStep::What what;
    bool timer = false;   ///< "timer"
    bool by = false;      ///< "by": jiffies from now
    bool target = false;  ///< "target": a CPU
    bool duration = false;///< "for"
    bool lock = false;    ///< "lock"
    bool ms = false;      ///< "ms"
    bool process = false; ///< "process"
    /// Only a machine of CPUs can do it.
    bool isOfKernel = true;
};

/// Null: there is none.
const StepWord* stepNamed(std::string_view name);
const StepWord& stepWordOf(CallbackStep::What what);
/// All, in the order in which messages name them.
const std::vector<StepWord>& stepWords();
/// "rearm, add, del, ...".
std::string stepNames();

/// The operation that an action's call is; null: it is none (idle, busy, an interrupt, ...). What it has to be told is the
/// same, but that "expires" stands in the place of "by".
const StepWord* operationOf(Call call);

} // namespace jiffy::core
