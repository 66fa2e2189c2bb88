// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector says about tgtd in words: deadlines, funcs, handlers.
#pragma once

#include "core/scenario/inputs.h"
#include "core/world/world.h"
#include "ui/narration/narration.h"

#include <QString>

namespace jiffy::ui
{

/// The wall clock at an instant of the run, with all steps that the inputs make up to then.
std::uint64_t wallAt(const core::Inputs& inputs, std::uint64_t us);
/// A deadline as an instant of the run: "4.10 s"; "tick 2" of the old scheduler; "at once".
QString deadlineText(const core::Inputs& inputs, std::uint64_t when, std::uint64_t wallStep);
/// "late 0.65 s", "in 2.85 s", "now"; "tick 2" of the old scheduler.
QString dueText(const core::Inputs& inputs, const core::World& world, core::TimerId item);
/// "takes 600 ms, adds itself again in 1 s".
RichText workFuncText(const core::Inputs& inputs, core::TimerId item);
/// "adds isns_poll in 4 s", "takes 1.05 s".
RichText handlerText(const core::Inputs& inputs, const core::Action& action);

} // namespace jiffy::ui
