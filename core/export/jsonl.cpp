// SPDX-License-Identifier: GPL-3.0-or-later
// A run as JSON lines: all that is needed to open it again as the same log. The columns are described in README.md
// beside this file; jsonl_reader.h reads them.
#include "core/export/formats.h"
#include "core/export/json_text.h"
#include "core/insight/clock_fold.h"
#include "core/scenario/position_spec.h"

#include <array>
#include <charconv>
#include <cstring>

namespace jiffy::core
{

namespace
{

/// A number in decimal that mostly stays as it is or grows by one: its text is kept.
class RunningNumber
{
  public:
    RunningNumber() { set(0); }
    void set(std::uint64_t v)
    {
        if (v == m_value && m_size != 0) return;
        // Not over the end of the word, where one more is 0.
        if (v == m_value + 1 && v != 0 && m_size != 0 && m_text[m_size - 1] != '9') ++m_text[m_size - 1];
        else m_size = static_cast<std::size_t>(std::to_chars(m_text, m_text + sizeof m_text, v).ptr - m_text);
        m_value = v;
    }
    /// Writes a whole word or three: faster than as many bytes as there are digits. REQUIRES: room for 24.
    char* appendTo(char* out) const
    {
        std::memcpy(out, m_text, sizeof m_text);
        return out + m_size;
    }

  private:
    std::uint64_t m_value = 0;
    std::size_t m_size = 0;
    char m_text[24] = {};
};

/// Makes event lines where they will stand.
class EventLines
{
  public:
    explicit EventLines(FileSink& sink) : m_sink(sink)
    {
        // What stands between jiffies and cpu, for every kind and site.
        for (int k = 0; k < kindCount; ++k)
            for (int s = 0; s < siteCount; ++s) {
                auto& text = m_words[static_cast<std::size_t>(k * siteCount + s)];
                text = R"(,"kind":")";
                text.append(name(static_cast<Kind>(k))).append(R"(","site":")").append(name(static_cast<Site>(s))).append(R"(","cpu":)");
            }
    }

    void write(std::uint64_t event, Jiffies jiffies, const Record& r)
    {
        m_event.set(event);
        m_jiffies.set(jiffies);
        char* const begin = m_sink.room(longest);
        m_end = begin;
        literal(R"({"event":)");
        m_end = m_event.appendTo(m_end);
        literal(R"(,"jiffies":)");
        m_end = m_jiffies.appendTo(m_end);
        const auto& words = m_words[static_cast<std::size_t>(static_cast<int>(r.kind) * siteCount + static_cast<int>(r.site))];
        std::memcpy(m_end, words.data(), words.size());
        m_end += words.size();
        number(r.cpu);
        if (r.item.isValid()) {
            literal(R"(,"timer":)");
            number(r.item.value);
        }
        if (r.slot != ~0u) {
            literal(R"(,"slot":)");
            number(r.slot);
        }
        if (r.link != 0) {
            literal(R"(,"link":)");
            number(r.link);
        }
        if (r.value != 0) {
            literal(R"(,"value":)");
            number(r.value);
        }
        if (r.before != 0) {
            literal(R"(,"before":)");
            number(r.before);
        }
        if (r.flags != 0) {
            literal(R"(,"flags":)");
            number(r.flags);
        }
        literal("}\n");
        m_sink.wrote(static_cast<std::size_t>(m_end - begin));
    }

  private:
    // 11 keys with their punctuation are below 120 bytes, 9 numbers at most 180, two names at most 48.
    static constexpr std::size_t longest = 512;

    template <std::size_t N> void literal(const char (&text)[N])
    {
        std::memcpy(m_end, text, N - 1);
        m_end += N - 1;
    }
    void number(std::uint64_t v)
    {
        if (v < 10) *m_end++ = static_cast<char>('0' + v);
        else m_end = std::to_chars(m_end, m_end + 20, v).ptr;
    }

    FileSink& m_sink;
    std::array<std::string, static_cast<std::size_t>(kindCount) * siteCount> m_words;
    RunningNumber m_event, m_jiffies;
    char* m_end = nullptr;
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
    EventLines lines(sink);
    const std::uint64_t total = run.log.size();
    for (std::uint64_t i = 0; i < total && goesOn(i, total, sink, progress); ++i) {
        const Record& r = run.log[i];
        clock.apply(r);
        lines.write(i, clock.jiffies, r);
    }
    clock.pass(run.open);
    writeEnd(run, clock, sink);
}

} // namespace jiffy::core
