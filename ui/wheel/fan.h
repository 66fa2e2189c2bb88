// SPDX-License-Identifier: GPL-3.0-or-later
// 6.1: a bucket is called as a whole, at the end of the time that it stands for. Its fan is what its timers asked for:
// which jiffies, how many, how late the earliest of them is.
#pragma once

#include "core/world/world.h"
#include "ui/wheel/effects.h"

#include <vector>

namespace jiffy::ui
{

struct Fan
{
    static constexpr std::size_t limit = 128;

    core::Place bucket;
    core::Jiffies due = 0;
    std::uint64_t count = 0;              ///< timers in the bucket
    std::vector<core::Jiffies> asked;     ///< expiries, ascending, each once, the first `limit` timers' of the bucket
    bool isNow = false;                   ///< called in this step, or about to be in this softirq; else: next
    bool operator==(const Fan&) const = default;

    /// Jiffies that one of its slots stands for.
    std::uint64_t granularity() const { return 1ull << (3 * bucket.level); }
};

/// The largest bucket that is being called or has just been, then the others that are due with it; then the
/// largest of those due next.
std::vector<Fan> fansOf(const core::World& world, const StepEffects& effects, int cpu, int wheel);

} // namespace jiffy::ui
