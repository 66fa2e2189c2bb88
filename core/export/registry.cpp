// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/exporter.h"
#include "core/export/formats.h"
#include "core/export/vector_log.h"

namespace jiffy::core
{

const std::vector<ExporterInfo>& exporters()
{
    static const std::vector<ExporterInfo> table = {
        {".csv", "comma-separated table, one event a line, times worked out", writeCsv},
        {".jsonl", "JSON lines, one event a line; opens again as the same run", writeJsonLines},
        {".trace.json", "Chrome trace events for Perfetto and Speedscope, in virtual time", writeChromeTrace},
        {".logical.trace.json", "Chrome trace events with every tick a second wide, so that each can be read",
         writeLogicalChromeTrace},
        {".log", "the log of a wheel vector, byte for byte what its .ops must give", writeVector},
    };
    return table;
}

const ExporterInfo* exporterFor(std::string_view path)
{
    const ExporterInfo* best = nullptr;
    for (const auto& e : exporters()) {
        if (path.ends_with(e.suffix) && (best == nullptr || e.suffix.size() > best->suffix.size())) best = &e;
    }
    return best;
}

void writeVector(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress)
{
    const std::uint64_t total = run.log.size();
    writeVectorLog(
        inputs, run.log, run.open, [&](std::string_view text) { sink.write(text); },
        [&](std::uint64_t done) { return !sink.failed() && (!progress || progress(done, total)); });
}

Result<void> exportTo(const ExporterInfo& exporter, const Inputs& inputs, const Snapshot& run, const std::string& path,
                      const Progress& progress)
{
    auto sink = FileSink::create(path);
    if (!sink) return tl::unexpected(std::move(sink.error()));
    bool stopped = false;
    Progress watched;
    if (progress) {
        watched = [&](std::uint64_t done, std::uint64_t total) {
            stopped = stopped || !progress(done, total);
            return !stopped;
        };
    }
    exporter.write(inputs, run, *sink, watched);
    if (stopped) return fail(Fault::System, "the export to \"" + path + "\" was stopped");
    return sink->commit();
}

} // namespace jiffy::core
