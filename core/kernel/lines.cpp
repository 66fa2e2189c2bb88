// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/lines.h"

#include "core/kernel/line_builder.h"
#include "core/kernel/lines_kernel.h"
#include "core/tgtd/lines.h"
#include "core/timers/lines_6_1.h"
#include "core/timers/lines_list.h"

#include <algorithm>
#include <bit>

namespace jiffy::core
{

namespace
{

using enum Line;

class Builder : public LineBuilder
{
  public:
    /// The decisions of __internal_add_timer() up to the level that fits, then the append.
    void file(const Geometry& g, Jiffies expires, Jiffies position)
    {
        add(AddDelta);
        const std::uint64_t distance = g.word.distance(expires, position);
        for (int l = 0; l < g.levels - 1; ++l) {
            const bool fits = distance < 1ull << g.level[static_cast<std::size_t>(l + 1)].shift;
            add(static_cast<Line>(static_cast<int>(AddTv1) + l), fits);
            if (fits) return effect(AddTail);
        }
        const bool isPast = g.word.signedDistance(expires, position) < 0;
        add(AddPast, isPast);
        if (!isPast) add(AddTv5, true);
        effect(AddTail);
    }
    LineList list() const { return m_list; }
};

/// From the call to the test whether the timer is pending.
void modHead(Builder& b, Site site)
{
    if (site == Site::AddTimer) {
        b.add(AddBug);
        b.add(AddGo);
    }
    if (site == Site::AddTimer || site == Site::ModTimer) {
        b.add(ModSlack);
        b.add(ModSame);
        b.add(ModGo);
    } else if (site == Site::ModTimerPinned) {
        b.add(PinnedSame);
        b.add(PinnedGo);
    } else if (site == Site::ScheduleTimeout) {
        b.add(TimeoutArm);
    } else {
        b.add(PendingGo);
    }
    b.add(ModDetach);
}

void filedLines(Builder& b, const Record& r, const World& before)
{
    const Geometry& g = before.geometry();
    const CpuState& base = before.cpu(g.place(r.slotId()).cpu);
    const bool isOn = r.site == Site::AddTimerOn;
    if (isOn) {
        b.add(AddOnBug);
        b.add(AddOnFile);
    } else {
        // A pending timer was detached by the records before, with the decisions that lead there.
        if (r.returned() != Returned::One) {
            modHead(b, r.site);
            b.add(DetachPending, true);
        }
        b.add(ModPendingOnly);
        b.add(ModBase);
        b.add(ModFile);
    }
    b.add(AddInto);
    b.file(g, r.value, base.timerJiffies);
    const bool lowers = g.word.isBefore(r.value, base.nextTimer) && !before.item(r.item).isDeferrable();
    if (lowers) return; // the next record is that line
    b.add(AddLowersNext);
    if (!isOn) b.add(ModReturn);
}

void unqueuedLines(Builder& b, const Record& r, const World& before)
{
    const bool isMove = r.site != Site::DelTimer && r.site != Site::TryToDelTimerSync;
    if (isMove) {
        modHead(b, r.site);
    } else if (r.site == Site::TryToDelTimerSync) {
        b.add(TryRunning);
        b.add(TryDetach);
    } else {
        b.add(DelDetach);
    }
    b.add(DetachPending);
    b.effect(DetachUnlink);
    const Item& item = before.item(r.item);
    const bool resets = r.before == before.cpu(item.cpu).nextTimer && !item.isDeferrable();
    if (resets) return; // the next record is that line
    b.add(DetachNext);
    if (r.site == Site::DelTimer) b.add(DelReturn);
    if (r.site == Site::TryToDelTimerSync) b.add(TryReturn);
}

/// A softirq, or a call that changed nothing.
void enteredLines(Builder& b, const Record& r)
{
    switch (r.site) {
    case Site::RunTimerSoftirq: return b.effect(SoftirqEnter, true);
    case Site::ModTimer:
        b.add(ModSlack);
        return b.effect(ModSame, true);
    case Site::ModTimerPinned: return b.effect(PinnedSame, true);
    case Site::ModTimerPending:
        b.add(PendingGo);
        b.add(ModDetach);
        b.add(DetachPending, true);
        return b.effect(ModPendingOnly, true);
    case Site::TryToDelTimerSync:
        if (r.returned() == Returned::MinusOne) return b.effect(TryRunning, true);
        b.add(TryRunning);
        b.add(TryDetach);
        b.add(DetachPending, true);
        return b.effect(TryReturn);
    case Site::DelTimer:
        b.add(DelDetach);
        b.add(DetachPending, true);
        return b.effect(DelReturn);
    default: return b.effect(Note);
    }
}

void registerLines(Builder& b, const Record& r, const World& before)
{
    switch (static_cast<Register>(r.slot)) {
    case Register::TimerJiffies:
        if (before.geometry().level[0].indexOf(r.before) != 0) {
            b.add(RunWhile, true);
            b.add(RunIndex);
            b.add(RunCascade);
        }
        return b.effect(RunAdvance);
    case Register::NextTimer:
        if (r.site == Site::NextInterrupt) {
            b.add(NextActive);
            b.add(NextStale, true);
            return b.effect(NextSearch);
        }
        // Filing lowers it to the expiry, detaching resets it to the position.
        if (r.item.isValid() && before.isDefined(r.item) && before.item(r.item).isPending()) {
            b.effect(AddLowersNext, true);
            if (r.site != Site::AddTimerOn) b.add(ModReturn);
        } else {
            b.effect(DetachNext, true);
            if (r.site == Site::DelTimer) b.add(DelReturn);
            if (r.site == Site::TryToDelTimerSync) b.add(TryReturn);
        }
        return;
    case Register::Idle: return b.effect(Idle);
    default: break;
    }
    b.effect(Note);
}

} // namespace

namespace
{

LineList timerLinesOf(const Record& r, const World& before, const Record* previous)
{
    if (before.geometry().is(TimerAlgorithm::Wheel61)) return linesOf61(r, before, previous);
    if (before.geometry().is(TimerAlgorithm::SortedList)) return listLinesOf(r, before, previous);
    Builder b;
    const Geometry& g = before.geometry();
    switch (r.kind) {
    case Kind::ClockSet:
        if (r.site == Site::SubTick) {
            b.effect(SubTick);
        } else if (r.site == Site::Advance) {
            b.effect(AdvanceJiffies);
        } else {
            b.effect(TickJiffies);
            b.add(TickRaise);
        }
        break;
    case Kind::Passed: b.effect(r.site == Site::Tick ? TickJiffies : RunWhile, r.site != Site::Tick); break;
    case Kind::Entered: enteredLines(b, r); break;
    case Kind::Left:
        if (r.site == Site::RunTimerSoftirq) {
            b.add(RunWhile);
            b.effect(SoftirqLeave);
        } else {
            b.effect(RunReturned);
        }
        break;
    case Kind::Defined: b.effect(Define); break;
    case Kind::Queued: filedLines(b, r, before); break;
    case Kind::Unqueued: unqueuedLines(b, r, before); break;
    case Kind::Moved:
        b.add(CascadeEach, true);
        b.file(g, r.before, before.cpu(r.cpu).timerJiffies);
        break;
    case Kind::Spliced:
        if (r.site == Site::Cascade) {
            // The first cascade of a turn is reached through the head of the loop, the next ones through the chain.
            if (g.place(r.slotId()).level == 1) {
                b.add(RunWhile, true);
                b.add(RunIndex);
            }
            b.add(RunCascade, true);
            b.effect(CascadeTake);
        } else {
            b.effect(RunTake);
        }
        break;
    case Kind::Fired:
        b.add(RunEach, true);
        b.add(RunRunning);
        b.effect(RunDetach);
        b.add(RunCall);
        break;
    case Kind::RegisterSet: registerLines(b, r, before); break;
    case Kind::Raised: b.effect(AddOnWake); break;
    case Kind::Refused: b.effect(r.site == Site::AddTimer ? AddBug : AddOnBug, true); break;
    case Kind::Noted: {
        if (r.site != Site::NextInterrupt) {
            b.effect(Note);
            break;
        }
        const bool searched =
            previous != nullptr && previous->kind == Kind::RegisterSet && previous->site == Site::NextInterrupt;
        if (!searched) {
            const bool none = before.cpu(r.cpu).activeTimers == 0;
            b.add(NextActive, none);
            if (!none) b.add(NextStale);
        }
        b.effect(NextAnswer);
        break;
    }
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted: b.effect(Note); break;
    }
    return b.list();
}

} // namespace

LineList linesOf(const Record& r, const World& before, const Record* previous, const DaemonConfig* tgtd)
{
    if (tgtd != nullptr && before.geometry().isDaemon) return workLinesOf(r, before, previous, *tgtd);
    if (!before.kernel().isThere()) return timerLinesOf(r, before, previous);
    if (const auto own = kernelLinesOf(r, before, previous)) return *own;
    return withKernelLines(r, timerLinesOf(r, before, previous));
}

bool mayHaveLine(const Record& r, Line l)
{
    if (isWorkLine(l)) return mayHaveWorkLine(r, l);
    if (isKernelLine(l)) return mayHaveKernelLine(r, l);
    if (r.site == Site::RunLocalTimers) return functionOf(l) == Function::RunLocalTimers61;
    if (isLine61(l)) return mayHaveLine61(r, l);
    if (isListLine(l)) return mayHaveListLine(r, l);
    if (r.site >= Site::EpollWait) return l == Note;
    const Function f = functionOf(l);
    switch (r.kind) {
    case Kind::Passed: return l == (r.site == Site::Tick ? TickJiffies : RunWhile);
    case Kind::ClockSet: return f == Function::Tick ? r.site == Site::Tick : l == (r.site == Site::SubTick ? SubTick : AdvanceJiffies);
    case Kind::Moved: return l == CascadeEach || f == Function::FindSlot;
    case Kind::Fired: return l == RunEach || l == RunRunning || l == RunDetach || l == RunCall;
    case Kind::Spliced:
        return r.site == Site::Cascade ? l == RunWhile || l == RunIndex || l == RunCascade || l == CascadeTake : l == RunTake;
    case Kind::Left: return r.site == Site::RunTimerSoftirq ? l == RunWhile || l == SoftirqLeave : l == RunReturned;
    case Kind::Raised: return l == AddOnWake;
    case Kind::Defined: return l == Define;
    case Kind::Refused: return l == AddBug || l == AddOnBug;
    case Kind::Noted: return f == Function::NextInterrupt ? r.site == Site::NextInterrupt : l == Note;
    case Kind::Chosen:
    case Kind::ItemSet:
    case Kind::NodeSet:
    case Kind::Counted: return l == Note;
    case Kind::RegisterSet:
        switch (static_cast<Register>(r.slot)) {
        case Register::TimerJiffies: return l == RunWhile || l == RunIndex || l == RunCascade || l == RunAdvance;
        case Register::Idle: return l == Idle;
        case Register::NextTimer: break;
        default: return l == Note;
        }
        if (r.site == Site::NextInterrupt) return f == Function::NextInterrupt;
        return l == AddLowersNext || l == DetachNext || l == ModReturn || l == DelReturn || l == TryReturn;
    case Kind::Entered: // softirqs and calls that end early
        if (r.site == Site::RunTimerSoftirq) return l == SoftirqEnter;
        [[fallthrough]];
    case Kind::Queued:
    case Kind::Unqueued: break;
    }
    return f != Function::Surroundings && f != Function::Tick && f != Function::RunTimerSoftirq && f != Function::RunTimers &&
           f != Function::Cascade && f != Function::NextInterrupt;
}

std::uint32_t shownLine(const Record& r, const LineList& lines)
{
    // Of tgtd's calls the function that is called, where that has a line of its own.
    if (r.kind == Kind::Entered && r.site == Site::IoHandler) return lines.count - 1;
    return r.kind == Kind::Fired ? lines.count - 1 : lines.effect;
}

int executingCpu(const Record& r, const Record* previous, const World& there)
{
    if (there.geometry().is(TimerAlgorithm::Wheel61)) return std::min(executingCpu61(r, previous), there.cpuCount() - 1);
    if (r.kind != Kind::RegisterSet || static_cast<Register>(r.slot) != Register::NextTimer) return r.cpu;
    if (previous != nullptr && previous->item == r.item && r.item.isValid() &&
        (previous->kind == Kind::Queued || previous->kind == Kind::Unqueued))
        return previous->cpu;
    return std::min<int>(r.cpu, there.cpuCount() - 1);
}

namespace
{

/// Who called f, standing at which line; none when nobody did (Surroundings).
Frame callerOf(Function f, Site site)
{
    switch (f) {
    case Function::FindSlot:
        return site == Site::Cascade ? Frame{Function::Cascade, CascadeEach} : Frame{Function::InternalAddTimer, AddInto};
    case Function::InternalAddTimer:
        return site == Site::AddTimerOn ? Frame{Function::AddTimerOn, AddOnFile} : Frame{Function::InnerModTimer, ModFile};
    case Function::DetachIfPending:
        if (site == Site::DelTimer) return {Function::DelTimer, DelDetach};
        if (site == Site::TryToDelTimerSync) return {Function::TryToDelTimerSync, TryDetach};
        return {Function::InnerModTimer, ModDetach};
    case Function::InnerModTimer:
        if (site == Site::ModTimerPending) return {Function::ModTimerPending, PendingGo};
        if (site == Site::ModTimerPinned) return {Function::ModTimerPinned, PinnedGo};
        return {Function::ModTimer, ModGo};
    case Function::ModTimer:
        if (site == Site::AddTimer) return {Function::AddTimer, AddGo};
        break;
    case Function::Cascade: return {Function::RunTimers, RunCascade};
    case Function::Callback: return {Function::RunTimers, RunCall};
    case Function::RunTimers: return {Function::RunTimerSoftirq, SoftirqEnter};
    default: break;
    }
    return {Function::Surroundings, Note};
}

Frame callerOf(Function f, const Record& r, const World& there)
{
    if (there.geometry().is(TimerAlgorithm::Wheel61)) return callerOf61(f, r, there);
    if (there.geometry().is(TimerAlgorithm::SortedList)) return listCallerOf(f, r);
    return callerOf(f, r.site);
}

/// On a machine of CPUs: what lies beneath on the CPU belongs to its stack.
Frames kernelFramesAt(Line line, const Record& r, const World& there, int cpu, CallContext context)
{
    std::array<Frame, 24> rising{};
    std::uint32_t n = 0;
    rising[n++] = {functionOf(line), line};
    while (n < rising.size()) {
        const Function f = rising[n - 1].function;
        // What the surroundings do, no CPU does; but memory is used by the code that a CPU is in.
        if (f == Function::Surroundings) {
            if (line != Line::FreedUsed || n != 1) break;
            const Frame user = kernelCallerOf(Function::FreeCall, {Function::Surroundings, Note}, r, there, cpu, context, false);
            if (user.function == Function::Surroundings) break;
            rising[n++] = user;
            continue;
        }
        const Frame algorithm = isKernelFunction(f) ? Frame{Function::Surroundings, Note} : callerOf(f, r, there);
        const Frame caller = kernelCallerOf(f, algorithm, r, there, cpu, context, n == 1);
        if (caller.function == Function::Surroundings) break;
        rising[n++] = caller;
    }
    Frames frames;
    frames.count = n;
    std::reverse_copy(rising.begin(), rising.begin() + n, frames.frame.begin());
    return frames;
}

/// Nothing calls these but an interrupt.
bool isOutermost(Function f)
{
    return f == Function::Tick || f == Function::RunTimerSoftirq || f == Function::RunTimerSoftirq61 || f == Function::TimerBhList;
}

} // namespace

Frames framesAt(Line line, const Record& r, const World& there, int cpu, const DaemonConfig* tgtd, CallContext context)
{
    if (tgtd != nullptr && there.geometry().isDaemon) return workFramesAt(line, there, *tgtd);
    if (there.kernel().isThere()) return kernelFramesAt(line, r, there, std::clamp(cpu, 0, there.cpuCount() - 1), context);
    std::array<Frame, 24> rising{};
    std::uint32_t n = 0;
    rising[n++] = {functionOf(line), line};
    for (;;) {
        const Function f = rising[n - 1].function;
        if (isOutermost(f)) break;
        Frame caller = callerOf(f, r, there);
        if (caller.function == Function::Surroundings) {
            // Nobody of these called it: the timer's function did, or somebody outside.
            if (cpu >= there.cpuCount() || !there.cpu(cpu).running.isValid()) break;
            caller = {Function::Callback, Note};
        }
        rising[n++] = caller;
    }
    Frames frames;
    frames.count = n;
    std::reverse_copy(rising.begin(), rising.begin() + n, frames.frame.begin());
    return frames;
}

} // namespace jiffy::core
