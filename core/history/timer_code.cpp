// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/timer_code.h"

#include "core/history/kernel_code.h"
#include "core/kernel/lines_kernel.h"
#include "core/timers/lines_6_1.h"
#include "core/timers/lines_list.h"
#include "core/world/rules.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

namespace
{

using Is = LineValue::Is;
using enum Line;

LineValue value(Is is, std::uint64_t a = 0, std::uint64_t b = 0) { return {is, a, b}; }

bool isModern(const Geometry& g) { return g.is(TimerAlgorithm::Wheel61); }

Site callSite(const Record& r, const Geometry& g) { return isModern(g) ? callSite61(r) : listCallSite(r); }

bool isCallSite(Site s)
{
    return (s >= Site::AddTimer && s <= Site::NextInterrupt) || s == Site::TimerReduce || s == Site::ClearIdle || s == Site::ScheduleTimeout;
}

bool setsExpiry(const Record& r)
{
    if (r.kind != Kind::RegisterSet) return false;
    const auto which = static_cast<Register>(r.slot);
    return which == Register::NextExpiry || which == Register::DefNextExpiry;
}

// ---- the softirq

/// What the loops of a softirq have come to, told from its records one after the other.
class SoftirqWalk
{
  public:
    SoftirqWalk(const World& there, std::array<LineMark, lineCount>& marks) : m_there(there), m_marks(marks) {}

    static bool tells(Function f)
    {
        return f == Function::RunTimerSoftirq61 || f == Function::RunTimers61 || f == Function::ExpireTimers61 ||
               f == Function::TimerBhList || f == Function::RunTimerList;
    }
    /// reached(line): whether that line of the record was done.
    template <class Reached> void take(const Record& r, Reached reached)
    {
        if (isModern(m_there.geometry())) take61(r, reached);
        else takeList(r, reached);
    }
    int wheel() const { return m_wheel; }

  private:
    LineMark& at(Line l) { return m_marks[static_cast<std::size_t>(l)]; }
    template <class Reached> void done(Reached& reached, Line l, LineValue v = {}, bool taken = false)
    {
        if (reached(l)) at(l) = {true, taken, v};
    }
    void clear(Function f)
    {
        const LineSpan span = linesOf(f);
        for (int i = span.first; i < span.first + span.count; ++i) m_marks[static_cast<std::size_t>(i)] = {};
    }
    template <class Reached> void take61(const Record& r, Reached& reached)
    {
        switch (r.kind) {
        case Kind::Entered:
            if (r.site == Site::RunTimerSoftirq) done(reached, SoftirqEach61, value(Is::Wheel, 0), true);
            return;
        case Kind::Spliced: {
            begin(r, reached);
            const auto level = static_cast<std::size_t>(m_there.geometry().place(r.slotId()).level);
            m_total[level] = r.link;
            m_fired[level] = 0;
            return;
        }
        case Kind::RegisterSet:
            if (r.site == Site::CollectExpired) return begin(r, reached);
            if (r.site != Site::RunTimers) return;
            if (setsExpiry(r)) return done(reached, RunNext61, value(Is::Instant, r.value));
            begin(r, reached);
            m_isCollecting = false;
            return done(reached, RunClk61, value(Is::Instant, r.value));
        case Kind::Fired: {
            const auto level = static_cast<std::size_t>(m_there.geometry().place(r.slotId()).level);
            clear(Function::ExpireTimers61);
            at(RunExpire61) = {true, false, value(Is::Level, level)};
            done(reached, ExpireEach61, value(Is::Of, ++m_fired[level], m_total[level]), true);
            done(reached, ExpireRunning61, value(Is::Timer, r.item.value));
            done(reached, ExpireDetach61);
            return done(reached, ExpireCall61);
        }
        case Kind::Left:
            if (r.site == Site::Callback) return done(reached, ExpireReturned61);
            if (r.site != Site::RunTimerSoftirq) return; // of an interrupt, or of what the function called
            clear(Function::RunTimers61);
            if (reached(SoftirqEach61)) m_wheel = 1;
            at(SoftirqEach61) = {true, true, value(Is::Wheel, static_cast<std::uint64_t>(m_wheel))};
            done(reached, RunWhile61);
            return done(reached, SoftirqLeave61);
        default: return;
        }
    }
    /// The first record of a turn tells that it has begun.
    template <class Reached> void begin(const Record& r, Reached& reached)
    {
        if (m_isCollecting) {
            at(RunCollect61) = {true, false, {}};
            return;
        }
        m_isCollecting = true;
        ++m_turn;
        m_wheel = wheelOf61(r, m_there);
        clear(Function::RunTimers61);
        done(reached, RunWhile61, value(Is::Turn, m_turn), reached(RunCollect61));
        done(reached, RunCollect61);
        at(SoftirqEach61) = {true, true, value(Is::Wheel, static_cast<std::uint64_t>(m_wheel))};
    }
    template <class Reached> void takeList(const Record& r, Reached& reached)
    {
        switch (r.kind) {
        case Kind::Entered:
            if (r.site == Site::RunTimerSoftirq) done(reached, BhRunList, {}, true);
            return;
        case Kind::Fired:
            clear(Function::RunTimerList);
            done(reached, RunWhileList, value(Is::Turn, ++m_turn), true);
            done(reached, RunTakeList, value(Is::Timer, r.item.value));
            return done(reached, RunCallList);
        case Kind::Left:
            if (r.site == Site::Callback) return done(reached, RunReturnedList);
            if (r.site != Site::RunTimerSoftirq) return;
            clear(Function::RunTimerList);
            done(reached, RunWhileList);
            return done(reached, BhLeaveList);
        case Kind::Noted:
            if (r.site != Site::Spin) return;
            clear(Function::RunTimerList);
            return done(reached, RunWhileList, value(Is::Turn, m_turn + 1), true);
        default: return;
        }
    }

    const World& m_there;
    std::array<LineMark, lineCount>& m_marks;
    std::uint64_t m_turn = 0;
    bool m_isCollecting = false;
    int m_wheel = 0;
    std::array<std::uint64_t, 9> m_total{}, m_fired{};
};

// ---- values

std::uint64_t pending(const Record& r) { return r.returned() == Returned::One || r.kind == Kind::Unqueued ? 1 : 0; }

/// Beside a line of calc_wheel_index() or calc_index().
LineValue bucketValue(Line l, const Record& r, const World& before)
{
    const Geometry& g = before.geometry();
    const Jiffies clk = clkFor61(r, before);
    const Bucket bucket = bucketFor(g, r.value, clk);
    switch (l) {
    case CalcDelta61:
        if (g.word.isBefore(r.value, clk)) return value(Is::Signed, static_cast<std::uint64_t>(g.word.signedDistance(r.value, clk)));
        return value(Is::Number, g.word.distance(r.value, clk));
    case IndexRound61: return value(Is::Number, bucket.due >> (3 * (bucket.within / 64)));
    case IndexDue61: return value(Is::Instant, bucket.due);
    default: return value(Is::Number, bucket.within % 64);
    }
}

/// Beside a line of a search, the n-th of its kind in the record.
LineValue searchValue(Line l, std::uint32_t n, const Record& r, const World& before)
{
    const int wheel = wheelOf61(r, before);
    if (l == SearchLevel61) return value(Is::Level, n);
    if (l != BucketBit61) return {};
    const Geometry& g = before.geometry();
    const Word word = g.word;
    std::uint64_t at = before.cpu(r.cpu).clk(wheel);
    for (std::uint32_t i = 0; i < n; ++i) at = word.reduce((at >> 3) + ((at & 7) != 0 ? 1 : 0));
    const std::uint64_t slots = before.occupancy()[(g.slotOn(r.cpu, wheel, 0, 0).value >> 6) + n];
    if (slots == 0) return value(Is::Nothing);
    const auto ahead = static_cast<std::uint64_t>(std::countr_zero(std::rotr(slots, static_cast<int>(at & 63))));
    return value(Is::Slot, g.slotOn(r.cpu, wheel, static_cast<int>(n), static_cast<std::uint32_t>(at + ahead) & 63).value);
}

LineValue collectValue(Line l, std::uint32_t n, const Record& r, const Record* previous, const World& before)
{
    const Geometry& g = before.geometry();
    if (l == CollectTake61) return value(Is::Number, r.link);
    if (l != CollectLevel61) return {};
    const int first = previous != nullptr && previous->kind == Kind::Spliced ? g.place(previous->slotId()).level + 1 : 0;
    const int level = std::min(first + static_cast<int>(n), g.levels - 1);
    const int wheel = wheelOf61(r, before);
    const auto index = static_cast<std::uint32_t>(before.cpu(r.cpu).clk(wheel) >> (3 * level)) & 63;
    return value(Is::Slot, g.slotOn(r.cpu, wheel, level, index).value);
}

/// The value beside line l, the n-th of its kind in the record.
LineValue valueOf(Line l, std::uint32_t n, bool taken, const Record& r, const Record* previous, const World& before)
{
    const Geometry& g = before.geometry();
    switch (functionOf(l)) {
    case Function::CalcWheelIndex61:
        if (l != CalcDelta61) return {};
        [[fallthrough]];
    case Function::CalcIndex61: return bucketValue(l, r, before);
    case Function::SearchNext61:
    case Function::PendingBucket61:
        if (l == SearchFrom61) {
            const Jiffies clk = before.cpu(r.cpu).clk(wheelOf61(r, before));
            return value(Is::Instant, g.word.add(clk, (1ull << 30) - 1));
        }
        return l == SearchDone61 ? value(Is::Instant, r.value) : searchValue(l, n, r, before);
    case Function::CollectExpired61:
        if (l == CollectClk61) return value(Is::Instant, r.site == Site::CollectExpired ? r.value : before.cpu(r.cpu).clk(wheelOf61(r, before)));
        return collectValue(l, n, r, previous, before);
    default: break;
    }
    switch (l) {
    case TickJiffies: return value(Is::Instant, r.value);
    case ForwardBehind61: return value(Is::Number, g.word.distance(before.clock().jiffies, r.before));
    case ForwardTo61:
    case NextForward61:
    case EnqueueNext61: return r.kind == Kind::RegisterSet ? value(Is::Instant, r.value) : LineValue{};
    case EnqueueHead61:
    case DetachUnlink61: return value(Is::Slot, r.slot);
    case TriggerWake61: return taken ? value(Is::Cpu, r.link) : LineValue{};
    case ModStay61: return taken ? value(Is::Slot, r.slot) : LineValue{};
    case ModBase61:
        if (r.kind != Kind::Queued) return value(Is::Cpu, r.cpu);
        [[fallthrough]];
    case AddOnEnqueue61:
    case AddOnGoList: return r.kind == Kind::Queued ? value(Is::Cpu, static_cast<std::uint64_t>(g.place(r.slotId()).cpu)) : LineValue{};
    case ModEnqueue61: return value(Is::Instant, r.value);
    case NextRecalc61: return taken ? value(Is::Instant, r.value) : LineValue{};
    case NextAnswer61:
    case NextAnswerList:
        return r.before != 0 ? value(Is::None) : value(Is::Ahead, g.word.distance(r.value, before.clock().jiffies));
    case ModDetach61:
    case DelDetach61:
    case TryDetach61:
    case ModReturn61:
    case DelReturn61:
    case TryReturn61:
    case ModDetachList:
    case ModReturnList:
    case DelDetachList:
    case DelReturnList:
    case TryDetachList:
    case TryReturnList: return value(Is::Number, pending(r));
    case WalkHeadList:
    case NextHeadList: {
        const SlotId list = r.kind == Kind::Queued ? r.slotId() : g.sortedList(r.cpu);
        const TimerId head = before.listAt(list).first;
        return head.isValid() ? value(Is::Timer, head.value) : value(Is::None);
    }
    case WalkWhileList: return value(Is::Compared, r.kind == Kind::Counted ? r.value : 0);
    case WalkLinkList: return TimerId(r.link).isValid() ? value(Is::Timer, r.link) : value(Is::None);
    default: return {};
    }
}

// ---- a position

/// The records of the call that a record belongs to: [first, last].
struct CallSpan
{
    std::uint64_t first = 0, last = 0;
};

CallSpan callOf(const LogView& log, std::uint64_t event)
{
    const auto belongs = [&](const Record& r) { return r.hasMore() && r.kind != Kind::Defined && r.kind != Kind::ClockSet; };
    CallSpan span{event, event};
    while (span.first > 0 && belongs(log[span.first - 1])) --span.first;
    while (span.last + 1 < log.size() && log[span.last].hasMore()) ++span.last;
    return span;
}

/// The expiry that a call was made with; none of deletions.
std::optional<Jiffies> askedOf(const LogView& log, CallSpan span)
{
    for (std::uint64_t e = span.first; e <= span.last; ++e) {
        const Record& r = log[e];
        if (r.kind == Kind::Queued || r.kind == Kind::ItemSet || r.kind == Kind::Refused) return r.value;
        if (r.kind == Kind::Entered && r.site != Site::DelTimer && r.site != Site::TryToDelTimerSync) return r.value;
    }
    return std::nullopt;
}

class Builder
{
  public:
    Builder(History& history, Position p) : m_history(history), m_log(history.log()), m_at(p) {}

    CodeThere of(std::uint64_t event, const LineList& lines, std::uint32_t index)
    {
        const Record& r = m_log[event];
        m_code.event = event;
        m_code.line = lines.line[index];
        m_code.index = index;
        m_code.count = lines.count;
        const World& there = m_history.at(m_at);
        m_code.cpu = executingCpu(r, event == 0 ? nullptr : &m_log[event - 1], there);
        const bool hasCpus = there.kernel().isThere();
        const Frames frames = framesAt(m_code.line, r, there, m_code.cpu, nullptr, hasCpus ? contextOf(m_log, event, there) : CallContext{});
        SoftirqWalk walk(there, m_code.marks);
        const auto start = !isInSoftirq(frames, r) ? std::nullopt
                           : hasCpus               ? kernelSoftirqStart(m_log, event, m_code.cpu)
                                                   : softirqStart(m_log, event);
        if (start) {
            for (std::uint64_t e = *start; e < event; ++e)
                if (!hasCpus || m_log[e].cpu == m_code.cpu) walk.take(m_log[e], [](Line) { return true; });
            walk.take(r, [&](Line l) {
                return std::find(lines.line.begin(), lines.line.begin() + index + 1, l) != lines.line.begin() + index + 1;
            });
        }
        const bool isCall = isCallSite(callSite(r, there.geometry()));
        const CallSpan span = isCall ? callOf(m_log, event) : CallSpan{turnStart(event), event};
        const auto asked = isCall ? askedOf(m_log, span) : std::nullopt;
        for (std::uint64_t e = span.first; e < event; ++e) markLines(e, m_history.linesAt(e), ~0u);
        markLines(event, lines, index);
        m_history.at(m_at);
        keepOnly(frames);
        for (const Frame& f : frames.all()) {
            const auto own = hasCpus && isKernelFunction(f.function) ? kernelArgumentOf(f, r, m_history.world(), m_code.cpu) : std::nullopt;
            if (own && f.line != Note) m_code.marks[static_cast<std::size_t>(f.line)].isDone = true;
            m_code.stack.push_back({f, own ? *own : argumentOf(f, r, walk, asked)});
        }
        return m_code;
    }

  private:
    static bool isInSoftirq(const Frames& frames, const Record& r)
    {
        const auto isSoftirq = [](const Frame& f) { return f.function == Function::RunTimerSoftirq61 || f.function == Function::TimerBhList; };
        return std::any_of(frames.all().begin(), frames.all().end(), isSoftirq) || r.site == Site::Spin;
    }
    /// Where the buckets of a turn began to be taken, if that is what a record does; else the record.
    std::uint64_t turnStart(std::uint64_t event) const
    {
        const auto isOfTurn = [&](std::uint64_t e) {
            const Record& r = m_log[e];
            return r.kind == Kind::Spliced || (r.kind == Kind::RegisterSet && (r.site == Site::CollectExpired || r.site == Site::RunTimers));
        };
        while (isOfTurn(event) && event > 0 && isOfTurn(event - 1) && !setsExpiry(m_log[event - 1])) --event;
        return event;
    }
    void markLines(std::uint64_t event, const LineList& lines, std::uint32_t last)
    {
        const Record& r = m_log[event];
        const Record* previous = event == 0 ? nullptr : &m_log[event - 1];
        const World& before = m_history.at({event, 0, 0});
        for (std::uint32_t i = 0; i < lines.count && i <= last; ++i) {
            const Line l = lines.line[i];
            const Function f = functionOf(l);
            if (SoftirqWalk::tells(f)) continue;
            const auto n = static_cast<std::uint32_t>(std::count(lines.line.begin(), lines.line.begin() + i, l));
            // A function that is called anew, or a loop that begins anew.
            const LineSpan span = linesOf(f);
            for (int k = static_cast<int>(l) + 1; k < span.first + span.count; ++k) m_code.marks[static_cast<std::size_t>(k)] = {};
            m_code.marks[static_cast<std::size_t>(l)] = {true, lines.isTaken(i), valueOf(l, n, lines.isTaken(i), r, previous, before)};
        }
    }
    void keepOnly(const Frames& frames)
    {
        std::array<LineMark, lineCount> marks{};
        for (const Frame& f : frames.all()) {
            const LineSpan span = linesOf(f.function);
            for (int i = span.first; i < span.first + span.count; ++i)
                marks[static_cast<std::size_t>(i)] = m_code.marks[static_cast<std::size_t>(i)];
        }
        m_code.marks = marks;
    }
    FrameArgument argumentOf(const Frame& f, const Record& r, const SoftirqWalk& walk, std::optional<Jiffies> asked) const
    {
        using Arg = FrameArgument::Is;
        FrameArgument a;
        a.cpu = m_code.cpu;
        const World& there = m_history.world();
        const auto timer = [&](TimerId t) {
            a.timer = t;
            a.is = t.isValid() ? Arg::Timer : Arg::Nothing;
        };
        const auto wheel = [&](int cpu, int which) {
            a.is = Arg::CpuWheel;
            a.cpu = cpu;
            a.number = static_cast<std::uint64_t>(which);
        };
        switch (f.function) {
        case Function::RunTimerSoftirq61: a.is = Arg::Softirq; break;
        case Function::RunTimers61:
        case Function::CollectExpired61:
        case Function::ExpireTimers61: wheel(m_code.cpu, walk.wheel()); break;
        case Function::SearchNext61:
        case Function::PendingBucket61: wheel(r.cpu, wheelOf61(r, there)); break;
        case Function::ForwardBase61: wheel(r.cpu, wheelOf61(r, there)); break;
        case Function::TimerBhList:
        case Function::RunTimerList:
        case Function::NextInterrupt61:
        case Function::ClearIdle61:
        case Function::NextInterruptList:
            a.is = Arg::Cpus;
            a.number = 1ull << m_code.cpu;
            break;
        case Function::Callback: timer(there.cpu(m_code.cpu).running); break;
        case Function::Surroundings:
        case Function::Tick:
        case Function::RunLocalTimers61: break;
        default:
            timer(r.item);
            if (!asked || !a.timer.isValid() || !takesExpiry(f.function)) break;
            a.is = Arg::Expiry;
            a.ahead = there.geometry().word.signedDistance(*asked, there.clock().jiffies);
        }
        return a;
    }
    static bool takesExpiry(Function f)
    {
        switch (f) {
        case Function::CalcWheelIndex61:
        case Function::CalcIndex61:
        case Function::InnerModTimer61:
        case Function::ModTimer61:
        case Function::ModTimerPending61:
        case Function::TimerReduce61:
        case Function::AddTimer61:
        case Function::AddTimerOn61:
        case Function::WalkList:
        case Function::AddTimerList:
        case Function::AddTimerOnList:
        case Function::ModTimerList:
        case Function::ModTimerPendingList:
        case Function::TimerReduceList: return true;
        default: return false;
        }
    }

    History& m_history;
    const LogView& m_log;
    Position m_at;
    CodeThere m_code;
};

} // namespace

CodeThere timerCodeOf(History& history, Position p, std::uint64_t event, const LineList& lines, std::uint32_t index)
{
    return Builder(history, p).of(event, lines, index);
}

} // namespace jiffy::core
