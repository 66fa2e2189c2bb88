// SPDX-License-Identifier: GPL-3.0-or-later
// A run as JSON lines: all that is needed to open it again as the same log. The columns are described in README.md
// beside this file; jsonl_reader.h reads them.
#include "core/export/formats.h"
#include "core/export/json_lines.h"
#include "core/insight/clock_fold.h"

namespace jiffy::core
{

void writeJsonLines(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress)
{
    std::uint64_t opening = 0;
    const std::uint64_t total = run.log.size();
    writeLogOpening(inputs, {total, false}, [&](const std::string& line) {
        if (goesOn(opening++, ~0ull, sink, progress)) sink.write(line);
    });
    ClockFold clock(inputs.machine);
    EventLines lines;
    for (std::uint64_t i = 0; i < total && goesOn(i, total, sink, progress); ++i) {
        const Record& r = run.log[i];
        clock.apply(r);
        char* const begin = sink.room(EventLines::longest);
        sink.wrote(static_cast<std::size_t>(lines.write(begin, i, clock.jiffies, r) - begin));
    }
    clock.pass(run.open);
    sink.write(logEndLine(total, clock.ticks, run.status, run.open));
}

} // namespace jiffy::core
