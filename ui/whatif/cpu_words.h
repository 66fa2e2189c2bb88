// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions on a machine of CPUs in words: whose turn it is and who else could go, what was done, when it takes effect.
// Pure.
#pragma once

#include "core/history/branches.h"
#include "core/history/choice.h"
#include "ui/whatif/preview.h"

namespace jiffy::ui
{

/// Whose turn it is, as a sentence, and who could go instead.
struct TurnWords
{
    QString sentence;
    std::vector<int> others;
    bool operator==(const TurnWords&) const = default;
};
TurnWords turnWords(const core::Crossroads& roads);

/// "CPU 1 first at 1011", "disk interrupts CPU 1 at 1011".
QString describeOnCpu(const core::Done& done, const core::MachineConfig& machine);
/// "the choice of CPU 1": what undo takes back.
QString editOnCpu(const core::Done& done);

/// What it would do, as far as the state tells; trial.standOn(what) comes first.
Preview previewOnCpu(const core::Trial& trial, const core::Intervention& what, const core::Inputs& inputs);
/// When it takes effect, and what keeps the CPU till then.
QString whenOnCpu(const core::Trial& trial, int cpu);

} // namespace jiffy::ui
