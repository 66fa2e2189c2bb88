// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of tgtd's pseudocode: a path through the functions in every run, a stack that only calls and
// returns.
#include "core/run/run.h"
#include "core/scenario/open.h"
#include "core/tgtd/lines.h"
#include "resources/builtin.h"
#include "tests/kernel/emitted.h"
#include "tests/property/daemon_runs.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

using L = Line;
using F = Function;

/// From line to line within one function, as its text says; a caller goes on from where it stood.
const std::map<L, std::set<L>> flow = {
    {L::LoopWhile, {L::LoopScheduled}},
    {L::LoopScheduled, {L::LoopWait}},
    {L::LoopWait, {L::LoopReady, L::LoopInterrupted}},
    {L::LoopReady, {L::LoopReady, L::LoopInterrupted}},
    {L::LoopInterrupted, {L::LoopIdle, L::LoopTimeout, L::LoopWhile}},
    {L::LoopIdle, {L::LoopEach, L::LoopWhile}},
    {L::LoopTimeout, {L::LoopEach, L::LoopWhile}},
    {L::LoopEach, {L::LoopCall, L::LoopWhile}},
    {L::LoopCall, {L::LoopEach}},
    {L::ScheduledCall, {L::ScheduledReturn}},
    {L::HandlerBegin,
     {L::HandlerAdd, L::HandlerDel, L::HandlerSlow, L::HandlerSchedule, L::HandlerShutdown,
      L::HandlerReturn}},
    {L::HandlerAdd, {L::HandlerReturn}},
    {L::HandlerDel, {L::HandlerReturn}},
    {L::HandlerSlow, {L::HandlerBack}},
    {L::HandlerBack, {L::HandlerReturn}},
    {L::HandlerSchedule, {L::HandlerReturn}},
    {L::HandlerShutdown, {L::HandlerReturn}},
    {L::StartFlag, {L::StartSignal, L::StartTimerFd}},
    {L::StartSignal, {L::StartAlarm}},
    {L::StartAlarm, {L::StartPipe}},
    {L::StartPipe, {L::StartReadEnd, L::StartFailed}},
    {L::StartReadEnd, {L::StartWriteEnd}},
    {L::StartWriteEnd, {L::StartFailed}},
    {L::StartFailed, {L::StartPoll, L::StartReturn}},
    {L::StartTimerFd, {L::StartPeriod}},
    {L::StartPeriod, {L::StartNow}},
    {L::StartNow, {L::StartPoll}},
    {L::StartPoll, {L::StartReturn}},
    {L::StopFlag, {L::StopPoll}},
    {L::StopPoll, {L::StopRead, L::StopTimerFd}},
    {L::StopRead, {L::StopWrite}},
    {L::StopWrite, {L::StopAlarm}},
    {L::StopAlarm, {L::StopReturn}},
    {L::StopTimerFd, {L::StopReturn}},
    {L::SignalNotify, {L::SignalReturn}},
    {L::NotifyPending, {L::NotifySet}},
    {L::NotifySet, {L::NotifyWrite}},
    {L::NotifyWrite, {L::NotifyReady, L::NotifyFailed}},
    {L::NotifyReady, {L::NotifyFailed}},
    {L::NotifyFailed, {L::NotifyReturn}},
    {L::EvtRead, {L::EvtClear}},
    {L::EvtClear, {L::EvtExecute}},
    {L::EvtCount, {L::EvtNow}},
    {L::EvtNow, {L::EvtExecute}},
    {L::EvtExecute, {L::EvtReturn}},
    {L::WorkTwice, {L::WorkSeconds}},
    {L::WorkSeconds, {L::WorkClock, L::WorkClockToday, L::WorkTicks, L::WorkAtOnce}},
    {L::WorkClock, {L::WorkWhen}},
    {L::WorkClockToday, {L::WorkWhen}},
    {L::WorkWhen, {L::WorkSorted}},
    {L::WorkTicks, {L::WorkWhenOld}},
    {L::WorkWhenOld, {L::WorkSorted}},
    {L::WorkSorted, {L::WorkReturn}},
    {L::WorkAtOnce, {L::WorkNotify, L::WorkReturn}},
    {L::WorkNotify, {L::WorkReturn}},
    {L::DelQueued, {L::DelUnlinked}},
    {L::ExecClock, {L::ExecExpired}},
    {L::ExecCounter, {L::ExecExpired}},
    {L::ExecExpired, {L::ExecMove, L::ExecEach}},
    {L::ExecMove, {L::ExecExpired}},
    {L::ExecEach, {L::ExecTake, L::ExecReturn}},
    {L::ExecTake, {L::ExecCall}},
    {L::ExecCall, {L::ExecEach}},
    {L::OldExpired, {L::OldMove, L::OldEach}},
    {L::OldMove, {L::OldExpired}},
    {L::OldEach, {L::OldTake, L::OldTick}},
    {L::OldTake, {L::OldCall}},
    {L::OldCall, {L::OldEach}},
    {L::OldTick, {L::OldReturn}},
    {L::FuncBegin, {L::FuncAdd, L::FuncDel, L::FuncReturn}},
    {L::FuncAdd, {L::FuncAdd, L::FuncDel, L::FuncReturn}},
    {L::FuncDel, {L::FuncAdd, L::FuncDel, L::FuncReturn}},
};

const std::set<L> entries = {L::LoopWhile,   L::ScheduledCall, L::HandlerBegin,  L::StartFlag,
                             L::StopFlag,    L::SignalNotify,  L::NotifyPending, L::EvtRead,
                             L::EvtCount,    L::WorkTwice,     L::DelQueued,     L::ExecClock,
                             L::ExecCounter, L::OldExpired,    L::OldEach,       L::FuncBegin};
const std::set<L> exits = {
    L::LoopWhile,     L::ScheduledReturn, L::HandlerReturn, L::StartReturn, L::StopReturn, L::SignalReturn,
    L::NotifyPending, L::NotifyFailed,    L::NotifyReturn,  L::EvtReturn,   L::WorkReturn, L::WorkTwice,
    L::DelQueued,     L::DelUnlinked,     L::ExecReturn,    L::OldReturn,   L::FuncReturn};
/// Of these the ones behind which nothing else of the function can come.
const std::set<L> ends = {L::ScheduledReturn, L::HandlerReturn, L::StartReturn, L::NotifyFailed,
                          L::NotifyReturn,    L::EvtReturn,     L::WorkReturn,  L::WorkTwice,
                          L::DelQueued,       L::DelUnlinked,   L::ExecReturn,  L::OldReturn,
                          L::FuncReturn};
/// Which line calls which function.
const std::map<F, std::set<L>> callers = {
    {F::ExecScheduled, {L::LoopScheduled}},
    {F::IoHandler, {L::LoopCall}},
    {F::WorkTimerEvtHandler, {L::LoopCall}},
    {F::WorkTimerStop, {L::StartFailed}},
    {F::WorkTimerScheduleEvt, {L::SignalNotify, L::WorkNotify}},
    {F::AddWork, {L::HandlerAdd, L::FuncAdd}},
    {F::DelWork, {L::HandlerDel, L::FuncDel}},
    {F::ExecuteWork, {L::EvtExecute}},
    {F::Schedule, {L::LoopTimeout}},
    {F::WorkFunc, {L::ExecCall, L::OldCall}},
};

/// Follows a run line by line with a stack of its own.
class Walk
{
  public:
    /// Empty if the line can be the next one.
    std::string step(L l, const Frames& told)
    {
        const F f = functionOf(l);
        if (f == F::Surroundings) return toldGap(told, l);
        if (l == L::SignalNotify && (m_stack.empty() || m_stack.back().function != f)) {
            // A signal interrupts anything; what has come to its end by then has returned.
            while (!m_stack.empty() && ends.contains(m_stack.back().line))
                m_stack.pop_back();
            m_stack.push_back({f, l});
            return toldGap(told, l);
        }
        // Functions that have come to an end return; the one that goes on is f, or calls it.
        while (!m_stack.empty() && m_stack.back().function != f && exits.contains(m_stack.back().line)) {
            m_stack.pop_back();
            if (m_stack.empty()) break;
        }
        if (!m_stack.empty() && m_stack.back().function == f) {
            const L last = m_stack.back().line;
            const bool again = entries.contains(l) && exits.contains(last); // the same function, called again
            const auto next = flow.find(last);
            const bool goesOn = next != flow.end() && next->second.contains(l);
            if (!goesOn && !again) return std::string(name(l)) + " cannot follow " + std::string(name(last));
            m_stack.back().line = l;
            return toldGap(told, l);
        }
        if (!entries.contains(l)) return std::string(name(l)) + " is no beginning";
        if (m_stack.empty() ? callers.contains(f) && f != F::WorkTimerStop : false)
            return "nobody called " + std::string(name(f));
        if (!m_stack.empty()) {
            const auto by = callers.find(f);
            if (by == callers.end() || !by->second.contains(m_stack.back().line))
                return std::string(name(f)) + " called from " + std::string(name(m_stack.back().line));
        }
        m_stack.push_back({f, l});
        return toldGap(told, l);
    }

  private:
    /// What framesAt() says must be the same stack, as far as the world can know it.
    std::string toldGap(const Frames& told, L l) const
    {
        if (told.back().line != l) return "the stack does not end at the line";
        if (functionOf(l) == F::Surroundings) return {};
        if (told.count != m_stack.size())
            return "told " + std::to_string(told.count) + " frames at " + std::string(name(l)) + ", walked " +
                   std::to_string(m_stack.size());
        for (std::size_t i = 0; i < m_stack.size(); ++i) {
            if (told.frame[i].function != m_stack[i].function) return "another function on the stack";
            // A func that works on behind one of its calls is told by its first line.
            if (told.frame[i].line != L::Note && told.frame[i].line != L::FuncBegin &&
                told.frame[i].line != L::HandlerBegin && told.frame[i].line != m_stack[i].line)
                return "frame at " + std::string(name(told.frame[i].line)) + ", walked " +
                       std::string(name(m_stack[i].line));
        }
        return {};
    }

    std::vector<Frame> m_stack;
};

struct Walked
{
    std::set<L> lines;
    std::set<std::pair<Kind, Site>> emitted;
};

std::string firstGap(const InputsPtr& inputs, Walked* walked)
{
    const Snapshot run = runAll(inputs);
    const DaemonConfig& config = inputs->daemon;
    World w(inputs->machine);
    Walk walk;
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        const Record& r = run.log[e];
        const auto where = [&] {
            return "record " + std::to_string(e) + " " + std::string(name(r.kind)) + "/" +
                   std::string(name(r.site)) + ": ";
        };
        walked->emitted.insert({r.kind, r.site});
        if (!tests::isEmittable(r.kind, r.site)) return where() + "not in the table";
        const LineList lines = linesOf(r, w, e == 0 ? nullptr : &run.log[e - 1], &config);
        if (lines.count == 0 || lines.effect >= lines.count) return where() + "no effect line";
        for (std::uint32_t i = 0; i < lines.count; ++i) {
            if (i == lines.effect + 1) w.apply(r);
            const L line = lines.line[i];
            walked->lines.insert(line);
            if (!isListed(line, *inputs))
                return where() + std::string(name(line)) + " is not of this scheduler";
            if (line != L::Note && !mayHaveLine(r, line))
                return where() + "said not to have " + std::string(name(line));
            if (const auto gap = walk.step(line, framesAt(line, r, w, 0, &config)); !gap.empty())
                return where() + gap;
        }
        if (lines.effect + 1 == lines.count) w.apply(r);
    }
    return {};
}

const Walked& everything()
{
    static const Walked all = [] {
        Walked walked;
        for (const auto& run : tests::daemonRuns())
            EXPECT_EQ(firstGap(run.inputs, &walked), "") << run.name;
        return walked;
    }();
    return all;
}

} // namespace

TEST(WorkLines, FormAPathAndTheStackOnlyCallsAndReturns)
{
    EXPECT_FALSE(everything().lines.empty());
}

TEST(WorkLines, FormAPathInAllBuiltInScenarios)
{
    const auto lookup = [](std::string_view name) -> std::optional<std::string> {
        const auto* b = resources::builtin(name);
        return b == nullptr ? std::nullopt : std::optional(std::string(b->text));
    };
    Walked walked;
    for (const auto& b : resources::builtins()) {
        if (std::string_view(b.text).find("\"daemon\"") == std::string_view::npos) continue;
        const auto opened = openFile(":" + std::string(b.name), lookup);
        ASSERT_TRUE(opened.has_value()) << b.name;
        EXPECT_EQ(firstGap(opened->inputs, &walked), "") << b.name;
    }
    EXPECT_TRUE(walked.lines.contains(L::WorkSorted));
}

TEST(WorkLines, AreAllReached)
{
    for (int l = static_cast<int>(L::Note) + 1; l < lineCount; ++l) {
        EXPECT_TRUE(everything().lines.contains(static_cast<L>(l))) << name(static_cast<L>(l));
        EXPECT_TRUE(isWorkLine(static_cast<L>(l)));
    }
}

TEST(WorkLines, StandForEveryKindAndSiteThatTheDaemonEmits)
{
    for (const auto& [kind, site] : tests::emittableByDaemon)
        EXPECT_TRUE(everything().emitted.contains({kind, site})) << name(kind) << "/" << name(site);
}

TEST(WorkLines, BelongToTheirScheduler)
{
    Inputs inputs = tests::daemonInputs("scheduler old\nwork a\nuntil 1\n");
    EXPECT_TRUE(isListed(L::WorkTicks, inputs));
    EXPECT_FALSE(isListed(L::WorkClock, inputs));
    EXPECT_FALSE(isListed(L::TickJiffies, inputs));
    inputs.daemon.scheduler = WorkScheduler::TimerFd;
    EXPECT_TRUE(isListed(L::EvtCount, inputs));
    EXPECT_FALSE(isListed(L::EvtClear, inputs));
    EXPECT_TRUE(isListed(L::TickJiffies, Inputs{}));
    EXPECT_FALSE(isListed(L::LoopWait, Inputs{}));
}

/// What the thread does when a signal comes stands below the signal's handler, and is there again behind it.
TEST(WorkLines, ASignalStandsOnTopOfWhatItInterrupts)
{
    const auto inputs = std::make_shared<const Inputs>(
        tests::daemonInputs("scheduler new\nwork a\nat 600 burn 800\nuntil 1300\n"));
    const Snapshot run = runAll(inputs);
    World w(inputs->machine);
    int inBurn = 0;
    for (std::uint64_t e = 0; e < run.log.size(); ++e) {
        const Record& r = run.log[e];
        if (r.kind == Kind::Noted && r.site == Site::WorkTimerScheduleEvt) {
            const Frames f = framesAt(L::NotifyPending, r, w, 0, &inputs->daemon);
            std::string text;
            for (const Frame& x : f.all())
                text += std::string(name(x.function)) + " ";
            EXPECT_EQ(text, "event_loop handler work_timer_sig_handler work_timer_schedule_evt ");
            ++inBurn;
        }
        w.apply(r);
    }
    EXPECT_EQ(inBurn, 2) << "the alarms of 1000 and 1250; that of 750 wrote";
}
