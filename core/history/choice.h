// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing who goes first: on a machine of CPUs, where more than one could do the next step, the rules say which does, and
// somebody else may be chosen. A choice becomes one more Inputs::choices and, where there is a document, one more of its
// "choices"; the future that it replaces is kept as a branch like that of any intervention.
#pragma once

#include "core/history/intervention.h"

namespace jiffy::core
{

/// Who could do the step in front of which a position stands.
struct Crossroads
{
    enum class Where : std::uint8_t
    {
        End,    ///< of the run, or it is no machine of CPUs
        Within, ///< what a step does, a run of ticks, the lines of a record
        Quiet,  ///< nobody has anything to do: time passes, or idle CPUs look whether they may sleep
        Turn,   ///< a step begins
    } where = Where::End;
    std::uint64_t able = 0; ///< mask of CPUs; 0: it is nobody's turn
    int usual = -1;         ///< the CPU that does it by the rules; -1: none
    int next = -1;          ///< the CPU that does it in this run
    Choice place;           ///< instant and step, by which a choice names it; cpu: next

    bool isOpen() const { return (able & (able - 1)) != 0; }
    bool canGo(int cpu) const { return cpu >= 0 && cpu < 64 && (able >> cpu & 1) != 0; }
    bool isChosen() const { return next != usual; }
    bool operator==(const Crossroads&) const = default;
};

/// O(records between the checkpoint before and p). The history's cursor may move.
Crossroads ableAt(History& history, Position p);

/// Forks the history's run at p: `cpu` does the next step, and the run stands behind it. Choosing the CPU that the rules say
/// takes an earlier choice back, or says what would happen anyway. Fault::Input when it could not go, saying why.
Result<Intervened> choose(History& history, Position p, const DocumentPtr& document, int cpu);

} // namespace jiffy::core
