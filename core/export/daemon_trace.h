// SPDX-License-Identifier: GPL-3.0-or-later
// A run of tgtd as Chrome trace events: the one thread with its handlers, passes and funcs, the signal's
// handler that interrupts it, the pipe, and a track a work item with the lists that it stood on. README.md
// beside this file says more.
#pragma once

#include "core/export/exporter.h"
#include "core/export/trace_instants.h"

namespace jiffy::core
{

void writeDaemonTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress,
                      TimeBase base);

} // namespace jiffy::core
