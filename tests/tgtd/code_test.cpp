// SPDX-License-Identifier: GPL-3.0-or-later
// Where in tgtd's code a position stands: the stack with a signal on top, arguments, values beside the lines.
#include "core/history/code.h"
#include "core/run/run.h"
#include "tests/property/daemon_runs.h"

#include <gtest/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

History historyOf(std::string_view ops)
{
    const auto inputs = std::make_shared<const Inputs>(tests::daemonInputs(ops));
    return History(inputs, runAll(inputs));
}

constexpr std::string_view slow = R"(scheduler new
work a
work b
on a add b 0
on a burn 300
at 100 add a 1
at 600 burn 800
until 2600
)";

/// The position in which that line has been done, the nth time.
Position at(History& h, Line line, int nth = 1)
{
    for (std::uint64_t e = 0; e < h.log().size(); ++e) {
        const LineList lines = h.linesAt(e);
        for (std::uint32_t i = 0; i < lines.count; ++i) {
            if (lines.line[i] != line || --nth > 0) continue;
            return i + 1 == lines.count ? Position{e + 1, 0, 0} : Position{e, 0, i + 1};
        }
    }
    ADD_FAILURE() << name(line) << " is never done";
    return h.end();
}

std::string text(const History& h, const FrameArgument& a)
{
    using Is = FrameArgument::Is;
    switch (a.is) {
    case Is::Nothing:
        return "";
    case Is::Thread:
        return "thread";
    case Is::Signal:
        return "SIGALRM";
    case Is::Timer:
        return h.inputs().timerName(a.timer);
    case Is::Source:
    case Is::Running:
        return h.inputs().timerName(a.timer) + " since " + std::to_string(a.number / 1000);
    case Is::Work:
        return h.inputs().timerName(a.timer) + " " + std::to_string(a.number);
    default:
        return "?";
    }
}

std::string stackAt(History& h, Position p)
{
    std::string out;
    const auto code = codeAt(h, p, Grain::Line);
    if (!code) return "nowhere";
    for (const auto& f : code->stack) {
        if (!out.empty()) out += " > ";
        out += std::string(name(f.frame.function)) + "(" + text(h, f.argument) + ")";
    }
    return out;
}

LineMark markAt(History& h, Position p, Line line)
{
    return codeAt(h, p, Grain::Line)->of(line);
}

using Is = LineValue::Is;
constexpr std::uint64_t wall = DaemonConfig::wallAtStart;

} // namespace

TEST(WorkCode, ASignalIsOnTopOfTheHandlerThatItInterrupts)
{
    History h = historyOf(slow);
    // The first alarms come while the loop waits; the third at 750, within the handler of 600.
    EXPECT_EQ(stackAt(h, at(h, Line::NotifyPending, 1)),
              "event_loop(thread) > work_timer_sig_handler(SIGALRM) > work_timer_schedule_evt()");
    EXPECT_EQ(stackAt(h, at(h, Line::NotifyPending, 4)),
              "event_loop(thread) > handler(io#2 since 600) > work_timer_sig_handler(SIGALRM) > "
              "work_timer_schedule_evt()");
    EXPECT_EQ(markAt(h, at(h, Line::NotifyPending, 3), Line::NotifyPending),
              (LineMark{true, false, {Is::Number, 0}}));
    EXPECT_EQ(markAt(h, at(h, Line::NotifyPending, 4), Line::NotifyPending),
              (LineMark{true, true, {Is::Number, 1}}));
    EXPECT_FALSE(markAt(h, at(h, Line::NotifyPending, 4), Line::NotifySet).isDone);
}

TEST(WorkCode, AFuncThatAddsStandsUponThePassAndTheHandlerOfThePipe)
{
    History h = historyOf(slow);
    EXPECT_EQ(stackAt(h, at(h, Line::WorkAtOnce)),
              "event_loop(thread) > work_timer_evt_handler(pipe since 1400) > execute_work() > func(a since "
              "1400) > add_work(b 0)");
    EXPECT_EQ(
        stackAt(h, at(h, Line::FuncReturn)),
        "event_loop(thread) > work_timer_evt_handler(pipe since 1400) > execute_work() > func(a since 1400)");
    EXPECT_EQ(stackAt(h, at(h, Line::WorkSorted)),
              "event_loop(thread) > handler(io#1 since 100) > add_work(a 1)");
    EXPECT_EQ(stackAt(h, at(h, Line::StartAlarm)), "work_timer_start()");
    EXPECT_FALSE(codeAt(h, h.start(), Grain::Line).has_value());
}

TEST(WorkCode, ValuesAreThoseOfThePresentCalls)
{
    History h = historyOf(slow);
    const Position added = at(h, Line::WorkSorted);
    EXPECT_EQ(markAt(h, added, Line::WorkSeconds), (LineMark{true, true, {Is::Seconds, 1}}));
    EXPECT_EQ(markAt(h, added, Line::WorkClock), (LineMark{true, false, {Is::Wall, wall + 100'000}}));
    EXPECT_EQ(markAt(h, added, Line::WorkWhen), (LineMark{true, false, {Is::Wall, wall + 1'100'000}}));
    EXPECT_FALSE(markAt(h, added, Line::WorkAtOnce).isDone);
    const Position called = at(h, Line::FuncBegin);
    EXPECT_EQ(markAt(h, called, Line::ExecClock), (LineMark{true, false, {Is::Wall, wall + 1'400'000}}));
    EXPECT_EQ(markAt(h, called, Line::ExecExpired), (LineMark{true, false, {}}))
        << "nothing is left on the inactive list";
    EXPECT_EQ(markAt(h, called, Line::ExecMove), (LineMark{})) << "a new look at the first one";
    EXPECT_EQ(markAt(h, called, Line::ExecEach), (LineMark{true, true, {Is::Number, 1}}));
    EXPECT_EQ(markAt(h, called, Line::EvtRead), (LineMark{true, false, {Is::Bytes, 4}}));
    EXPECT_EQ(markAt(h, called, Line::LoopEach), (LineMark{true, true, {Is::Of, 1, 1}}));
    EXPECT_EQ(markAt(h, at(h, Line::LoopWait), Line::LoopWait),
              (LineMark{true, false, {Is::Duration, 2'000'000}}));
    EXPECT_EQ(markAt(h, at(h, Line::NotifyWrite), Line::NotifyWrite),
              (LineMark{true, false, {Is::Bytes, 4}}));
}

TEST(WorkCode, BehindASignalTheInterruptedCallHasItsMarksAgain)
{
    // a's func adds b with 0 and then burns over two alarms; behind them its own lines are as before.
    History h = historyOf(slow);
    const Position back = at(h, Line::FuncReturn);
    EXPECT_TRUE(markAt(h, back, Line::FuncAdd).isDone);
    EXPECT_EQ(markAt(h, back, Line::NotifyPending), (LineMark{})) << "not on the stack";
    EXPECT_EQ(markAt(h, back, Line::ExecClock).value, (LineValue{Is::Wall, wall + 1'400'000, 0}));
}

/// Of every line of every run: it is done, and innermost; callers stand at lines that were done; the cursor
/// stays.
TEST(WorkCode, AgreesWithTheLinesOfEveryRun)
{
    for (const auto& run : tests::daemonRuns()) {
        History h(run.inputs, runAll(run.inputs));
        Position p{h.log().size() / 3, 0, 0};
        for (int k = 0; k < 120; ++k) {
            const auto next = h.next(p, Rung::Line);
            if (!next) break;
            p = *next;
            const auto code = codeAt(h, p, Grain::Line);
            ASSERT_EQ(h.cursor(), p) << run.name;
            const auto line = h.lineAt(p);
            ASSERT_TRUE(code.has_value() && line.has_value()) << run.name;
            ASSERT_EQ(code->line, line->line) << run.name;
            ASSERT_EQ(code->index, line->index) << run.name;
            ASSERT_EQ(code->stack.back().frame.line, code->line) << run.name;
            ASSERT_TRUE(code->of(code->line).isDone) << run.name;
            for (const auto& f : code->stack)
                if (f.frame.line != Line::Note) {
                    ASSERT_TRUE(code->of(f.frame.line).isDone)
                        << run.name << " " << name(f.frame.line) << " at " << name(code->line);
                }
        }
    }
}
