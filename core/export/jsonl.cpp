// SPDX-License-Identifier: GPL-3.0-or-later
// A run as JSON lines: all that is needed to open it again as the same log. The columns are described in README.md
// beside this file; jsonl_reader.h reads them.
#include "core/export/formats.h"
#include "core/export/json_text.h"
#include "core/insight/clock_fold.h"
#include "core/scenario/position_spec.h"

#include <charconv>
#include <cstring>

namespace jiffy::core
{

namespace
{

/// One event line in the making, in place: its length is bounded, for it holds numbers and fixed names only.
class EventLine
{
  public:
    void clear() { m_end = m_text; }
    template <std::size_t N> void literal(const char (&text)[N])
    {
        std::memcpy(m_end, text, N - 1);
        m_end += N - 1;
    }
    void word(std::string_view text)
    {
        std::memcpy(m_end, text.data(), text.size());
        m_end += text.size();
    }
    void number(std::uint64_t v) { m_end = std::to_chars(m_end, m_end + 20, v).ptr; }
    std::string_view text() const { return {m_text, static_cast<std::size_t>(m_end - m_text)}; }

  private:
    // 11 keys with their punctuation are below 120 bytes, 9 numbers at most 180, two names at most 48.
    char m_text[512];
    char* m_end = m_text;
};

void writeHeader(const Inputs& inputs, const Snapshot& run, FileSink& sink)
{
    const auto& m = inputs.machine;
    std::string line = R"({"format":"jiffyscope-log","version":1)";
    appendJsonPair(line, "title", inputs.title);
    appendJsonPair(line, "watch", inputs.watch);
    appendJsonPair(line, "opening", toText(inputs.opening));
    appendJsonPair(line, "driver", inputs.driver == Driver::Kernel ? "kernel" : "by-hand");
    appendJsonNumber(line, "cpus", static_cast<std::uint64_t>(m.cpus));
    appendJsonNumber(line, "bits", static_cast<std::uint64_t>(m.word.bits()));
    appendJsonNumber(line, "small", m.small ? 1u : 0u);
    appendJsonNumber(line, "hz", m.hz.value);
    appendJsonNumber(line, "jiffies", m.jiffies);
    appendJsonNumber(line, "settled", m.settled ? 1u : 0u);
    appendJsonNumber(line, "timers", inputs.timers.size());
    appendJsonNumber(line, "events", run.log.size());
    sink.write(line + "}\n");
    for (const auto& remark : inputs.remarks) {
        line = R"({"remark":)";
        appendJsonString(line, remark);
        sink.write(line + "}\n");
    }
}

void writeTimers(const Inputs& inputs, FileSink& sink, const Progress& progress)
{
    std::string line;
    for (std::size_t i = 0; i < inputs.timers.size() && goesOn(i, ~0ull, sink, progress); ++i) {
        const auto& t = inputs.timers[i];
        line = R"({"timer":)" + std::to_string(i);
        appendJsonPair(line, "name", t.name < inputs.names.size() ? std::string_view(inputs.names[t.name]) : "");
        appendJsonNumber(line, "number", t.number);
        line += ",\"slack\":" + std::to_string(t.slack);
        appendJsonNumber(line, "flags", t.flags);
        sink.write(line + "}\n");
    }
}

void fillEvent(EventLine& line, std::uint64_t event, Jiffies jiffies, const Record& r)
{
    line.clear();
    line.literal(R"({"event":)");
    line.number(event);
    line.literal(R"(,"jiffies":)");
    line.number(jiffies);
    line.literal(R"(,"kind":")");
    line.word(name(r.kind));
    line.literal(R"(","site":")");
    line.word(name(r.site));
    line.literal(R"(","cpu":)");
    line.number(r.cpu);
    if (r.item.isValid()) {
        line.literal(R"(,"timer":)");
        line.number(r.item.value);
    }
    if (r.slot != ~0u) {
        line.literal(R"(,"slot":)");
        line.number(r.slot);
    }
    if (r.link != 0) {
        line.literal(R"(,"link":)");
        line.number(r.link);
    }
    if (r.value != 0) {
        line.literal(R"(,"value":)");
        line.number(r.value);
    }
    if (r.before != 0) {
        line.literal(R"(,"before":)");
        line.number(r.before);
    }
    if (r.flags != 0) {
        line.literal(R"(,"flags":)");
        line.number(r.flags);
    }
    line.literal("}\n");
}

void writeEnd(const Snapshot& run, const ClockFold& clock, FileSink& sink)
{
    std::string line = R"({"end":)" + std::to_string(run.log.size());
    appendJsonNumber(line, "ticks", clock.ticks);
    appendJsonPair(line, "status",
               run.status == RunStatus::Ended ? "ended" : run.status == RunStatus::Limit ? "limit" : "running");
    if (run.open.count != 0) {
        appendJsonNumber(line, "open", run.open.count);
        appendJsonNumber(line, "cpus", run.open.cpus);
        appendJsonPair(line, "site", name(run.open.site));
    }
    sink.write(line + "}\n");
}

} // namespace

void writeJsonLines(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress)
{
    writeHeader(inputs, run, sink);
    writeTimers(inputs, sink, progress);
    ClockFold clock(inputs.machine);
    EventLine line;
    const std::uint64_t total = run.log.size();
    for (std::uint64_t i = 0; i < total && goesOn(i, total, sink, progress); ++i) {
        const Record& r = run.log[i];
        clock.apply(r);
        fillEvent(line, i, clock.jiffies, r);
        sink.write(line.text());
    }
    clock.pass(run.open);
    writeEnd(run, clock, sink);
}

} // namespace jiffy::core
