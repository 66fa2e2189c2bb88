// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a machine of CPUs for tests: some that show one thing each, and random ones, on any timer algorithm.
#pragma once

#include "core/scenario/inputs.h"

#include <cstdint>
#include <string>
#include <vector>

namespace jiffy::tests
{

/// Ticks, NO_HZ, interrupts, jiffies that catch up, del_timer_sync(), locks, a deadlock, use after free, processes that
/// sleep, are woken, signalled and refused, cascades that take time, choices.
const std::vector<std::string>& kernelDocuments();
/// Valid, whatever the seed; the same seed gives the same document.
std::string randomKernelDocument(std::uint64_t seed);
/// timers: a name of the registry.
core::InputsPtr kernelInputs(const std::string& document, const char* timers = "wheel-3.9");

} // namespace jiffy::tests
