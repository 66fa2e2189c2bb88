// SPDX-License-Identifier: GPL-3.0-or-later
// A run as Chrome trace events (JSON), which Perfetto, Speedscope and chrome://tracing open: a track a CPU with its
// softirqs, cascades and callbacks, a track a timer with what slot it lay in from when to when. README.md beside this
// file describes tracks, categories and the two time axes.
//
// Slices are pairs of B and E. Complete events (X) would be shorter, but readers add their ts and dur in floating point,
// and then a slice can end behind the beginning of the next one. An E repeats name and arguments of its B, for
// Speedscope finds them by both. The file is in order of time. Memory: what is open on each track, of which there are at
// most ownTracks, whatever the number of timers.
#include "core/export/daemon_trace.h"
#include "core/export/formats.h"
#include "core/export/json_text.h"
#include "core/export/trace_instants.h"
#include "core/event/text_kernel.h"
#include "core/insight/clock_fold.h"
#include "core/insight/due.h"
#include "core/timers/registry.h"

#include <algorithm>
#include <vector>

namespace jiffy::core
{

namespace
{

constexpr std::size_t ownTracks = 1000; ///< timers with a track of their own; the rest share one
constexpr int cpuProcess = 1, timerProcess = 2, taskProcess = 3, lockProcess = 4;
constexpr std::uint64_t firstSleepThread = 101; ///< a machine of CPUs: when CPU c was idle, and its tick stopped
constexpr std::uint64_t firstTimerThread = 1001, otherTimersThread = 1000; ///< CPU c is thread c + 1

bool isCall(Site s)
{
    switch (s) {
    case Site::AddTimer:
    case Site::AddTimerOn:
    case Site::ModTimer:
    case Site::ModTimerPending:
    case Site::ModTimerPinned:
    case Site::TimerReduce:
    case Site::DelTimer:
    case Site::TryToDelTimerSync: return true;
    default: return false;
    }
}

bool isDeletion(Site s) { return s == Site::DelTimer || s == Site::TryToDelTimerSync; }

/// The timers that get a track: those with a name of their own first, then members of populations, in order.
std::vector<std::uint32_t> trackedTimers(const Inputs& inputs)
{
    std::vector<std::uint32_t> tracked;
    const auto take = [&](bool named) {
        for (std::uint32_t i = 0; i < inputs.timers.size() && tracked.size() < ownTracks; ++i)
            if ((inputs.timers[i].number == 0) == named) tracked.push_back(i);
    };
    take(true);
    take(false);
    std::sort(tracked.begin(), tracked.end());
    return tracked;
}

class ChromeTrace
{
  public:
    ChromeTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, TimeBase base)
        : m_inputs(inputs), m_log(run.log), m_sink(sink),
          m_geometry(geometryOf(inputs.machine)),
          m_clock(inputs.machine), m_instants(inputs.machine, run.log, run.endTicks, base), m_tracked(trackedTimers(inputs)),
          m_open(m_tracked.size()), m_running(static_cast<std::size_t>(inputs.machine.cpus)), m_isKernel(inputs.machine.kernel.isThere)
    {
        writeHead(run, base);
    }

    void record(std::uint64_t event)
    {
        const Record& r = m_log[event];
        if (event >= m_groupEnd) enterGroup(event);
        m_clock.apply(r);
        m_event = event;
        switch (r.kind) {
        case Kind::Entered: return entered(r);
        case Kind::Left: return left(r);
        case Kind::Spliced:
            if (r.site == Site::Cascade) cascade(r);
            else if (m_geometry.is(TimerAlgorithm::Wheel61)) bucketDue(r);
            return;
        case Kind::Queued: return queued(r);
        case Kind::ItemSet: return expirySet(r);
        case Kind::Counted: return counted(r);
        case Kind::Moved: return moved(r);
        case Kind::Unqueued: return unqueued(r);
        case Kind::Fired: return fired(r);
        case Kind::Refused: return refused(r);
        case Kind::RegisterSet:
            if (m_isKernel) return kernelRegister(r);
            if (r.site == Site::SetIdle) cpuMark(r, "idle", r.value != 0 ? "idle" : "busy");
            return;
        case Kind::Chosen: return cpuMark(r, "choice", "CPU " + std::to_string(r.cpu) + " goes first");
        case Kind::Raised:
            if (r.site == Site::RunLocalTimers) return cpuMark(r, "raise", "raises TIMER_SOFTIRQ");
            return cpuMark(r, "wake-up", "wakes CPU " + std::to_string(r.link));
        case Kind::Noted: return noted(r);
        default: return;
        }
    }

    /// The slices that are still open, and the closing brackets.
    void finish()
    {
        enterGroup(m_log.size());
        for (std::size_t cpu = 0; cpu < m_running.size(); ++cpu)
            while (!m_running[cpu].empty()) endSlice(cpu, m_instants.end());
        for (auto& row : m_rows)
            while (!row.slices.empty()) endRow(row, m_instants.end());
        for (std::size_t track = 0; track < m_open.size(); ++track) leaveSlot(track, m_instants.end());
        m_sink.write("\n]}\n");
    }

  private:
    /// What a timer's track shows at present.
    struct Segment
    {
        std::uint64_t order = 0;
        Jiffies expires = 0;
        Jiffies due = 0;          ///< 6.1: of the bucket
        std::uint32_t slot = ~0u; ///< ~0: the timer is not armed
        std::uint32_t from = ~0u; ///< the slot that a cascade took it from
        Site site = Site::None;
        bool isNamed = false;     ///< the track has been introduced
    };
    /// A slice of a CPU that has begun.
    struct Running
    {
        std::string text;           ///< category, name and arguments
        Site site = Site::None;
        std::uint64_t moves = 0;    ///< cascade: timers still to be moved
        Register reg = Register::TimerJiffies; ///< RegisterSet: which began it
    };
    /// A row of its own: of a CPU's sleep, a process's states, a lock's owners.
    struct Row
    {
        int process = 0;
        std::uint64_t thread = 0;
        std::vector<Running> slices; ///< outermost first
    };

    void enterGroup(std::uint64_t event)
    {
        // Nothing outlasts its instant, but where code takes time; only a log that was cut short leaves anything open.
        for (std::size_t cpu = 0; cpu < m_running.size() && !m_isKernel; ++cpu)
            while (!m_running[cpu].empty()) endSlice(cpu, m_instants.at(m_groupEnd));
        m_groupEnd = m_instants.groupEnd(event);
    }

    // ---- lines ----------------------------------------------------------------------------------------------------

    void writeHead(const Snapshot& run, TimeBase base)
    {
        m_line = R"({"displayTimeUnit":"ns","otherData":{"program":"Jiffyscope")";
        appendJsonPair(m_line, "title", m_inputs.title);
        appendJsonPair(m_line, "time", base == TimeBase::True ? "true: virtual time of the run, 1 ns between the events of an instant"
                                                              : "logical: 1 s is one tick");
        appendJsonPair(m_line, "algorithm", timersOf(m_inputs.machine).name);
        appendJsonNumber(m_line, "hz", m_inputs.machine.hz.value);
        appendJsonNumber(m_line, "jiffies", m_inputs.machine.jiffies);
        appendJsonNumber(m_line, "events", run.log.size());
        appendJsonNumber(m_line, "ticks", run.endTicks);
        appendJsonNumber(m_line, "timers", m_inputs.timers.size());
        appendJsonNumber(m_line, "timersWithoutTrack", m_inputs.timers.size() - m_tracked.size());
        m_line += "},\"traceEvents\":[\n";
        m_sink.write(m_line);
        m_isFirst = true;
        introduce("process_name", cpuProcess, 0, "CPUs");
        introduce("process_name", timerProcess, 0, "Timers");
        order("process_sort_index", cpuProcess, 0, cpuProcess);
        order("process_sort_index", timerProcess, 0, timerProcess);
        for (int c = 0; c < m_inputs.machine.cpus; ++c) introduceThread(cpuProcess, cpuThread(c), "CPU " + std::to_string(c));
        if (m_isKernel) introduceRows();
        if (m_tracked.size() < m_inputs.timers.size())
            introduceThread(timerProcess, otherTimersThread,
                            std::to_string(m_inputs.timers.size() - m_tracked.size()) + " other timers");
    }
    static std::uint64_t cpuThread(int cpu) { return static_cast<std::uint64_t>(cpu) + 1; }

    void begin(std::string_view phase, int process, std::uint64_t thread)
    {
        m_line.assign(m_isFirst ? "" : ",\n");
        m_isFirst = false;
        m_line.append("{\"ph\":\"").append(phase).append("\",\"pid\":");
        appendNumber(m_line, process);
        m_line += ",\"tid\":";
        appendNumber(m_line, thread);
    }
    void end()
    {
        m_line += "}}";
        m_sink.write(m_line);
    }
    void introduce(std::string_view what, int process, std::uint64_t thread, std::string_view name)
    {
        begin("M", process, thread);
        m_line.append(",\"ts\":0,\"name\":\"").append(what).append("\",\"args\":{\"name\":");
        appendJsonString(m_line, name);
        end();
    }
    void order(std::string_view what, int process, std::uint64_t thread, std::uint64_t index)
    {
        begin("M", process, thread);
        m_line.append(",\"ts\":0,\"name\":\"").append(what).append("\",\"args\":{\"sort_index\":");
        appendNumber(m_line, index);
        end();
    }
    void introduceThread(int process, std::uint64_t thread, std::string_view name)
    {
        introduce("thread_name", process, thread, name);
        order("thread_sort_index", process, thread, thread);
    }

    /// Microseconds, finer ones as decimals.
    void time(std::string_view key, const TraceInstant& t)
    {
        m_line.append(",\"").append(key).append("\":");
        if (t.seconds != 0) {
            appendNumber(m_line, t.seconds);
            digits(t.ps / 1'000'000, 6);
        } else {
            appendNumber(m_line, t.ps / 1'000'000);
        }
        const auto rest = t.ps % 1'000'000;
        if (rest == 0) return;
        m_line += '.';
        if (rest % 1000 == 0) digits(rest / 1000, 3);
        else digits(rest, 6);
    }
    void digits(std::uint64_t v, int count)
    {
        char text[6];
        for (int i = count; i-- > 0; v /= 10) text[i] = static_cast<char>('0' + v % 10);
        m_line.append(text, static_cast<std::size_t>(count));
    }
    void mark(int process, std::uint64_t thread, std::string_view category, std::string_view name)
    {
        begin("i", process, thread);
        time("ts", m_instants.at(m_event));
        m_line += ",\"s\":\"t\"";
        describe(m_line, category, name, m_event);
    }
    /// Up to the arguments, of which the order is the first.
    static void describe(std::string& out, std::string_view category, std::string_view name, std::uint64_t order)
    {
        appendJsonPair(out, "cat", category);
        appendJsonPair(out, "name", name);
        out += ",\"args\":{\"order\":";
        appendNumber(out, order);
    }
    void sliceEdge(std::string_view phase, int process, std::uint64_t thread, const TraceInstant& at, std::string_view text)
    {
        begin(phase, process, thread);
        time("ts", at);
        m_line += text;
        end();
    }

    // ---- CPUs -----------------------------------------------------------------------------------------------------

    /// Begins a slice; m_text has its description.
    void beginSlice(const Record& r, std::uint64_t moves = 0)
    {
        auto& stack = m_running[r.cpu];
        stack.push_back({m_text, r.site, moves});
        sliceEdge("B", cpuProcess, cpuThread(r.cpu), m_instants.at(m_event), stack.back().text);
    }
    void endSlice(std::size_t cpu, std::uint64_t event) { endSlice(cpu, m_instants.at(event)); }
    void endSlice(std::size_t cpu, const TraceInstant& at)
    {
        sliceEdge("E", cpuProcess, cpu + 1, at, m_running[cpu].back().text);
        m_running[cpu].pop_back();
    }
    /// Ends what a record says is over, and what was still open within it.
    void left(const Record& r)
    {
        auto& stack = m_running[r.cpu];
        const auto site = r.site == Site::Callback ? Site::RunTimers : r.site; // a callback began with Fired
        if (std::none_of(stack.begin(), stack.end(), [&](const Running& s) { return s.site == site; })) return;
        while (stack.back().site != site) endSlice(r.cpu, m_event);
        endSlice(r.cpu, m_event);
    }
    void startText(std::string_view category, std::string_view name)
    {
        m_text.clear();
        describe(m_text, category, name, m_event);
    }
    void cpuMark(const Record& r, std::string_view category, std::string_view name)
    {
        mark(cpuProcess, cpuThread(r.cpu), category, name);
        end();
    }
    void entered(const Record& r)
    {
        if (isOfKernel(r.site) && r.site != Site::ScheduleTimeout) return enteredKernel(r);
        if (r.item.isValid()) return cpuMark(r, "call", callText(r));
        if (r.site != Site::RunTimerSoftirq) return;
        startText("softirq", "run_timer_softirq");
        appendJsonNumber(m_text, "jiffies", m_clock.jiffies);
        beginSlice(r);
    }
    void cascade(const Record& r)
    {
        startText("cascade", "cascade " + m_geometry.slotName(r.slotId()));
        appendJsonNumber(m_text, "timers", r.link);
        beginSlice(r, r.link);
        if (r.link == 0) endSlice(r.cpu, m_event + 1);
    }
    /// 6.1: no time passes until its timers are called.
    void bucketDue(const Record& r)
    {
        mark(cpuProcess, cpuThread(r.cpu), "due", m_geometry.slotName(r.slotId()) + " is due");
        appendJsonNumber(m_line, "timers", r.link);
        end();
    }
    void counted(const Record& r)
    {
        mark(cpuProcess, cpuThread(r.cpu), "walk", m_inputs.timerName(r.item) + ": " + std::to_string(r.value) + (r.value == 1 ? " comparison" : " comparisons"));
        appendJsonNumber(m_line, "comparisons", r.value);
        end();
    }
    std::string callText(const Record& r) const { return std::string(name(r.site)) + ' ' + m_inputs.timerName(r.item); }

    // ---- a machine of CPUs ----------------------------------------------------------------------------------------

    std::string programName(std::uint64_t program) const
    {
        if (program >= m_inputs.programs.size()) return std::to_string(program);
        const auto at = m_inputs.programs[program].name;
        return at < m_inputs.names.size() ? m_inputs.names[at] : std::to_string(program);
    }
    Row& sleepRow(std::size_t cpu) { return m_rows[cpu]; }
    Row& taskRow(std::size_t process) { return m_rows[m_running.size() + process]; }
    Row& lockRow(std::size_t lock) { return m_rows[m_running.size() + m_tasks.size() + lock]; }
    void introduceRows()
    {
        const auto& kernel = m_inputs.machine.kernel;
        for (std::size_t c = 0; c < m_running.size(); ++c) {
            m_rows.push_back({cpuProcess, firstSleepThread + c, {}});
            introduceThread(cpuProcess, firstSleepThread + c, "CPU " + std::to_string(c) + " idle");
        }
        m_tasks.resize(kernel.processes);
        if (kernel.processes != 0) introduce("process_name", taskProcess, 0, "Processes");
        for (std::uint64_t p = 0; p < kernel.processes; ++p) {
            m_rows.push_back({taskProcess, p + 1, {}});
            introduceThread(taskProcess, p + 1, programName(p));
        }
        if (kernel.locks != 0) introduce("process_name", lockProcess, 0, "Locks");
        for (std::uint64_t l = 0; l < kernel.locks; ++l) {
            m_rows.push_back({lockProcess, l + 1, {}});
            introduceThread(lockProcess, l + 1, l < m_inputs.locks.size() ? m_inputs.locks[l] : std::to_string(l));
        }
    }
    /// m_text has the description.
    void beginRow(Row& row, Register reg)
    {
        row.slices.push_back({m_text, Site::None, 0, reg});
        sliceEdge("B", row.process, row.thread, m_instants.at(m_event), m_text);
    }
    void endRow(Row& row, const TraceInstant& at)
    {
        sliceEdge("E", row.process, row.thread, at, row.slices.back().text);
        row.slices.pop_back();
    }
    /// What a register began, and what is still open within it.
    void endRegister(Row& row, Register reg)
    {
        if (std::none_of(row.slices.begin(), row.slices.end(), [&](const Running& s) { return s.reg == reg; })) return;
        while (row.slices.back().reg != reg) endRow(row, m_instants.at(m_event));
        endRow(row, m_instants.at(m_event));
    }
    void beginRegister(const Record& r, Register reg)
    {
        beginSlice(r);
        m_running[r.cpu].back().reg = reg;
        m_running[r.cpu].back().site = Site::None;
    }
    void endRegister(const Record& r, Register reg)
    {
        auto& stack = m_running[r.cpu];
        const auto is = [&](const Running& s) { return s.site == Site::None && s.reg == reg; };
        if (std::none_of(stack.begin(), stack.end(), is)) return;
        while (!is(stack.back())) endSlice(r.cpu, m_event);
        endSlice(r.cpu, m_event);
    }
    void enteredKernel(const Record& r)
    {
        switch (r.site) {
        case Site::TickInterrupt: startText("interrupt", r.value != 0 ? "tick, woken" : "tick"); return beginSlice(r);
        case Site::DeviceInterrupt: startText("interrupt", programName(r.value)); return beginSlice(r);
        case Site::Ipi: startText("interrupt", "scheduler_ipi"); return beginSlice(r);
        case Site::DelTimerSync: startText("call", callText(r)); return beginSlice(r);
        case Site::Mdelay:
            // A process may be interrupted in its delay by another process: its row shows that it runs.
            if (r.link != 0) return;
            startText("delay", "mdelay");
            appendJsonNumber(m_text, "ns", r.value);
            return beginSlice(r);
        default: break;
        }
        if (r.item.isValid()) return cpuMark(r, "call", callText(r));
        cpuMark(r, "call", std::string(name(r.site)) + (r.link != 0 ? ' ' + programName(r.link - 1) : std::string()));
    }
    /// What a process is in: on a CPU, ready for it, asleep.
    void showTask(std::size_t process)
    {
        Task& task = m_tasks[process];
        const bool isRunning = task.state == TaskState::Running;
        const std::string now = task.state == TaskState::New || task.state == TaskState::Dead ? std::string()
                                : isRunning && task.cpu != 0                                ? "on CPU " + std::to_string(task.cpu - 1)
                                : isRunning                                                 ? std::string("TASK_RUNNING, waits")
                                                                                            : std::string(name(task.state));
        if (now == task.shown) return;
        Row& row = taskRow(process);
        while (!row.slices.empty()) endRow(row, m_instants.at(m_event));
        task.shown = now;
        if (now.empty()) return;
        startText("process", now);
        beginRow(row, Register::TaskState);
    }
    void taskSet(const Record& r)
    {
        if (r.link >= m_tasks.size()) return;
        m_tasks[r.link].state = static_cast<TaskState>(r.value);
        if (r.site == Site::TryToWakeUp) {
            mark(taskProcess, r.link + 1, "wake-up", "wake_up_process");
            appendJsonNumber(m_line, "cpu", r.cpu);
            end();
        }
        showTask(r.link);
    }
    void currentSet(const Record& r)
    {
        const auto on = static_cast<std::uint32_t>(r.cpu) + 1;
        if (r.before != 0) {
            endRegister(r, Register::CurrentTask);
            Task& task = m_tasks[r.before - 1];
            if (task.cpu == on) task.cpu = 0;
            showTask(r.before - 1);
        }
        if (r.value == 0) return;
        startText("process", programName(r.value - 1));
        beginRegister(r, Register::CurrentTask);
        m_tasks[r.value - 1].cpu = on;
        showTask(r.value - 1);
    }
    void kernelRegister(const Record& r)
    {
        const auto reg = static_cast<Register>(r.slot);
        switch (reg) {
        case Register::Idle:
        case Register::TickStopped:
            if (r.value == 0) return endRegister(sleepRow(r.cpu), reg);
            startText("idle", reg == Register::Idle ? "idle" : "tick stopped");
            return beginRow(sleepRow(r.cpu), reg);
        case Register::Spinning:
            if (r.before != 0) endRegister(r, reg);
            if (r.value == 0) return;
            startText("spin", "spins for " + spinText(r.value, m_inputs));
            return beginRegister(r, reg);
        case Register::LockOwner:
            if (r.before != 0) endRegister(lockRow(r.link), reg);
            if (r.value == 0) return;
            startText("lock", "CPU " + std::to_string(r.value - 1));
            return beginRow(lockRow(r.link), reg);
        case Register::TaskState: return taskSet(r);
        case Register::CurrentTask: return currentSet(r);
        case Register::SignalPending:
            if (r.value == 0 || r.link >= m_tasks.size()) return;
            mark(taskProcess, r.link + 1, "signal", "signal");
            return end();
        case Register::Freed: return cpuMark(r, "free", "kfree " + m_inputs.timerName(r.item));
        default: return;
        }
    }

    // ---- timers ---------------------------------------------------------------------------------------------------

    /// Index of a timer's own track, or that of none.
    std::size_t trackOf(TimerId timer) const
    {
        const auto it = std::lower_bound(m_tracked.begin(), m_tracked.end(), timer.value);
        return it != m_tracked.end() && *it == timer.value ? static_cast<std::size_t>(it - m_tracked.begin()) : noTrack;
    }
    std::uint64_t threadOf(std::size_t track)
    {
        if (track == noTrack) return otherTimersThread;
        const std::uint64_t thread = firstTimerThread + m_tracked[track];
        if (!m_open[track].isNamed) {
            m_open[track].isNamed = true;
            introduceThread(timerProcess, thread, m_inputs.timerName(TimerId(m_tracked[track])));
        }
        return thread;
    }
    /// A mark on a timer's track, up to the arguments; on the common one it says whose it is.
    void timerMark(const Record& r, std::string_view category, std::string_view text)
    {
        const auto track = trackOf(r.item);
        const auto thread = threadOf(track);
        if (track != noTrack) return mark(timerProcess, thread, category, text);
        mark(timerProcess, thread, category, m_inputs.timerName(r.item) + ' ' + std::string(text));
    }

    void segmentEdge(std::string_view phase, std::size_t track, const TraceInstant& at)
    {
        const Segment& s = m_open[track];
        m_text.clear();
        describe(m_text, s.site == Site::Cascade ? "moved" : "queued", m_geometry.slotName(SlotId(s.slot)), s.order);
        appendJsonNumber(m_text, "expires", s.expires);
        if (m_geometry.is(TimerAlgorithm::Wheel61)) appendJsonNumber(m_text, "due", s.due);
        appendJsonNumber(m_text, "cpu", m_geometry.cpuOf(s.slot));
        appendJsonPair(m_text, "by", name(s.site));
        if (s.from != ~0u) appendJsonPair(m_text, "from", m_geometry.slotName(SlotId(s.from)));
        sliceEdge(phase, timerProcess, threadOf(track), at, m_text);
    }
    void leaveSlot(std::size_t track, const TraceInstant& at)
    {
        if (m_open[track].slot == ~0u) return;
        segmentEdge("E", track, at);
        m_open[track].slot = ~0u;
    }
    /// A timer was filed: its track shows the slot until it leaves it.
    void enterSlot(const Record& r, Jiffies expires, std::uint32_t from)
    {
        const auto track = trackOf(r.item);
        if (track == noTrack) {
            timerMark(r, r.kind == Kind::Moved ? "moved" : "queued", "to " + m_geometry.slotName(r.slotId()));
            appendJsonNumber(m_line, "expires", expires);
            return end();
        }
        const auto at = m_instants.at(m_event);
        leaveSlot(track, at);
        static_cast<void>(threadOf(track));
        m_open[track] = {m_event, expires, dueOf(m_geometry, r.slotId(), expires, m_clock.jiffies), r.slot, from, r.site, true};
        segmentEdge("B", track, at);
    }
    void leaveSlot(const Record& r)
    {
        if (const auto track = trackOf(r.item); track != noTrack) leaveSlot(track, m_instants.at(m_event));
    }

    void queued(const Record& r)
    {
        if (isCall(r.site)) cpuMark(r, "call", callText(r));
        enterSlot(r, r.value, ~0u);
    }
    /// 6.1: it stays in its bucket, so its slice goes on.
    void expirySet(const Record& r)
    {
        if (isCall(r.site)) cpuMark(r, "call", callText(r));
        timerMark(r, "expiry", "another expiry in the same bucket");
        appendJsonNumber(m_line, "expires", r.value);
        appendJsonNumber(m_line, "before", r.before);
        end();
    }
    void moved(const Record& r)
    {
        enterSlot(r, r.before, r.link);
        auto& stack = m_running[r.cpu];
        if (!stack.empty() && stack.back().moves != 0 && --stack.back().moves == 0) endSlice(r.cpu, m_event + 1);
    }
    void unqueued(const Record& r)
    {
        leaveSlot(r);
        if (!isDeletion(r.site)) return;
        cpuMark(r, "call", callText(r));
        timerMark(r, "deleted", "deleted");
        appendJsonNumber(m_line, "expires", r.before);
        end();
    }
    void fired(const Record& r)
    {
        leaveSlot(r);
        const auto late = m_clock.word.signedDistance(m_clock.jiffies, r.before);
        startText("callback", m_inputs.timerName(r.item));
        appendJsonNumber(m_text, "expires", r.before);
        appendJsonNumber(m_text, "late", late);
        beginSlice(r);
        timerMark(r, "fired", "fires");
        appendJsonNumber(m_line, "expires", r.before);
        appendJsonNumber(m_line, "jiffies", m_clock.jiffies);
        appendJsonNumber(m_line, "late", late);
        end();
    }
    void refused(const Record& r)
    {
        if (isOfKernel(r.site)) return cpuMark(r, "atomic", "scheduling while atomic"); // a sleep, not an expiry
        cpuMark(r, "BUG_ON", "BUG_ON in " + callText(r));
        timerMark(r, "BUG_ON", "refused");
        appendJsonNumber(m_line, "expires", r.value);
        end();
    }
    void noted(const Record& r)
    {
        if (r.site == Site::Limit) return cpuMark(r, "limit", "the run ends at its limit of events");
        if (r.site == Site::Deadlock) return cpuMark(r, "deadlock", "deadlock");
        if (r.site == Site::UseAfterFree) return cpuMark(r, "use after free", "use after free of " + m_inputs.timerName(r.item));
        if (r.site == Site::MachineLost) return cpuMark(r, "machine", "the recording lost events");
        if (r.site == Site::MachineFiled && r.item.isValid()) {
            timerMark(r, "machine", "the machine filed it");
            appendJsonNumber(m_line, "idx", r.before);
            if (r.link != 0) appendJsonNumber(m_line, "bucket_expiry", r.value);
            return end();
        }
        if (r.site != Site::MachineFired || !r.item.isValid()) return;
        timerMark(r, "machine", "the machine fired it");
        appendJsonNumber(m_line, "jiffies", r.value);
        if (r.before != 0 && r.before != ~0ull) appendJsonNumber(m_line, "ns", r.before);
        end();
    }

    static constexpr std::size_t noTrack = ~std::size_t{0};

    const Inputs& m_inputs;
    const LogView& m_log;
    FileSink& m_sink;
    Geometry m_geometry;
    ClockFold m_clock;
    TraceInstants m_instants;
    std::vector<std::uint32_t> m_tracked; ///< ascending
    std::vector<Segment> m_open;          ///< by track
    std::vector<std::vector<Running>> m_running; ///< by CPU, outermost first
    struct Task
    {
        TaskState state = TaskState::New;
        std::uint32_t cpu = 0; ///< 1 + that which executes it
        std::string shown;
    };
    std::vector<Task> m_tasks;
    std::vector<Row> m_rows;              ///< of CPUs' sleep, processes, locks
    bool m_isKernel;
    std::uint64_t m_event = 0;            ///< the record in hand
    std::uint64_t m_groupEnd = 0;         ///< end of its instant
    bool m_isFirst = true;
    std::string m_line; ///< being written
    std::string m_text; ///< of a slice
};

void write(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress, TimeBase base)
{
    if (inputs.driver == Driver::Daemon) return writeDaemonTrace(inputs, run, sink, progress, base);
    ChromeTrace trace(inputs, run, sink, base);
    const std::uint64_t total = run.log.size();
    for (std::uint64_t i = 0; i < total && goesOn(i, total, sink, progress); ++i) trace.record(i);
    trace.finish();
}

} // namespace

void writeChromeTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress)
{
    write(inputs, run, sink, progress, TimeBase::True);
}

void writeLogicalChromeTrace(const Inputs& inputs, const Snapshot& run, FileSink& sink, const Progress& progress)
{
    write(inputs, run, sink, progress, TimeBase::Logical);
}

} // namespace jiffy::core
