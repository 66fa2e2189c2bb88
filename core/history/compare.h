// SPDX-License-Identifier: GPL-3.0-or-later
// Two futures side by side: where they part, which place of one is which of the other, and what came out
// differently. Chunks that both logs share are not looked at.
#pragma once

#include "core/history/history.h"
#include "core/insight/summary.h"

#include <string>
#include <vector>

namespace jiffy::core
{

/// The last place that two runs have in common.
struct Parting
{
    Position at;             ///< the same place in both
    std::uint64_t ticks = 0; ///< since the start, there
    bool isSame = false;     ///< they do not part: `at` is the end of both
};
Parting partingOf(const Snapshot& a, const Snapshot& b);

/// The place of `to` for p in `from`: p itself where they have not parted, the parting in its own tick, the last
/// place of the same tick behind it. The end of `to` if it is shorter.
Position counterpart(const History& from, Position p, History& to);

/// Calls of one timer behind the parting.
struct TimerDifference
{
    std::string name;
    TimerId inA, inB; ///< none: it does not exist there
    std::vector<std::uint64_t> firedA, firedB; ///< ticks since the start, at most `mostListed`
    std::uint64_t countA = 0, countB = 0;
};

struct SummaryDifference
{
    std::string name, a, b;
};

struct Comparison
{
    static constexpr std::size_t mostListed = 8;  ///< calls of one timer
    static constexpr std::size_t mostTimers = 200;

    Parting parting;
    std::vector<SummaryDifference> summary; ///< totals that differ
    std::vector<TimerDifference> timers;    ///< that are called at other ticks, by the first such tick
    std::uint64_t timerCount = 0;           ///< of all that differ
    std::uint64_t firedA = 0, firedB = 0;
};
/// O(records behind the parting, and both logs for the totals).
Comparison compare(const Inputs& inputsA, const Snapshot& a, const Inputs& inputsB, const Snapshot& b);

/// Calls in the whole run, and no more: for lists. O(log).
std::uint64_t firedIn(const LogView& log);

} // namespace jiffy::core
