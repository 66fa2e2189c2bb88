// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/daemon_csv.h"

#include "core/event/text.h"
#include "core/export/json_text.h"
#include "core/insight/lateness.h"
#include "core/world/geometry.h"

namespace jiffy::core
{

namespace
{

class DaemonCsv
{
  public:
    DaemonCsv(const Inputs& inputs, FileSink& sink)
        : m_inputs(inputs), m_sink(sink), m_geometry(daemonGeometry()), m_due(inputs.timers.size(), notYet)
    {
        m_sink.write("event,time_us,wall_us,kind,site,item,list,deadline,seconds,late_us,text\n");
    }

    void record(std::uint64_t event, const Record& r)
    {
        m_ticks += ticksOf(r);
        if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::WallStep)
            m_wallStep = r.value;
        m_line.clear();
        number(event);
        number(m_ticks);
        number(DaemonConfig::wallAtStart + m_ticks + m_wallStep);
        field(name(r.kind));
        field(name(r.site));
        field(r.item.isValid() ? m_inputs.timerName(r.item) : std::string());
        field(hasList(r.kind) ? m_geometry.slotName(r.slotId()) : std::string());
        deadline(r);
        const bool hasSeconds =
            r.site == Site::AddWork && (r.kind == Kind::Entered || r.kind == Kind::Refused);
        if (hasSeconds) {
            m_seconds = r.value;
            number(r.value);
        } else {
            m_line += ',';
        }
        lateness(r);
        m_text.clear();
        appendText(m_text, r, m_geometry, m_inputs);
        field(m_text);
        m_line.back() = '\n';
        m_sink.write(m_line);
    }

  private:
    static bool hasList(Kind k)
    {
        return k == Kind::Queued || k == Kind::Unqueued || k == Kind::Moved || k == Kind::Spliced ||
               k == Kind::Fired;
    }
    bool isWork(const Record& r) const
    {
        return r.item.isValid() && r.item != m_inputs.daemon.pipe && !m_inputs.daemon.isSource(r.item);
    }

    void deadline(const Record& r)
    {
        if (hasList(r.kind) && isWork(r)) {
            const auto when = r.kind == Kind::Queued ? r.value : r.before;
            if (when == DaemonConfig::immediate)
                m_line += "immediate";
            else
                appendNumber(m_line, when);
        }
        m_line += ',';
    }
    void lateness(const Record& r)
    {
        if (r.item.value < m_due.size() && r.kind == Kind::Queued && r.site == Site::AddWork)
            m_due[r.item.value] = m_ticks + m_seconds * 1'000'000;
        if (r.kind == Kind::Fired && r.item.value < m_due.size() && m_due[r.item.value] != notYet)
            appendNumber(m_line, static_cast<std::int64_t>(m_ticks - m_due[r.item.value]));
        m_line += ',';
    }
    void number(std::uint64_t v)
    {
        appendNumber(m_line, v);
        m_line += ',';
    }
    void field(std::string_view text)
    {
        if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
            m_line += text;
        } else {
            m_line += '"';
            for (const char c : text)
                m_line.append(c == '"' ? 2 : 1, c);
            m_line += '"';
        }
        m_line += ',';
    }

    const Inputs& m_inputs;
    FileSink& m_sink;
    Geometry m_geometry;
    std::vector<std::uint64_t> m_due; ///< by item: when its last add is due
    std::uint64_t m_ticks = 0, m_wallStep = 0, m_seconds = 0;
    std::string m_line, m_text;
};

} // namespace

void writeDaemonCsv(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress)
{
    DaemonCsv writer(inputs, sink);
    const std::uint64_t total = run.log.size();
    for (std::uint64_t i = 0; i < total && goesOn(i, total, sink, progress); ++i)
        writer.record(i, run.log[i]);
}

} // namespace jiffy::core
