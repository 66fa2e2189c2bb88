// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a value. Reading it needs no display and touches no file.
#pragma once

#include "core/scenario/inputs.h"
#include "core/tgtd/live_log.h"
#include "core/trace/import.h"

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace jiffy::app
{

enum class Command { Window, Run, Render, Check, Compare, List, Help, Version };

struct CommandLine
{
    Command command = Command::Window;
    std::string file;                         ///< FILE; empty for a window without one, and for list
    core::TraceOptions trace;                 ///< --hz, --bits

    // run
    std::optional<core::PositionSpec> until;
    std::vector<std::string> exports;
    bool quiet = false;
    bool all = false;
    bool isLive = false;                      ///< the workload is performed on this machine
    core::LiveSettings liveSettings;
    bool opening = false;                     ///< narrate the tick of the opening position and the next two

    // compare; until and exports as of run
    std::vector<const core::TimersInfo*> compared; ///< empty: as the file says

    // render
    std::string view; ///< of "compare" the columns are `compared`, the first of which leads (trace.timers)
    std::optional<core::PositionSpec> at;
    std::string theme = "light";
    int width = 1440, height = 900;
    std::string out;

    std::string list;                         ///< scenarios, timers, views or exporters
};

/// args without the program's name. The error is one line that says what is wrong.
tl::expected<CommandLine, std::string> parseCommandLine(const std::vector<std::string>& args);

std::string_view helpText();

} // namespace jiffy::app
