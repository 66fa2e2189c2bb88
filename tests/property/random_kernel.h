// SPDX-License-Identifier: GPL-3.0-or-later
// Random scenarios about machines of CPUs: skew, idle CPUs, NO_HZ, costs, code that burns, locks, deletes and wakes,
// processes, interrupts, choices; on each algorithm. Every one compiles; few make sense, and many deadlock.
#pragma once

#include "core/base/random.h"
#include "core/scenario/scenario.h"

namespace jiffy::tests
{

struct KernelFlavour
{
    /// Nothing takes time but sleep: each timer's call comes when it is due.
    bool isCalm = false;
    /// Only the algorithm with cascades.
    bool isClassic = false;
};

core::Scenario randomKernelDocument(core::Random& random, const KernelFlavour& flavour = {});

} // namespace jiffy::tests
