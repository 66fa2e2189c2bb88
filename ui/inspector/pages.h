// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the inspector's pages from the world at the playhead and what the log says of its past. Pure
// functions; costs follow what is shown, never the number of timers.
#pragma once

#include "core/insight/cpu_accounts.h"
#include "core/insight/item_index.h"
#include "core/run/snapshot.h"
#include "core/trace/differences.h"
#include "core/world/world.h"
#include "ui/inspector/page.h"
#include "ui/wheel/effects.h"

namespace jiffy::ui
{

/// What a page is made from; good during the call only.
struct Facts
{
    const core::World& world; ///< at the playhead
    const core::Inputs& inputs;
    const core::LogView& log;
    std::uint64_t events = 0; ///< that have been applied there
    const Turn& turn;
    const core::ItemIndex& index; ///< has seen at least `events`
    const core::CpuAccounts& accounts;
    const core::Differences* differences =
        nullptr; ///< from the recorded machine; null: there is no recording
    int cpu = 0; ///< in sight
};

/// How it stands with a timer.
enum class TimerState : std::uint8_t
{
    NotArmed, ///< never so far
    Pending,
    Waiting, ///< taken off its slot, its call comes in this turn
    Moving,  ///< on its way from one slot to another: the last event moved it, or will
    Firing,  ///< its function is being called
    Fired,   ///< not pending since its call
    Deleted, ///< not pending since it was deleted
};
TimerState stateOf(const Facts& facts, core::TimerId timer);

/// isChosen: by the user; else it is the timer of the last event, and the page says so.
Page timerPage(const Facts& facts, core::TimerId timer, bool isChosen);
Page slotPage(const Facts& facts, core::SlotId slot);
Page cpuPage(const Facts& facts, int cpu);
Page emptyPage();

// A machine of CPUs: one of its processes; what its CPUs do besides their wheels, in front of a CPU's other sections.
Page processPage(const Facts& facts, std::uint32_t process);
std::vector<Section> kernelSections(const Facts& facts, int cpu);

// tgtd: a work item, a source or the pipe; one of its lists; the daemon.
Page workPage(const Facts& facts, core::TimerId item, bool isChosen);
Page workListPage(const Facts& facts, core::SlotId list);
Page daemonPage(const Facts& facts);

/// The two rows of the filing rule for an expiry filed when the wheel stood at `filedAt`.
LensFigure lensFigure(const core::Geometry& g, core::Jiffies expires, core::Jiffies filedAt);

/// The fields about the recorded machine's run that the timer's last arming up to there came to; empty if
/// there is none.
std::vector<Field> machineFields(const core::Differences& differences, const core::Inputs& inputs,
                                 core::TimerId timer, std::uint64_t events);

} // namespace jiffy::ui
