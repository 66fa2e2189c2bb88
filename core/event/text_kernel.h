// SPDX-License-Identifier: GPL-3.0-or-later
// One line of text for the records that only a machine of CPUs makes.
#pragma once

#include "core/event/event.h"
#include "core/scenario/inputs.h"

#include <string>

namespace jiffy::core
{

/// The record's site or register is the machine's own.
bool isKernelText(const Record& r);
/// As appendText() (text.h). REQUIRES: isKernelText(r).
void appendKernelText(std::string& out, const Record& r, const Inputs& inputs);

/// "A", "lock L", "cpu 1's wheel": what a CPU spins for.
std::string spinText(std::uint64_t word, const Inputs& inputs);
std::string_view name(TaskState state); ///< "TASK_RUNNING"

} // namespace jiffy::core
