// SPDX-License-Identifier: GPL-3.0-or-later
// Where in the code a position stands: stacks with arguments, values beside the lines.
#include "core/history/code.h"
#include "core/run/run.h"
#include "core/scenario/reader.h"
#include "core/timers/registry.h"
#include "tests/property/random_inputs.h"

#include "core/base/random.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace jiffy;
using namespace jiffy::core;

namespace
{

/// What two timers do to each other: `beat` re-arms itself and the guard while it runs.
History nested(const char* timers = "wheel-3.9")
{
    const std::string text = R"({"format": "jiffyscope-scenario", "version": 1, "title": "t", "watch": "w.",
      "machine": {"cpus": 2, "bits": 32, "hz": 250, "jiffies": 1000},
      "items": [{"name": "beat", "slack": 0, "on": [{"do": "rearm", "by": 10}, {"do": "add", "timer": "guard", "by": 300}]},
                {"name": "guard", "slack": 0}, {"name": "lazy"}],
      "actions": [{"at": "1000", "cpu": 1, "do": "mod_timer", "timer": "beat", "expires": "+5"},
                  {"at": "1001", "cpu": 0, "do": "mod_timer", "timer": "lazy", "expires": "+500"},
                  {"at": "1002", "cpu": 0, "do": "del_timer", "timer": "lazy"},
                  {"at": "1003", "cpu": 0, "do": "add_timer_on", "timer": "lazy", "expires": "+4000", "target": 1}],
      "until": "1300"})";
    auto inputs = readScenario(text, "nested");
    EXPECT_TRUE(inputs.has_value()) << toText(inputs.error());
    const auto shared = inputsOn(*inputs, *timersNamed(timers));
    return History(shared, runAll(shared));
}

/// The position in which that line of that timer's record has been done, the nth time.
std::optional<Position> at(History& h, Line line, const std::string& timer, int nth = 1)
{
    for (std::uint64_t e = 0; e < h.log().size(); ++e) {
        if (!timer.empty() && (!h.log()[e].item.isValid() || h.inputs().timerName(h.log()[e].item) != timer)) continue;
        const LineList lines = h.linesAt(e);
        for (std::uint32_t i = 0; i < lines.count; ++i) {
            if (lines.line[i] != line || --nth > 0) continue;
            return i + 1 == lines.count ? Position{e + 1, 0, 0} : Position{e, 0, i + 1};
        }
    }
    return std::nullopt;
}

std::string text(const History& h, const FrameArgument& a)
{
    const auto timer = [&] { return h.inputs().timerName(a.timer); };
    using Is = FrameArgument::Is;
    switch (a.is) {
    case Is::Nothing: return "";
    case Is::Softirq: return "TIMER_SOFTIRQ";
    case Is::Cpus: return "CPUs " + std::to_string(a.number);
    case Is::Index: return "CPU " + std::to_string(a.cpu) + " index " + std::to_string(a.number);
    case Is::Slot: return h.world().geometry().slotName(SlotId(static_cast<std::uint32_t>(a.number)));
    case Is::Timer: return timer();
    case Is::Expiry: return timer() + " " + std::to_string(a.ahead);
    case Is::ExpiryOn: return timer() + " " + std::to_string(a.ahead) + " on " + std::to_string(a.cpu);
    case Is::CpuWheel: return "CPU " + std::to_string(a.cpu) + (a.number == 0 ? " std" : " def");
    default: break; // tgtd's: tests/tgtd/code_test.cpp
    }
    return "?";
}

/// "run_timer_softirq(TIMER_SOFTIRQ) > __run_timers(CPU 1 index 237)".
std::string stackAt(History& h, std::optional<Position> p)
{
    if (!p) return "nowhere";
    const auto code = codeAt(h, *p, Grain::Line);
    std::string out;
    for (const auto& f : code->stack) {
        if (!out.empty()) out += " > ";
        out += std::string(name(f.frame.function)) + "(" + text(h, f.argument) + ")";
    }
    return out;
}

LineMark markAt(History& h, std::optional<Position> p, Line line)
{
    EXPECT_TRUE(p.has_value());
    return codeAt(h, p.value_or(Position{}), Grain::Line)->of(line);
}

using Is = LineValue::Is;

} // namespace

TEST(Code, AStackInsideACallbackHasTheFramesOfBoth)
{
    History h = nested();
    EXPECT_EQ(stackAt(h, at(h, Line::AddTail, "beat", 2)),
              "run_timer_softirq(TIMER_SOFTIRQ) > __run_timers(CPU 1 index 237) > callback(beat) > mod_timer(beat 10) > "
              "__mod_timer(beat 10) > internal_add_timer(beat) > __internal_add_timer(beat)");
    EXPECT_EQ(stackAt(h, at(h, Line::AddDelta, "guard")),
              "run_timer_softirq(TIMER_SOFTIRQ) > __run_timers(CPU 1 index 237) > callback(beat) > mod_timer(guard 300) > "
              "__mod_timer(guard 300) > internal_add_timer(guard) > __internal_add_timer(guard)");
    EXPECT_EQ(stackAt(h, at(h, Line::RunCall, "beat")), "run_timer_softirq(TIMER_SOFTIRQ) > __run_timers(CPU 1 index 237)");
    EXPECT_EQ(stackAt(h, at(h, Line::RunReturned, "beat")), "run_timer_softirq(TIMER_SOFTIRQ) > __run_timers(CPU 1 index 237)");
}

TEST(Code, AStackOfACallStandsAlone)
{
    History h = nested();
    EXPECT_EQ(stackAt(h, at(h, Line::ModSlack, "lazy")), "mod_timer(lazy 500)");
    EXPECT_EQ(stackAt(h, at(h, Line::DetachUnlink, "lazy")), "del_timer(lazy) > detach_if_pending(lazy)");
    EXPECT_EQ(stackAt(h, at(h, Line::AddOnWake, "lazy")), "add_timer_on(lazy 4000 on 1)");
    EXPECT_EQ(stackAt(h, at(h, Line::AddTail, "lazy", 2)),
              "add_timer_on(lazy 4000 on 1) > internal_add_timer(lazy) > __internal_add_timer(lazy)");
    EXPECT_EQ(stackAt(h, at(h, Line::TickRaise, "")), "tick()");
    EXPECT_FALSE(codeAt(h, h.start(), Grain::Line).has_value());
}

TEST(Code, AMovingCallKnowsItsExpiryBeforeItFiles)
{
    History h = nested();
    // The second time that beat's callback arms the guard, the guard is pending and is detached first.
    const auto stack = stackAt(h, at(h, Line::DetachUnlink, "guard"));
    EXPECT_EQ(stack.substr(std::min(stack.find("callback"), stack.size())),
              "callback(beat) > mod_timer(guard 300) > __mod_timer(guard 300) > detach_if_pending(guard)");
}

TEST(Code, ValuesStandBesideTheLinesThatWereDone)
{
    History h = nested();
    const auto filed = at(h, Line::AddTail, "lazy");
    EXPECT_EQ(markAt(h, filed, Line::AddDelta), (LineMark{true, false, {Is::Number, 501 - 1}}));
    EXPECT_EQ(markAt(h, filed, Line::AddTv1), (LineMark{true, false, {}}));
    EXPECT_EQ(markAt(h, filed, Line::AddTv2), (LineMark{true, true, {}}));
    EXPECT_EQ(markAt(h, filed, Line::AddTv3), (LineMark{}));
    EXPECT_EQ(markAt(h, filed, Line::ModSlack), (LineMark{true, false, {Is::Slack, 1}}));
    EXPECT_EQ(markAt(h, filed, Line::ModReturn), (LineMark{})) << "not done yet";
    const auto called = at(h, Line::RunCall, "beat");
    EXPECT_EQ(markAt(h, called, Line::RunWhile), (LineMark{true, true, {Is::Turn, 1}}));
    EXPECT_EQ(markAt(h, called, Line::RunIndex), (LineMark{true, false, {Is::Number, 237}}));
    EXPECT_EQ(markAt(h, called, Line::RunAdvance), (LineMark{true, false, {Is::Instant, 1006}}));
    EXPECT_EQ(markAt(h, called, Line::RunTake), (LineMark{true, false, {Is::Number, 1}}));
    EXPECT_EQ(markAt(h, called, Line::RunEach), (LineMark{true, true, {Is::Of, 1, 1}}));
    EXPECT_FALSE(markAt(h, called, Line::RunReturned).isDone);
    EXPECT_EQ(markAt(h, at(h, Line::DelReturn, "lazy"), Line::DelReturn), (LineMark{true, false, {Is::Number, 1}}));
}

TEST(Code, ARecordIsToldByTheLineThatStandsForIt)
{
    History h = nested();
    for (std::uint64_t e = 1; e <= h.log().size(); ++e) {
        const Record& r = h.log()[e - 1];
        const auto code = codeAt(h, {e, 0, 0}, Grain::Record);
        ASSERT_TRUE(code.has_value());
        if (r.kind == Kind::Fired) { EXPECT_EQ(code->line, Line::RunCall); }
        if (r.kind == Kind::Queued) { EXPECT_EQ(code->line, Line::AddTail); }
        if (r.kind == Kind::Unqueued) { EXPECT_EQ(code->line, Line::DetachUnlink); }
    }
}

TEST(Code, OfTheWheelWithoutCascadesHasItsOwnStackAndValues)
{
    History h = nested("wheel-6.1");
    const auto filed = at(h, Line::EnqueueHead61, "beat", 2);
    EXPECT_EQ(stackAt(h, filed), "run_timer_softirq(TIMER_SOFTIRQ) > __run_timers(CPU 1 std) > expire_timers(CPU 1 std) > callback(beat) > "
                                 "mod_timer(beat 10) > __mod_timer(beat 10) > enqueue_timer(beat)");
    EXPECT_EQ(stackAt(h, at(h, Line::IndexDue61, "lazy")),
              "mod_timer(lazy 500) > __mod_timer(lazy 500) > calc_wheel_index(lazy 500) > calc_index(lazy 500)");
    // 500 jiffies from the clock, which filing has brought forward: level 1, up to the next multiple of 8.
    const auto due = at(h, Line::IndexDue61, "lazy");
    EXPECT_EQ(markAt(h, due, Line::CalcDelta61), (LineMark{true, false, {Is::Number, 500}}));
    EXPECT_EQ(markAt(h, due, Line::Calc061), (LineMark{true, false, {}}));
    EXPECT_EQ(markAt(h, due, Line::Calc161), (LineMark{true, true, {}}));
    EXPECT_EQ(markAt(h, due, Line::Calc261), (LineMark{}));
    EXPECT_EQ(markAt(h, due, Line::IndexDue61), (LineMark{true, false, {Is::Instant, 1504}}));
    const auto called = at(h, Line::ExpireCall61, "beat");
    EXPECT_EQ(markAt(h, called, Line::RunWhile61), (LineMark{true, true, {Is::Turn, 1}}));
    EXPECT_EQ(markAt(h, called, Line::RunClk61), (LineMark{true, false, {Is::Instant, 1007}}));
    EXPECT_EQ(markAt(h, called, Line::ExpireEach61), (LineMark{true, true, {Is::Of, 1, 1}}));
    EXPECT_FALSE(markAt(h, called, Line::ExpireReturned61).isDone);
    const auto last = at(h, Line::DetachLast61, "lazy");
    EXPECT_EQ(stackAt(h, last), "del_timer(lazy) > detach_if_pending(lazy)");
    EXPECT_TRUE(markAt(h, last, Line::DetachLast61).isTaken);
}

TEST(Code, OfASortedListHasItsWalk)
{
    History h = nested("sorted-list");
    EXPECT_EQ(stackAt(h, at(h, Line::WalkLinkList, "beat", 2)),
              "timer_bh(CPUs 2) > run_timer_list(CPUs 2) > callback(beat) > mod_timer(beat 10) > internal_add_timer(beat 10)");
    const auto linked = at(h, Line::WalkLinkList, "guard");
    // beat expires earlier and is passed; lazy expires later and ends the walk.
    EXPECT_EQ(markAt(h, linked, Line::WalkWhileList), (LineMark{true, true, {Is::Compared, 2}}));
    EXPECT_EQ(markAt(h, linked, Line::WalkLinkList), (LineMark{true, false, {Is::Timer, 2}})) << "in front of lazy";
}

/// Of every position: the line is that of lineAt(), done, and the innermost function's; the cursor stays.
RC_GTEST_PROP(CodeProperty, AgreesWithTheLinesOfRandomRuns, ())
{
    const auto c = *tests::randomCases();
    const auto inputs = std::make_shared<const Inputs>(c.inputs());
    History history(inputs, runAll(inputs));
    Random random{c.seed + 5};
    Position p{random.between(0, history.log().size()), 0, 0};
    for (int k = 0; k < 200; ++k) {
        const auto next = history.next(p, Rung::Line);
        if (!next) break;
        p = *next;
        const auto code = codeAt(history, p, Grain::Line);
        RC_ASSERT(history.cursor() == p);
        const auto line = history.lineAt(p);
        RC_ASSERT(code.has_value() == line.has_value());
        if (!code) continue;
        RC_ASSERT(code->line == line->line);
        RC_ASSERT(code->index == line->index);
        RC_ASSERT(!code->stack.empty());
        RC_ASSERT(code->stack.back().frame.line == code->line);
        RC_ASSERT(code->of(code->line).isDone);
        for (std::size_t i = 0; i + 1 < code->stack.size(); ++i) {
            const Frame& f = code->stack[i].frame;
            if (f.function != Function::Callback) { RC_ASSERT(code->of(f.line).isDone); }
        }
    }
}
