// SPDX-License-Identifier: GPL-3.0-or-later
// What code does, in words: the steps of a timer's function, a process or an interrupt.
#pragma once

#include "core/scenario/inputs.h"
#include "ui/narration/compose.h"

namespace jiffy::ui
{

/// "deletes A", "takes 3 ms", "msleep(5)". Not for tgtd.
RichText stepText(const core::Inputs& inputs, const core::CallbackStep& step);
/// "250 µs", "3 ms": exact, with a space between number and unit.
QString nanosecondsText(std::uint64_t nanoseconds);

} // namespace jiffy::ui
