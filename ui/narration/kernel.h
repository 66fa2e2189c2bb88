// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of a machine of CPUs: its ticks and its idle, interrupts, delays, spinning and locks, processes. What
// happens in the wheels is told by the sentences of the algorithm; here is what the CPUs have to do with it.
#pragma once

#include "ui/narration/compose.h"

#include <optional>

namespace jiffy::ui
{

/// None: what is said of any machine is true here, too. REQUIRES: the world is one of a machine of CPUs.
std::optional<Sentence> narrateKernel(const core::Record& r, const Told& t);
/// Adds to the sentence of the algorithm what the CPUs have to do with it: why a timer is late, and why it went to
/// another wheel. REQUIRES: as above.
void addKernelReasons(Sentence& sentence, const core::Record& r, const Told& t);

// The parts of narrateKernel().
/// Ticks, jiffies, interrupts, softirqs, idle.
std::optional<Sentence> narrateTicks(const core::Record& r, const Told& t);
/// del_timer_sync(), locks, spinning, kfree().
std::optional<Sentence> narrateLocks(const core::Record& r, const Told& t);
/// Processes: sleeping, waking, the run queue.
std::optional<Sentence> narrateProcesses(const core::Record& r, const Told& t);

/// Of the end of a run: processes that sleep and whose timers are gone.
RichText leftAsleep(const core::World& world, const core::Inputs& inputs);

// Words that they share.
Span plainSpan(const QString& text);
/// Name of a process or an interrupt of the scenario.
Span programSpan(const core::Inputs& inputs, std::uint64_t program);
Span lockSpan(const core::Inputs& inputs, std::uint64_t lock);
/// "CPU 1", "CPUs 0-2".
QString cpusText(std::uint64_t mask);
/// The state of that CPU, of a record that may say anything.
const core::KernelCpu& kernelCpu(const Told& t, int cpu);
/// What an interrupt there interrupts, as a sentence; empty: nothing.
RichText interruptedText(const Told& t, int cpu);
/// The CPU that executes the timer's function; -1: none.
int runnerOf(const core::World& world, core::TimerId timer);

} // namespace jiffy::ui
