// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspector says of the wheel without cascades (6.1) and of the sorted list, where their timers, buckets and
// CPUs differ from those of the wheel of 3.9. Pure functions.
#pragma once

#include "ui/inspector/pages.h"

namespace jiffy::ui
{

/// 6.1: how far away it was when it was filed, with the clock at `clk`, and what the rounding makes of it.
Section bucketSection(const Facts& facts, core::TimerId timer, core::Jiffies clk);
/// 6.1: of one whose expiry was changed while it waited in a run list: it is due then, at `at`, all the same.
Section takenSection(const Facts& facts, core::TimerId timer, core::Jiffies at);
/// Sorted list: its rank, what finding its place took (event: of its Queued; ~0: not known), and between whom it stands.
Section rankSection(const Facts& facts, core::TimerId timer, std::uint64_t event);
/// 6.1: when the bucket is due and which expiries it holds.
Section bucketTurnSection(const Facts& facts, const core::Place& place);
/// 6.1: the registers of std and of def. Sorted list: the head.
std::vector<Section> baseSections(const Facts& facts, int cpu, const Section& first);
/// 6.1: the whole clock when a timer of that CPU's wheel was filed, from its low 32 bits.
core::Jiffies clkWhenFiled(const Facts& facts, const core::Item& item, std::uint32_t low);

} // namespace jiffy::ui
