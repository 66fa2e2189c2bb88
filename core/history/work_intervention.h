// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions in a run of tgtd, and what would come of them. An event of a file comes at the microsecond
// behind the playhead; its handler runs when the loop gets there, which may be much later. That is found by
// running it: on the scheduler in sight and on the other one.
#pragma once

#include "core/history/intervention.h"

#include <optional>

namespace jiffy::core
{

/// As intervene(). REQUIRES: isOfWork(what), the history is a daemon's and can be run anew.
Result<Intervened> interveneWork(History& history, Position p, const DocumentPtr& document,
                                 const Intervention& what);

/// What came of an event on one scheduler; instants in us since the start, none where the run (or patience)
/// ended before.
struct WorkOutcome
{
    std::optional<std::uint64_t> handledAt; ///< its handler began
    std::optional<std::uint64_t> handledBy; ///< ... and had returned
    std::optional<std::uint64_t> dueAt;     ///< AddWork: handled, plus the seconds
    std::optional<std::uint64_t> runsAt;    ///< AddWork: its func was called
    bool isRefused = false;                 ///< AddWork: it stood on a list already
    bool wasQueued = false;                 ///< DelWork: it was taken off a list
    std::uint64_t alarmsMeanwhile = 0;      ///< Burn: that came while the handler ran
    bool operator==(const WorkOutcome&) const = default;
};

struct WorkForecast
{
    std::uint64_t at = 0; ///< us; when the event comes, or the clock is stepped
    WorkScheduler scheduler = WorkScheduler::New, twin = WorkScheduler::Old;
    WorkOutcome here, there;
    /// StepWall: items on the inactive list that the step makes due, and how many there are. The old
    /// scheduler does not look at that clock.
    std::uint64_t madeDue = 0, waiting = 0;
    bool operator==(const WorkForecast&) const = default;
};

/// Tries it: runs both on, up to about `patience` records each.
Result<WorkForecast> forecast(History& history, Position p, const DocumentPtr& document,
                              const Intervention& what, std::uint64_t patience = 200'000);

} // namespace jiffy::core
