// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/code.h"

#include "core/history/kernel_code.h"
#include "core/history/timer_code.h"
#include "core/history/work_code.h"
#include "core/kernel/lines_kernel.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

namespace
{

using Is = LineValue::Is;

bool isCall(Site s)
{
    return (s >= Site::AddTimer && s <= Site::NextInterrupt) || s == Site::ScheduleTimeout;
}

LineValue value(Is is, std::uint64_t a = 0, std::uint64_t b = 0) { return {is, a, b}; }

// ---- the softirq that a position is in

/// What the loop of __run_timers() has come to, told from the records of one softirq one after the other.
class SoftirqWalk
{
  public:
    SoftirqWalk(const Geometry& g, std::array<LineMark, lineCount>& marks) : m_g(g), m_marks(marks) {}

    /// reached(line): whether that line of the record was done.
    template <class Reached> void take(const Record& r, Reached reached)
    {
        const auto done = [&](Line l, LineValue v = {}, bool taken = false) {
            if (reached(l)) m_marks[static_cast<std::size_t>(l)] = {true, taken, v};
        };
        switch (r.kind) {
        case Kind::Entered:
            if (r.site != Site::RunTimerSoftirq) return;
            m_turn = 0;
            return done(Line::SoftirqEnter, {}, true);
        case Kind::Passed:
            m_turn += r.value;
            clear();
            return done(Line::RunWhile, value(Is::Turn, m_turn), true);
        case Kind::Spliced:
            if (r.site != Site::Cascade) {
                m_total = r.link;
                m_each = 0;
                return done(Line::RunTake, value(Is::Number, r.link));
            }
            if (m_g.place(r.slotId()).level == 1) begin(done, 0);
            done(Line::RunCascade, value(Is::Moved, m_moved), true);
            clear(Function::Cascade);
            if (reached(Line::CascadeTake)) m_cascading = r.slotId();
            m_cascadeTotal = r.link;
            m_cascaded = 0;
            return done(Line::CascadeTake, value(Is::Number, r.link));
        case Kind::Moved:
            ++m_cascaded;
            done(Line::CascadeEach, value(Is::Of, m_cascaded, m_cascadeTotal), true);
            if (reached(Line::AddTail)) m_marks[static_cast<std::size_t>(Line::RunCascade)].value = value(Is::Moved, ++m_moved);
            return;
        case Kind::RegisterSet:
            if (static_cast<Register>(r.slot) != Register::TimerJiffies) return;
            if (const auto index = m_g.level[0].indexOf(r.before); index != 0) {
                begin(done, index);
                done(Line::RunCascade);
            }
            return done(Line::RunAdvance, value(Is::Instant, r.value));
        case Kind::Fired:
            ++m_each;
            m_marks[static_cast<std::size_t>(Line::RunReturned)] = {};
            for (const Line l : {Line::RunRunning, Line::RunDetach, Line::RunCall}) m_marks[static_cast<std::size_t>(l)] = {};
            done(Line::RunEach, value(Is::Of, m_each, m_total), true);
            done(Line::RunRunning, value(Is::Timer, r.item.value));
            done(Line::RunDetach);
            return done(Line::RunCall);
        case Kind::Left:
            if (r.site == Site::Callback) return done(Line::RunReturned);
            if (r.site != Site::RunTimerSoftirq) return; // of an interrupt, or of what the function called
            if (reached(Line::RunWhile)) clear();
            done(Line::RunWhile);
            return done(Line::SoftirqLeave);
        default: return;
        }
    }

    SlotId cascading() const { return m_cascading; }
    /// The index of the present turn; none before it is known.
    std::optional<std::uint32_t> index() const { return m_index; }

  private:
    template <class Done> void begin(Done& done, std::uint32_t index)
    {
        ++m_turn;
        clear();
        m_moved = 0;
        done(Line::RunWhile, value(Is::Turn, m_turn), true);
        done(Line::RunIndex, value(Is::Number, index));
        if (m_marks[static_cast<std::size_t>(Line::RunIndex)].isDone) m_index = index;
    }
    void clear()
    {
        m_index.reset();
        clear(Function::RunTimers);
    }
    void clear(Function f)
    {
        const LineSpan span = linesOf(f);
        for (int i = span.first; i < span.first + span.count; ++i) m_marks[static_cast<std::size_t>(i)] = {};
    }

    const Geometry& m_g;
    std::array<LineMark, lineCount>& m_marks;
    std::uint64_t m_turn = 0;
    std::uint64_t m_moved = 0;
    std::uint64_t m_cascaded = 0, m_cascadeTotal = 0;
    std::uint64_t m_each = 0, m_total = 0;
    SlotId m_cascading;
    std::optional<std::uint32_t> m_index;
};

// ---- a call

/// The records of the call that a record belongs to: [first, last].
struct CallSpan
{
    std::uint64_t first = 0, last = 0;
};

CallSpan callOf(const LogView& log, std::uint64_t event)
{
    const auto belongs = [&](std::uint64_t e) {
        return isCall(log[e].site) || (log[e].kind == Kind::Noted && log[e].site == Site::SlackAsked);
    };
    CallSpan span{event, event};
    while (span.first > 0 && log[span.first - 1].hasMore() && belongs(span.first - 1)) --span.first;
    while (span.last + 1 < log.size() && log[span.last].hasMore()) ++span.last;
    return span;
}

/// What a call was asked for, and what slack made of it.
struct Asked
{
    bool isKnown = false;
    Jiffies expires = 0;
    std::uint64_t slack = 0;
};

Asked askedOf(const LogView& log, CallSpan span, const World& before)
{
    Asked asked;
    for (std::uint64_t e = span.first; e <= span.last; ++e) {
        const Record& r = log[e];
        if (r.kind == Kind::Noted && r.site == Site::SlackAsked) {
            asked.isKnown = true;
            asked.expires = r.value;
        } else if (r.kind == Kind::Queued) {
            const Word word = before.geometry().word;
            if (!asked.isKnown) asked.expires = word.add(r.value, 0 - static_cast<std::uint64_t>(r.slackAdded()));
            asked.slack = word.distance(r.value, asked.expires);
            asked.isKnown = true;
        } else if (r.kind == Kind::Refused || (r.kind == Kind::Entered && r.site != Site::DelTimer && r.site != Site::TryToDelTimerSync)) {
            asked.isKnown = true;
            asked.expires = r.value;
            if (r.kind == Kind::Entered && before.isDefined(r.item) && before.item(r.item).isPending())
                asked.slack = before.geometry().word.distance(before.item(r.item).expires, r.value);
        }
    }
    return asked;
}

std::uint64_t pending(const Record& r) { return r.returned() == Returned::One ? 1 : 0; }

/// The value beside a line of a call, for the record that the line belongs to.
LineValue callValue(Line l, bool taken, const Record& r, const World& before, const Asked& asked)
{
    const Geometry& g = before.geometry();
    const bool isFiling = r.kind == Kind::Queued || r.kind == Kind::Moved;
    switch (l) {
    case Line::AddDelta: {
        const Jiffies expires = r.kind == Kind::Moved ? r.before : r.value;
        const Jiffies position = before.cpu(g.place(r.slotId()).cpu).timerJiffies;
        if (g.word.isBefore(expires, position))
            return value(Is::Signed, static_cast<std::uint64_t>(g.word.signedDistance(expires, position)));
        return value(Is::Number, g.word.distance(expires, position));
    }
    case Line::AddLowersNext:
    case Line::DetachNext: return taken ? value(Is::Instant, r.value) : LineValue{};
    case Line::ModSlack: return asked.isKnown ? value(Is::Slack, asked.slack) : LineValue{};
    case Line::ModDetach:
    case Line::DelDetach:
    case Line::TryDetach: return value(Is::Number, r.kind == Kind::Unqueued ? 1 : pending(r));
    case Line::ModReturn: return value(Is::Number, pending(r));
    case Line::DelReturn:
    case Line::TryReturn: return value(Is::Number, pending(r));
    case Line::ModBase:
    case Line::AddOnFile: return isFiling ? value(Is::Cpu, static_cast<std::uint64_t>(g.place(r.slotId()).cpu)) : LineValue{};
    case Line::AddOnWake: return value(Is::Cpu, r.link);
    case Line::ModFile: return value(Is::Instant, r.value);
    case Line::DetachUnlink: return value(Is::Slot, r.slot);
    case Line::NextSearch: return value(Is::Instant, r.value);
    case Line::NextAnswer: return value(Is::Ahead, g.word.distance(r.value, before.clock().jiffies));
    case Line::TickJiffies: return value(Is::Instant, r.value);
    default: return {};
    }
}

class Builder
{
  public:
    Builder(History& history, Position p) : m_history(history), m_log(history.log()), m_at(p) {}

    /// Inside a Passed run of ticks or turns, or exactly behind one.
    CodeThere ofRun(const OpenRun& run, std::uint64_t event, std::uint64_t tick)
    {
        CodeThere code;
        code.event = event;
        code.cpu = run.cpus == 0 ? 0 : std::countr_zero(run.cpus); // 6.1: nobody's clock moves while nothing is due
        const World& there = m_history.at(m_at);
        if (there.kernel().isThere() && run.site != Site::RunTimers) return ofKernelRun(code, run, there);
        if (run.site == Site::Tick) {
            code.line = Line::TickJiffies;
            mark(code, Line::TickJiffies, false, value(Is::Instant, there.clock().jiffies));
            code.stack = {{{Function::Tick, Line::TickJiffies}, {}}};
            return code;
        }
        code.line = Line::RunWhile;
        mark(code, Line::SoftirqEnter, true, {});
        mark(code, Line::RunWhile, true, value(Is::Turn, turnsBefore(event) + tick));
        FrameArgument softirq, cpus;
        softirq.is = FrameArgument::Is::Softirq;
        cpus.is = FrameArgument::Is::Cpus;
        cpus.number = run.cpus;
        code.stack = {{{Function::RunTimerSoftirq, Line::SoftirqEnter}, softirq}, {{Function::RunTimers, Line::RunWhile}, cpus}};
        return code;
    }
    /// Ticks that find nothing, on a machine of CPUs: only jiffies moves, and not even that where all sleep.
    static CodeThere ofKernelRun(CodeThere code, const OpenRun& run, const World& there)
    {
        code.line = run.site == Site::Tick ? Line::DoTimerAdd : Line::AllAsleep;
        const std::uint64_t duty = there.kernel().dutyCpu;
        code.cpu = duty < static_cast<std::uint64_t>(there.cpuCount()) ? static_cast<int>(duty) : 0;
        mark(code, code.line, false, run.site == Site::Tick ? value(Is::Instant, there.clock().jiffies) : LineValue{});
        const Record r = run.asRecord();
        const auto frames = framesAt(code.line, r, there, code.cpu);
        for (const Frame& f : frames.all()) {
            if (f.line != code.line && f.line != Line::Note) mark(code, f.line, f.line == Line::DutyMine, {});
            code.stack.push_back({f, kernelArgumentOf(f, r, there, code.cpu).value_or(FrameArgument{})});
        }
        return code;
    }

    CodeThere ofRecord(std::uint64_t event, const LineList& lines, std::uint32_t index)
    {
        const Record& r = m_log[event];
        CodeThere code;
        code.event = event;
        code.line = lines.line[index];
        code.index = index;
        code.count = lines.count;
        const World& there = m_history.at(m_at);
        code.cpu = executingCpu(r, event == 0 ? nullptr : &m_log[event - 1], there);
        // What runs there may have ended with the record: the stack is that of the line.
        const bool hasCpus = there.kernel().isThere();
        const Frames frames = framesAt(code.line, r, there, code.cpu, nullptr, hasCpus ? contextOf(m_log, event, there) : CallContext{});
        const Function inner = functionOf(code.line);
        SoftirqWalk walk(there.geometry(), code.marks);
        const bool inSoftirq =
            std::any_of(frames.all().begin(), frames.all().end(), [](const Frame& f) { return f.function == Function::RunTimerSoftirq; });
        const auto reached = [&](Line l) {
            return std::find(lines.line.begin(), lines.line.begin() + index + 1, l) != lines.line.begin() + index + 1;
        };
        if (inSoftirq) {
            const auto start = hasCpus ? kernelSoftirqStart(m_log, event, code.cpu) : softirqStart(m_log, event);
            if (start) {
                for (std::uint64_t e = *start; e < event; ++e) {
                    const Record& past = m_log[e];
                    if (past.kind == Kind::Passed && (past.before >> code.cpu & 1) == 0) continue;
                    if (hasCpus && (past.kind == Kind::Passed ? past.site != Site::RunTimers : past.cpu != code.cpu)) continue;
                    walk.take(past, [](Line) { return true; });
                }
            }
            walk.take(r, reached);
        }
        Asked asked;
        if (isCall(r.site)) {
            const CallSpan span = callOf(m_log, event);
            asked = askedOf(m_log, span, m_history.at({span.first, 0, 0}));
            for (std::uint64_t e = span.first; e < event; ++e) markLines(code, e, m_history.linesAt(e), ~0u, asked);
        }
        if (isCall(r.site) || inner == Function::FindSlot || inner == Function::Tick || inner == Function::Surroundings)
            markLines(code, event, lines, index, asked);
        m_history.at(m_at);
        for (const Frame& f : frames.all()) {
            if (hasCpus && isKernelFunction(f.function)) {
                if (f.line != Line::Note) code.marks[static_cast<std::size_t>(f.line)].isDone = true;
                code.stack.push_back({f, kernelArgumentOf(f, r, m_history.world(), code.cpu).value_or(FrameArgument{})});
            } else {
                code.stack.push_back({f, argumentOf(f, r, walk, asked, code.cpu)});
            }
        }
        return code;
    }

  private:
    static void mark(CodeThere& code, Line l, bool taken, LineValue v) { code.marks[static_cast<std::size_t>(l)] = {true, taken, v}; }

    void markLines(CodeThere& code, std::uint64_t event, const LineList& lines, std::uint32_t last, const Asked& asked)
    {
        const Record& r = m_log[event];
        const World& before = m_history.at({event, 0, 0});
        for (std::uint32_t i = 0; i < lines.count && i <= last; ++i) {
            const Line l = lines.line[i];
            const Function f = functionOf(l);
            if (f == Function::RunTimers || f == Function::Cascade || f == Function::RunTimerSoftirq) continue; // told by the walk
            mark(code, l, lines.isTaken(i), callValue(l, lines.isTaken(i), r, before, asked));
        }
    }

    /// Turns that this softirq had done before a run of turns.
    std::uint64_t turnsBefore(std::uint64_t event) const
    {
        std::uint64_t turns = 0;
        for (std::uint64_t e = event; e > 0; --e) {
            const Record& r = m_log[e - 1];
            if (r.kind == Kind::Entered && r.site == Site::RunTimerSoftirq) return turns;
            if (r.kind == Kind::Left && r.site == Site::RunTimerSoftirq) break;
            if (r.kind == Kind::ClockSet || (r.kind == Kind::Passed && r.site == Site::Tick)) break;
            if (r.kind == Kind::Passed) turns += r.value;
            if (r.kind == Kind::RegisterSet && static_cast<Register>(r.slot) == Register::TimerJiffies) ++turns;
        }
        return 0; // CPUs that found nothing are passed together, outside of any softirq with work
    }

    FrameArgument argumentOf(const Frame& f, const Record& r, const SoftirqWalk& walk, const Asked& asked, int cpu) const
    {
        FrameArgument a;
        a.cpu = cpu;
        const World& there = m_history.world();
        const auto timer = [&](TimerId t) {
            a.timer = t;
            a.is = t.isValid() ? FrameArgument::Is::Timer : FrameArgument::Is::Nothing;
        };
        switch (f.function) {
        case Function::RunTimerSoftirq: a.is = FrameArgument::Is::Softirq; break;
        case Function::RunTimers:
            if (const auto index = walk.index()) {
                a.is = FrameArgument::Is::Index;
                a.number = *index;
                break;
            }
            [[fallthrough]];
        case Function::NextInterrupt:
            a.is = FrameArgument::Is::Cpus;
            a.number = 1ull << cpu;
            break;
        case Function::Cascade:
            if (!walk.cascading().isValid()) break;
            a.is = FrameArgument::Is::Slot;
            a.number = walk.cascading().value;
            break;
        case Function::Callback: timer(there.cpu(cpu).running); break;
        case Function::FindSlot:
        case Function::InternalAddTimer:
        case Function::DetachIfPending:
        case Function::DelTimer:
        case Function::TryToDelTimerSync: timer(r.item); break;
        case Function::InnerModTimer:
        case Function::ModTimer:
        case Function::ModTimerPending:
        case Function::ModTimerPinned:
        case Function::AddTimer:
        case Function::AddTimerOn: {
            timer(r.item);
            if (!asked.isKnown) break;
            const Word word = there.geometry().word;
            const Jiffies expires = f.function == Function::InnerModTimer ? word.add(asked.expires, asked.slack) : asked.expires;
            a.ahead = word.signedDistance(expires, there.clock().jiffies);
            a.is = FrameArgument::Is::Expiry;
            if (f.function != Function::AddTimerOn) break;
            a.is = FrameArgument::Is::ExpiryOn;
            a.cpu = r.kind == Kind::Raised   ? static_cast<int>(r.link)
                    : r.kind == Kind::Queued ? there.geometry().place(r.slotId()).cpu
                    : r.kind == Kind::RegisterSet ? r.cpu
                                                  : cpu;
            if (r.kind == Kind::Refused) a.is = FrameArgument::Is::Expiry;
            break;
        }
        default: break;
        }
        return a;
    }

    History& m_history;
    const LogView& m_log;
    Position m_at;
};

} // namespace

std::optional<std::uint64_t> softirqStart(const LogView& log, std::uint64_t event)
{
    for (std::uint64_t e = event;; --e) {
        const Record& r = log[e];
        if (r.kind == Kind::Entered && r.site == Site::RunTimerSoftirq) return e;
        const bool isOver = r.kind == Kind::Left && r.site == Site::RunTimerSoftirq && e != event;
        if (isOver || r.kind == Kind::ClockSet || (r.kind == Kind::Passed && r.site == Site::Tick) || e == 0) return std::nullopt;
    }
}

std::optional<CodeThere> codeAt(History& history, Position p, Grain grain)
{
    if (history.inputs().driver == Driver::Daemon) return workCodeAt(history, p, grain);
    p = std::min(p, history.end());
    const LogView& log = history.log();
    Builder builder(history, p);
    const auto runOf = [&](std::uint64_t event) {
        const Record r = event < log.size() ? log[event] : history.snapshot().open.asRecord();
        return OpenRun{r.value, r.before, r.site};
    };
    const auto ofRecord = [&](std::uint64_t event, const LineList& lines, std::uint32_t index) {
        if (history.world().kernel().isThere() && isKernelLine(lines.line[index])) return kernelCodeOf(history, p, event, lines, index);
        if (!history.world().geometry().hasCascades()) return timerCodeOf(history, p, event, lines, index);
        return builder.ofRecord(event, lines, index);
    };
    std::optional<CodeThere> code;
    if (p.tick != 0) {
        code = builder.ofRun(runOf(p.event), p.event, p.tick);
    } else if (p.line != 0) {
        const LineList lines = history.linesAt(p.event);
        code = ofRecord(p.event, lines, std::min(p.line, lines.count) - 1);
    } else if (p.event != 0) {
        const std::uint64_t event = p.event - 1;
        if (log[event].kind == Kind::Passed) {
            code = builder.ofRun(runOf(event), event, log[event].value);
        } else {
            const LineList lines = history.linesAt(event);
            code = ofRecord(event, lines, grain == Grain::Record ? shownLine(log[event], lines) : lines.count - 1);
        }
    }
    history.at(p);
    return code;
}

} // namespace jiffy::core
