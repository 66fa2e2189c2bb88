// SPDX-License-Identifier: GPL-3.0-or-later
// The totals of a run: a fold over the log that only ever extends.
#pragma once

#include "core/event/log.h"
#include "core/scenario/inputs.h"
#include "core/world/world.h"

#include <string>
#include <vector>

namespace jiffy::core
{

struct SummaryLine
{
    std::string name;   ///< "ticks", "events", "armed", "re-armed", "deleted before expiry", "fired", "cascades", ...
    std::string value;  ///< plain digits (the machine-readable totals) or words
    bool operator==(const SummaryLine&) const = default;
};

class Summary
{
  public:
    explicit Summary(const Inputs& inputs);

    /// Takes the next record; w is the world BEFORE it.
    void add(const Record& r, const World& before);
    void addOpen(const OpenRun& run, const World& before);

    std::vector<SummaryLine> lines() const;

    std::uint64_t ticks = 0, events = 0, armed = 0, rearmed = 0, deleted = 0, fired = 0, cascades = 0,
                  emptyCascades = 0, moves = 0, refused = 0, machineFired = 0;
    std::int64_t worstLateness = 0;  ///< jiffies at the call minus expires; over all fired
    TimerId worstTimer;

  private:
    void countPassedCascades(const OpenRun& run, const World& before);
    const Inputs* m_inputs;
};

/// Folds a whole run.
Summary summarise(const Inputs& inputs, const LogView& log, const OpenRun& open);

} // namespace jiffy::core
