// SPDX-License-Identifier: GPL-3.0-or-later
// What the compare view shows at a position of the leading run, as values: of each column its words, its
// counters and what one more timer would take. Made anew when the playhead or the expiry of the new timer
// moves; the accounts behind it only ever extend.
#pragma once

#include "core/insight/delay_lateness.h"
#include "core/insight/work_series.h"
#include "ui/compare/column_words.h"
#include "ui/compare/counters.h"
#include "ui/narration/narration.h"

#include <memory>
#include <vector>

namespace jiffy::ui
{

class Companions;

/// The insights of a column's whole run.
struct ColumnAccounts
{
    explicit ColumnAccounts(const core::MachineConfig& machine)
        : costs(machine), work(machine), lateness(machine)
    {
    }
    void extend(const core::LogView& log)
    {
        costs.extend(log);
        work.extend(log);
        lateness.extend(log);
    }
    core::Costs costs;
    core::WorkSeries work;
    core::DelayLateness lateness;
};
using Accounts = std::vector<std::unique_ptr<ColumnAccounts>>; ///< one a column

struct CompareColumn
{
    const core::TimersInfo* timers = nullptr;
    bool isLeading = false;
    bool isBehind = false; ///< its run has not come this far yet
    bool isOver = false;   ///< its run ended before this instant
    QString title, origin;
    QString sentence;
    core::NewTimer newTimer;
    RichText insertion; ///< the expiry is the only piece that is mono
    Counters counters;
    core::CostTotals costs;
    core::Position at;
    core::Jiffies jiffies = 0;
    bool isAtEnd = false;      ///< its run has nothing more
    std::uint64_t pending = 0; ///< timers, on all CPUs
    std::uint64_t calls = 0;   ///< of the inputs, carried out
};

struct CompareScene
{
    std::vector<CompareColumn> columns;
    core::Jiffies expires = 0; ///< of the timer that might be inserted
    int cpu = 0;               ///< that sentences and structures are of, in all columns
    bool isSame = false;       ///< the same clock, and the same calls carried out in all columns
    QString note;              ///< "Same input, same clock: 105 timers each"
};

/// REQUIRES: companions.isThere(); accounts extended by the columns' logs. cpu: is followed, unless only
/// others acted in this step.
CompareScene compareScene(const Companions& companions, const Accounts& accounts, core::Jiffies expires,
                          int cpu);
/// What has been counted up to where a column stands.
core::CostTotals costsOf(const ColumnAccounts& accounts, const core::History& history, core::Position p);

} // namespace jiffy::ui
