// SPDX-License-Identifier: GPL-3.0-or-later
// `jiffyscope check`: reads a file and tells its faults, or what is in it.
#include "app/commands.h"
#include "app/library.h"
#include "app/output.h"

namespace jiffy::app
{

int checkCommand(const CommandLine& line)
{
    const auto opened = core::openFile(line.file, builtinLookup(), line.trace);
    if (!opened) return report(opened.error());
    const auto& inputs = *opened->inputs;
    Output out;
    const bool isDaemon = inputs.driver == core::Driver::Daemon && !opened->recorded;
    std::string text = line.file + ": no faults: ";
    text += isDaemon ? std::to_string(inputs.daemon.pipe.value) + " work items, " : std::to_string(inputs.timers.size()) + " timers, ";
    text += opened->recorded ? std::to_string(opened->recorded->log.size()) + " recorded events"
                             : std::to_string(inputs.actions.size()) + " actions, " +
                                   std::to_string(inputs.expect.size()) + " expectations";
    out.line(text);
    for (const auto& remark : inputs.remarks) out.line("remark: " + remark);
    return out.finish();
}

} // namespace jiffy::app
