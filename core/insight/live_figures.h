// SPDX-License-Identifier: GPL-3.0-or-later
// What a recording of a real process amounts to, beside the model's run of the same workload.
#pragma once

#include "core/insight/alarm_lateness.h"
#include "core/insight/lateness.h"
#include "core/insight/summary.h"
#include "core/run/snapshot.h"
#include "core/tgtd/live_log.h"

namespace jiffy::core
{

/// Four distributions, ns.
struct LatenessFigures
{
    Statistics alarm; ///< from when it was due to the signal
    Statistics read;  ///< from the signal to the read
    Statistics func;  ///< from the read to the func
    Statistics work;  ///< from when work was due to its func; what was added with 0 seconds is left out
    bool operator==(const LatenessFigures&) const = default;
};
LatenessFigures latenessFigures(const AlarmLateness& parts, const Lateness& work);
/// REQUIRES: inputs.driver is Daemon.
LatenessFigures latenessFigures(const Inputs& inputs, const LogView& log);
/// Of the model's run of a recording's workload; runs it, as far as the recording goes.
LatenessFigures modelFigures(const Inputs& recorded, std::uint64_t until);

/// Lines for a summary; none where the log is no recording of a real process.
std::vector<SummaryLine> liveSummary(const Inputs& inputs, const Snapshot& run);

} // namespace jiffy::core
