// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line.h"
#include "core/base/result.h"
#include "core/run/live_process.h"

namespace jiffy::app
{

/// What was recorded, and what became of the process that was.
struct LiveRecording
{
    core::InputsPtr inputs;
    core::Snapshot run;
    std::optional<core::LiveEnd> end; ///< set
};

/// Performs the workload as the command line says, until its time is over or Ctrl+C. An error: nothing was recorded.
/// REQUIRES: line.isLive.
core::Result<LiveRecording> performLive(const CommandLine& line, const core::Inputs& workload);

} // namespace jiffy::app
