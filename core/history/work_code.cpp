// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/work_code.h"

#include "core/tgtd/lines.h"

#include <algorithm>

namespace jiffy::core
{

namespace
{

using Is = LineValue::Is;

LineValue value(Is is, std::uint64_t a = 0, std::uint64_t b = 0)
{
    return {is, a, b};
}
LineValue timer(TimerId t)
{
    return t.isValid() ? value(Is::Timer, t.value) : LineValue{};
}

/// The record with which the pass of the event loop, or of what comes before it, began.
std::uint64_t beginOfPass(const LogView& log, std::uint64_t event)
{
    for (std::uint64_t e = event;; --e) {
        const Record& r = log[e];
        if (e == 0) return e;
        if (r.kind != Kind::Entered) continue;
        if (r.site == Site::WorkTimerStart || r.site == Site::ExecScheduled) return e;
        // Within its own handlers the scheduler may be entered, but the loop only at its head.
        if (r.site == Site::EpollWait &&
            !(log[e - 1].kind == Kind::Left && log[e - 1].site == Site::ExecScheduled))
            return e;
    }
}

/// What the thread's present calls have come to, told from the records of one pass.
class PassWalk
{
  public:
    PassWalk(const Inputs& inputs, std::array<LineMark, lineCount>& marks) : m_inputs(inputs), m_marks(marks)
    {
    }

    /// The first `count` lines of a record; before: the world without it.
    void take(const Record& r, const World& before, const LineList& lines, std::uint32_t count)
    {
        if (m_hasReturned) { // a signal's handler: what it interrupted is there again
            m_marks = m_saved;
            m_hasReturned = false;
        }
        if (r.kind == Kind::Entered && r.site == Site::WorkTimerSigHandler) {
            m_saved = m_marks;
            clear(Function::WorkTimerScheduleEvt, 0);
        }
        note(r, before);
        for (std::uint32_t i = 0; i < count; ++i)
            mark(lines.line[i], lines.isTaken(i), valueOf(lines.line[i], lines.isTaken(i), r, before));
        m_hasReturned = r.kind == Kind::Left && r.site == Site::WorkTimerSigHandler;
    }

    FrameArgument argumentOf(Function f) const
    {
        FrameArgument a;
        switch (f) {
        case Function::EventLoop:
            a.is = FrameArgument::Is::Thread;
            break;
        case Function::IoHandler:
        case Function::WorkTimerEvtHandler:
            return about(FrameArgument::Is::Source, m_source, m_sourceSince);
        case Function::WorkTimerSigHandler:
            a.is = FrameArgument::Is::Signal;
            break;
        case Function::WorkFunc:
            return about(FrameArgument::Is::Running, m_func, m_funcSince);
        case Function::AddWork:
            return about(FrameArgument::Is::Work, m_added, m_seconds);
        case Function::DelWork:
            return about(FrameArgument::Is::Timer, m_deleted, 0);
        default:
            break;
        }
        return a;
    }

  private:
    static FrameArgument about(FrameArgument::Is is, TimerId t, std::uint64_t number)
    {
        FrameArgument a;
        if (!t.isValid()) return a;
        a.is = is;
        a.timer = t;
        a.number = number;
        return a;
    }
    LineMark& at(Line l) { return m_marks[static_cast<std::size_t>(l)]; }
    void clear(Function f, int from)
    {
        const LineSpan span = linesOf(f);
        for (int i = std::max(from, span.first); i < span.first + span.count; ++i)
            m_marks[static_cast<std::size_t>(i)] = {};
    }
    void mark(Line l, bool taken, LineValue v)
    {
        // Coming to a line means that those behind it are still to be done, but for the steps of handlers and
        // funcs.
        const Function f = functionOf(l);
        const bool isFree = f == Function::IoHandler || f == Function::WorkFunc;
        if (!isFree || static_cast<int>(l) == linesOf(f).first) clear(f, static_cast<int>(l));
        at(l) = {true, taken, v};
    }
    void note(const Record& r, const World& before)
    {
        const std::uint64_t now = before.clock().ticks;
        switch (r.kind) {
        case Kind::Entered:
            if (r.site == Site::IoHandler) {
                m_source = r.item;
                m_sourceSince = now;
            }
            if (r.site == Site::AddWork) {
                m_added = r.item;
                m_seconds = r.value;
            }
            if (r.site == Site::DelWork) m_deleted = r.item;
            return;
        case Kind::Refused:
            m_added = r.item;
            m_seconds = r.value;
            return;
        case Kind::Fired:
            m_func = r.item;
            m_funcSince = now;
            return;
        case Kind::Spliced:
            m_batch = r.link;
            return;
        case Kind::Moved:
            if (r.site == Site::EpollWait) ++m_batch;
            return;
        case Kind::Unqueued:
            if (r.site == Site::IoHandler) ++m_each;
            if (r.site == Site::DelWork) m_deleted = r.item;
            return;
        default:
            return;
        }
    }

    std::uint64_t wall(const World& w) const
    {
        return DaemonConfig::wallAtStart + w.clock().ticks + w.daemon().wallStep;
    }
    /// A deadline, or a number of ticks.
    LineValue when(std::uint64_t w) const
    {
        if (w == DaemonConfig::immediate) return {};
        return value(m_inputs.daemon.scheduler == WorkScheduler::Old ? Is::Number : Is::Wall, w);
    }
    LineValue firstInactive(const World& w) const
    {
        const TimerId first = w.listAt(w.geometry().inactiveList()).first;
        return first.isValid() ? when(w.item(first).expires) : LineValue{};
    }

    LineValue valueOf(Line l, bool taken, const Record& r, const World& before) const
    {
        const DaemonState& d = before.daemon();
        const auto& lists = before.geometry();
        switch (l) {
        case Line::TimePasses:
            return value(Is::Duration, r.ticks());
        case Line::Expires:
            return value(Is::Number, r.value);
        case Line::SourceReady:
        case Line::LoopCall:
            return value(Is::Source, r.item.value);
        case Line::WallStep:
            return value(Is::Step, r.value - r.before);
        case Line::DefineWork:
            return timer(r.item);
        case Line::LoopScheduled:
            return r.site == Site::ExecScheduled ? value(Is::Number, r.value) : LineValue{};
        case Line::LoopWait:
            return value(Is::Duration, r.value);
        case Line::LoopReady:
            return value(Is::Number, r.kind == Kind::Spliced ? r.link : m_batch);
        case Line::LoopEach:
            return r.kind == Kind::Unqueued ? value(Is::Of, m_each, m_batch) : LineValue{};
        case Line::ScheduledCall:
            return value(Is::Number, r.before);
        case Line::ScheduledReturn:
            return r.value > 1 ? value(Is::Number, 0) : LineValue{};
        case Line::HandlerAdd:
        case Line::HandlerDel:
        case Line::FuncAdd:
        case Line::FuncDel:
            return timer(r.item);
        case Line::HandlerSlow:
            return value(Is::Duration, r.value);
        case Line::HandlerSchedule:
            return value(Is::Number, r.value);
        case Line::StartAlarm:
            return value(Is::Duration, m_inputs.daemon.interval);
        case Line::StartPipe:
            return r.kind == Kind::Noted ? value(Is::Errno, r.value) : LineValue{};
        case Line::StartReadEnd:
        case Line::StartWriteEnd:
        case Line::StartTimerFd:
            return value(Is::Number, r.value);
        case Line::StartPeriod:
            return value(Is::Duration, m_inputs.daemon.interval);
        case Line::StartNow:
        case Line::EvtNow:
            return value(Is::Wall, r.value);
        case Line::StartReturn:
            return r.value != 0 ? value(Is::Errno, r.value) : value(Is::Number, 0);
        case Line::StopPoll:
            return r.kind == Kind::Noted ? value(Is::Number, r.before) : LineValue{};
        case Line::NotifyPending:
            return value(Is::Number, d.timerPending ? 1 : 0);
        case Line::NotifyWrite:
            return r.kind == Kind::Noted ? LineValue{} : value(Is::Bytes, r.value);
        case Line::NotifyFailed:
            return taken ? value(Is::Errno, r.value) : LineValue{};
        case Line::EvtRead:
            return value(Is::Bytes, r.before - r.value);
        case Line::EvtCount:
            return value(Is::Number, r.before);
        case Line::WorkSeconds:
            return value(Is::Seconds, r.value);
        case Line::WorkClock:
            return value(Is::Wall, wall(before));
        case Line::WorkClockToday:
            return value(Is::Wall, wall(before) / 1000 * 1000);
        case Line::WorkTicks:
            return value(Is::Number, r.value - d.jiffies);
        case Line::WorkWhen:
        case Line::WorkWhenOld:
            return when(r.value);
        case Line::WorkSorted:
            return timer(TimerId(r.link));
        case Line::WorkAtOnce:
            return value(Is::Number, before.listAt(lists.activeList()).count + 1);
        case Line::DelQueued:
            return value(Is::Number, taken ? 1 : 0);
        case Line::ExecClock:
        case Line::ExecCounter:
            return value(Is::Wall, r.value);
        case Line::ExecExpired:
        case Line::OldExpired:
            return taken ? when(r.before) : firstInactive(before);
        case Line::ExecMove:
        case Line::OldMove:
        case Line::ExecTake:
        case Line::OldTake:
            return timer(r.item);
        case Line::ExecEach:
        case Line::OldEach:
            return value(Is::Number, before.listAt(lists.activeList()).count);
        case Line::OldTick:
            return value(Is::Number, r.value);
        default:
            return {};
        }
    }

    const Inputs& m_inputs;
    std::array<LineMark, lineCount>& m_marks;
    std::array<LineMark, lineCount> m_saved{};
    bool m_hasReturned = false;
    TimerId m_source, m_func, m_added, m_deleted;
    std::uint64_t m_sourceSince = 0, m_funcSince = 0, m_seconds = 0;
    std::uint64_t m_batch = 0, m_each = 0;
};

/// The last records and the first of a pass; the middle of a very long one repeats itself.
constexpr std::uint64_t near = 1500;

} // namespace

std::optional<CodeThere> workCodeAt(History& history, Position p, Grain grain)
{
    p = std::min(p, history.end());
    if (p.event == 0 && p.line == 0) return std::nullopt;
    const LogView& log = history.log();
    const std::uint64_t event = p.line != 0 ? p.event : p.event - 1;
    // Where lines are not told apart, an alarm is told by what its handler came to, not by the handler's return.
    const bool isEndOfAlarm = log[event].kind == Kind::Left && log[event].site == Site::WorkTimerSigHandler;
    if (p.line == 0 && grain == Grain::Record && isEndOfAlarm && event > 0) {
        auto code = workCodeAt(history, {event, 0, 0}, grain);
        history.at(p);
        return code;
    }
    const LineList lines = history.linesAt(event);
    CodeThere code;
    code.event = event;
    code.count = lines.count;
    if (p.line != 0)
        code.index = std::min(p.line, lines.count) - 1;
    else
        code.index = grain == Grain::Record ? shownLine(log[event], lines) : lines.count - 1;
    code.line = lines.line[code.index];

    PassWalk walk(history.inputs(), code.marks);
    const std::uint64_t begin = beginOfPass(log, event);
    std::uint64_t pass = event; // where execute_work() or schedule() was entered
    while (pass > begin && !(log[pass].kind == Kind::Entered &&
                             (log[pass].site == Site::ExecuteWork || log[pass].site == Site::Schedule)))
        --pass;
    for (std::uint64_t e = begin; e <= event; ++e) {
        if (e == begin + near && pass > e + near) e = pass - near / 2;
        if (e >= begin + near && e >= pass + near && event > e + near) e = event - near;
        const LineList there = history.linesAt(e);
        walk.take(log[e], history.world(), there, e == event ? code.index + 1 : there.count);
    }

    const World& there = history.at(p);
    const Frames frames = framesAt(code.line, log[event], there, 0, &history.inputs().daemon);
    std::array<LineMark, lineCount> marks{};
    for (const Frame& f : frames.all()) {
        code.stack.push_back({f, walk.argumentOf(f.function)});
        const LineSpan span = linesOf(f.function);
        for (int i = span.first; i < span.first + span.count; ++i)
            marks[static_cast<std::size_t>(i)] = code.marks[static_cast<std::size_t>(i)];
    }
    code.marks = marks;
    return code;
}

} // namespace jiffy::core
