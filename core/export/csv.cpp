// SPDX-License-Identifier: GPL-3.0-or-later
// A run as a comma-separated table (RFC 4180, but lines end in a bare newline). Runs of tgtd: daemon_csv.h.
//
//   event     index of the record in the log; a run that passed shares one index over all its lines
//   tick      ticks since the start, after the line
//   jiffies   after the line, in decimal
//   time_ns   virtual time since the start
//   cpu       the executing CPU; empty where all took part
//   kind      what happened, e.g. Queued; site: the function of the original that did it
//   timer     its name; slot: where, e.g. tv2[5]; empty where there is none
//   expires   the timer's expiry, in jiffies
//   due       wheel-6.1 only: when the bucket that it stands in from here on is due
//   count     ticks passed, timers in the slot that was emptied, or expiries compared
//   text      the technical one-line text
//
// Ticks that passed without finding anything are one record in the log. Here each is a line, with the empty cascades
// that it made, as long as expandedLines suffice; a run that does not fit into the rest is one line with its count.
#include "core/event/text.h"
#include "core/export/daemon_csv.h"
#include "core/export/formats.h"
#include "core/insight/clock_fold.h"
#include "core/insight/due.h"

#include <charconv>

namespace jiffy::core
{

namespace
{

constexpr std::uint64_t expandedLines = 1'000'000; ///< in the whole file

class CsvWriter
{
  public:
    CsvWriter(const Inputs& inputs, FileSink& sink)
        : m_inputs(inputs), m_sink(sink), m_clock(inputs.machine),
          m_geometry(geometryOf(inputs.machine))
    {
        m_sink.write(hasDue() ? "event,tick,jiffies,time_ns,cpu,kind,site,timer,slot,expires,due,count,text\n"
                              : "event,tick,jiffies,time_ns,cpu,kind,site,timer,slot,expires,count,text\n");
    }

    void record(std::uint64_t event, const Record& r)
    {
        if (r.kind == Kind::Passed) return passed(event, OpenRun{r.value, r.before, r.site});
        m_clock.apply(r);
        line(event, r);
    }

    void passed(std::uint64_t event, OpenRun run)
    {
        if (linesOf(run) > m_expandable) {
            m_clock.pass(run);
            return line(event, run.asRecord());
        }
        m_expandable -= linesOf(run);
        const std::uint64_t count = std::exchange(run.count, 1);
        for (std::uint64_t k = 0; k < count && !m_sink.failed(); ++k) {
            const auto positions = m_clock.positions;
            m_clock.pass(run);
            line(event, run.asRecord());
            for (std::uint64_t rest = run.cpus; rest != 0; rest &= rest - 1) {
                const int cpu = __builtin_ctzll(rest);
                emptyCascades(event, cpu, positions[static_cast<std::size_t>(cpu)]);
            }
        }
    }

  private:
    std::uint64_t linesOf(const OpenRun& run) const
    {
        if (run.count > expandedLines) return run.count;
        std::uint64_t n = run.count;
        for (std::uint64_t rest = run.cpus; rest != 0; rest &= rest - 1) {
            n += cascadesWithin(m_geometry, m_clock.positions[static_cast<std::size_t>(__builtin_ctzll(rest))], run.count);
        }
        return n;
    }

    void emptyCascades(std::uint64_t event, int cpu, Jiffies position)
    {
        for (int level = 1; level < m_geometry.levels; ++level) {
            if (cascadesOfLevel(m_geometry, level, position, 1) == 0) return;
            Record r;
            r.kind = Kind::Spliced;
            r.site = Site::Cascade;
            r.cpu = static_cast<std::uint8_t>(cpu);
            r.slot = m_geometry.slot(cpu, level, m_geometry.level[static_cast<std::size_t>(level)].indexOf(position)).value;
            line(event, r);
        }
    }

    void line(std::uint64_t event, const Record& r)
    {
        m_line.clear();
        number(event);
        number(m_clock.ticks);
        number(m_clock.jiffies);
        number(static_cast<std::uint64_t>(m_clock.now()));
        const bool allCpus = r.kind == Kind::Passed || r.kind == Kind::ClockSet;
        if (allCpus) m_line += ',';
        else number(r.cpu);
        field(name(r.kind));
        field(name(r.site));
        field(r.item.isValid() ? m_inputs.timerName(r.item) : std::string());
        field(hasSlot(r.kind) ? m_geometry.slotName(r.slotId()) : std::string());
        const bool isSleep = r.kind == Kind::Refused && isOfKernel(r.site);
        if (hasExpiry(r.kind) && !isSleep) number(setsExpiry(r.kind) || r.kind == Kind::Refused ? r.value : r.before);
        else m_line += ',';
        if (hasDue() && setsExpiry(r.kind)) number(dueOf(m_geometry, r.slotId(), r.value, m_clock.jiffies));
        else if (hasDue()) m_line += ',';
        if (r.kind == Kind::Passed || r.kind == Kind::Counted) number(r.value);
        else if (r.kind == Kind::Spliced) number(r.link);
        else m_line += ',';
        m_text.clear();
        appendText(m_text, r, m_geometry, m_inputs);
        field(m_text);
        m_line.back() = '\n';
        m_sink.write(m_line);
    }

    static bool hasSlot(Kind k)
    {
        return setsExpiry(k) || k == Kind::Unqueued || k == Kind::Moved || k == Kind::Spliced || k == Kind::Fired;
    }
    static bool setsExpiry(Kind k) { return k == Kind::Queued || k == Kind::ItemSet; }
    bool hasDue() const { return m_geometry.is(TimerAlgorithm::Wheel61); }
    static bool hasExpiry(Kind k) { return (hasSlot(k) && k != Kind::Spliced) || k == Kind::Refused; }

    void number(std::uint64_t v)
    {
        char digits[20];
        m_line.append(digits, std::to_chars(digits, digits + sizeof digits, v).ptr);
        m_line += ',';
    }
    void field(std::string_view text)
    {
        if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
            m_line += text;
        } else {
            m_line += '"';
            for (const char c : text) m_line.append(c == '"' ? 2 : 1, c);
            m_line += '"';
        }
        m_line += ',';
    }

    const Inputs& m_inputs;
    FileSink& m_sink;
    ClockFold m_clock;
    Geometry m_geometry;
    std::uint64_t m_expandable = expandedLines;
    std::string m_line, m_text;
};

} // namespace

void writeCsv(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress)
{
    if (inputs.driver == Driver::Daemon) return writeDaemonCsv(inputs, run, sink, progress);
    CsvWriter writer(inputs, sink);
    const std::uint64_t total = run.log.size();
    for (std::uint64_t i = 0; i < total && goesOn(i, total, sink, progress); ++i) writer.record(i, run.log[i]);
    if (run.open.count != 0) writer.passed(total, run.open);
}

} // namespace jiffy::core
