// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/daemon_trace.h"

#include "core/export/json_text.h"
#include "core/insight/lateness.h"
#include "core/world/geometry.h"

#include <algorithm>
#include <vector>

namespace jiffy::core
{

namespace
{

constexpr std::uint32_t ownTracks = 1000; ///< items with a track of their own; the rest share one
constexpr int daemonProcess = 1, workProcess = 2;
constexpr std::uint64_t loopThread = 1, signalThread = 2, pipeThread = 3, otherItemsThread = 1000,
                        firstItemThread = 1001;

/// Slices are pairs of B and E with the same name and arguments, in order of time.
class DaemonTrace
{
  public:
    DaemonTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, TimeBase base)
        : m_inputs(inputs), m_daemon(inputs.daemon), m_log(run.log), m_sink(sink),
          m_geometry(daemonGeometry()), m_instants(inputs.machine, run.log, run.endTicks, base),
          m_items(inputs.timers.size()), m_due(inputs.timers.size(), notYet)
    {
        head(run, base);
    }

    void record(std::uint64_t event)
    {
        m_event = event;
        if (event >= m_groupEnd) m_groupEnd = m_instants.groupEnd(event);
        const Record& r = m_log[event];
        m_ticks += ticksOf(r);
        switch (r.kind) {
        case Kind::Entered:
            return entered(r);
        case Kind::Left:
            return left(r);
        case Kind::Raised:
            return mark(daemonProcess, signalThread, "alarm", "SIGALRM");
        case Kind::Queued:
            return queued(r);
        case Kind::Moved:
            if (isWork(r.item)) stand(r, r.before);
            return;
        case Kind::Unqueued:
            return unqueued(r);
        case Kind::Fired:
            return fired(r);
        case Kind::Refused:
            return mark(daemonProcess, loopThread, "refused",
                        "add_work of " + m_inputs.timerName(r.item) + " refused");
        case Kind::RegisterSet:
            return registerSet(r);
        case Kind::Noted:
            return noted(r);
        default:
            return;
        }
    }
    /// What is open ends with the run.
    void finish()
    {
        m_event = m_log.size();
        const auto end = m_instants.end();
        while (!m_signal.empty())
            close(m_signal, signalThread, end);
        while (!m_loop.empty())
            close(m_loop, loopThread, end);
        if (!m_pipe.empty()) close(m_pipe, pipeThread, end);
        for (std::uint32_t i = 0; i < m_items.size(); ++i)
            leave(TimerId(i), end);
        m_sink.write("\n]}\n");
    }

  private:
    struct Open
    {
        std::string text; ///< category, name, arguments
        Site site = Site::None;
    };
    using Stack = std::vector<Open>;

    bool isWork(TimerId item) const
    {
        return item.isValid() && item != m_daemon.pipe && !m_daemon.isSource(item);
    }
    bool hasTrack(TimerId item) const { return item.value < ownTracks; }
    std::uint64_t threadOf(TimerId item) const
    {
        return hasTrack(item) ? firstItemThread + item.value : otherItemsThread;
    }

    // ---- lines

    void head(const Snapshot& run, TimeBase base)
    {
        m_line = R"({"displayTimeUnit":"ms","otherData":{"program":"Jiffyscope")";
        appendJsonPair(m_line, "title", m_inputs.title);
        appendJsonPair(m_line, "time",
                       base == TimeBase::True ? "true: time of the run, 1 ns between the events of an instant"
                                              : "logical: 1 s is one microsecond");
        appendJsonPair(m_line, "scheduler",
                       m_daemon.scheduler == WorkScheduler::Old   ? "old"
                       : m_daemon.scheduler == WorkScheduler::New ? "new"
                                                                  : "timerfd");
        appendJsonNumber(m_line, "wallAtStart", DaemonConfig::wallAtStart);
        appendJsonNumber(m_line, "events", run.log.size());
        appendJsonNumber(m_line, "microseconds", run.endTicks);
        m_line += "},\"traceEvents\":[\n";
        m_sink.write(m_line);
        name("process_name", daemonProcess, 0, "tgtd");
        name("process_name", workProcess, 0, "Work");
        name("thread_name", daemonProcess, loopThread, "event loop");
        name("thread_name", daemonProcess, signalThread, "signal handler");
        name("thread_name", daemonProcess, pipeThread,
             m_daemon.scheduler == WorkScheduler::TimerFd ? "timerfd" : "pipe");
    }
    void begin(std::string_view phase, int process, std::uint64_t thread)
    {
        m_line.assign(m_isFirst ? "" : ",\n");
        m_isFirst = false;
        m_line.append("{\"ph\":\"").append(phase).append("\",\"pid\":");
        appendNumber(m_line, process);
        m_line += ",\"tid\":";
        appendNumber(m_line, thread);
    }
    void name(std::string_view what, int process, std::uint64_t thread, std::string_view text)
    {
        begin("M", process, thread);
        m_line.append(",\"ts\":0,\"name\":\"").append(what).append("\",\"args\":{\"name\":");
        appendJsonString(m_line, text);
        m_line += "}}";
        m_sink.write(m_line);
    }
    /// Microseconds, finer ones as decimals.
    void time(const TraceInstant& t)
    {
        m_line += ",\"ts\":";
        const auto us = t.ps / 1'000'000;
        if (t.seconds != 0) {
            appendNumber(m_line, t.seconds);
            digits(us, 6);
        } else {
            appendNumber(m_line, us);
        }
        if (const auto rest = t.ps % 1'000'000; rest != 0) {
            m_line += '.';
            digits(rest, 6);
        }
    }
    void digits(std::uint64_t v, int count)
    {
        char text[6];
        for (int i = count; i-- > 0; v /= 10)
            text[i] = static_cast<char>('0' + v % 10);
        m_line.append(text, static_cast<std::size_t>(count));
    }
    std::string described(std::string_view category, std::string_view text) const
    {
        std::string out;
        appendJsonPair(out, "cat", category);
        appendJsonPair(out, "name", text);
        out += ",\"args\":{\"order\":";
        appendNumber(out, m_event);
        return out;
    }
    void edge(std::string_view phase, int process, std::uint64_t thread, const TraceInstant& at,
              const std::string& text)
    {
        begin(phase, process, thread);
        time(at);
        m_line.append(text).append("}}");
        m_sink.write(m_line);
    }
    void mark(int process, std::uint64_t thread, std::string_view category, const std::string& text,
              const std::string& more = {})
    {
        begin("i", process, thread);
        time(m_instants.at(m_event));
        m_line.append(",\"s\":\"t\"").append(described(category, text)).append(more).append("}}");
        m_sink.write(m_line);
    }
    void open(Stack& stack, std::uint64_t thread, Site site, std::string text)
    {
        edge("B", daemonProcess, thread, m_instants.at(m_event), text);
        stack.push_back({std::move(text), site});
    }
    void close(Stack& stack, std::uint64_t thread, const TraceInstant& at)
    {
        edge("E", daemonProcess, thread, at, stack.back().text);
        stack.pop_back();
    }

    // ---- the thread

    void entered(const Record& r)
    {
        switch (r.site) {
        case Site::WorkTimerSigHandler:
            return open(m_signal, signalThread, r.site, described("signal", "work_timer_sig_handler"));
        case Site::EpollWait:
            return open(m_loop, loopThread, r.site, described("wait", "epoll_wait"));
        case Site::IoHandler:
            return open(m_loop, loopThread, r.site,
                        described("handler",
                                  r.item == m_daemon.pipe ? "work_timer_evt_handler" : handlerName(r.item)));
        case Site::ExecuteWork:
        case Site::Schedule:
            return open(m_loop, loopThread, r.site, described("pass", core::name(r.site)));
        case Site::AddWork: {
            m_seconds = r.value;
            auto text = described("call", "add_work " + m_inputs.timerName(r.item));
            appendJsonNumber(text, "seconds", r.value);
            return open(m_loop, loopThread, r.site, std::move(text));
        }
        case Site::WorkTimerStart:
        case Site::WorkTimerStop:
        case Site::SlowCall:
        case Site::ExecScheduled:
            return open(m_loop, loopThread, r.site, described("call", core::name(r.site)));
        case Site::DelWork:
            return mark(daemonProcess, loopThread, "call", "del_work " + m_inputs.timerName(r.item));
        default:
            return;
        }
    }
    void left(const Record& r)
    {
        auto& stack = r.site == Site::WorkTimerSigHandler ? m_signal : m_loop;
        const auto thread = r.site == Site::WorkTimerSigHandler ? signalThread : loopThread;
        if (!stack.empty() && stack.back().site == r.site) close(stack, thread, m_instants.at(m_event));
    }
    std::string handlerName(TimerId source) const
    {
        if (m_daemon.isSource(source)) {
            const auto action = m_daemon.sources[source.value - m_daemon.firstSource];
            const auto file =
                action < m_inputs.actions.size() ? m_inputs.actions[action].target : std::uint8_t{0};
            if (file != 0 && file <= m_daemon.files.size())
                return "fd " + std::to_string(m_daemon.files[file - 1u].fd) + ", " +
                       m_daemon.files[file - 1u].name;
        }
        return m_inputs.timerName(source);
    }
    void registerSet(const Record& r)
    {
        const auto which = static_cast<Register>(r.slot);
        if (which == Register::PipeBytes || which == Register::Expirations) {
            if (r.before == 0 && r.value != 0) {
                auto text = described("pipe", which == Register::PipeBytes ? "bytes in the pipe"
                                                                           : "expirations unread");
                open(m_pipe, pipeThread, r.site, std::move(text));
            } else if (r.value == 0 && !m_pipe.empty()) {
                close(m_pipe, pipeThread, m_instants.at(m_event));
            }
        } else if (which == Register::WallStep) {
            std::string more;
            appendJsonNumber(more, "us", static_cast<std::int64_t>(r.value - r.before));
            mark(daemonProcess, loopThread, "clock", "the wall clock is stepped", more);
        } else if (which == Register::AlarmBlocked && r.value != 0) {
            mark(daemonProcess, signalThread, "alarm", r.before == 0 ? "SIGALRM, blocked" : "SIGALRM, lost");
        }
    }
    void noted(const Record& r)
    {
        if (r.site == Site::WorkTimerScheduleEvt)
            return mark(daemonProcess, m_signal.empty() ? loopThread : signalThread, "swallowed",
                        "timer_pending is set");
        if (r.site == Site::Write)
            return mark(daemonProcess, m_signal.empty() ? loopThread : signalThread, "fault",
                        "write() went wrong");
        if (r.site == Site::Limit)
            return mark(daemonProcess, loopThread, "limit", "the run ends at its limit of events");
        if (r.site == Site::Spin) return mark(daemonProcess, loopThread, "limit", "funcs run without an end");
    }

    // ---- items

    std::string withDeadline(std::string text, std::uint64_t when) const
    {
        if (when == DaemonConfig::immediate)
            appendJsonPair(text, "deadline", "immediate");
        else
            appendJsonNumber(text, "deadline", when);
        return text;
    }
    /// On another list from now on.
    void stand(const Record& r, std::uint64_t when)
    {
        const auto at = m_instants.at(m_event);
        leave(r.item, at);
        if (!hasTrack(r.item))
            return mark(workProcess, otherItemsThread, "list",
                        m_inputs.timerName(r.item) + ": " + m_geometry.slotName(r.slotId()));
        introduce(r.item);
        auto& text = m_items[r.item.value] =
            withDeadline(described("list", m_geometry.slotName(r.slotId())), when);
        edge("B", workProcess, threadOf(r.item), at, text);
    }
    void leave(TimerId item, const TraceInstant& at)
    {
        auto& text = m_items[item.value];
        if (text.empty()) return;
        edge("E", workProcess, threadOf(item), at, text);
        text.clear();
    }
    void introduce(TimerId item)
    {
        if (m_introduced.size() <= item.value) m_introduced.resize(item.value + 1);
        if (m_introduced[item.value]) return;
        m_introduced[item.value] = true;
        name("thread_name", workProcess, threadOf(item), m_inputs.timerName(item));
    }
    void queued(const Record& r)
    {
        if (r.site != Site::AddWork) return;
        m_due[r.item.value] = m_ticks + m_seconds * 1'000'000;
        stand(r, r.value);
    }
    void unqueued(const Record& r)
    {
        if (r.site != Site::DelWork) return;
        leave(r.item, m_instants.at(m_event));
        mark(daemonProcess, loopThread, "call", "del_work " + m_inputs.timerName(r.item));
        mark(workProcess, threadOf(r.item), "deleted",
             hasTrack(r.item) ? std::string("deleted") : m_inputs.timerName(r.item) + ": deleted");
    }
    void fired(const Record& r)
    {
        leave(r.item, m_instants.at(m_event));
        std::string late;
        if (m_due[r.item.value] != notYet)
            appendJsonNumber(late, "late_us", static_cast<std::int64_t>(m_ticks - m_due[r.item.value]));
        mark(workProcess, threadOf(r.item), "ran",
             hasTrack(r.item) ? std::string("runs") : m_inputs.timerName(r.item) + ": runs", late);
        open(m_loop, loopThread, Site::Callback,
             withDeadline(described("func", m_inputs.timerName(r.item)), r.before) + late);
    }

    const Inputs& m_inputs;
    const DaemonConfig& m_daemon;
    const LogView& m_log;
    FileSink& m_sink;
    Geometry m_geometry;
    TraceInstants m_instants;
    std::vector<std::string> m_items; ///< by item: the slice that is open; empty: none
    std::vector<std::uint64_t> m_due; ///< by item: when its last add is due
    std::vector<bool> m_introduced;   ///< by item: its track has its name
    Stack m_loop, m_signal, m_pipe;   ///< outermost first
    std::uint64_t m_event = 0, m_groupEnd = 0, m_ticks = 0, m_seconds = 0;
    bool m_isFirst = true;
    std::string m_line;
};

} // namespace

void writeDaemonTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress,
                      TimeBase base)
{
    DaemonTrace trace(inputs, run, sink, base);
    const std::uint64_t total = run.log.size();
    for (std::uint64_t i = 0; i < total && goesOn(i, total, sink, progress); ++i)
        trace.record(i);
    trace.finish();
}

} // namespace jiffy::core
