// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a scenario that is about tgtd, as its file says it: the daemon, its work items, what happens to
// it.
#pragma once

#include "core/scenario/inputs.h"
#include "core/scenario/spelling.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jiffy::core
{

/// What a work func does. Rearm and Add take seconds; Burn a duration.
struct WorkStep
{
    CallbackStep::What what = CallbackStep::What::Burn;
    Spelling work;             ///< Add, Del
    std::uint64_t seconds = 0; ///< Rearm, Add
    Spelling duration;         ///< Burn: "for"
    Spot spot;
    bool operator==(const WorkStep&) const = default;
};

struct WorkItem
{
    Spelling name;
    std::vector<WorkStep> on;
    bool operator==(const WorkItem&) const = default;
};

/// Something that happens to the daemon: an event of a file and what its handler does, or a step of the wall
/// clock.
struct WorkAction
{
    Spelling at;
    Spelling every;                     ///< again and again, so much later each time
    std::optional<std::uint64_t> times; ///< so often in all; not said: until the end of the run
    Call call = Call::AddWork; ///< AddWork, DelWork, BurnTime, StepWall, SlowCall, EventSched or Shutdown
    Spelling work;             ///< AddWork, DelWork
    std::uint64_t seconds = 0; ///< AddWork
    Spelling duration;         ///< BurnTime, SlowCall: "for"
    Spelling by;               ///< StepWall
    std::uint64_t passes = 0;  ///< EventSched
    Spelling file;             ///< name of one of ScenarioDaemon::files; not said: one of its own
    Spot spot;
    bool operator==(const WorkAction&) const = default;
};

/// Many work items alike, each added once. They are numbered from 1: "name.1", "name.2", ...; one alone has
/// no number.
struct WorkPopulation
{
    Spelling name;
    std::uint64_t count = 1;
    Spelling at;    ///< the first is added then; not said: at 0 s
    Spelling every; ///< each next one so much later; not said: all at once
    Spelling file;
    Spread seconds;
    Spelling duration;     ///< its func takes so long: "burn"
    int rearmPercent = 0;  ///< so many re-arm themselves in their func
    Spread rearm;          ///< ... with so many seconds, drawn once for each
    int cancelPercent = 0; ///< so many are deleted
    Spelling cancelAfter;  ///< ... so long after they were added
    Spot spot;
    bool operator==(const WorkPopulation&) const = default;
};

/// A file that the daemon has open.
struct WorkFile
{
    Spelling name;
    std::uint32_t fd = 0;
    Spot spot;
    bool operator==(const WorkFile&) const = default;
};

struct ScenarioDaemon
{
    /// The members of "costs", in their order in the file.
    static constexpr std::array<std::string_view, 7> costNames = {"syscall", "pipe", "close", "signal",
                                                                  "flag",    "io",   "func"};

    WorkScheduler scheduler = WorkScheduler::New;
    Spelling interval;                 ///< not said: as the scheduler has it, and so on
    Spelling timeout;                  ///< of epoll_wait()
    std::optional<std::uint64_t> tick; ///< s
    Spelling start;
    std::optional<std::uint64_t> batch; ///< most events of one epoll_wait()
    std::array<Spelling, 7> costs;      ///< by costNames
    bool failPipe = false;
    std::uint64_t failWrite = 0; ///< the n-th; 0: none
    std::vector<WorkFile> files;
    std::vector<WorkItem> items;
    std::uint64_t seed = 0;
    std::vector<WorkPopulation> populations;
    std::vector<WorkAction> actions;
    bool operator==(const ScenarioDaemon&) const = default;
};

} // namespace jiffy::core
