// SPDX-License-Identifier: GPL-3.0-or-later
// A run of tgtd as a comma-separated table (RFC 4180, but lines end in a bare newline): one event a line.
//
//   event     index of the record in the log
//   time_us   us since the start of the run, after the event
//   wall_us   us since 1970 by the wall clock, after the event
//   kind      what happened, e.g. Queued; site: the function of the original that did it
//   item      the work item, the source of I/O or the pipe; list: the one that it was put on, taken off or
//   moved to deadline  of an item that is put on a list, moved, taken off or called: us of the wall clock,
//   jiffies of the old
//             scheduler, or "immediate"
//   seconds   asked for, where add_work() begins or is refused
//   late_us   where a func is called: us behind the instant asked for, on the monotonic clock
//   text      the technical one-line text
#pragma once

#include "core/export/exporter.h"

namespace jiffy::core
{

void writeDaemonCsv(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress);

} // namespace jiffy::core
